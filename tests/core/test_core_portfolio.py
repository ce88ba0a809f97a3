"""Causes and frictions in the order of what each adds: no euro and nobody counted twice."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from metrics.analyses.case.case import Grade, Removes
from metrics.analyses.case.routes import Gain
from metrics.analyses.causes.model import Cause, Kind, Overlap, StageCauses
from metrics.analyses.causes.model import Grade as Evidence
from metrics.analyses.portfolio.lines import Line, removable
from metrics.analyses.portfolio.model import Ground
from metrics.analyses.portfolio.of_causes import beside_causes
from metrics.analyses.portfolio.overlaps import overlaps
from metrics.analyses.portfolio.rank import in_order, portfolio
from metrics.codes import ReasonCode
from metrics.query.query import Query
from metrics.statistics.core import Estimate
from metrics.statistics.groups import replicates
from tests.core.test_core_case import tables
from tests.core.test_core_exposure import TARGETS
from tests.core.test_core_golden import JOURNEY

BUY = (Removes.UNHAPPY, "Buy")


def line(stage: str, money: float, share: float, removes: Removes = Removes.UNHAPPY, gain: Gain = Gain.MARGIN) -> Line:
    """A line without uncertainty."""
    whole = np.ones(replicates.DRAWS)
    return Line(stage, removes, Ground.CAUSE, gain, Grade.CORRELATIONAL, money * whole, 10 * whole, share * whole)


def added(lines: list[Line], shared: dict) -> list[tuple[str, float]]:
    return [(one.stage, round(one.more.p50 or 0.0, 2)) for one in in_order(lines, shared)[0]]


def test_two_fixes_of_one_stage_remove_less_than_their_sum():
    """30 % and 20 % of the same people: 44 % together, whichever comes first. Of 100 each percent is worth 1."""
    ranked, margin, _ = in_order([line("Buy", 20, 0.2), line("Buy", 30, 0.3)], {})
    assert [round(one.more.p50, 2) for one in ranked] == [30, 14]
    assert margin[0] == pytest.approx(44)
    assert ranked[1].kept == pytest.approx(0.7)


def test_people_of_two_stages_are_counted_once_as_far_as_they_are_the_same():
    """Half of those unhappy about Use were unhappy about Buy: of Use's money 1 − .3 × ½ is left; of Find's, which shares nobody, all."""
    use = (Removes.UNHAPPY, "Use")
    found = added([line("Buy", 30, 0.3), line("Use", 20, 0.2), line("Find", 10, 0.5)], {(use, BUY): 0.5})
    assert found == [("Buy", 30), ("Use", 17), ("Find", 10)]


def test_margin_and_the_cost_of_requests_are_different_euros():
    lines = [line("Buy", 30, 1.0), line("Buy", 20, 1.0, Removes.FRICTION, Gain.COST)]
    ranked, margin, capacity = in_order(lines, {})
    assert [one.more.p50 for one in ranked] == [30, 20] and (margin[0], capacity[0]) == (30, 20)


def test_the_order_is_by_what_a_line_adds_at_the_low_end():
    """A wide range with the larger middle comes after a sure one."""
    wide = replace(line("Find", 1, 0.1), money=np.linspace(0, 200, replicates.DRAWS))
    assert [one.stage for one in in_order([wide, line("Buy", 60, 0.1)], {})[0]] == ["Buy", "Find"]


def cause(grade: Evidence, beside: Estimate | None = None) -> Cause:
    """Half of the unhappy met it; of those who met it 60 % are unhappy, 30 points more than comparable people."""
    return Cause(Kind.FRICTION, "error", "", grade, 100, 100, 1.0, 0.6, 0.3, Estimate(0.3, 0.2, 0.4), 0.5, 100, (), 1.0, 0.01, 20.0, beside)  # fmt: skip


def test_a_cause_removes_what_is_beyond_comparable_people_as_far_as_it_is_effect():
    """½ × .3/.6 = ¼ of the unhappy by an experiment; matched evidence takes 40 to 100 % of that, correlational 0 to 50 %; held beside
    other causes the smaller difference counts."""
    means = {grade: float(removable(cause(grade), 0, 120).mean()) for grade in Evidence}
    assert means[Evidence.EXPERIMENT] == pytest.approx(0.25, abs=0.005)
    assert means[Evidence.MATCHED] == pytest.approx(0.7 * 0.25, abs=0.005)
    assert means[Evidence.CORRELATIONAL] == means[Evidence.SAID] == pytest.approx(0.25 * 0.25, abs=0.005)
    less = removable(cause(Evidence.EXPERIMENT, Estimate(0.15, 0.05, 0.25)), 0, 120)
    assert float(less.mean()) == pytest.approx(0.125, abs=0.005)


def test_who_wrote_and_who_was_in_an_arm_stand_for_nobody_else():
    """60 of 100 who wrote of it are unhappy, all the unhappy who wrote: of 300 unhappy people a fifth. An error known of some stands for all."""
    wrote = replace(cause(Evidence.SAID), kind=Kind.TOPIC, covers=1.0)
    assert float(removable(wrote, 0, 300).mean()) == pytest.approx(0.2 * 0.5 * 0.25, abs=0.005)
    error = replace(wrote, kind=Kind.FRICTION)
    assert float(removable(error, 0, 300).mean()) == pytest.approx(0.5 * 0.25, abs=0.005)


def two_causes(share: float | None) -> list[float]:
    """Half of the unhappy met the first, which removes 30 %; `share` of those who met the second met the first as well. What each adds."""
    first = replace(line("Buy", 30, 0.3), cause=cause(Evidence.MATCHED), place=0, met=0.5)
    overlap = replace(cause(Evidence.MATCHED), overlaps=(Overlap(0, share),))
    second = replace(line("Buy", 20, 0.2), cause=overlap, place=1, met=0.4)
    return [round(amount, 2) for _, amount in added([first, second], {})]


def test_two_causes_that_the_same_people_met_do_not_claim_them_twice():
    """As many as by chance (half): 20 × (1 − .3), as any two fixes. All of them: 30 of 50 are helped by the first, 20 × .4 are left. None: all
    20. Where it may not be told how many, as if all."""
    assert two_causes(0.5) == [30, 14]
    assert two_causes(1.0) == [30, 8] == two_causes(None)
    assert two_causes(0.0) == [30, 20]


@pytest.fixture(scope="module")
def shop(module_company):
    """80 customers, half unhappy about Buy; 40 more people entered Buy and never finished (test_core_case)."""
    return module_company(journey=TARGETS, **tables())


def test_the_shop_has_a_line_by_its_target_and_says_what_is_missing(shop):
    made = portfolio("Purchase", shop.store.generation())
    unhappy = next(one for one in made.stakes if one.removes is Removes.UNHAPPY)
    assert (unhappy.stage, unhappy.ground, unhappy.target.definition.id) == ("Buy", Ground.TARGET, "csat_t2b_5")
    assert made.currency and made.margin.p10 <= made.margin.p50 <= made.margin.p90
    assert made.margin.mean <= made.added_up + 1e-6
    gaps = {(gap.stage, gap.removes): gap.reason.code for gap in made.missing}
    assert gaps["Buy", Removes.FRICTION] is ReasonCode.NOT_RECORDED


def test_a_stage_without_a_target_says_so(module_company):
    shop = module_company(journey=JOURNEY, **tables())
    gaps = {(gap.stage, gap.removes): gap.reason.code for gap in portfolio(None, shop.store.generation()).missing}
    assert gaps["Buy", Removes.UNFINISHED] is ReasonCode.CASE_NO_TARGET


def test_a_known_cause_takes_the_place_of_the_target(shop):
    """An experiment's cause that a quarter of the unhappy would lose: a quarter of what all of them are worth."""
    told = StageCauses(Query((), "Purchase", ("Buy",)), "Buy", causes=(cause(Evidence.EXPERIMENT),))
    made = portfolio("Purchase", shop.store.generation(), {"Buy": told})
    (one,) = [one for one in made.stakes if one.cause is not None]
    assert not [one for one in made.stakes if one.ground is Ground.TARGET and one.removes is Removes.UNHAPPY]
    assert one.share == pytest.approx(0.25, abs=0.01) and one.people.p50 == pytest.approx(10, rel=0.3)
    (beside,) = beside_causes(told.query, told, shop.store.generation())
    assert beside.amount == one.alone and beside.grade is one.grade and beside.missing is None and beside.quote is None
    filtered = replace(told.query, filters=(("device", "mobile"),))
    assert beside_causes(filtered, told, shop.store.generation())[0].missing.code is ReasonCode.CASE_OF_EVERYONE


def test_who_is_in_two_sets_is_counted(shop):
    """Of 40 who never finished Buy none ever ordered; of the 40 unhappy about Buy all finished it: nobody is in both."""
    found = overlaps("Purchase", date(2026, 1, 1), date(2026, 5, 31), shop.store.generation())
    unfinished = (Removes.UNFINISHED, "Buy")
    assert found[BUY, unfinished] == 0.0
    assert found.get((unfinished, BUY), 0.0) == 0.0


def test_the_command_says_the_same(shop, cli):
    folder = shop.folder / "store"
    said = json.loads(cli("metrics", "portfolio", "--store", folder, "--format", "json").stdout)
    assert said["lines"][0]["place"] == 1 and said["margin_of_all"]["p50"] > 0 and said["missing"]
    text = cli("metrics", "portfolio", "--store", folder).stdout
    assert "The next euro goes furthest in Buy" in text and "people who never finish" in text
