"""Signing a finding in the browser: from the Overview to the decision, changed, and told again."""

import pytest

from data.store.decisions import Decisions
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
