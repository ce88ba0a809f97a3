"""Text becomes typed by rule, or the record is refused with column, what was found and what is allowed."""

from dataclasses import dataclass, field, replace
from typing import Any

import duckdb

from data.contract import Contract, Table, contract
from data.files.tabular import MAX_CELL
from data.values.dates import NO_TIME, DateRule, date_rule, no_times, plausible_years, time_parameters, time_sql
from data.values.ids import IdRule, id_rule, id_sql
from data.values.numbers import SHAPE, NumberRule, number_rule, number_sql
from data.values.remarks import remark
from data.values.scales import with_numbers
from data.values.tags import blank_words, list_sql
from data.values.vocabulary import state_words, words

NULLS = ("", "NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "#N/A")
AS_WRITTEN = ("text", "id", "json")  # kinds a cast cannot fail
SCALES = {"nps": (0, 10)}  # the only scale a metric's name fixes
# Columns that hold an id of the kind another column names: they may hold an e-mail or a phone number.
KINDED = {
    ("identity_edges", "value_a"): "kind_a",
    ("identity_edges", "value_b"): "kind_b",
    ("exposures", "unit"): "unit_kind",
}


@dataclass
class Batch:
    """Rows of one contract table as a reader gives them.

    `relation` has `_row` (the record) and any of the table's fillable columns; text is cast here, other types are
    taken as they are. A reader refuses a record itself by the columns `_kind`, `_reason`, `_column`, `_found`, and
    says by `_file` which file a record is of where it read several as one.
    """

    table: str
    relation: str
    dates: tuple[str, ...] = ()
    timezone: str = "UTC"
    nulls: tuple[str, ...] = NULLS
    decimal: str | None = None  # stated, else by the values of each column
    origin: dict[str, str] = field(default_factory=dict)  # contract column → the file's own name for it


@dataclass(frozen=True)
class Stamp:
    """What every row of a load carries, and the salt its e-mails and phones are hashed with."""

    source: str
    file: str
    load: str
    salt: str
    days: str = "UTC"  # the company's zone: a date without a time is that day there


@dataclass
class Rules:
    """How each column of a batch is read, by its own values."""

    dates: dict[str, DateRule] = field(default_factory=dict)
    numbers: dict[str, NumberRule] = field(default_factory=dict)
    ids: dict[str, IdRule] = field(default_factory=dict)
    lists: dict[str, tuple[list[str], bool]] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """What is worth saying of how a column was read."""
        return [text for rule in self.dates.values() for text in rule.notes]


@dataclass(frozen=True)
class Outcome:
    """What came of a batch beside its rows: the question only the user can answer, and what is said of how it was read."""

    question: str | None
    notes: list[str]


def cast_batch(con: duckdb.DuckDBPyConnection, batch: Batch, stamp: Stamp) -> Outcome:
    """Append a batch to src_<table> and its refused records to `refusals`; what was noticed of its values goes to `remarks`."""
    contract_, table = contract(), contract().tables[batch.table]
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
    typed = _typed_sql(batch, table, types, parameters, rules, stamp.days)
    checks = _checks(table, contract_, types, batch, rules)
    given = con.execute(f"select count(*) from {batch.relation}").fetchall()[0][0]
    if _insert(con, table, typed, checks, parameters) < given:
        _run(con, _refusal_sql(typed, checks), parameters)
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
            found.numbers[name] = number_rule(con, batch.relation, name, batch.decimal, batch.nulls)
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

    def say(name: str, *what) -> None:
        remark(con, stamp.source, stamp.file, table.name, batch.origin.get(name, name), *what)

    for name, rule in rules.ids.items():
        for found in rule.found:
            say(name, *found)
    for name, rule in rules.numbers.items():
        if rule.open:
            say(name, "open_number", rule.open, given, given)
    for name in rules.dates:
        if name not in table.required and types.get(name) == "VARCHAR":
            count, example = no_times(con, batch.relation, name)
            if count:
                say(name, "no_time", example, count, given)


def _run(con: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]) -> int:
    """Insert with only the parameters the statement names (DuckDB refuses one it does not know); returns the rows."""
    return con.execute(sql, {name: value for name, value in parameters.items() if f"${name}" in sql}).fetchall()[0][0]


