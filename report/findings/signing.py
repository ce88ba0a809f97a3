"""From a finding to a decision that can be signed, and a decision beside what it says today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.store.decisions import Decision
from data.store.generations import Generation
from metrics.analyses.changes import Change
from metrics.analyses.claims import Claim, Retested, Standing, retest
from metrics.analyses.stage_scores import Position
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from report import numbers
from report.findings.finding import INFORMATION, Finding
from report.text.catalogue import say
from report.words import words

STANDING = {
    Standing.HOLDS: say("findings.signing.still_holds"),
    Standing.WEAKER: say("findings.signing.no_longer_sure"),
    Standing.OVERTURNED: "overturned",
    Standing.CANNOT_TELL: say("findings.signing.cannot_be_told"),
}
STATUS_WORDS = {
    "open": "open",
    "in progress": say("findings.signing.in_progress"),
    "done": "done",
    "dropped": "dropped",
}


@dataclass(frozen=True)
class Told:
    """A decision with what it says today: then and now in words, and its standing."""

    decision: Decision
    retested: Retested
    then: str
    now: str

    @property
    def standing(self) -> str:
        return STANDING[self.retested.standing]


def signable(
    finding: Finding, places: list[Position], changes: list[Change], query: Query, generation: Generation
) -> Decision | None:
    """The decision a finding would be: its metric against the company's line, or, of a change, against the value before. None where a
    finding makes no claim about a number of a stage, and under filters, which no later look would have."""
    if finding.kind == INFORMATION or finding.stage is None or finding.metric is None or query.filters:
        return None
    known, line = context.read(generation), _line(finding, places, changes)
    start, end = query.start or known.first_day, query.end or known.last_day
    if line is None or start is None or end is None:
        return None
    definition = catalogue()[finding.metric]
    asked = Query((finding.metric,), query.journey, (finding.stage,), start, end, by=("stage",))
    cell = run(asked, generation).cell(finding.metric, stage=finding.stage)
    if cell is None or not cell.valued:
        return None
    return Decision(
        claim=finding.claim,
        worth=finding.worth,
        journey=str(query.journey),
        stage=finding.stage,
        metric=finding.metric,
        metric_version=definition.version,
        line=line,
        below=definition.better == "higher",
        value=cell.value,
        low=cell.low,
        high=cell.high,
        n=cell.n,
        first_day=start.isoformat(),
        last_day=end.isoformat(),
        generation=generation.name,
        owner=finding.owner or "",
        other_side="",
        due="",
    )


def _line(finding: Finding, places: list[Position], changes: list[Change]) -> float | None:
    """The company's own line, else the value before a change."""
    for place in places:
        for part in place.parts:
            if place.stage == finding.stage and part.definition.id == finding.metric:
                return part.line
    for change in changes:
        if (
            (change.stage, change.metric) == (finding.stage, finding.metric)
            and change.channel is None
            and change.notable
        ):
            return change.before
    return None


def told(decision: Decision, generation: Generation) -> Told:
    """The decision today."""
    claim = Claim(
        decision.metric,
        decision.metric_version,
        decision.journey,
        decision.stage,
        decision.line,
        decision.below,
        date.fromisoformat(decision.first_day),
        date.fromisoformat(decision.last_day),
    )
    found = retest(claim, generation)
    then = _value(decision.metric, decision.value, decision.low, decision.high, decision.n)
    cell = found.cell
    now = (
        _value(decision.metric, cell.value, cell.low, cell.high, cell.n)
        if cell and cell.valued
        else say("findings.signing.no_value")
    )
    return Told(
        decision,
        found,
        f"{then}, {numbers.span(claim.start, claim.end)}",
        f"{now}, {numbers.span(found.start, found.end)}",
    )


def _value(metric: str, value: float | None, low: float | None, high: float | None, n: int | None) -> str:
    definition = catalogue().get(metric)
    if definition is None or value is None:
        return say("findings.signing.no_value")
    text = f"{definition.short.lower()} {words.value(value, definition)}"
    if low is not None and high is not None:
        text += f" ({words.interval(low, high, definition.unit)}, n {numbers.whole(n or 0)})"
    return text


def line_said(decision: Decision) -> str:
    """The line a decision is judged by: “minimum 75 %”."""
    definition = catalogue().get(decision.metric)
    side = "minimum" if decision.below else "maximum"
    return side if definition is None else f"{side} {words.level(decision.line, definition)}"


def headline(found: list[Told]) -> str:
    """How the decisions stand, in one sentence."""
    if not found:
        return say("findings.signing.no_decision_has_been_signed_yet")
    counts = [(sum(one.retested.standing is standing for one in found), said) for standing, said in STANDING.items()]
    parts = [f"{n} {said}" for n, said in counts if n]
    head = say("findings.signing.decision", found=numbers.whole(len(found)), part="s" if len(found) != 1 else "")
    return f"{head}: {words.listed(parts)}"
