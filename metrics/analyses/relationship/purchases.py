"""Second purchases: Kaplan–Meier by cohort, and the window the company's own customers set."""

from datetime import date

import numpy as np
import pandas as pd

from metrics.analyses.relationship.model import Cohort, Curve, Windows
from metrics.statistics.core import Estimate
from metrics.statistics.levels.survival import kaplan_meier

LEAST = 30  # people in a cohort
HORIZONS = (365, 180, 90)  # days people must have been followed for the window to be read, the longest that enough were
QUANTILES = (0.5, 0.75, 0.9)
DRAWN = 60  # points of a curve that are kept


def windows(rows: pd.DataFrame, level: float = 0.95) -> Windows | None:
    """From whoever was followed long enough, of those who bought again in that time: when they did. None where too few did."""
    for horizon in HORIZONS:
        again = rows[(rows["followed"] >= horizon) & (rows["again"] == 1) & (rows["days"] <= horizon)]
        if len(again) >= LEAST:
            curve = kaplan_meier(again["days"].to_numpy(), np.ones(len(again)))
            half, most, nearly = (curve.percentile(q, level) for q in QUANTILES)
            return Windows(horizon, len(again), half, most, nearly, 7 * int(np.ceil((most.value or horizon) / 7)))
    return None


def cohorts(rows: pd.DataFrame, window: int | None, level: float = 0.95) -> tuple[Cohort, ...]:
    """All new customers, then those of each quarter of enough people, the latest first."""
    if len(rows) < LEAST:
        return ()
    made = [_cohort(None, rows, window, level)]
    for quarter in sorted(rows["quarter"].unique(), reverse=True):
        own = rows[rows["quarter"] == quarter]
        if len(own) >= LEAST:
            made.append(_cohort(pd.Timestamp(quarter).date(), own, window, level))
    return tuple(made)


def _cohort(quarter: date | None, rows: pd.DataFrame, window: int | None, level: float) -> Cohort:
    curve = kaplan_meier(rows["days"].to_numpy(), rows["again"].to_numpy())
    low, high = curve.bounds(level)
    places = np.unique(np.linspace(0, len(curve.time) - 1, min(DRAWN, len(curve.time))).round().astype(int)) if len(curve.time) else np.array([], int)  # fmt: skip
    time, share, below, above = (
        tuple(float(value) for value in side[places]) for side in (curve.time, curve.share, low, high)
    )
    drawn = Curve(time, share, below, above, curve.last)
    again = curve.at(float(window), level) if window is not None else Estimate(None)
    return Cohort(quarter, len(rows), again, curve.percentile(0.5, level), drawn)
