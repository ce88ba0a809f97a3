"""A finding as a sentence, by rules from a Result. What intervals do not separate is called no clear difference.

Two cells are told apart only where their intervals do not touch, which is stricter than a test of the difference and
needs no correction for the handful of cells of one card. Nothing is said of causes.
"""

from collections.abc import Sequence

from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.analyses.stage_scores import Position
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.present import present
from metrics.query.result import Cell, Result, State
from report import numbers, placement
from report.text.catalogue import say
from report.words import words
from report.words.position_words import position_name
from report.words.warnings import note_text


def title_of(result: Result, form: str, places: tuple[Position, ...] = (), changes: Sequence[Change] = ()) -> str:
    """The sentence above a chart. Shapes: one metric for stages, breakdown, trend; several for the others.

    `changes` are the judged changes of the result's question: only they can make a title say that something changed.
    """
    if form == "throughline":
        return _throughline(places)
    if form == "ledger":
        return _ledger(result)
    definition = result.definitions[result.query.metrics[0]]
    if form == "pair":
        return _pair(result)
    cells = [c for c in result.of(definition.id) if c.state is State.SHOWN and c.low is not None and c.high is not None]
    if form == "trend":
        return _scope(result) + (_trend(result, definition) or _none(result, definition))
    if len(result.of(definition.id)) == 1 and cells:
        return _scope(result) + _single(cells[0], definition, result, changes)
    return _scope(result) + (_extremes(cells, definition, result) or _none(result, definition))


def _ledger(result: Result) -> str:
    """Whose numbers stand in the table, and of which side."""
    sides = {definition.side for definition in result.definitions.values()}
    if sides == {"ux"}:
        about = say("report.titles.what_people_did")
    elif sides == {"cx"}:
        about = say("report.titles.what_help_they_needed_and_how")
    else:
        about = say("report.titles.what_people_did_and_how_it")
    if len(result.query.stages) == 1:
        return f"{result.query.stages[0]}: {about}"
    return say("report.titles.stage_by_stage", journey=result.query.journey, about=about)


def _scope(result: Result) -> str:
    """The stage a card is about, where it is about one."""
    query = result.query
    return f"{query.stages[0]}: " if len(query.stages) == 1 and "stage" not in query.by else ""


def name_of(cell: Cell, *, without: tuple[str, ...] = ()) -> str:
    """What a cell is called: its values of the breakdown."""
    return " · ".join(words.part(name, value) for name, value in cell.by.items() if name not in without) or "all"


def plain_name(definition: Definition) -> str:
    """What a metric is called in a sentence: without how it is asked and scored, which stands in the line below (“Satisfied”, not “Satisfied
    (CSAT, top 2 of 5)”)."""
    return definition.label.partition(" (")[0]


def _said(cell: Cell, definition: Definition) -> str:
    return f"{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})"


def _none(result: Result, definition: Definition) -> str:
    """Nothing firm to say: too few, or the reason why there is no number."""
    found = result.of(definition.id)
    if any(cell.state is State.FEW for cell in found):
        every = say("report.titles.by", axis=_axis(result)) if any(name in TIMES for name in result.query.by) else ""
        return say("report.titles.rough_estimates_only_so_no_finding", label=plain_name(definition), every=every)
    reasons = {words.state_word(cell) for cell in found}
    return f"{plain_name(definition)}: {(reasons.pop() if len(reasons) == 1 else say('report.titles.nothing_to_show'))}"


def _judged(cell: Cell, result: Result, changes: Sequence[Change]) -> Change | None:
    """The verdict on what the cell shows."""
    stage = cell.by.get("stage") or (result.query.stages[0] if len(result.query.stages) == 1 else None)
    channel = cell.by.get("touch_channel")
    return next((c for c in changes if (c.metric, c.stage, c.channel) == (cell.metric, stage, channel)), None)


def _single(cell: Cell, definition: Definition, result: Result, changes: Sequence[Change]) -> str:
    """The value; a change only where it is told, what is not told never as none."""
    other, change = cell.compare, _judged(cell, result, changes)
    said = f"{plain_name(definition)}: {_said(cell, definition)}"
    if other is None or other.diff is None or other.low is None:
        return said
    if change is None:
        return said
    if not change.notable or change.better is None:
        ground = (
            say("report.titles.by_the_mix_of_traffic_not")
            if change.notable
            else note_text(standing.standing_of(change))
        )
        return f"{said}, {numbers.difference(change.diff, definition.unit, plus=True, digits=1)} {ground}"
    gap = numbers.difference(abs(present(change.diff)), definition.unit, digits=1)
    way = "more" if present(change.diff) > 0 else "less"
    then = (
        say("report.titles.in_the_same_weeks_last_year")
        if result.query.compare == "year"
        else say("report.titles.in_the_period_before")
    )
    bounds = words.interval(change.low, change.high, definition.unit, plus=True)
    return say(
        "report.titles.than",
        label=plain_name(definition),
        value=words.value(cell.value, definition),
        gap=gap,
        way=way,
        then=then,
        bounds=bounds,
    )


