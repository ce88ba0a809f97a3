"""Help in time and help that solved it: response rate, promised times, what people say when asked. One small table each."""

import csv
import io
import json
from datetime import date

import pytest

from report.words.reasons import reason_text
from tests.core.company import block, table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment"]
    surveys = ["was it solved"]
    [[survey]]
    name = "was it solved"
    kind = "post_contact"
    trigger = "random"
"""
PROMISE = """
    [[promise]]
    name = "A reply in a day"
    stage = "Buy"
    evidence = "tickets: first_reply_at <= created_at + 24 h"
"""
SOLUTION = PROMISE.replace("A reply in a day", "Solved in two days").replace(
    "first_reply_at <= created_at + 24 h", "solved_at <= created_at + 2 d"
)


def invitations(*rows: str) -> str:
    return "\n".join(["invitation_id  survey  invited_at  customer_id", *rows])


def test_an_invitation_counts_once_its_thirty_days_are_over(company):
    """Of ten asked in March k0 and k1 answer the next day, k2 after 29 days, k3 after 31, k4 answers another survey: 3 of 10. Ten asked in
    the last week are out."""
    answers = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    answers += [
        f"{day}T12:00  {who}  {survey}  nps  0  10  9"
        for day, who, survey in (
            ("2026-03-02", "k0", "s"),
            ("2026-03-02", "k1", "s"),
            ("2026-03-30", "k2", "s"),
            ("2026-04-01", "k3", "s"),
            ("2026-03-02", "k4", "other"),
            ("2026-06-01", "late0", "s"),
        )
    ]
    asked = [f"i{n}  s  2026-03-01T12:00  k{n}" for n in range(10)] + [
        f"j{n}  s  2026-05-28T12:00  late{n}" for n in range(10)
    ]
    built = company(journey=JOURNEY, survey_answers="\n".join(answers), survey_invitations=invitations(*asked))
    assert built.shown("survey_response_rate", "survey") == {"s": (0.3, 10)}
    assert built.one("survey_response_rate", start=date(2026, 5, 20), end=date(2026, 6, 1)).state == "immature"
    (theirs,) = [
        cell
        for cell in built.show("survey_response_rate~survey-tools-response-rate", by="survey")
        if cell.by["survey"] == "s"
    ]
    assert (theirs.value, theirs.n) == (pytest.approx(4 / 20), 20)


def test_without_invitations_it_is_said_what_to_add(company):
    built = company(journey=JOURNEY, survey_answers="responded_at  survey  score\n2026-03-02T12:00  s  9")
    cell = built.one("survey_response_rate")
    assert cell.state == "not_collected" and reason_text(cell.reason).startswith(
        "no source records invitations; add a source that fills survey_invitations"
    )


def tickets(*rows: str) -> str:
    return "\n".join(["ticket_id  customer_id  created_at  first_reply_at  solved_at  category", *rows])


def desk() -> str:
    """Ten requests of 2 March, 10:00. Eight have a reply in 24 hours, one after 25, one never.

    The data end on 5 March, 10:00. Of that morning one request has a reply and one has none: neither is due.
    """
    rows = [f"t{n}  k{n}  2026-03-02T10:00  2026-03-02T{11 + n}:00  -  payment" for n in range(8)]
    rows += ["t8  k8  2026-03-02T10:00  2026-03-03T11:00  -  payment", "t9  k9  2026-03-02T10:00  -  -  payment"]
    return tickets(
        *rows, "u1  k10  2026-03-05T08:00  2026-03-05T09:00  -  payment", "u2  k11  2026-03-05T10:00  -  -  payment"
    )


def test_the_share_answered_in_the_promised_time(company):
    """8 of the 10 that fell due; a late and a missing reply are both late. The reply of the last morning makes nothing better."""
    cell = company(journey=JOURNEY + PROMISE, support_tickets=desk()).one("sla_share")
    assert (cell.value, cell.n) == (0.8, 10)


def test_a_promise_about_orders_is_none_of_the_desk(company):
    """Beside a promise of the parcels, kept in one of ten, the desk's stays 8 of 10 and is pooled with nothing."""
    orders = "\n".join(
        [
            "order_id  customer_id  ordered_at  promised_at  delivered_at",
            *(f"o{n}  c{n}  2026-02-01T10:00  2026-02-05  2026-02-{'04' if n == 0 else '07'}T10:00" for n in range(10)),
        ]
    )
    parcels = '    [[promise]]\n    name = "By the day"\n    stage = "Buy"\n    evidence = "orders: delivered_at <= promised_at"\n'
    built = company(journey=JOURNEY + PROMISE + parcels, support_tickets=desk(), orders=orders)
    assert built.one("sla_share").value == 0.8
    assert "2 promises, never pooled" in reason_text(built.one("promise_kept_measured").reason)


