"""A sample of a file's records as columns of values: CSV and Parquet by their columns, JSON by the paths to its values."""

import json
import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import duckdb

from data.errors import FileProblem
from data.files.prepare import InputFile
from data.files.salvage import read_json
from data.files.tabular import Relation, is_json, read_document
from data.inspection.profile.values import Column, column, fits
from data.inspection.profile.words import fold
from data.readers.table import open_relation
from data.settings.sources import Source

ROWS = 3_000  # records whose values are looked at
HEAD = 12  # lines of a text file that may be titles
DEEP = 5  # keys within keys that are followed
RECURS = 0.3  # the share of records that must have an item of a list under its key: what only one has is no column
WIDE = 400  # paths looked at; a record of more is a settings tree
NAMING = {"field", "id", "key", "name", "ref"}  # keys that may tell the items of a list apart
VISITED = {"time", "url"}  # what an entry of a visit has
STREAM = ("record.stream", "_airbyte_stream")


@dataclass
class Opened:
    """What a reading is made from. `records` is the JSON key the records lie under; `stream` the one of a connector's that is meant."""

    columns: list[Column]
    rows: int
    records: str | None = None
    is_json: bool = False
    stream: tuple[str, str] | None = None  # (path that names it, its name)
    others: list["Opened"] = field(default_factory=list)
    heading: str = ""  # the first lines of a text file, where titles stand

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(found.name for found in self.columns)


def open_file(con: duckdb.DuckDBPyConnection, file: InputFile, source: Source) -> Opened:
    """The file's columns with the values of its first records. Raises FileProblem where it cannot be read at all."""
    if file.kind != "parquet" and is_json(file):
        return _open_json(con, file, source)
    relation = open_relation(con, source, file)
    rows = _rows(con, relation)
    columns = [column(name, [row[place] for row in rows]) for place, name in enumerate(relation.columns)]
    return Opened([part for found in columns for part in _cells(found)], len(rows), heading=_heading(file))


def _heading(file: InputFile) -> str:
    if file.kind == "parquet":
        return ""
    with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
        return "".join(line[:500] for line in islice(text, HEAD))


def _rows(con: duckdb.DuckDBPyConnection, relation: Relation) -> list[tuple[Any, ...]]:
    types = {row[0]: row[1] for row in con.execute(f"describe {relation.name}").fetchall()}
    names = ", ".join(_text(name, types[name]) for name in relation.columns)
    return con.execute(f"select {names} from {relation.name} order by _row limit {ROWS}").fetchall()


