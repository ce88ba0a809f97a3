"""How a column of numbers is written: which sign stands before the decimals and which between thousands, by all its values together."""

from dataclasses import dataclass

import duckdb

CURRENCY = r"(?:(?:US|CA|AU|NZ|HK|R)?\$|[€£¥₹₽₺₩₪฿₫₴₱]|CHF|EUR|USD|GBP|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|CAD|AUD|NZD|ZAR|kr\.?|zł|Kč|Fr\.?|SFr\.?|euros?)"
SPACES = r"[\s\x{a0}\x{202f}\x{2009}''’]"  # as it stands between quotes of SQL
SHAPE = (
    rf"(?i)([(\-+−]?)\s*{CURRENCY}?\s*([(\-+−]?)\s*(\d[\d.,'’\s"
    + r"\x{a0}\x{202f}\x{2009}"
    + rf"]*|[.,]\d+)\s*{CURRENCY}?(?:\s*,?[-–]{{1,2}})?\s*([)-]?)"
)
LAKHS = r"\d{1,2}(,\d{2})+,\d{3}"  # 12,50,000: Indian grouping, by two above the thousands
OPEN_DOT, OPEN_COMMA = r"[1-9]\d{0,2}\.\d{3}", r"[1-9]\d{0,2},\d{3}"


@dataclass(frozen=True)
class NumberRule:
    """`decimal` is "." or ",", or "" where the column holds both; `plain`: a cast reads every value; `open`: an example of a value
    that could also be a thousand times as much, where nothing in the column tells."""

    decimal: str = "."
    plain: bool = True
    open: str | None = None
    both: bool = False


def number_rule(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    column: str,
    stated: str | None,
    nulls: tuple[str, ...],
    whole: bool = False,
) -> NumberRule:
    """What the values of `column` say; what is stated wins. `whole`: it counts something, so that 1.200 and 1,200 are more than a thousand,
    unless all such values end in three noughts, as a program writes 1.000 for one."""
    name = column.replace('"', '""')
    given, cast, dots, commas, open_dot, open_comma, even, example = con.execute(
        f"""with given as (select trim("{name}") as v from {relation} where trim("{name}") <> '' and not list_contains($nulls, trim("{name}"))),
            bodies as (select v, regexp_replace(regexp_extract(v, '^' || $shape || '$', 3), '{SPACES}', '', 'g') as b from given)
            select count(*), count(*) filter (isfinite(try_cast(v as double)) and not contains(v, ',')),
              count(*) filter (regexp_full_match(b, '\\d*\\.(\\d{{1,2}}|\\d{{4,}})|0?\\.\\d+|\\d{{4,}}\\.\\d+|(\\d{{1,3}},)+\\d{{3}}\\.\\d*|\\d{{1,3}}(,\\d{{3}}){{2,}}|{LAKHS}(\\.\\d*)?')),
              count(*) filter (regexp_full_match(b, '\\d*,(\\d{{1,2}}|\\d{{4,}})|0?,\\d+|\\d{{4,}},\\d+|(\\d{{1,3}}\\.)+\\d{{3}},\\d*|\\d{{1,3}}(\\.\\d{{3}}){{2,}}')),
              count(*) filter (regexp_full_match(b, '{OPEN_DOT}')), count(*) filter (regexp_full_match(b, '{OPEN_COMMA}')),
              count(*) filter (regexp_full_match(b, '{OPEN_DOT}') and ends_with(b, '000')),
              min(v) filter (regexp_full_match(b, '{OPEN_DOT}|{OPEN_COMMA}'))
            from bodies""",
        {"shape": SHAPE, "nulls": list(nulls)},
    ).fetchall()[0]
    if stated:
        return NumberRule(stated, plain=cast == given and stated == "." and not open_comma)
    if whole and not (dots or commas) and bool(open_dot) != bool(open_comma) and even < max(open_dot, open_comma):
        return NumberRule("," if open_dot else ".", plain=False)
    if dots and commas:
        return NumberRule("", plain=False, open=example, both=bool(example))
    if commas:
        return NumberRule(",", plain=False)
    if dots or not (open_dot or open_comma):
        return NumberRule(".", plain=cast == given)
    if open_dot and open_comma:
        return NumberRule("", plain=False, open=example, both=True)
    return NumberRule(
        ".", plain=cast == given, open=example
    )  # 1,250 is read as English thousands, 1.250 as decimals; both are said


def number_sql(text: str, rule: NumberRule) -> str:
    """SQL of the text as a DOUBLE, NULL where it is no number. A thousands sign stands before three digits or it is none."""
    plain = f"case when isfinite(try_cast({text} as double)) then try_cast({text} as double) end"
    if rule.plain:
        return plain
    body = f"regexp_replace(trim(regexp_extract({text}, '^' || $number_shape || '$', 3)), '{SPACES}(\\d{{3}})', '\\1', 'g')"
    negative = f"regexp_matches({text}, '^\\s*[(−-]|[(]\\s*[\\d.]|[-−]\\s*\\d[^-]*$|-\\s*$') and not regexp_matches({text}, '[.,]\\s?-+\\s*$')"
    if rule.decimal:
        value = _read(body, rule.decimal)
    else:  # both are used: each value that can be read in one way only
        value = (
            f"case when regexp_full_match({body}, '{OPEN_DOT}|{OPEN_COMMA}') then null "
            f"else coalesce({_read(body, '.', strict=True)}, {_read(body, ',', strict=True)}) end"
        )
    scientific = f"case when regexp_full_match({text}, '(?i)-?\\d+(\\.\\d+)?e[+-]?\\d+') then {plain} end"
    return f"coalesce(case when regexp_full_match({text}, $number_shape) then ({value}) * case when {negative} then -1 else 1 end end, {scientific})"


def _read(body: str, decimal: str, strict: bool = False) -> str:
    thousands = "," if decimal == "." else "."
    d, t = f"[{decimal}]", f"[{thousands}]"
    lakhs = f"{LAKHS}({d}\\d*)?|" if decimal == "." else ""
    fits = f"regexp_full_match({body}, '{lakhs}\\d{{1,3}}({t}\\d{{3}})+({d}\\d*)?|\\d+({d}\\d*)?|{d}\\d+')"
    cleaned = f"replace(replace({body}, '{thousands}', ''), '{decimal}', '.')"
    other = (
        ""
        if strict
        else f" when regexp_full_match({body}, '\\d+{t}(\\d{{1,2}}|\\d{{4,}})') then try_cast(replace({body}, '{thousands}', '.') as double)"
    )
    return f"case when {fits} then try_cast(rtrim({cleaned}, '.') as double){other} end"
