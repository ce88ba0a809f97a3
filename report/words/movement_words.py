"""How people move between stages, and what became of their visits, in sentences."""

from collections.abc import Sequence
from typing import Any

from metrics.present import present
from metrics.query.result import Cell, Result
from report import numbers, placement
from report.text.catalogue import say
from report.words import words

PLAIN = say("words.movement_words.from_stage_to_stage")


SELDOM = 0.01  # a move of fewer visits than these is not worth a title


WHOLE = 1.0  # an interval as wide as a share can be


def cell_words(cell: Cell | None, result: Result) -> str:
    """A cell in a table: value with interval, or the state's words; an interval as wide as the scale says nothing."""
    if cell is None:
        return "n/a"
    definition = result.definitions[cell.metric]
    if not cell.valued:
        return words.state_word(cell)
    if (
        cell.state.value == "few"
        and definition.unit == "rate"
        and cell.low is not None
        and cell.high is not None
        and cell.high - cell.low >= WHOLE
    ):
        return say("words.movement_words.too_few_to_tell_n", n=numbers.whole(cell.n))
    mark = "○ " if cell.state.value == "few" else ""
    return f"{mark}{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})"


def transition_shares(rows: Sequence[dict[str, Any]], stages: list[str]) -> dict[tuple[int, int], float]:
    """(from, to) → share of the visits to the first stage, for stages shown."""
    return {
        (stages.index(r["from_stage"]), stages.index(r["to_stage"])): r["share"]
        for r in rows
        if r["to_stage"] in stages and r["from_stage"] in stages
    }


def title(rows: Sequence[dict[str, Any]], stages: list[str]) -> str:
    """The strongest move back, in words."""
    back = {pair: share for pair, share in transition_shares(rows, stages).items() if pair[1] < pair[0]}
    if not back:
        return PLAIN
    (start, end), share = max(back.items(), key=lambda item: item[1])
    if share < SELDOM:
        return say("words.movement_words.hardly_any_visit_went_back_to")
    return say(
        "words.movement_words.of_visits_in_went_back_to",
        share=numbers.percent(share),
        stages=stages[start],
        stages2=stages[end],
    )


def headline(rows: Sequence[dict[str, Any]], stages: list[str]) -> str:
    """The stage whose visits most often end without its goal, then the strongest move back: for a chart that shows both."""
    ended = [row for row in rows if row["to_stage"] is None and not row["done"] and row["from_stage"] in stages]
    most = max(ended, key=lambda row: row["share"], default=None)
    back = title(rows, stages)
    if not most or most["share"] < SELDOM:
        return back
    said = say(
        "words.movement_words.of_visits_to_end_there_without",
        share=numbers.percent(most["share"]),
        from_stage=most["from_stage"],
    )
    return said if back == PLAIN else f"{said}; {back[0].lower()}{back[1:]}"


def outcome_title(result: Result, stages: list[str]) -> str:
    """The stage that surely loses most, by intervals that do not touch."""
    cells = [
        c for c in result.of(placement.role("left")) if c.valued and c.low is not None and c.by.get("stage") in stages
    ]
    if len(cells) < 2:
        return say("words.movement_words.what_became_of_the_visits")
    most = max(cells, key=lambda c: present(c.value))
    share = say(
        "words.movement_words.of_visits_end_in",
        value=words.number(most.value, "rate", digits=0),
        stage=most.by["stage"],
    )
    return (
        say("words.movement_words.more_than_in_any_other_stage", share=share)
        if all(present(most.low) > present(c.high) for c in cells if c is not most)
        else say("words.movement_words.no_stage_surely_loses_most", share=share)
    )


def three_title(result: Result, stages: list[str]) -> str:
    """The stages in which most of the unhappy had a smooth visit, where the interval says so."""
    sure = [
        present(c.by["stage"])
        for c in result.of(placement.role("smooth_but_unhappy"))
        if c.valued and c.low is not None and c.low > 0.5 and c.by.get("stage") in stages
    ]
    return (
        say("words.movement_words.in_most_unhappy_answers_followed_a", sure=words.listed(sure))
        if sure
        else say("words.movement_words.in_no_stage_is_it_sure")
    )


def with_friction(cell: Cell | None) -> str:
    """The share of the unhappy that goes with recorded friction, and the what-ifs beside it where the interval excludes none."""
    share, unseen = words.with_friction(cell), words.blind_spot(cell)
    if share and cell and cell.low is not None and cell.low <= 0:
        return say("words.movement_words.not_sure", share=share)
    return (f"{share}; {unseen}" if unseen else share) or say("words.movement_words.too_few_to_tell")
