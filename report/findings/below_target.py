"""Levels below the company's own line: a finding, change or no change, told once a stage."""

from data.store.generations import Generation
from metrics.analyses.stage_scores import Position, Target
from metrics.compute.run import run
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.result import Cell
from report import numbers
from report.findings.finding import WATCH, Finding
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
            (part, cell)
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
        return f"{definition.short}: not enough data"
    who = {"everyone": "visits", "respondents": "of those who answered"}.get(definition.population, "")
    answered = f", {words.response(cell)}" if words.response(cell) else ""
    return (
        f"{definition.short.lower()} {words.value(cell.value, definition)} against a {words.bound_name(part.line, part.target)} of "
        f"{words.level(part.line, definition)} (target {words.level(part.target, definition)}; {words.interval(cell.low, cell.high, definition.unit)}, "
        f"n {numbers.whole(cell.n)}{' ' + who if who else ''}{answered})"
    )


def _distance(cell: Cell, part: Target) -> float:
    """How far beyond the line, in lengths from the line to the target."""
    return abs(cell.value - part.line) / abs(part.target - part.line)


def _finding(place: Position, missed: list[tuple[Target, Cell]], query: Query, known: Context) -> Finding:
    named = [
        f"{part.definition.short.lower()} {words.value(cell.value, part.definition)}" for part, cell in missed[:A_SIDE]
    ]
    text = f"{words.over(query.start, query.end)}: " + "; ".join(against_line(cell, part) for part, cell in missed)
    part, cell = missed[0]
    sides = {part.target > part.line for part, _ in missed[:A_SIDE]}
    side = "outside your limits" if len(sides) > 1 else "below your minimum" if sides.pop() else "above your maximum"
    return Finding(
        WATCH,
        f"{place.stage} is {side}: {words.listed(named)}.",
        text + ".",
        "stage",
        place.stage,
        part.definition.id,
        known.owners.get((query.journey, place.stage)),
        _distance(cell, part),
        f"see the pages, words and people of {place.stage} behind it",
    )
