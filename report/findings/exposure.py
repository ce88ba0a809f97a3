"""What a finding is worth a year, as a range with its grade, or what is missing to say it: the same case as `metrics value` works out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.store.generations import Generation
from metrics.analyses.case.case import Case, Removes
from metrics.analyses.case.worth import Worth, worth
from metrics.analyses.stage_scores import Position, Target
from metrics.codes import ReasonCode
from metrics.query.of_generation import of_generation
from metrics.query.query import Query
from report.findings.finding import WATCH, Finding
from report.text.catalogue import say
from report.words import case_words, words
from report.words.reasons import reason_text

SILENT = (ReasonCode.CASE_AT_TARGET, ReasonCode.NOTHING_THERE)  # nothing to gain, or nothing there


def with_worth(findings: list[Finding], places: list[Position], query: Query, generation: Generation) -> list[Finding]:
    """The findings, those about a level of a stage with what reaching the target is worth. A case is about everyone, over the last 52
    weeks: under filters nothing is said."""
    if query.filters:
        return findings
    by_stage = {place.stage: place for place in places}
    return [
        _valued(one, by_stage[one.stage], query, generation)
        if one.kind == WATCH and one.stage in by_stage and not one.worth
        else one
        for one in findings
    ]


def _valued(finding: Finding, place: Position, query: Query, generation: Generation) -> Finding:
    part = _about(finding, place)
    if part is None:
        return finding
    removes = Removes.UNHAPPY if part.definition.measure.survey else Removes.UNFINISHED
    case = Case(place.stage, place.stage, removes, str(query.journey), None, part.definition.id, part.target)
    keys = (("stage", place.stage), ("removes", removes.value), ("metric", part.definition.id))
    found = exposure(_worth(case, generation), part)
    return replace(finding, worth=found.text, amount=found.amount, basis=found.basis, case=keys)


def _about(finding: Finding, place: Position) -> Target | None:
    """The target the money hangs on: of a stage that is hard but loved what people did, else what the finding is about."""
    shares = [part for part in place.parts if part.definition.unit == "rate"]
    hard = place.parted and not place.works
    fitting = [part for part in shares if _does(part) if hard] or [
        part
        for part in shares
        if part.definition.id == finding.metric and (part.definition.measure.survey or _does(part))
    ]
    return fitting[0] if fitting else None


def _does(part: Target) -> bool:
    """Whether the metric is a share that reaches the stage's goal."""
    return part.definition.better == "higher" and "goal_reached" in part.definition.measure.value


@of_generation(16)
def _worth(case: Case, generation: Generation) -> Worth:
    return worth(case, generation)


@dataclass(frozen=True)
class Exposure:
    """What reaching a target is worth a year: the whole sentence, and for a card the range and what it rests on; where no range can be
    given there is the sentence alone."""

    text: str
    amount: str = ""
    basis: str = ""


def exposure(worth: Worth, part: Target) -> Exposure:
    """“€580 to €5,800 of margin a year if 75 % were satisfied; correlational, not proven”."""
    if worth.benefit.p10 is None or worth.benefit.p90 is None:
        reasons = [reason for _, reason in worth.missing if reason.code not in SILENT]
        return Exposure(
            say("findings.exposure.what_it_is_worth_cannot_be", reason_text=reason_text(reasons[0])) if reasons else ""
        )
    goal = _goal(part)
    if worth.benefit.p90 <= 0:
        return Exposure(say("findings.exposure.no_gain_in_margin_can_be", goal=goal))
    low = say("findings.exposure.nothing") if worth.benefit.p10 <= 0 else case_words.money(worth.benefit.p10)
    high, grade = case_words.money(worth.benefit.p90), case_words.grade(worth)
    return Exposure(
        say("findings.exposure.worth_to_of_margin_a_year", low=low, money=high, goal=goal, grade=grade),
        say("findings.exposure.amount", low=low, high=high),
        say("findings.exposure.basis", goal=goal, grade=grade),
    )


def _goal(part: Target) -> str:
    """The target as a sentence goes on after “if”: “85 % were satisfied”, “90 % completed it”."""
    target = words.level(part.target, part.definition)
    if _does(part):
        return say("findings.exposure.finished", target=target)
    if part.definition.id.startswith("csat_"):
        return say("findings.exposure.satisfied", target=target)
    return say("findings.exposure.reached", short=part.definition.short, target=target)
