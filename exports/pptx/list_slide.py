"""A list as a slide: channels as marks with their intervals, moves, reasons and pages as bars, words as a table; all native."""

from functools import partial

from pptx.util import Emu, Inches

from charts import tokens
from exports.cards.card import running
from exports.cards.grid import grid_of
from exports.cards.listing import Listing, written
from exports.cards.shape import Point, Series, Shape
from exports.pptx.bars import Bars, add_bars
from exports.pptx.ledger_table import plain_table
from exports.pptx.native import add_chart
from exports.pptx.slide import FOOT_TOP, Leaf, add_text
from exports.pptx.theme import INNER, MARGIN
from report import numbers
from report.sheets.registry import FORMS
from report.text.catalogue import say

MOST_BARS, MOST_WORDS, MOST_CAUSES = 16, 12, 5
MOST_LETTERS = 90  # of a cause below its mark
MOST_BESIDE, MOST_QUOTED = 3, 130  # causes with their worth and a customer's words below; letters of these
TALLEST = Inches(0.7)  # of a bar with its gap
SHEET_LETTERS = 138  # of a whole row of a sheet at its size, in the widest font that may stand in
LETTERS, LINE = 100, Inches(0.23)  # of the comments' column at its size
# name of the list: the columns a label is made of, the one that sizes the bars and its unit, the count beside the label, colour
SIZED = {
    "moves": (("from_stage", "to_stage"), "share", "rate", "visits", tokens.UX),
    "reasons": (("reason",), "share", "rate", "tickets", tokens.MUTED),
    "pages": (("page",), "per_100", "number", "views", tokens.UX),
}


def leaf_of(listing: Listing) -> Leaf:
    """What the list's slide holds."""
    draw = {"words": _words, "channels": _channels, "causes": _causes}.get(
        listing.name, _told if listing.name in FORMS else _bars if listing.name in SIZED else _ranges
    )
    said = listing.native + (grid_of(shape_of(listing)).key if listing.name == "channels" else "")
    notes = [
        listing.title,
        listing.subtitle,
        *("\n".join(f"{name}: {text}" for name, text in lines) for lines in (listing.print, listing.method)),
    ]
    return Leaf(
        listing.title,
        said,
        listing.head,
        listing.simulated,
        running(entry for entry in listing.print if entry[0] != say("exports.card.link")),
        listing.link,
        "\n\n".join(notes),
        partial(draw, listing),
    )


def shape_of(listing: Listing) -> Shape:
    """Channels at the same task with their intervals, as measured beside them as a dash; a word where one is not compared."""
    at = listing.at

    def point(row: tuple) -> Point:
        value, low, high, measured, n, standing = (
            row[at[key]] for key in ("same_task", "same_task_low", "same_task_high", "measured", "n", "standing")
        )
        return Point(
            value, low, high, word="" if value is not None else standing.split(":")[0], n=n or 0, before=measured
        )

    series = Series(
        say("exports.list_slide.at_the_same_task"),
        listing.side,
        tuple(map(point, listing.rows)),
        other=say("exports.list_slide.as_measured"),
    )
    return Shape(tuple(row[0] for row in listing.rows), (series,), listing.unit)


def cause_shape(listing: Listing) -> Shape:
    """Causes as marks with their intervals: by how much more of those who met them are unhappy than of comparable people."""
    at, rows = listing.at, listing.rows[:MOST_CAUSES]
    points = tuple(Point(row[at["difference"]], row[at["low"]], row[at["high"]], n=row[at["people"]]) for row in rows)
    return Shape(
        tuple(_letters(str(row[at["cause"]])) for row in rows),
        (Series(say("exports.list_slide.more_unhappy_than_comparable"), listing.side, points),),
        listing.unit,
    )


def ranges_of(listing: Listing) -> Shape:
    """Rows with value, low, high and people as marks in their intervals."""
    at, rows = listing.at, listing.rows[:MOST_CAUSES]
    names = [
        " → ".join(str(row[at[key]]) for key in ("name", "about") if key in at and at[key] < at["value"])
        for row in rows
    ]
    points = tuple(Point(row[at["value"]], row[at["low"]], row[at["high"]], n=row[at["people"]]) for row in rows)
    return Shape(
        tuple(map(_letters, names)), (Series(listing.columns[at["value"]].head, listing.side, points),), listing.unit
    )


def _letters(text: str) -> str:
    return _cut(text, MOST_LETTERS)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 2].rstrip() + " …"


def bars_of(listing: Listing) -> Bars:
    """The list's rows as bars, the longest list cut."""
    names, value, unit, count, _ = SIZED[listing.name]
    at, rows = listing.at, listing.rows[:MOST_BARS]
    return Bars(
        listing.columns[at[value]].head,
        unit,
        tuple(" → ".join(str(row[at[name]]) for name in names) for row in rows),
        tuple(row[at[value]] for row in rows),
        listing.columns[at[count]].head,
        tuple(row[at[count]] for row in rows),
    )


def _bars(listing: Listing, slide, box: tuple) -> None:
    if not listing.rows:
        return _nothing(slide, box)
    left, top, width, height = box
    add_bars(
        slide,
        bars_of(listing),
        (left, top, width, min(height, TALLEST * (len(listing.rows) + 1))),
        SIZED[listing.name][4],
        f"{listing.title}. {listing.native}",
    )
    _left_out(slide, len(listing.rows) - MOST_BARS)


def _channels(listing: Listing, slide, box: tuple) -> None:
    shape = shape_of(listing)
    if not any(p.value is not None or p.before is not None for p in shape.series[0].points):
        return _nothing(slide, box)
    add_chart(slide, shape, box, f"{listing.title}. {listing.native}")


