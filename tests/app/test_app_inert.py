"""Names from data or an address are text: no link, image, formula or tag of theirs lives on a page."""

import re
from urllib.parse import quote

import pytest

from report import address as address_of
from tests.app.served import open_page
from ui.widgets.inert import JOINER, calm, inert, plain

HOSTILE = [
    "[Sign in again](http://evil.example/x)",
    "![a](https://evil.example/p.png)",
    "[x][ref]\n\n[ref]: http://evil.example/r",
    "http://evil.example/bare",
    "www.evil.example",
    "\\\\evil.example\\www.evil.example",
    "mailto:someone@evil.example",
    "<a href='http://evil.example'>x</a>",
    "<img src=x onerror=alert(1)>",
    "$\\frac{a}{b}$",
    "$$e^{i\\pi}$$",
]


def test_our_own_marks_stay_and_a_names_do_not():
    said = ":blue[● What people did] in **[Buy](http://evil.example)** costs $5, see `python -m data doctor`"
    assert inert(said) == (
        f":blue[● What people did] in **[Buy]\\(http:{JOINER}//evil.example)** costs \\$5, see `python -m data doctor`"
    )
    assert plain("a*b_[c]($d)") == "a\\*b\\_\\[c\\]\\(\\$d\\)"


@pytest.mark.parametrize("parameters", ["v", "xm", "xb", "at", "s dv f"])
def test_no_name_of_an_address_lives(page, address, parameters):
    """All hostile names at once in a parameter that the page says it left out, takes for a name, or offers in a filter."""
    asked = "&".join(
        f"{name}={quote(('path:' if name == address_of.OTHER else '') + text)}"
        for name in parameters.split()
        for text in HOSTILE
    )
    for view in ("explore", "stage"):
        open_page(page, f"{address}/{view}?{asked}")
        hosts = page.eval_on_selector_all(  # our own links carry the address's words on; what counts is where they lead
            '[data-testid="stMain"] a, [data-testid="stMain"] img',
            "found => found.map(one => one.tagName === 'A' ? one.protocol + one.hostname : one.getAttribute('src') || '')",
        )
        assert [host for host in hosts if "evil" in host or host.startswith("mailto")] == []
        page.get_by_role("button", name="Change").click()
        page.get_by_role("button", name="Reset").first.wait_for()
        live = page.locator("body").locator(
            '.katex, [data-testid="stPopoverBody"] a, [data-testid="stPopoverBody"] img'
        )
        assert live.count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_no_opening_of_a_link_a_formula_or_a_tag_is_left(text):
    for shown in (inert(text), plain(text)):
        assert "](" not in shown and "://" not in shown and "www." not in shown
        assert not re.search(r"(?<!\\)[$<]", shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_that_would_live_is_no_chip(text):
    """Chips read Markdown, so such a name is offered in a list; ordinary names stay chips."""
    assert not calm(text)


@pytest.mark.parametrize(
    "name", ["paid_search", "Over 65", "DE", "Buy & pay", "path: /cart", "U.S.", "18-24", "1.5 kg", "a - b"]
)
def test_ordinary_names_are_chips(name):
    assert calm(name)
