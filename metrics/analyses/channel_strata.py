"""What of several channels may be set beside each other: asked in the same way, and in strata every channel serves."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.statistics.moments import GROUPS
from metrics.thresholds import PERSONS

ENOUGH = 0.8  # of what is compared must have its like in every channel, else less is held equal
KNOWN = 0.5  # of what is compared must name its task, else the task is not held equal


@dataclass(frozen=True, eq=False)
class Strata:
    """`n` and `y` are sums of shape (channels, strata, groups); `held` names what is equal within a stratum, `share` is
    what the strata hold of everything, `unnamed` the share without a task (1 where the metric has none)."""

    held: tuple[str, ...]
    n: np.ndarray
    y: np.ndarray
    share: float
    unnamed: float


@dataclass(frozen=True, eq=False)
class AskedWays:
    """How each row was asked: `of` is its way as a number, `values` what the numbers stand for: the values of the columns that
    make a way, in order; one way without values where nothing is asked."""

    of: pd.Series
    values: tuple[tuple[str, ...], ...]


def asked_ways(rows: pd.DataFrame, asked: tuple[str, ...]) -> AskedWays:
    """The ways in which the rows were asked, by the columns `asked`; a missing value is a value of its own, the empty text."""
    every = list(zip(*(rows[name].fillna("").astype(str) for name in asked))) if asked else [()] * len(rows)
    values = tuple(sorted(set(every)))
    number = {way: place for place, way in enumerate(values)}
    return AskedWays(pd.Series([number[way] for way in every], index=rows.index, dtype=int), values)


def most_asked(rows: pd.DataFrame, asked: AskedWays, channel: str) -> tuple[str, ...]:
    """How most answers of a channel were asked: the values of the columns that make a way."""
    own = rows["touch_channel"] == channel
    return asked.values[rows.loc[own, "n"].groupby(asked.of[own]).sum().idxmax()]


def asked_alike(rows: pd.DataFrame, asked: AskedWays, channels: list[str], least: int) -> tuple[list[str], list[int]]:
    """The channels that share a way of asking, `least` rows each, and the numbers of the ways all of them share.

    The way with the most channels decides, among equals that with the most rows.
    """
    counts, persons = (
        rows.pivot_table(name, asked.of, "touch_channel", "sum", fill_value=0).reindex(columns=channels, fill_value=0)
        for name in ("n", "c")
    )
    enough = counts >= least
    best = max(counts.index, key=lambda way: (enough.loc[way].sum(), counts.loc[way][enough.loc[way]].sum(), way))
    alike = [name for name in channels if enough.loc[best, name]]
    return alike, [way for way in counts.index if way == best or (persons.loc[way, alike] >= PERSONS).all()]


def strata(used: pd.DataFrame, asked: AskedWays, channels: list[str], dims: tuple[str, ...]) -> Strata:
    """The finest strata, of `dims` from the first on, of which enough is common to all channels; else the fullest.

    A stratum is common with five persons in two groups of every channel: fewer are no rate, and theirs would show.
    """
    total = used["n"].sum()
    unnamed = float(used.loc[used["task"].isna(), "n"].sum() / total) if "task" in used else 1.0
    if unnamed > 1 - KNOWN:
        dims = tuple(name for name in dims if name != "task")
    if "shared_device" in dims and used["shared_device"].nunique() < 2:  # nobody came by a device of many
        dims = tuple(name for name in dims if name != "shared_device")
    texts = {name: _text(used[name]) for name in dims}
    best: Strata | None = None
    for size in range(len(dims), -1, -1):
        n, y, c = _sums(used, asked, channels, [texts[name] for name in dims[:size]])
        common = ((c.sum(axis=2) >= PERSONS) & ((n > 0).sum(axis=2) > 1)).all(axis=0)
        found = Strata(dims[:size], n[:, common], y[:, common], float(n[:, common].sum() / total), unnamed)
        best = found if best is None or found.share > best.share else best
        if best.share >= ENOUGH:
            break
    assert best is not None  # the loop runs at least once, with nothing held equal
    return best


def _text(column: pd.Series) -> pd.Series:
    """Places of the values as text, in their order; what is unknown is the empty text."""
    codes, _ = pd.factorize(column.astype(object).where(column.notna(), "").astype(str), sort=True)
    return pd.Series(codes, index=column.index)


def _sums(used: pd.DataFrame, asked: AskedWays, channels: list[str], texts: list[pd.Series]) -> np.ndarray:
    """Rows, value sums and persons by channel, stratum (of these columns' values) and person group, shape (3, k, strata, G)."""
    columns = [asked.of.loc[used.index], *texts]
    place = used.groupby(columns, sort=True).ngroup().to_numpy()
    at = (
        used["touch_channel"].map({name: i for i, name in enumerate(channels)}).to_numpy(dtype=int),
        place,
        used["person_group"].to_numpy(dtype=int),
    )
    table = np.zeros((3, len(channels), place.max() + 1, GROUPS))
    for sums, name in zip(table, ("n", "y", "c")):
        np.add.at(sums, at, used[name].to_numpy(dtype=float))
    return table
