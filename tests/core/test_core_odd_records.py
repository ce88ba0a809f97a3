"""Records that are not as they should be, in one company: weights of some only, the same asked twice, replies before the request, machines, a shared tablet."""

from datetime import date

import pytest

from metrics.analyses.experiments.find import experiments
from metrics.query.query import Query
from tests.core.company import block, table

STAGES = ("Buy", "Weighed", "Scales", "Zero", "Twice", "Order")
JOURNEY = "\n".join(
    [
        '[[journey]]\nname = "J"',
        *(
            f'[[journey.stage]]\nname = "{name}"\npaths = ["/{name.lower()}"]\n'
            f'surveys = ["{name.lower()}", "{name.lower()} too"]\ntickets = ["{name.lower()}"]'
            for name in STAGES
        ),
        *(
            f'[[survey]]\nname = "{name.lower()}{more}"\nkind = "transactional"\ntrigger = "random"'
            for name in STAGES
            for more in ("", " too")
        ),
        '[[promise]]\nname = "Reply"\nstage = "Buy"\nevidence = "tickets: first_reply_at <= created_at + 4 h"',
        '[[promise]]\nname = "Parcel"\nstage = "Order"\nevidence = "orders: delivered_at <= promised_at"',
    ]
)


def answers() -> str:
    """The surveys by stage; the same people, order or invitation where it says so."""
    lines = [
        "response_id  survey  customer_id  responded_at  invited_at  order_id  metric  scale_min  scale_max  score  weight"
    ]

    def say(survey: str, who: str, score: int, weight="-", day=2, invited="-", order="-") -> None:
        lines.append(
            f"r{len(lines)}  {survey}  {who}  2026-03-{day:02}T10:00  {invited}  {order}  csat  1  5  {score}  {weight}"
        )

    for n in range(10):  # content are the five without a weight; the others stand for some 500 people each
        say("weighed", f"w{n}", 5 if n < 5 else 2, "-" if n < 5 else 400 + 100 * (n - 5))
        say(
            "scales", f"s{n}", 5, 1000
        )  # a survey that weighs by people, all content, and one that does not weigh, none
        say("scales too", f"t{n}", 2)
        say("zero", f"z{n}", 5 if n < 6 else 2, 0 if n % 2 else 2)
        say("twice", f"i{n}", 2, day=3, invited="2026-03-02T09:00")  # asked once; eight say better of it the next day
        if n < 8:
            say("twice", f"i{n}", 5, day=4, invited="2026-03-02T09:00")
        say(
            "order", f"o{n}", 2, day=3, order="b1" if n < 2 else f"b{n}"
        )  # of two people with one number each has a voice
        say("order", f"o{n}", 5, day=9, order="b1" if n < 2 else f"b{n}")
        say("weekly", f"k{n}", 5, day=24)
    return "\n".join(lines)


def invitations() -> str:
    weekly = [f"k{n}-{week}  Weekly  k{n}  2026-03-{1 + 7 * week:02}T09:00" for n in range(10) for week in range(4)]
    return "\n".join(["invitation_id  survey  customer_id  invited_at", *weekly])


def tickets() -> str:
    """Ten answered after two hours, five dated before they were asked, three of the ten solved before, all over."""
    lines = ["ticket_id  customer_id  created_at  first_reply_at  solved_at  status  category"]
    for n in range(15):
        reply, solved = ("08:00" if n >= 10 else "14:00"), ("09:00" if n < 3 else "20:00")
        lines.append(f"t{n}  q{n}  2026-03-02T12:00  2026-03-02T{reply}  2026-03-02T{solved}  solved  buy")
    return "\n".join(lines)


def orders() -> str:
    """Five parcels in time, five dated a day before they were ordered, five of a day without a time, that of the order."""
    lines = ["order_id  customer_id  ordered_at  promised_at  delivered_at"]
    for n, delivered in enumerate(["2026-03-04T10:00"] * 5 + ["2026-03-01T10:00"] * 5 + ["2026-03-02"] * 5):
        lines.append(f"p{n}  p{n}  2026-03-02T12:00  2026-03-05  {delivered}")
    return "\n".join(lines)


def events() -> str:
    """Five customers log in on one tablet and five strangers use it; ten machines were on no stage's page; the data end in June."""
    lines = ["occurred_at  session_id  anonymous_id  customer_id  event_name  url  is_bot"]
    for n in range(5):
        lines += [
            f"2026-03-02T0{n}:00  l{n}  tablet  y{n}  page_view  /buy  false",
            f"2026-03-03T0{n}:00  a{n}  tablet  -  page_view  /buy  false",
        ]
    lines += [f"2026-03-02T11:0{n}  f{n}  e{n}  q{n}  js_error  /buy  false" for n in range(10)]
    lines += [f"2026-03-02T10:0{n}  m{n}  m{n}  -  page_view  /press  true" for n in range(10)]
    lines.append("2026-06-30T10:00  end  end  -  page_view  /press  false")
    return "\n".join([f"{lines[0]}  event_id", *(f"{line}  e{n}" for n, line in enumerate(lines[1:]))])


