"""Own files on their way into the store: a draft folder with its two settings files, corrected, tried, adopted.

<store>/own/draft-<token>/    what somebody is looking at: the files, sources.toml, journey.toml
<store>/own/current/          what the store was built from; the one before it is kept as previous/
"""

import re
import secrets
import shutil
import time
import tomllib
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from data.contract import contract
from data.errors import UserError
from data.inspection.check import check, problem_of
from data.inspection.folder import inspect_folder
from data.inspection.profile.country import guess
from data.settings.written import toml

__all__ = ["guess"]  # [company] as the files let guess it: key → (value, by what)
OWN, CURRENT, PREVIOUS, DRAFT = "own", "current", "previous", "draft-"
DAY = 86_400
DRAFT_MB = 1_000  # what the files of one draft may be together
KEPT = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xls", ".ods", ".zip", ".gz")
FIRST_KEYS = ("name", "reader", "path", "table", "sheet", "records", "where", "dates", "timezone")
Progress = Callable[[str], None]


def new_draft(store: Path) -> Path:
    """An empty folder for one person's files; drafts nobody touched for a day go."""
    for old in (store / OWN).glob(DRAFT + "*"):
        if time.time() - old.stat().st_mtime > DAY:
            shutil.rmtree(old, ignore_errors=True)
    folder = store / OWN / (DRAFT + secrets.token_hex(8))
    folder.mkdir(parents=True)
    return folder


def add(folder: Path, name: str, content: BinaryIO) -> Path:
    """Keep an open file under a name that stays inside the folder. Raises UserError for a kind that is not read, or where the files of
    the draft would be more than DRAFT_MB together."""
    plain = re.sub(r"[^\w.() -]+", "_", Path(name.replace("\\", "/")).name).strip(" .")[-120:]
    if not plain.lower().endswith(KEPT):
        raise UserError(
            "this kind of file is not read", file=name, allowed=", ".join(KEPT), fix="Export it as one of these"
        )
    path = folder / plain
    others = sum(file.stat().st_size for file in folder.iterdir() if file.is_file() and file != path)
    content.seek(0, 2)
    if others + content.tell() > DRAFT_MB << 20:
        raise UserError(
            "too much for one draft",
            file=name,
            found=f"{(others + content.tell()) / (1 << 20):,.0f} MB together",
            allowed=f"{DRAFT_MB:,} MB",
            fix="Read large files where they lie: python -m data inspect FOLDER",
        )
    content.seek(0)
    with path.open("wb") as out:
        shutil.copyfileobj(content, out)
    return path


def propose(folder: Path, progress: Progress = lambda text: None) -> list[dict[str, Any]]:
    """What each file is taken for, as `data inspect FOLDER` finds it; both settings files are written where anything loads.

    One dict a file: path, what, table, mapping, questions, rows_in, loaded, refused, refusals, tables (masked sample rows), why.
    """
    files: list[dict[str, Any]] = inspect_folder(folder, force=True, progress=progress)["files"]
    return files


def block_of(path: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    """The file that a [[source]] was proposed from: of its own name, one of its pattern, or the archive it is a member of."""
    return next(
        (
            one
            for one in found
            if path == one["path"] or fnmatchcase(one["path"], path) or path.startswith(one["path"] + "/")
        ),
        found[0],
    )


def settings(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """sources.toml and journey.toml of a draft, parsed; empty where nothing was written."""
    found = [
        tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for path in (folder / "sources.toml", folder / "journey.toml")
    ]
    return found[0], found[1]


def write_settings(folder: Path, sources: dict[str, Any], journey: dict[str, Any]) -> None:
    """Write both files from what `settings` gives, keys in the order of docs/SETTINGS.md."""
    parts = [f"[company]\n{_pairs(sources.get('company', {}))}"] + [
        f"[[source]]\n{_pairs(block)}" for block in sources.get("source", [])
    ]
    (folder / "sources.toml").write_text("\n".join(parts), encoding="utf-8")
    head = {key: value for key, value in journey.items() if key not in ("journey", "survey", "promise")}
    parts = [_pairs(head)] if head else []
    for line in journey.get("journey", []):
        parts.append("[[journey]]\n" + _pairs({key: value for key, value in line.items() if key != "stage"}))
        parts += ["[[journey.stage]]\n" + _pairs(stage) for stage in line.get("stage", [])]
    parts += [f"[[{name}]]\n{_pairs(block)}" for name in ("survey", "promise") for block in journey.get(name, [])]
    (folder / "journey.toml").write_text("\n".join(parts), encoding="utf-8")


def _pairs(table: dict[str, Any]) -> str:
    keys = [key for key in FIRST_KEYS if key in table] + [key for key in table if key not in FIRST_KEYS]
    return "".join(f"{key} = {toml(table[key])}\n" for key in keys)


def try_out(folder: Path, block: dict[str, Any], company: dict[str, Any]) -> dict[str, Any]:
    """What a [[source]] block would load of its files now: rows_in, loaded, refused, refusals, tables (masked sample), problem, why. Never raises."""
    zone = f"[company]\ntimezone = {toml(company.get('timezone', 'UTC'))}\n"
    whole = block | {"path": str((folder / block["path"]).absolute())}
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
        try:
            return check(con, ["[[source]]\n" + _pairs(whole)], zone)
        except (UserError, duckdb.Error, OSError, ValueError) as error:
            return {
                "rows_in": 0,
                "loaded": 0,
                "refused": 0,
                "refusals": [],
                "tables": {},
                "problem": problem_of(error),
                "why": problem_of(error),
                "notes": None,
            }


def fillable(table: str) -> list[str]:
    """What a file may fill of a contract table."""
    return list(contract().tables[table].fillable) if table in contract().tables else []


def adopt(store: Path, draft: Path) -> Path:
    """Make a draft what the store is built from; returns its sources.toml. What was there before is kept as `previous`."""
    current, previous = (store / OWN / name for name in (CURRENT, PREVIOUS))
    if current.exists():
        shutil.rmtree(previous, ignore_errors=True)
        current.rename(previous)
    draft.rename(current)
    return current / "sources.toml"


def restore(store: Path, draft: Path) -> None:
    """Take an adoption back: the draft is a draft again, what was there before stands again. For a build that did not publish."""
    current, previous = (store / OWN / name for name in (CURRENT, PREVIOUS))
    current.rename(draft)
    if previous.exists():
        previous.rename(current)


def own_sources(store: Path) -> Path | None:
    """sources.toml of the company's own files, where somebody brought some."""
    path = store / OWN / CURRENT / "sources.toml"
    return path if path.exists() else None


def simulated_sources(store: Path) -> Path:
    """sources.toml of the simulated company beside this store; it may have to be made first."""
    return store / "demo" / "sources.toml"
