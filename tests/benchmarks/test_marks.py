"""What chance alone allows a method that is as good as it says."""

import pytest
from scipy import stats

from benchmarks.marks import acceptance, false_finding_limit


@pytest.mark.parametrize(
    ("runs", "low", "high", "false"),
    [(200, 0.905, 0.985, 0.090), (1000, 0.931, 0.967, 0.067), (2000, 0.937, 0.962, 0.0615)],
)
def test_acceptance(runs, low, high, false):
    """Coverage .95 two-sided, false findings .05 one-sided, both at 99 %."""
    assert acceptance(runs) == pytest.approx((low, high), abs=6e-4)
    assert false_finding_limit(runs) == pytest.approx(false)


def test_acceptance_holds_a_perfect_method():
    low, high = acceptance(200)
    inside = stats.binom.cdf(round(200 * high), 200, 0.95) - stats.binom.cdf(round(200 * low) - 1, 200, 0.95)
    assert inside >= 0.99
