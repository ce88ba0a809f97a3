"""E10 and E11 at their planted size, T19's broken split withheld and its unequal answers told as nothing."""

import pytest

from metrics.analyses.experiments.find import experiments
from metrics.analyses.experiments.model import Standing, Verdict
from metrics.query.query import Query

WIDE = 0.9975  # one company with twenty effects: at 95 % one of them would be missed


@pytest.fixture(scope="module")
def found(store):
    return {one.name: one for one in experiments(Query((), level=WIDE), store).experiments}


def of(one, metric: str, stage: str = ""):
    (outcome,) = [each for each in one.outcomes if (each.metric, each.stage) == (metric, stage)]
    return outcome


def holds(outcome, size: float) -> bool:
    return outcome.difference.low <= size <= outcome.difference.high


def test_e10_wins_the_click_and_loses_the_customer(found, company):
    one = found["one-page-checkout"]
    assert one.verdict is Verdict.WINS_CLICK_LOSES_CUSTOMER and one.ratio == "ok"
    assert holds(of(one, "conversion"), company.size("E10"))
    for metric, stage, name in (("contact_rate", "", "contacts"), ("csat_t2b_5", "Buy", "csat")):
        outcome = of(one, metric, stage)
        assert outcome.standing is Standing.WORSE
        assert holds(outcome, company.value("E10", name) - company.value("E10", f"{name} without"))


def test_e11_pleases_the_customer_and_sells_nothing_more(found, company):
    one = found["delivery-date-in-cart"]
    assert one.verdict is Verdict.WINS_CUSTOMER
    assert of(one, "csat_t2b_5", "Buy").standing is Standing.BETTER
    assert holds(of(one, "csat_t2b_5", "Buy"), company.size("E11")) and holds(of(one, "conversion"), 0.0)


def test_t19_lost_exposures_are_withheld_and_unequal_answers_tell_nothing(found):
    assert found["filter-panel"].verdict is Verdict.WITHHELD and found["filter-panel"].outcomes == ()
    assert found["review-photos"].verdict is Verdict.NOT_TOLD
