"""How a column of dates is to be read. What is stated wins; an ambiguous order of day and month is a question to the user, never a guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import duckdb
import pyarrow as pa

from data.contract import contract
from data.values.moments import century, in_utc, read_moment

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "%d{0}%m{0}", "%m{0}%d{0}", "%y{0}%m{0}%d"
DATE = r"\d{4}-\d{2}-\d{2}"
CLOCK = r"\d{4}-\d{2}-\d{2}[ Tt]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?"
OFFSET = r" ?(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)"
# Epochs in milliseconds, microseconds and nanoseconds: their length tells them apart. Ten digits may also spell a day and an hour
COUNTS = {13: "* 1000", 16: "", 19: "// 1000"}
# What programs write where there is no time at all: the zero of some calendar, or the end of it
NO_TIME = (
    r"(0|0\.0|-1|(0000-00-00|0001-01-01|1753-01-01|1899-12-3[01]|1900-01-0[01]|1970-01-01|2999-12-31|9999-12-31)"
    r"([ T](00:00(:00(\.0+)?)?|23:59(:59(\.9+)?)?))?(Z|\+00:?00)?)"
)


@dataclass(frozen=True)
class DateRule:
    """`stated`: the formats of sources.toml. `odd`: a table text → time of what is neither ISO 8601 nor an epoch.
    `question` is set where only the user can tell. `years`: the first and the last year that are taken."""

    stated: tuple[str, ...] = ()
    question: str | None = None
    odd: str | None = None
    years: tuple[int, int] = (1990, 2100)
    notes: tuple[str, ...] = ()


def plausible_years(column: str) -> tuple[int, int]:
    """The first and the last year a column of times may hold; data/contract.toml [years] has those that are not the usual."""
    first, beyond = contract().years.get(column, contract().years["default"])
    return first, date.today().year + beyond


def date_rule(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    column: str,
    stated: tuple[str, ...],
    nulls: tuple[str, ...],
    zone: str = "UTC",
    years: tuple[int, int] | None = None,
) -> DateRule:
    """Decide how `column` of `relation` is written, by the evidence of all its values; what is stated is tried first."""
    rule = DateRule(stated, years=years or plausible_years(column))
    texts = _odd_texts(con, relation, column, rule, nulls)
    if not texts:
        return rule
    found = {text: read_moment(text, zone, rule.years[1]) for text in texts}
    order, question = _order([moment.triple for moment in found.values() if moment and moment.triple], stated)
    times = [
        (text, *in_utc(moment, day))
        for text, moment in found.items()
        if moment and (day := moment.day or (_ordered(moment.triple, order) if moment.triple else None))
    ]
    serial = sum(moment.serial for moment in found.values() if moment)
    notes = (
        (f"{serial:,} values of {{column}} read as a spreadsheet's count of days (45352 is 2024-03-01)",)
        if serial
        else ()
    )
    return replace(rule, question=question, odd=_table(con, column, times), notes=notes)


def _odd_texts(
    con: duckdb.DuckDBPyConnection, relation: str, column: str, rule: DateRule, nulls: tuple[str, ...]
) -> list[str]:
    """The distinct values no plain rule reads: neither ISO 8601, nor an epoch, nor in a format that is stated."""
    name = column.replace('"', '""')
    stated = f"and {_stated_sql('v', rule.years)} is null" if rule.stated else ""
    values = (
        {"nulls": list(nulls)}
        | ({f"{key}_": value for key, value in _stated(rule.stated).items()} if rule.stated else {})
        | ({"zone_": "UTC", "days_": "UTC"} if rule.stated else {})
    )
    sql = f"""select distinct v from (select trim("{name}") as v from {relation})
        where v <> '' and not list_contains($nulls, v) and not regexp_full_match(v, '{NO_TIME}')
          and not regexp_full_match(v, '{DATE}|{CLOCK}({OFFSET})?|' || '\\d{{13}}|\\d{{16}}|\\d{{19}}') and not {_seconds("v", rule.years)} {stated}"""
    return [
        row[0]
        for row in con.execute(
            _bound(sql, ""), {k: v for k, v in values.items() if f"${k}" in _bound(sql, "")}
        ).fetchall()
    ]


def no_times(con: duckdb.DuckDBPyConnection, relation: str, column: str) -> tuple[int, str | None]:
    """How many values stand for no time at all, and one of them."""
    given = f"""from (select trim("{column}") as v from {relation}) where regexp_full_match(v, '{NO_TIME}')"""
    return con.execute(f"select count(*), min(v) {given}").fetchall()[0]


def _order(triples: Iterable[tuple[int, int, str]], stated: tuple[str, ...]) -> tuple[str | None, str | None]:
    """(order, question): "dmy", "mdy" or "ymd" of the column's numeric dates, by what is stated, else by all of them together."""
    triples = set(triples)
    if not triples:
        return None, None
    for text in stated:
        letters = "".join(re.findall(r"%-?([dmyY])", text)).lower()
        if letters in ("dmy", "mdy", "ymd"):
            return letters, None
    first, second = max(t[0] for t in triples), max(t[1] for t in triples)
    if all(len(t[2]) == 2 for t in triples) and second <= 12 and _year_leads(triples):
        return "ymd", None
    if first > 12 and second > 12:
        return None, (
            "some values put the day first and others the month; state dates for this source, "
            f'for example dates = "{DAY_FIRST.format("/")}%Y"'
        )
    if first <= 12 and second <= 12:
        return None, (
            "day and month cannot be told apart: no value has a part above 12; state "
            f'dates = "{DAY_FIRST.format("/")}%Y" or "{MONTH_FIRST.format("/")}%Y"'
        )
    return ("dmy" if first > 12 else "mdy"), None


