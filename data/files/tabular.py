"""A prepared file as a relation of text columns, one row a record, `_row` counting records from 1.

What the file's own format makes unreadable comes back as `Broken` records, so that nothing is lost.
"""

import json
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb
import pyarrow as pa

from data.errors import FileProblem, in_words
from data.files import totals
from data.files.layout import Layout, csv_rows, layout
from data.files.prepare import InputFile, engine_name
from data.files.salvage import BAD_JSON, salvage, why

MAX_CELL = 1_000_000  # characters; a longer cell is refused: no survey, ticket or event has one
BATCH = 20_000
BUFFER = (
    32 << 20
)  # a file within one buffer of the engine gains nothing by several readers, which a huge quoted cell stalls
SLOWEST = 5 << 20  # bytes a second: what takes longer is read record by record
OFTEN = 0.9  # a column filled in fewer of the records is one that may be left out
WIDE = 200  # columns from which a sum for each of them costs more than a list a record
FIRST_LINES = 20  # by which lines of JSON are told from a document
WIDTH = "wrong number of columns"


@dataclass(frozen=True)
class Broken:
    """A record the format itself makes unreadable."""

    row: int
    reason: str
    found: str
    allowed: str | None
    kind: str = "bad"  # or excluded: it can be read, and is no record


@dataclass
class Relation:
    """A temporary table `name` with `_row` and text `columns` (or one JSON column `doc`)."""

    name: str
    columns: list[str]
    records: int
    broken: list[Broken] = field(default_factory=list)


def is_json(file: InputFile) -> bool:
    """Whether the text starts as JSON does."""
    with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
        head = text.read(4096).lstrip()
    return head[:1] in ("{", "[")


def open_parquet(con: duckdb.DuckDBPyConnection, file: InputFile, name: str) -> Relation:
    """A view on the Parquet file with its own types; nested columns stay nested."""
    try:
        path = engine_name(file.path).replace("'", "''")
        _check_columns(con, file)
        forget(con, name)
        con.execute(
            f"create or replace temp view {name} as "
            f"select file_row_number + 1 as _row, * exclude (file_row_number) "
            f"from read_parquet('{path}', file_row_number = true)"
        )
        records = con.execute(f"select count(*) from {name}").fetchall()[0][0]
        columns = [row[0] for row in con.execute(f"describe {name}").fetchall()]
    except duckdb.Error as error:
        raise FileProblem(
            f"not a readable Parquet file: {in_words(error, file.path.absolute(), file.label)}",
            file=file.label,
            fix="Export it again",
        ) from None
    return Relation(name, columns[1:], records)


