"""What the Overview and the Journey share: the ledger's parts, asked once."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from metrics.changes import Change, changes
from metrics.positions import Position
from metrics.query import Query
from metrics.result import Cell
from ui import source, words
from ui.ledger import Ledger
from ui.state import Frame

SMALL = ("completion_rate", "error_rate", "contact_rate", "csat_t2b_5", "nps_transactional")
FULL = ("stage_reach_rate", "completion_rate", "drop_off_rate", "dwell_p50", "action_rate", "error_rate", "rage_click_rate",
        "dead_click_rate", "backtrack_rate", "contact_rate", "csat_t2b_5", "ces_7_mean", "nps_transactional")
WEEKS = 13
LEVEL_WEEKS = 26


def moved(frame: Frame) -> list[Change]:
    """The changes of the fixed family for this period, whatever the filters; none on a filtered view."""
    query = frame.query
    if query.filters or query.stages:
        return []
    return _changes(replace(query, metrics=("completion_rate",)), source.generation().name)


@lru_cache(maxsize=64)
def _changes(query: Query, name: str) -> list[Change]:
    return changes(query, source.generation())


def ledger(frame: Frame, metrics: tuple[str, ...]) -> Ledger:
    """The stages of the frame with these metrics, their weeks, changes and positions."""
    known, query = source.known(), frame.query
    stages = list(query.stages or known.stages[query.journey])
    now = source.ask(replace(query, metrics=metrics, by=("stage",)))
    shown = [m for m in metrics if any(cell.valued for cell in now.of(m)) or m in SMALL]
    visits = {c.by["stage"]: c for c in source.ask(replace(query, metrics=("drop_off_rate",), by=("stage",))).cells if c.by.get("stage")}
    counts = {s: f"{words.short_count(visits[s].n)} visits" for s in stages if s in visits and visits[s].n}
    held = {(c.metric, c.stage): c for c in moved(frame)}
    return Ledger(now, stages, shown, weekly(frame, tuple(shown)), held, places(frame), counts)


def places(frame: Frame) -> list[Position]:
    """The stages' positions: levels, so they are taken over at least half a year, whatever the period compared."""
    return source.ask_positions(level_query(frame))


def level_query(frame: Frame) -> Query:
    """The frame's question over the weeks its positions are taken from."""
    query, known = frame.query, source.known()
    start = query.start
    if query.end and start:
        start = max(min(start, query.end - timedelta(days=7 * LEVEL_WEEKS - 1)), known.first_day)
    return replace(query, metrics=("completion_rate",), start=start, compare=None)


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