def _year_leads(triples: set[tuple[int, int, str]]) -> bool:
    """Whether two-digit dates begin with the year: their last parts are days (few above 31, many different), their first parts few years."""
    ends, starts = {int(t[2]) for t in triples}, {t[0] for t in triples}
    return (
        max(ends) <= 31
        and len(starts) < len(ends)
        and max(starts) - min(starts) <= 10
        and all(century(f"{n:02}") <= date.today().year + 1 for n in starts)
        and max(ends) - min(ends) > 10
    )


def _ordered(triple: tuple[int, int, str], order: str | None) -> date | None:
    if order is None:
        return None
    first, second, last = triple
    year, month, day = {
        "dmy": (century(last), second, first),
        "mdy": (century(last), first, second),
        "ymd": (century(f"{first:02}"), second, int(last)),
    }[order]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _table(con: duckdb.DuckDBPyConnection, column: str, times: list[tuple[str, datetime, str]]) -> str:
    name = '"_odd_' + column.replace('"', '""') + '"'
    texts, ats, hows = zip(*times) if times else ((), (), ())
    con.register(
        "_odd",
        pa.table(
            [pa.array(texts, pa.string()), pa.array(ats, pa.timestamp("us")), pa.array(hows, pa.string())],
            names=["odd_text", "odd_at", "odd_how"],
        ),
    )
    con.execute(f"create or replace temp table {name} as select * from _odd")
    con.unregister("_odd")
    return name


def time_sql(value: str, name: str, rule: DateRule) -> str:
    """SQL turning text `value` into a UTC TIMESTAMP or NULL; uses $zone_NAME, $days_NAME and, where formats are stated, $formats_NAME,
    $dated_NAME and $zoned_NAME. The stated formats, then ISO 8601, epochs, and what the column's odd values were read as.

    A plain cast to TIMESTAMP drops an offset in silence, so offsets go by way of TIMESTAMPTZ. A date without a time is that day
    where the company is ($days), whatever the file's zone ($zone): read in another it would move to the day beside.
    """
    tidy = rf"regexp_replace(regexp_replace({value}, '\s+([+-]\d{{2}}(:?\d{{2}})?)$', '\1'), ' ?(UTC|GMT|[Zz])$', 'Z')"
    arms = [
        f"when regexp_full_match({value}, '{DATE}') then cast(timezone($days, try_cast({value} as timestamp)) as timestamp)",
        f"when regexp_full_match({value}, '{CLOCK}') then cast(timezone($zone, try_cast({value} as timestamp)) as timestamp)",
        f"when regexp_full_match({value}, '{CLOCK}{OFFSET}') then cast(try_cast({tidy} as timestamptz) as timestamp)",
        f"when {_seconds(value, rule.years)} then make_timestamp(try_cast({value} as bigint) * 1000000)",
    ]
    arms += [
        f"when regexp_full_match({value}, '\\d{{{digits}}}') then make_timestamp(try_cast({value} as bigint) {to_micro})"
        for digits, to_micro in COUNTS.items()
    ]
    if rule.odd:
        at = f'"odd_at_{name}"'
        arms.append(f"""else case "odd_how_{name}" when 'utc' then {at} when 'day' then cast(timezone($days, {at}) as timestamp)
                        when 'clock' then cast(timezone($zone, {at}) as timestamp) end""")
    plain = "case " + " ".join(arms) + " end"
    sql = f"coalesce({_stated_sql(value, rule.years)}, {plain})" if rule.stated else plain
    return _bound(f"case when {value} is not null then {sql} end", name)


def _bound(sql: str, name: str) -> str:
    for key in ("zoned", "zone", "days", "formats", "dated"):
        sql = sql.replace(f"${key})", f"${key}_{name})").replace(f"${key},", f"${key}_{name},")
    return sql


def _seconds(value: str, years: tuple[int, int]) -> str:
    low, high = (int((datetime(year, 1, 1) - datetime(1970, 1, 1)).total_seconds()) for year in (2001, years[1] + 1))
    return f"(regexp_full_match({value}, '\\d{{10}}') and try_cast({value} as bigint) between {max(low, 1_000_000_000)} and {high})"


def _stated_sql(value: str, years: tuple[int, int]) -> str:
    """The stated formats: with an offset, with a time, of a day alone. A year out of range (%Y of 24) is none of theirs."""
    found = (
        f"coalesce(cast(try_strptime({value}, $zoned) as timestamp), cast(timezone($zone, try_strptime({value}, $formats)) as timestamp), "
        f"cast(timezone($days, try_strptime({value}, $dated)) as timestamp))"
    )
    return f"list_filter([{found}], lambda t: year(t) between {years[0]} and {years[1]})[1]"


def _stated(formats: tuple[str, ...]) -> dict[str, list[str]]:
    zoned = [text for text in formats if "%z" in text.lower()]
    clocks = [text for text in formats if text not in zoned and re.search(r"%-?[HIcXT]", text)]
    days = [text for text in formats if text not in zoned and text not in clocks]
    return {
        "zoned": zoned or ["%Y-%m-%dT%H:%M:%S%z"],
        "formats": clocks or ["%Y-%m-%d %H:%M:%S"],
        "dated": days or ["%Y-%m-%d"],
    }


def time_parameters(rule: DateRule, zone: str, days: str) -> dict[str, object]:
    """The bound values of `time_sql`: the zone of times that name none, and the company's, for days. Formats with an offset go
    apart: one of them would turn all into UTC."""
    zones: dict[str, object] = {"zone": zone, "days": days}
    return {**zones, **(_stated(rule.stated) if rule.stated else {})}
