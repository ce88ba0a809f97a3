"""Staying, leaving and money, one small table each: person grain, status as of then, only windows that have passed."""

from datetime import date, timedelta

import numpy as np
import pytest

from report.words.reasons import reason_text
from tests.core.company import warned
from tests.core.test_core_golden import JOURNEY

END = "\n        e0  2026-07-01T10:00  z9  page_view  /checkout"  # the data ends here: what is older than 90 days is judged


def orders(*rows: str) -> str:
    return "order_id  customer_id  ordered_at  amount  refunded  margin\n" + "\n".join(rows)


def test_repeat_purchase_counts_persons_whose_window_has_passed(company):
    """Six bought in January. c1 again after 10 days, c2 after 90, c3 after 91; c4 and c5 never; c6 twice more: 3 of 6."""
    rows = [f"a{n}  c{n}  2026-01-10T10:00  10  -  -" for n in range(1, 7)]
    rows += [
        "b1  c1  2026-01-20T10:00  10  -  -",
        "b2  c2  2026-04-10T10:00  10  -  -",
        "b3  c3  2026-04-11T10:00  10  -  -",
        "b6  c6  2026-02-01T10:00  10  -  -",
        "d6  c6  2026-03-01T10:00  10  -  -",
        "late  c7  2026-07-01T10:00  10  -  -",
    ]
    built = company(journey=JOURNEY, orders=orders(*rows))
    cell = built.one("repeat_purchase_90d", start=_day(1, 1), end=_day(1, 31))
    assert (cell.n, cell.persons, cell.value) == (6, 6, 0.5)
    assert built.one("repeat_purchase_90d", start=_day(6, 1), end=_day(7, 1)).state == "immature"


def _day(month: int, day: int) -> date:
    return date(2026, month, day)


def visits(*rows: str) -> str:
    return "event_id  occurred_at  customer_id  event_name  url\n" + "\n".join(rows) + END


PEOPLE = "customer_id  customer_since  staff_test  internal_customer\n" + "\n".join(
    [f"c{n}  2025-01-01  false  {'true' if n == 1 else 'false'}" for n in range(1, 7)]
    + ["c8  2025-01-01  true  false", "z9  2026-06-30  false  false"]
    + [f"p{n}  2026-03-01  false  false" for n in range(1, 6)]
)


@pytest.fixture(scope="module")
def shop(module_company):
    """January: customers c1–c6 (c1 works here and buys), a tester c8, and p1–p5, who become customers in March.

    c1 and c2 come back in 30 and 89 days, c3 buys only (a shop order), c4 after 91 days, c5 an hour later, c6 never.
    p1 buys in 10 days, p2 in 40.
    """
    rows = [f"v{n}  2026-01-10T10:00  c{n}  page_view  /checkout" for n in (1, 2, 3, 4, 5, 6, 8)]
    rows += [f"w{n}  2026-01-12T10:00  p{n}  page_view  /checkout" for n in range(1, 6)]
    rows += [
        "x1  2026-02-09T10:00  c1  page_view  /checkout",
        "x2  2026-04-09T09:00  c2  page_view  /checkout",
        "x4  2026-04-11T11:00  c4  page_view  /checkout",
        "x5  2026-01-10T11:00  c5  page_view  /checkout",
    ]
    bought = [
        "o1  c3  2026-02-01T10:00  100  -  40",
        "o2  p1  2026-01-22T10:00  100  -  40",
        "o3  p2  2026-02-21T10:00  100  -  40",
    ]
    return module_company(journey=JOURNEY, people=PEOPLE, web_events=visits(*rows), orders=orders(*bought))


JANUARY = {"start": _day(1, 1), "end": _day(1, 31)}


def test_retention_is_of_customers_as_of_then(shop):
    """c1, c2 and c3 of c1–c6 came back. p1–p5 are customers today and were none in January; the tester is nobody's customer."""
    kept, gone = shop.one("retention_90d", **JANUARY), shop.one("churn_90d", **JANUARY)
    assert (kept.n, kept.value) == (6, 0.5)
    assert (gone.n, gone.value) == (6, 0.5)


def test_a_customer_metric_refuses_prospects(shop):
    cell = shop.one("retention_90d", filters=(("customer", "false"),), **JANUARY)
    assert (cell.state, cell.value) == ("not_applicable", None)
    assert "prospects are refused" in reason_text(cell.reason)


