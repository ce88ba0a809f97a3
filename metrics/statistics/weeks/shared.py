"""How much a weekly share moves beyond its sampling: what all people of a week have in common, by moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WEEKS_NEEDED = 26
MOST_CARRIED = 0.8  # correlation of one week with the next that is taken at most


@dataclass(frozen=True)
class Shared:
    """`variance` of one week's true value around the long-run one, `carried`: the correlation of one week with the next; `weeks` known."""

    variance: float
    carried: float
    weeks: int

    def of_difference(self, weeks: float) -> float:
        """Variance it adds to the difference of two stretches of so many weeks each: 2τ²/k, more where weeks carry over."""
        return 2 * self.variance / max(weeks, 1.0) * (1 + self.carried) / (1 - self.carried)


def shared_by_weeks(total: np.ndarray, rows: np.ndarray, row_variance: float) -> Shared | None:
    """From sums and rows by week, shape (w,), in order: τ² = (Σ n(x − x̄)² − (w − 1)σ²)/(N − Σn²/N), never below 0 (DerSimonian & Laird's
    moments; σ² is the variance of one row). None with fewer than WEEKS_NEEDED weeks with rows."""
    used = rows > 0
    n, weeks = rows[used].astype(float), int(used.sum())
    if weeks < WEEKS_NEEDED:
        return None
    x = total[used] / n
    centre = float(total[used].sum() / n.sum())
    spread = float((n * (x - centre) ** 2).sum()) - (weeks - 1) * row_variance
    variance = max(spread / (n.sum() - float((n**2).sum()) / n.sum()), 0.0)
    away = np.where(used, np.divide(total, rows, out=np.zeros(len(rows)), where=used) - centre, 0.0)
    both = used[1:] & used[:-1]
    # of the weeks' own movement, not of the sampling: covariance of neighbours over the shared variance
    carried = float((away[1:] * away[:-1])[both].mean() / variance) if variance > 0 and both.any() else 0.0
    return Shared(variance, float(np.clip(carried, 0.0, MOST_CARRIED)), weeks)
