"""One company counted by hand beside the product: requests written down late or opened again, refunds of unknown orders, machines' page measurements, felt promises
in numbers, and what lies at the edge of a window or a day. Each stage is a case of its own; what is looked at once is a segment."""

from datetime import date

import pytest

from metrics.analyses.experiments.find import experiments
from metrics.query.query import Query
from tests.core.company import block

STAGES = "Reopened Again Written Untimed Chat Tied One Equal Midnight Back Late Vitals Rage Felt Yes Gap Order Ces Other Resolved".split()
GOALS = {
    "One": "event:sign_up",
    "Midnight": "event:sign_up",
    "Back": "event:sign_up",
    "Late": "event:sign_up",
    "Order": "order",
}
KINDS = {"Resolved": "post_contact"}
JOURNEY = "\n".join(
    [
        '[[journey]]\nname = "J"\ngoal = "Late"',
        *(
            f'[[journey.stage]]\nname = "{name}"\npaths = ["/{name.lower()}*"]\nsurveys = ["{name.lower()}"]\ntickets = ["{name.lower()}"]'
            + (f'\ngoal = "{GOALS[name]}"' if name in GOALS else "")
            for name in STAGES
        ),
        '[[journey]]\nname = "K"\n[[journey.stage]]\nname = "Shared"\npaths = ["/one", "/back*"]\ngoal = "event:sign_up"',
        *(f'[[survey]]\nname = "{n.lower()}"\nkind = "{KINDS.get(n, "transactional")}"\ntrigger = "random"' for n in STAGES),
        '[[survey]]\nname = "yearly"\nkind = "relationship"',
        '[[promise]]\nname = "Reply"\nstage = "Written"\nevidence = "tickets: first_reply_at <= created_at + 4 h"',
        '[[promise]]\nname = "On time"\nstage = "Felt"\nevidence = "answers: felt/ontime = 1"',
        '[[promise]]\nname = "As said"\nstage = "Yes"\nevidence = "answers: yes/asked = Yes"',
    ]
)  # fmt: skip
SETTINGS = '[company]\nname = "Test"\ntimezone = "Asia/Kathmandu"\nweek_starts = "sunday"\ncost_per_contact = 10.0\n'
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}
JANUARY = {"start": date(2026, 1, 1), "end": date(2026, 1, 31)}


def events() -> str:
    """Ten visitors a case, at UTC; Kathmandu is 5:45 ahead."""
    lines = ["event_id  occurred_at  session_id  anonymous_id  customer_id  event_name  url  target  device  is_bot"]

    def see(stage: str, who: str, at: str, name="page_view", more="", target="-", bot="false", customer="-") -> None:
        lines.append(
            f"e{len(lines)}  2026-03-{at}Z  s{who}  {who}  {customer}  {name}  /{stage.lower()}{more}  {target}  desktop  {bot}"
        )

    for n in range(10):
        for stage in ("Reopened", "Again", "Written", "Untimed", "Chat", "Tied"):
            see(stage, f"{stage}{n}", "02T06:00:00", customer=f"{stage}{n}")
        see("One", f"one{n}", "02T05:00:00")
        if n < 4:  # the goal at the very moment of the only view
            see("One", f"one{n}", "02T05:00:00", "sign_up")
        for page in "xyz":  # three pages at one moment
            see("Equal", f"equal{n}", "02T06:00:00", more=f"/{page}")
        see("Midnight", f"midnight{n}", "02T18:10:00")  # 23:55 on the 2nd
        see("Midnight", f"midnight{n}", "02T18:20:00", more="/b")
        if n < 5:
            see("Midnight", f"midnight{n}", "02T18:20:30", "sign_up")
        for stage, minute in (("Back", 0), ("Rage", 1), ("Back", 2)):  # away and back again
            see(stage, f"back{n}", f"02T07:0{minute}:00", more="/b")
        if n < 5:
            see("Back", f"back{n}", "02T07:03:00", "sign_up")
        see("Rage", f"late{n}", "02T08:00:00", "sign_up")  # before the stage was entered
        see("Late", f"late{n}", "02T08:05:00")
        if n < 3:
            see("Rage", f"late{n}", "02T08:06:00", "sign_up")
        see("Rage", f"machine{n}", "02T10:00:00", bot="true")
        see("Rage", f"machine{n}", "02T10:00:01", "rage_click", bot="true")
        for tenth in range(3 if n < 2 else 0):
            see("Rage", f"rage{n}", f"02T10:00:0{3 + tenth // 2}", "click", target="buy")
        see("Rage", f"rage{n}", "02T10:00:00")
        see("Vitals", f"v{n}", "02T11:00:00")
        see("Vitals", f"m{n}", "02T11:00:00", bot="true")
    return "\n".join([*lines, "end  2026-10-01T10:00Z  send  end  -  page_view  /nowhere  -  desktop  false"])