def test_status_is_that_of_the_visit_not_of_today(shop):
    """Today's status would say that prospects never buy: as of the visit 1 of 5 prospects bought within 30 days, 1 of 6 customers."""
    assert shop.shown("conversion", "customer", **JANUARY) == {"false": (0.2, 5), "true": (0.1667, 6)}


def test_who_buys_without_a_name_has_bought(company):
    """Ten browsers came to the checkout. b1 and b2 bought there and refused cookies, so no order can be tied to them; c3's order
    is known and its visit never reached the purchase: 3 of 10. One more purchase, after 31 days, is too late."""
    rows = [f"2026-01-10T10:0{n}  b{n}  -  page_view  /checkout" for n in range(1, 10)] + [
        "2026-01-10T10:09  b10  c3  page_view  /checkout"
    ]
    rows += [f"2026-01-10T10:1{n}  b{n}  -  purchase  /checkout" for n in (1, 2)] + [
        "2026-02-10T10:10  b4  -  purchase  /checkout"
    ]
    text = "\n".join(
        [
            "occurred_at  anonymous_id  customer_id  event_name  url",
            *rows,
            "2026-07-01T10:00  z  -  page_view  /checkout",
        ]
    )
    built = company(journey=JOURNEY, web_events=text, orders=orders("o3  c3  2026-01-20T10:00  100  -  40"))
    cell = built.one("conversion", **JANUARY)
    assert (cell.n, cell.value) == (10, 0.3)


def test_a_tester_is_not_an_employee_who_buys(shop):
    """c8 tests and counts nowhere; c1 works here, buys and counts: 11 people, 12 with the tester."""
    assert shop.one("conversion", **JANUARY).n == 11
    assert shop.value("select count(distinct person_id) from visits where staff_test") == 1
    assert shop.value("select count(distinct person_id) from visits where internal_customer and not staff_test") == 1


def test_a_window_that_is_still_open_is_immature(shop):
    assert shop.one("conversion", start=_day(6, 20), end=_day(7, 1)).state == "immature"


def test_a_shared_tablet_is_not_one_person(company):
    """Five customers on one store tablet: each session there stands alone, so one order makes one of five buyers, not five."""
    rows = [f"2026-01-{10 + n}T10:00  c{n}  tablet  page_view  /checkout" for n in range(1, 6)]
    text = "occurred_at  customer_id  anonymous_id  event_name  url\n" + "\n".join(
        [*rows, "2026-07-01T10:00  z  other  page_view  /checkout"]
    )
    built = company(journey=JOURNEY, web_events=text, orders=orders("o1  c1  2026-01-11T10:05  10  -  -"))
    cell = built.one("conversion", start=_day(1, 1), end=_day(1, 31))
    assert cell.n == 5 and cell.value <= 0.2


def test_money_is_net_and_a_promotion_that_sells_more_can_earn_less(company):
    """Five buyers at 100, margin 40. In March at 130, margin 36, with a quarter refunded: revenue 97.50, margin 27."""
    rows = [f"a{n}  c{n}  2026-01-10T10:00  100  -  40" for n in range(1, 6)]
    rows += [f"b{n}  c{n}  2026-03-10T10:00  130  32.5  36" for n in range(1, 6)]
    built = company(journey=JOURNEY, orders=orders(*rows))
    assert built.shown("revenue_per_person", "month") == {"2026-01-01": (100, 5), "2026-03-01": (97.5, 5)}
    assert built.shown("margin_per_person", "month") == {"2026-01-01": (40, 5), "2026-03-01": (27, 5)}


def test_one_large_buyer_is_withheld(company):
    """Nine at 10 and one at 1,000: more than half of the amount is one person's."""
    rows = [f"a{n}  c{n}  2026-01-10T10:00  {1000 if n == 1 else 10}  -  -" for n in range(1, 11)]
    assert company(journey=JOURNEY, orders=orders(*rows)).one("revenue_per_person").state == "suppressed"


def test_a_large_order_is_shown_whole_and_tested_capped(company):
    """1,000 persons at 100, one at 10,000 and one at 10,001: shown with both; the tests cap the largest at the other and say so."""
    rows = [f"a{n}  c{n}  2026-01-10T10:00  {10000 + n if n < 2 else 100}  -  -" for n in range(1002)]
    cell = company(journey=JOURNEY, orders=orders(*rows)).one("revenue_per_person")
    assert cell.value == pytest.approx((1000 * 100 + 20001) / 1002)
    assert any("tests cap 1 of 1,002 persons at 10,000 (p99.9)" in text for text in warned(cell))


