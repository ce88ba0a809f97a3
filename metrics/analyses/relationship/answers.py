"""Answers of the same people: by tenure, from one to the next with what lay between, and whether the unhappy come back."""

from dataclasses import replace

import numpy as np
import pandas as pd

from metrics.analyses.relationship.model import After, Between, Migration, Tenure
from metrics.statistics.groups.held_alike import Rows, combined, compared, held_alike
from metrics.statistics.groups.square_tables import bowker, stuart_maxwell
from metrics.statistics.levels import means
from metrics.statistics.levels.nps import NpsCounts, nps
from metrics.statistics.weeks.looks import benjamini_hochberg

LEAST = 30  # people on either side
BANDS = ((0, 3), (3, 12), (12, 36), (36, None))  # months as a customer
CLASSES = (1, 0, -1)  # promoter, passive, detractor
THINGS = ("asked_for_help", "friction", "promise_broken", "bought")
HELD = ("way", "task", "touch_channel", "segment", "earlier_orders", "quarter")  # what is given up first stands last
ENOUGH = 0.8  # of the unhappy must have their like, else less is held equal


def tenure(rows: pd.DataFrame, level: float = 0.95) -> tuple[Tenure, ...]:
    """NPS by months as a customer, of bands of enough people."""
    found = []
    for least, below in BANDS:
        own = rows[(rows["months"] >= least) & ((rows["months"] < below) if below else True)]
        if len(own) >= LEAST:
            counts = NpsCounts(float((own["class"] == 1).sum()), float((own["class"] == -1).sum()), float(len(own)))
            found.append(Tenure(least, below, len(own), nps(counts, level)))
    return tuple(found)


def migration(rows: pd.DataFrame, level: float = 0.95) -> Migration | None:
    """From the earlier answer to the later; None of too few."""
    if len(rows) < LEAST:
        return None
    table = np.array([[((rows["before"] == a) & (rows["after"] == b)).sum() for b in CLASSES] for a in CLASSES])
    gap = 100.0 * (rows["after"] - rows["before"]).to_numpy()
    change = means.mean(len(gap), float(gap.sum()), float((gap**2).sum()), level)
    counts = tuple(tuple(int(cell) for cell in row) for row in table)
    return Migration(len(rows), counts, change, stuart_maxwell(table), bowker(table))


def between(rows: pd.DataFrame, level: float = 0.95) -> tuple[Between, ...]:
    """Each thing that lay between two answers, of enough people with it and without."""
    found = []
    y = (rows["after"] == -1).to_numpy(dtype=np.int64)
    half = rows["days"] > rows["days"].median()
    stratum = ((rows["before"] + 1) * 2 + half).to_numpy(dtype=np.int64)
    bought = rows["bought"].to_numpy(dtype=np.int64)
    for thing in THINGS:
        met = rows[thing].to_numpy(dtype=bool)
        own = (
            stratum if thing == "bought" else 2 * stratum + bought
        )  # a promise is made, and help asked for, where something is bought
        if min(met.sum(), (~met).sum()) < LEAST:
            continue
        made = held_alike(_rows(rows, met, y), own, level)
        found.append(
            Between(thing, int(met.sum()), int((~met).sum()), float(y[met].mean()), float(y[~met].mean()), made.estimate, compared(met, own), made.test.p)
        )  # fmt: skip
    p = [float("nan") if one.p is None else one.p for one in found]
    return tuple(replace(one, q=None if np.isnan(q) else float(q)) for one, q in zip(found, benjamini_hochberg(p)))


def after(stage: str, rows: pd.DataFrame, level: float = 0.95) -> After | None:
    """Whoever was unhappy beside who was not: the share that came back; None of too few."""
    met = (rows["unhappy"] == 1).to_numpy()
    people = [rows["person_id"][side].nunique() for side in (met, ~met)]
    if min(people) < LEAST:
        return None
    y = rows["back"].to_numpy(dtype=np.int64)
    codes = {name: pd.factorize(rows[name].astype(object).where(rows[name].notna(), ""))[0] for name in HELD}
    kept: tuple[str, ...] = HELD[:1]
    stratum, share = codes[HELD[0]], 0.0
    for size in range(len(HELD), 0, -1):
        kept, stratum = HELD[:size], combined([codes[name] for name in HELD[:size]])
        share = compared(met, stratum)
        if share >= ENOUGH:
            break
    at = _rows(rows, met, y)
    alike, crude = held_alike(at, stratum, level), held_alike(at, np.zeros(len(rows), dtype=np.int64), level).estimate
    return After(
        stage, people[0], people[1], float(y[met].mean()), float(y[~met].mean()), crude, alike.estimate, kept, share, alike.test.p
    )  # fmt: skip


def corrected(found: list[After]) -> tuple[After, ...]:
    """Every stage that was looked at is one of the family (Benjamini–Hochberg)."""
    q = benjamini_hochberg([float("nan") if one.p is None else one.p for one in found])
    return tuple(replace(one, q=None if np.isnan(each) else float(each)) for one, each in zip(found, q))


def _rows(rows: pd.DataFrame, met: np.ndarray, y: np.ndarray) -> Rows:
    return Rows(met, y, rows["person_id"].to_numpy(), rows["person_group"].to_numpy().astype(np.int64))
