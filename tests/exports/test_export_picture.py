"""Pictures by the installed Chromium: a title, the small print, both themes; a missing browser is one sentence."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from charts import tokens
from data.errors import UserError
from exports.image import browser, picture


@pytest.fixture(scope="module")
def drawn(card):
    """Every form as SVG by one browser."""
    forms = {
        "stages": card("csat_t2b_5"),
        "throughline": card("completion_rate", "csat_t2b_5", form="throughline"),
        "trend": card("completion_rate", by="month", stages=("Buy",)),
        "ledger": card("completion_rate", "csat_t2b_5", form="ledger"),
        "breakdown": card("completion_rate", by="region", stages=("Buy",)),
        "lines": card("completion_rate", by="month,touch_channel", stages=("Buy",)),
        "pair": card("unhappy_though_smooth", "unhappy_attributable_to_friction", by="", stages=("Buy",)),
    }
    return dict(
        zip(forms, zip(forms.values(), (svg.decode() for svg in picture.build_all(list(forms.values()), "svg"))))
    )


def words(svg: str) -> str:
    """The texts of an SVG, spaces made plain."""
    from lxml import etree

    texts = etree.fromstring(svg.encode()).iter("{*}text")
    return " ".join(" ".join("".join(text.itertext()).split()) for text in texts).replace("\u00a0", " ")


@pytest.mark.parametrize("form", ["stages", "throughline", "trend", "ledger", "breakdown", "lines", "pair"])
def test_title_and_small_print_are_in_the_picture(drawn, form):
    card, svg = drawn[form]
    said = words(svg)
    assert (
        card.title.split()[0] in said
        and "under 5 people" in said
        and "simulated data" in said
        and card.definitions[0].id in said
    )


def test_states_are_words_in_the_picture(drawn):
    said = words(drawn["stages"][1])
    assert "not asked" in said and said.count("under 5") == 3  # Wait, Use, and the rule in the small print


def test_no_token_is_left_and_no_address_is_called(drawn):
    for _, svg in drawn.values():
        assert not [token for token in tokens.palette() if token in svg.lower()]
        assert "<image" not in svg and "url(http" not in svg


def test_names_are_text_not_markup(drawn):
    assert "<b>South</b>" in words(drawn["breakdown"][1])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_png_in_both_themes(card, theme):
    image = Image.open(io.BytesIO(picture.build(card("completion_rate"), "png", theme)))
    paper = tokens.palette(theme)[tokens.PAPER]
    assert image.width == 2 * picture.WIDTH
    assert "#{:02X}{:02X}{:02X}".format(*image.convert("RGB").getpixel((3, 3))) == paper.upper()


def test_a_missing_browser_is_one_sentence(monkeypatch, card):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UserError, match="apt-get install chromium-headless-shell"):
        picture.build(card("completion_rate"))


def test_a_browser_named_wrongly_is_one_sentence(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
    with pytest.raises(UserError, match="BROWSER_PATH"):
        browser.find_browser()


@pytest.mark.parametrize(("style", "theme"), [("gif", "light"), ("png", "sepia")])
def test_what_cannot_be_drawn_is_refused_before_a_browser_starts(card, style, theme):
    with pytest.raises(UserError):
        picture.build(card("completion_rate"), style, theme)


def test_two_people_at_once_get_each_their_own_picture(card):
    """Each by a browser of its own: none waits for the other, and none gets the other's."""
    cards = [card("completion_rate"), card("csat_t2b_5")]
    with ThreadPoolExecutor(2) as pool:
        texts = [svg.decode() for svg in pool.map(lambda made: picture.build(made, "svg"), cards)]
    assert ["Completion rate" in words(text) for text in texts] == [True, False]
    assert ["Satisfied" in words(text) for text in texts] == [False, True]


def test_a_browser_that_does_not_close_keeps_nobody_waiting_and_one_that_fails_is_said(monkeypatch):
    closed: list[bool] = []

    class Stubborn:
        def __init__(self, **given):
            pass

        async def __aenter__(self):
            return self

        async def __aexit__(self, *given):
            await asyncio.sleep(30)
            closed.append(True)

        async def calc_fig(self, figure, options):
            if not figure:
                raise ValueError("no figure")
            return b"drawn"

    monkeypatch.setattr(browser.kaleido, "Kaleido", Stubborn)
    monkeypatch.setattr(browser, "CLOSING", 0.05)
    assert browser.draw([({"data": []}, {})] * 2) == [b"drawn", b"drawn"]
    assert not closed
    monkeypatch.setattr(Stubborn, "__aexit__", lambda *given: asyncio.sleep(0))
    with pytest.raises(ValueError, match="no figure"):
        browser.draw([({}, {})])
    monkeypatch.setattr(Stubborn, "calc_fig", lambda *given: asyncio.sleep(30))
    monkeypatch.setattr(browser, "STARTING", 0.05)
    monkeypatch.setattr(browser, "EACH", 0)
    with pytest.raises(UserError, match="does not answer"):
        browser.draw([({"data": []}, {})])
