"""python -m data inspect FOLDER: every file of it, alike ones as one source, and both settings files written."""

import json
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from data.errors import UserError
from data.inspection.alike import pattern, shape, without_totals
from data.inspection.block import source_name
from data.inspection.look import inspect
from data.inspection.profile.country import guess
from data.readers import READERS
from data.settings.journey import DEFAULT_FILE, load_journeys
from data.settings.sources import load_sources
from data.settings.written import toml

SKIPPED = {".md", ".toml", ".py", ".sql", ".duckdb", ".png", ".jpg", ".jpeg", ".pdf", ".html", ".sh"}
Progress = Callable[[str], None]


@dataclass
class Group:
    """Files that are read by one proposal: the same columns of the same kind, in names that differ by digits alone."""

    path: str
    files: list[str]
    found: dict[str, Any]
    texts: list[str] = field(default_factory=list)  # its blocks


def data_files(folder: Path) -> list[Path]:
    """The files of a folder and of those in it that may hold records, in a stable order; hidden ones and settings left out."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix.lower() not in SKIPPED]
    own = (".", "_dlt_", "_delta_log", "_SUCCESS")  # hidden, and what loaders write down of themselves
    return [path for path in found if not any(part.startswith(own) for part in path.relative_to(folder).parts)]


def inspect_folder(folder: Path, force: bool = False, progress: Progress = lambda text: None) -> dict[str, Any]:
    """Look at every file, write sources.toml and journey.toml into the folder. Keys: folder, files (one `inspect` each, its path added),
    written, sources_toml, journey_toml. Raises UserError where the files are there already and `force` is not given, or nothing is to be read.
    """
    folder = folder.absolute()
    targets = [folder / "sources.toml", folder / "journey.toml"]
    there = [target.name for target in targets if target.exists()]
    if there and not force:
        raise UserError(
            f"{' and '.join(there)} stand{'s' if len(there) == 1 else ''} there already",
            file=folder.name,
            fix="Inspect the files one by one, or write them anew with --force",
        )
    paths = data_files(folder)
    if not paths:
        raise UserError(
            "there is no file with records in this folder",
            file=folder.name,
            allowed="CSV, TSV, JSON, NDJSON, Parquet, spreadsheets",
        )
    files = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        progress(f"looking at {name}")
        files.append(inspect(path, duckdb.connect()) | {"path": name})
    files = without_totals(files)
    groups = grouped(files, folder)
    sources, journey = _sources(groups, _company(folder.name, guess(files))), _journey(files)
    written = _write(dict(zip(targets, (sources, journey)))) if groups else []
    return {
        "folder": folder.name,
        "files": files,
        "written": written,
        "sources_toml": sources if groups else "",
        "journey_toml": journey if groups else "",
    }


def grouped(files: list[dict[str, Any]], folder: Path) -> list[Group]:
    """The files that load, those alike together under one pattern where it names no other file."""
    groups, done = _vendors(files, folder)
    kinds: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for found in files:
        if found["path"] in done or not (found.get("loaded") or _waits(found)):
            continue
        kinds.setdefault((pattern(found["path"]), shape(found)), []).append(found)
    for (wide, _), alike in kinds.items():
        named = [found["path"] for found in alike]
        if len(alike) > 1 and sorted(
            path.relative_to(folder).as_posix() for path in folder.glob(wide) if path.is_file()
        ) == sorted(named):
            groups.append(Group(wide, named, alike[0]))
        else:
            groups += [Group(found["path"], [found["path"]], found) for found in alike]
    return groups


def _vendors(files: list[dict[str, Any]], folder: Path) -> tuple[list[Group], set[str]]:
    """Files of one vendor in one folder are one source, with what stands beside their records: a table of tags, the day's first events."""
    kinds: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for found in files:
        if found.get("matches") and found["matches"][0]["reader"] != "table" and not found["problem"]:
            kinds.setdefault((found["matches"][0]["reader"], found["path"].rpartition("/")[0]), []).append(found)
    groups, done = [], set()
    for (_, head), alike in kinds.items():
        named = sorted(found["path"] for found in alike)
        start, end = os.path.commonprefix([name.rpartition("/")[2] for name in named]), Path(named[0]).suffix
        pattern = f"{head}/{start}*{end}" if head else f"{start}*{end}"
        same = (
            len(named) > 1
            and not set("[]?*") & set(start)
            and sorted(p.relative_to(folder).as_posix() for p in folder.glob(pattern) if p.is_file()) == named
        )
        if same and any(found["loaded"] for found in alike):
            groups.append(Group(pattern, named, max(alike, key=lambda found: found["loaded"])))
            done |= set(named)
    return groups, done


def _waits(found: dict[str, Any]) -> bool:
    """Whether a file would load once a question is answered: its block is written with the answers to choose from."""
    return any("day and month cannot be told apart" in question for question in found.get("questions", ()))


