"""From a question to a Result: resolved once, then the steps in their order; what may not be asked of a metric."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.catalogue.load import definition
from metrics.compute.run import STEPS, run
from metrics.query.context import read
from metrics.query.query import Query, Rights
from metrics.query.resolve import ResolvedQuery, other_period, reopened, resolve
from metrics.rules.applicable import not_applicable
from metrics.states import State
from report.words.reasons import reason_text

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    goal = "event:purchase"
"""
EVENTS = """
    occurred_at       customer_id  event_name  url
    2026-03-02T10:00  a            page_view   /checkout
    2026-03-02T10:01  a            purchase    /checkout/done
    2026-03-04T10:00  b            page_view   /checkout
    2026-03-12T10:00  c            page_view   /checkout
"""


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(journey=JOURNEY, web_events=EVENTS).store.generation()


def test_a_question_is_resolved_once(shop):
    """Journey, missing end and confidentiality are filled in; what is resolved comes back as it is and is answered as it is."""
    asked = Query(("completion_rate",), start=date(2026, 3, 2), compare="previous")
    resolved = resolve(asked, read(shop))
    assert isinstance(resolved, ResolvedQuery) and (resolved.journey, resolved.end) == ("Purchase", date(2026, 3, 12))
    assert resolve(resolved, read(shop)) is resolved and run(resolved, shop).query is resolved
    assert type(replace(resolved, by=("stage",))) is ResolvedQuery
    assert other_period(resolved) == (date(2026, 2, 19), date(2026, 3, 1))


def test_another_period_is_another_question(shop):
    """In confidential mode days are whole weeks: of a resolved question a new period is snapped only once it is asked anew."""
    resolved = resolve(
        Query(("completion_rate",), start=date(2026, 3, 3), end=date(2026, 3, 4), confidential=True), read(shop)
    )
    assert (resolved.start, resolved.end) == (date(2026, 3, 2), date(2026, 3, 8))
    again = reopened(resolved, start=date(2026, 3, 10), end=date(2026, 3, 12))
    assert type(again) is Query and again.confidential
    assert (resolve(again, read(shop)).start, resolve(again, read(shop)).end) == (date(2026, 3, 9), date(2026, 3, 15))


def test_the_steps_stand_in_an_order_that_protects(shop):
    """Counting before what is said of counts, privacy after everything that adds numbers, rounding last."""
    names = [step.__name__ for step in STEPS]
    assert names.index("refuse_without_right") < names.index("count") < names.index("add_nonresponse")
    assert names.index("add_nonresponse") < names.index("protect_few_people") < names.index("round_if_confidential")
    assert names[-1] == "round_if_confidential"


def test_a_metric_without_right_is_neither_counted_nor_said_of(shop):
    asked = Query(("completion_rate", "drop_off_rate"), rights=Rights(("drop_off_rate",)))
    found = run(asked, shop)
    assert [cell.state for cell in found.of("completion_rate")] == [State.REFUSED]
    assert set(found.sql) == {"drop_off_rate"} and found.of("drop_off_rate")[0].state is State.SUPPRESSED


@pytest.mark.parametrize(
    ("metric", "query", "said"),
    [
        ("completion_rate", {"by": ("stage",)}, ""),
        ("completion_rate", {"by": ("survey",)}, "cannot be broken down by survey"),
        ("completion_rate", {"filters": (("survey", "x"),)}, "cannot be broken down by survey"),
        ("nps_relationship", {"stages": ("Buy",)}, "belongs to the journey as a whole"),
        ("completion_rate", {"by": ("day",), "confidential": True}, "single days are not shown"),
    ],
)
def test_what_has_no_meaning_for_a_metric_is_said_not_ignored(shop, metric, query, said):
    found = definition(metric)
    told = not_applicable(found, Query((metric,), **query), read(shop).columns[found.measure.fact])
    assert said in reason_text(told) and bool(said) == bool(told)