def _causes(listing: Listing, slide, box: tuple) -> None:
    if not listing.rows:
        return add_text(slide, *box, listing.subtitle, 16, tokens.MUTED)
    left, top, width, height = box
    below = LINE * (2 + 2 * min(len(listing.rows), MOST_BESIDE))
    add_chart(slide, cause_shape(listing), (left, top, width, height - below), f"{listing.title}. {listing.native}")
    _beside(listing, slide, (left, top + height - below, width, Emu(LINE * 2)))
    _left_out(slide, len(listing.rows) - MOST_CAUSES)


def _beside(listing: Listing, slide, box: tuple) -> None:
    """What the strongest are worth a year, and a customer's words."""
    at, heads = listing.at, [column.head for column in listing.columns]
    rows = [
        [
            str(row[at["cause"]]),
            str(row[at["amount"]] or row[at["worth"]]),
            _cut(str(row[at["quote"]] or "–"), MOST_QUOTED),
        ]
        for row in listing.rows[:MOST_BESIDE]
    ]
    widths = [Emu(int(box[2] * share)) for share in (0.34, 0.22, 0.44)]
    plain_table(slide, [heads[at[key]] for key in ("cause", "amount", "quote")], rows, box, widths, listing.title)


def _ranges(listing: Listing, slide, box: tuple) -> None:
    if not listing.rows:
        return add_text(slide, *box, listing.subtitle or listing.title, 16, tokens.MUTED)
    add_chart(slide, ranges_of(listing), box, f"{listing.title}. {listing.native}")
    _left_out(slide, len(listing.rows) - MOST_CAUSES)


def _words(listing: Listing, slide, box: tuple) -> None:
    """As many comments as the slide has room for; who wants them all takes the workbook."""
    if not listing.rows:
        return _nothing(slide, box)
    left, top, width, height = box
    room, kept = height // LINE - 2, []
    for row in _both_sides(listing):
        lines = -(-len(str(row[0])) // LETTERS)
        if lines > room:
            break
        room -= lines + 0.5
        kept.append(row)
    kept = kept or [(str(listing.rows[0][0])[: int(LETTERS * room)] + " …", *listing.rows[0][1:])]
    widths = [0.49, 0.1, 0.13, 0.11, 0.1, 0.07]
    texts = [
        [written(value, column.kind) for value, column in list(zip(row, listing.columns))[: len(widths)]]
        for row in kept
    ]
    plain_table(
        slide,
        [column.head for column in listing.columns[: len(widths)]],
        texts,
        (left, top, width, Emu(LINE * 2)),
        [Emu(int(width * share)) for share in widths],
        f"{listing.title}. {listing.native}",
    )
    _left_out(slide, len(listing.rows) - len(kept))


def _both_sides(listing: Listing) -> list[tuple]:
    """Half of the unhappy and half of the others, as on the page: drawn at random, one side would drown the other."""
    felt = listing.at["felt"]
    unhappy, others = ([row for row in listing.rows if (row[felt] == "unhappy") is side] for side in (True, False))
    first = unhappy[: max(MOST_WORDS // 2, MOST_WORDS - len(others))]
    return first + others[: MOST_WORDS - len(first)]


def _told(listing: Listing, slide, box: tuple) -> None:
    """A sheet of an analysis as a table of what is said; its numbers unrounded are in the workbook."""
    if not listing.rows:
        return add_text(slide, *box, listing.subtitle, 16, tokens.MUTED)
    left, top, width, height = box
    told = [place for place, column in enumerate(listing.columns) if column.drawn]
    shares = _letters_a_line(
        [[str(row[place]) for row in listing.rows] for place in told], [listing.columns[place].head for place in told]
    )
    widths = [Emu(int(width * share / sum(shares))) for share in shares]
    room, kept = height // LINE - 2, []
    for row in listing.rows:
        lines = max(-(-len(str(row[place])) // share) for place, share in zip(told, shares))
        if kept and lines > room:
            break
        room -= lines + 0.3
        kept.append([str(row[place]) for place in told])
    plain_table(
        slide,
        [listing.columns[place].head for place in told],
        kept,
        (left, top, width, Emu(LINE * 2)),
        widths,
        f"{listing.title}. {listing.native}",
    )
    _left_out(slide, len(listing.rows) - len(kept))


def _letters_a_line(columns: list[list[str]], heads: list[str]) -> list[float]:
    """How many letters of a line each column has room for: its longest word at least, so that none is broken; the rest by the longest
    text, of which one column may have 44. Heads are larger and bold, as is the first column."""
    words = [
        max(len(word) for text in texts for word in text.split() or [""]) * (1.15 if place == 0 else 1.0)
        for place, texts in enumerate(columns)
    ]
    least = [max(word, max(map(len, head.split())) * 1.25) + 1.5 for word, head in zip(words, heads)]
    wanted = [max(floor, min(max(map(len, texts)), 44)) for floor, texts in zip(least, columns)]
    spare, more = max(SHEET_LETTERS - sum(least), 0), sum(wanted) - sum(least)
    return [floor + spare * ((want - floor) / more if more else 1 / len(least)) for floor, want in zip(least, wanted)]


def _nothing(slide, box: tuple) -> None:
    add_text(slide, *box, say("exports.list_slide.nothing_that_may_be_shown_in"), 16, tokens.MUTED)


def _left_out(slide, more: int) -> None:
    if more > 0:
        add_text(
            slide,
            MARGIN,
            FOOT_TOP - Inches(0.2),
            INNER,
            Inches(0.2),
            say("exports.list_slide.more_are_in_the_workbook", more=numbers.whole(more)),
            10,
            tokens.MUTED,
        )
