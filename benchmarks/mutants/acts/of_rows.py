"""Columns and records changed before they are written: the same act in every kind of file."""

from dataclasses import replace
from random import Random

from benchmarks.mutants.register import ALL, COUNT, NOTHING, SEPARATED, operator
from benchmarks.mutants.rows import Rows

FLAT = (*SEPARATED, "xlsx", "ods")
FOOTERS = (
    ["Total", "24"],
    ["Grand total"],
    ["24 rows"],
    ["Average", "5.5", "1"],
    ["Generated on 2026-03-31"],
    ["Summe", "", "99"],
)


@operator("as it is", "rows", ALL)
def unchanged(rows: Rows, random: Random) -> Rows:
    return rows


@operator("columns shuffled", "rows", ALL)
def shuffled(rows: Rows, random: Random) -> Rows:
    order = random.sample(range(len(rows.header)), len(rows.header))
    if rows.header[:2] == ["V1", "V2"]:  # these go by their place
        order = list(range(len(rows.header)))
    return _columns(rows, order)


def _columns(rows: Rows, order: list[int]) -> Rows:
    def pick(line: list) -> list:
        return [line[place] for place in order]

    return Rows(pick(rows.header), [pick(row) for row in rows.rows], tuple(pick(line) for line in rows.above))


@operator("column missing", "rows", COUNT)
def dropped(rows: Rows, random: Random) -> Rows:
    gone = random.randrange(len(rows.header))
    return _columns(rows, [place for place in range(len(rows.header)) if place != gone])


@operator("column twice", "rows", COUNT, (*FLAT, "json", "ndjson"))
def doubled(rows: Rows, random: Random) -> Rows:
    order = list(range(len(rows.header)))
    return _columns(rows, [*order, random.choice(order)])


@operator("column renamed", "rows", COUNT, (*FLAT, "json", "ndjson", "parquet"))
def renamed(rows: Rows, random: Random) -> Rows:
    header = list(rows.header)
    place = random.randrange(len(header))
    old = header[place]
    header[place] = random.choice(
        (
            old.upper(),
            f" {old} ",
            f"{old}\n(text)",
            old[::-1],
            "",
            "_row",
            '"',
            "'; drop table x; --",
            "select",
            f"{old}.x",
            "a[0]",
            "{x}",
            "\u202e" + old,
            "\ufeff" + old,
        )
    )
    if header.count(header[place]) > 1:
        header[place] += "_"
    return replace(rows, header=header)


@operator("header empty", "rows", NOTHING, FLAT)
def blank_header(rows: Rows, random: Random) -> Rows:
    return replace(rows, header=[""] * len(rows.header))


@operator("many columns", "rows", COUNT, (*FLAT, "parquet"))
def wide(rows: Rows, random: Random) -> Rows:
    more = random.randrange(300, 1500)
    return Rows(
        [*rows.header, *(f"extra {number}" for number in range(more))],
        [[*row, *["1"] * more] for row in rows.rows],
        tuple([*line, *(f"extra {number}" for number in range(more))] for line in rows.above),
    )


@operator("header twice", "rows", COUNT, FLAT)
def header_again(rows: Rows, random: Random) -> Rows:
    place = random.randrange(1, len(rows.rows))
    return rows.with_rows([*rows.rows[:place], list(rows.header), *rows.rows[place:]])


@operator("footer", "rows", COUNT, FLAT)
def footer(rows: Rows, random: Random) -> Rows:
    line = random.choice(FOOTERS)
    return rows.with_rows([*rows.rows, [*line, *[""] * (len(rows.header) - len(line))]])


@operator("records repeated", "rows", COUNT)
def repeated(rows: Rows, random: Random) -> Rows:
    again = random.choices(rows.rows, k=random.randrange(1, 60))
    return rows.with_rows(random.sample([*rows.rows, *again], len(rows.rows) + len(again)))


@operator("many records", "rows", COUNT)
def many(rows: Rows, random: Random) -> Rows:
    return rows.with_rows(rows.rows * random.randrange(40, 120))


@operator("one record", "rows", ALL)
def single(rows: Rows, random: Random) -> Rows:
    return rows.with_rows([random.choice(rows.rows)])


@operator("no record", "rows", COUNT)
def none(rows: Rows, random: Random) -> Rows:
    return rows.with_rows([])


@operator("one column", "rows")
def narrow(rows: Rows, random: Random) -> Rows:
    return _columns(rows, [random.randrange(len(rows.header))])


@operator("column empty", "rows", COUNT)
def emptied(rows: Rows, random: Random) -> Rows:
    place = random.randrange(len(rows.header))
    return rows.with_rows([[None if column == place else cell for column, cell in enumerate(row)] for row in rows.rows])
