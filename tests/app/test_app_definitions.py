"""Definitions: what is found, what opens, and the number of another tool beside ours."""

from dataclasses import replace
from datetime import date

from data.store.generations import Store
from metrics.catalogue.dimensions import dimensions, supports_dimension
from metrics.catalogue.load import catalogue, variants
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from metrics.query.result import Cell, State
from report.words.reasons import reason_text
from tests.app.served import READY, open_page
from ui.views import finder, other_tools

OURS = Cell("csat_t2b_5", {}, 0.761, 0.734, 0.785, 1090, 900, State.SHOWN)


def test_a_search_looks_into_names_sentences_and_what_other_tools_call_it():
    """Every word must be somewhere; those named so stand before those merely described so."""
    assert list(finder.search("contentsquare completion")) == [
        "completion_rate",
        "funnel_step_conversion",
    ]  # named by one, and by another's reading
    assert "completion_rate" in finder.search("reached the goal SAME visit") and not finder.search("completion unicorn")
    assert list(finder.search("")) == list(catalogue()) and next(iter(finder.search("nps_mig"))) == "nps_migration"


def test_an_address_opens_a_metric_in_both_spellings_and_a_variant_opens_its_metric():
    assert finder.opened({"metric": "contact_rate"}) == finder.opened({"m": "contact_rate"}) == ("contact_rate", "")
    assert finder.opened({"metric": next(iter(variants(catalogue()["csat_t2b_5"])))}) == ("csat_t2b_5", "")
    assert finder.opened({"m": "contact_rat"}) == (
        None,
        "There is no metric 'contact_rat'. Did you mean 'contact_rate'?",
    )
    assert finder.opened({}) == (None, "")


def test_the_difference_to_another_tool_is_told_in_words():
    """Below in points; not subtracted across scales; the same number by a narrower interval."""
    csat = catalogue()["csat_t2b_5"]
    box, mean, all_ = variants(csat).values()
    assert other_tools.gap_words(OURS, replace(OURS, value=0.507), csat, box) == "25.4 points below ours"
    assert other_tools.gap_words(OURS, replace(OURS, value=4.12), csat, mean) == "on another scale, so not subtracted"
    assert (
        other_tools.gap_words(OURS, replace(OURS, low=0.745, high=0.775), csat, all_)
        == "the same number; its interval is 41 % narrower"
    )
    assert (
        other_tools.gap_words(replace(OURS, state=State.SUPPRESSED, value=None), OURS, csat, box)
        == "ours has no value to set beside it"
    )


def test_what_a_metric_can_be_cut_by_is_what_run_accepts(store):
    """Each offered dimension is answered by run; stages are not offered to what belongs to the journey."""
    generation = Store(store).generation()
    known = context.read(generation)
    for metric in ("completion_rate", "contact_rate", "nps_relationship"):
        found = catalogue()[metric]
        offered = dimensions(found, known.columns[found.measure.fact])
        assert len(offered) > 8
        assert not [
            c
            for name in offered
            for c in run(Query((metric,), by=(name,)), generation).of(metric)
            if "cannot be cut" in reason_text(c.reason)
        ]
    assert not supports_dimension(catalogue()["nps_relationship"], {"stage", "day"}, "stage") and supports_dimension(
        catalogue()["nps_relationship"], {"day"}, "week"
    )


def test_a_deep_link_opens_the_definition_with_its_present_value_and_the_other_tools_numbers(address, page, store):
    """The numbers are run's for the period in the address; a search narrows the list; a link in it opens another metric."""
    open_page(page, address + "/definitions?m=csat_t2b_5&p=dates&from=2026-03-02&to=2026-05-31&v=1")
    csat = catalogue()["csat_t2b_5"]
    first = next(iter(variants(csat)))
    said = run(Query((csat.id, first), start=date(2026, 3, 2), end=date(2026, 5, 31)), Store(store).generation())
    assert page.locator(".now b").inner_text() == f"{100 * said.of(csat.id)[0].value:.1f} %"
    assert page.locator(".others li").nth(1).locator("b").inner_text() == f"{100 * said.of(first)[0].value:.1f} %"
    assert (
        csat.formula in page.locator(".facts").inner_text() and "stage" in page.locator(".facts dd").last.inner_text()
    )
    assert page.locator(".find a:visible").count() == 0  # groups are collapsed
    page.get_by_label("Search by name").fill("rage")
    page.wait_for_function("() => document.querySelectorAll('.find li').length < 10")
    page.wait_for_function("() => location.search.includes('q=rage')")
    page.locator(".find a", has_text="Visits with a rage click").click()
    page.wait_for_selector(".st-key-block_metric h2:has-text('rage click')")
    page.wait_for_selector(READY)
    assert "metric=rage_click_rate" in page.url and "from=2026-03-02" in page.url


def test_every_block_with_a_metric_s_numbers_leads_to_its_definition(address, page):
    """Overview, Journey, Stage, Explore: one click from each block; lists of words, reasons, pages and moves count no metric."""
    other = (
        "voice",
        "reasons",
        "pages",
        "moves",
        "struggled",
        "also",
        "minimums",
    )  # what else is known may be about the recording
    for view in ("/", "/journey", "/stage?at=Buy", "/explore?xm=contact_rate"):
        open_page(page, address + view)
        blocks = page.eval_on_selector_all(
            '[class*="st-key-block_"]',
            """found => found.map(block => [
            [...block.classList].find(name => name.startsWith('st-key-block_')).slice(13), block.querySelectorAll('a[href*="definitions?"]').length])""",
        )
        assert len([name for name, _ in blocks if name not in other]) >= 1
        assert [name for name, links in blocks if not links and name not in other] == [], view


def test_definitions_are_short_on_a_phone(address, browser):
    """390 px: the page that opens nothing is under three screens; the one that opens a metric begins with it."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    open_page(page, address + "/definitions")
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight") < 3 * 844
    open_page(page, address + "/definitions?metric=completion_rate")
    assert page.locator(".now b").bounding_box()["y"] < 844
    page.context.close()
