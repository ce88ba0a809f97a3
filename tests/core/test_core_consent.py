"""Who refused to be looked at: in no list of persons and on no path, their words without a way to them, and in every number all the same."""

import pytest

from metrics.analyses.lists import listed
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from tests.core.company import Company

JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Buy"
paths = ["/buy"]
goal = "event:purchase"
surveys = ["checkout"]
tickets = ["payment"]
[[survey]]
name = "checkout"
kind = "transactional"
trigger = "random"
"""
# k0 and k1 refused. k2 and k3 are one customer of two numbers, by their e-mail: one of the two refused
PEOPLE = """
customer_id  email           consent
k0           -               false
k1           -               false
k2           two@x.example   true
k3           two@x.example   false
k4           -               true
"""
REFUSED = {"words of k0", "words of k1", "words of k2", "words of k3"}


@pytest.fixture(scope="module")
def shop(module_company) -> Company:
    """Ten customer numbers, nine people: each meets an error, leaves without buying, answers with words and asks for help."""
    every = [f"k{n}" for n in range(10)]
    return module_company(
        journey=JOURNEY,
        people=PEOPLE,
        web_events="\n".join(
            ["occurred_at  customer_id  session_id  event_name  url"]
            + [
                f"2026-03-02T10:0{n}  {k}  s{k}  page_view  /buy\n2026-03-02T10:3{n}  {k}  s{k}  js_error  /buy"
                for n, k in enumerate(every)
            ]
        ),
        survey_answers="\n".join(
            ["response_id  responded_at  customer_id  survey  metric  score  scale_min  scale_max  comment"]
            + [f"r{k}  2026-03-02T11:00  {k}  checkout  csat  2  1  5  words of {k}" for k in every]
        ),
        support_tickets="\n".join(
            ["ticket_id  created_at  customer_id  category"] + [f"t{k}  2026-03-03T10:00  {k}  payment" for k in every]
        ),
    )


def test_who_refused_is_in_no_list_of_persons(shop):
    """Nine people struggled; k0, k1 and the one of two numbers refused: six are listed."""
    asked = {"journey": "Shop", "stage": "Buy", "start": None, "end": None}
    listed_ids = {row["person_id"] for row in ask_rows(shop.store.generation(), "struggled_people", asked)}
    whose = dict(shop.rows("select comment, person_id from answers"))
    assert len(set(whose.values())) == 9
    assert listed_ids == {person for words, person in whose.items() if words not in REFUSED} and len(listed_ids) == 6


def test_their_words_are_read_and_lead_to_nobody(shop):
    """Ten comments are listed; four of them have no person behind them."""
    found = listed("words", Query((), "Shop", ("Buy",)), shop.store.generation())
    assert len(found.rows) == 10
    assert {row["comment"] for row in found.rows if row["person_id"] is None} == REFUSED


def test_they_count_in_every_number(shop):
    """To refuse a look at one's path takes nobody out of a number: ten visits, ten requests, and a vote of each of the nine people."""
    asked = ("completion_rate", "error_rate", "csat_t2b_5")
    assert [shop.one(metric, stages=("Buy",)).n for metric in asked] == [10, 10, 9]
    (reason,) = listed("reasons", Query((), "Shop", ("Buy",)), shop.store.generation()).rows
    (page,) = listed("pages", Query((), "Shop", ("Buy",)), shop.store.generation()).rows
    assert (reason["tickets"], reason["persons"], page["frictions"], page["persons"]) == (10, 9, 10, 9)