def overlapping() -> dict[str, str]:
    """A second export of the same site that holds ten of its events again, and one that only names the same number."""
    first, *rest = events().splitlines()
    again = [line for line in rest if "  js_error  " in line]
    other = "2026-06-29T10:00  end2  end2  -  page_view  /press  false  e0"
    return {"more.csv": table("\n".join([first, *again, other]))}


def exposures() -> str:
    """Ten customers, ten machines, ten of whom no visit is recorded: half of each in either arm."""
    units = [f"q{n}  customer_id" for n in range(10)] + [f"{who}{n}  anonymous_id" for who in "mu" for n in range(10)]
    lines = [f"fee  {unit}  {'new' if n % 2 else 'old'}  2026-03-02T10:00" for n, unit in enumerate(units)]
    return "\n".join(["experiment  unit  unit_kind  variant  exposed_at", *lines])


@pytest.fixture(scope="module")
def odd(module_company):
    return module_company(
        journey=JOURNEY,
        survey_answers=answers(),
        survey_invitations=invitations(),
        support_tickets=tickets(),
        orders=orders(),
        web_events=events(),
        exposures=exposures(),
        files=overlapping(),
        sources=block("more", "more.csv", "web_events"),
    )


def test_a_weight_nobody_stated_is_the_mean_of_its_survey(odd):
    """Five content answers without a weight beside five that stand for 400 to 800 people: half, not one in six hundred. Two surveys of
    ten, one weighed by people: half, not 99.9 %. Who weighs 0 is not in n: of the five that count, three are content."""
    found = odd.shown("csat_t2b_5", "stage", stages=("Weighed", "Scales", "Zero"))
    assert found == {"Weighed": (0.5, 10), "Scales": (0.5, 20), "Zero": (0.6, 5)}


def test_the_same_invitation_or_order_is_one_vote(odd):
    """Asked once, ten answer 2, eight of them 5 a day later: 80 % of ten. Ten answer about their order twice: the later answer of each."""
    found = odd.shown("csat_t2b_5", "stage", stages=("Twice", "Order"))
    assert found == {"Twice": (0.8, 10), "Order": (1.0, 10)}


def test_one_answer_answers_one_invitation(odd):
    """Ten people asked in four weeks each answer once: a quarter, not all."""
    assert odd.shown("survey_response_rate", "survey") == {"Weekly": (0.25, 40)}
    assert odd.rows("select distinct invited_at::date::varchar from invitations where answered") == [("2026-03-22",)]


def test_a_time_before_the_request_is_no_time(odd):
    """Ten waited two hours each; of five nobody knows: 20 hours over 20 visits, ten promises kept. Three of the ten solutions are dated before."""
    assert odd.one("first_response_p50").value == 2 and odd.one("first_response_p50").n == 10
    assert (odd.one("sla_share").value, odd.one("sla_share").n) == (1, 10)
    assert odd.one("hours_lost", stages=("Buy",)).value == pytest.approx(100 * 20 / 20, abs=1e-6)
    assert odd.one("fcr_recontact_7d").n == 7  # of q0 to q9, known before by a visit
    outcomes = dict(odd.rows("select outcome, count(*) from promises where promise = 'Parcel' group by 1"))
    assert outcomes == {"kept": 10, "unrecorded": 5}
    assert date.fromisoformat(odd.value("select min(day)::varchar from promises")) == date(2026, 3, 2)


def test_strangers_on_a_tablet_are_not_known_by_who_logged_in_there(odd):
    """Five visits of customers are of known people, and those of the ten at home; five of strangers are not."""
    rows = odd.rows(
        "select count(*), count(*) filter (where known_before), count(*) filter (where linked_before) from visits where stage = 'Buy'"
    )
    assert rows == [(20, 15, 15)]
    assert odd.one("visit_frequency").n == 15


def test_machines_on_no_stage_are_exposed_to_nothing(odd):
    """Ten customers and ten of whom nothing is recorded; ten machines had sessions, though none in a stage."""
    (fee,) = experiments(Query(()), odd.store.generation()).experiments
    assert [arm.persons for arm in fee.arms] == [10, 10]


def test_an_event_two_exports_hold_is_one(odd):
    """Ten of the eleven events of the second export are in the first; a number alone is no proof. Each is in the account."""
    assert odd.account("more.csv") == (11, 1, 10)
    assert {reason for _, _, kind, reason, *_ in odd.refused("more.csv")} == {"the same event in another source"}
