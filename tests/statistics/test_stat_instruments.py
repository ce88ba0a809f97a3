"""Imperfect instruments and experiments: worked values of docs/STATISTICS.md C and E."""

import pytest

from metrics.statistics.core import Estimate, Note
from metrics.statistics.groups.differences import newcombe
from metrics.statistics.groups.experiments import Harm, non_inferiority, sample_ratio
from metrics.statistics.levels.measurement import Classifier, rogan_gladen
from metrics.statistics.levels.shares import wilson


@pytest.mark.parametrize(("apparent", "true"), [(0.25, 0.30), (0.12, 0.04)])
def test_rogan_gladen(apparent, true):
    """docs/STATISTICS.md E and C (emotion shares): se .6, sp .9: .25 → .30; .12 → .04."""
    assert rogan_gladen(Estimate(apparent), Classifier(0.6, 0.9)).value == pytest.approx(true)


def test_the_classifiers_own_error_is_added():
    """.25 of 1000, se .6 of 100, sp .9 of 400, delta method by hand."""
    apparent = wilson(250, 1000)
    known, validated = (rogan_gladen(apparent, Classifier(0.6, 0.9, *counts)) for counts in ((), (100, 400)))
    assert known.se == pytest.approx((0.25 * 0.75 / 1000) ** 0.5 / 0.5)
    extra = 0.3**2 * 0.24 / 100 + 0.7**2 * 0.09 / 400
    assert validated.se == pytest.approx((0.25 * 0.75 / 1000 + extra) ** 0.5 / 0.5)
    assert validated.low < known.low < known.value < known.high < validated.high


def test_a_useless_classifier_and_a_share_below_its_false_alarms():
    assert rogan_gladen(wilson(25, 100), Classifier(0.4, 0.6)).note is Note.UNINFORMATIVE
    floor = rogan_gladen(wilson(5, 100), Classifier(0.6, 0.9))
    assert (floor.value, floor.low, floor.note) == (0, 0, Note.BOUNDARY)
    assert floor.high > 0
    assert rogan_gladen(wilson(0, 0), Classifier(0.6, 0.9)).note is Note.EMPTY


def test_sample_ratio_of_cookie_cats():
    """docs/STATISTICS.md E, SRM: 44,700 v 45,489: χ² 6.9024, p .008608: warns only."""
    found = sample_ratio([44_700, 45_489])
    assert found.test.statistic == pytest.approx(6.9024, abs=5e-5)
    assert found.test.p == pytest.approx(0.008608, abs=5e-7)
    assert found.state == "warn"


def test_sample_ratio_states():
    assert sample_ratio([500, 510]).state == "ok"
    assert sample_ratio([500, 700]).state == "withhold"
    assert sample_ratio([900, 100], planned=[9, 1]).test.statistic == 0
    assert sample_ratio([0, 0]).state == "unknown"


def test_different_response_is_a_mismatch_of_answers():
    """Trap T19: response 10 v 8 % of 5,000 exposed persons in each arm."""
    assert sample_ratio([500, 400], planned=[5000, 5000]).state == "withhold"


def test_no_significant_harm_is_not_no_harm():
    """docs/STATISTICS.md C, experiments: .79/640 v .80/655: −5.4…+3.4 points against −3: harm not excluded."""
    gap = newcombe(wilson(0.79 * 640, 640), wilson(0.80 * 655, 655)).estimate
    assert (100 * gap.low, 100 * gap.high) == pytest.approx((-5.4, 3.4), abs=0.05)
    assert non_inferiority(gap, 0.03) is Harm.NOT_EXCLUDED
    assert non_inferiority(gap, 0.06) is Harm.NO_HARM
    assert non_inferiority(Estimate(-0.1, -0.12, -0.08), 0.03) is Harm.HARM
    assert non_inferiority(Estimate(0.1, 0.08, 0.12), 0.03, higher_is_better=False) is Harm.HARM
    assert non_inferiority(Estimate(-0.1), 0.03) is Harm.UNKNOWN
