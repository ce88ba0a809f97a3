"""Names from data or an address are text: no link, image, formula or tag of theirs lives on a page."""

import re
from urllib.parse import quote

import pytest

from tests.app.served import open_page
from ui.widgets.inert import JOINER, inert, plain

HOSTILE = [
    "[Sign in again](http://evil.example/x)",
    "![a](https://evil.example/p.png)",
    "[x][ref]\n\n[ref]: http://evil.example/r",
    "http://evil.example/bare",
    "www.evil.example",
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


@pytest.mark.parametrize("parameter", ["v", "xm", "xb", "at"])
def test_no_name_of_an_address_lives(page, address, parameter):
    """All hostile names at once in a parameter that the page says it left out, or takes for a name."""
    asked = "&".join(f"{parameter}={quote(text)}" for text in HOSTILE)
    for view in ("explore", "stage"):
        open_page(page, f"{address}/{view}?{asked}")
        hosts = page.eval_on_selector_all(  # our own links carry the address's words on; what counts is where they lead
            '[data-testid="stMain"] a, [data-testid="stMain"] img',
            "found => found.map(one => one.tagName === 'A' ? one.protocol + one.hostname : one.getAttribute('src') || '')",
        )
        assert [host for host in hosts if "evil" in host or host.startswith("mailto")] == []
        assert page.locator('[data-testid="stMain"] .katex').count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_no_opening_of_a_link_a_formula_or_a_tag_is_left(text):
    for shown in (inert(text), plain(text)):
        assert "](" not in shown and "://" not in shown and "www." not in shown
        assert not re.search(r"(?<!\\)[$<]", shown)
