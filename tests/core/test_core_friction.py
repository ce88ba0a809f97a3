"""Contacts after friction: against the same situation, not against everybody; reversed arrows and double counts stay out."""

import pandas as pd
import pytest

from metrics.analyses.lists import listed
from metrics.catalogue.load import definition
from metrics.compute.sums import sums
from metrics.kinds.matched import CONTROL, balance, effect
from metrics.kinds.sums import Sums
from metrics.query.context import read
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report.words.reasons import reason_text
from tests.core.company import warned
from tests.core.test_core_service import END
from tests.core.test_core_service import JOURNEY as EXACT

JOURNEY = EXACT.replace('"/cart"', '"/cart*"')
EASY, HARD = ("/cart",), ("/cart", "/cart/made-to-order")


class Shop:
    """Rows of visits on the 10th of March and tickets; every customer has one visit."""

    def __init__(self):
        self.events, self.tickets, self.number = [f"{END}  -  page_view  /cart"], [], 0

    def visit(self, pages: tuple[str, ...], friction: bool, contact: bool, again: bool = False) -> str:
        """A page a minute; friction half a minute after the last one; a contact two hours later, or a day before with `again`."""
        self.number += 1
        who = f"k{self.number}"
        self.events += [f"2026-03-10T10:0{n}:00  {who}  page_view  {page}" for n, page in enumerate(pages)]
        if friction:
            self.events.append(f"2026-03-10T10:0{len(pages) - 1}:30  {who}  rage_click  {pages[-1]}")
        if contact:
            self.tickets.append(f"t{len(self.tickets)}  {who}  2026-03-10T12:00  payment  2026-03-11T12:00")
        if again:
            self.tickets.append(f"t{len(self.tickets)}  {who}  2026-03-09T12:00  payment  2026-03-09T13:00")
        return who

    def visits(self, count: int, contacts: int, pages: tuple[str, ...], friction: bool, again: bool = False) -> None:
        for n in range(count):
            self.visit(pages, friction, n < contacts, again)

    @property
    def tables(self) -> dict[str, str]:
        return {
            "web_events": "\n".join(["occurred_at  customer_id  event_name  url", *self.events]),
            "support_tickets": "\n".join(["ticket_id  customer_id  created_at  category  solved_at", *self.tickets]),
        }


def baskets() -> Shop:
    """
    basket  friction  visits  contacts
    easy    yes       10      1    on /cart
    easy    no        60      3
    hard    yes       30      9    on /cart/made-to-order
    hard    no        30      6
    """
    shop = Shop()
    shop.visits(10, 1, EASY, True)
    shop.visits(60, 3, EASY, False)
    shop.visits(30, 9, HARD, True)
    shop.visits(30, 6, HARD, False)
    return shop


def test_the_same_situation_not_everybody(company):
    """On /cart: 1 of 10 with friction. Without: 3 of 60 easy, and the hard ones, who had met none yet. Half of those will,
    so the 30 who never do stand for 60: (3 + 2·6) ÷ (60 + 2·30) = .125. On the next page: 9 of 30 against 6 of 30.

    ATT = (10·(.1 − .125) + 30·(.3 − .2)) ÷ 40 = .06875; the crude difference is 10/40 − 21/150 = .11.
    """
    built = company(journey=JOURNEY, **baskets().tables)
    cell = built.one("contact_after_friction", stages=("Buy",))
    assert (cell.value, cell.n) == (pytest.approx(0.06875), 40)
    assert cell.low < cell.value < cell.high
    assert any("crude difference +11.0 points" in warning for warning in warned(cell))
    assert any("beyond the expected" in warning for warning in warned(cell)) and any(
        "E-value" in warning for warning in warned(cell)
    )
    crude = built.one(
        "contact_after_friction~session-replay-tools-contact-rate-with-minus-without-friction", stages=("Buy",)
    )
    assert crude.value == pytest.approx(0.11)


def test_difficult_baskets_alone_are_no_effect(company):
    """Trap: the hard basket brings friction (30 of 60 against 10 of 70) and contacts (20 % against 5 %), friction brings none.

    The crude difference says otherwise, the same strata do not.
    """
    shop = Shop()
    shop.visits(20, 1, EASY, True)
    shop.visits(80, 4, EASY, False)
    shop.visits(60, 12, HARD, True)
    shop.visits(20, 4, HARD, False)
    built = company(journey=JOURNEY, **shop.tables)
    found = sums_of(built)
    onward = found.rows[found.rows["stratum"].str.contains("11", regex=False)]
    assert onward["e1"].sum() / onward["n1"].sum() == onward["e0"].sum() / onward["n0"].sum() == 0.2
    crude = built.one(
        "contact_after_friction~session-replay-tools-contact-rate-with-minus-without-friction", stages=("Buy",)
    )
    assert crude.value > 0.02
    assert balance(found)["past the first 20 seconds"] > 0.1


def test_a_stage_may_have_any_sign_in_its_name():
    """Two strata of a stage `Pay | confirm`, 30 with and 10 without friction on phones, 10 and 30 else: shares .75 and .25,
    standardised (.75 − .25) ÷ √(.75·.25) = 1.15."""
    strata = [f"Purchase|Pay | confirm|1|1|web|{device}|true|3" for device in ("mobile", "desktop")]
    rows = pd.DataFrame({"stratum": strata, "n1": [30, 10], "n0": [10, 30]})
    assert balance(Sums("matched", rows)) == {
        "customers": None,
        "on a phone": pytest.approx(0.5 / (0.75 * 0.25) ** 0.5),
        "past the first 20 seconds": None,
    }


