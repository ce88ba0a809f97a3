"""What was loaded and is in no period or no visit is counted where a store is examined: as text, as JSON, in the coverage."""

import json

import pytest

from commands.data import main
from data import doctor
from metrics.query import context
from tests.core.company import table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    surveys = ["checkout"]
    [[survey]]
    name = "checkout"
    kind = "transactional"
"""
EVENTS = """
    occurred_at       event_name  url    anonymous_id  session_id
    2026-03-02T10:00  page_view   /cart  a1            s1
    2026-03-02T10:01  page_view   /cart  a1            s1
    2026-03-02T10:00  page_view   /cart  -             -
    2026-03-02T10:05  page_view   /cart  -             -
    2026-03-02T10:09  purchase    /cart  -             -
"""
ANSWERS = """
    response_id  responded_at      customer_id  survey    metric  score
    r1           2026-03-02T10:00  k1           checkout  csat    5
    r2           -                 k2           checkout  csat    1
    r3           -                 k3           checkout  csat    2
"""


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(journey=JOURNEY, web_events=EVENTS, survey_answers=ANSWERS)


def test_pings_without_consent_and_answers_without_a_date_are_counted(shop):
    """3 of 5 events carry no id: one visit of two views is all there is. 2 of 3 answers say no day."""
    assert doctor.examine(shop.store.generation())["outside"] == [
        {"source": "survey_answers", "what": "answers without a date", "records": 2, "of": 3},
        {"source": "web_events", "what": "events without an id", "records": 3, "of": 5},
    ]
    assert shop.rows("select count(*), sum(page_views) from visits") == [(1, 2)]
    assert context.read(shop.store.generation()).signals["events without an id"] == 3


def test_the_command_says_so(shop, capsys):
    store = str(shop.folder / "store")
    assert main(["doctor", "--store", store]) == 0
    said = capsys.readouterr().out
    assert "2  answers without a date, so in no period (66.7% of its records of the kind)" in said
    assert "3  events without an id, so in no visit (60.0% of its records of the kind)" in said
    assert main(["doctor", "--store", store, "--format", "json"]) == 0
    assert [row["records"] for row in json.loads(capsys.readouterr().out)["outside"]] == [2, 3]


def test_where_nothing_is_outside_nothing_is_said(company):
    dated = table(ANSWERS).replace(",,", ",2026-03-03T10:00,")
    web = "\n".join(EVENTS.strip().splitlines()[:3])
    built = company(journey=JOURNEY, web_events=web, files={"own.csv": dated}, sources=OWN)
    assert doctor.examine(built.store.generation())["outside"] == []


OWN = """
    [[source]]
    name = "own"
    reader = "table"
    path = "own.csv"
    table = "survey_answers"
"""
