"""A company that loads tickets only, or surveys only, is answered from what it has."""

from datetime import date, timedelta

import pytest

from exports.cards import collect
from metrics.analyses import lists
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report.findings import without_visits
from report.findings.findings import findings

DESK = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    tickets = ["payment"]
    [[journey.stage]]
    name = "Receive"
    tickets = ["delivery"]
"""
ASKED = "".join(
    [
        '\n[[journey]]\nname = "J"',
        *(f'\n[[journey.stage]]\nname = "{s}"\nsurveys = ["{s}"]' for s in ("Buy", "Receive", "Return")),
        *(f'\n[[survey]]\nname = "{s}"\nkind = "transactional"' for s in ("Buy", "Receive", "Return")),
    ]
)


@pytest.fixture(scope="module")
def desk(module_company):
    """Eighty people write once; those about payment after two hours of waiting, those about delivery after ten. Sixteen write again two days
    after the solution; one more ticket ends the data."""
    lines = ["ticket_id  created_at  customer_id  category  first_reply_at  solved_at"]
    for n in range(80):
        day, about, wait = date(2026, 3, 2) + timedelta(days=n % 20), *(("payment", 2) if n % 2 else ("delivery", 10))
        lines.append(f"t{n}  {day}T08:00  k{n}  {about}  {day}T{8 + wait:02d}:{n % 30:02d}  {day}T20:00")
        if n % 5 == 0:
            again = day + timedelta(days=2)
            lines.append(f"u{n}  {again}T08:00  k{n}  {about}  {again}T{8 + wait:02d}:{n % 30:02d}  {again}T20:00")
    lines.append("end  2026-06-01T08:00  z  payment  2026-06-01T09:00  2026-06-01T10:00")
    return module_company(journey=DESK, support_tickets="\n".join(lines))


def found(built, query: Query) -> list:
    generation = built.store.generation()
    return findings(resolve(query, context.read(generation)), generation, [], [])


MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}


def test_a_desk_without_visits_has_its_recontacts_by_requester(desk):
    """80 first requests, of which 16 came back within seven days: 64 of 80 held."""
    cell = desk.one("fcr_recontact_7d", **MARCH)
    assert (cell.n, cell.value) == (80, pytest.approx(0.8))
    assert desk.one("first_response_p50", **MARCH).valued and desk.one("resolution_p50", **MARCH).valued
    assert desk.one("backlog", **MARCH).value == 0


def test_with_visits_only_who_is_known_before_counts(company):
    """Six of twelve requesters have logged in: the others might always look settled, so six tickets count."""
    tickets = (
        "ticket_id  created_at  customer_id  category  solved_at\n"
        + "\n".join(f"{n}  2026-03-05T08:00  k{n}  payment  2026-03-05T10:00" for n in range(12))
        + "\nend  2026-06-01T08:00  z  payment  2026-06-01T10:00"
    )
    visits = "occurred_at  customer_id  url\n" + "\n".join(f"2026-03-01T08:00  k{n}  /cart" for n in range(6))
    built = company(
        journey=DESK.replace('tickets = ["payment"]', 'paths = ["/cart"]\n    tickets = ["payment"]'),
        support_tickets=tickets,
        web_events=visits,
    )
    assert built.one("fcr_recontact_7d", **MARCH).n == 6


def test_a_desk_leads_with_the_stage_that_is_helped_worst(desk):
    first, *rest = found(desk, Query(("completion_rate",), **MARCH))
    assert (first.kind, first.stage, first.metric) == ("watch", "Receive", "first_response_p50")
    assert first.claim.startswith("Receive is the worst of 2 stages: ") and "Buy" in first.evidence
    assert any(f.metric == "fcr_recontact_7d" and "80.0 %" in f.claim for f in rest)


def test_a_desk_has_its_reasons_by_stage(desk):
    rows = lists.listed(
        "reasons",
        resolve(Query(("completion_rate",), stages=("Buy",), **MARCH), context.read(desk.store.generation())),
        desk.store.generation(),
    ).rows
    assert [(row["reason"], row["tickets"]) for row in rows] == [("payment", 48)]


def test_nps_of_a_stage_is_a_feeling_and_the_worst_stage_is_the_finding(company):
    """NPS only, forty answers a stage: Return surely lies below the others, and no stage is said to be never asked."""
    lines = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    for stage, low in (("Buy", 2), ("Receive", 8), ("Return", 34)):
        lines += [
            f"2026-03-{1 + n % 28:02d}T10:00  {stage}{n}  {stage}  nps  0  10  {3 if n < low else 9}" for n in range(40)
        ]
    told = found(company(journey=ASKED, survey_answers="\n".join(lines)), Query(("completion_rate",), **MARCH))
    assert told[0].stage == "Return" and told[0].claim == "Return is the worst of 3 stages: NPS after a stage −70."
    assert not any("nobody is asked" in one.claim for one in told)


def test_stages_alike_have_no_worst(company):
    lines = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    for stage, low in (("Buy", 10), ("Receive", 12), ("Return", 13)):
        lines += [
            f"2026-03-{1 + n % 28:02d}T10:00  {stage}{n}  {stage}  nps  0  10  {3 if n < low else 9}" for n in range(40)
        ]
    told = found(company(journey=ASKED, survey_answers="\n".join(lines)), Query(("completion_rate",), **MARCH))
    assert not any(one.kind == "watch" for one in told)


def test_a_desk_is_told_stage_by_stage_from_what_it_has(desk):
    """Receive waits ten hours for a reply: that is its line, and the deck begins with what has numbers; nothing asks for completion or CSAT."""
    generation = desk.store.generation()
    query = resolve(Query(("completion_rate",), **MARCH), context.read(generation))
    assert without_visits.metrics_of(query, generation)[0] == "fcr_recontact_7d"
    assert "first_response_p50" in without_visits.metrics_of(query, generation, "Receive")
    told = without_visits.in_short(query, generation, "Receive")
    assert "No further contact within 7 days" in told and "Time to first reply, median: 10." in told and "n 48" in told
    cards = collect.headline(query, generation)
    assert cards and cards[0].form == "stages"
    for card in cards:
        assert any(cell.valued for cell in card.result.cells)
        assert not {"completion_rate", "csat_t2b_5"} & set(card.result.query.metrics)
