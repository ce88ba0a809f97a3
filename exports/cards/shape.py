"""What a card's chart draws, free of any file format: labels, and per series a value with its interval or a word."""

from dataclasses import dataclass, replace
from datetime import date

from data.errors import UserError
from exports.cards.card import LINES, Card
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.query.result import Cell, State
from report import numbers
from report.text.catalogue import say
from report.titles import name_of
from report.words import words

MOST = 20
ANEW = "asked\u00a0anew"


@dataclass(frozen=True)
class Point:
    """A value in the metric's unit, or a word why there is none. `before` is what it is set beside: the compared period's value.
    `minimum` and `target` are the levels the company has set for it."""

    value: float | None
    low: float | None
    high: float | None
    few: bool = False
    word: str = ""
    n: int = 0
    before: float | None = None
    minimum: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class Series:
    """One line or one set of marks; as many points as the shape has labels. `other` is what their `before` is."""

    name: str
    side: str
    points: tuple[Point, ...]
    other: str = say("exports.shape.period_before")


@dataclass(frozen=True)
class Shape:
    """`joined` draws lines; `left_out` counts labels there was no room for."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    joined: bool = False
    left_out: int = 0


def shape_of(card: Card) -> Shape:
    """The shape of any card but a ledger. Raises UserError for more lines than can be told apart."""
    makers = {"throughline": _throughline, "trend": _trend, "pair": _pair}
    return makers.get(card.form, _marks)(card)


def point_of(cell: Cell | None) -> Point:
    """A cell as drawn: a withheld one brings its word and nothing else."""
    if cell is None:
        return Point(None, None, None, word=say("exports.shape.no_data"))
    if not cell.valued:
        return Point(None, None, None, word=words.state_word(cell))
    before = cell.compare.value if cell.compare else None
    return Point(cell.value, cell.low, cell.high, cell.state is State.FEW, "", cell.n, before)


def _marks(card: Card) -> Shape:
    definition = card.definitions[0]
    cells = card.result.of(definition.id)
    kept = cells
    if card.form == "breakdown":
        kept = sorted(cells, key=lambda c: (not c.valued, -c.n, name_of(c)))[:MOST]
        kept.sort(key=lambda c: (not c.valued, -(c.value or 0), name_of(c)))
    return Shape(
        tuple(name_of(cell) for cell in kept),
        (Series(definition.label, definition.side, tuple(map(point_of, kept))),),
        definition.unit,
        left_out=len(cells) - len(kept),
    )


def _pair(card: Card) -> Shape:
    found = [(d, next(iter(card.result.of(d.id)), None)) for d in card.definitions]
    return Shape(
        tuple(d.short for d, _ in found),
        (Series(say("exports.shape.share_of_answered_occasions"), "both", tuple(point_of(c) for _, c in found)),),
        "rate",
    )


def _trend(card: Card) -> Shape:
    definition = card.definitions[0]
    cells = card.result.of(definition.id)
    axis = next(name for name in card.result.query.by if name in TIMES)
    times = _parted(
        sorted({cell.by[axis] for cell in cells if cell.by.get(axis)}), card.result.broken.get(definition.id, {})
    )
    names = list(dict.fromkeys(name_of(cell, without=TIMES) for cell in cells if cell.by.get(axis)))
    if len(names) > LINES:
        raise UserError(
            say("exports.shape.a_trend_draws_at_most_lines", lines=LINES),
            where="by",
            found=say("exports.shape.lines", names=len(names)),
            fix=say("exports.shape.filter_or_make_a_card_of"),
        )
    found = {(name_of(cell, without=TIMES), cell.by.get(axis)): cell for cell in cells}
    series = [
        Series(
            definition.label if len(names) == 1 else name,
            definition.side,
            tuple(point_of(found.get((name, at))) for at in times),
        )
        for name in names
    ]
    return Shape(
        tuple(time_label(at, axis) if at else ANEW for at in times),
        tuple(series) or (_empty(definition),),
        definition.unit,
        joined=True,
    )


def _parted(times: list[str], broken: dict[str | None, tuple[date, ...]]) -> list[str | None]:
    """The times with an empty place where it is asked in another way from: no line is drawn across it."""
    days = sorted({day.isoformat() for several in broken.values() for day in several})
    found: list[str | None] = []
    for place, at in enumerate(times):
        found += [None] if place and any(times[place - 1] < day <= at for day in days) else []
        found.append(at)
    return found


def _empty(definition: Definition) -> Series:
    return Series(definition.label, definition.side, ())


def time_label(at: str, axis: str) -> str:
    """Weeks and days as 24 Aug, months as Aug 2026: text, so that no program re-reads them as dates."""
    day = date.fromisoformat(at)
    text = numbers.month(day) if axis == "month" else words.day(day, year=False)
    return text.replace(" ", "\u00a0")


def _throughline(card: Card) -> Shape:
    """A share of either side by stage, each beside the company's minimum and target for it where they are set."""
    ux, cx = card.definitions[:2]
    stages = [cell.by["stage"] for cell in card.result.of(ux.id)]
    levels = {
        (place.stage, part.definition.id): (part.line, part.target) for place in card.places for part in place.parts
    }
    series = tuple(
        Series(
            name,
            side,
            tuple(_levelled(point_of(card.result.cell(d.id, stage=s)), levels.get((s, d.id))) for s in stages),
        )
        for name, side, d in (("UX", "ux", ux), ("CX", "cx", cx))
    )
    return Shape(tuple(stages), series, ux.unit, joined=True)


def _levelled(point: Point, levels: tuple[float, float] | None) -> Point:
    return replace(point, minimum=levels[0], target=levels[1]) if levels else point
