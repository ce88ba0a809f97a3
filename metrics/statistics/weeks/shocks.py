"""What the weeks before say of a change: the shock common to a week, how weeks hang together, and the season of the year.

Weekly values are level + old steps + season + shock + sampling noise. The shock is AR(1) with variance τ² and autocorrelation
ρ; the season is two harmonics of a year whose size is drawn around 0. None of the three is known: all are held open on a
grid, weighted by the restricted likelihood of the weeks and by what the other metrics of the family teach (empirical Bayes),
and a change is judged on the average. Patterson & Thompson, Biometrika 1971 (restricted likelihood); Robinson, Statistical
Science 1991 (prediction of random effects); Carlin & Louis, Bayes and Empirical Bayes Methods 2000.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from metrics.statistics.weeks.season import HARMONICS, year_columns

RHO = np.array([0.0, 0.2, 0.4, 0.6, 0.75, 0.9])  # more cannot be told from a trend in so few weeks
SIZES = np.geomspace(0.03, 2.5, 18)  # τ² in units of the weeks' own variance
SEASONS = np.array(
    [0.0, 0.01, 0.04, 0.16]
)  # SD of a harmonic in units of one row's SD: .2, .8 and 3 of 100 at .3 or .7
USUAL_RHO = np.exp(-0.5 * ((RHO - 0.5) / 0.3) ** 2)
USUAL_RHO = USUAL_RHO / USUAL_RHO.sum()
USUAL_SEASON = np.array([0.4, 0.2, 0.2, 0.2])
KNOWN_BEFORE = 6.0  # what is usual counts as so many metrics
ROUNDS = 20
FEW_WEEKS = 26


@dataclass(frozen=True, eq=False)
class Case:
    """One difference of two periods and the weeks before the first of them.

    `value` and `noise` (sampling variance) have shape (T,), the weeks before the period, NaN where unknown. `weight`, shape
    (T + W,), says how the difference is made of weeks: the period's sum to 1, the other's to −1. `row` is the SD of one row,
    `diff` the difference with its `sampling` variance, `stretch` how much larger a shock is in the difference than in a week.
    `steps` are positions of old steps, whose levels are left open. Cases of one `alike` have shocks of similar size; `say` is
    how much the case counts when they learn from each other.
    """

    alike: str
    value: np.ndarray
    noise: np.ndarray
    row: float
    weight: np.ndarray
    diff: float
    sampling: float
    stretch: float = 1.0
    steps: tuple[int, ...] = ()
    say: float = 1.0


@dataclass(frozen=True, eq=False)
class Spread:
    """What the difference would be had nothing happened: normals with `centre` and `sd`, weighted by `share`.

    Shape (cases, cells of the grid) each. The centre is the season's part of the difference.
    """

    centre: np.ndarray
    sd: np.ndarray
    share: np.ndarray


def spreads(cases: Sequence[Case], week: np.ndarray) -> Spread:
    """The spread of each case's difference under no change, learnt from all of them together.

    `week` numbers the T + W weeks.
    """
    cells = RHO.size * SIZES.size * SEASONS.size
    centre, variance, fit = (np.zeros((len(cases), cells)) for _ in range(3))
    size = np.zeros((len(cases), SIZES.size))
    alike: dict[tuple[Any, ...], list[int]] = {}
    for place, case in enumerate(cases):
        alike.setdefault((np.isnan(case.value + case.noise).tobytes(), case.steps), []).append(place)
    for places in alike.values():
        group = [cases[place] for place in places]
        centre[places], variance[places], fit[places], size[places] = _grid(group, week)
    share = _weighted(fit, size, cases)
    return Spread(centre, np.sqrt(np.maximum(variance, 1e-300)), share)


def _grid(cases: list[Case], week: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Centre, variance and log likelihood of each case at each cell of the grid, and log(τ²/row²) of the sizes."""
    known = ~np.isnan(cases[0].value + cases[0].noise)
    before = known.size
    year = year_columns(week)
    fixed = np.column_stack([np.ones(before), *((np.arange(before) >= step).astype(float) for step in cases[0].steps)])
    x = np.hstack([fixed, year[:before]])[known]
    value = np.array([case.value[known] for case in cases])
    value = value - value.mean(axis=1, keepdims=True)
    noise = np.array([case.noise[known].mean() for case in cases])
    weight = np.array([case.weight for case in cases])
    contrast = weight @ year
    many = value.shape[1]
    own = np.maximum(_left(x if many >= 2 * x.shape[1] else x[:, :1], value), 0.05 * noise + 1e-18)
    own = own * max(FEW_WEEKS / many, 1.0)  # of so few the true variance can be several times what they show
    tau2 = own[:, None] * SIZES  # (cases, sizes)
    row2 = np.array([max(case.row, 1e-12) ** 2 for case in cases])
    lag = np.abs(np.subtract.outer(np.arange(week.size), np.arange(week.size)))
    found = []
    for rho in RHO:
        together = rho**lag if rho else (lag == 0).astype(float)
        root, turn = np.linalg.eigh(together[:before][:, :before][np.ix_(known, known)])
        shared = weight @ together[:, :before][:, known]  # of the difference's shock with each week, in τ²
        rows = np.stack([value, shared, weight[:, :before][:, known]], axis=1) @ turn  # (cases, 3, weeks)
        columns = np.broadcast_to(turn.T @ x, (len(cases), root.size, x.shape[1])).transpose(0, 2, 1)
        scale = 1 / (tau2[:, :, None] * np.maximum(root, 0.0) + noise[:, None, None])  # (cases, sizes, weeks)
        both = np.concatenate([columns, rows], axis=1)  # (cases, p + 3, weeks)
        pairs = (both[:, :, None] * both[:, None]).reshape(len(cases), -1, root.size)
        sums = (scale @ pairs.transpose(0, 2, 1)).reshape(len(cases), SIZES.size, both.shape[1], both.shape[1])
        logdet = -np.log(scale).sum(axis=2)
        own_shock = tau2 * np.einsum("ci,ij,cj->c", weight, together, weight)[:, None]
        found.append(_seasons(sums, logdet, tau2, noise, row2, contrast, own_shock, fixed.shape[1]))
    centre, variance, fit = (
        np.stack([part[place] for part in found], axis=1).reshape(len(cases), -1) for place in range(3)
    )
    stretch = np.array([case.stretch for case in cases])[:, None]
    sampling = np.array([case.sampling for case in cases])[:, None]
    return centre * stretch, sampling + variance * stretch**2, fit, np.log(tau2 / row2[:, None])


