"""Join traps: fan-out, chasm, means of means, null keys, ids that look alike. Each table is small enough to add up by eye."""

import pytest

from tests.core.company import block, table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment"]
    surveys = ["s"]
    goal = "event:purchase"
    [[survey]]
    name = "s"
    kind = "transactional"
"""


@pytest.fixture(scope="module")
def shop(module_company):
    """k1 visits twice in one occasion and answers three times; k2 visits once; k3 answers without any visit.

    visits  person  day    answers  person  score    tickets  person
    v1      k1      2nd    r1       k1      5        t1       k1
    v2      k1      3rd    r2       k1      1        t2       k1
    v3      k2      2nd    r3       k1      4
                           r4       k3      5
    """
    return module_company(
        journey=JOURNEY,
        web_events="""
        occurred_at       customer_id  url
        2026-03-02T10:00  k1           /cart
        2026-03-03T10:00  k1           /cart
        2026-03-02T10:00  k2           /cart
        """,
        survey_answers="""
        response_id  responded_at      customer_id  survey  metric  scale_min  scale_max  score
        r1           2026-03-03T12:00  k1           s       csat    1          5          5
        r2           2026-03-03T13:00  k1           s       csat    1          5          1
        r3           2026-03-03T14:00  k1           s       csat    1          5          4
        r4           2026-03-03T14:00  k3           s       csat    1          5          5
        """,
        support_tickets="""
        ticket_id  created_at        customer_id  category
        t1         2026-03-03T15:00  k1           payment
        t2         2026-03-04T15:00  k1           payment
        """,
    )


def test_fan_out_an_answer_never_multiplies_visits(shop):
    """Three answers of k1 beside two visits are not six: visits 3, answers 4, occasions 2."""
    assert [shop.value(f"select count(*) from {fact}") for fact in ("visits", "answers", "occasions", "tickets")] == [
        3,
        4,
        2,
        2,
    ]
    assert shop.value("select sum(visits) from occasions") == 3


def test_chasm_answers_and_tickets_of_one_occasion_do_not_multiply(shop):
    """k1's occasion holds 2 visits, 1 vote (the latest of three) and 2 contacts; not 3 × 2."""
    assert shop.rows("select visits, answers, contacts, unhappy from occasions order by visits desc") == [
        (2, 1, 2, False),
        (1, 0, 0, None),
    ]


def test_one_vote_an_occasion_the_latest(shop):
    """k1 answered 5, 1, 4 about one occasion: the 4 counts. With k3's 5: two votes, both satisfied."""
    ((n, satisfied),) = shop.rows("""select count(*), count(*) filter (where score >= 4) from (
        select score from answers qualify row_number() over (partition by coalesce(occasion_key, answer_key) order by responded_at desc) = 1)""")
    assert (n, satisfied) == (2, 2)
    assert shop.one("csat_t2b_5").state == "suppressed"


def test_answers_by_stage_add_up_to_all_answers(shop):
    """Every answer is in one stage of the journey or in none: the parts are the whole."""
    assert shop.rows("select stage, count(*) from answers group by stage") == [("Buy", 4)]


def test_an_answer_without_a_visit_belongs_to_no_occasion(shop):
    """k3 was never seen on the site: the answer is kept, and makes no occasion."""
    assert shop.rows("select occasion_key is null, stage from answers where response_id = 'r4'") == [(True, "Buy")]


def test_a_mean_of_rates_is_not_the_rate(company):
    """web: 20 visits, 2 bought; app: 5 visits, 4 bought. 6/25 = 24 %, not the mean of 10 % and 80 %."""
    rows = ["occurred_at  customer_id  touch_channel  event_name  url"]
    for channel, visits, bought in (("web", 20, 2), ("app", 5, 4)):
        for n in range(visits):
            rows.append(f"2026-03-02T10:00  {channel}{n}  {channel}  page_view  /cart")
            rows += [f"2026-03-02T10:01  {channel}{n}  {channel}  purchase  -"] if n < bought else []
    built = company(journey=JOURNEY, web_events="\n".join(rows))
    assert built.shown("completion_rate", "touch_channel") == {"web": (0.1, 20), "app": (0.8, 5)}
    assert built.shown("completion_rate", "stage")["Buy"] == (0.24, 25)


def test_missing_ids_never_join_each_other(company):
    """Two events, two answers, two tickets and two orders without any id: six times nobody, not one person, and no visit at all."""
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       url
        2026-03-02T10:00  /cart
        2026-03-02T10:01  /cart
        """,
        survey_answers="""
        responded_at      survey  score
        2026-03-02T12:00  s       5
        2026-03-02T12:00  s       1
        """,
        support_tickets="""
        created_at        category
        2026-03-02T12:00  payment
        2026-03-02T12:10  payment
        """,
        orders="""
        ordered_at        amount
        2026-03-02T10:00  10
        2026-03-02T10:01  10
        """,
    )
    assert built.value("select count(*) from visits") == 0  # which of them were one visit nobody can tell
    assert built.value("select count(distinct person_id) from answers") == 2
    assert built.value("select count(*) from tickets where counted and person_id is null") == 2
    assert built.value("select count(*) from orders where person_id is null and session_key is null") == 2
    assert built.value("select count(*) from answers where occasion_key is not null") == 0
    assert built.value("select count(*) from occasions") == 0
    assert built.value("select count(*) from visits where goal_reached") == 0


def test_two_helpdesks_with_the_same_ticket_number(company):
    """Ticket 17 of each helpdesk: the answer of the first one's file is about the first; one from elsewhere is about neither."""
    tickets = "ticket_id,created_at,category,responded_at,survey,score\n17,2026-03-02T10:00,{0},2026-03-02T12:00,s2,5\n"
    journey = JOURNEY + '    [[survey]]\n    name = "s2"\n    kind = "post_contact"\n'
    built = company(
        journey=journey,
        files={
            "north.csv": tickets.format("payment"),
            "south.csv": tickets.format("other"),
            "poll.csv": "ticket_id,survey,score\n17,s2,1\n",
        },
        sources=block("north", "north.csv", "support_tickets")
        + block("south", "south.csv", "support_tickets")
        + block("poll", "poll.csv", "survey_answers"),
    )
    assert built.value("select count(*) from tickets") == 2
    assert built.rows("select stage, stage_basis from answers") == [(None, "none")]


def test_an_order_known_to_two_sources_is_one_order(company):
    """The web analytics and the shop both report o1: one order, with the amount of the fuller record."""
    built = company(
        journey=JOURNEY,
        files={
            "shop.csv": table("""
        order_id  ordered_at        amount  customer_id  delivered_at
        o1        2026-03-02T10:00  99      k1           2026-03-05
        """),
            "web.csv": table("""
        order_id  ordered_at        session_id
        o1        2026-03-02T10:00  s1
        """),
        },
        sources=block("shop", "shop.csv", "orders") + block("web", "web.csv", "orders"),
    )
    assert built.rows("select order_id, amount_cents from orders") == [("o1", 9900)]
