"""The main job in a real browser: a cold deep link, the same numbers as the command line, a link that keeps its meaning."""

import json
import re
import subprocess
import sys
from urllib.parse import urlparse

from charts.tokens import palette
from tests.app.served import READY, ROOT, open_page, server


def shown(store, *arguments: str) -> list[dict]:
    """What `metrics show` says, as a script sees it."""
    done = subprocess.run(
        [sys.executable, "-m", "metrics", "show", *arguments, "--store", str(store), "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def ledger(page) -> dict[str, list[str]]:
    """The ledger as text: metric → the numbers of its stages."""
    rows = page.locator(".tl tbody tr").all()
    return {
        row.locator("th a").inner_text(): [cell.inner_text().split("\n")[0] for cell in row.locator("td").all()]
        for row in rows
    }


def test_a_cold_deep_link_shows_the_frame_and_the_numbers_of_the_command_line(store, browser):
    """A fresh server, opened first at /journey with a period in the address: frame, filters and numbers are all there."""
    with server(store) as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        open_page(page, address + "/journey?v=1&p=dates&from=2026-03-02&to=2026-05-31")
        assert "2 Mar – 31 May 2026" in page.locator(".st-key-frame").inner_text()
        said = {
            cell["by"]["stage"]: cell
            for cell in shown(store, "completion_rate", "--by", "stage", "--from", "2026-03-02", "--to", "2026-05-31")
        }
        numbers = ledger(page)["Completed"]
        assert numbers[:2] == [f"{100 * said[stage]['value']:.1f}" for stage in ("Find", "Buy")]
        satisfied = shown(store, "csat_t2b_5", "--where", "stage=Buy", "--from", "2026-03-02", "--to", "2026-05-31")[0]
        assert ledger(page)["Satisfied"][1] == f"{100 * satisfied['value']:.1f}"
        page.context.close()


def test_a_stage_filter_is_in_the_address_and_means_the_same_in_a_second_browser(address, browser, page):
    """Filter by a stage, copy the address, open it elsewhere: the same filter, the same numbers."""
    open_page(page, address + "/journey")
    page.get_by_role("button", name="Change").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Buy", exact=True).click()
    page.wait_for_function("() => location.search.includes('s=Buy')")
    page.wait_for_selector(READY)
    page.wait_for_function("() => document.querySelectorAll('.tl thead tr:first-child th').length === 2")
    here = ledger(page)
    assert "w=" not in page.url  # what rests at its default is not in the address
    second = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    open_page(second, page.url)
    assert ledger(second) == here and len(here["Completed"]) == 1
    second.context.close()


def test_filters_survive_a_change_of_page_and_a_reload(address, page):
    """Touch channel app, then Journey by the menu, then reload: the filter is still said and still counted."""
    open_page(page, address + "/?ch=app")
    assert "app" in page.locator(".st-key-frame").inner_text()
    page.get_by_test_id("stTopNavLink").filter(has_text="Journey").click()
    page.wait_for_selector(".st-key-block_map")
    page.wait_for_selector(READY)
    assert "app" in page.locator(".st-key-frame").inner_text()
    before = ledger(page)
    page.reload()
    page.wait_for_selector(".st-key-block_map")
    page.wait_for_selector(READY)
    assert "app" in page.locator(".st-key-frame").inner_text() and ledger(page) == before


def test_no_request_leaves_the_machine_and_nothing_breaks_in_the_console(address, page):
    """Every view asks only the server that served it; the console stays clean but for Streamlit's two known 404s."""
    hosts, errors = set(), []
    page.on(
        "request", lambda request: hosts.add(urlparse(request.url).netloc) if request.url.startswith("http") else None
    )
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for view in ("/", "/journey", "/stage?at=Buy", "/explore", "/data", "/definitions?m=contact_rate"):
        open_page(page, address + view)
        assert page.locator('[data-testid="stException"]').count() == 0, view
    assert hosts == {urlparse(address).netloc}
    assert [text for text in errors if "404" not in text] == []


def test_no_view_scrolls_sideways_on_a_phone(address, browser):
    """390 px: the page is as wide as the screen, and the ledger shows every stage."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    for view in ("/", "/journey", "/stage?at=Buy", "/explore", "/data", "/definitions"):
        open_page(page, address + view)
        wide = page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
        )
        assert wide <= 0, view
    page.context.close()


# Every colour of ink on the page and in its charts.
PRINTED = """() => [...new Set([...document.querySelectorAll("[data-testid=stMain] *")].filter(e => e.checkVisibility()).flatMap(e => {
    const s = getComputedStyle(e); return [s.color, ...(e.closest("svg") ? [s.fill, s.stroke] : [])] }))].sort()"""


def test_the_charts_follow_the_theme(browser, address):
    """The figures hold colour tokens; the browser must have swapped them for the theme's colours. On paper both themes are the light one, without
    menu and buttons and with the address."""
    colours, printed = {}, {}
    for scheme in ("light", "dark"):
        page = browser.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 900}).new_page()
        open_page(page, address + "/journey")
        page.wait_for_selector(".js-plotly-plot .scatterlayer path.js-line", state="attached")
        colours[scheme] = page.locator(".js-plotly-plot .scatterlayer path.js-line").first.evaluate(
            "e => getComputedStyle(e).stroke"
        )
        assert "#0000" not in page.locator(".js-plotly-plot").first.inner_html()
        page.emulate_media(media="print", color_scheme=scheme)
        printed[scheme] = page.evaluate(PRINTED)
        assert (
            not page.get_by_test_id("stHeader").is_visible() and not page.get_by_test_id("stPopover").first.is_visible()
        )
        assert f"{address}/journey?v=1&" in page.locator(".printed").inner_text()
        page.context.close()
    assert colours["light"] != colours["dark"]
    inks = {f"rgb({int(ink[1:3], 16)}, {int(ink[3:5], 16)}, {int(ink[5:7], 16)})" for ink in palette("dark").values()}
    inks -= set(printed["light"])
    assert len(inks) > 15 and not inks & set(printed["dark"]) and colours["light"] in printed["dark"]


def test_people_s_words_are_shown_without_their_address(address, page):
    """Eight people and more have written; the mail address one of them left is not on the page."""
    open_page(page, address + "/stage?at=Buy&p=all+data")
    words = page.locator("blockquote.quote").all_inner_texts()
    assert words and not any(re.search(r"\S+@\S+", text) for text in words)
    assert page.locator(".st-key-block_pages th a").count() > 3
    page.locator(".st-key-block_pages th a").filter(
        has_text="Views"
    ).click()  # a head puts its table in order, and the address keeps it
    page.wait_for_selector(".st-key-block_pages th[aria-sort=descending]")
    assert "po=-views" in page.url and "at=Buy" in page.url
    views = [
        int(text.replace(",", "")) for text in page.locator(".st-key-block_pages td[data-h=Views]").all_inner_texts()
    ]
    assert views == sorted(views, reverse=True)


def test_the_journey_s_ledger_ends_above_the_fold_of_a_laptop(address, page):
    """1440 × 900: the last row of the ledger is on the first screen."""
    open_page(page, address + "/journey")
    box = page.locator(".tl table").bounding_box()
    assert box["y"] + box["height"] <= 900


def test_the_evidence_of_a_finding_is_four_clicks_from_the_overview(address, page):
    """Overview → the finding of Buy → the pair table, people's words and friction; each click a link a reader sees."""
    open_page(page, address + "/")
    clicks = 1
    page.locator(".card h3 a, .strip h3 a").filter(has_text="Buy").first.click()
    page.wait_for_selector(".st-key-block_pair, .st-key-block_map")
    if page.locator(".st-key-block_pair").count() == 0:
        page.locator(".tl thead a").filter(has_text="Buy").first.click()
        clicks += 1
    page.wait_for_selector(".st-key-block_pair .plain")
    page.wait_for_selector("blockquote.quote")
    assert clicks <= 4 and "Buy" in page.locator("h1").inner_text()


def test_a_number_opens_its_definition_and_keeps_the_filters(address, page):
    """The name of a ledger row leads to Definitions; a number opens its evidence at once, and from there its stage, with the filter of the
    address."""
    open_page(page, address + "/journey?ch=app")
    row = page.locator(".tl tbody tr").nth(1)
    assert "definitions" in row.locator("th a").get_attribute("href") and "ch=app" in row.locator("th a").get_attribute(
        "href"
    )
    cell = row.locator("td").first
    cell.locator("button.opens").click()
    sheet = cell.locator(".sheet")
    assert sheet.is_visible() and "95 % interval" in sheet.inner_text()
    way = sheet.locator(".ways a").first.get_attribute("href")
    assert way.startswith("stage?") and "ch=app" in way and "at=Find" in way
    page.keyboard.press("Escape")
    assert not sheet.is_visible()


def test_the_menu_of_a_phone_closes_after_a_tap(address, browser):
    """On a touch device; every page is in it, in its group."""
    phone = browser.new_context(
        viewport={"width": 390, "height": 800},
        has_touch=True,
        is_mobile=True,
        user_agent="Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
    ).new_page()
    open_page(phone, address + "/")
    phone.get_by_test_id("stExpandSidebarButton").click()
    menu = phone.get_by_test_id("stSidebar")
    assert {"Why", "Act", "Look up", "Voice", "Decisions", "Data"} <= set(menu.inner_text().split("\n"))
    phone.get_by_test_id("stSidebarNavLink").filter(has_text="Journey").click()
    phone.wait_for_selector(".st-key-block_map")
    phone.wait_for_selector("[data-testid=stSidebar][data-collapsed=true]", state="attached")
    phone.context.close()
    narrow = browser.new_context(
        viewport={"width": 700, "height": 800}
    ).new_page()  # a window made narrow, without touch
    open_page(narrow, address + "/")
    narrow.get_by_test_id("stExpandSidebarButton").click()
    narrow.get_by_test_id("stSidebarNavLink").filter(has_text="Journey").click()
    narrow.wait_for_selector("[data-testid=stSidebar][data-collapsed=true]", state="attached")
    narrow.context.close()
