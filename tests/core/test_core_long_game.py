"""Relationship and Support: second purchases, the company's own window, the same people's answers, waiting for a reply; by hand."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from commands.metrics import main
from data.store.opened import GROUPS
from metrics.analyses.relationship import answers, purchases
from metrics.analyses.relationship.find import came_back, guarded, relationship
from metrics.analyses.support import waiting
from metrics.analyses.support.find import corrected, support
from metrics.analyses.support.model import ExcessContacts
from metrics.codes import ReasonCode
from metrics.query import context
from metrics.query.query import Query
from metrics.query.result import Cell
from metrics.states import State
from metrics.statistics.core import Estimate
from report.sheets import relationship as told
from report.sheets.support import _sure

JOURNEY = """
    [[journey]]
    name = "Purchase"
    goal = "Buy"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    tickets = ["*"]
    goal = "event:purchase"

    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"

    [[survey]]
    name = "wave"
    kind = "relationship"
    trigger = "random"

    [[survey]]
    name = "help"
    kind = "post_contact"
"""
SETTINGS = '[company]\nname = "Test"\ntimezone = "UTC"\ncurrency = "EUR"\ncost_per_contact = 5.0\n'
HEAD = "response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score  ticket_id"


def day(days: int) -> str:
    return f"{date(2025, 1, 1) + timedelta(days)}T10:00"


def tables() -> dict[str, str]:
    """p0 … p79 buy on the first day; p0 … p39 again, p0 after 50 days, each a day later than the one before. All answer twice: p0 … p39 as
    promoters first, p0 … p29 and p40 … p44 as promoters then, the others as detractors. p0 … p19 and p40 … p59 ask for help between. Each of 80
    requests of the last year is answered about: the first 40 waited 30 hours and 20 are unhappy, the others 2 hours and 10 are."""
    orders = ["order_id  customer_id  ordered_at  amount"]
    said, tickets = [HEAD], ["ticket_id  customer_id  created_at  first_reply_at  solved_at  status  category"]
    for n in range(80):
        who = f"p{n}"
        orders.append(f"a{n}  {who}  {day(0)}  100")
        if n < 40:
            orders.append(f"b{n}  {who}  {day(50 + n)}  100")
        said.append(f"c{n}  {who}  {day(1)}  checkout  q1  csat  1  5  {5 if n % 2 else 2}  -")
        said.append(f"w{n}  {who}  {day(31)}  wave  q1  nps  0  10  {10 if n < 40 else 3}  -")
        said.append(f"v{n}  {who}  {day(212)}  wave  q1  nps  0  10  {10 if n < 30 or 40 <= n < 45 else 3}  -")
        if n % 40 < 20:
            tickets.append(f"b{n}  {who}  {day(120)}  {day(120)}  {day(121)}  solved  payment")
        reply = 30 if n < 40 else 2
        created = date(2026, 1, 5) + timedelta(n % 40)
        at = f"{created + timedelta(1)}T16:00" if reply == 30 else f"{created}T12:00"
        tickets.append(f"t{n}  h{n}  {created}T10:00  {at}  {created + timedelta(3)}T10:00  solved  delivery")
        unhappy = n < 20 or 40 <= n < 50
        said.append(f"h{n}  h{n}  {created + timedelta(4)}T10:00  help  q1  csat  1  5  {2 if unhappy else 5}  t{n}")
    orders.append(f"z  z  {day(516)}  100")
    return {"orders": "\n".join(orders), "survey_answers": "\n".join(said), "support_tickets": "\n".join(tickets)}


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, settings=SETTINGS, **tables())


@pytest.fixture(scope="module")
def game(built):
    return relationship(Query(()), built.store.generation())


def test_the_window_is_that_of_those_who_buy_again(game):
    """Gaps of 50 … 89 days: half by day 69, three quarters by 79, so twelve whole weeks."""
    found = game.windows
    assert (found.followed, found.people, found.half.value, found.most.value, found.window) == (365, 40, 69, 79, 84)


def test_second_purchase_by_the_window(game):
    """35 of 80 by day 84; whoever came on the last day is in no risk yet. Half of them by day 89."""
    every = game.cohorts[0]
    assert every.people == 81 and every.again.value == pytest.approx(35 / 80)
    assert every.again.low < 35 / 80 < every.again.high and every.median.value == 89
    assert [one.quarter for one in game.cohorts] == [None, date(2025, 1, 1)]


def test_kaplan_meier_of_freireich():
    """docs/STATISTICS.md E: 6-MP: S(6) .8571, S(10) .7529, S(23) .4482, median 23; whoever still waits is not dropped."""
    events, open_ = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    days = [*events, *open_] * 2
    rows = pd.DataFrame(
        {"days": days, "again": ([1] * 9 + [0] * 12) * 2, "quarter": [date(2025, 1, 1)] * 42, "followed": 400}
    )
    every = purchases.cohorts(rows.astype({"days": float}), 10)[0]
    kept = dict(zip(every.curve.days, every.curve.share))
    assert [1 - kept[day] for day in (6, 10, 23)] == pytest.approx([0.8571, 0.7529, 0.4482], abs=5e-5)
    assert every.median.value == 23 and every.again.value == pytest.approx(1 - 0.7529, abs=5e-5)


def test_too_few_who_buy_again_set_no_window():
    rows = pd.DataFrame({"days": [10.0] * 29, "again": 1, "followed": 400.0, "quarter": [date(2025, 1, 1)] * 29})
    assert purchases.windows(rows) is None and purchases.cohorts(rows, 90) == ()


def test_moves_are_tested_by_their_shares(game):
    """10 promoters fell, 5 detractors rose: with two classes Stuart–Maxwell is McNemar's (10 − 5)²/15. T13: nobody recovered."""
    found = game.migration
    assert found.table == ((30, 0, 10), (0, 0, 0), (5, 0, 35)) and found.people == 80
    assert found.test.statistic == pytest.approx(25 / 15) and found.change.value == -12.5
    title = told._moves_title(found)
    assert "did not surely change" in title and "recover" not in title


