"""Cells of any column filled with what does not belong there."""

from random import Random

from benchmarks.mutants.register import COUNT, operator
from benchmarks.mutants.rows import Rows

NUMBERS = (
    "1e400",
    "-1e400",
    "1e-400",
    "9" * 40,
    "-" + "9" * 25,
    "NaN",
    "inf",
    "-0",
    "0x1F",
    "1_000",
    "١٢٣",
    "1.234.567,89",
    "1,234,567.89",
    "3/5",
    "½",
    "1e5",
    "99999999999999999999999999999999999999.5",
)
DATES = (
    "9999-12-31 23:59:59",
    "0000-00-00 00:00:00",
    "0001-01-01",
    "1899-12-30",
    "32.13.2026",
    "2026-02-30",
    "253402300800000",
    "-9223372036854775808",
    "9223372036854775807",
    "+292278994-08-17",
    "294247-01-10",
    "12/31/99",
    "2026-W10-1",
    "45717.5",
    "24:00:00",
    "2026-03-29 02:30 Europe/Berlin",
    "2026-03-02T10:00:00+99:99",
    "29.02.2025",
)
SIGNS = (
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "\u202eevil\u202c",
    "شكرا جزيلا",
    "תודה",
    "\u200b\u200d\ufeff",
    "Z͑ͫ̓a̴l̶g̷o̸",
    "\x1b[31mred\x1b[0m",
    "\x07\x08\x0b\x0c",
    "\x85\u2028\u2029",
    "ﬁ Å Å",
    "\U000e0041",
    "\x7f",
)
WRONG = (
    "yes",
    "true",
    "null",
    "{}",
    "[]",
    "-",
    "=1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "'; drop table orders; --",
    "{{7*7}}",
    "%s%s%n",
    "../../etc/passwd",
    "\\",
    '"',
    "' or 1=1",
    " ",
    "\t",
    "a\nb",
    "a\r\nb",
    "$.a[*]",
    "re:(a+)+$",
    "*",
    "?",
    "C:\\x",
    "0",
    "00012",
    "1.0",
    "TRUE",
    "n/a",
)
NESTED = (
    {},
    [],
    {"a": None},
    [[[]]],
    {"key": {"value": [1, {"x": 2}]}},
    [None, 1, "x"],
    True,
    1.5,
    -(2**70),
    2**63,
    "",
)


def _some(rows: Rows, random: Random, values: tuple) -> Rows:
    """Between one cell and a quarter of them, or a whole column."""
    lines = [list(row) for row in rows.rows]
    if random.random() < 0.4:
        place = random.randrange(len(rows.header))
        for line in lines:
            line[place] = random.choice(values)
    else:
        for _ in range(random.randrange(1, 1 + len(lines) * len(rows.header) // 4)):
            random.choice(lines)[random.randrange(len(rows.header))] = random.choice(values)
    return rows.with_rows(lines)


@operator("huge numbers", "rows", COUNT)
def numbers(rows: Rows, random: Random) -> Rows:
    return _some(rows, random, NUMBERS)


@operator("dates out of range", "rows", COUNT)
def dates(rows: Rows, random: Random) -> Rows:
    return _some(rows, random, DATES)


@operator("emoji, RTL and control characters", "rows", COUNT)
def signs(rows: Rows, random: Random) -> Rows:
    return _some(rows, random, SIGNS)


@operator("wrong types", "rows", COUNT)
def wrong(rows: Rows, random: Random) -> Rows:
    return _some(rows, random, WRONG)


@operator("nested values", "rows", COUNT)
def nested(rows: Rows, random: Random) -> Rows:
    return _some(rows, random, NESTED)


@operator("huge cell", "rows", COUNT)
def huge(rows: Rows, random: Random) -> Rows:
    lines = [list(row) for row in rows.rows]
    text = random.choice(("x", "word ", "\n", '"', "é", "1", ",;")) * random.choice((20_000, 150_000, 600_000))
    random.choice(lines)[random.randrange(len(rows.header))] = text
    return rows.with_rows(lines)


@operator("deep nesting", "rows", COUNT, ("csv", "tsv", "semicolon", "xlsx", "ods", "parquet"))
def deep(rows: Rows, random: Random) -> Rows:
    lines = [list(row) for row in rows.rows]
    depth = random.choice((50, 900, 5_000, 40_000))
    random.choice(lines)[random.randrange(len(rows.header))] = random.choice(
        ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth, "[" * depth)
    )
    return rows.with_rows(lines)


@operator("cells swapped", "rows", COUNT)
def swapped(rows: Rows, random: Random) -> Rows:
    lines = [list(row) for row in rows.rows]
    for line in random.sample(lines, max(1, len(lines) // 3)):
        one, other = random.randrange(len(line)), random.randrange(len(line))
        line[one], line[other] = line[other], line[one]
    return rows.with_rows(lines)
