"""The Business case page: opens on the most pressing stage, its address is the case, its numbers are those of `metrics value`."""

from data.store.generations import open_generation
from metrics.analyses.case.case import case_of
from metrics.analyses.case.worth import worth
from report.words import case_words
from tests.app.served import READY, open_page


def heading(page) -> str:
    return page.locator("h1").first.inner_text()


def test_the_page_says_what_the_command_says(page, address, store):
    """A case of visits with friction in Buy: the title is the case's own sentence, and the file to take reads to it."""
    open_page(page, f"{address}/case?bs=Buy&br=friction&bh=0.5")
    made = worth(case_of({"stage": "Buy", "removes": "friction", "share": 0.5}), open_generation(store))
    assert heading(page) == case_words.title(made)


def test_a_control_changes_the_case_and_its_address(page, address):
    open_page(page, f"{address}/case?bs=Buy&br=unhappy&bh=0.3")
    assert heading(page).startswith("Fewer unhappy people in Buy")
    page.get_by_role("radio", name="people who never finish").click()
    page.wait_for_url("**br=unfinished**")
    page.wait_for_selector(READY)
    assert heading(page).startswith("Fewer people who never finish in Buy")


def test_nonsense_in_the_address_is_refused_in_a_sentence(page, address):
    open_page(page, f"{address}/case?bs=Buy&br=unhappy&bh=lots")
    assert "Found: lots" in page.locator('[class*="st-key-headline"]').inner_text()
    assert page.get_by_text("Traceback").count() == 0