def _raw_markers(types: dict[str, str]) -> str:
    return ", ".join(
        f"{name} as {name}" if name in types else f"null::varchar as {name}"
        for name in ("_kind", "_reason", "_column", "_found")
    )


def _typed_sql(
    batch: Batch, table: Table, types: dict[str, str], parameters: dict[str, Any], rules: Rules, days: str
) -> str:
    """Three steps, so that each expression is computed once: text tidied, text cast, and what the cast lost.

    `_once` is volatile, so that a condition on it stays above the casts: pushed below, each cast would run twice.
    """
    tidied, cast_, kept, joins = [], [], [], []
    for name, kind in table.fillable.items():
        given = types.get(name)
        tidied.append(f'{_tidy(name, kind, given, batch, table, rules)} as "text_{name}"')
        text = f'"text_{name}"'
        if kind == "time" and given is not None:
            rule = rules.dates[name]
            low, high = rule.years
            if given == "VARCHAR":
                parameters |= {
                    f"{key}_{name}": value for key, value in time_parameters(rule, batch.timezone, days).items()
                }
                if rule.odd:
                    joins.append(
                        f' left join (select odd_text as "odd_text_{name}", odd_at as "odd_at_{name}", odd_how as "odd_how_{name}" '
                        f'from {rule.odd}) on "odd_text_{name}" = trim("{name}")'
                    )
                    tidied.append(f'"odd_at_{name}", "odd_how_{name}"')
            cast_.append(
                f'{time_sql(text, name, rule) if given == "VARCHAR" else f"cast({text} as TIMESTAMP)"} as "{name}"'
            )
            fits = f'year("{name}") between {low} and {high}'
            kept.append(
                f'case when {fits} then "{name}" end as "{name}", case when ({fits}) is not true then cast({text} as varchar) end as "raw_{name}"'
            )
        elif given == "VARCHAR" and kind not in AS_WRITTEN:
            if kind == "list":
                parameters[f"alone_{name}"] = rules.lists[name][0]
            cast_.append(f'{_cast_sql(name, kind, text, rules)} as "{name}"')
            kept.append(f'"{name}", case when "{name}" is null then "text_{name}" end as "raw_{name}"')
        else:
            cast_.append(f'cast("text_{name}" as {_stored(kind)}) as "{name}"')
            kept.append(f'"{name}", null::varchar as "raw_{name}"')
    file = "_file" if "_file" in types else "$file as _file"
    return (
        f"select _row, _file, _kind, _reason, _column, _found, random() as _once, {', '.join(kept)} from (select *, "
        f"{', '.join(cast_)} from (select _row, {file}, {_raw_markers(types)}, {', '.join(tidied)} from {batch.relation}{''.join(joins)}))"
    )


def _tidy(name: str, kind: str, given: str | None, batch: Batch, table: Table, rules: Rules) -> str:
    """The cell as the file means it: trimmed; its null words, ids that are nobody's and times that are none gone."""
    if given is None:
        return "null::varchar"
    if given != "VARCHAR":
        return f'"{name}"'
    text = (
        f'case when list_contains($nulls, trim("{name}")) then null else trim("{name}") end'
        if batch.nulls
        else f'"{name}"'
    )
    if name in rules.ids and not rules.ids[name].quiet:
        return id_sql(f"({text})", rules.ids[name])
    if kind == "time" and name not in table.required:
        return f"case when regexp_full_match(trim(\"{name}\"), '{NO_TIME}') then null else {text} end"
    return text


def _stored(kind: str) -> str:
    return {
        "text": "VARCHAR",
        "id": "VARCHAR",
        "json": "VARCHAR",
        "number": "DOUBLE",
        "whole": "BIGINT",
        "time": "TIMESTAMP",
        "truth": "BOOLEAN",
        "list": "VARCHAR[]",
    }[kind]


def _cast_sql(name: str, kind: str, text: str, rules: Rules) -> str:
    if kind in ("number", "whole"):
        number = number_sql(text, rules.numbers[name])
        return (
            number
            if kind == "number"
            else f"list_transform([{number}], lambda n: case when n = round(n) then try_cast(n as bigint) end)[1]"
        )
    if kind == "truth":
        return f"case when list_contains($true, lower({text})) then true when list_contains($false, lower({text})) then false end"
    return list_sql(text, f"$alone_{name}", rules.lists[name][1])