def test_a_move_of_a_few_people_puts_the_table_into_fives(game):
    """3 of 83 could be worked out from the others: 30, 0, 10 / 0, 5, 0 / 5, 0, 35 of 85 instead. Without such a move nothing is rounded."""
    assert guarded(game) is game
    few = replace(game, migration=replace(game.migration, people=83, table=((30, 0, 10), (0, 3, 0), (5, 0, 35))))
    assert (guarded(few).migration.table[1], guarded(few).migration.people) == ((0, 5, 0), 85)
    assert guarded(few).migration.in_fives and not game.migration.in_fives


def test_what_lay_between_is_held_alike(game):
    """Asked for help: none of 20 against 10 of 20 promoters fell, 15 of 20 against 20 of 20 detractors stayed: −.5 and −.25."""
    found = {one.thing: one for one in game.between}
    asked = found["asked_for_help"]
    assert (asked.people, asked.others, asked.share, asked.share_others) == (40, 40, 15 / 40, 30 / 40)
    assert asked.alike.value == pytest.approx(-0.375) and asked.compared == 1.0 and asked.q < 0.05
    assert "friction" not in found


def test_the_unhappy_come_back_as_often_here(game, built):
    """Every second was unhappy; 18 of 40 of either came back within twelve weeks."""
    (one,) = game.after
    assert (one.people, one.others, one.back, one.back_others) == (40, 40, 18 / 40, 18 / 40)
    assert one.crude.value == 0 and one.alike.low < 0 < one.alike.high
    assert came_back(game.query, "Buy", 48, built.store.generation()).back == 0


def test_it_is_told_only_where_the_unhappy_surely_come_back_less_often(game):
    """More often is not less often; and one stage of five at p = .03 is what chance makes."""
    (one,) = game.after

    def title(*p: float, gap: float = -0.2) -> str:
        found = [replace(one, p=each, alike=Estimate(gap, gap - 0.1, gap + 0.1)) for each in p]
        return told.sheets_of(replace(game, after=answers.corrected(found))).of("after_unhappy").title

    assert title(0.001).startswith("Who was unhappy with Buy comes back less often")
    assert "not surely" in title(0.001, gap=0.2) and "not surely" in title(0.03, 0.5, 0.6, 0.7, 0.8)


def test_tenure_bands_of_enough_people_only():
    rows = pd.DataFrame({"months": [1] * 40 + [5] * 10, "class": [1] * 30 + [-1] * 20})
    (found,) = answers.tenure(rows)
    assert (found.least, found.below, found.people, found.nps.value) == (0, 3, 40, 50)


def test_a_late_first_reply_goes_with_unhappiness(built):
    """20 of 40 that waited 30 hours, 10 of 40 that waited 2: .25, the same within the one kind of request."""
    made = support(Query(()), built.store.generation())
    late = made.handling
    assert (late.people, late.others, late.unhappy, late.unhappy_others) == (40, 40, 0.5, 0.25)
    assert late.crude.value == pytest.approx(0.25) and late.alike.value == pytest.approx(0.25)
    assert [(one.band, one.people, one.unhappy.value) for one in made.waited] == [(0, 40, 0.25), (2, 40, 0.5)]


