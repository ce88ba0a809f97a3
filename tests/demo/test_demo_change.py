"""E4 by its staged roll-out at its size, N1 and N2 with no effect shown, T17 never tried, T1 as a change of mix."""

import pytest

from metrics.analyses.change.find import change
from tests.demo.demo_asked import span

WIDE = 0.9975  # one company with twenty effects: at 95 % one of them would be missed


@pytest.fixture(scope="module")
def made(store):
    return change(span(66, 78, "completion_rate", "csat_t2b_5", compare="previous", level=WIDE), store)


def of(made, name: str):
    return next(one for one in made.initiatives if one.name == name)


def test_e4_the_new_search_beside_regions_without_it(made, company):
    one = of(made, "New search")
    assert one.control == "staged" and "Austria" in {part for part, day in one.parts if day is None}
    assert one.effect.low <= company.size("E4") <= one.effect.high
    assert one.effect.high < 0 and one.shown


def test_n1_and_n2_show_no_effect(made):
    """N2 began at a chance low: the rise after it is no effect beside all the weeks before."""
    for name in ("New product page", "New onboarding"):
        one = of(made, name)
        assert one.control == "forecast" and not one.shown
        assert one.effect.low <= 0 <= one.effect.high


def test_t17_no_later_stage_is_a_control(made):
    assert {one.control for one in made.initiatives} <= {"staged", "forecast"}


def test_t1_the_fall_of_evaluate_is_another_mix(made):
    """Each device rose, and more people came by phone: within the parts no fall, by the mix a sure one."""
    one = next(
        mix for mix in made.mixes if (mix.metric, mix.stage, mix.by) == ("completion_rate", "Evaluate", "device")
    )
    assert one.mix.high < 0 and one.rate.value > 0 and one.grown == "mobile"


def test_research_notes_stand_beside_the_numbers(made):
    assert len(made.research) == 6 and {note.participants for note in made.research} == {6, 8, 9, 10, 12, 20}