def sums_of(built):
    """The sums of the metric over all: what the kind's helpers take."""
    generation = built.store.generation()
    known = read(generation)
    found, _ = sums(
        definition("contact_after_friction"), resolve(Query(("contact_after_friction",)), known), generation, known
    )
    return found[()]


def test_who_already_wrote_comes_back_annoyed(company):
    """Trap: 20 people wrote the day before, come back, click in anger and write again. They are on neither side."""
    shop = baskets()
    shop.visits(20, 20, EASY, True, again=True)
    built = company(journey=JOURNEY, **shop.tables)
    cell = built.one("contact_after_friction", stages=("Buy",))
    assert (cell.value, cell.n) == (pytest.approx(0.06875), 40)


def test_a_contact_counts_once_to_the_last_friction(company):
    """Ten people meet friction on two days and write once after the second: ten contacts after twenty frictions, not twenty."""
    shop = Shop()
    for n in range(10):
        shop.visit(EASY, True, True)
        shop.events += [
            f"2026-03-09T10:00:00  k{n + 1}  page_view  /cart",
            f"2026-03-09T10:00:30  k{n + 1}  rage_click  /cart",
        ]
    shop.visits(20, 0, EASY, False)
    built = company(journey=JOURNEY, **shop.tables)
    cell = built.one("contact_after_friction", stages=("Buy",))
    assert (cell.value, cell.n) == (pytest.approx(0.5), 20)


def test_the_last_three_days_are_not_judged(company):
    """What happened on the 30th can still be followed by a contact: no number."""
    shop = baskets()
    shop.events = [row.replace("2026-03-10", "2026-03-30") for row in shop.events]
    shop.tickets = [row.replace("2026-03-10", "2026-03-30").replace("2026-03-11", "2026-03-31") for row in shop.tickets]
    built = company(journey=JOURNEY, **shop.tables)
    assert built.one("contact_after_friction", stages=("Buy",)).value is None


def test_nobody_to_compare_with(company):
    """Everybody met friction: there is nothing it could be compared with, and no number."""
    shop = Shop()
    shop.visits(12, 6, EASY, True)
    cell = company(journey=JOURNEY, **shop.tables).one("contact_after_friction", stages=("Buy",))
    assert (cell.value, cell.state) == (None, "no_data") and "compare" in reason_text(cell.reason)


def test_contacts_about_something_else_are_the_negative_control(company):
    """Of 40 with friction in Buy 10 wrote about the payment, 8 of them also about a delivery (Engage); of 60 without 6 about one.

    Any contact: 10/40 − 6/60 = +.15. About other stages, which friction in Buy should not bring: 8/40 − 6/60 = +.1.
    """
    shop = Shop()
    for n in range(40):
        who = shop.visit(EASY, True, n < 10)
        shop.tickets += [f"d{n}  {who}  2026-03-10T13:00  delivery  2026-03-11T12:00"] * (n < 8)
    for n in range(60):
        who = shop.visit(EASY, False, False)
        shop.tickets += [f"e{n}  {who}  2026-03-10T13:00  delivery  2026-03-11T12:00"] * (n < 6)
    built = company(journey=JOURNEY, **shop.tables)
    rows = sums_of(built).rows
    assert [rows[name].sum() for name in CONTROL] == pytest.approx([40, 8, 60, 6])
    found = effect(sums_of(built), parts=CONTROL).att
    assert found.value == pytest.approx(0.1)
    cell = built.one("contact_after_friction", stages=("Buy",))
    assert cell.value == pytest.approx(0.15)
    said = [w for w in warned(cell) if "which should be 0" in w]
    assert len(said) == 1 and "+10.0 points" in said[0]
    assert ("something else differs" in said[0]) == (found.low > 0)


def test_tickets_of_strangers_give_the_upper_scenario(company):
    """Half of the tickets come from people never seen before: a difference of d would be 2d if they acted alike."""
    shop = baskets()
    known = len(shop.tickets)
    shop.tickets += [f"s{n}  stranger{n}  2026-03-10T12:00  payment  2026-03-11T12:00" for n in range(known)]
    cell = company(journey=JOURNEY, **shop.tables).one("contact_after_friction", stages=("Buy",))
    assert cell.value == pytest.approx(0.06875)
    assert any(
        "50 % of tickets come from people seen before; if the others act alike, up to +13.8 points" in w
        for w in warned(cell)
    )


def test_no_contact_about_other_stages_says_nothing_of_them(company):
    assert not [
        w
        for w in warned(company(journey=JOURNEY, **baskets().tables).one("contact_after_friction", stages=("Buy",)))
        if "should be 0" in w
    ]


def test_errors_rage_clicks_and_dead_clicks_are_friction_and_nothing_else(company):
    """
    on each of six visits   page view only   error   rage click   dead click   search   form begun
    friction                no               yes     yes          yes          no       no
    """
    kinds = ("-", "js_error", "rage_click", "dead_click", "search", "form_start")
    rows = []
    for kind in kinds:
        for n in range(6):
            at = f"2026-03-10T10:0{n}"
            rows.append(f"{at}:00  {kind}{n}  page_view  /cart/{kind}")
            rows += [f"{at}:30  {kind}{n}  {kind}  /cart/{kind}"] * (kind != "-")
    shop = company(journey=JOURNEY, web_events="\n".join(["occurred_at  customer_id  event_name  url", *rows]))
    hard = {"js_error", "rage_click", "dead_click"}
    assert shop.value("select count(*) from people_visits where friction") == 18
    stage = shop.value("select distinct stage from people_visits")
    pages = listed(
        "pages", Query((), read(shop.store.generation()).journeys[0], (stage,)), shop.store.generation()
    ).rows
    assert {row["page"]: row["frictions"] for row in pages} == {f"/cart/{kind}": 6 * (kind in hard) for kind in kinds}