def forget(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Drop what the file before left under `name`: the engine replaces no table by a view, and no view by a table."""
    kind = con.execute(
        "select 'table' from duckdb_tables() where temporary and table_name = $name union all "
        "select 'view' from duckdb_views() where temporary and view_name = $name",
        {"name": name},
    ).fetchone()
    if kind:
        con.execute(f"drop {kind[0]} {name}")


def _check_columns(con: duckdb.DuckDBPyConnection, file: InputFile) -> None:
    """Refuse a width no table has, before a view of it is made."""
    width = con.execute(
        "select coalesce(max(num_children), 0) from parquet_schema($path) where column_id = 0",
        {"path": engine_name(file.path)},
    ).fetchall()[0][0]
    if width > file.limits.columns:
        raise FileProblem(
            "too many columns for a table",
            file=file.label,
            found=f"{width:,}",
            allowed=f"{file.limits.columns:,g} ([limits] columns)",
            fix="Export fewer, or raise the limit in sources.toml",
        )


def open_parquets(con: duckdb.DuckDBPyConnection, files: list[InputFile], name: str) -> dict[str, int]:
    """One view on Parquet files of one schema, `_file` naming each record's file. Returns the records of each."""
    con.execute(f"create or replace temp table {name}_names (_path VARCHAR, _file VARCHAR)")
    con.executemany(
        f"insert into {name}_names values (?, ?)", [(str(file.path.absolute()), file.label) for file in files]
    )
    paths = ", ".join("'" + engine_name(file.path).replace("'", "''") + "'" for file in files)
    forget(con, name)
    con.execute(
        f"create or replace temp view {name} as "
        f"select n._file, r.file_row_number + 1 as _row, r.* exclude (file_row_number, _path) "
        f"from read_parquet([{paths}], file_row_number = true, filename = '_path') r join {name}_names n on n._path = r._path"
    )
    return dict(con.execute(f"select _file, count(*) from {name} group by _file").fetchall())


def open_csv(
    con: duckdb.DuckDBPyConnection, file: InputFile, name: str, *, delimiter: str | None = None, skip: int = 0
) -> Relation:
    """A temporary table of the CSV's cells as written. `skip` further records below the header are left out.

    Blank records are none; totals and lines below the table are `broken` of kind excluded. The file's notes say both.
    """
    found = layout(file, delimiter, 1 if skip else None)
    columns = unique_names(list(found.columns))
    if not columns:
        raise FileProblem("no header row", file=file.label, fix="The first line must name the columns")
    relation = _read_csv(con, found, name, columns, skip)
    file.notes += [note for note in found.notes if note not in file.notes]
    _leave_out_totals(con, relation, file)
    return relation


def _read_csv(con: duckdb.DuckDBPyConnection, found: Layout, name: str, columns: list[str], skip: int) -> Relation:
    options = {
        "file": engine_name(found.text),
        "columns": dict.fromkeys(columns, "VARCHAR"),
        "delim": found.delimiter,
        "rejects": f"{name}_rejects",
        "scan": f"{name}_scan",
        "parallel": found.text.stat().st_size > BUFFER,
    }
    forget(con, name)
    guard = Timer(5 + found.text.stat().st_size / SLOWEST, con.interrupt)
    guard.start()
    try:
        con.execute(
            f"""create or replace temp table {name} as
            select row_number() over () as _row, * from read_csv($file, header = true, columns = $columns,
              delim = $delim, quote = '"', escape = '"', auto_detect = false, store_rejects = true, compression = 'none', parallel = $parallel,
              rejects_table = $rejects, rejects_scan = $scan)""",
            options,
        )
        damaged = con.execute(f"select count(*) from {name}_rejects").fetchall()[0][0]
        longest, blank = _longest(con, name, columns)
    except duckdb.Error:
        damaged, longest, blank = 1, 0, 0
    finally:
        guard.cancel()
    # a header with another line end inside than behind it misleads the engine about all that follow, without an error
    if not damaged and any("\n" in column or "\r" in column for column in columns):
        damaged = not con.execute(f"select count(*) from {name}").fetchall()[0][0]
    if damaged or longest > MAX_CELL:
        return _open_damaged_csv(con, found, name, columns, skip)
    if skip:
        con.execute(f"delete from {name} where _row <= $skip", {"skip": skip})
        con.execute(f"update {name} set _row = _row - $skip", {"skip": skip})
    if blank:
        con.execute(
            f"create or replace temp table {name} as select row_number() over (order by _row) as _row, * exclude (_row) "
            f"from {name} where coalesce({_names(columns)}) is not null"
        )
    return Relation(name, columns, con.execute(f"select count(*) from {name}").fetchall()[0][0])


def _names(columns: list[str]) -> str:
    return ", ".join(f'"{_quoted(column)}"' for column in columns)


def _longest(con: duckdb.DuckDBPyConnection, name: str, columns: list[str]) -> tuple[int, int]:
    """The letters of the longest cell, and how many records are blank."""
    lengths = [f'length("{_quoted(column)}")' for column in columns]
    longest = (
        "greatest(" + ", ".join(f"coalesce(max({cell}), 0)" for cell in lengths) + ", 0)"
        if len(columns) < WIDE
        else f"coalesce(max(list_max([{', '.join(lengths)}])), 0)"
    )
    return con.execute(
        f"select {longest}, count(*) filter (coalesce({_names(columns)}) is null) from {name}"
    ).fetchall()[0]


def _leave_out_totals(con: duckdb.DuckDBPyConnection, relation: Relation, file: InputFile) -> None:
    """Totals are counted as records and refused; what the engine could not split into columns at the end is a line below the table."""
    rows = totals.find(con, relation.name, relation.columns)
    if rows:
        con.execute(f"delete from {relation.name} where list_contains($rows, _row)", {"rows": [row for row, _ in rows]})
        relation.broken += [
            Broken(row, "a total or a line below the table, no record", text, None, "excluded") for row, text in rows
        ]
        places = ", ".join(f"{row:,}" for row, _ in rows[:3]) + (" …" if len(rows) > 3 else "")
        file.notes.append(f"{len(rows)} total row{'s' if len(rows) > 1 else ''} left out: row {places}")


def _open_damaged_csv(
    con: duckdb.DuckDBPyConnection, found: Layout, name: str, columns: list[str], skip: int
) -> Relation:
    """Read a damaged CSV record by record: slower, and exact about which record is broken and why."""
    forget(con, name)
    con.execute(
        f"create temp table {name} (_row BIGINT, "
        + ", ".join(f'"{_quoted(column)}" VARCHAR' for column in columns)
        + ")"
    )
    broken: list[Broken] = []
    short: dict[int, list[str]] = {}
    records = 0
    with found.text.open("r", encoding="utf-8-sig", newline="") as text:
        rows = (_fitted(row, columns) for row in csv_rows(text, found.delimiter) if any(row))
        next(rows, None)
        numbered = ((number, row) for number, row in enumerate(islice(rows, skip, None), 1))
        while batch := list(islice(numbered, BATCH)):
            records = batch[-1][0]
            short |= {number: row for number, row in batch if 1 < len(row) < len(columns) and len(short) < BATCH}
            good = [
                (number, *(cell if cell != "" else None for cell in row))
                for number, row in batch
                if not _why_broken(number, row, columns, broken)
            ]
            insert_rows(con, name, good)
    if not _ends(found.text):
        short.pop(records, None)  # a file cut off ends in half a record
    padded = _padded(con, name, columns, short)
    insert_rows(con, name, padded)
    taken = {row[0] for row in padded}
    return Relation(name, columns, records, _lines_below([item for item in broken if item.row not in taken], records))


def _ends(path: Path) -> bool:
    """Whether the last line of a file is ended."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 1, 0))
        return file.read(1) in b"\r\n"


def _padded(
    con: duckdb.DuckDBPyConnection, name: str, columns: list[str], short: dict[int, list[str]]
) -> list[tuple[Any, ...]]:
    """Records that end early, where the columns they lack are often empty in the complete ones, too: some tools leave those out."""
    if not short:
        return []
    counts = ", ".join(f'count("{_quoted(column)}")' for column in columns)
    fill = con.execute(f"select {counts} from {name}").fetchall()[0]
    total = con.execute(f"select count(*) from {name}").fetchall()[0][0]
    return [
        (number, *(cell if cell != "" else None for cell in row), *[None] * (len(columns) - len(row)))
        for number, row in short.items()
        if all(filled < total * OFTEN for filled in fill[len(row) :]) and all(len(cell) <= MAX_CELL for cell in row)
    ]


def _fitted(row: list[str], columns: list[str]) -> list[str]:
    """A record without the empty cells behind its last column: some tools end each line in a delimiter."""
    return row[: len(columns)] if len(row) > len(columns) and not "".join(row[len(columns) :]).strip() else row


def _lines_below(broken: list[Broken], records: int) -> list[Broken]:
    """Lines of one cell at the end of a wider table are remarks, no records."""
    below = records
    while broken and broken[-1].row == below and broken[-1].found == "1 columns" and broken[-1].reason == WIDTH:
        broken.pop()
        below -= 1
    return broken + [
        Broken(row, "a total or a line below the table, no record", "a line of one cell", None, "excluded")
        for row in range(below + 1, records + 1)
    ]


def _why_broken(number: int, row: list[str], columns: list[str], broken: list[Broken]) -> bool:
    if len(row) != len(columns):
        broken.append(Broken(number, WIDTH, f"{len(row)} columns", f"{len(columns)} columns"))
        return True
    for column, cell in zip(columns, row):
        if len(cell) > MAX_CELL:
            broken.append(
                Broken(
                    number,
                    f"cell too long in {column}",
                    f"{len(cell):,} characters",
                    f"at most {MAX_CELL:,} characters",
                )
            )
            return True
    return False


def sniff_delimiter(file: InputFile) -> str:
    """The delimiter that splits the first records most evenly; a comma when none does."""
    return layout(file).delimiter


def head_rows(file: InputFile, count: int, delimiter: str | None = None) -> list[list[str]]:
    """The first `count` records from the header on, as lists of cells."""
    found = layout(file, delimiter, 1)
    with found.text.open("r", encoding="utf-8-sig", newline="", errors="replace") as text:
        return list(islice(csv_rows(text, found.delimiter), count))


def unique_names(header: list[str]) -> list[str]:
    """Column names as DuckDB can hold them: blanks numbered, repeats (also in other letter case) suffixed."""
    names: dict[str, str] = {"_row": ""}
    for number, cell in enumerate(header, 1):
        name = cell.strip() or f"column{number}"
        base, count = name, 1
        while name.lower() in names:
            count += 1
            name = f"{base}_{count}"
        names[name.lower()] = name
    return list(names.values())[1:]


def open_json(con: duckdb.DuckDBPyConnection, file: InputFile, name: str, *, records: str | None = None) -> Relation:
    """A temporary table (_row, doc JSON): an array's items, a line each of NDJSON, or the list at `records`."""
    if not _looks_like_lines(file):
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


def _looks_like_lines(file: InputFile) -> bool:
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


def count_records(file: InputFile) -> int:
    """How many records a text file holds: of a CSV below its header, of NDJSON a line each; one document that is broken has none."""
    if file.kind != "text":
        return 0
    if is_json(file):
        with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
            return sum(1 for line in text if line.strip()) if _looks_like_lines(file) else 0
    found = layout(file)
    with found.text.open("r", encoding="utf-8-sig", newline="", errors="replace") as text:
        return max(sum(any(row) for row in csv_rows(text, found.delimiter)) - 1, 0)


def _open_json_document(con: duckdb.DuckDBPyConnection, file: InputFile, name: str, records: str | None) -> Relation:
    items, broken = read_document(file, records)
    forget(con, name)
    con.execute(f"create temp table {name} (_row BIGINT, doc JSON)")
    taken = {item.row for item in broken}
    numbers = (number for number in count(1) if number not in taken)
    rows = [(number, json.dumps(item, ensure_ascii=False)) for number, item in zip(numbers, items)]
    insert_rows(con, name, rows)
    return Relation(name, ["doc"], len(rows) + len(broken), broken)


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Append Python rows: by way of Arrow, since executemany costs a statement a row."""
    names = [row[0] for row in con.execute(f"describe {table}").fetchall()]
    for start in range(0, len(rows), BATCH):
        arrays = [pa.array(column) for column in zip(*rows[start : start + BATCH])]
        con.register("_incoming", pa.table(arrays, names=names))
        con.execute(f"insert into {table} select * from _incoming")
        con.unregister("_incoming")


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
    for step in records.split(".") if records else ():
        if isinstance(document, list) and any(isinstance(item, dict) and step in item for item in document):
            document = [inner for item in document for inner in _unfolded(item, step)]
            continue
        if not isinstance(document, dict) or step not in document:
            raise FileProblem(
                f"no list at {records!r}", file=file.label, found=_shape(document), fix="Mend records in sources.toml"
            )
        document = document[step]
    return (document if isinstance(document, list) else [document]), []


def _unfolded(item: object, step: str) -> list:
    """A record for each entry of the list a record holds at `step`: its own keys, and those of the record around it."""
    inner = item.get(step) if isinstance(item, dict) else None
    around = {key: value for key, value in item.items() if key != step} if isinstance(item, dict) else {}
    return [around | entry for entry in inner if isinstance(entry, dict)] if isinstance(inner, list) else []


def _shape(document: object) -> str:
    return "keys " + ", ".join(list(document)[:8]) if isinstance(document, dict) else type(document).__name__


def _quoted(name: str) -> str:
    return name.replace('"', '""')
