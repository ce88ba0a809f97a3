"""Findings by rules from Results: the stage, the size with its interval, against what, who owns it, where to look.

Words follow the evidence: nothing observed is said to cause or drive anything.
"""

import math

from data.store import Generation
from metrics import context, coverage, movements
from metrics.catalogue import Definition, catalogue
from metrics.changes import Change
from metrics.context import Context
from metrics.finding import INFORMATION, ORDER, WATCH, Finding
from metrics.positions import Position
from metrics.query import Query
from metrics.result import Cell, State
from metrics.run import other_period, resolve, run

MOST = 5


def findings(query: Query, generation: Generation, places: list[Position], moved: list[Change], words,
             level: Query | None = None) -> list[Finding]:
    """At most five, most pressing first. `words` formats numbers (ui.words); `level` is the question the positions answer."""
    known = context.read(generation)
    query, level = resolve(query, known), resolve(level or query, known)
    found = [f for place in places if (f := _parted(place, level, generation, known, words))]
    found += movements.findings_of(moved, query, known, generation, words)
    found += _standing(query, moved, generation, words) + _silent(query, generation, known)[:2]
    found += _broken(query, generation)
    found.sort(key=lambda f: (ORDER.index(f.kind), -f.weight))
    return found[:MOST]


def _parted(place: Position, query: Query, generation: Generation, known: Context, words) -> Finding | None:
    """Works but disappoints, hard but loved: only by the intersection–union rule."""
    if place.verdict.state not in ("works_but_disappoints", "hard_but_loved"):
        return None
    base = {"journey": query.journey, "stages": (place.stage,), "start": query.start, "end": query.end, "by": ("stage",),
            "filters": query.filters}
    parts = [part for part in place.parts if part.definition.side in ("ux", "cx")]
    lead = {side: next((p for p in parts if p.definition.side == side), None) for side in ("ux", "cx")}
    result = run(Query(tuple(p.definition.id for p in lead.values() if p), **base), generation)
    said = [_against_line(result.cell(part.definition.id), part, words) for part in lead.values() if part]
    friction = run(Query(("unhappy_attributable_to_friction",), **base), generation).cells[0]
    if friction.valued and friction.low is not None and friction.high - friction.low < 0.5:
        said.append(f"friction explains at most {words.value(max(friction.value, 0.0), catalogue()[friction.metric])} of the unhappy "
                    f"({words.interval(friction.low, friction.high, 'rate')})")
    said.append(words.span(query.start, query.end))
    works = place.verdict.state == "works_but_disappoints"
    claim = f"{place.stage} works but disappoints" if works else f"{place.stage} is hard but loved"
    return Finding(WATCH, claim + ".", _sentence("; ".join(said)), "journey" if not works else "stage", place.stage,
                   lead["cx"].definition.id if lead["cx"] else None, known.owners.get((query.journey, place.stage)), 2e9 if works else 1e9)


def _against_line(cell: Cell | None, part, words) -> str:
    definition = part.definition
    if cell is None or not cell.valued:
        return f"{definition.short}: not enough data"
    who = {"everyone": "visits", "respondents": "of those who answered"}.get(definition.population, "")
    return (f"{definition.short.lower()} {words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)}, "
            f"n {cell.n:,}{' ' + who if who else ''}; line {words.value(part.line, definition)})")


def _standing(query: Query, moved: list[Change], generation: Generation, words) -> list[Finding]:
    """Where relationship NPS stands, so that its silence is not read as news."""
    definition = catalogue()["nps_relationship"]
    if any(c.metric == definition.id and c.notable for c in moved):
        return []
    cell = run(Query((definition.id,), query.journey, start=query.start, end=query.end, filters=query.filters), generation).cells[0]
    if not cell.valued:
        return []
    change = next((c for c in moved if c.metric == definition.id), None)
    range_ = "within its normal range" if change is not None and change.normal is not None else "no normal range known yet"
    claim = f"Relationship NPS {words.value(cell.value, definition)}: {range_}."
    said = f"{words.interval(cell.low, cell.high, definition.unit)}, n {cell.n:,}; it belongs to the journey, not to a stage."
    return [Finding(INFORMATION, claim, _sentence(said[:-1]), "journey", None, definition.id, None, 3)]


def _silent(query: Query, generation: Generation, known: Context) -> list[Finding]:
    """Stages where nobody is asked, or too few answered to tell: what to ask, and how many answers it takes."""
    found = []
    definition = catalogue()["csat_t2b_5"]
    result = run(Query((definition.id,), query.journey, start=query.start, end=query.end, filters=query.filters, by=("stage",)), generation)
    for cell in result.cells:
        stage = cell.by.get("stage")
        if stage not in (query.stages or known.stages[query.journey]):
            continue
        if cell.state is State.NO_DATA:
            found.append(Finding(INFORMATION, f"{stage}: nobody answered in this period.", _ask(definition), "stage", stage,
                                 definition.id, known.owners.get((query.journey, stage)), 2))
        elif cell.state is State.NOT_ASKED:
            found.append(Finding(INFORMATION, f"{stage}: nobody is asked how it felt.", _ask(definition), "data", stage,
                                 definition.id, known.owners.get((query.journey, stage)), 1))
        elif cell.state is State.FEW and cell.n < 30:
            found.append(Finding(INFORMATION, f"{stage}: {cell.n} answers. We cannot tell.", _ask(definition), "stage", stage,
                                 definition.id, known.owners.get((query.journey, stage)), 2))
    return found


def _broken(query: Query, generation: Generation) -> list[Finding]:
    """Where the recording itself changed between the two periods: what is not compared, and since when."""
    if not (query.compare and query.start):
        return []
    periods = (query.start, query.end), other_period(query)
    return [Finding(INFORMATION, f"{_sentence(coverage.since(one))[:-1]} {one.text}.", coverage.CONSEQUENCE[one.kind], "data", None, None, None, 4)
            for one in coverage.breaks(generation) if one.kind in coverage.CONSEQUENCE and coverage.parts(one, *periods)]


def _ask(definition: Definition) -> str:
    needed = math.ceil(0.25 * (1.96 / definition.precise) ** 2)        # a share near one half, the worst case
    return f"Ask: “{definition.suggested_question}” About {needed:,} answers give ±{definition.precise * 100:.0f} points."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
