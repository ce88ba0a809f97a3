"""Stage scores on the company's own scale, and when UX and CX surely disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.statistics.core import Estimate, Note, critical, missing, upper_tail, value_and_se
from metrics.statistics.jackknife import Jackknife

LINE = 50.0


def side_score(
    metrics: Jackknife, lines: Sequence[float], targets: Sequence[float], weights: Sequence[float], level: float = 0.95
) -> Estimate:
    """Weighted mean of the positions of k metrics measured on the same persons, with their covariances.

    The position of x is 50 + 50·(x − line)/(target − line): 50 at the company's line, 100 at its target, never clipped. Where lower is
    better the target lies below the line.

    `metrics` holds the k values in the order of `lines`, `targets` and `weights` (non-negative, not all 0; a weight of
    0 leaves a metric out).
    """
    if any(line == target for line, target in zip(lines, targets, strict=True)):
        return missing(Note.LINE_IS_TARGET, n=None)
    if sum(weights) <= 0:
        return missing(Note.EMPTY, n=None)
    shares = [weight / sum(weights) for weight in weights]
    slopes = [50 * share / (target - line) for share, line, target in zip(shares, lines, targets, strict=True)]
    constant = LINE - sum(slope * line for slope, line in zip(slopes, lines, strict=True))
    return metrics.combine(slopes, constant, level)


@dataclass(frozen=True, slots=True)
class Verdict:
    """state: works_but_disappoints, hard_but_loved, agree or cannot_tell.

    `p` is that of the disagreement the values point to (None: they point to none, or nothing is known). The limits are
    one-sided, each at the level asked for.
    """

    state: str
    p: float | None
    ux_low: float | None
    ux_high: float | None
    cx_low: float | None
    cx_high: float | None


def verdict(ux: Estimate, cx: Estimate, level: float = 0.95) -> Verdict:
    """Intersection–union test of two positions against the line (Berger, Technometrics 1982).

    Works but disappoints iff the one-sided lower limit of UX > 50 and the upper limit of CX < 50; hard but loved the
    other way round; agree iff both are surely on the same side. p is the larger of the two one-sided p-values.
    """
    if ux.value is None or cx.value is None or not ux.se or not cx.se:
        return Verdict("cannot_tell", None, None, None, None, None)
    (ux_low, ux_high), (cx_low, cx_high) = one_sided(ux, level), one_sided(cx, level)
    ux_side, cx_side = _side(ux_low, ux_high), _side(cx_low, cx_high)
    names = {(1, -1): "works_but_disappoints", (-1, 1): "hard_but_loved", (1, 1): "agree", (-1, -1): "agree"}
    apart = (ux.value - LINE) * (cx.value - LINE) < 0
    p = max(_tail(ux), _tail(cx)) if apart else None
    return Verdict(names.get((ux_side, cx_side), "cannot_tell"), p, ux_low, ux_high, cx_low, cx_high)


def one_sided(estimate: Estimate, level: float = 0.95) -> tuple[float, float]:
    """Lower and upper limit, each at confidence `level` on its own side."""
    value, se = value_and_se(estimate)
    half = critical(2 * level - 1, estimate.df) * se
    return value - half, value + half


def _side(low: float, high: float) -> int:
    return 1 if low > LINE else -1 if high < LINE else 0


def _tail(estimate: Estimate) -> float:
    value, se = value_and_se(estimate)
    return upper_tail(abs(value - LINE) / se, estimate.df)
