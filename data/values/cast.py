"""Text becomes typed by rule, or the record is refused with column, what was found and what is allowed."""

from dataclasses import replace
from typing import Any

import duckdb

from data.contract import Table, contract
from data.values.batch import NULLS, Batch, Outcome, Rules, Stamp
from data.values.dates import DateRule, date_rule, no_times, plausible_years
from data.values.digits import with_latin_digits
from data.values.ids import id_rule
from data.values.numbers import SHAPE, number_rule
from data.values.record_checks import record_checks, refusal_sql, sound_sql
from data.values.remarks import remark
from data.values.scales import with_numbers
from data.values.tags import blank_words
from data.values.typed import hashed_sql, stored_sql, typed_sql
from data.values.vocabulary import state_words, words

__all__ = ["NULLS", "Batch", "Outcome", "Rules", "Stamp", "cast_batch"]


def cast_batch(con: duckdb.DuckDBPyConnection, batch: Batch, stamp: Stamp) -> Outcome:
    """Append a batch to src_<table> and its refused records to `refusals`; what was noticed of its values goes to `remarks`."""
    contract_, table = contract(), contract().tables[batch.table]
    batch = with_latin_digits(con, batch, table)
    asked = None
    if batch.table == "survey_answers":
        relation, asked = with_numbers(con, batch.relation, batch.nulls)
        batch = replace(batch, relation=relation)
    types = {row[0]: row[1] for row in con.execute(f"describe {batch.relation}").fetchall()}
    rules = _rules(con, batch, table, types)
    parameters = {
        "source": stamp.source,
        "file": stamp.file,
        "load": stamp.load,
        "salt": stamp.salt,
        "nulls": list(batch.nulls),
        "true": words()["truth"]["yes"],
        "false": words()["truth"]["no"],
        "number_shape": SHAPE,
        "state_words": state_words()[0],
        "state_means": state_words()[1],
    }
    typed = typed_sql(batch, table, types, parameters, rules, stamp.days)
    checks = record_checks(table, contract_, types, batch, rules)
    given = con.execute(f"select count(*) from {batch.relation}").fetchall()[0][0]
    if _insert(con, table, typed, checks, parameters) < given:
        _run(con, refusal_sql(typed, checks), parameters)
    _remark(con, batch, table, rules, stamp, given, types)
    questions = [f"{batch.origin.get('score', 'score')}: {asked}"] if asked else []
    questions += [
        f"{batch.origin.get(name, name)}: {rule.question}" for name, rule in rules.dates.items() if rule.question
    ]
    return Outcome(
        next(iter(questions), None),
        [
            note.replace("{column}", batch.origin.get(name, name))
            for name, rule in rules.dates.items()
            for note in rule.notes
        ],
    )


def _rules(con: duckdb.DuckDBPyConnection, batch: Batch, table: Table, types: dict[str, str]) -> Rules:
    found = Rules()
    for name, kind in table.fillable.items():
        if types.get(name) != "VARCHAR":
            if kind == "time" and name in types:
                found.dates[name] = DateRule(years=plausible_years(name))
        elif kind == "time":
            found.dates[name] = date_rule(con, batch.relation, name, batch.dates, batch.nulls, batch.timezone)
        elif kind in ("number", "whole"):
            found.numbers[name] = number_rule(
                con, batch.relation, name, batch.decimal, batch.nulls, whole=kind == "whole"
            )
        elif kind == "id":
            found.ids[name] = id_rule(con, batch.relation, name, batch.nulls)
        elif kind == "list":
            found.lists[name] = blank_words(con, batch.relation, name)
    return found


def _remark(
    con: duckdb.DuckDBPyConnection,
    batch: Batch,
    table: Table,
    rules: Rules,
    stamp: Stamp,
    given: int,
    types: dict[str, str],
) -> None:
    """Write down what the questions of the build ask about."""

    def say(name: str, *what: Any) -> None:
        remark(con, stamp.source, stamp.file, table.name, batch.origin.get(name, name), *what)

    for name, rule in rules.ids.items():
        for found in rule.found:
            say(name, *found)
    for name, numbers in rules.numbers.items():
        if numbers.open:
            say(name, "open_number", numbers.open, given, given)
    for name in rules.dates:
        if name not in table.required and types.get(name) == "VARCHAR":
            count, example = no_times(con, batch.relation, name)
            if count:
                say(name, "no_time", example, count, given)


def _run(con: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]) -> int:
    """Insert with only the parameters the statement names (DuckDB refuses one it does not know); returns the rows."""
    named = {name: value for name, value in parameters.items() if f"${name}" in sql}
    return int(con.execute(sql, named).fetchall()[0][0])


def _insert(
    con: duckdb.DuckDBPyConnection, table: Table, typed: str, checks: list[tuple[Any, ...]], parameters: dict[str, Any]
) -> int:
    """Append every sound record; returns how many."""
    columns = [stored_sql(table, name) for name in table.columns]
    columns += [hashed_sql(kind) if kind in contract().hashed else f'"{kind}" as id_{kind}' for kind in table.ids]
    names = ["source", "file", "row", "load", *table.columns, *(f"id_{kind}" for kind in table.ids)]
    return _run(
        con,
        f"""insert into src_{table.name} ({", ".join(f'"{name}"' for name in names)})
        select $source, _file, _row, $load, {", ".join(columns)} from ({typed}) where {sound_sql(checks)}""",
        parameters,
    )
