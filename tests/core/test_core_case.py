"""A business case from plain files: every link counted by hand, the result as one distribution, and what is refused."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.errors import UserError
from data.store.opened import GROUPS
from metrics.analyses.case.case import case_of, load_case
from metrics.analyses.case.measured import Window, with_replicates
from metrics.analyses.case.routes import Basis, Given, Link, Route, loyalty
from metrics.analyses.case.worth import Worth, worth
from metrics.codes import ReasonCode
from metrics.statistics.moments import GROUPS as SPREAD
from report.cases.tables import record
from report.words.reasons import reason_text
from tests.core.test_core_golden import JOURNEY
from tests.core.test_core_loyalty_value import END

PEOPLE = range(80)


def tables() -> dict[str, str]:
    """80 customers order on 10 January and are asked on the 12th: c0–c39 are unhappy (2 of 5), c40–c79 content (5 of 5).

    Of the unhappy 8 order again within 90 days, of the content 32, each for a margin of 50; c0's second order has no margin and
    comes 91 days later. All 80 enter the checkout on 10 January and finish it; b0–b39 enter it, and never finish.
    """
    orders = ["order_id  customer_id  ordered_at  amount  refunded  margin"]
    orders += [f"a{n}  c{n}  2026-01-10T10:05  100  -  40" for n in PEOPLE]
    orders += [f"b{n}  c{n}  2026-02-10T10:00  100  -  50" for n in [*range(1, 9), *range(40, 72)]]
    orders += ["late  c0  2026-04-20T10:00  100  -  -"]
    answers = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score"]
    answers += [f"c{n}  2026-01-12T10:00  after order  csat  1  5  {2 if n < 40 else 5}" for n in PEOPLE]
    visits = ["event_id  occurred_at  customer_id  event_name  url"]
    visits += [f"v{n}  2026-01-10T10:00  c{n}  page_view  /checkout" for n in PEOPLE]
    visits += [f"p{n}  2026-01-10T10:05  c{n}  purchase  /checkout" for n in PEOPLE]
    visits += [f"w{n}  2026-01-10T10:00  b{n}  page_view  /checkout" for n in range(40)]
    return {"orders": "\n".join(orders), "survey_answers": "\n".join(answers), "web_events": "\n".join(visits) + END}


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(journey=JOURNEY, **tables())


def ask(shop, **spec) -> Worth:
    return worth(case_of({"stage": "Buy", **spec}), shop.store.generation())


def links(made: Worth) -> dict[str, float]:
    """The median of each link."""
    return {link.name: round(float(np.nanmedian(link.draws)), 2) for route in made.routes for link in route.links}


def test_unhappy_customers_are_worth_what_they_would_have_brought(shop):
    """80 customers, half unhappy; 32 of 40 of them stayed away, 8 of 40 of the content: 60 points more. Who comes back leaves 50 in 90
    days. A quarter no longer unhappy, by an experiment: 80 × ½ × ¼ × .6 × 50 = 300, and 10 people."""
    made = ask(shop, removes="unhappy", share=0.25, evidence="experiment")
    assert links(made) == {
        "customers": pytest.approx(80, abs=2),
        "unhappy_share": pytest.approx(0.5, abs=0.02),
        "removed": 0.25,
        "reach": 1.0,
        "leave_gap": pytest.approx(0.6, abs=0.02),
        "causal_share": 1.0,
        "margin_of_90_days": pytest.approx(50, abs=0.01),
        "quarters_away": 1.0,
    }
    assert made.benefit.p50 == pytest.approx(300, rel=0.05)
    assert made.benefit.p10 < made.benefit.p50 < made.benefit.p90
    assert dict(made.helped)["loyalty"].p50 == pytest.approx(10, rel=0.05)


def test_a_target_removes_what_lies_between_it_and_today(shop):
    """50 % are satisfied; 80 % would remove three fifths of the unhappy."""
    made = ask(shop, removes="unhappy", metric="csat_t2b_5", target=0.8, evidence="experiment")
    assert links(made)["removed"] == pytest.approx(0.6, abs=0.02)


def test_correlational_evidence_takes_between_none_and_half_of_a_difference(shop):
    """The mean of U(0, ½) is a quarter; the limits are wider than those of the measurement alone."""
    sure, unsure = (
        ask(shop, removes="unhappy", share=0.25, evidence=grade) for grade in ("experiment", "correlational")
    )
    assert unsure.grade == "correlational"
    assert unsure.benefit.mean == pytest.approx(sure.benefit.mean / 4, rel=0.05)
    assert unsure.benefit.p10 < 0.1 * sure.benefit.p50
    assert unsure.tornado[0].link == "causal_share"


def test_finishing_a_stage_whose_goal_is_the_order_is_the_purchase_itself(shop):
    """120 people, 40 never finished, in the 142 days from 10 January to 31 May (the last 31 days are out). All 80 finishers bought,
    nobody else; a buyer leaves 40 within 30 days. Half of the 40: 20 × 40 × 364/142."""
    made = ask(shop, removes="unfinished", share=0.5, **{"from": date(2026, 1, 10)})
    assert links(made)["causal_share"] == links(made)["purchase_gap"] == 1.0
    assert made.benefit.p50 == pytest.approx(20 * 40 * 364 / 142, rel=0.05)


def test_costs_come_off_and_the_return_follows(shop):
    """300 a year for three years at 10 % are 746; of that 500 now leave about 246, repaid after 500/300 years."""
    made = ask(shop, removes="unhappy", share=0.25, evidence="experiment", costs={"once": 500})
    factor = 1 / 1.1 + 1 / 1.1**2 + 1 / 1.1**3
    assert made.present.p50 == pytest.approx(made.benefit.p50 * factor - 500)
    assert made.payback == pytest.approx(500 / made.benefit.p50)
    assert made.break_even == pytest.approx(500 / factor)
    assert made.enough == pytest.approx(made.break_even / made.benefit.p50)


def test_what_other_cases_remove_is_not_removed_twice(shop):
    """Two other cases of .3 and .2 leave .56 of the people to this one: 1 − Π(1 − x), never a sum."""
    made = ask(shop, removes="unhappy", share=0.25, evidence="experiment", overlaps=[0.3, 0.2])
    assert links(made)["reach"] == 0.56


def test_a_case_can_be_of_a_part_and_of_other_days(shop):
    """Nobody came by phone, everybody by the web. Before 10 January nobody entered, so there is nothing to be like."""
    spec = {"removes": "unfinished", "share": 0.5, "from": "2026-01-10", "filters": {"touch_channel": "phone"}}
    assert (
        "nobody" in reason_text(dict(ask(shop, **spec).missing)["purchase"]).lower()
        or ask(shop, **spec).benefit.p50 is None
    )
    whole = ask(shop, removes="unfinished", share=0.5, **{"from": "2026-01-10"})
    part = ask(shop, removes="unfinished", share=0.5, **{"from": "2026-01-10", "filters": {"touch_channel": "web"}})
    assert part.benefit == whole.benefit
    like = {"from": "2026-01-01", "to": "2026-01-09"}
    none = ask(shop, removes="unfinished", metric="completion_rate", like=like)
    assert none.benefit.p50 is None and dict(none.missing)["unfinished"].code.value == "nothing_there"
    with pytest.raises(UserError, match="measured in days"):
        ask(shop, removes="unfinished", metric="completion_rate", like={"from": "2026-01-01"})
    with pytest.raises(UserError, match="filters"):
        ask(shop, removes="unhappy", share=0.2, filters={"colour": "red"})


def test_nothing_is_said_where_it_cannot_be_known(shop, module_company):
    """A target that is reached; friction nobody records; too few answers that are old enough."""
    reached = ask(shop, removes="unhappy", metric="csat_t2b_5", target=0.4)
    assert reached.benefit.p50 is None and "is reached" in reason_text(dict(reached.missing)["unhappy"])
    assert ask(shop, removes="friction", share=0.5).benefit.p50 is None
    few = tables()
    few["survey_answers"] = "\n".join(few["survey_answers"].splitlines()[:30])
    made = worth(
        case_of({"stage": "Buy", "removes": "unhappy", "share": 0.5}),
        module_company(journey=JOURNEY, **few).store.generation(),
    )
    assert made.benefit.p50 is None and "30 unhappy and 30 content" in reason_text(dict(made.missing)["loyalty"])


def test_orders_without_a_margin_are_worth_nothing_until_a_rate_is_assumed(module_company):
    """The same shop, no margins: refused, with what to bring; with a rate of 30 % of revenue a customer who comes back leaves 30."""
    bare = tables()
    rows = [line.split() for line in bare["orders"].splitlines()]
    bare["orders"] = "\n".join("  ".join(row[:-1]) for row in rows)
    shop = module_company(journey=JOURNEY, **bare)
    assert "margin_rate" in reason_text(dict(ask(shop, removes="unhappy", share=0.25).missing)["loyalty"])
    (unknown,) = [
        one for one in ask(shop, removes="unhappy", share=0.25).warnings if one.code is ReasonCode.CASE_AMOUNTS_UNKNOWN
    ]
    assert reason_text(unknown).startswith("100.0 % of the orders counted have neither a margin")
    made = ask(shop, removes="unhappy", share=0.25, evidence="experiment", assumptions={"margin_rate": 0.3})
    assert ReasonCode.CASE_AMOUNTS_UNKNOWN not in [one.code for one in made.warnings]
    assert links(made)["margin_of_90_days"] == pytest.approx(30)


def test_who_may_not_see_single_persons_gets_one_period_and_rounded_counts(shop):
    """Two periods of one's own that differ by a day would tell of the people of that day."""
    generation = replace(shop.store.generation(), shows=GROUPS)
    spec = {"stage": "Buy", "removes": "unhappy", "share": 0.25}
    told = worth(case_of(spec), generation)
    (route,) = told.routes
    assert all(link.n is None or link.n % 5 == 0 for link in route.links)
    amounts = [
        told.benefit.p50,
        told.present.p90,
        told.benefit.mean,
        *(one.p50 for _, one in told.helped),
        told.tornado[0].low,
    ]
    exact = worth(case_of(spec), shop.store.generation())
    assert amounts == [float(f"{amount:.2g}") for amount in amounts] and told.benefit.p50 == pytest.approx(
        exact.benefit.p50, rel=0.1
    )
    assert exact.benefit.p50 != told.benefit.p50
    assert told.period.end.weekday() == 6 and exact.period.end >= told.period.end
    with pytest.raises(UserError, match="last 52 weeks"):
        worth(case_of(spec | {"to": date(2026, 6, 1)}), generation)


