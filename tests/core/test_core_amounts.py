"""Orders whose amount nobody knows, and exposures of machines: what is not known is no 0, and no bot is an exposed person."""

import tomllib
from datetime import date

import pytest

from data.errors import UserError
from data.settings.splits import read_split
from metrics.analyses.experiments.find import experiments
from metrics.analyses.experiments.model import Verdict
from metrics.query.query import Query
from metrics.states import State
from report.sheets.experiments import exposure_words
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
    exposures += [
        f"{name}  {who}  customer_id  {'New' if place % 5 == 0 else 'old'}  2026-03-02T10:00"
        for place, who in enumerate(PEOPLE)
        for name in ("rare", "odd")
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
            [[experiment]]
            name = "rare"
            split = { old = 80, new = 20 }
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
    assert [arm.persons for arm in each_of(shop)["fee"].arms] == [30, 30]


def test_an_uneven_split_is_judged_against_the_one_that_was_planned(shop):
    """Twelve of sixty met the new variant, as planned: in the other test nobody says so."""
    found = each_of(shop)
    assert (found["rare"].planned, found["rare"].ratio, found["rare"].ratio_p) == (True, "ok", 1)
    assert (found["odd"].planned, found["odd"].verdict) == (False, Verdict.WITHHELD)
    assert found["rare"].verdict != Verdict.WITHHELD and "the planned split" in exposure_words(found["rare"])


@pytest.mark.parametrize("split", ['"80:20"', "{ old = 1 }", "{ old = 80, new = 0 }", "{ old = 80, new = true }"])
def test_a_split_that_cannot_be_read_is_said(tmp_path, split):
    spec = tomllib.loads(f'name = "fee"\nsplit = {split}')
    with pytest.raises(UserError, match="split of an experiment cannot be read"):
        read_split(spec, tmp_path)


def each_of(shop) -> dict:
    return {one.name: one for one in experiments(Query(()), shop.store.generation()).experiments}
