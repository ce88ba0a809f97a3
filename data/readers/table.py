"""The `table` reader: any CSV, TSV, JSON, NDJSON or Parquet whose columns stand in sources.toml."""

import re
from dataclasses import replace
from typing import Any

import duckdb

from data.contract import contract
from data.errors import FileProblem, nearest
from data.files.prepare import InputFile
from data.files.tabular import Relation, is_json, open_csv, open_json, open_parquet
from data.readers.base import Reading
from data.readers.gone import MARKS, gone_sql, mark_of
from data.readers.known_times import COMPANY, zoneless
from data.readers.places import Places, shown
from data.settings.sources import Source
from data.settings.where import NoColumn, where_sql
from data.settings.wide import Item, items_of
from data.values.cast import NULLS, Batch

NAME = "table"
MONEY = {("orders", "amount"), ("orders", "refunded"), ("orders", "margin")}
CENTS = re.compile(r"(^|[^a-z])(cents?|minor([ _]units?)?|pence)($|[^a-z])", re.IGNORECASE)
OPTIONS = (
    "cents",
    "quantity",
)  # of orders: amounts are hundredths; the column by which the price of one piece is multiplied
ROW = "#row"  # as a column: an id made from file and record number, the same in every block over that file


def read(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Reading:
    """Rows of the one contract table the source names. Columns it does not map are looked up by their own name."""
    relation = open_relation(con, source, file)
    places = Places(con, relation)
    columns, missing = _resolve(source, relation, places)
    items, unknown = items_of(source.questions, relation.columns)
    missing = [*missing, *unknown]
    if missing:
        raise _columns_missing(places, file, relation, missing)
    selected = [f'{expression} as "{name}"' for name, expression in columns.items()]
    parameters, constants = _constants(source)
    stem = file.label.rsplit(".", 1)[0]
    excluded, rows = _excluded(source, file, relation, places)
    bound = parameters | ({"stem": stem} if any("$stem" in text for text in selected) else {})
    con.execute(
        f"create or replace temp table _mapped as select _row, {excluded}, {', '.join(selected + constants)} from {rows}",
        bound,
    )
    origin = {name: label for name, label in source.columns.items() if label != ROW}
    batch = Batch(
        source.fills,
        "_mapped",
        source.dates,
        source.timezone,
        NULLS if source.nulls is None else source.nulls,
        source.decimal,
        origin,
    )
    batches = (
        _answers(con, source, places, batch, items, (excluded, rows), bound, [columns, constants])
        if source.questions
        else [batch]
    )
    return Reading(relation.records, batches, relation.broken, _zones(con, source, batch) + _notes(source, places))


def _answers(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    places: Places,
    base: Batch,
    items: list[Item],
    rows: tuple[str, str],
    bound: dict[str, Any],
    mapped: list[Any],
) -> list[Batch]:
    """A batch a column of `questions`, of the records that answered it; the block's own columns travel with each. Records that
    where leaves out stay in the first, refused as they are."""
    columns, constants = mapped
    batches = [base] if {"score", "comment", "choice"} & {*columns, *source.constants} else []
    blanks = ", ".join(_literal(word) for word in ("", *base.nulls))
    for place, item in enumerate(items):
        own = item.constants | {"score": None}
        taken = [
            f'{expression} as "{name}"'
            for name, expression in columns.items()
            if name not in own and name not in ("comment", "choice")
        ]
        taken += [text for name, text in zip(source.constants, constants) if name not in own]
        fixed = [f'{_literal(value)} as "{name}"' for name, value in item.constants.items()]
        cell = places(item.column) or "null"
        text = ", ".join([*taken, *fixed, f"{_recoded(cell, item.values)} as score"])
        answered = f"trim(coalesce({cell}, '')) not in ({blanks})"
        con.execute(
            f"create or replace temp table _mapped_{place} as select _row, {rows[0]}, {text} from {rows[1]} where {answered}",
            {name: value for name, value in bound.items() if f"${name}" in text},
        )
        batches.append(replace(base, relation=f"_mapped_{place}", origin=base.origin | {"score": item.column}))
    return batches


def _zones(con: duckdb.DuckDBPyConnection, source: Source, batch: Batch) -> list[str]:
    """What is taken for granted of times that name no zone, where the block states none."""
    types = {row[0] for row in con.execute("describe _mapped").fetchall()}
    times = [
        name for name, kind in contract().tables[source.fills].fillable.items() if kind == "time" and name in types
    ]
    found = [] if source.own_zone else zoneless(con, "_mapped", times)
    named = ", ".join(batch.origin.get(name, name) for name in found)
    return (
        [
            f"{named}: times without a zone read as {source.timezone}, {COMPANY}; state timezone for this source if that is not so"
        ]
        if found
        else []
    )


def _notes(source: Source, places: Places) -> list[str]:
    """Paths that lead to nothing in any record are named: a document may lack a key, a mistyped one always does."""
    empty = places.empty(label for label in source.columns.values() if label != ROW)
    money = [label for name, label in source.columns.items() if (source.table, name) in MONEY]
    cents = [label for label in money if CENTS.search(label)]
    said = [f"{', '.join(cents)}: read as hundredths, as the name says"] if cents else []
    if source.options.get("cents") is True and money != cents:
        said.append(
            f"{', '.join(label for label in money if label not in cents)}: read as hundredths, as options.cents says"
        )
    if "quantity" in source.options and "amount" in source.columns:
        said.append(f"{source.columns['amount']}: read times {source.options['quantity']}, as options.quantity says")
    return said + ([f"no record has a value at {places.hints(empty)}"] if empty else [])


def open_relation(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Relation:
    """The file's records, as a source reads them: text columns, Parquet's own, or one JSON column `doc`."""
    if file.kind == "parquet":
        return open_parquet(con, file, "_raw")
    if is_json(file):
        return open_json(con, file, "_raw", records=source.records)
    return open_csv(con, file, "_raw", delimiter=source.delimiter)


def _resolve(source: Source, relation: Relation, places: Places) -> tuple[dict[str, str], list[str]]:
    """Contract column → SQL, and the file's columns that are mapped and missing."""
    table = contract().tables[source.fills]
    columns: dict[str, str] = {}
    missing: list[str] = []
    for name, label in source.columns.items():
        whole = table.fillable.get(name) == "id"
        expression = "$stem || '#' || _row" if label == ROW else places.made(label, whole) or places(label)
        if expression is None:
            missing += places.unknown(label)
        else:
            plain = _plain_number(expression, source, table.fillable[name])
            if (source.table, name) in MONEY:
                plain = _money(plain, name, label, source, places)
            columns[name] = _recoded(plain, source.values.get(name))
    # one question among several of a record is what its block maps, and nothing beside it: else a comment counts with each of them
    apart = {"score", "comment", "choice"} if source.questions or "question_id" in source.constants else set()
    for name in table.fillable:
        if (
            name not in apart
            and name not in source.columns
            and name not in source.constants
            and relation.columns != ["doc"]
        ):
            own = next((places(label) for label in (name, f"id_{name}") if places.column(label)), None)
            if own:
                columns[name] = _recoded(own, source.values.get(name))
    return columns, missing + [
        name for name in [source.options.get("quantity")] if name is not None and places(name) is None
    ]


def _money(expression: str, name: str, label: str, source: Source, places: Places) -> str:
    """An amount as it is meant: a piece's price times the pieces, hundredths as a whole."""
    pieces = places(source.options["quantity"]) if name == "amount" and "quantity" in source.options else None
    if pieces:
        expression = _times(expression, pieces, source.decimal or ".")
    return _hundredths(expression) if CENTS.search(label) or source.options.get("cents") is True else expression


def _times(price: str, pieces: str, decimal: str) -> str:
    """Price × pieces; where one of them is no number it stays as `12.50 × `, which is refused as no number."""
    swap = "',', '.'" if decimal == "," else "',', ''"
    numbers = [
        f"try_cast(replace(regexp_replace({text}, '[^0-9.,+-]', '', 'g'), {swap}) as double)"
        for text in (price, pieces)
    ]
    return (
        f"case when nullif(trim({price}), '') is not null then coalesce(printf('%.4f', {numbers[0]} * {numbers[1]}), "
        f"concat({price}, ' × ', {pieces})) end"
    )


def _plain_number(expression: str, source: Source, kind: str) -> str:
    """A number without the stated sign between its thousands."""
    stated = source.thousands and kind in ("number", "whole")
    return f"replace({expression}, {_literal(source.thousands)}, '')" if stated else expression


def _hundredths(expression: str) -> str:
    """An amount that its column calls cents; what is no plain number stays as it stands, and is judged so."""
    number = f"try_cast(trim({expression}) as double)"
    return f"coalesce(printf('%.4f', {number} / 100), {expression})"


def _recoded(expression: str, words: dict[str, object] | None) -> str:
    """The company's own words for a value. A word without an entry stays as it is, and is judged as it is."""
    if not words:
        return expression
    arms = " ".join(f"when {_literal(word)} then {_literal(value)}" for word, value in words.items())
    return f"case trim({expression}) {arms} else {expression} end"


def _constants(source: Source) -> tuple[dict[str, object], list[str]]:
    parameters: dict[str, object] = {
        f"constant_{name}": str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in source.constants.items()
    }
    return parameters, [f'cast($constant_{name} as varchar) as "{name}"' for name in source.constants]


def _excluded(source: Source, file: InputFile, relation: Relation, places: Places) -> tuple[str, str]:
    """The reader's own verdict and the rows it is passed on: records that are deleted, spam or a test by a loader's mark, and those
    the where clause leaves out, are excluded with that reason."""
    gone = gone_sql(_marks(source, relation, places))
    if not source.where:
        return (_verdict(gone) if gone else "null::varchar as _kind"), relation.name
    named: dict[str, str] = {}

    def lookup(name: str) -> str | None:
        return named.setdefault(name, f'"_where_{len(named)}"') if places(name) is not None else None

    try:
        condition = where_sql(source.where, lookup)
    except NoColumn as error:
        problem = FileProblem(
            f"where of this source cannot be used: {error}",
            file=file.label,
            found=shown(places.known()),
            fix="Mend where in sources.toml",
        )
        problem.records = relation.records
        raise problem from None
    sides = "".join(f", {places(name)} as {alias}" for name, alias in named.items())
    return _verdict(gone, f"coalesce(({condition}), false)"), f"(select *{sides} from {relation.name})"


def _verdict(gone: tuple[str, str, str] | None, kept: str = "true") -> str:
    gone = gone or ("false", "null", "null")
    return (
        f"case when not {kept} or {gone[0]} then 'excluded' end as _kind, "
        f"case when not {kept} then 'left out by where' else {gone[1]} end as _reason, "
        f"case when {kept} then {gone[2]} end as _column"
    )


def _marks(source: Source, relation: Relation, places: Places) -> dict[str, str]:
    """The file's columns that mark a record as gone, unless the company maps one or asks for it in where."""
    names = [
        name
        for name in places.known()
        if mark_of(name) in MARKS and not (mark_of(name) == "test" and source.table in ("exposures", "web_events"))
    ]
    used = {label.lower() for label in source.columns.values()}
    return {
        name: f"cast({places(name)} as varchar)"
        for name in names
        if name.lower() not in used and name.lower() not in (source.where or "").lower()
    }


def _columns_missing(places: Places, file: InputFile, relation: Relation, missing: list[str]) -> FileProblem:
    known = places.known()
    hint = nearest(missing[0], known) or "Mend columns in sources.toml"
    if len(known) == 1:
        hint = "The file seems to use another delimiter; state delimiter in sources.toml"
    problem = FileProblem(
        f"columns the source maps are not in the file: {', '.join(missing)}",
        file=file.label,
        found=shown(known),
        fix=hint,
    )
    problem.records = relation.records
    return problem


def _literal(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return "'" + text.replace("'", "''") + "'"
