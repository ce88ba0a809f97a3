"""The SQL that makes text typed, and that of each column as it is stored."""

from typing import Any

from data.contract import Table, contract
from data.values.batch import AS_WRITTEN, Batch, Rules
from data.values.dates import NO_TIME, time_parameters, time_sql
from data.values.ids import id_sql
from data.values.numbers import number_sql
from data.values.record_checks import default_sql
from data.values.tags import list_sql

SCALES = {"nps": (0, 10)}  # the only scale a metric's name fixes
# Columns that hold an id of the kind another column names: they may hold an e-mail or a phone number.
KINDED = {
    ("identity_edges", "value_a"): "kind_a",
    ("identity_edges", "value_b"): "kind_b",
    ("exposures", "unit"): "unit_kind",
}


def _raw_markers(types: dict[str, str]) -> str:
    return ", ".join(
        f"{name} as {name}" if name in types else f"null::varchar as {name}"
        for name in ("_kind", "_reason", "_column", "_found")
    )


def typed_sql(
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


def stored_sql(table: Table, name: str) -> str:
    value = f'"{name}"'
    if name in table.made:
        value = f"coalesce({value}, regexp_replace(_file, '\\.[^.]*$', '') || '#' || _row)"
    elif name in table.defaults:
        value = f"coalesce({value}, {default_sql(table, name)})"
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


def hashed_sql(kind: str) -> str:
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
