"""Levels below the company's own line: a finding, change or no change, told once a stage."""

from data.store.generations import Generation
from metrics.analyses.stage_scores import Position, Target
from metrics.compute.run import run
from metrics.present import present
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.result import Cell
from report import numbers
from report.findings.finding import WATCH, Finding
from report.text.catalogue import say
from report.words import words

A_SIDE = 2  # metrics a sentence can carry for one side


def findings_of(
    places: list[Position], told: set[str], query: Query, generation: Generation, known: Context
) -> list[Finding]:
    """One finding a stage whose interval lies wholly on the wrong side of a line, farthest first; stages in `told` are
    named already. `query` is the resolved question the positions answer."""
    left = [place for place in places if place.parts and place.stage not in told]
    if not left:
        return []
    asked = tuple(dict.fromkeys(part.definition.id for place in left for part in place.parts))
    result = run(
        Query(
            asked,
            query.journey,
            tuple(place.stage for place in left),
            query.start,
            query.end,
            filters=query.filters,
            by=("stage",),
        ),
        generation,
    )
    found = []
    for place in left:
        missed = [
            (part, present(cell))
            for part in place.parts
            if misses(cell := result.cell(part.definition.id, stage=place.stage), part)
        ]
        if missed:
            missed.sort(key=lambda pair: -_distance(pair[1], pair[0]))
            found.append(_finding(place, missed, query, known))
    return sorted(found, key=lambda finding: -finding.weight)


def misses(cell: Cell | None, part: Target) -> bool:
    """Whether the 95 % interval lies wholly on the wrong side of the line; which side is wrong, the target says."""
    if cell is None or not cell.valued or cell.low is None or cell.high is None:
        return False
    return cell.high < part.line if part.target > part.line else cell.low > part.line


def against_line(cell: Cell | None, part: Target) -> str:
    """“completed 62 % against a minimum of 70 % (target 90 %; 58–66, n 500 visits)”."""
    definition = part.definition
    if cell is None or not cell.valued:
        return say("findings.below_target.not_enough_data", short=definition.short)
    who = {"everyone": "visits", "respondents": say("findings.below_target.of_those_who_answered")}.get(
        definition.population, ""
    )
    answered = f", {words.response(cell)}" if words.response(cell) else ""
    return say(
        "findings.below_target.against_a_of_target_n",
        short=definition.short.lower(),
        value=words.value(cell.value, definition),
        bound_name=words.bound_name(part.line, part.target),
        line=words.level(part.line, definition),
        target=words.level(part.target, definition),
        interval=words.interval(cell.low, cell.high, definition.unit),
        n=numbers.whole(cell.n),
        part=" " + who if who else "",
        answered=answered,
    )


def fact(cell: Cell | None, part: Target) -> str:
    """The same for a card: “completed 62 % (minimum 70 %)”; nothing where there is no number."""
    if cell is None or not cell.valued:
        return ""
    return say(
        "findings.below_target.fact",
        short=part.definition.short.lower(),
        value=words.value(cell.value, part.definition),
        bound_name=words.bound_name(part.line, part.target),
        line=words.level(part.line, part.definition),
    )


def facts(pairs: list[tuple[Cell | None, Target]]) -> str:
    """The facts of a card, separated: “completed 82 % (minimum 70 %) · satisfied 61 % (minimum 75 %)”."""
    return " · ".join(said for cell, part in pairs if (said := fact(cell, part)))


def _distance(cell: Cell, part: Target) -> float:
    """How far beyond the line, in lengths from the line to the target."""
    return abs(present(cell.value) - part.line) / abs(part.target - part.line)


def _finding(place: Position, missed: list[tuple[Target, Cell]], query: Query, known: Context) -> Finding:
    named = [
        f"{part.definition.short.lower()} {words.value(cell.value, part.definition)}" for part, cell in missed[:A_SIDE]
    ]
    text = f"{words.over(query.start, query.end)}: " + "; ".join(against_line(cell, part) for part, cell in missed)
    part, cell = missed[0]
    sides = {part.target > part.line for part, _ in missed[:A_SIDE]}
    side = (
        say("findings.below_target.outside_your_limits")
        if len(sides) > 1
        else say("findings.below_target.below_your_minimum")
        if sides.pop()
        else say("findings.below_target.above_your_maximum")
    )
    return Finding(
        WATCH,
        say("findings.below_target.is", stage=place.stage, side=side, named=words.listed(named)),
        text + ".",
        "stage",
        place.stage,
        part.definition.id,
        known.owners.get((str(query.journey), place.stage)),
        _distance(cell, part),
        say("findings.below_target.see_the_pages_words_and_people", stage=place.stage),
        facts=facts([(cell, part) for part, cell in missed]),
    )
