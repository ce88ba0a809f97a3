"""axe-core in the real browser: no serious or critical finding on any view, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.app.served import open_page

# Streamlit's own shell, which no page of ours can change.
SHELL = {"include": [["[data-testid=stMain]"]]}


def settle(page) -> None:
    """Widgets that load late stand, and nothing is half faded in, as it is on a busy machine: colours are measured at rest."""
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')")
    page.add_style_tag(content="* { transition: none !important; animation: none !important; }")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "view",
    [
        "/",
        "/journey",
        "/stage?at=Buy",
        "/data",
        "/definitions?metric=completion_rate",
        "/explore?xm=csat_t2b_5&xb=stage&xb=device",
    ],
)
def test_a_view_has_no_serious_finding(address, browser, view, scheme):
    page = browser.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 900}).new_page()
    open_page(page, address + view)
    settle(page)
    found = Axe().run(page, context=SHELL).response["violations"]
    page.context.close()
    grave = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
    assert grave == []
