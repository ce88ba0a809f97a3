"""Several journeys beside each other, counted by hand: what one of them surely knows is no other's; orders that were cancelled count in nothing."""

from datetime import date

import pytest

from metrics.compute.run import run
from metrics.query.query import Query
from tests.core.company import warned

JOURNEY = """
    [[journey]]
    name = "Shop"
    [[journey.stage]]
    name = "Buy"
    paths = ["/buy*"]
    tickets = ["payment"]
    surveys = ["buy"]
    goal = "event:purchase"
    [[journey]]
    name = "Care"
    [[journey.stage]]
    name = "Help"
    paths = ["/help*"]
    tickets = ["broken"]
    surveys = ["help"]
    [[survey]]
    name = "buy"
    kind = "transactional"
    [[survey]]
    name = "help"
    kind = "transactional"
    [[survey]]
    name = "after"
    kind = "post_contact"
    [[survey]]
    name = "us"
    kind = "relationship"
    """
PEOPLE = [f"k{place}" for place in range(12)]


def rows(header: str, lines: list[str]) -> str:
    return "\n".join((header, *lines))


@pytest.fixture(scope="module")
def both(module_company):
    """Twelve people look at Buy and at Help in one session. Ten of twelve are satisfied with Buy, two with Help; nine ask about what broke, six about a
    payment, six about nothing any journey knows; of each person's two orders six second ones are cancelled, one of them the very one of a visit."""
    visits = [f"2026-03-02T10:0{step}:00  {who}  s-{who}  {name}  {url}"
              for who in PEOPLE
              for step, (name, url) in enumerate((("page_view", "/help"), ("page_view", "/buy"), ("purchase", "/buy")))
              if name != "purchase" or who == "k0"]  # fmt: skip
    answers = [
        f"b-{who}  buy  csat  1  5  {5 if place < 10 else 1}  {who}  s-{who}  -  -  2026-03-02T11:00"
        for place, who in enumerate(PEOPLE)
    ]
    answers += [
        f"h-{who}  help  csat  1  5  {5 if place < 2 else 1}  {who}  s-{who}  -  -  2026-03-02T11:10"
        for place, who in enumerate(PEOPLE)
    ]
    answers += [
        f"p-{who}  after  csat  1  5  {5 if place < 3 else 1}  {who}  -  broken-{who}  -  2026-03-04T11:10"
        for place, who in enumerate(PEOPLE[:9])
    ]
    answers += [
        f"u-{who}  us  nps  0  10  10  {who}  -  -  {1 if place % 2 else 3}  2026-03-05T11:10"
        for place, who in enumerate(PEOPLE)
    ]
    tickets = [f"broken-{who}  2026-03-02T12:00  {who}  broken" for who in PEOPLE[:9]]
    tickets += [f"payment-{who}  2026-03-03T12:00  {who}  payment" for who in PEOPLE[:6]]
    tickets += [f"odd-{who}  2026-03-29T12:00  {who}  weird" for who in PEOPLE[:6]]
    orders = [f"a-{who}  2026-03-02T10:02:30  {who}  -  100  40  -" for who in PEOPLE[1:]]
    orders += [f"c-{who}  2026-03-08T10:00  {who}  -  1000  400  2026-03-09T10:00" for who in PEOPLE[1:6]]
    orders += ["c-k0  2026-03-02T10:02:00  k0  s-k0  1000  400  2026-03-09T10:00"]
    orders += [f"b-{who}  2026-03-12T10:00  {who}  -  50  20  -" for who in PEOPLE[6:]]
    orders += ["late  2026-06-20T10:00  k11  -  50  20  -"]
    return module_company(
        journey=JOURNEY,
        web_events=rows("occurred_at  customer_id  session_id  event_name  url", visits),
        survey_answers=rows(
            "response_id  survey  metric  scale_min  scale_max  score  customer_id  session_id  ticket_id  weight  responded_at",
            answers,
        ),
        support_tickets=rows("ticket_id  created_at  customer_id  category", tickets),
        orders=rows("order_id  ordered_at  customer_id  session_id  amount  margin  cancelled_at", orders),
    )


def test_an_answer_to_a_survey_of_another_journey_counts_there_alone(both):
    # though both stages stand in the session the answer was given in
    for journey, stage, satisfied in (("Shop", "Buy", 10 / 12), ("Care", "Help", 2 / 12)):
        cell = both.one("csat_t2b_5", journey=journey)
        assert (cell.value, cell.n) == (pytest.approx(satisfied), 12)
        assert both.shown("csat_t2b_5", "stage", journey=journey) == {stage: (round(satisfied, 4), 12)}
    # what is said of the company as a whole is every journey's
    assert [both.one("nps_relationship", journey=name).n for name in ("Shop", "Care")] == [12, 12]


def test_a_rating_of_help_belongs_to_the_journey_of_its_request(both):
    assert both.one("csat_post_contact", journey="Care").n == 9
    assert both.one("csat_post_contact", journey="Shop").n == 0


def test_a_request_counts_in_the_journey_its_reason_names_and_one_nobody_knows_in_each(both):
    # 18 orders were not cancelled. Shop: six about a payment and six of nobody's; Care: nine and six. That somebody was on /buy before says less
    assert both.one("contacts_per_order", journey="Shop").value == pytest.approx(100 * 12 / 18)
    assert both.one("contacts_per_order", journey="Care").value == pytest.approx(100 * 15 / 18)
    assert both.shown("contact_rate_gross", "stage", journey="Shop")["Buy"] == (50.0, 12)
    assert both.shown("contact_rate_gross", "stage", journey="Care")["Help"] == (75.0, 12)


def test_what_a_person_asked_about_another_journey_is_asked_again_all_the_same(both):
    # six of the nine wrote about a payment a day after, with Shop: the path of one shows both requests
    generation = both.store.generation()
    held = run(Query(("contacts_per_100_occasions",), journey="Care", by=("stage",)), generation).cells[0]
    assert held.value == pytest.approx(100 * 15 / 12)


def test_a_cancelled_order_is_no_revenue_no_purchase_and_no_second_one(both):
    # eleven bought for 100, six again for 50, one of them once more; k0 bought nothing that stayed
    assert both.one("revenue_per_person").value == pytest.approx((11 * 100 + 6 * 50 + 50) / 11)
    assert both.one("margin_per_person").value == pytest.approx((11 * 40 + 6 * 20 + 20) / 11)
    assert (both.one("conversion").value, both.one("conversion").n) == (pytest.approx(11 / 12), 12)
    assert (both.one("repeat_purchase_90d").value, both.one("repeat_purchase_90d").n) == (pytest.approx(6 / 11), 11)
    assert "6 of 24 orders of the period were cancelled: they count in nothing" in warned(
        both.ask("revenue_per_person")
    )


def test_a_weight_of_one_is_a_weight(both):
    # six of twelve weigh 1, the others 3: all twelve bring one
    (said,) = [text for text in warned(both.one("nps_relationship", journey="Shop")) if "weights" in text]
    assert "12 of 12" in said


def test_all_data_says_that_the_window_is_open_too(both):
    # no first order lies a year back, whether a period was asked for or not
    assert [
        str(both.one("customer_lifetime_value", **period).state)
        for period in ({}, {"end": date(2026, 6, 20), "start": date(2026, 3, 1)})
    ] == [
        "immature",
        "immature",
    ]
