"""One block of an analysis: a title that states the finding, a table, the marks of its chart, quotes and the small print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from metrics.codes import Reason, Warning, WarningCode
from metrics.query.query import Query
from metrics.query.result import Cell
from metrics.statistics.core import Estimate
from report import numbers
from report.sheets.falls import Falls
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts


@dataclass(frozen=True)
class Mark:
    """A value in its interval, drawn in a row of its own: `text` is its number in words."""

    label: str
    value: float
    low: float | None
    high: float | None
    text: str
    side: str = "both"  # ux, cx or both: its colour


@dataclass(frozen=True)
class Marks:
    """Marks on one scale. `unit` as of a difference where `zero` is drawn, else as of a level."""

    unit: str
    marks: tuple[Mark, ...]
    zero: bool = True


@dataclass(frozen=True)
class Curve:
    """A line with its interval over `x` (days since, or days of the calendar as ISO text): `y`, `low` and `high` as long as `x`."""

    label: str
    x: tuple[float, ...] | tuple[str, ...]
    y: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    side: str = "both"


@dataclass(frozen=True)
class Curves:
    """Lines on one scale; `steps` where a value holds until the next. `marked` are places of x with a text, `spans` stretches of it."""

    unit: str
    curves: tuple[Curve, ...]
    what: str = ""
    steps: bool = False
    marked: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Quoted:
    """Some comments and whose they are."""

    whose: str
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """`form` is its name as a chart, slide or file ("": only on the page and in the command). `rows` are texts below `heads`; `records` the
    same as plain data, one flat row a row, numbers unrounded. `text_columns` of the heads are no numbers."""

    form: str
    key: str
    title: str
    what: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    records: tuple[dict[str, Any], ...] = ()
    foot: str = ""
    text_columns: int = 1
    marks: Marks | None = None
    curves: Curves | None = None
    falls: Falls | None = None
    quotes: tuple[Quoted, ...] = ()
    numbers: bool = True  # whether its file holds the records beside the texts
    also: tuple[str, ...] = ()  # further forms that leave the house with it
    shown: bool = True  # on the page
    heading: str = ""  # on the page, where its title is the page's own sentence


@dataclass(frozen=True)
class Sheets:
    """What is told of one analysis: the page's sentence, two lines below it, the sheets."""

    name: str
    query: Query
    title: str
    standfirst: str
    sheets: tuple[Sheet, ...]
    warnings: tuple[Warning, ...] = ()
    interval: str = ""  # what its ranges are, where they are not intervals at the level of the question

    def of(self, form: str) -> Sheet | None:
        """The sheet of a form."""
        return next((one for one in self.sheets if one.form == form), None)


class Window(StrEnum):
    """Which days and which part of the data an analysis is about, where nobody named days of their own. None but the last two takes filters."""

    EVERYTHING = "everything"  # of the journey alone: an experiment, a cohort or a chain of answers has days of its own
    YEAR = "year"  # of journey and stages, a year up to the period's end
    PERIOD = "period"  # of journey, stages, period and comparison
    FILTERED = "filtered"  # of everything the question names
    NAMED = "named"  # of everything it names, its metrics and breakdown among it, compared with nothing


@dataclass(frozen=True)
class Analysis:
    """An analysis by name: what it answers with, how it is asked (query, generation), and how it is told."""

    kind: type
    ask: Callable[..., Any]
    tell: Callable[[Any], Sheets]
    forms: tuple[str, ...]  # of its sheets that can leave the house, most telling first
    window: Window
    waits: bool = True  # its page works it out in the background


def level(estimate: Estimate | None, unit: str) -> str:
    """68.4 % (62.0–74.0), or a dash."""
    if estimate is None or estimate.value is None:
        return numbers.NONE
    text = numbers.value(estimate.value, unit)
    return text if estimate.low is None else f"{text} ({numbers.interval(estimate.low, estimate.high, unit)})"


def change(estimate: Estimate | Cell | None, unit: str) -> str:
    """+3.2 points (0.4 to 6.0), or a dash."""
    if estimate is None or estimate.value is None:
        return numbers.NONE
    text = numbers.difference(estimate.value, unit, plus=True)
    return (
        text if estimate.low is None else f"{text} ({numbers.interval(estimate.low, estimate.high, unit, plus=True)})"
    )


def p_text(p: float | None) -> str:
    """p = .034, p < .001, or nothing known."""
    if p is None:
        return numbers.NONE
    return say("sheets.sheet.p_below") if p < 0.001 else say("sheets.sheet.p_is", p=numbers.fixed(p, 3))


def refused(form: str, reason: Reason | None) -> Sheet:
    """The one block of an analysis that could not be made."""
    return Sheet(form, form, say("sheets.sheet.cannot_be_told"), reason_text(reason))


def sentence(parts: Sequence[str]) -> str:
    """Sentences behind each other, without those that say nothing."""
    return " ".join(part for part in parts if part)


def caveats(warnings: Sequence[Warning]) -> str:
    """Warnings as sentences; that data is simulated stands above every page."""
    return sentence(
        [
            words.as_sentence(text)
            for text in warning_texts(one for one in warnings if one.code is not WarningCode.SIMULATED)
        ]
    )