def _company(name: str, guessed: dict[str, tuple[str, str]]) -> str:
    """[company] with what the files let guess of it, each with its reason, to be confirmed."""
    currency, zone = guessed.get("currency", ("EUR", "")), guessed.get("timezone", ("UTC", ""))
    lines = [
        "[company]",
        f"name = {toml(name)}",
        f"currency = {toml(currency[0])}      # confirm{_by(currency[1])}",
        f"timezone = {toml(zone[0])}      # confirm{_by(zone[1])}: of days and weeks, and of times that name no zone; an IANA name such as Europe/Berlin",
    ]
    if "locale" in guessed:
        locale, why = guessed["locale"]
        lines.append(f"locale = {toml(locale)}      # confirm{_by(why)}: how numbers and days are written")
    return "\n".join(lines) + "\n"


def _by(why: str) -> str:
    return f" (by {why})" if why else ""


def _sources(groups: list[Group], company: str) -> str:
    taken: set[str] = set()
    lines = [
        "# Proposed from the files of this folder by `python -m data inspect`. Read what stands behind #, then: "
        f"python -m data build --sources sources.toml\n\n{company}"
    ]
    for group in groups:
        parts = [part for part in re.split(r"(?m)^(?=\[\[source\]\]$)", group.found["sources_toml"]) if part.strip()]
        for part in parts:
            (named,) = re.findall(r'(?m)^name = "(.*)"$', part)[:1]
            own = source_name(re.sub(r"-?\d+", "", named) or named if len(group.files) > 1 else named, taken)
            taken.add(own)
            part = re.sub(r'(?m)^name = ".*"$', lambda _, own=own: f"name = {toml(own)}", part, count=1)
            lines.append(_at(part, group).rstrip() + "\n")
    return "\n".join(lines)


def _at(part: str, group: Group) -> str:
    """A block under the path of its group; a member of an archive keeps its place in it."""
    held = re.search(r'(?m)^path = (".*")$', part)
    member = str(json.loads(held[1])).removeprefix(group.found["file"]) if held else ""
    path = group.path + (pattern(member) if member and len(group.files) > 1 else member)
    return re.sub(r'(?m)^path = ".*"$', lambda _: f"path = {toml(path)}", part, count=1)


def _journey(files: list[dict[str, Any]]) -> str:
    """The standard five stages to edit, and every survey that was found."""
    blocks: list[str] = []
    for found in files:
        for part in re.split(r"(?m)^(?=\[\[survey\]\]$)", found.get("journey_toml") or ""):
            name = re.search(r"(?m)^name = (.*)$", part)
            if name and not any(f"name = {name[1]}\n".lower() in other.lower() for other in blocks):
                blocks.append(part.strip() + "\n")
    stages = DEFAULT_FILE.read_text(encoding="utf-8").split("\n", 1)[1]
    head = "# The five stages Throughline starts with: edit them. Surveys stand below; confirm the kind and trigger of each,\n# and name those about a stage in its surveys = [ … ].\n"
    return head + stages.rstrip() + "\n\n" + "\n".join(blocks)


def _write(texts: dict[Path, str]) -> list[str]:
    """Write both files, once the settings' own readers have taken them."""
    with tempfile.TemporaryDirectory() as scratch:
        for target, text in texts.items():
            trial = Path(scratch) / target.name
            trial.write_text(text, encoding="utf-8")
        load_sources(Path(scratch) / "sources.toml", tuple(READERS))
        load_journeys(Path(scratch) / "journey.toml")
    for target, text in texts.items():
        target.write_text(text, encoding="utf-8")
    return [target.name for target in texts]


def render(found: dict[str, Any]) -> str:
    """A line a file: what it is taken for and how much of it loads; then what is open, and what was written."""
    lines = [found["folder"]]
    for file in found["files"]:
        lines.append(f"  {file['path']}: {taken_for(file)}")
        lines += [f"    ? {question}" for question in file.get("questions", ()) if file.get("loaded") or _waits(file)]
        if not file.get("loaded"):
            lines.append(f"    ! not loaded: {file.get('why') or file['problem']}")
    if not found["written"]:
        return "\n".join([*lines, "nothing was written: no file of this folder loads"])
    lines += [f"wrote {name}" for name in found["written"]]
    return "\n".join(
        [
            *lines,
            "read both, confirm what is asked, then: python -m data build --sources "
            + found["folder"]
            + "/sources.toml",
        ]
    )


def taken_for(file: dict[str, Any]) -> str:
    """What one file is, in a few words."""
    if not file.get("matches"):
        return "cannot be read"
    tables = ", ".join(f"{name} {table['rows']:,}" for name, table in file["tables"].items())
    return (
        f"{file['what'] or 'nothing for any table'} ({file['matches'][0]['reader']} reader), {file['loaded']:,} of {file['rows_in']:,} records load"
        + (f": {tables}" if tables else "")
    )