def test_what_a_source_never_says_is_not_waited_for(company):
    """No reply is recorded of any of 40 requests: nobody is said to have waited for one."""
    asked, said = ["ticket_id  customer_id  created_at  status"], [HEAD]
    for n in range(40):
        asked.append(f"t{n}  h{n}  2026-01-05T10:00  solved")
        said.append(f"h{n}  h{n}  2026-01-09T10:00  help  q1  csat  1  5  2  t{n}")
    mute = company(journey=JOURNEY, support_tickets="\n".join(asked), survey_answers="\n".join(said))
    made = support(Query(()), mute.store.generation())
    assert made.waited == () and "handling" in {name for name, _ in made.reasons}


def test_answers_of_one_person_are_no_several_people():
    """40 people, a quarter unhappy; each asked four times and always the same: the interval is that of 40, not of 160."""
    once = pd.DataFrame({"band": 0, "unhappy": [1] * 10 + [0] * 30, "person_id": range(40), "person_group": range(40)})
    (one,), (often,) = waiting.unhappy_by_wait(once), waiting.unhappy_by_wait(pd.concat([once] * 4))
    assert often.people == 40 and often.unhappy.value == 0.25
    assert often.unhappy.high - often.unhappy.low == pytest.approx(one.unhappy.high - one.unhappy.low, abs=0.03)


def test_friction_of_one_stage_of_five_is_told_after_correction():
    """.02 ± .02 of five stages is what chance makes; .02 ± .01 is not."""

    def sure(half: float) -> list[bool]:
        cells = [
            Cell("contact_after_friction", {"stage": f"S{n}"}, gap, gap - half, gap + half, 100, 100, State.SHOWN)
            for n, gap in enumerate([0.0201, 0, 0, 0, 0])
        ]
        found = [ExcessContacts(cell.by["stage"], cell, Estimate(1.0), None, None) for cell in cells]
        return [_sure(one) for one in corrected(found, 0.95)]

    assert not any(sure(0.02)) and sure(0.01) == [True, False, False, False, False]


def test_reasons_with_what_they_cost_and_what_is_missing_says_why(built):
    """80 of the last 52 weeks at 5 € each; nobody visits, so nothing follows friction; nobody answered a wave after them."""
    made = support(Query(()), built.store.generation())
    assert [(one.reason, one.tickets, one.share, one.cost) for one in made.asked] == [("delivery", 80, 1.0, 400.0)]
    assert {name for name, _ in made.reasons} == {"friction", "later"} and made.followed == ()


def test_without_tickets_support_says_so(company):
    bare = company(journey=JOURNEY, orders="order_id  customer_id  ordered_at\no1  a  2026-01-01T10:00")
    made = support(Query(()), bare.store.generation())
    assert {reason.code for _, reason in made.reasons} == {ReasonCode.NOT_RECORDED}
    game = relationship(Query(()), bare.store.generation())
    assert {name for name, _ in game.reasons} == {"purchases", "tenure", "migration", "after"}


def test_confidential_tells_whole_steps(built):
    made = relationship(Query((), confidential=True), built.store.generation())
    assert made.cohorts[0].people % 5 == 0 and made.cohorts[0].again.value == 0.44
    assert np.mod(np.array(made.migration.table), 5).sum() == 0


def test_a_viewer_of_groups_is_told_whole_quarters(built):
    """Who comes back is of answers of the query's days: two that differ by a day would tell of the people of that day."""
    generation = replace(built.store.generation(), shows=GROUPS)
    last = context.read(generation).last_day
    asked = [Query((), start=last - timedelta(days=days), end=last) for days in (30, 31)]
    one, other = (relationship(query, generation) for query in asked)
    assert one == other and (one.query.end - one.query.start).days >= 60


@pytest.mark.parametrize("name", ["relationship", "support"])
def test_the_commands_tell_it(built, capsys, name):
    store = ["--store", str(built.folder / "store")]
    assert main([name, *store]) == 0
    said = capsys.readouterr().out
    expected = {
        "relationship": ["Half of new customers have bought again after 89 days", "Your own window is 84 days"],
        "support": ["goes with more unhappiness about the handling: +25.0 points", "Most is asked about delivery (Buy): 80 requests"],
    }[name]  # fmt: skip
    assert [text for text in expected if text not in said] == []
    assert main([name, "--format", "json", *store]) == 0
    assert json.loads(capsys.readouterr().out)["analysis"] == name
