"""What goes with unhappiness in the default company: what was planted stands first and at its size, the rest is silent."""

from functools import cache

import pytest

from data.store.generations import Generation
from metrics.analyses.causes.find import causes
from metrics.analyses.causes.model import Cause, Kind, StageCauses
from metrics.query.query import Query

WIDE = 0.9975  # one company with twenty effects: at 95 % one of them would be missed
MADE = "Delivered by the day we said"


@cache
def of(store: Generation, stage: str) -> StageCauses:
    return causes(Query((), stages=(stage,), level=WIDE), store)


def holds(one: Cause, size: float) -> bool:
    return one.difference.low <= size <= one.difference.high


def test_buy_disappoints_by_its_price(store, company):
    """E1: the promise of the price first; E13: the telephone at its planted size; E10: the one-page arm, whose buyers are others than those
    of the control arm, so that it is no experiment here."""
    made = of(store, "Buy")
    first = made.causes[0]
    assert (first.kind, first.name) == (Kind.PROMISE_SAID, "The price you see is the price you pay")
    assert first.difference.low > 0.1
    others = {(one.kind, one.name): one for one in made.causes[1:]}
    assert set(others) <= {(Kind.CHANNEL, "phone"), (Kind.ARM, "one-page-checkout")}
    assert holds(others[Kind.CHANNEL, "phone"], -company.size("E13"))
    if arm := others.get((Kind.ARM, "one-page-checkout")):
        assert arm.part == "treatment" and holds(
            arm, company.value("E10", "csat without") - company.value("E10", "csat")
        )


def test_late_parcels_go_with_unhappiness_as_they_were_planted(store, company):
    """E5: the measured delay, at its size; that people say so as well adds nothing to it."""
    made, late = of(store, "Engage"), "csat of late orders"
    first = made.causes[0]
    assert (first.kind, first.name) == (Kind.PROMISE, MADE)
    assert holds(first, company.value("E5", f"{late} without") - company.value("E5", late))
    assert (Kind.PROMISE_SAID, MADE) in {(one.kind, one.name) for one in made.echoes}


@pytest.mark.parametrize("stage", ["Find", "Evaluate", "Decide"])
def test_where_nothing_was_planted_nothing_is_told(store, stage):
    """N1, N3, N4: a release, loading times, weekends; E2: the configurator is hard, and nobody is unhappy for it."""
    assert of(store, stage).causes == ()
