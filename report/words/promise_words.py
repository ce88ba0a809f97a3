"""Promises and expectations in sentences: what was promised, whether it happened, whether people say so; measured and felt never mixed."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.query.result import Cell, Result
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text


@dataclass(frozen=True)
class Promise:
    """One promise of a stage with its two numbers, each None where there is no such evidence."""

    stage: str
    name: str
    measured: Cell | None
    felt: Cell | None

    @property
    def lowest(self) -> float | None:
        """The lower of the two shares kept."""
        values = [cell.value for cell in (self.measured, self.felt) if cell and cell.value is not None]
        return min(values) if values else None


def ledger(result: Result, stages: Sequence[str]) -> list[Promise]:
    """The promises of an answer by stage and promise, in the journey's order; the first metric is measured, the second felt."""
    found: dict[tuple[str, str], dict[str, Cell]] = {}
    for cell in result.cells:
        stage, name = cell.by.get("stage"), cell.by.get("promise")
        if stage and name:
            found.setdefault((stage, name), {})[cell.metric] = cell
    places = {stage: place for place, stage in enumerate(stages)}
    measured, felt = result.query.metrics
    return [
        Promise(stage, name, cells.get(measured), cells.get(felt))
        for (stage, name), cells in sorted(
            found.items(), key=lambda item: (places.get(item[0][0], len(places)), item[0])
        )
    ]


def title(promises: Sequence[Promise]) -> str:
    """The promise kept least."""
    known = [promise for promise in promises if promise.lowest is not None]
    if not known:
        return say("words.promise_words.no_promise_is_measured_or_asked")
    least = min(known, key=lambda promise: promise.lowest or 0.0)
    by = least.felt if least.felt and least.felt.value == least.lowest else least.measured
    assert by is not None
    how = (
        say("words.promise_words.as_people_see_it") if by is least.felt else say("words.promise_words.by_what_happened")
    )
    return say("words.promise_words.is_kept_least", name=least.name, lowest=numbers.percent(least.lowest), how=how)


def told(cell: Cell | None, result: Result, nothing: str = "–") -> str:
    """A value with its interval, or why there is none; `nothing` where there is no such evidence."""
    if cell is None:
        return nothing
    if not cell.valued:
        return reason_text(cell.reason) or words.state_word(cell)
    definition = result.definitions[cell.metric]
    rough = "○ " if cell.state.value == "few" else ""
    return f"{rough}{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})"


def counted(cell: Cell | None) -> str:
    """How many a number counts."""
    return numbers.whole(cell.n) if cell and cell.valued else "–"


def disagreement(promise: Promise) -> str:
    """Whether what happened and what people say differ, where both are known and their intervals do not meet."""
    one, other = promise.measured, promise.felt
    if not (one and other and one.valued and other.valued):
        return (
            say("words.promise_words.only_asked")
            if other and other.valued
            else say("words.promise_words.only_measured")
            if one and one.valued
            else ""
        )
    if None in (one.low, one.high, other.low, other.high) or one.value is None or other.value is None:
        return ""
    gap = one.value - other.value
    meets = (one.low or 0.0) <= (other.high or 0.0) and (other.low or 0.0) <= (one.high or 0.0)
    if meets:
        return say("words.promise_words.as_it_happened_so_felt")
    return say(
        "words.promise_words.felt_kept_often_than_it_was",
        gap=numbers.difference(abs(gap), "rate", digits=0),
        part=say("words.promise_words.less") if gap > 0 else say("words.promise_words.more"),
    )


def apart_note() -> str:
    """How measured and felt are to be read beside each other."""
    return say("words.promise_words.measured_of_the_promises_that_fell")


def expectations_title(result: Result, stages: Sequence[str]) -> str:
    """For how many it met what they expected, where that is asked."""
    metric = result.query.metrics[0]
    cells = [(stage, result.cell(metric, stage=stage)) for stage in stages]
    known = [(stage, cell) for stage, cell in cells if cell is not None and cell.valued and cell.value is not None]
    if not known:
        return say("words.promise_words.nobody_is_asked_how_it_compared")
    stage, least = min(known, key=lambda item: item[1].value or 0.0)
    return say("words.promise_words.it_met_what_had_expected_or", stage=stage, value=numbers.percent(least.value))