def exposure_tables(answered: str = "2026-01-20T10:00") -> dict[str, str]:
    """20 buyers, margin 50 each; 12 answer: 6 unhappy, of whom 4 do not buy again, and 6 content, of whom 2 do not."""
    rows = [f"a{n}  c{n}  2026-01-10T10:00  100  -  50" for n in range(20)]
    rows += [f"b{n}  c{n}  2026-03-01T10:00  100  -  50" for n in (0, 1, 6, 7, 8, 9)]
    scores = "customer_id  responded_at  survey  metric  scale_min  scale_max  score\n" + "\n".join(
        f"c{n}  {answered}  after order  csat  1  5  {2 if n < 6 else 5}" for n in range(12)
    )
    return {"orders": orders(*rows, "z  z9  2026-07-01T10:00  1  -  1"), "survey_answers": scores}


def test_exposure_is_scaled_from_those_who_answered(company):
    """6 × 50 of 12 respondents, scaled to 20 buyers: 500. They stay away 4 of 6 against 2 of 6: 166.67 expected."""
    built = company(journey=JOURNEY, **exposure_tables())
    exposed, missed = built.one("value_of_unhappy_customers", **JANUARY), built.one("expected_margin_lost", **JANUARY)
    assert exposed.value == pytest.approx(6 * 50 / 12 * 20)
    assert missed.value == pytest.approx(500 * (4 / 6 - 2 / 6))
    assert exposed.low < 500 < exposed.high
    assert any("12 customers who answered and scaled to all 20" in text for text in warned(exposed))
    assert any("not an effect" in text for text in warned(missed))
    assert [(cell.by["month"], cell.value) for cell in built.show("expected_margin_lost", "month", **JANUARY)] == [
        ("2026-01-01", missed.value)
    ]


def test_who_left_before_the_period_ended_is_still_among_the_customers(company):
    """The period after the orders: four customers answer in February, all 20 ordered in the 90 days before it; who never comes again is
    lost although no order of theirs lies in the period. 2 × 50 of 4 × 20 = 500, and 2 of 2 against 0 of 2 stay away: 500."""
    tables = exposure_tables()
    answers = "customer_id  responded_at  survey  metric  scale_min  scale_max  score\n" + "\n".join(
        f"c{n}  2026-02-10T10:00  after order  csat  1  5  {score}" for n, score in ((4, 1), (5, 2), (6, 5), (7, 4))
    )
    built = company(journey=JOURNEY, orders=tables["orders"], survey_answers=answers)
    cell = built.one("expected_margin_lost", start=_day(2, 1), end=_day(2, 28))
    assert (cell.n, cell.value) == (20, pytest.approx(500))


def test_what_came_later_changes_neither_number(company):
    """Answers given after the period, and a second answer of those who stayed: what was exposed and what was missed stay as they were."""
    tables = exposure_tables()
    later = [f"c{n}  2026-03-02T10:00  after order  csat  1  5  {5 if n < 6 else 1}" for n in (0, 1, 6, 7, 8, 9)]
    tables["survey_answers"] += "\n" + "\n".join(later)
    built = company(journey=JOURNEY, **tables)
    assert built.one("value_of_unhappy_customers", **JANUARY).value == pytest.approx(500)
    assert built.one("expected_margin_lost", **JANUARY).value == pytest.approx(500 / 3)
    assert built.one("expected_margin_lost", start=_day(1, 1), end=_day(3, 31)).value == pytest.approx(500 / 3)


