"""Findings by rules from Results: the stage, the size with its interval, against what, who owns it, where to look.

Words follow the evidence: nothing observed is said to cause or drive anything.
"""

import math
from dataclasses import replace

from data.store.generations import Generation
from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.analyses.stage_scores import Position
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import other_period, resolve
from metrics.query.result import Cell, State
from metrics.rules import recording_breaks
from metrics.rules.reliability import enough
from metrics.statistics.core import critical
from report import numbers, placement
from report.findings import because, below_target, change_findings, exposure, without_visits
from report.findings.because import Why
from report.findings.finding import INFORMATION, ORDER, WATCH, Finding
from report.text.catalogue import say
from report.words import words
from report.words.warnings import note_text, since

MOST = 5


def findings(
    query: Query,
    generation: Generation,
    places: list[Position],
    changes: list[Change],
    level: Query | None = None,
    why: Why | None = None,
) -> list[Finding]:
    """At most five, most pressing first. `level` is the question the positions answer, `why` tells the causes of a stage (default: they
    are asked here)."""
    known = context.read(generation)
    query, level = resolve(query, known), resolve(level or query, known)
    why = why or because.ask_causes(query, generation, known)
    parted = [f for place in places if (f := _parted(place, level, generation, known, why))]
    found = parted + change_findings.findings_of(changes, query, known, generation)
    found += _standing(query, changes, generation) + _silent(query, generation, known)[:2]
    found += _broken(query, generation) + without_visits.findings_of(query, generation, known)
    levels = below_target.findings_of(places, {stage for f in parted if (stage := f.stage)}, level, generation, known)
    told = [_felt(finding, levels, why) for finding in _most(found, levels)]
    return exposure.with_worth(told, places, level, generation)


def _felt(finding: Finding, levels: list[Finding], why: Why) -> Finding:
    """A level below the company's line that is about how the stage felt goes on with its cause."""
    felt = finding in levels and finding.metric is not None and catalogue()[finding.metric].side == "cx"
    return because.with_cause(finding, why) if felt else finding


def _most(findings: list[Finding], levels: list[Finding]) -> list[Finding]:
    """Five, most pressing first. A level below the line takes the place of mere information, never of what moved or parts."""
    room = max(MOST - sum(f.kind != INFORMATION for f in findings), 0)
    return sorted(findings + levels[:room], key=lambda f: (ORDER.index(f.kind), -f.weight))[:MOST]


def _parted(place: Position, query: Query, generation: Generation, known: Context, why: Why) -> Finding | None:
    """Works but disappoints, hard but loved: only by the intersection–union rule."""
    if not place.parted:
        return None
    base = Query((), query.journey, (place.stage,), query.start, query.end, None, query.filters, ("stage",))
    parts = [part for part in place.parts if part.definition.side in ("ux", "cx")]
    lead = {side: [p for p in parts if p.definition.side == side][: below_target.A_SIDE] for side in ("ux", "cx")}
    result = run(replace(base, metrics=tuple(p.definition.id for side in lead.values() for p in side)), generation)
    against = [(result.cell(part.definition.id), part) for side in lead.values() for part in side]
    said = [below_target.against_line(cell, part) for cell, part in against]
    hard = words.friction_share(
        run(replace(base, metrics=(placement.role("unhappy_with_friction"),)), generation).cells[0]
    )
    said += [hard] if hard else []
    works = place.works
    claim = (
        say("findings.findings.works_but_disappoints", stage=place.stage)
        if works
        else say("findings.findings.is_hard_but_loved", stage=place.stage)
    )
    step = (
        say("findings.findings.read_what_the_unhappy_say_of", stage=place.stage)
        + (say("findings.findings.not_only_where_it_was_hard") if hard else "")
        if works
        else say("findings.findings.see_where_people_go_back_or", stage=place.stage)
    )
    found = Finding(
        WATCH,
        claim + ".",
        f"{words.over(query.start, query.end)}: " + "; ".join(said) + ".",
        "journey" if not works else "stage",
        place.stage,
        lead["cx"][0].definition.id if lead["cx"] else None,
        known.owners.get((str(query.journey), place.stage)),
        2e9 if works else 1e9,
        step,
        facts=below_target.facts(against),
    )
    return because.with_cause(found, why) if works else found


