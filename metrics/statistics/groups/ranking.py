"""Whether drivers may be ranked at all: their parts of R² with intervals by person, how surely the first is first, and a permutation test of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.core import Note
from metrics.statistics.groups.importance import lmg_shares

DRAWS, SEED = 300, 20261127
R2_NEEDED, TOP_NEEDED = 0.02, 0.9
ROUNDING = 1e-10  # what is left of a column below this part of it is rounding error


@dataclass(frozen=True, eq=False)
class Ranked:
    """`share` (k,): parts of R² by LMG with `low`, `high` (95 %, bootstrap of rows, which are persons); they are positive by construction
    and never a test. `p` (k,): permutation of the outcome. `r2` is what the drivers add to the controls, adjusted, with its interval;
    `top` how often the first is first. `order` says whether a ranking may be told."""

    share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    r2: float
    r2_low: float
    r2_high: float
    r2_controls: float
    top: float
    note: Note | None = None

    @property
    def order(self) -> bool:
        """Whether the drivers may be ranked: their R² surely above .02 and the first is first in nine of ten samples."""
        return self.note is None and self.r2_low > R2_NEEDED and self.top >= TOP_NEEDED


def ranked(blocks: list[np.ndarray], outcome: np.ndarray, controls: np.ndarray) -> Ranked:
    """Drivers in blocks, each of shape (n, kᵢ), in the order of time: those of a block are judged with the controls and all earlier blocks
    in the model, so that what an earlier one does by way of a later one counts as its own. One row a person; all draws from one seed.

    Drivers and outcome are freed of the controls once (Frisch & Waugh 1933; Lovell 1963); a bootstrap draw weighs the rows anew.
    """
    sizes = [block.shape[1] for block in blocks]
    n, width = len(outcome), sum(sizes) + controls.shape[1]
    if n <= width + 1 or not np.ptp(outcome):
        return _nothing(sum(sizes), Note.TOO_FEW_ROWS)
    columns = np.column_stack([*blocks, outcome])
    free = _freed(controls, columns)
    if (np.linalg.norm(free, axis=0) <= ROUNDING * np.linalg.norm(columns, axis=0)).any():
        return _nothing(sum(sizes), Note.COLLINEAR)  # a driver that is a constant, or a combination of the controls
    base = 1 - float(free[:, -1] @ free[:, -1]) / float(((outcome - outcome.mean()) ** 2).sum())
    share = _shares(free.T @ free, sizes)
    if share is None:
        return _nothing(sum(sizes), Note.COLLINEAR)
    rng = np.random.default_rng(SEED)
    products = free[:, :, None] * free[:, None, :]
    table, chance = [], []
    drivers = free[:, :-1]
    for _ in range(DRAWS):
        weight = np.bincount(rng.integers(0, n, n), minlength=n).astype(float)
        table.append(_shares(np.tensordot(weight, products, axes=1), sizes))
        mixed = np.column_stack([drivers, rng.permutation(free[:, -1])])
        chance.append(_shares(mixed.T @ mixed, sizes))
    drawn = (1 - base) * np.array([one for one in table if one is not None])
    null = (1 - base) * np.array([one for one in chance if one is not None])
    share = (1 - base) * share
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    p = (1 + (null >= share).sum(axis=0)) / (1 + len(null))
    r2 = _adjusted(float(share.sum()), base, n, width)
    sums = drawn.sum(axis=1)
    # a bootstrap sample explains itself better than the whole does: its interval is moved by what it does so on average
    r2_low, r2_high = np.quantile(sums, [0.025, 0.975]) - float(sums.mean()) + r2
    top = float((drawn.argmax(axis=1) == int(share.argmax())).mean())
    return Ranked(share, low, high, p, r2, float(r2_low), float(r2_high), base, top)


def _nothing(drivers: int, note: Note) -> Ranked:
    empty, none = np.full(drivers, np.nan), float("nan")
    return Ranked(empty, empty, empty, empty, none, none, none, none, none, note)


def _freed(controls: np.ndarray, of: np.ndarray) -> np.ndarray:
    """What of each column is no combination of the controls and an intercept."""
    full = np.column_stack([np.ones(len(of)), controls])
    made: np.ndarray = of - full @ np.linalg.lstsq(full, of, rcond=None)[0]
    return made


def _shares(products: np.ndarray, sizes: list[int]) -> np.ndarray | None:
    """Parts of R² from the cross products of drivers and outcome (last); None where a block cannot be divided."""
    spread = np.sqrt(np.diag(products))
    if not (spread > 0).all():
        return None
    correlation, parts, before = products / np.outer(spread, spread), [], 0
    if np.linalg.matrix_rank(correlation[:-1, :-1]) < len(correlation) - 1:
        return None
    for size in sizes:
        own = [*range(before, before + size), *range(before), len(correlation) - 1]
        parts.append(lmg_shares(correlation[np.ix_(own, own)], size, before))
        before += size
    return np.concatenate(parts)


def _adjusted(added: float, base: float, n: int, width: int) -> float:
    """What the drivers add to R², the whole adjusted for what chance explains, beside the controls adjusted for theirs."""
    whole = 1 - (1 - added - base) * (n - 1) / max(n - width - 1, 1)
    return whole - base
