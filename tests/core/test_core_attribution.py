"""Where an answer belongs: declared kinds, ids first, then the survey's rule, url, hint, and the last stage, marked."""

import pytest

from report.words.reasons import reason_text
from tests.core.company import block, table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    surveys = ["find survey"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "order"
    [[journey.stage]]
    name = "Engage"
    paths = ["/help*"]
    tickets = ["delivery"]
""" + "".join(
    f'    [[survey]]\n    name = "{name}"\n    kind = "{kind}"\n    trigger = "{trigger}"\n'
    for name, kind, trigger in (
        ("find survey", "transactional", "random"),
        ("plain", "transactional", "random"),
        ("exit", "intercept", "on_exit"),
        ("rage", "intercept", "on_friction"),
        ("yearly", "relationship", "random"),
        ("agent", "post_contact", "by_agent"),
        ("study", "research", "random"),
    )
)
EVENTS = """
    occurred_at       customer_id  session_id  url
    2026-03-02T10:00  k1           s1          /cart
    2026-03-02T10:05  k1           s1          /cart
    2026-03-02T10:00  k2           s2          /help/faq
    2026-03-02T10:00  k3           s3          /
    """
ANSWERS = table("""
    response_id  survey       customer_id  order_id  ticket_id  session_id  url            stage_hint  responded_at
    by order     find survey  -            o1        t1         s3          /              Find        2026-03-02T12:00
    by ticket    find survey  -            -         t1         s3          /              Find        2026-03-02T12:00
    by session   plain        -            -         -          s1          /help          Find        2026-03-02T12:00
    by survey    find survey  k1           -         -          -           /cart          Buy         2026-03-02T12:00
    by url       plain        k1           -         -          -           /help/returns  Buy         2026-03-02T12:00
    by hint      plain        k1           -         -          -           /elsewhere     engage      2026-03-02T12:00
    by last      plain        k1           -         -          -           -              -           2026-03-08T10:00
    too late     plain        k1           -         -          -           -              -           2026-03-09T10:06
    before       plain        k1           -         -          -           -              -           2026-03-01T10:00
    stranger     plain        -            -         -          -           -              -           2026-03-02T12:00
    undeclared   who knows    k1           o1        -          s1          /cart          Buy         2026-03-02T12:00
    study        study        k1           o1        -          s1          /cart          Buy         2026-03-02T12:00
    yearly       yearly       k1           o1        -          s1          /cart          Buy         2026-03-02T12:00
    agent        agent        k1           -         t1         -           -              -           2026-03-04T12:00
    """).replace("responded_at", "responded_at,metric,scale_min,scale_max,score", 1)
EXPECTED = {
    "by order": ("Buy", "order"),
    "by ticket": ("Engage", "ticket"),
    "by session": ("Buy", "session"),
    "by survey": ("Find", "survey"),
    "by url": ("Engage", "url"),
    "by hint": ("Engage", "hint"),
    "by last": ("Buy", "last_stage"),
    "too late": (None, "none"),
    "before": (None, "none"),
    "stranger": (None, "none"),
    "undeclared": (None, "unstaged"),
    "study": (None, "unstaged"),
    "yearly": (None, "journey"),
    "agent": ("Engage", "ticket"),
}


@pytest.fixture(scope="module")
def asked(module_company):
    head, *rows = ANSWERS.splitlines()
    answers = "\n".join([head, *(f"{row},csat,1,5,2" for row in rows)])
    return module_company(
        journey=JOURNEY,
        web_events=EVENTS,
        files={"answers.csv": answers},
        sources=block("answers", "answers.csv", "survey_answers"),
        orders="order_id  ordered_at  customer_id\no1  2026-03-02T10:06  k1",
        support_tickets="ticket_id  created_at  solved_at  customer_id  category\nt1  2026-03-02T11:00  2026-03-04T11:30  k2  delivery",
    )


@pytest.mark.parametrize("answer", EXPECTED)
def test_the_first_rule_that_knows_the_stage_decides(asked, answer):
    """Order, ticket, session; the survey's own rule; the url asked on; the vendor's hint; the last stage within 7 days;
    none. What nobody declared, research and relationship are in no stage, however many ids they carry."""
    assert asked.rows("select stage, stage_basis from answers where response_id = $id", {"id": answer}) == [
        EXPECTED[answer]
    ]


def test_answers_by_stage_and_none_add_up(asked):
    """14 answers: each in one stage or in none."""
    by_stage = dict(asked.rows("select coalesce(stage, 'none'), count(*) from answers group by 1"))
    assert sum(by_stage.values()) == len(EXPECTED) == 14
    assert by_stage == {"Find": 1, "Buy": 3, "Engage": 4, "none": 6}


def test_a_stage_guessed_from_the_last_visit_stays_out_of_the_pair(asked):
    """k1's occasion in Buy is answered by the session's answer, not by the one placed by the last visit: one vote."""
    assert asked.rows("select answers, unhappy from occasions where stage = 'Buy'") == [(1, True)]


def test_what_nobody_declared_is_shown_as_unmapped(asked):
    """The survey without a kind is listed, so that it can be declared."""
    assert ("undeclared survey", "who knows", 1) in asked.rows("select kind, what, times from unmapped")


def test_a_relationship_answer_is_refused_a_stage(asked):
    """Asking for relationship NPS by stage is not_applicable, with the reason."""
    (cell,) = asked.show("nps_relationship", by="stage")
    assert cell.state == "not_applicable"
    assert "belongs to the journey" in reason_text(cell.reason)


def test_an_answer_is_dated_by_experience(asked):
    """Transactional by the visit (2 March, 10:05), a rated contact by its solution (4 March), relationship by the response."""
    dated = dict(asked.rows("select response_id, strftime(experienced_at, '%d %H:%M') from answers"))
    assert [dated[name] for name in ("by session", "agent")] == ["02 10:05", "04 11:30"]
    assert asked.value("select day::varchar from answers where response_id = 'yearly'") == "2026-03-02"


def test_lag_classes_at_their_edges(company):
    """Up to 1 hour, 3 days, 14 days, and beyond; unknown where no time is known."""
    lags = {
        "2026-03-02T11:00": "in the moment",
        "2026-03-02T11:01": "fresh",
        "2026-03-05T10:00": "fresh",
        "2026-03-05T10:01": "recalled",
        "2026-03-16T10:00": "recalled",
        "2026-03-16T10:01": "remote",
        "-": None,
    }
    rows = "\n".join(f"plain  5  2026-03-02T10:00  {at}" for at in lags)
    built = company(journey=JOURNEY, survey_answers=f"survey  score  experienced_at  responded_at\n{rows}")
    assert [lag for (lag,) in built.rows("select lag_class from answers order by responded_at nulls last")] == list(
        lags.values()
    )


def test_answers_conditioned_on_the_visit_stay_out_of_the_pair(company):
    """Asked because something went wrong, or on leaving: the score is conditioned on what it would be compared with."""
    rows = "".join(f"2026-03-02T10:00,{who},/cart\n" for who in ("k1", "k2", "k3"))
    answers = "".join(
        f"2026-03-02T10:30,{who},{survey},csat,1,5,1\n"
        for who, survey in (("k1", "rage"), ("k2", "exit"), ("k3", "plain"))
    )
    built = company(
        journey=JOURNEY.replace('paths = ["/cart"]', 'paths = ["/cart"]\n    surveys = ["rage", "exit", "plain"]'),
        files={
            "e.csv": "occurred_at,customer_id,url\n" + rows,
            "a.csv": "responded_at,customer_id,survey,metric,scale_min,scale_max,score\n" + answers,
        },
        sources=block("e", "e.csv", "web_events") + block("a", "a.csv", "survey_answers"),
    )
    assert built.rows("select stage, count(*) from answers group by stage") == [("Buy", 3)]
    assert built.value("select count(*) from occasions where unhappy is not null") == 1


def test_a_change_of_instrument_is_seen(company):
    """The same survey with another wording, scale, mode or language has another key; the same one keeps it."""
    built = company(
        journey=JOURNEY,
        survey_answers="""
        response_id  survey  score  question  scale_max  asked_via  language
        1            plain   5      How?      5          web        en
        2            plain   4      How?      5          web        en
        3            plain   5      How now?  5          web        en
        4            plain   5      How?      7          web        en
        5            plain   5      How?      5          email      en
        6            plain   5      How?      5          web        de
        """,
    )
    keys = dict(built.rows("select response_id, instrument from answers"))
    assert keys["1"] == keys["2"]
    assert len(set(keys.values())) == 5
