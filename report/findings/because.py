"""What goes with a finding about how a stage felt: its strongest cause, in the same sentence, with the numbers behind it."""

from collections.abc import Callable
from dataclasses import replace

from data.store.generations import Generation
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.causes.model import StageCauses
from metrics.query.context import Context
from metrics.query.query import Query
from report.findings.finding import Finding
from report.words import cause_words

SURE = 0.01  # of a headline; the list of a stage is told at q = .05
Why = Callable[[str], StageCauses | None]  # a stage → its causes, None where they are not known yet


def ask_causes(query: Query, generation: Generation, known: Context) -> Why:
    """The causes of a stage as the pages have them: over a year of answers to the end of the question's period, under its filters."""

    def why(stage: str) -> StageCauses:
        own = Query((), query.journey, (stage,), query.start, query.end, filters=query.filters)
        return causes(standing_query(own, known), generation)

    return why


def with_cause(finding: Finding, why: Why) -> Finding:
    """The same; where one cause of its stage is sure its sentence goes on with it."""
    if finding.stage is None:
        return finding
    found = why(finding.stage)
    if found is None or not found.causes or found.causes[0].q > SURE:
        return finding
    return replace(
        finding,
        problem=finding.claim,
        cause=cause_words.claim(found),
        claim=f"{finding.claim.rstrip('.')}: {cause_words.claim(found)}.",
        evidence=f"{finding.evidence} {cause_words.proof(found)}.",
        step=cause_words.next_step(found),
        view="stage",
    )
