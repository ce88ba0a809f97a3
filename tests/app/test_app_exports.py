"""Taking charts along in a real browser: the menu of a block, and the basket across views."""

import csv
import io

from pptx import Presentation

from tests.app.served import open_page, rest


def _add(page, key: str) -> None:
    page.locator(f".st-key-take_{key} button").first.click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Add to deck").click()
    rest(page)
    page.keyboard.press("Escape")


def test_charts_of_two_views_become_one_deck_in_the_chosen_order(address, page):
    """Add on the Overview, add on Stage, swap, name, make: a deck of two native slides named as typed; then remove one."""
    open_page(page, address + "/")
    _add(page, "throughline")
    page.wait_for_selector(".st-key-tray button:has-text('Deck (1)')")
    page.get_by_test_id("stTopNavLink").filter(has_text="Stage").click()
    page.wait_for_selector(".st-key-block_friction")
    rest(page)
    _add(page, "Buy-friction")
    page.locator(".st-key-tray button:has-text('Deck (2)')").click()
    body = page.get_by_test_id("stPopoverBody")
    first = body.locator(".st-key-tray_0").inner_text()
    body.locator(".st-key-tray-down-0 button").click()
    page.wait_for_function("before => document.querySelector('.st-key-tray_0').innerText !== before", arg=first)
    body.get_by_label("Name of the files").fill("Board / May")
    body.get_by_label("Name of the files").press("Enter")
    rest(page)
    with page.expect_download() as saved:
        body.get_by_role("button", name="Make deck").click()
    assert saved.value.suggested_filename == "Board-May.pptx"
    deck = Presentation(io.BytesIO(open(saved.value.path(), "rb").read()))
    assert len(deck.slides) == 2
    assert "fewer" in _text(deck) or "under 5 people" in _text(deck)
    body.locator(".st-key-tray-del-1 button").click()
    page.wait_for_selector(".st-key-tray button:has-text('Deck (1)')")


def test_a_basket_outlives_a_link_that_loads_the_page_anew_and_is_nobody_else_s(address, browser, page):
    """Add on the Overview, follow a name below the strip to its definition: still one. Another browser has none."""
    open_page(page, address + "/")
    _add(page, "throughline")
    page.wait_for_selector(".st-key-tray button:has-text('Deck (1)')")
    page.locator(".st-key-block_strip .defs a[href*=definitions]").last.click()
    page.wait_for_selector(".st-key-block_metric")
    rest(page)
    assert "Deck (1)" in page.locator(".st-key-tray").inner_text()
    cookie = next(c for c in page.context.cookies() if c["name"] == "throughline_tray")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax" and len(cookie["value"]) >= 32
    other = browser.new_context().new_page()
    open_page(other, address + "/definitions")
    assert "(" not in other.locator(".st-key-tray").inner_text()
    other.context.close()


def _text(deck) -> str:
    return " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)


def test_a_chart_s_numbers_are_those_of_the_page(address, page):
    """The CSV of the strip holds the completion the page shows, with metric, version, period and link as comments."""
    open_page(page, address + "/")
    shown = page.locator(".strip .b.ux > b").first.inner_text().split()[0].rstrip("%\u00a0\u202f")
    page.locator(".st-key-take_throughline button").first.click()
    with page.expect_download() as saved:
        page.get_by_test_id("stPopoverBody").get_by_role("button", name="Numbers (CSV)").click()
    text = open(saved.value.path(), encoding="utf-8-sig").read()
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert [
        f"{100 * float(row['value']):.1f}"
        for row in rows
        if row["metric"] == "completion_rate" and row["stage"] == "Find"
    ] == [shown]
    assert "# Metric: completion_rate v" in text and "# Link: " in text and "# Privacy: " in text


def test_every_block_of_journey_and_stage_can_be_taken_along(address, page):
    """Movement, both channel comparisons, words, reasons, pages: a menu each; the words' file holds what the page may show."""
    open_page(page, address + "/journey?p=all+data")
    for block in ("moves", "channel_completion_rate", "channel_csat_t2b_5"):
        assert page.locator(f".st-key-block_{block} [class*='st-key-take_'] button").count() == 1, block
    open_page(page, address + "/stage?at=Buy&p=all+data")
    for block in ("voice", "reasons", "pages", "trend", "friction", "pair"):
        assert page.locator(f".st-key-block_{block} [class*='st-key-take_'] button").count() == 1, block
    page.locator(".st-key-take_Buy-words button").first.click()
    with page.expect_download() as saved:
        page.get_by_test_id("stPopoverBody").get_by_role("button", name="Words (CSV)").click()
    text = open(saved.value.path(), encoding="utf-8-sig").read()
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert {row["comment"] for row in rows} == {
        "paid in a minute",
        "the fee came late, write me at [e-mail]",
    } and "# n: " in text


def test_a_list_goes_into_the_deck_and_is_a_slide_of_its_own(address, page):
    """Movement from the Journey and words from Stage in one deck: native bars, a native table."""
    open_page(page, address + "/journey?p=all+data")
    page.get_by_test_id("stExpander").locator("summary").first.click()
    _add(page, "moves")
    page.wait_for_selector(".st-key-tray button:has-text('Deck (1)')")
    open_page(page, address + "/stage?at=Buy&p=all+data")
    _add(page, "Buy-words")
    page.locator(".st-key-tray button:has-text('Deck (2)')").click()
    with page.expect_download() as saved:
        page.get_by_test_id("stPopoverBody").get_by_role("button", name="Make deck").click()
    first, second = Presentation(io.BytesIO(open(saved.value.path(), "rb").read())).slides
    assert "end there without its goal" in first.shapes.title.text_frame.text and any(
        shape.has_chart for shape in first.shapes
    )
    assert any(shape.has_table for shape in second.shapes)
