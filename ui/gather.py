"""What the Overview and the Journey share: the ledger's parts, asked once."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from metrics.changes import Change, changes
from metrics.query import Query
from metrics.result import Cell
from ui import source, words
from ui.ledger import Ledger
from ui.state import Frame

SMALL = ("completion_rate", "error_rate", "contact_rate", "csat_t2b_5", "nps_transactional")
FULL = ("stage_reach_rate", "completion_rate", "drop_off_rate", "dwell_p50", "action_rate", "error_rate", "rage_click_rate",
        "dead_click_rate", "backtrack_rate", "contact_rate", "csat_t2b_5", "ces_7_mean", "nps_transactional")
WEEKS = 13


def moved(frame: Frame) -> list[Change]:
    """The changes of the fixed family for this period, whatever the filters; none on a filtered view."""
    query = frame.query
    if query.filters or query.stages:
        return []
    return _changes(replace(query, metrics=("completion_rate",)), source.generation().name)


@st.cache_resource(show_spinner=False, max_entries=64)
def _changes(query: Query, name: str) -> list[Change]:
    return changes(query, source.generation())


def ledger(frame: Frame, metrics: tuple[str, ...]) -> Ledger:
    """The stages of the frame with these metrics, their weeks, changes and positions."""
    known, query = source.known(), frame.query
    stages = list(query.stages or known.stages[query.journey])
    now = source.ask(replace(query, metrics=metrics, by=("stage",)))
    reach = source.ask(replace(query, metrics=("completion_rate", "stage_reach_rate"), by=("stage",)))
    shown = [m for m in metrics if any(cell.valued for cell in now.of(m)) or m in SMALL]
    visits = {c.by["stage"]: c for c in source.ask(replace(query, metrics=("drop_off_rate",), by=("stage",))).cells if c.by.get("stage")}
    counts = {s: f"{words.short_count(visits[s].n)} visits" for s in stages if s in visits and visits[s].n}
    held = {(c.metric, c.stage): c for c in moved(frame)}
    del reach
    return Ledger(now, stages, shown, weekly(frame, tuple(shown)), held, source.ask_positions(replace(query, metrics=metrics, compare=None)),
                  counts)


def weekly(frame: Frame, metrics: tuple[str, ...], by: tuple[str, ...] = ("stage",), weeks: int = WEEKS) -> dict[tuple[str, str], list[Cell]]:
    """The last weeks of each metric and stage in order, missing weeks left out."""
    query, known = frame.query, source.known()
    if query.end is None:
        return {}
    start = max(query.end - timedelta(days=7 * weeks - 1), known.first_day)
    result = source.ask(replace(query, metrics=metrics, by=(*by, "week"), start=start, compare=None))
    found: dict[tuple[str, str], list[Cell]] = {}
    for cell in sorted(result.cells, key=lambda c: c.by.get("week") or ""):
        if cell.by.get("week"):
            found.setdefault((cell.metric, cell.by.get("stage")), []).append(cell)
    return found
