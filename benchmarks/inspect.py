"""What `data inspect` makes of every file of a folder: reader, table, what is open, and whether its block loads as pasted."""

import json
from collections.abc import Callable
from pathlib import Path

from data.inspection import inspect
from data.inspection.folder import data_files

OPEN = (
    ("day and month", "order of day and month"),
    ("which zone", "time zone"),
    ("what does", "metric and scale"),
    ("is 1 the best", "direction"),
    ("is the lowest", "direction"),
    ("on a scale", "scale"),
    ("nobody answered 0", "scale"),
    ("survey", "kind of survey"),
    ("customer's id", "which id"),
    ("rounded", "rounded ids"),
    ("When was it", "date of answers"),
    ("when was it", "date of answers"),
    ("thousand", "thousands"),
    ("of which day", "day"),
    ("no table", "table and columns"),
)


def survey(folders: list[Path], leave_out: str, say: Callable[[str], None]) -> list[dict]:
    """A row a file: file (relative to its folder's parent), reader, table, open, loads, why."""
    rows = []
    for folder in folders:
        for path in (path for path in data_files(folder) if path.name != leave_out):
            name = path.relative_to(folder.parent).as_posix()
            say(name)
            rows.append(_row(name, inspect(path)))
    return rows


def _row(name: str, found: dict) -> dict:
    if not found["matches"]:
        return {
            "file": name,
            "reader": "none",
            "taken_for": "",
            "open": "",
            "in": 0,
            "loaded": 0,
            "why": _relative(found["problem"]),
        }
    tables = list(found["tables"]) or ([found["table"]] if found["table"] else [])
    return {
        "file": name,
        "reader": found["matches"][0]["reader"] if tables or found["matches"][0]["reader"] != "table" else "none",
        "taken_for": ", ".join(tables),
        "open": ", ".join(_open(found["questions"])),
        "in": found["rows_in"],
        "loaded": found["loaded"],
        "why": _relative(found["why"] or ""),
    }


def _open(questions: list[str]) -> list[str]:
    named = [next((short for words, short in OPEN if words in question), "other") for question in questions]
    return list(dict.fromkeys(named))


def _relative(text: str) -> str:
    return " ".join(text.split()).replace("|", "/")[:200]


def render(rows: list[dict], how: str) -> str:
    """The rows as a Markdown table with its total, or as JSON."""
    if how == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    lines = ["| file | reader | taken for | open | in | loaded | why not |", "|---|---|---|---|--:|--:|---|"]
    lines += [
        f"| {row['file']} | {row['reader']} | {row['taken_for']} | {row['open']} | {row['in']:,} | {row['loaded']:,} | {row['why']} |"
        for row in rows
    ]
    loads = sum(bool(row["loaded"]) for row in rows)
    return "\n".join([*lines, "", f"{loads} of {len(rows)} files load as pasted."])
