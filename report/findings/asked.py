"""The findings of a question as the Overview, the digest and assistants have them: changes, positions and findings asked in one way."""

from dataclasses import dataclass, replace

from data.store.generations import Generation
from metrics.analyses.changes import Change, changes
from metrics.analyses.stage_scores import Position, level_query, standing_positions
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, resolve
from report import placement
from report.findings.finding import Finding
from report.findings.findings import findings


@dataclass(frozen=True)
class PeriodFindings:
    """The question as resolved, the changes judged in its stages, the positions of the stages, and what follows of both."""

    query: ResolvedQuery
    moved: list[Change]
    places: list[Position]
    findings: list[Finding]


def period_findings(query: Query, generation: Generation) -> PeriodFindings:
    """The findings of a period, most pressing first; the causes of stages are asked at once."""
    known = context.read(generation)
    resolved = resolve(replace(query, metrics=(placement.role("completed"),)), known)
    moved = [c for c in changes(resolved, generation) if not resolved.stages or c.stage in resolved.stages]
    places = standing_positions(resolved, generation)
    return PeriodFindings(
        resolved, moved, places, findings(resolved, generation, places, moved, level_query(resolved, known))
    )
