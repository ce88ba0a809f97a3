"""What a late first reply goes with: within the same kind of request, asked in the same way, in the same quarter."""

import numpy as np
import pandas as pd

from metrics.analyses.support.model import LateReply, Waited
from metrics.statistics.core import Estimate
from metrics.statistics.groups.held_alike import Rows, compared, held_alike
from metrics.statistics.levels.shares import grouped_share, wilson
from metrics.statistics.moments import GROUPS

LEAST = 30  # people on either side, and in a band
LATE = 2  # the first band above 24 hours
HELD = ("way", "category", "via", "priority", "quarter")  # what is given up first stands last
ENOUGH = 0.8  # of the late must have their like, else less is held equal


def unhappy_by_wait(rows: pd.DataFrame, level: float = 0.95) -> tuple[Waited, ...]:
    """Unhappy by band, of bands of enough people."""
    found = []
    for band in range(4):
        own = rows[rows["band"] == band]
        people = own["person_id"].nunique()
        if people >= LEAST:
            found.append(Waited(band, people, _share(own, people, level)))
    return tuple(found)


def _share(rows: pd.DataFrame, people: int, level: float) -> Estimate:
    """The share of unhappy answers; by person where somebody answered more than once."""
    y = rows["unhappy"].to_numpy(dtype=float)
    if people == len(rows):
        return wilson(float(y.sum()), float(len(y)), level=level)
    group = rows["person_group"].to_numpy().astype(np.int64)
    n, hits = (np.bincount(group, weights=each, minlength=GROUPS).astype(float) for each in (np.ones(len(y)), y))
    return grouped_share(n, hits, people, level)


def late_reply(rows: pd.DataFrame, level: float = 0.95) -> LateReply | None:
    """More than 24 hours beside the others; None of too few."""
    met = (rows["band"] >= LATE).to_numpy(dtype=bool)
    people = [int(rows["person_id"][side].nunique()) for side in (met, ~met)]
    if min(people) < LEAST:
        return None
    y = rows["unhappy"].to_numpy(dtype=np.int64)
    kept: tuple[str, ...] = HELD[:1]
    stratum, share = np.zeros(len(rows), dtype=np.int64), 0.0
    for size in range(len(HELD), 0, -1):
        kept, stratum = HELD[:size], _strata(rows, HELD[:size])
        share = compared(met, stratum)
        if share >= ENOUGH:
            break
    at = Rows(met, y, rows["person_id"].to_numpy(), rows["person_group"].to_numpy().astype(np.int64))
    crude = held_alike(at, np.zeros(len(rows), dtype=np.int64), level).estimate
    alike = held_alike(at, stratum, level).estimate
    return LateReply(people[0], people[1], float(y[met].mean()), float(y[~met].mean()), crude, alike, kept, share)


def _strata(rows: pd.DataFrame, names: tuple[str, ...]) -> np.ndarray:
    found: np.ndarray = rows.groupby(list(names), dropna=False, sort=True).ngroup().to_numpy().astype(np.int64)
    return found
