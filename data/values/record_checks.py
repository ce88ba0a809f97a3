"""What makes a record sound: each check as SQL, with the reason, what was found and what is allowed."""

from typing import Any

from data.contract import Contract, Table
from data.files.tabular import MAX_CELL
from data.values.batch import AS_WRITTEN, Batch, Rules
from data.values.dates import DateRule
from data.values.numbers import NumberRule


def record_checks(
    table: Table, rules: Contract, types: dict[str, Any], batch: Batch, read: Rules
) -> list[tuple[Any, ...]]:
    """(condition, reason, column shown, SQL of what was found, what is allowed, kind if not bad): the first wins."""
    shown = batch.origin
    checks: list[tuple[Any, ...]] = []
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
    given: list[tuple[Any, ...]] = [
        (f'coalesce("{name}", {default_sql(table, name)}) is null', "missing", shown.get(name, name), "''", "a value")
        for name in table.required
    ]
    checks += given
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
        number = read.numbers.get(name, NumberRule())
        return (
            f"a number with decimal {number.decimal!r}"
            if number.decimal
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


def default_sql(table: Table, name: str) -> str:
    return f"'{table.defaults[name]}'" if name in table.defaults else "null"


def refusal_sql(typed: str, checks: list[tuple[Any, ...]]) -> str:
    """One row a refused record: the reader's own reason first, then the first check that fails."""

    def arm(part: int) -> str:
        return " ".join(f"when {check[0]} then {_literal(check, part)}" for check in checks)

    return f"""insert into refusals
        with judged as (select _row, _file, coalesce(_kind, case {arm(5)} end) as kind,
            case when _kind is not null then _reason {arm(1)} end as reason,
            case when _kind is not null then _column {arm(2)} end as "column",
            case when _kind is not null then _found {arm(3)} end as found,
            case when _kind is not null then null {arm(4)} end as allowed
          from ({typed}) where not {sound_sql(checks)})
        select $source, _file, _row, "column", kind, reason, left(cast(found as varchar), 120), allowed from judged"""


def sound_sql(checks: list[tuple[Any, ...]]) -> str:
    """Whether a record passes every check; a check that cannot tell passes."""
    fails = " or ".join(["_kind is not null", *(f"({check[0]})" for check in checks)])
    return f"case when _once >= 0 then ({fails}) is not true end"


def _literal(check: tuple[Any, ...], part: int) -> str:
    text = check[part] if part < len(check) else "bad"
    if part == 3:
        return f"cast({text} as varchar)"
    return text.removeprefix("sql:") if text.startswith("sql:") else "'" + text.replace("'", "''") + "'"
