"""The company's settings as tables the model joins: no value is ever pasted into SQL."""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from data.settings.journey import Journeys, pattern_to_regex
from data.settings.retention import kept_from
from data.settings.sources import WEEKDAYS, Source, Sources
from data.values.scales import unanswered

EVENTS_FILE = Path(__file__).parents[1] / "events.toml"
TABLES = {
    "cfg_company": "name VARCHAR, currency VARCHAR, timezone VARCHAR, week_starts VARCHAR, first_weekday INTEGER, "
    "simulated BOOLEAN, notice VARCHAR, mission VARCHAR, confidential BOOLEAN, locale VARCHAR",
    "cfg_sources": "source VARCHAR, reader VARCHAR, scope VARCHAR",
    "cfg_journeys": "journey VARCHAR, position INTEGER, goal VARCHAR",
    "cfg_stages": "journey VARCHAR, stage VARCHAR, position INTEGER, owner VARCHAR",
    "cfg_rules": "journey VARCHAR, rule INTEGER, stage VARCHAR, position INTEGER, kind VARCHAR, pattern VARCHAR",
    "cfg_goals": "journey VARCHAR, stage VARCHAR, kind VARCHAR, pattern VARCHAR",
    "cfg_surveys": "name VARCHAR, kind VARCHAR, trigger VARCHAR, incentive BOOLEAN",
    "cfg_promises": "name VARCHAR, stage VARCHAR, evidence VARCHAR, evidence_kind VARCHAR, fact VARCHAR, done VARCHAR, due VARCHAR, "
    "hours DOUBLE, survey VARCHAR, question VARCHAR, answer VARCHAR",
    "cfg_targets": "journey VARCHAR, stage VARCHAR, metric VARCHAR, line DOUBLE, target DOUBLE",
    "cfg_weights": "journey VARCHAR, stage VARCHAR, side VARCHAR, metric VARCHAR, weight DOUBLE",
    "cfg_outcomes": "journey VARCHAR, stage VARCHAR, metric VARCHAR",
    "cfg_event_kinds": "event_name VARCHAR, kind VARCHAR",
    "cfg_unanswered": "word VARCHAR",
    "cfg_offsets": "from_utc TIMESTAMP, to_utc TIMESTAMP, offset_minutes INTEGER",
    "cfg_holidays": "name VARCHAR, day DATE",
    "cfg_confirmed": "source VARCHAR, question VARCHAR",
    "cfg_contact_costs": "contact_via VARCHAR, cost DOUBLE",
    "cfg_splits": "experiment VARCHAR, variant VARCHAR, share DOUBLE",
    "cfg_retention": "kind VARCHAR, days INTEGER, kept_from DATE",
}


def write_settings(con: duckdb.DuckDBPyConnection, sources: Sources, journeys: Journeys) -> None:
    """Create and fill every cfg_ table."""
    company = sources.company
    rows: dict[str, list[Any]] = {
        "cfg_company": [
            (
                company.name,
                company.currency,
                company.timezone,
                company.week_starts,
                WEEKDAYS.index(company.week_starts),
                company.simulated,
                company.notice,
                journeys.mission,
                company.confidential,
                company.locale,
            )
        ],
        "cfg_sources": [(s.name, s.reader, _scope(s, sources)) for s in sources.sources],
        "cfg_journeys": [(name, place, journeys.goal_of(name)) for place, name in enumerate(journeys.names, 1)],
        "cfg_stages": [(s.journey, s.name, s.position, s.owner) for s in journeys.stages],
        "cfg_rules": rule_rows(journeys),
        "cfg_goals": [
            (s.journey, s.name, kind, pattern.lower() if kind == "event" else pattern)
            for s in journeys.stages
            for kind, pattern in s.goals
        ],
        "cfg_surveys": [(s.name, s.kind, s.trigger, s.incentive) for s in journeys.surveys],
        "cfg_promises": promise_rows(journeys),
        "cfg_targets": [
            (s.journey, s.name, metric, float(t["line"]), float(t["target"]) if "target" in t else None)
            for s in journeys.stages
            for metric, t in s.targets.items()
        ],
        "cfg_weights": [
            (s.journey, s.name, side, metric, float(weight))
            for s in journeys.stages
            for side, metrics in s.weights.items()
            for metric, weight in metrics.items()
        ],
        "cfg_outcomes": [
            *((s.journey, s.name, s.outcome) for s in journeys.stages if s.outcome),
            *((journey, "", metric) for journey, metric in journeys.outcomes.items()),
        ],
        "cfg_event_kinds": [(name, kind) for kind, names in event_kinds().items() for name in names],
        "cfg_unanswered": [(word,) for word in unanswered()],
        "cfg_offsets": utc_offsets(company.timezone),
        "cfg_holidays": [(name, day) for name, days in company.holidays.items() for day in days],
        "cfg_confirmed": [(None, name) for name in company.confirmed]
        + [(source.name, name) for source in sources.sources for name in source.confirmed]
        + [(source.name, "orders_in_lines") for source in sources.sources if source.lines],
        "cfg_retention": [(kind, days, kept_from(days)) for kind, days in sources.retention.days.items()],
        "cfg_splits": [(s.experiment, variant, share) for s in journeys.splits for variant, share in s.shares.items()],
        "cfg_contact_costs": list(company.cost_per_contact.items()),
    }
    for table, columns in TABLES.items():
        con.execute(f"create table {table} ({columns})")
        marks = "(" + ", ".join("?" * (columns.count(",") + 1)) + ")"
        if rows[table]:
            con.execute(
                f"insert into {table} values {', '.join([marks] * len(rows[table]))}",
                [value for row in rows[table] for value in row],
            )