def test_a_target_tells_no_number_that_is_withheld_nor_does_a_refusal(module_company):
    """Three answered: as many targets as one likes would tell their share to any digit, and what is missing how many they are."""
    rows = [f"c{n}  2026-01-12T10:00  after order  csat  1  5  {(5, 5, 1)[n]}" for n in range(3)]
    few = module_company(
        journey=JOURNEY,
        orders=tables()["orders"],
        survey_answers="\n".join(["customer_id  responded_at  survey  metric  scale_min  scale_max  score", *rows]),
    )
    groups = replace(few.store.generation(), shows=GROUPS)
    spec = {"stage": "Buy", "removes": "unhappy"}
    for target in (0.0, 0.5, 0.99):
        (missing,) = worth(case_of(spec | {"metric": "csat_t2b_5", "target": target}), groups).missing
        assert missing[1].code is ReasonCode.FEW_PEOPLE
    exact = worth(case_of(spec | {"metric": "csat_t2b_5", "target": 0.0}), few.store.generation())
    assert exact.missing[0][1].numbers["value"] == pytest.approx(2 / 3)
    (shares,) = worth(case_of(spec | {"share": 0.5}), groups).missing
    assert shares[1].numbers.get("have", 0) % 5 == 0


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"removes": "unhappy", "share": 1.5}, "number from 0 to 1"),
        ({"removes": "unhappy", "share": True}, "number from 0 to 1"),
        ({"removes": "unhappy", "share": float("nan")}, "number from 0 to 1"),
        ({"removes": "sadness", "share": 0.5}, "unhappy, unfinished, friction"),
        ({"removes": "unhappy"}, "either share = 0.3, or metric and target"),
        ({"removes": "unhappy", "share": 0.1, "metric": "csat_t2b_5", "target": 0.9}, "either share"),
        ({"removes": "unhappy", "share": 0.1, "evidence": "assumed"}, "causal_share = [0.2, 0.6]"),
        ({"removes": "unhappy", "share": 0.1, "assumptions": {"causal_share": [0.6, 0.2]}}, "the smaller first"),
        ({"removes": "unhappy", "share": 0.1, "assumptions": {"years": 2.5}}, "whole number"),
        ({"removes": "unhappy", "share": 0.1, "assumptions": {"yeers": 2}}, "years"),
        ({"removes": "unhappy", "share": 0.1, "costs": 5}, "table of keys"),
        ({"removes": "unhappy", "share": 0.1, "from": "soon"}, "2026-03-31"),
        ({"removes": "unhappy", "share": 0.1, "overlaps": "x"}, "overlaps = [0.2]"),
        ({"removes": "unhappy", "metric": "error_rate", "target": 0.1}, "answers that are satisfied"),
        ({"removes": "unhappy", "metric": "effort_mentions", "target": 0.1}, "answers that are satisfied"),
        ({"removes": "unhappy", "share": 0.1, "stage": 5}, "name of a stage"),
        ({"removes": "unhappy", "share": 0.1, "stage": "Bye"}, "Did you mean 'Buy'"),
    ],
)
def test_what_a_case_cannot_say_is_refused_in_one_sentence(shop, spec, said):
    with pytest.raises(UserError) as refused:
        ask(shop, **spec)
    assert said in str(refused.value)


