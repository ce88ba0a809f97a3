"""Everything an edit can move, of one generation: numbers cell by cell, names, and claims, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.store.decisions import Decisions
from data.store.generations import Generation
from data.store.user_records import users_file
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import context, period
from metrics.query.query import Query
from report import numbers
from report.findings.asked import period_findings as findings_asked
from report.findings.signing import told
from report.rows.cells import record

CELL = ("value", "low", "high", "n", "persons", "state", "reason")
NAMES = ("label", "short", "sentence", "unit", "better", "version", "population", "formula", "interval", "scope")
Snapshot = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class SnapshotRequest:
    """What is looked at: metrics (none: all), first and last day (none: all data), whether claims too."""

    metrics: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    claims: bool = True


def take_snapshot(generation: Generation, asked: SnapshotRequest, users: Path) -> Snapshot:
    """Numbers: `metric, journey[, stage]` → what `metrics show METRIC [--by stage]` gives. Names: of metrics, stages and owners. Claims:
    findings, and what was signed in the store `users` with how it stands."""
    known = context.read(generation)
    listed = asked.metrics or tuple(catalogue())
    with numbers.written_as(known.locale, known.currency):
        return {
            "numbers": _numbers(generation, asked, [one for one in listed if one in catalogue()]),
            "names": _names(known, listed),
            "claims": _claims(generation, asked, users) if asked.claims else {},
        }


def _numbers(generation: Generation, asked: SnapshotRequest, metrics: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for journey in context.read(generation).journeys:
        for metric in metrics:
            for by in ((), ("stage",)) if catalogue()[metric].scope == "stage" else ((),):
                result = run(Query((metric,), journey, (), asked.start, asked.end, by=by), generation)
                for cell in result.cells:
                    entry = record(cell, result)
                    place = ", ".join([metric, journey, *(str(part) for part in cell.by.values())])
                    found[place] = {key: entry[key] for key in CELL}
    return found


def _names(known: context.Context, metrics: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for metric in metrics:
        if metric in catalogue():
            found |= {f"{metric}, {name}": getattr(catalogue()[metric], name) for name in NAMES}
    for journey in known.journeys:
        found[f"{journey}, stages"] = ", ".join(known.stages[journey])
        for stage in known.stages[journey]:
            found[f"{journey}, {stage}, owner"] = known.owners.get((journey, stage)) or ""
            found[f"{journey}, {stage}, goal"] = (journey, stage) in known.goals
    return found


def _claims(generation: Generation, asked: SnapshotRequest, users: Path) -> dict[str, Any]:
    known = context.read(generation)
    found: dict[str, Any] = {}
    for journey in known.journeys:
        query = Query((), journey, (), asked.start, asked.end, period.comparison(known))
        for one in findings_asked(query, generation).findings:
            found[_free(found, ", ".join([journey, one.stage or "–", one.metric or one.kind]))] = one.claim
    for signed in Decisions(users_file(users)).all():
        seen = told(signed, generation)
        found[_free(found, signed.claim)] = f"{seen.standing}: {seen.now}"
    return found


def _free(taken_names: dict[str, Any], name: str) -> str:
    """The name, numbered where it is taken: two findings of one metric and stage stay two."""
    place, numbered = 2, name
    while numbered in taken_names:
        numbered, place = f"{name} ({place})", place + 1
    return numbered