def test_expected_loss_is_that_of_a_simulated_company(company):
    """1,500 customers order every 30 days until the day they make up their mind, between mid-January and mid-March; then unhappy ones (three
    in ten) stop with .55, others with .15. A third says how it was that day. True: Σ their margin of 90 days × .40."""
    rng, first = np.random.default_rng(61), date(2025, 9, 1)
    rows, said, true = [], ["customer_id  responded_at  survey  metric  scale_min  scale_max  score"], 0.0
    for n in range(1500):
        margin, decided, unhappy = (
            round(float(rng.lognormal(3, 0.5)), 2),
            136 + int(rng.integers(60)),
            rng.random() < 0.3,
        )
        days = [day for day in range(int(rng.integers(30)), 330, 30) if day < decided]
        stops = rng.random() < (0.55 if unhappy else 0.15)
        days += [] if stops else list(range(days[-1] + 30, 330, 30))
        rows += [f"{n}-{day}  c{n}  {first + timedelta(days=day)}T10:00  {3 * margin}  -  {margin}" for day in days]
        true += 0.4 * margin * sum(decided - 90 <= day < decided for day in days) if unhappy else 0
        if rng.random() < 1 / 3:
            said += [f"c{n}  {first + timedelta(days=decided)}T09:00  after order  csat  1  5  {1 if unhappy else 5}"]
    cell = company(journey=JOURNEY, orders=orders(*rows), survey_answers="\n".join(said)).one(
        "expected_margin_lost", start=_day(1, 15), end=_day(3, 16)
    )
    assert cell.n == 1500 and cell.low < true < cell.high
    assert cell.value == pytest.approx(true, rel=0.2)


def test_who_answered_lately_cannot_have_left_yet(company):
    late = {"start": _day(6, 1), "end": _day(6, 30)}
    assert (
        company(journey=JOURNEY, **exposure_tables("2026-06-20T10:00")).one("expected_margin_lost", **late).state
        == "immature"
    )


def test_where_all_feel_alike_there_is_no_reference(company):
    tables = exposure_tables()
    tables["survey_answers"] = tables["survey_answers"].replace("5  2", "5  5")
    cell = company(journey=JOURNEY, **tables).one("expected_margin_lost", **JANUARY)
    assert (cell.state, reason_text(cell.reason)) == (
        "no_data",
        "all who answered were content: there is nobody to compare them with",
    )


def test_nobody_asked_is_not_nothing_exposed(company):
    built = company(journey=JOURNEY, orders=exposure_tables()["orders"])
    assert built.one("value_of_unhappy_customers").state == "not_asked"


def migration(moves: dict[tuple[int, int], int]) -> str:
    lines, number = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score"], 0
    for (before, after), count in moves.items():
        for _ in range(count):
            number += 1
            lines += [
                f"c{number}  2026-01-10T10:00  yearly  nps  0  10  {before}",
                f"c{number}  2026-06-10T10:00  yearly  nps  0  10  {after}",
            ]
    return "\n".join(lines)


def test_moving_to_and_fro_is_no_change(company):
    """40 of 100 detractors answer higher and as many drop: the margins stay, and no word claims that anybody was won back."""
    built = company(
        journey=JOURNEY,
        survey_answers=migration(
            {(3, 3): 60, (3, 8): 40, (8, 3): 40, (8, 8): 60, (10, 10): 60, (10, 8): 20, (8, 10): 20}
        ),
    )
    cell = built.one("nps_migration")
    assert (cell.n, cell.value) == (300, 0)
    said = " ".join(warned(cell))
    assert "Stuart–Maxwell p = 1.000: no change of the shares" in said and "40 % of detractors" in said
    assert "recovered" not in said + str(built.one("nps_migration"))


def test_a_change_of_the_shares_is_said(company):
    """50 of 100 detractors become passive, five promoters and five passives change places: +50 ÷ 250 persons, p < .001."""
    moves = {(3, 3): 50, (3, 8): 50, (8, 8): 90, (10, 10): 50, (10, 8): 5, (8, 10): 5}
    cell = company(journey=JOURNEY, survey_answers=migration(moves)).one("nps_migration")
    assert (cell.n, cell.value) == (250, 20)
    assert any(text.startswith("Stuart–Maxwell p = 0.000: the shares") for text in warned(cell))


def test_a_move_is_from_one_answer_to_the_next_asked_in_the_same_way(company):
    """Twelve people: 5 by mail, 9 by phone, 5 by mail again. Nothing changed. Six more, by mail and then by phone: no pair at all."""
    lines = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score  asked_via"]
    for n in range(18):
        said = [("01", 5, "email"), ("03", 9, "phone"), ("05", 5, "email")][: 3 if n < 12 else 2]
        lines += [f"c{n}  2026-{month}-10T10:00  yearly  nps  0  10  {score}  {via}" for month, score, via in said]
    cell = company(journey=JOURNEY, survey_answers="\n".join(lines)).one("nps_migration")
    assert (cell.n, cell.value) == (12, 0)