def test_two_promised_times_are_never_pooled(company):
    """Four days on, the last morning's two have fallen due as well: 9 of 12 replies in time, 1 of 12 solutions."""
    solved = (
        desk()
        .replace("2026-03-02T11:00  -", "2026-03-02T11:00  2026-03-03T10:00")
        .replace("2026-03-02T12:00  -", "2026-03-02T12:00  2026-03-09T10:00")
    )
    built = company(journey=JOURNEY + PROMISE + SOLUTION, support_tickets=solved)
    assert "2 promises, never pooled" in reason_text(built.one("sla_share").reason)
    assert built.shown("sla_share", "promise") == {
        "A reply in a day": (0.75, 12),
        "Solved in two days": (pytest.approx(1 / 12, abs=1e-4), 12),
    }


def test_nobody_is_late_where_no_source_says_when(company):
    """Ten requests without the time of any reply: not one of ten late, but unknown."""
    bare = "\n".join(
        [
            "ticket_id  customer_id  created_at  category",
            *(f"t{n}  k{n}  2026-03-0{1 + n % 8}T10:00  payment" for n in range(10)),
        ]
    )
    built = company(journey=JOURNEY + PROMISE, support_tickets=bare)
    assert built.one("sla_share").value is None
    assert built.rows("select outcome, count(*) from promises group by outcome") == [("unrecorded", 10)]


def test_without_a_promise_it_is_said_what_to_set(company):
    cell = company(journey=JOURNEY, support_tickets=desk()).one("sla_share")
    assert cell.state == "not_collected" and 'evidence = "tickets: first_reply_at <= created_at + 24 h"' in reason_text(
        cell.reason
    )


SOLVED = """
    response_id  responded_at      customer_id  ticket_id  solved
    r1           2026-03-02T10:00  k1           t1         No
    r1b          2026-03-03T10:00  k1           t1         Yes
    r2           2026-03-02T10:00  k2           t2         yes
    r3           2026-03-02T10:00  k3           t3         Ja
    r4           2026-03-02T10:00  k4           t4         Nein
    r5           2026-03-02T10:00  k5           t5         Partly
    r6           2026-03-02T10:00  k6           t6         NO
"""


def test_asked_whether_it_was_solved(company):
    """Yes of t1 (the later answer), t2, t3; no of t4, t6; partly is no vote: 3 of 5. None of it makes anybody unhappy."""
    sources = block(
        "solved",
        "solved.csv",
        "survey_answers",
        'columns = { response_id = "response_id", responded_at = "responded_at", '
        'customer_id = "customer_id", ticket_id = "ticket_id", choice = "solved" }',
        'constants = { survey = "was it solved", metric = "resolved" }',
    )
    asked = tickets(*(f"t{n}  k{n}  2026-03-01T10:00  -  -  payment" for n in range(1, 7)))
    built = company(journey=JOURNEY, support_tickets=asked, sources=sources, files={"solved.csv": table(SOLVED)})
    assert built.shown("resolution_asked", "stage") == {"Buy": (0.6, 5)}
    assert built.rows("select count(*) from scored_answers where unhappy is not null") == [(0,)]


