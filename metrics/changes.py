"""What changed: every metric × stage of one fixed family, judged against the company's own normal range.

The family is everything scanned here for the unfiltered journey, so a number is not notable on one page and dull on
another. Notable: beyond the normal weekly variation at q = .01 over the family, and at least `matters` large.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from data.store import Generation
from metrics.catalogue import Definition, catalogue
from metrics.query import Query
from metrics.result import Cell, Result
from metrics.run import other_period, run
from metrics.statistics.core import Estimate
from metrics.statistics.looks import benjamini_hochberg
from metrics.statistics.periods import PeriodChange, WeeklyShock, period_change, weekly_shock

SCANNED = ("completion_rate", "drop_off_rate", "error_rate", "rage_click_rate", "dead_click_rate", "backtrack_rate",
           "search_refinement_rate", "contact_rate", "csat_t2b_5", "ces_7_mean", "nps_transactional", "nps_relationship", "conversion_visit")
Q = 0.01


@dataclass(frozen=True)
class Change:
    """One metric in one stage, now against then. `better` is None where the change is not notable."""

    metric: str
    stage: str | None
    now: Cell
    before: float | None
    diff: float | None
    low: float | None
    high: float | None
    normal: float | None
    p: float | None
    q: float | None
    notable: bool
    note: str = ""

    @property
    def definition(self) -> Definition:
        return catalogue()[self.metric]

    @property
    def better(self) -> bool | None:
        if not self.notable:
            return None
        return (self.diff > 0) == (self.definition.better == "higher")


def whole_weeks(query: Query) -> bool:
    """Whether the period is made of complete weeks of the company (any start, a multiple of seven days)."""
    return bool(query.start and query.end) and ((query.end - query.start).days + 1) % 7 == 0


def changes(query: Query, generation: Generation) -> list[Change]:
    """Every change of the family, notable or not. Empty without a comparison of whole weeks."""
    if not (query.compare and whole_weeks(query)):
        return []
    found: list[tuple[Definition, str | None, Cell, PeriodChange]] = []
    for metric in SCANNED:
        definition = catalogue()[metric]
        for by in ((),) if definition.scope == "journey" else ((), ("stage",)):
            found += _scan(definition, replace(query, metrics=(metric,), stages=(), filters=(), by=by), generation)
    return _family(found)


def _scan(definition: Definition, query: Query, generation: Generation) -> list[tuple[Definition, str | None, Cell, PeriodChange]]:
    result = run(query, generation)
    weekly = _weekly(query, result, generation)
    return [(definition, cell.by.get("stage"), cell, _judge(definition, cell, weekly.get(cell.by.get("stage")), result.query))
            for cell in result.of(definition.id) if cell.valued and cell.compare and cell.compare.diff is not None]


def _weekly(query: Query, result: Result, generation: Generation) -> dict[str | None, list[Cell]]:
    """Cells by week before the period, per stage: what the normal range is learnt from."""
    start, _ = result.span
    before = replace(query, by=(*query.by, "week"), compare=None, start=start, end=result.query.start - timedelta(days=1))
    if start is None or before.end < start:
        return {}
    cells: dict[str | None, list[Cell]] = {}
    for cell in run(before, generation).cells:
        cells.setdefault(cell.by.get("stage"), []).append(cell)
    return {stage: found[1:] for stage, found in cells.items()}      # the first week may be cut off


def _judge(definition: Definition, cell: Cell, weekly: list[Cell] | None, query: Query) -> PeriodChange:
    weeks = ((query.end - query.start).days + 1) // 7
    start, _ = other_period(query)
    gap = (query.start - start).days // 7 - weeks
    now = Estimate(cell.value, cell.low, cell.high, cell.n, cell.n_eff, _se(cell.low, cell.high, cell.se), cell.df)
    before = Estimate(cell.compare.value, se=_before_se(cell))
    return period_change(now, before, _shock(definition, cell, weekly or []), weeks, gap=max(gap, 0))


def _shock(definition: Definition, cell: Cell, weekly: list[Cell]) -> WeeklyShock:
    """τ² from the weeks before; a share of persons is scaled up from a week's to the period's level."""
    values = np.array([np.nan if not c.valued else c.value for c in weekly])
    noise = np.array([np.nan if not c.valued or c.se is None else c.se**2 for c in weekly])
    shock = weekly_shock(values, noise)
    if shock.tau2 and definition.grain == "person" and np.nanmean(values):
        scale = (cell.value / np.nanmean(values)) ** 2
        return replace(shock, tau2=shock.tau2 * scale, first=shock.first * scale)
    return shock


def _se(low: float | None, high: float | None, se: float | None) -> float | None:
    if se:
        return se
    return (high - low) / 3.92 if low is not None and high is not None else None


def _before_se(cell: Cell) -> float | None:
    """What the difference's interval says of the other period's own error."""
    other = cell.compare
    if other.low is None or other.high is None:
        return None
    both, own = (other.high - other.low) / 3.92, _se(cell.low, cell.high, cell.se) or 0.0
    return float(np.sqrt(max(both**2 - own**2, (0.25 * both) ** 2)))


def _family(found: list[tuple[Definition, str | None, Cell, PeriodChange]]) -> list[Change]:
    p = [change.comparison.test.p for *_, change in found]
    tested = [i for i, value in enumerate(p) if value is not None]
    q = dict(zip(tested, benjamini_hochberg([p[i] for i in tested]))) if tested else {}
    changes_ = []
    for i, (definition, stage, cell, change) in enumerate(found):
        gap = change.comparison.estimate
        beyond = gap.low is not None and (gap.low > 0 or gap.high < 0)
        notable = bool(i in q and q[i] <= Q and beyond and abs(gap.value) >= definition.matters and cell.state == "shown")
        changes_.append(Change(definition.id, stage, cell, cell.compare.value, gap.value, gap.low, gap.high, change.normal,
                               p[i], q.get(i), notable, str(gap.note or "")))
    return changes_