def _text(name: str, kind: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    nested = kind.startswith(("STRUCT", "MAP")) or kind.endswith("]")
    return f"cast({f'to_json({quoted})' if nested else quoted} as varchar)"


def _cells(found: Column) -> list[Column]:
    """A column of JSON objects as the paths to its values, the column itself first."""
    if not fits("json", found, 0.0) or not found.cells[0].startswith("{"):
        return [found]
    paths: dict[str, list[Any]] = {}
    for number, cell in enumerate(found.cells):
        try:
            _walk(json.loads(cell), found.name, number, paths, 1)
        except (ValueError, RecursionError):
            continue
    return [found, *(column(name, _spread(values, found.given)) for name, values in list(paths.items())[:WIDE])]


def _open_json(con: duckdb.DuckDBPyConnection, file: InputFile, source: Source) -> Opened:
    where = source.records or records_path(file)
    relation = open_relation(con, replace(source, records=where), file)
    docs = [
        read_json(row[0])
        for row in con.execute(f"select doc from {relation.name} order by _row limit {ROWS}").fetchall()
    ]
    for path in STREAM:
        streams = {
            name: [doc for doc in docs if _at(doc, path) == name]
            for name in dict.fromkeys(_at(doc, path) for doc in docs)
            if name
        }
        if streams:
            opened = [_flat(found, where, (path, str(name))) for name, found in streams.items()]
            opened.sort(key=lambda each: -each.rows)
            return replace(opened[0], others=opened[1:])
    return _flat(docs, where, None)


def _flat(docs: list[Any], where: str | None, stream: tuple[str, str] | None) -> Opened:
    paths: dict[str, list[Any]] = {}
    for number, doc in enumerate(docs):
        if isinstance(doc, dict):
            _walk(doc, "", number, paths, 0)
    known = {path: values for path, values in paths.items() if "[" not in path or len(values) >= RECURS * len(docs)}
    by_key = {path.split("[")[0] for path in known if re.search(r"\[[^\]]*=", path)}
    known = {path: values for path, values in known.items() if "[0]" not in path or path.split("[")[0] not in by_key}
    columns = [
        column(name, _spread(values, len(docs)))
        for name, values in sorted(known.items(), key=lambda each: each[0].count("."))[:WIDE]
    ]
    _tell(columns)
    return Opened(columns, len(docs), where, True, stream)


def _tell(columns: list[Column]) -> None:
    """What a form's tool says of a question beside its answer: `answers[field.ref=x].field.type` is nps."""
    types = {
        found.name.removesuffix(".field.type"): found.values[0]
        for found in columns
        if found.name.endswith("].field.type") and found.different == 1
    }
    for found in columns:
        found.told = types.get(found.name.split("]")[0] + "]", "")


def _walk(value: object, path: str, number: int, paths: dict[str, list[Any]], depth: int) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            if depth < DEEP and "." not in key:
                _walk(item, f"{path}.{key}" if path else key, number, paths, depth + 1)
    elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        _items(value, path, number, paths, depth)
    elif value is not None:
        text = (
            json.dumps(value, ensure_ascii=False)
            if isinstance(value, list)
            else str(value).lower()
            if isinstance(value, bool)
            else str(value)
        )
        paths.setdefault(path, []).append((number, text))


def _items(value: list[Any], path: str, number: int, paths: dict[str, list[Any]], depth: int) -> None:
    """Objects in a list, by a key of theirs that names them where they have one: `answers[field.ref=nps].number`."""
    if path.split(".")[-1].lower() in ("tags", "labels") and all(isinstance(_at(item, "name"), str) for item in value):
        names = json.dumps([item["name"] for item in value], ensure_ascii=False)
        paths.setdefault(f"{path}[*].name", []).append((number, names))
        return
    if len(value) == 1 and isinstance(value[0], dict) and NAMING & set(value[0]):
        _walk(value[0], f"{path}[0]", number, paths, depth + 1)  # dropped where items have names that recur
    for item in value[:40]:
        if len(value) == 1 and isinstance(item, dict) and not NAMING & set(item):
            _walk(item, f"{path}[0]", number, paths, depth + 1)
            continue
        name = next(
            (
                (key, found)
                for key in ("field.ref", "field.id", "question_id", "ref", "key", "name", "id")
                if (found := _at(item, key)) is not None
            ),
            None,
        )
        if name and isinstance(item, dict) and str(name[1]).replace("_", "").replace("-", "").isalnum():
            _walk(item, f"{path}[{name[0]}={name[1]}]", number, paths, depth + 1)


def _spread(values: list[tuple[int, str]], rows: int) -> list[Any]:
    cells: list[Any] = [None] * rows
    for number, text in values:
        cells[number] = text
    return cells


def _at(doc: object, path: str) -> object:
    for step in path.split("."):
        doc = doc.get(step) if isinstance(doc, dict) else None
    return doc


def records_path(file: InputFile) -> str | None:
    """The key (or keys by dots) under which a JSON document keeps its list of records, where it is one object."""
    try:
        items, _ = read_document(file)
    except FileProblem:
        return None
    if len(items) != 1 or not isinstance(items[0], dict):
        return _visits(items)
    found: dict[str, list[Any]] = {key: value for key, value in items[0].items() if _is_records(value)}
    found |= {
        f"{key}.{inner}": value
        for key, outer in items[0].items()
        if isinstance(outer, dict) and "." not in key
        for inner, value in outer.items()
        if _is_records(value) and "." not in inner
    }
    plain = {key: value for key, value in items[0].items() if not isinstance(value, (list, dict))}
    if not found or len(plain) > 12:
        return None
    return max(found, key=lambda key: len(found[key]))


def _visits(items: list[Any]) -> str | None:
    """The key of the lists of pages and events that a list of visits holds, each with its own time and address."""
    first = [item for item in items[:50] if isinstance(item, dict)]
    for key in first[0] if first else ():
        held = [entry for item in first if isinstance(item.get(key), list) for entry in item[key]]
        timed = [entry for entry in held if isinstance(entry, dict) and VISITED <= {_kind(name) for name in entry}]
        if held and len(timed) > 0.5 * len(held):
            return str(key)
    return None


def _kind(key: str) -> str:
    """time or url, of a key that names one."""
    name = fold(key)
    return "time" if re.search(r"\b(timestamp|time|tstamp)$", name) else "url" if re.search(r"\burl$", name) else ""


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