def vitals() -> str:
    """Four measurements each of ten people (a second, nothing, none but four that jump) and of ten machines, half of which name no session."""
    lines = ["event_id  occurred_at  session_id  anonymous_id  url  device  lcp_ms  inp_ms  cls"]
    for n in range(40):
        lines.append(
            f"p{n}  2026-03-02T11:00Z  sv{n % 10}  v{n % 10}  /vitals  desktop  1000  0  {0 if n < 36 else 0.5}"
        )
        lines.append(
            f"m{n}  2026-03-02T11:00Z  {f'sm{n % 10}' if n < 20 else '-'}  m{n % 10}  /vitals  desktop  9000  900  0.9"
        )
    return "\n".join(lines)


def tickets() -> str:
    lines = [
        "ticket_id  customer_id  created_at  first_reply_at  solved_at  status  category  contact_via  replies  reopens"
    ]

    def ask(
        stage: str,
        n: int,
        day="02",
        reply="11:00:12",
        solved="2026-03-05T10:00Z",
        status="solved",
        via="email",
        reopens=0,
    ) -> None:
        who, created = f"{stage}{n}", f"2026-03-{day}T10:00:12Z"
        lines.append(
            f"t{len(lines)}  {who}  {created}  2026-03-{day}T{reply}Z  {solved}  {status}  {stage.lower()}  {via}  1  {reopens}"
        )

    for n in range(10):
        if n < 6:
            ask("Reopened", n)
        else:  # solved once, opened again, open to this day
            ask("Reopened", n, solved="-", status="open", reopens=1)
        ask("Again", n)
        if n < 5:  # a day later, while waiting
            ask("Again", n, day="03")
        ask("Written", n, reply="10:00:12" if n < 5 else "16:00:12")  # five were written down by who had answered them
        ask("Untimed", n, solved="-" if n < 5 else "2026-03-05T10:00Z")
        ask("Chat", n, reply="10:00:12", via="chat")
        ask("Tied", n)
        ask("Tied", n)  # two requests of one moment
    return "\n".join(lines)


def answers() -> str:
    lines = [
        "response_id  question_id  survey  customer_id  responded_at  invited_at  metric  scale_min  scale_max  higher_is_better  score  choice"
    ]

    def say(
        survey, who, score, metric="csat", scale="1  5", at="02T10:00", q="score", hib="-", choice="-", invited="-"
    ) -> None:
        lines.append(
            f"r{len(lines)}  {q}  {survey}  {who}  2026-03-{at}  {invited}  {metric}  {scale}  {hib}  {score}  {choice}"
        )

    for n in range(10):
        say("felt", f"f{n}", 1 if n < 7 else 0, "kept", "0  1", q="ontime")
        said = "yes" if n < 3 else "No" if n < 6 else "Don't know"
        say("yes", f"y{n}", "-", "kept", "-  -", q="asked", choice=said)
        say("gap", f"g{n}", 6, "expectation_before", "1  7", "01T10:00")
        say("gap", f"g{n}", 4, "perceived", "1  7", "03T10:00", invited="2026-03-03T09:00")
        if n < 5:  # the same invitation again: the later answer
            say("gap", f"g{n}", 7, "perceived", "1  7", "03T12:00", invited="2026-03-03T09:00")
        say("ces", f"c{n}", 5 if n < 6 else 4, "ces", "1  7")
        say("ces", f"d{n}", 2 if n < 6 else 6, "ces", "1  7", hib="false")
        say("ces", f"c{n}", 5 if n < 7 else 3, "ces", "1  5", q="five")
        say("yearly", f"n{n}", 9 if n < 5 else 8, "nps", "0  10", "02T10:00")
        say("yearly", f"n{n}", 3 if n < 5 else 9, "nps", "0  10", "20T10:00")
    return "\n".join(lines)


def people() -> str:
    segments = ("Edge", "Guest", "Unknown", "Parts", "Elsewhere", "Nothing")
    return "\n".join(["customer_id  segment", *(f"{name}{n}  {name}" for name in segments for n in range(10))])