def _scope(source: Source, sources: Sources) -> str:
    """Blocks over the same files share their session ids; two vendors' ids that look alike stay apart."""
    return next(other.name for other in sources.sources if other.path == source.path)


def event_kinds() -> dict[str, list[str]]:
    """What an event name means: kind → names."""
    return tomllib.loads(EVENTS_FILE.read_text(encoding="utf-8"))


def rule_rows(journeys: Journeys) -> list[tuple[Any, ...]]:
    """(journey, rule, stage, position, kind, pattern): rules numbered in file order within a journey."""
    rows = []
    for journey in journeys.names:
        number = 0
        for stage in (s for s in journeys.stages if s.journey == journey):
            found = [("path", pattern_to_regex(p)) for p in stage.paths]
            found += [("event", name.lower()) for name in stage.events]
            found += [
                ("ticket_tag", t[4:].lower()) if t.startswith("tag:") else ("ticket", t.lower().replace("*", "%"))
                for t in stage.tickets
            ]
            found += [("survey", name.lower()) for name in stage.surveys]
            for kind, pattern in found:
                number += 1
                rows.append((journey, number, stage.name, stage.position, kind, pattern))
    return rows


def promise_rows(journeys: Journeys) -> list[tuple[Any, ...]]:
    """One row a promise and rule; a promise in words only is one row without a rule."""
    rows: list[tuple[Any, ...]] = []
    for promise in journeys.promises:
        rows += [
            (
                promise.name,
                promise.stage,
                promise.evidence,
                r.kind,
                r.fact,
                r.done,
                r.due,
                r.hours,
                r.survey,
                r.question,
                r.answer,
            )
            for r in promise.rules
        ] or [(promise.name, promise.stage, promise.evidence, *[None] * 8)]
    return rows


def utc_offsets(zone: str, first: int = 1990, last: int = 2060) -> list[tuple[datetime, datetime, int]]:
    """(from, to, minutes): the spans of constant offset of a time zone, found to the minute by halving."""
    info, spans = ZoneInfo(zone), []
    start, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    at, offset = start, _minutes(start, info)
    step = start
    while step < end:
        after = step + timedelta(days=7)
        if _minutes(after, info) != offset:
            change = _change(step, after, info)
            spans.append((at, change, offset))
            at, offset = change, _minutes(after, info)
        step = after
    spans.append((at, end, offset))
    spans[0] = (datetime(1, 1, 2, tzinfo=UTC), *spans[0][1:])
    spans[-1] = (spans[-1][0], datetime(9999, 1, 1, tzinfo=UTC), spans[-1][2])
    return [(low.replace(tzinfo=None), high.replace(tzinfo=None), minutes) for low, high, minutes in spans]


def _minutes(at: datetime, zone: ZoneInfo) -> int:
    return int((at.astimezone(zone).utcoffset() or timedelta()).total_seconds() // 60)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = _minutes(low, zone)
    while high - low > timedelta(minutes=1):
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        low, high = (middle, high) if _minutes(middle, zone) == before else (low, middle)
    return high
