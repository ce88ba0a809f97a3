"""A ZIP archive: every member as a file of its own, alike ones as one source under a pattern of their names."""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from data.errors import FileProblem
from data.files.archives import members
from data.files.limits import Limits
from data.inspection.alike import pattern, shape, without_totals
from data.settings.written import toml

Found = dict[str, Any]


def inspect_archive(path: Path, scratch: Path, look: Callable[[Path], Found]) -> Found:
    """What is said of the archive is said of all its members together. `look` inspects one file. Raises FileProblem where none is in it."""
    parts = []
    for member in members(path, path.name, scratch, Limits()):
        if member.problem:
            raise FileProblem(member.problem.removeprefix(f"{path.name}: "), file=path.name)
        parts.append(look(member.path) | {"file": member.label})
    parts = without_totals(parts)
    loading = [part for part in parts if part["loaded"]] or parts[:1]
    if not loading:
        raise FileProblem("the archive holds no file", file=path.name, fix="Export it again")
    first = max(loading, key=lambda part: part["loaded"])
    told: Found = {key: sum(part[key] for part in parts) for key in ("rows_in", "loaded", "refused")}
    told |= {key: [entry for part in parts for entry in part[key]] for key in ("refusals", "readings")}
    told |= {"questions": list(dict.fromkeys(entry for part in loading for entry in part["questions"]))}
    told["sources_toml"] = "\n".join(_blocks(path.name, loading, [part["file"] for part in parts]))
    told["journey_toml"] = "\n".join(dict.fromkeys(part["journey_toml"] for part in loading if part["journey_toml"]))
    silent = [f"{part['file']}: not loaded: {part['why'] or part['problem']}" for part in parts if not part["loaded"]]
    return (
        first
        | told
        | {
            "file": path.name,
            "tables": {name: table for part in loading for name, table in part["tables"].items()},
            "notes": "; ".join(filter(None, [*(part["notes"] for part in loading), *silent])) or None,
        }
    )


def _blocks(archive: str, loading: list[Found], names: list[str]) -> list[str]:
    """The blocks of the members that load: one for all of a shape whose pattern names no other member, else each its own."""
    kinds: dict[tuple[str, str], list[Found]] = {}
    for part in loading:
        kinds.setdefault((_of_vendor(part) or pattern(part["file"]), shape(part)), []).append(part)
    texts = []
    for (wide, _), alike in kinds.items():
        own = [part["file"] for part in alike]
        if len(own) == len(names):
            texts.append(_at(alike[0], archive))
        elif len(own) > 1 and [name for name in names if fnmatchcase(name, wide)] == own:
            texts.append(_at(alike[0], wide))
        else:
            texts += [_at(part, part["file"]) for part in alike]
    return texts


def _of_vendor(part: Found) -> str | None:
    """Members of one vendor's reader are one source, whatever their names: their tables stand beside each other."""
    reader = part["matches"][0]["reader"] if part.get("matches") else "table"
    return None if reader == "table" else f"{reader}:"


def _at(part: Found, place: str) -> str:
    return re.sub(r'(?m)^path = ".*"$', lambda _: f"path = {toml(place)}", part["sources_toml"])