def orders() -> dict[str, str]:
    """Ten customers a segment buy for 100 (margin 40) in January; a second source has refunds of ten of these orders."""
    lines = ["order_id,customer_id,email,ordered_at,amount,margin,currency"]

    def buy(who: str, at="2026-01-10T10:00:00", amount=100, margin="40", number="", mail="") -> None:
        lines.append(f"{number or f'o{len(lines)}'},{who},{mail},{at}Z,{amount},{margin},EUR")

    for n in range(10):
        buy(f"Edge{n}")
        if n < 6:  # after 90 days to the second, or a second more
            buy(f"Edge{n}", f"2026-04-10T10:00:0{0 if n < 3 else 1}")
        buy("", mail=f"guest{n}@example.com")  # without an account, four of them with one a month later
        buy(f"Guest{n}", "2026-02-10T10:00:00" if n < 4 else "2026-08-10T10:00:00", mail=f"guest{n}@example.com")
        buy(f"Unknown{n}")
        if n < 5:  # a credit note of its own number
            buy(f"Unknown{n}", "2026-02-01T10:00:00", -50, "-20")
        for day, amount in (("10", 100), ("20", -20), ("25", -30)):
            buy(f"Parts{n}", f"2026-01-{day}T10:00:00", amount, "40" if amount > 0 else "", f"parts{n}")
        buy(f"Elsewhere{n}", number=f"else{n}")
        buy(f"Nothing{n}")
        if n < 5:
            buy(f"Nothing{n}", "2026-02-01T10:00:00", 0, "0")
    back = ["order_id,ordered_at,amount", *(f"else{n},2026-01-15T10:00:00Z,-25" for n in range(10))]
    return {"shop.csv": "\n".join(lines) + "\n", "back.csv": "\n".join(back) + "\n"}


@pytest.fixture(scope="module")
def hand(module_company):
    return module_company(
        journey=JOURNEY, settings=SETTINGS, web_events=events(), page_vitals=vitals(), support_tickets=tickets(),
        survey_answers=answers(), people=people(), files=orders(),
        sources=block("shop", "shop.csv", "orders") + block("back", "back.csv", "orders"),
        exposures="\n".join(
            ["experiment  unit  unit_kind  variant  exposed_at",
             *(f"fee  Edge{n}  customer_id  {'new' if n % 2 else 'old'}  2026-03-01T20:00Z" for n in range(10)),
             *(f"fee  Guest{n}  customer_id  {arm}  2026-03-02T10:00Z" for n in range(10) for arm in ("new", "old"))]
        ),
        annotations="at  until  kind  text\n2026-03-01  2026-03-10  campaign  Sale",
    )  # fmt: skip


# metric → stage → (value, n), counted by hand
BY_STAGE = {
    # of ten solved once, four are open again: they were not solved for good, and each had its solution
    "reopen_rate": {"Reopened": (0.4, 10), "Untimed": (0, 10), "Again": (0, 15)},
    # opened again or asked again while waiting: not solved at first contact; of two requests of one moment the first opens the episode
    "fcr_recontact_7d": {"Reopened": (0.6, 10), "Again": (0.5, 10), "Untimed": (1, 5), "Tied": (1, 10), "Written": (1, 10)},
    "fcr_recontact_7d_same_topic": {"Reopened": (0.6, 10), "Again": (0.5, 10), "Untimed": (1, 5), "Tied": (1, 10)},
    "fcr_one_touch": {"Reopened": (1, 6), "Untimed": (1, 10), "Again": (1, 15)},
    # solved nobody knows when is not open
    "backlog": {"Reopened": (4, 10), "Untimed": (0, 5), "Written": (0, 10)},
    # a reply in the second of the request is one in a chat only
    "first_response_p50": {"Written": (6, 5), "Chat": (0, 10), "Again": (1, 15)},
    "resolution_p50": {"Written": (72, 10), "Untimed": (72, 5)},
    "contact_rate": {"Again": (1, 10), "One": "no_data"},
    "contact_rate_gross": {"Again": (150, 10), "Tied": (200, 10)},
    "contacts_per_100_occasions": {"Again": (150, 10), "Tied": (200, 10)},
    "cost_to_serve": {"Again": (15, 10), "Written": (10, 10)},
    "completion_rate": {"One": (0.4, 10), "Midnight": (0.5, 10), "Back": (0.5, 10), "Late": (0.3, 10), "Equal": "not_applicable"},
    "drop_off_rate": {"One": (0.6, 10), "Back": (0.5, 10), "Late": (0.7, 10)},
    "occasion_completion": {"One": (0.4, 10), "Late": (0.3, 10)},
    "smooth_rate": {"One": (0.4, 10), "Late": (0.3, 10)},
    "no_fuss_rate": {"One": (0.4, 10), "Back": (0.5, 10)},
    "action_rate": {"One": (0.4, 10), "Equal": (0, 10), "Back": (0.5, 10)},
    "rage_click_rate": {"Rage": (round(2 / 30, 4), 30), "Back": (0, 10)},
    "backtrack_rate": {"Back": (1, 10), "Equal": (0, 10), "Midnight": (0, 10)},
    "dwell_p50": {"Equal": (0, 10), "Back": (60.4955, 10), "Midnight": (603.4352, 10)},
    "page_exit_rate": {"One": (1, 10), "Equal": (round(1 / 3, 4), 30), "Back": (0.5, 20)},
    "time_to_goal_p50": {"Midnight": (630, 10), "Back": (180, 10), "Late": "no_data"},
    "funnel_step_conversion": {"Equal": (0, 10), "Back": (0, 10), "Resolved": "not_applicable"},
    "promise_kept_felt": {"Felt": (0.7, 10), "Yes": (0.5, 6)},  # "Don't know" says neither
    "sla_share": {"Written": (round(65 / 70, 4), 70)},  # of 75 requests five have no time of waiting
    "expectation_gap": {"Gap": (-0.5, 10)},  # five at 4 − 6, five at 7 − 6, their later answer
    "ces_7_t3b": {"Ces": (0.6, 20)},
    "ces_7_mean": {"Ces": (4.5, 20)},
    "ces_5_t2b": {"Ces": (0.7, 10)},
}  # fmt: skip
BY_SEGMENT = {
    "repeat_purchase_90d": {"Edge": 0.3, "Guest": 0.4, "Unknown": 0, "Parts": 0, "Elsewhere": 0, "Nothing": 0.5},
    "revenue_per_person": {"Edge": 100, "Guest": 100, "Unknown": 100, "Parts": 50, "Elsewhere": 75, "Nothing": 100},
    "margin_per_person": {"Edge": 40, "Guest": 40, "Unknown": 40, "Parts": 20, "Elsewhere": 30, "Nothing": 40},
}
WHOLE = {
    "nps_relationship": (0, 10),
    "nps_migration": (-50, 10),
    "expectation_gap_means": (-0.5, 20),
    "journey_success_rate": (round(3 / 130, 4), 130),
}


