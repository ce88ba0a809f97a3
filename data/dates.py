"""How a column of dates is to be read. An ambiguous format is a question to the user, never a guess."""

from dataclasses import dataclass

import duckdb

SHAPE = r"^\s*(\d{1,2})([/.-])(\d{1,2})[/.-](\d{2}|\d{4})(?:[ T,]+(\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)\s*([AaPp][Mm])?)?\s*$"
NAMED = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y %H:%M:%S", "%d-%b-%Y %H:%M",
         "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M", "%b %d, %Y %H:%M:%S", "%b %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p",
         "%d/%b/%Y:%H:%M:%S %z", "%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S")
TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
# A day and nothing else, however written: 20260331, 31.3.26, 31 March 2026, Mar 31, 2026
DAY_ALONE = r"\D*(\d{6}|\d{8}|\d{1,4}\D+\d{1,2}\D+\d{2,4}|\d{1,2}\D+\d{2,4})\D*"
DAY_FIRST, MONTH_FIRST = "%d{0}%m{0}", "%m{0}%d{0}"


@dataclass(frozen=True)
class DateRule:
    """`formats` to try beside ISO 8601 and epochs; `question` is set where only the user can tell."""

    formats: tuple[str, ...] = ()
    question: str | None = None


def date_rule(con: duckdb.DuckDBPyConnection, relation: str, column: str, stated: tuple[str, ...],
              nulls: tuple[str, ...]) -> DateRule:
    """Decide how `column` of `relation` is written: the stated formats, else by the evidence of all its values."""
    if stated:
        return DateRule(stated)
    first, second, shaped, separator = con.execute(
        f"""select max(try_cast(regexp_extract(v, $shape, 1) as integer)),
                   max(try_cast(regexp_extract(v, $shape, 3) as integer)),
                   count(*), min(regexp_extract(v, $shape, 2))
            from (select trim("{column}") as v from {relation})
            where regexp_matches(v, $shape) and not list_contains($nulls, v)""",
        {"shape": SHAPE, "nulls": list(nulls)}).fetchone()
    if not shaped:
        return DateRule(_named_formats(con, relation, column))
    if first > 12 and second > 12:
        return DateRule(question="some values put the day first and others the month; state dates for this source, "
                                 f'for example dates = "{DAY_FIRST.format(separator)}%Y"')
    if first <= 12 and second <= 12:
        return DateRule(question="day and month cannot be told apart: no value has a part above 12; state "
                                 f'dates = "{DAY_FIRST.format(separator)}%Y" or "{MONTH_FIRST.format(separator)}%Y"')
    order = DAY_FIRST if first > 12 else MONTH_FIRST
    return DateRule(tuple(order.format(sep) + year + time for sep in "/.-" for year in ("%Y", "%y") for time in TIMES))


def _named_formats(con: duckdb.DuckDBPyConnection, relation: str, column: str) -> tuple[str, ...]:
    """Formats with a month's name that some value fits; they cannot be misread."""
    fits = ", ".join(f"count(try_strptime(v, '{fmt}'))" for fmt in NAMED)
    counts = con.execute(f"""select {fits} from (select trim("{column}") as v from {relation}
                             where regexp_matches("{column}", '[A-Za-z]{{3}}') limit 10000)""").fetchone()
    return tuple(fmt for fmt, count in zip(NAMED, counts) if count)


def time_sql(value: str) -> str:
    """SQL turning text `value` into a UTC TIMESTAMP or NULL; uses $zone, $days, $formats and $zoned. ISO, epochs, then formats.

    A plain cast to TIMESTAMP drops an offset in silence, so offsets go by way of TIMESTAMPTZ. A date without a time is that day
    where the company is ($days), whatever the file's zone ($zone): read in another it would move to the day beside.
    """
    tidy = rf"regexp_replace({value}, '\s+([+-]\d{{2}}(:?\d{{2}})?)$', '\1')"
    return f"""case
      when {value} like '____-%-%' and regexp_matches({value}, '(Z|z|[+-]\\d{{2}}(:?\\d{{2}})?| UTC)$')
        and regexp_matches({value}, '^\\d{{4}}-\\d{{1,2}}-\\d{{1,2}}.*:')
        then cast(try_cast({tidy} as timestamptz) as timestamp)
      when regexp_full_match({value}, '\\d{{4}}[-/]\\d{{1,2}}[-/]\\d{{1,2}}') then cast(timezone($days, coalesce(
        try_strptime({value}, $formats), try_cast({value} as timestamp))) as timestamp)
      when regexp_matches({value}, '^\\d{{4}}[-/]\\d{{1,2}}[-/]\\d{{1,2}}') then cast(timezone($zone, coalesce(
        try_strptime({value}, $formats), try_cast({value} as timestamp))) as timestamp)
      when not regexp_matches({value}, '\\d') then null
      when regexp_matches({value}, '^\\d{{10}}(\\.\\d+)?$') then make_timestamp(cast(try_cast({value} as double) * 1000000 as bigint))
      when regexp_matches({value}, '^\\d{{13}}$') then make_timestamp(try_cast({value} as bigint) * 1000)
      when regexp_matches({value}, '^\\d{{16}}$') then make_timestamp(try_cast({value} as bigint))
      when regexp_full_match({value}, '{DAY_ALONE}') then cast(timezone($days, try_strptime({value}, $formats)) as timestamp)
      else coalesce(cast(try_strptime({value}, $zoned) as timestamp),
                    cast(timezone($zone, try_strptime({value}, $formats)) as timestamp)) end"""


def time_parameters(rule: DateRule, zone: str, days: str) -> dict[str, object]:
    """The bound values of `time_sql`: the zone of times that name none, and the company's, for days. Formats with an offset go apart: one of them would turn all into UTC."""
    zoned = [fmt for fmt in rule.formats if "%z" in fmt.lower()]
    plain = [fmt for fmt in rule.formats if fmt not in zoned]
    return {"zone": zone, "days": days, "formats": plain or ["%Y-%m-%d"], "zoned": zoned or ["%Y-%m-%dT%H:%M:%S%z"]}
