"""Worth and channels: worked values."""

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.business import annuity, of_replicates, payback, union_of_fixes
from metrics.statistics.core import Estimate, Note
from metrics.statistics.groups.channels import Equality, equivalence, spread_between, standardise


def test_present_value_of_a_yearly_flow():
    """docs/STATISTICS.md E, NPV: −100,000; 3 × 45,000 at 10 %: 11,908.34; the outlay is just earned by 40,211.48 a year."""
    assert 45_000 * annuity(0.10, 3) - 100_000 == pytest.approx(11_908.34, abs=0.005)
    assert 100_000 / annuity(0.10, 3) == pytest.approx(40_211.48, abs=0.005)
    assert annuity(0, 4) == 4


def test_payback():
    assert payback(100_000, 40_000) == (2.5, None)
    assert payback(100_000, 0) == (None, Note.NEVER_PAYS)


def test_a_chain_of_uncertain_links():
    """Three lognormal links with P10 .5 and P90 2: the product has P10 .3010, P50 1, P90 3.322, mean 1.5509.

    The product of the three lows, .125, is far below its P10: low × low × low is no low.
    """
    link_sd = np.log(4) / (2 * stats.norm.ppf(0.9))
    found = of_replicates(np.exp(np.random.default_rng(19).normal(0, link_sd, (100_000, 3))).prod(axis=1))
    assert (found.p10, found.p50, found.p90, found.mean) == pytest.approx((0.3010, 1, 3.322, 1.5509), rel=0.02)
    assert of_replicates([]).note is Note.EMPTY


def test_fixes_overlap():
    """docs/STATISTICS.md C, business case (6): 1 − (1 − .3)(1 − .2) = .44."""
    assert union_of_fixes([0.3, 0.2]) == pytest.approx(0.44)


def channel_table(rates, rows, seed):
    """Rows and successes by channel, stratum and group."""
    rng = np.random.default_rng(seed)
    n = np.stack([[rng.multinomial(k, [1 / 40] * 40) for k in channel] for channel in rows]).astype(float)
    return n, rng.binomial(n.astype(int), np.asarray(rates)[..., None]).astype(float)


def test_channels_differ_only_by_the_difficulty_of_their_cases():
    """Trap in E13: app v web −7 raw, 0 standardised. Easy cases .86, hard .66, the app gets the hard ones."""
    n, y = channel_table([[0.86, 0.66]] * 2, [[6500, 3500], [3000, 7000]], seed=20)
    raw = y.sum(axis=(1, 2)) / n.sum(axis=(1, 2))
    gap = standardise(n, y).combine([1, -1])
    assert raw[0] - raw[1] == pytest.approx(0.07, abs=0.015)
    assert gap.value == pytest.approx(0, abs=3 * gap.se)
    assert equivalence(gap, 0.03).verdict is Equality.EQUIVALENT


def test_standardised_rates_by_hand():
    """Rates .8 .6 and .7 .5 on the mix 1:3: .65 and .55."""
    n = np.full((2, 2, 40), 5.0)
    y = n * np.array([[0.8, 0.6], [0.7, 0.5]])[..., None]
    assert standardise(n, y, mix=[1, 3]).value == pytest.approx([0.65, 0.55])


def test_strata_not_everyone_served_leave_the_mix():
    n = np.full((2, 2, 40), 5.0)
    y = n * 0.5
    n[1, 1] = y[1, 1] = 0
    assert standardise(n, y).value == pytest.approx([0.5, 0.5])
    n[0, 0] = y[0, 0] = 0
    assert standardise(n, y) is Note.NO_OVERLAP
    assert standardise(np.zeros((2, 2, 40)), np.zeros((2, 2, 40))) is Note.EMPTY


def test_equivalence_by_hand():
    """0 ± 1.645·.01 inside ± .02: p = P(z > 2) = .02275; .03 ± .0164 straddles it; .05 lies outside."""
    found = equivalence(Estimate(0.0, se=0.01), 0.02)
    assert found.verdict is Equality.EQUIVALENT
    assert found.p == pytest.approx(0.02275, abs=5e-6)
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.01645, 0.01645), abs=5e-6)
    assert equivalence(Estimate(0.03, se=0.01), 0.02).verdict is Equality.CANNOT_TELL
    assert equivalence(Estimate(0.05, se=0.01), 0.02).verdict is Equality.DIFFERENT
    assert equivalence(Estimate(None, note=Note.EMPTY), 0.02).interval.note is Note.EMPTY


def test_nothing_at_fifty_everything_at_scale():
    """docs/STATISTICS.md C, channels: the verdict follows the margin, not the number of answers."""
    few, many = (equivalence(Estimate(0.004, se=(2 * 0.24 / n) ** 0.5), 0.03).verdict for n in (50, 1_000_000))
    assert (few, many) == (Equality.CANNOT_TELL, Equality.EQUIVALENT)


def test_spread_between_channels():
    """Rates .7, .8, .9 with se .02: Q = 50, τ² = (50 − 2)/(3·2500 − 2500) = .0096."""
    found = spread_between([Estimate(rate, se=0.02) for rate in (0.7, 0.8, 0.9)])
    assert found.q == pytest.approx(50)
    assert found.tau.value == pytest.approx(0.0096**0.5)
    assert found.tau.low < found.tau.value < found.tau.high
