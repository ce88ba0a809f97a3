"""Worth, channels and questionnaire scores: worked values."""

import numpy as np
import pytest

from metrics.statistics.business import (
    Link,
    annuity,
    break_even,
    chain,
    chain_quantile,
    margin_lost,
    npv,
    of_replicates,
    payback,
    union_of_fixes,
)
from metrics.statistics.core import Estimate, Note
from metrics.statistics.groups.channels import Equality, equivalence, spread_between, standardise
from metrics.statistics.levels.scores import ces_mean, ces_top_box, csat_top_box, scale_mean, sus, umux_lite

THREE = [Link(0.5, 2.0)] * 3


def test_npv_and_break_even():
    """docs/STATISTICS.md E, NPV: −100,000; 3 × 45,000 at 10 %: 11,908.34; break-even 40,211.48 a year."""
    assert npv(0.10, [-100_000, 45_000, 45_000, 45_000]) == pytest.approx(11_908.34, abs=0.005)
    assert break_even(100_000, 0.10, 3) == pytest.approx(40_211.48, abs=0.005)
    assert npv(0.10, [-100_000] + [break_even(100_000, 0.10, 3)] * 3) == pytest.approx(0, abs=1e-6)
    assert break_even(100_000, 0.10, 0) is None
    assert annuity(0, 4) == 4


def test_payback():
    assert payback(100_000, 40_000) == (2.5, None)
    assert payback(100_000, 0) == (None, Note.NEVER_PAYS)


def test_chain_of_lognormals():
    """docs/STATISTICS.md E, chain: three with P90/P10 = 4, median 1: P10 .3010, P90/P10 11.036, mean 1.5509."""
    found = chain(THREE)
    assert found.p10 == pytest.approx(0.3010, abs=5e-5)
    assert found.p90 / found.p10 == pytest.approx(11.036, abs=5e-4)
    assert found.mean == pytest.approx(1.5509, abs=5e-5)
    assert found.p50 == pytest.approx(1)


def test_low_times_low_times_low_is_no_low():
    """docs/STATISTICS.md C, business case (2): .125 is the 1.3 % quantile; hi/lo 64 against 11."""
    assert chain_quantile(THREE, 0.5**3) == pytest.approx(0.013, abs=5e-4)
    assert (2.0 / 0.5) ** 3 == 64 > 5 * chain(THREE).p90 / chain(THREE).p10


def test_replicates_agree_with_the_closed_form():
    drawn = np.exp(np.random.default_rng(19).normal(0, THREE[0].log_sd, (100_000, 3))).prod(axis=1)
    found, exact = of_replicates(drawn), chain(THREE)
    assert (found.p10, found.p50, found.p90, found.mean) == pytest.approx(
        (exact.p10, exact.p50, exact.p90, exact.mean), rel=0.02
    )
    assert of_replicates([]).note is Note.EMPTY


def test_fixes_overlap():
    """docs/STATISTICS.md C, business case (6): 1 − (1 − .3)(1 − .2) = .44."""
    assert union_of_fixes([0.3, 0.2]) == pytest.approx(0.44)


def test_margin_lost():
    assert margin_lost([100, 50], [0.3, 0.1], [0.2, 0.1]) == pytest.approx(10)


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


def test_csat():
    """metrics.md, csat_t2b_5: counts 9, 4, 3, 2, 1 for 5…1: mean 3.95, top-2 68.4 %."""
    counts = [1, 2, 3, 4, 9]
    assert scale_mean(counts) == pytest.approx(3.95, abs=5e-3)
    assert csat_top_box(counts) == pytest.approx(0.684, abs=5e-4)
    assert csat_top_box([0] * 5) is None
    assert scale_mean([0] * 5) is None


def test_ces():
    """1…7 answered 1 0 1 2 3 2 1: mean 47/10, top-3 6/10; a five-point scale is another instrument."""
    assert ces_mean([1, 0, 1, 2, 3, 2, 1]) == pytest.approx(4.6)
    assert ces_top_box([1, 0, 1, 2, 3, 2, 1]) == pytest.approx(0.6)
    assert ces_mean([1, 2, 3, 4, 5]) is None
    assert ces_top_box([1, 2, 3, 4, 5]) is None


@pytest.mark.parametrize(
    ("items", "score"), [([5, 1] * 5, 100), ([1, 5] * 5, 0), ([3] * 10, 50), ([4, 2, 4, 2, 4, 2, 4, 2, 4, 2], 75)]
)
def test_sus(items, score):
    """metrics.md, sus: odd x − 1, even 5 − x, × 2.5."""
    assert sus(items) == score


def test_questionnaires_refuse_what_is_missing_or_off_the_scale():
    assert sus([3] * 9) is None
    assert sus([3] * 9 + [None]) is None
    assert sus([3] * 9 + [6]) is None
    assert umux_lite(8, 4) is None
    assert umux_lite(None, 4) is None


def test_umux_lite():
    """metrics.md: (useful + ease − 2)·100/12."""
    assert [umux_lite(7, 7), umux_lite(1, 1), umux_lite(4, 4), umux_lite(6, 5)] == [100, 0, 50, 75]
