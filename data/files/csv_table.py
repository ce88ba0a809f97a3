"""A CSV file as a relation of text columns: fast where it is sound, record by record where it is damaged."""

import re
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import Any

import duckdb

from data.errors import FileProblem
from data.files import totals
from data.files.layout import Layout, csv_rows, layout
from data.files.prepare import InputFile, engine_name
from data.files.relation import BATCH, MAX_CELL, Broken, Relation, forget, insert_rows, quoted

BUFFER = (
    32 << 20
)  # a file within one buffer of the engine gains nothing by several readers, which a huge quoted cell stalls
SLOWEST = 5 << 20  # bytes a second: what takes longer is read record by record
OFTEN = 0.9  # a column filled in fewer of the records is one that may be left out
WIDE = 200  # columns from which a sum for each of them costs more than a list a record
WIDTH = "wrong number of columns"


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
    _leave_out_headers(con, relation, file)
    _leave_out_totals(con, relation, file)
    return relation


def _read_csv(con: duckdb.DuckDBPyConnection, layout: Layout, name: str, columns: list[str], skip: int) -> Relation:
    options = {
        "file": engine_name(layout.text),
        "columns": dict.fromkeys(columns, "VARCHAR"),
        "delim": layout.delimiter,
        "rejects": f"{name}_rejects",
        "scan": f"{name}_scan",
        "parallel": layout.text.stat().st_size > BUFFER,
    }
    forget(con, name)
    guard = Timer(5 + layout.text.stat().st_size / SLOWEST, con.interrupt)
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
        return _open_damaged_csv(con, layout, name, columns, skip)
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
    return ", ".join(f'"{quoted(column)}"' for column in columns)


def _longest(con: duckdb.DuckDBPyConnection, name: str, columns: list[str]) -> tuple[int, int]:
    """The letters of the longest cell, and how many records are blank."""
    lengths = [f'length("{quoted(column)}")' for column in columns]
    longest = (
        "greatest(" + ", ".join(f"coalesce(max({cell}), 0)" for cell in lengths) + ", 0)"
        if len(columns) < WIDE
        else f"coalesce(max(list_max([{', '.join(lengths)}])), 0)"
    )
    return con.execute(
        f"select {longest}, count(*) filter (coalesce({_names(columns)}) is null) from {name}"
    ).fetchall()[0]


def _leave_out_headers(con: duckdb.DuckDBPyConnection, relation: Relation, file: InputFile) -> None:
    """A header that comes again below, as where files were put one behind the other (each with its byte order mark), is no record."""
    named = [(f'"{quoted(column)}"', re.sub(r"_\d+$", "", column), column) for column in relation.columns]
    if len(named) < 2:
        return
    same = " and ".join(
        f"coalesce(trim({cell}, ' ' || chr(65279)), '{quoted_text(whole)}') in ('{quoted_text(base)}', '{quoted_text(whole)}')"
        for cell, base, whole in named
    )
    given = " + ".join(f"({cell} is not null)::int" for cell, _, _ in named)
    rows = [
        row[0]
        for row in con.execute(f"select _row from {relation.name} where {same} and {given} > 1 order by 1").fetchall()
    ]
    if rows:
        con.execute(f"delete from {relation.name} where list_contains($rows, _row)", {"rows": rows})
        relation.broken += [
            Broken(row, "the header again, no record", "the names of the columns", None, "excluded") for row in rows
        ]
        file.notes.append(f"the header stands again in row {', '.join(f'{row:,}' for row in rows[:3])}: left out there")


def quoted_text(text: str) -> str:
    """A text as it stands between quotes of SQL."""
    return text.replace("'", "''")


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
    con: duckdb.DuckDBPyConnection, layout: Layout, name: str, columns: list[str], skip: int
) -> Relation:
    """Read a damaged CSV record by record: slower, and exact about which record is broken and why."""
    forget(con, name)
    con.execute(
        f"create temp table {name} (_row BIGINT, "
        + ", ".join(f'"{quoted(column)}" VARCHAR' for column in columns)
        + ")"
    )
    broken: list[Broken] = []
    short: dict[int, list[str]] = {}
    records = 0
    with layout.text.open("r", encoding="utf-8-sig", newline="") as text:
        rows = (_fitted(row, columns) for row in csv_rows(text, layout.delimiter) if any(row))
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
    if not _ends(layout.text):
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
    counts = ", ".join(f'count("{quoted(column)}")' for column in columns)
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
