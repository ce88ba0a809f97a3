"""A JSON document or NDJSON as a relation of one column `doc`, a record each."""

import json
from itertools import count, islice
from typing import Any

import duckdb

from data.errors import FileProblem
from data.files.json_shapes.headed import headed
from data.files.prepare import InputFile
from data.files.relation import Broken, Relation, forget, insert_rows
from data.files.salvage import BAD_JSON, salvage, why

FIRST_LINES = 20  # by which lines of JSON are told from a document


def open_json(con: duckdb.DuckDBPyConnection, file: InputFile, name: str, *, records: str | None = None) -> Relation:
    """A temporary table (_row, doc JSON): an array's items, a line each of NDJSON, or the list at `records`."""
    if not looks_like_lines(file):
        return _open_json_document(con, file, name, records)
    forget(con, name)
    con.execute(
        f"""create temp table {name} as
        select row_number() over () as _row, json as doc
        from read_json_objects($file, format = 'newline_delimited', ignore_errors = true,
                               maximum_object_size = 100000000, compression = 'none')""",
        {"file": file.engine_name},
    )
    broken = [
        Broken(row, "not valid JSON", "a broken or cut-off line", "one complete JSON object a line")
        for (row,) in con.execute(f"select _row from {name} where doc is null").fetchall()
    ]
    total = con.execute(f"select count(*) from {name}").fetchall()[0][0]
    con.execute(f"delete from {name} where doc is null")
    return Relation(name, ["doc"], total, broken)


def looks_like_lines(file: InputFile) -> bool:
    """NDJSON: several lines, and the first or most of the first ones are whole JSON objects by themselves."""
    with file.text.open("r", encoding="utf-8-sig") as text:
        filled = list(
            islice((line.strip() for line in text if line.strip()), FIRST_LINES)
        )  # blank lines are none, wherever they stand
    whole = [_is_object(line) for line in filled]
    return len(whole) > 1 and (whole[0] or sum(whole) * 2 > len(whole))


def _is_object(line: str) -> bool:
    try:
        return line[0] == "{" and isinstance(json.loads(line), dict)
    except RecursionError:  # too deep for Python; the engine reads it
        return line[-1] == "}"
    except ValueError:
        return False


def _open_json_document(con: duckdb.DuckDBPyConnection, file: InputFile, name: str, records: str | None) -> Relation:
    items, broken = read_document(file, records)
    forget(con, name)
    con.execute(f"create temp table {name} (_row BIGINT, doc JSON)")
    taken = {item.row for item in broken}
    numbers = (number for number in count(1) if number not in taken)
    rows = [(number, json.dumps(item, ensure_ascii=False)) for number, item in zip(numbers, items)]
    insert_rows(con, name, rows)
    return Relation(name, ["doc"], len(rows) + len(broken), broken)


def read_document(file: InputFile, records: str | None = None) -> tuple[list[Any], list[Broken]]:
    """The records of one JSON document. A file cut off in the middle gives its whole records and one Broken."""
    text = file.text.read_text(encoding="utf-8-sig")
    try:
        document = json.loads(text)
    except BAD_JSON as error:
        items, broken = salvage(text, error)
        if not any(isinstance(item, dict) for item in items):
            raise FileProblem(f"not valid JSON: {why(error)}", file=file.label, fix="Export it again") from None
        return items, [
            Broken(number, "the JSON is cut off or broken here", found, "complete JSON") for number, found in broken
        ]
    apart = headed(document) if records is None else None
    if apart:
        return apart
    for step in records.split(".") if records else ():
        if isinstance(document, list) and any(isinstance(item, dict) and step in item for item in document):
            document = [inner for item in document for inner in _unfolded(item, step)]
            continue
        if not isinstance(document, dict) or step not in document:
            raise FileProblem(
                f"no list at {records!r}", file=file.label, found=_shape(document), fix="Mend records in sources.toml"
            )
        apart = headed(document) if isinstance(document[step], list) and not _has_records(document[step]) else None
        if apart:
            return apart
        document = document[step]
    return (document if isinstance(document, list) else [document]), []


def _has_records(items: list[Any]) -> bool:
    return any(isinstance(item, dict) for item in items[:3])


def _unfolded(item: object, step: str) -> list[dict[str, Any]]:
    """A record for each entry of the list a record holds at `step`: its own keys, and those of the record around it."""
    inner = item.get(step) if isinstance(item, dict) else None
    around = {key: value for key, value in item.items() if key != step} if isinstance(item, dict) else {}
    return [around | entry for entry in inner if isinstance(entry, dict)] if isinstance(inner, list) else []


def _shape(document: object) -> str:
    return "keys " + ", ".join(list(document)[:8]) if isinstance(document, dict) else type(document).__name__