def _extremes(cells: list[Cell], definition: Definition, result: Result) -> str:
    """The end that needs looking at: lowest where higher is better. Named only as far as intervals separate it."""
    if len(cells) == 1:
        return say(
            "report.titles.in_every_other_number_is_a",
            label=plain_name(definition),
            name_of=name_of(cells[0]),
            said=_said(cells[0], definition),
        )
    if not cells:
        return ""
    ordered = sorted(cells, key=lambda c: present(c.value), reverse=definition.better == "lower")
    worst, best = ordered[0], ordered[-1]
    high = definition.better == "lower"
    most = say("report.titles.highest") if high else say("report.titles.lowest")
    more = say("report.titles.higher") if high else say("report.titles.lower")
    if not _apart(worst, best):
        among = say("words.and").join(DIMENSIONS.get(name, name) for name in result.query.by)
        known = [c.value for c in result.of(definition.id) if c.valued and c.value is not None]
        span = words.interval(min(known), max(known), definition.unit) + words.unit_sign(definition.unit)
        return say("report.titles.no_clear_difference_by", label=plain_name(definition), among=among, span=span)
    if all(_apart(worst, other) for other in ordered[1:]):
        return say(
            "report.titles.is_in",
            label=plain_name(definition),
            most=most,
            name_of=name_of(worst),
            said=_said(worst, definition),
        )
    return say(
        "report.titles.is_in_than_in",
        label=plain_name(definition),
        more=more,
        name_of=name_of(worst),
        said=_said(worst, definition),
        name_of2=name_of(best),
        said2=_said(best, definition),
    )


def _apart(a: Cell, b: Cell) -> bool:
    """Whether both have an interval and these do not touch."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return False
    return a.high < b.low or b.high < a.low


def _trend(result: Result, definition: Definition) -> str:
    """The first point and the last, without a claim: single weeks differ by what all of them share. Several lines are only named."""
    cells = sorted(
        (c for c in result.of(definition.id) if c.valued and c.low is not None and c.high is not None), key=_when
    )
    lines = {name_of(cell, without=TIMES) for cell in cells}
    if len(lines) > 1:
        return say("report.titles.over_time_lines", label=plain_name(definition), lines=len(lines))
    if len(cells) < 2 or all(cell.state is State.FEW for cell in cells):
        return ""
    first, last, axis = cells[0], cells[-1], _axis(result)
    if State.FEW in (first.state, last.state):
        return say("report.titles.too_few_in_the_first_or", label=plain_name(definition), axis=axis)
    return say(
        "report.titles.in_the_first_in_the_last",
        label=plain_name(definition),
        said=_said(first, definition),
        axis=axis,
        said2=_said(last, definition),
    )


def _axis(result: Result) -> str:
    return next(name for name in result.query.by if name in TIMES)


def _when(cell: Cell) -> str:
    return next(cell.by[name] or "" for name in TIMES if name in cell.by)


def _pair(result: Result) -> str:
    """Who owns the fix: how much of the unhappiness came without friction."""
    where = f"{result.query.stages[0]}: " if len(result.query.stages) == 1 else ""
    found = {metric: next(iter(result.of(metric)), None) for metric in result.query.metrics}
    smooth, hard = (
        found.get(placement.role("smooth_but_unhappy")),
        found.get(placement.role("unhappy_with_friction")),
    )
    if smooth is None or not smooth.valued or smooth.low is None:
        return where + say("report.titles.too_few_answers_to_say_how")
    said = say(
        "report.titles.of_the_unhappy_had_a_smooth", where=where, said=_said(smooth, result.definitions[smooth.metric])
    )
    share = (
        words.with_friction(hard) if hard is not None and hard.valued and hard.low is not None and hard.low > 0 else ""
    )
    return say("report.titles.recorded_friction_goes_with", said=said, share=share) if share else said


def _throughline(places: tuple[Position, ...]) -> str:
    named = [p for p in places if p.parted]
    if named:
        text = [f"{p.stage} {('' if p.works else say('report.titles.is'))}{position_name(p)}" for p in named]
        return words.listed(text)
    if any(p.ux.value is not None and p.cx.value is not None for p in places):
        return say("report.titles.in_no_stage_do_interaction_and")
    return say("report.titles.what_people_did_and_how_it_2")