def _checks(table: Table, rules: Contract, types: dict[str, Any], batch: Batch, read: Rules) -> list[tuple[Any, ...]]:
    """(condition, reason, column shown, SQL of what was found, what is allowed, kind if not bad): the first wins."""
    shown = batch.origin
    checks = []
    for name, kind in table.columns.items():
        label = shown.get(name, name)
        if name in types and kind not in AS_WRITTEN:
            allowed = _allowed_text(name, kind, read, batch)
            checks.append((f'"raw_{name}" is not null', f"not a {_word(kind)}", label, f'"raw_{name}"', allowed))
        if kind in ("text", "json") and name in types:
            checks.append(
                (
                    f'length("{name}") > {MAX_CELL}',
                    f"cell too long in {label}",
                    label,
                    f"format('{{:,}} characters', length(\"{name}\"))",
                    f"at most {MAX_CELL:,} characters",
                )
            )
        if name in rules.allowed and name in types:
            words = ", ".join(f"'{word}'" for word in rules.allowed[name])
            checks.append(
                (
                    f'lower("{name}") not in ({words})',
                    "unknown word",
                    label,
                    f'"{name}"',
                    ", ".join(rules.allowed[name]),
                )
            )
        if name in rules.ranges and name in types:
            low, high = rules.ranges[name]
            checks.append(
                (f'"{name}" not between {low} and {high}', "out of range", label, f'"{name}"', f"{low} to {high}")
            )
    checks += [
        (f'coalesce("{name}", {_default(table, name)}) is null', "missing", shown.get(name, name), "''", "a value")
        for name in table.required
    ]
    if table.any_of:
        empty = " and ".join(f'"{name}" is null' for name in table.any_of)
        checks.append(
            (
                empty,
                "no answer",
                shown.get(table.any_of[0], table.any_of[0]),
                "''",
                "a score, a choice or a comment",
                "excluded",
            )
        )
    return checks + (_score_checks(shown) if table.name == "survey_answers" else [])


def _score_checks(shown: dict[str, str]) -> list[tuple[Any, ...]]:
    """A score lies on its scale; an NPS answer is a whole number."""
    low = "coalesce(scale_min, case when lower(metric) = 'nps' then 0 end)"
    high = "coalesce(scale_max, case when lower(metric) = 'nps' then 10 end)"
    label = shown.get("score", "score")
    scale = f"printf('%g to %g', cast({low} as double), cast({high} as double))"
    return [
        (f"score < {low} or score > {high}", "score out of range", label, "score", f"sql:{scale}"),
        (
            "lower(metric) = 'nps' and score <> round(score)",
            "an NPS answer is a whole number",
            label,
            "score",
            "0, 1, 2 … 10",
        ),
    ]


def _allowed_text(name: str, kind: str, read: Rules, batch: Batch) -> str:
    if kind == "time":
        rule = read.dates.get(name, DateRule())
        return rule.question or (
            " or ".join(batch.dates)
            if batch.dates
            else f"a date such as 2026-03-31 14:05, from {rule.years[0]} to {rule.years[1]}"
        )
    if name == "score":
        return "a number, a number with its label, or the words of a known scale; else values = { score = { … } }"
    if kind == "number":
        rule = read.numbers.get(name, NumberRule())
        return (
            f"a number with decimal {rule.decimal!r}"
            if rule.decimal
            else "a number; its column has both 1.250,00 and 1,250.00: state decimal"
        )
    return {"whole": "a whole number", "truth": "true or false", "list": "words separated by |"}.get(kind, "text")


def _word(kind: str) -> str:
    return {
        "time": "readable date",
        "number": "number",
        "whole": "whole number",
        "truth": "true or false",
        "list": "list",
    }.get(kind, kind)


def _default(table: Table, name: str) -> str:
    return f"'{table.defaults[name]}'" if name in table.defaults else "null"


