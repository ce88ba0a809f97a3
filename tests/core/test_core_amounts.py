"""Orders whose amount nobody knows, and exposures of machines: what is not known is no 0, and no bot is an exposed person."""

from datetime import date

import pytest

from metrics.analyses.experiments.find import experiments
from metrics.query.query import Query
from metrics.states import State
from report.words.reasons import reason_text
from tests.core.company import warned

PEOPLE = [f"k{place}" for place in range(60)]


@pytest.fixture(scope="module")
def shop(module_company):
    """Sixty people come in the first week of March and buy for 10 each; three of them pay in dollars. In April thirty buy again, for 20: of three of these
    orders no margin is known. Twenty machines and the sixty were exposed to a test."""
    visits = [f"2026-03-02T10:00  {who}  {who}  s-{who}  /buy  false" for who in PEOPLE]
    visits += [f"2026-03-02T10:00  m{place}  -  s-m{place}  /buy  true" for place in range(20)]
    visits += ["2026-06-30T10:00  k0  k0  s-last  /buy  false"]
    orders = [
        f"a-{who}  2026-03-02T10:01  {who}  10  {'USD' if place < 3 else 'EUR'}  4" for place, who in enumerate(PEOPLE)
    ]
    orders += [
        f"b-{who}  2026-04-07T10:01  {who}  20  eur  {'-' if place < 3 else 8}" for place, who in enumerate(PEOPLE[:30])
    ]
    exposures = [
        f"fee  {who}  customer_id  {'new' if place % 2 else 'old'}  2026-03-02T10:00"
        for place, who in enumerate(PEOPLE)
    ]
    exposures += [f"fee  m{place}  anonymous_id  new  2026-03-02T10:00" for place in range(20)]
    return module_company(
        settings='[company]\nname = "Test"\ntimezone = "UTC"\ncurrency = "EUR"\n',
        journey="""
            [[journey]]
            name = "J"
            [[journey.stage]]
            name = "Buy"
            paths = ["/buy*"]
            goal = "order"
            """,
        web_events="\n".join(("occurred_at  anonymous_id  customer_id  session_id  url  is_bot", *visits)),
        orders="\n".join(("order_id  ordered_at  customer_id  amount  currency  margin", *orders)),
        exposures="\n".join(("experiment  unit  unit_kind  variant  exposed_at", *exposures)),
    )  # fmt: skip


def span(month: int) -> dict:
    return {"start": date(2026, month, 1), "end": date(2026, month, 28)}


def test_an_amount_in_another_currency_is_in_no_sum(shop):
    (cell,) = shop.show("revenue_per_person", **span(3))
    assert (cell.value, cell.n) == (10, 57)
    assert any("3 of 60 orders the amount is not known" in said for said in warned(cell))


def test_where_more_than_one_order_in_twenty_lacks_a_margin_there_is_no_number(shop):
    (cell,) = shop.show("margin_per_person", **span(4))
    assert (cell.value, cell.state) == (None, State.NO_DATA)
    assert "of 3 of 30 orders the amount is not known" in reason_text(cell.reason)
    assert shop.one("revenue_per_person", **span(4)).value == 20


def test_a_machine_is_nobody_an_experiment_was_shown_to(shop):
    (found,) = experiments(Query(()), shop.store.generation()).experiments
    assert [arm.persons for arm in found.arms] == [30, 30]