def _left(x: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Variance of what level, steps and season leave of the weeks."""
    fitted = x @ np.linalg.lstsq(x, value.T, rcond=None)[0]
    left: np.ndarray = ((value.T - fitted) ** 2).sum(axis=0) / max(value.shape[1] - x.shape[1], 1)
    return left


def _seasons(
    sums: np.ndarray,
    logdet: np.ndarray,
    tau2: np.ndarray,
    noise: np.ndarray,
    row2: np.ndarray,
    contrast: np.ndarray,
    shock: np.ndarray,
    fixed: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Centre, variance and log likelihood, shape (cases, sizes, seasons), by sweeping level, steps and season out of the sums.

    Of the table's last rows the first is the weeks themselves, the second and third make up how the difference hangs together
    with each week, τ²·shared + noise·weight; a row of the season's contrast is added, whose Schur complement is the prediction.
    """
    many, p = sums.shape[0], sums.shape[2] - 3
    table = np.zeros((*sums.shape[:2], p + 3, p + 3))  # columns, weeks, covariance, contrast
    mix = np.zeros((*sums.shape[:2], 2, 3))  # of the three rows: the weeks; the covariance
    mix[..., 0, 0], mix[..., 1, 1], mix[..., 1, 2] = 1, tau2, noise[:, None]
    table[..., :p, :p] = sums[..., :p, :p]
    table[..., p : p + 2, :p] = mix @ sums[..., p:, :p]
    table[..., :p, p : p + 2] = table[..., p : p + 2, :p].swapaxes(-1, -2)
    table[..., p : p + 2, p : p + 2] = mix @ sums[..., p:, p:] @ mix.swapaxes(-1, -2)
    table[..., p + 2, fixed:p] = table[..., fixed:p, p + 2] = contrast[:, None]
    logdet = logdet + _sweep(table, range(fixed))
    results = []
    for size in SEASONS:
        spread = row2[:, None, None] * (size * HARMONICS) ** 2  # (cases, 1, harmonics)
        if not size:
            zero = np.zeros_like(shock)
            results.append((zero, shock, -0.5 * (logdet + table[..., p, p])))
            continue
        own = table[:, :, fixed:, fixed:].copy()
        place = np.arange(HARMONICS.size)
        own[..., place, place] += 1 / spread
        det = _sweep(own, range(HARMONICS.size)) + np.log(spread).sum(axis=2)
        y, q, c = (HARMONICS.size + at for at in range(3))
        results.append(
            (-own[..., c, y], shock - own[..., c, c] + 2 * own[..., c, q], -0.5 * (logdet + det + own[..., y, y]))
        )
    shift, spread, say = (np.stack([result[at].reshape(many, -1) for result in results], axis=2) for at in range(3))
    return shift, spread, say


def _sweep(table: np.ndarray, pivots: range) -> np.ndarray:
    """Schur complements in place, one pivot after the other; the log determinant of the pivots' block."""
    det = np.zeros(table.shape[:2])
    for at in pivots:
        pivot = table[..., at, at].copy()
        det += np.log(np.maximum(pivot, 1e-300))
        row = table[..., at, :].copy()
        table -= row[..., :, None] * (row / pivot[..., None])[..., None, :]
    return det


def _weighted(fit: np.ndarray, size: np.ndarray, cases: Sequence[Case]) -> np.ndarray:
    """The cells' weights: likelihood × what is believed of ρ, season and size, which all cases together teach."""
    shape = (len(cases), RHO.size, SIZES.size, SEASONS.size)
    fit, say = fit.reshape(shape), np.array([case.say for case in cases])
    kinds = {
        kind: [i for i, case in enumerate(cases) if case.alike == kind]
        for kind in dict.fromkeys(case.alike for case in cases)
    }
    rho, season, believed = USUAL_RHO, USUAL_SEASON, np.zeros_like(size)
    share = fit
    for _ in range(ROUNDS):
        share = fit + np.log(rho)[:, None, None] + np.log(season) + believed[:, None, :, None]
        share = np.exp(share - share.max(axis=(1, 2, 3), keepdims=True))
        share /= share.sum(axis=(1, 2, 3), keepdims=True)
        rho = _learnt(USUAL_RHO, share.sum(axis=(2, 3)), say)
        season = _learnt(USUAL_SEASON, share.sum(axis=(1, 2)), say)
        believed = _sizes(size, share.sum(axis=(1, 3)), say, kinds)
    return share.reshape(len(cases), -1)


def _learnt(usual: np.ndarray, share: np.ndarray, say: np.ndarray) -> np.ndarray:
    found: np.ndarray = KNOWN_BEFORE * usual + say @ share
    found /= found.sum()
    return found


def _sizes(size: np.ndarray, share: np.ndarray, say: np.ndarray, kinds: dict[str, list[int]]) -> np.ndarray:
    """Log density of log τ² around that of its like: normal, its centre pulled to all metrics', its width from
    how far they lie apart, ½ where nobody knows."""
    mean = (share * size).sum(axis=1)
    everywhere = float(say @ mean / say.sum())
    found = np.zeros_like(size)
    for places in kinds.values():
        weight = say[places]
        centre = (everywhere + weight @ mean[places]) / (1 + weight.sum())
        wide = (0.5 + weight @ (share[places] * (size[places] - centre) ** 2).sum(axis=1)) / (1 + weight.sum())
        found[places] = -0.5 * (size[places] - centre) ** 2 / wide
    return found