def test_the_command_says_what_the_case_is_worth(shop, cli, tmp_path: Path):
    """As text for people, as JSON for scripts: the same numbers."""
    file = tmp_path / "CASE.toml"
    file.write_text(
        'stage = "Buy"\nremoves = "unhappy"\nshare = 0.25\nevidence = "experiment"\n[costs]\nonce = 500\n',
        encoding="utf-8",
    )
    made = worth(load_case(file), shop.store.generation())
    told = cli("metrics", "value", file, "--store", shop.folder / "store", "--format", "json")
    assert json.loads(told.stdout)["benefit_a_year"] == record(made)["benefit_a_year"]
    text = cli("metrics", "value", file, "--store", shop.folder / "store").stdout
    assert "tested in an experiment" in text and "people no longer unhappy" in text
    missing = cli("metrics", "value", tmp_path / "none.toml", "--store", shop.folder / "store")
    assert missing.returncode == 2 and "no such file" in missing.stderr


@pytest.mark.parametrize(
    ("most", "each", "found"), [(50.0, 50.0, 50.0), (0.0, 0.0, 0.0), (2000.0, 50.0, ReasonCode.ONE_PERSON)]
)
def test_a_margin_of_nothing_is_known_and_one_of_one_person_is_none(most, each, found):
    """Forty content who come back leave 50 each; nothing each, which is a number; or one of them 2,000, more than the other 39 together."""
    ones, draws = np.ones(SPREAD), np.ones((8, SPREAD))
    amounts = np.r_[most, np.full(SPREAD - 1, each)]
    counted = {name: ones for name in ("customers", "answered", "unhappy_then", "content_then", "content_back")}
    counted |= {"unhappy": ones / 2, "unhappy_left": ones / 2, "content_left": ones / 5}
    sums = with_replicates(
        counted | {"content_earned": amounts, "content_top": amounts, "content_mass": amounts}, draws
    )
    one = Link("one", np.ones(8), Basis.ASSUMED)
    window = Window(date(2026, 1, 1), date(2026, 12, 30), date(2026, 12, 30))
    made = loyalty({"Buy": sums}, "Buy", window, Given(one, one, one), one)
    if isinstance(made, Route):
        assert next(link for link in made.links if link.name == "margin_of_90_days").draws == pytest.approx(found)
    else:
        assert made.code is found