def _standing(query: Query, changes: list[Change], generation: Generation) -> list[Finding]:
    """Where relationship NPS stands, so that its silence is not read as news."""
    definition = catalogue()[placement.role("relationship")]
    if any(c.metric == definition.id and c.notable for c in changes):
        return []
    cell = run(
        Query(
            (definition.id,),
            query.journey,
            start=query.start,
            end=query.end,
            compare=query.compare,
            filters=query.filters,
        ),
        generation,
    ).cells[0]
    if not cell.valued:
        return []
    change = next((c for c in changes if c.metric == definition.id), None)
    claim = say(
        "findings.findings.relationship_nps", value=words.value(cell.value, definition), judged=_judged(cell, change)
    )
    said = say(
        "findings.findings.n_it_belongs_to_the_journey",
        interval=words.interval(cell.low, cell.high, definition.unit),
        n=numbers.whole(cell.n),
    )
    said += f" {words.as_sentence(words.response_words(cell))}" if words.response_words(cell) else ""
    return [Finding(INFORMATION, claim, words.as_sentence(said[:-1]), "journey", None, definition.id, None, 3)]


def _judged(cell: Cell, change: Change | None) -> str:
    """What may be said of a number that is no news: nothing to compare with, or no range to judge by, is said as such."""
    if cell.compare is not None and cell.compare.diff is None and cell.compare.note:
        return note_text(cell.compare.note)
    return (
        say("findings.findings.not_compared_with_another_period")
        if cell.compare is None
        else note_text(standing.standing_of(change))
    )


def _silent(query: Query, generation: Generation, known: Context) -> list[Finding]:
    """Stages where nobody is asked, or too few answered to tell: what to ask, and how many answers it takes."""
    found = []
    definition = catalogue()[placement.role("satisfied")]
    asked = Query(
        (definition.id,), query.journey, start=query.start, end=query.end, filters=query.filters, by=("stage",)
    )
    result = run(asked, generation)
    felt = (
        without_visits.felt_stages(asked, generation)
        if any(cell.state is State.NOT_ASKED for cell in result.cells)
        else set()
    )
    for cell in result.cells:
        stage = cell.by.get("stage")
        if stage not in (query.stages or known.stages[str(query.journey)]):
            continue
        if cell.state is State.NO_DATA:
            found.append(
                Finding(
                    INFORMATION,
                    say("findings.findings.nobody_answered_in_this_period", stage=stage),
                    _ask(definition),
                    "stage",
                    stage,
                    definition.id,
                    known.owners.get((str(query.journey), stage)),
                    2,
                )
            )
        elif cell.state is State.NOT_ASKED and stage not in felt:
            found.append(
                Finding(
                    INFORMATION,
                    say("findings.findings.nobody_is_asked_how_it_felt", stage=stage),
                    _ask(definition),
                    "data",
                    stage,
                    definition.id,
                    known.owners.get((str(query.journey), stage)),
                    1,
                )
            )
        elif cell.state is State.FEW and cell.n < 30:
            found.append(
                Finding(
                    INFORMATION,
                    say("findings.findings.answers_we_cannot_tell", stage=stage, n=cell.n),
                    _ask(definition),
                    "stage",
                    stage,
                    definition.id,
                    known.owners.get((str(query.journey), stage)),
                    2,
                )
            )
    return found


def _broken(query: Query, generation: Generation) -> list[Finding]:
    """Where the recording itself changed between the two periods: what is not compared, and since when."""
    if not (query.compare and query.start and query.end):
        return []
    periods = (query.start, query.end), other_period(query)
    return [
        Finding(
            INFORMATION,
            f"{words.as_sentence(since(one.day, one.until))[:-1]} {one.text}.",
            say(f"notes.break.{one.kind}"),
            "data",
            None,
            None,
            None,
            4,
        )
        for one in recording_breaks.breaks(generation)
        if one.kind in recording_breaks.NOT_TAKEN_OUT and recording_breaks.parts(one, *periods)
    ]


def _ask(definition: Definition) -> str:
    needed = math.ceil(
        enough(definition) or (critical() / 2 / definition.precise) ** 2
    )  # as everywhere else; else a share near one half
    return say(
        "findings.findings.ask_about_answers_give_points",
        suggested_question=definition.suggested_question,
        needed=numbers.whole(needed),
        precise=numbers.fixed(definition.precise * 100),
    )