@pytest.mark.parametrize("metric", BY_STAGE)
def test_a_number_of_a_stage_is_that_counted_by_hand(hand, metric):
    found = hand.shown(metric, "stage", **MARCH)
    assert {stage: found[stage] for stage in BY_STAGE[metric]} == BY_STAGE[metric]


@pytest.mark.parametrize("metric", BY_SEGMENT)
def test_what_gives_money_back_is_no_purchase(hand, metric):
    """A credit note of no known order is no order; refunds of a part, and those another source holds, are their order's; 90 days are 90 days."""
    found = hand.shown(metric, "segment", **JANUARY)
    assert {name: found[name] for name in BY_SEGMENT[metric]} == {n: (v, 10) for n, v in BY_SEGMENT[metric].items()}


def test_pages_are_measured_on_people(hand):
    """Machines of a known session, and those that came as bots every time, are out; nothing to wait for is 0, no gap."""
    desktop = {"stages": ("Vitals",), "filters": (("device", "desktop"),)} | MARCH
    found = {name: hand.one(name, **desktop) for name in ("lcp_p75", "inp_p75", "cls_p75")}
    assert {name: (round(cell.value, 1), cell.n) for name, cell in found.items()} == {
        "lcp_p75": (1.0, 40),
        "inp_p75": (0, 40),
        "cls_p75": (0, 40),
    }


def test_what_was_left_out_is_asked(hand):
    said = {one.name: (one.records, one.total) for one in hand.summary.questions}
    assert said["ended_without_time"] == (5, 71) and said["replies_at_once"] == (5, 75)
    assert said["orders_of_nothing"] == (5, 81) and said["amounts"] == (5, 86)
    assert hand.account("back.csv") == (10, 0, 10)


def test_whole_journeys_and_relationships(hand):
    assert {m: (round(hand.one(m, **MARCH).value, 4), hand.one(m, **MARCH).n) for m in WHOLE} == WHOLE
    assert hand.shown("completion_rate", "stage", journey="K", **MARCH) == {"Shared": (0.45, 20)}


def test_days_and_weeks_are_the_companys(hand):
    """18:10 UTC is 23:55 in Kathmandu; weeks begin on Sunday, 1 March; who was exposed at 20:00 UTC was so on the 2nd; a day is that day."""
    assert hand.shown("completion_rate", "day", stages=("Midnight",), **MARCH) == {"2026-03-02": (0.5, 10)}
    assert hand.shown("completion_rate", "week", stages=("Midnight",), **MARCH) == {"2026-03-01": (0.5, 10)}
    one_day = {"start": date(2026, 3, 2), "end": date(2026, 3, 2)}
    assert hand.one("completion_rate", stages=("Midnight",), **one_day).n == 10
    (fee,) = experiments(Query(()), hand.store.generation()).experiments
    assert (fee.first_day, [arm.persons for arm in fee.arms]) == (date(2026, 3, 2), [5, 5])
    assert hand.rows("select day::varchar, until_day::varchar from annotations") == [("2026-03-01", "2026-03-10")]