@pytest.mark.parametrize(
    ("low", "high", "direction", "yes"), [(0, 1, "true", 1), (1, 2, "true", 2), (1, 2, "false", 1)]
)
def test_coded_answers_count_as_the_words_do(company, low, high, direction, yes):
    """1 and 0, 2 and 1, and Qualtrics' own 1 = yes, 2 = no: 4 of 5 said yes."""
    rows = ["response_id  responded_at  customer_id  survey  metric  scale_min  scale_max  higher_is_better  score"]
    rows += [
        f"r{n}  2026-03-02T10:00  k{n}  was it solved  resolved  {low}  {high}  {direction}  {yes if n else low + high - yes}"
        for n in range(5)
    ]
    assert (
        company(journey=JOURNEY, survey_answers="\n".join(rows)).one("resolution_asked", stages=("Buy",)).value == 0.8
    )


def test_nobody_asked(company):
    cell = company(journey=JOURNEY, support_tickets=desk()).one("resolution_asked", stages=("Buy",))
    assert cell.state == "not_asked" and "ask: Was your request solved? (yes, no)" in reason_text(cell.reason)


def test_requests_that_were_passed_on(company):
    """t0 and t1 were passed on once and three times, t2 to t5 not; of t6 nobody counts, t7 is open: 2 of 6. Genesys adds them up: 4 over 6."""
    rows = ["ticket_id  customer_id  created_at  status  category  transfers"]
    rows += [
        f"t{n}  k{n}  2026-03-02T10:00  {'open' if n == 7 else 'solved'}  payment  {moves}"
        for n, moves in enumerate("1 3 0 0 0 0 - 2".split())
    ]
    built = company(journey=JOURNEY, support_tickets="\n".join(rows))
    cell = built.one("transfer_rate")
    assert (cell.value, cell.n) == (pytest.approx(2 / 6), 6)
    assert built.one("transfer_rate~genesys-transfers").value == pytest.approx(4 / 6)


def test_without_counts_of_transfers_it_is_said_what_to_add(company):
    cell = company(journey=JOURNEY, support_tickets=desk()).one("transfer_rate")
    assert cell.state == "not_collected" and reason_text(cell.reason).endswith("column transfers of support_tickets")


ZENDESK = """
    ticket  assignee_stations  group_stations  within
    1       1                  1               ticket
    2       3                  2               ticket
    3       1                  2               metrics
    4       1                  1               metrics
    5       0                  0               metrics
    6       -                  -               metrics
"""


def test_what_zendesk_counts_as_stations_was_passed_on_from_the_second_on(company):
    """2 went through three people's hands, 3 from one team to another; the first hand is no passing on, nor is nobody's (5); of 6 nothing is
    counted: 2 of 5, and 2 + 1 times in all. The sets lie in the ticket or in a file of their own."""
    tickets, sets = [], []
    for row in csv.DictReader(io.StringIO(table(ZENDESK))):
        number = int(row["ticket"])
        counts = {name: int(row[name]) for name in ("assignee_stations", "group_stations") if row[name]}
        found = {"solved_at": "2026-03-03T10:00:00Z", "created_at": "2026-03-02T10:00:00Z", "replies": 1, "reopens": 0}
        ticket = {"id": number, "requester_id": number, "status": "solved", "created_at": "2026-03-02T10:00:00Z"}
        if row["within"] == "ticket":
            tickets.append(ticket | {"metric_set": found | counts})
        else:
            tickets.append(ticket)
            sets.append(found | counts | {"id": 100 + number, "ticket_id": number})
    files = {"tickets.json": json.dumps({"tickets": tickets}), "sets.json": json.dumps({"ticket_metrics": sets})}
    source = '\n[[source]]\nname = "desk"\nreader = "zendesk"\npath = "*.json"\n'
    built = company(journey=JOURNEY, sources=source, files=files)
    cell = built.one("transfer_rate")
    assert (cell.value, cell.n) == (2 / 5, 5)
    assert built.one("transfer_rate~genesys-transfers").value == 3 / 5
