"""Signing a finding in the browser: from the Overview to the decision, changed, and told again."""

import pytest

from data.store import audit
from data.store.decisions import Decisions
from data.store.saved.cases import SavedCases
from data.store.saved.followups import Followups
from tests.app.served import READY, open_page, server
from tests.core.test_core_case import tables
from tests.core.test_core_exposure import TARGETS


@pytest.fixture(scope="module")
def served(module_company, tmp_path_factory):
    shop = module_company(journey=TARGETS, **tables())
    users = tmp_path_factory.mktemp("users") / "users.sqlite"
    with server(shop.folder / "store", THROUGHLINE_USERS=str(users)) as address:
        yield address, Decisions(users)


def test_a_finding_is_signed_changed_and_told(page, served):
    address, records = served
    open_page(page, f"{address}/overview?p=all+data")
    assert page.get_by_text("Worth €").first.is_visible() or page.get_by_text("Worth").first.is_visible()
    open_page(page, f"{address}/decisions?p=all+data")
    assert page.locator("h1").first.inner_text() == "No decision has been signed yet"
    page.get_by_text("Sign", exact=True).first.click()
    page.get_by_label("Owner").first.fill("checkout team")
    page.get_by_label("What will be done").first.fill("Show the fee on the product page")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("Every build will say whether it still holds").wait_for()
    (one,) = records.all()
    assert (one.owner, one.notes, one.status) == ("checkout team", "Show the fee on the product page", "open")
    page.wait_for_selector(READY)
    assert page.locator("h1").first.inner_text() == "1 decision: 1 still holds"
    open_page(page, f"{address}/overview?p=all+data")
    assert page.get_by_text("Signed: checkout team").is_visible()


def test_the_portfolio_says_where_the_next_euro_goes_and_opens_its_case(page, served):
    address, _ = served
    open_page(page, f"{address}/portfolio")
    page.get_by_text("The next euro goes furthest in Buy").wait_for(timeout=60_000)
    page.wait_for_selector(READY)
    assert page.get_by_text("What is missing", exact=True).is_visible()
    page.locator(".cause .claim a").first.click()
    page.get_by_text("How it adds up").wait_for(timeout=60_000)
    assert "/case?" in page.url and "br=unfinished" in page.url


def test_a_case_is_saved_saved_again_and_stands_beside_what_it_was(page, served):
    address, records = served
    cases = SavedCases(records.file)
    open_page(page, f"{address}/case?bs=Buy&br=unfinished&bh=0.5&bx=0.2")
    assert page.get_by_text("80 % of it left after other cases").first.is_visible()
    page.get_by_label("Name").fill("Shorter checkout")
    page.get_by_role("button", name="Save as a new case").click()
    page.get_by_text("Saved: Shorter checkout, version 1").wait_for(timeout=60_000)
    (kept,) = cases.newest("Purchase")
    assert (kept.spec["share"], kept.spec["overlaps"], kept.version) == (0.5, [0.2], 1) and kept.low < kept.high
    page.wait_for_selector(READY)
    page.get_by_role("button", name="Save as version 2").click()
    page.get_by_text("Saved: Shorter checkout, version 2").wait_for(timeout=60_000)
    assert f"bk={kept.id}.2" in page.url and "bx=0.2" in page.url
    page.get_by_text("nothing but the data").wait_for(timeout=60_000)


def test_an_unhappy_answer_is_taken_and_people_are_held_out(page, served):
    address, records = served
    held = Followups(records.file)
    open_page(page, f"{address}/followups")
    assert page.locator("h1").first.inner_text() == "Unhappy answers to look after"
    assert "Act · Follow-up" in page.locator(".st-key-headline").inner_text()
    page.get_by_label("Held out, % of people").fill("20")
    page.get_by_role("button", name="From today on").click()
    page.get_by_text("20 % of the people are held out since").first.wait_for(timeout=60_000)
    assert held.holdout().share == 0.2
    looked = [line for line in audit.lines(records.file.parent) if line["what"] == "answers looked at"]
    assert [(line["who"], line["detail"]) for line in looked] == [("at this machine", "unhappy answers, Purchase")]