def _refusal_sql(typed: str, checks: list[tuple[Any, ...]]) -> str:
    """One row a refused record: the reader's own reason first, then the first check that fails."""

    def arm(part: int) -> str:
        return " ".join(f"when {check[0]} then {_literal(check, part)}" for check in checks)

    return f"""insert into refusals
        with judged as (select _row, _file, coalesce(_kind, case {arm(5)} end) as kind,
            case when _kind is not null then _reason {arm(1)} end as reason,
            case when _kind is not null then _column {arm(2)} end as "column",
            case when _kind is not null then _found {arm(3)} end as found,
            case when _kind is not null then null {arm(4)} end as allowed
          from ({typed}) where not {_sound(checks)})
        select $source, _file, _row, "column", kind, reason, left(cast(found as varchar), 120), allowed from judged"""


def _sound(checks: list[tuple[Any, ...]]) -> str:
    """Whether a record passes every check; a check that cannot tell passes."""
    fails = " or ".join(["_kind is not null", *(f"({check[0]})" for check in checks)])
    return f"case when _once >= 0 then ({fails}) is not true end"


def _literal(check: tuple[Any, ...], part: int) -> str:
    text = check[part] if part < len(check) else "bad"
    if part == 3:
        return f"cast({text} as varchar)"
    return text.removeprefix("sql:") if text.startswith("sql:") else "'" + text.replace("'", "''") + "'"


def _insert(
    con: duckdb.DuckDBPyConnection, table: Table, typed: str, checks: list[tuple[Any, ...]], parameters: dict[str, Any]
) -> int:
    """Append every sound record; returns how many."""
    columns = [_final(table, name) for name in table.columns]
    columns += [_hashed(kind) if kind in contract().hashed else f'"{kind}" as id_{kind}' for kind in table.ids]
    names = ["source", "file", "row", "load", *table.columns, *(f"id_{kind}" for kind in table.ids)]
    return _run(
        con,
        f"""insert into src_{table.name} ({", ".join(f'"{name}"' for name in names)})
        select $source, _file, _row, $load, {", ".join(columns)} from ({typed}) where {_sound(checks)}""",
        parameters,
    )


def _final(table: Table, name: str) -> str:
    value = f'"{name}"'
    if name in table.made:
        value = f"coalesce({value}, regexp_replace(_file, '\\.[^.]*$', '') || '#' || _row)"
    elif name in table.defaults:
        value = f"coalesce({value}, {_default(table, name)})"
    if (table.name, name) in KINDED:
        return f'{_edge_value(name, KINDED[table.name, name])} as "{name}"'
    if table.name == "survey_answers" and name in ("scale_min", "scale_max"):
        value = f"coalesce({value}, case when lower(metric) = 'nps' then {SCALES['nps'][name == 'scale_max']} end)"
    if (table.name, name) == ("survey_answers", "metric") or name in contract().allowed:
        value = f"lower({value})"
    if (table.name, name) == ("orders", "refunded"):
        value = f"abs({value})"  # some shops write what they gave back with a minus
    if name == "status" and table.name in ("support_tickets", "ticket_status_changes"):
        # each tool's word, in any of seven languages, as the one the models know; a word that is none of them stays
        bare = f"regexp_replace({value}, '\\s*(\\([^()]*\\)|\\[[^\\[\\]]*\\]|\\s[-–—]\\s.*)$', '')"  # Closed (Support Pipeline), Closed - Duplicate
        means = [f"$state_means[list_position($state_words, lower(trim({text})))]" for text in (value, bare)]
        known = f"coalesce({', '.join(means)}, {value})"
        value = (
            known
            if table.name == "support_tickets"
            else f"case when {value} = 'reopened' then {value} else {known} end"
        )  # an event, no state
    return f'{value} as "{name}"'


def _hashed(kind: str) -> str:
    return _hash_sql(kind, f'"{kind}"') + f" as id_{kind}"


def _edge_value(value: str, kind: str) -> str:
    """An id of a named kind: hashed where its kind is one that is never stored."""
    arms = " ".join(f"when '{name}' then {_hash_sql(name, value)}" for name in contract().hashed)
    return f"case lower({kind}) {arms} else {value} end"


def _hash_sql(kind: str, value: str) -> str:
    """Lower-cased, trimmed, salted and hashed; what is no address or number at all is nobody's."""
    tidy = f"lower({value})" if kind == "email" else f"regexp_replace({value}, '[^0-9+]', '', 'g')"
    real = f"{tidy} like '%@%'" if kind == "email" else f"length({tidy}) >= 6"
    return f"case when {real} then sha256($salt || ':{kind}:' || {tidy}) end"
