"""The people the product is for, at their tasks, in clicks counted: an executive on a phone, a team with a slide and a deck to hand over."""

import io

from pptx import Presentation

from tests.app.served import open_page, rest

PHONE = {"width": 390, "height": 844}


def _clicks(page):
    """A click that is counted, and how many there were."""
    made: list[str] = []

    def click(what) -> None:
        made.append(str(what))
        what.click()
        rest(page)

    return click, made


def test_an_executive_has_two_minutes_on_a_phone(address, browser, tmp_path):
    """The sentence and what needs a decision are on the first screen and nothing is cut at the side; a tap leads to the stage, whose sentence is
    on its first screen, too. What was seen is kept as two pictures."""
    page = browser.new_context(viewport=PHONE).new_page()
    click, made = _clicks(page)
    for place in ("overview", "stage"):
        if place == "overview":
            open_page(page, address + "/")
        else:
            click(page.locator(".card h3 a, .strip h3 a").first)
            page.wait_for_selector(".st-key-block_pair, .st-key-block_trend, .st-key-block_why")
        head = page.locator("h1").first.bounding_box()
        assert head and head["y"] + head["height"] < PHONE["height"], place
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], place
        page.screenshot(path=tmp_path / f"{place}.png")
        assert (tmp_path / f"{place}.png").stat().st_size > 10_000
    assert len(made) == 1 and "/stage" in page.url
    page.context.close()


def test_a_team_takes_a_chart_to_a_slide_in_three_clicks(address, page, tmp_path):
    """Export above the block, the slide: a native one with the block's finding as its title."""
    click, made = _clicks(page)
    open_page(page, address + "/")
    click(page.locator(".st-key-take_throughline button").first)
    with page.expect_download() as saved:
        click(page.get_by_test_id("stPopoverBody").get_by_role("button", name="Slide (PPTX"))
    page.screenshot(path=tmp_path / "slide.png")
    deck = Presentation(io.BytesIO(open(saved.value.path(), "rb").read()))
    assert len(made) <= 3 and len(deck.slides) == 1
    assert any(shape.has_text_frame and shape.text_frame.text.strip() for shape in deck.slides[0].shapes)
