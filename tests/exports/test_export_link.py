"""A link opens the same view, and a basket asks the same again."""

import json
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from data.errors import UserError
from exports.cards import basket
from metrics.query import context
from metrics.query.query import Query, Rights
from report import address
from tests.exports.shop import build_shop, item_of
from ui.session import state

FULL = Query(
    ("completion_rate",),
    "Shop",
    ("Find", "Buy"),
    date(2026, 4, 13),
    date(2026, 5, 31),
    "previous",
    (("touch_channel", "app,web"), ("region", "South & West"), ("customer", "true")),
    ("touch_channel",),
)


def test_round_trip():
    view = address.decode(address.link_to(FULL, "breakdown", "https://cx.example/"))
    assert view == address.View("explore", FULL)


def widgets(opened: str) -> dict:
    """What the app's widgets hold once a browser has opened the address: lists, dates and words, out of the address alone."""
    found = parse_qs(urlsplit(opened).query)
    several, days = ("s", *state.FILTERS, "f"), ("from", "to")
    return {
        key: values if key in several else date.fromisoformat(values[0]) if key in days else values[0]
        for key, values in found.items()
    }


@pytest.mark.parametrize(("start", "compare"), [(date(2026, 4, 27), "previous"), (date(2026, 4, 13), None)])
def test_the_app_reads_the_link_as_the_same_question(shop, start, compare):
    """Filters, stages, customers and period come back from the address alone; the data begin on 2 March, so that 35 days from 27 April on
    have 35 days before them, and 49 days from 13 April on do not."""
    opened = address.link_to(replace(FULL, start=start), "breakdown", "https://cx.example")
    frame = state.frame_of(widgets(opened), context.read(shop))
    assert frame.query == replace(FULL, metrics=(), by=(), start=start, compare=compare)


def test_a_link_without_filters_brings_none(shop):
    """All data, every stage, everyone, compared with nothing."""
    bare = Query(("completion_rate",), "Shop", by=("stage",))
    frame = state.frame_of(widgets(address.link_to(bare, "stages")), context.read(shop))
    assert frame.query == replace(bare, metrics=(), by=())
    assert (frame.filters, frame.before) == (("all stages",), None)


def test_a_basket_holds_questions_and_no_answers(ten):
    text = basket.dump([item_of(found) for found in ten])
    assert set().union(*(entry.keys() for entry in json.loads(text)["cards"])) <= set(basket.KEYS)
    assert "66.7" not in text and "disappoints" not in text


def test_a_basket_rebuilt_is_the_same_cards(ten, shop):
    items = basket.load(basket.dump([item_of(found) for found in ten]))
    again = basket.rebuild(items, shop, address="https://cx.example")
    assert [(c.title, c.form, c.link, c.result.cells) for c in again] == [
        (c.title, c.form, c.link, c.result.cells) for c in ten
    ]


def test_a_basket_on_another_generation_shows_its_numbers(card, tmp_path):
    """The same question where the two people of Use are six: withheld before, shown now."""
    item = item_of(card("csat_t2b_5"))
    (found,) = basket.rebuild([item], build_shop(tmp_path / "other", ((5,) * 6, (5, 5, 5, 5, 5, 1))))
    assert (
        str(card("csat_t2b_5").result.cell("csat_t2b_5", stage="Use").state),
        found.result.cell("csat_t2b_5", stage="Use").n,
    ) == ("suppressed", 6)


def test_a_basket_brings_no_rights(card, shop):
    item = item_of(card("completion_rate"))
    (found,) = basket.rebuild([item], shop, Rights(metrics=("csat_t2b_5",)))
    assert {str(cell.state) for cell in found.result.cells} == {"refused"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"basket":1}',
        '{"basket":2,"cards":[]}',
        '{"basket":1,"cards":[3]}',
        '{"basket":1,"cards":[{"form":"pie","metrics":["x"]}]}',
        '{"basket":1,"cards":[{"form":"stages","metrics":"x"}]}',
        '{"basket":1,"cards":[{"form":"stages","metrics":["x"],"from":"soon"}]}',
        '{"basket":1,"cards":[{"form":"stages","metrics":["x"],"filters":[["a"]]}]}',
        '{"basket":1,"cards":[{"form":"stages","metrics":["x"],"level":7}]}',
        '{"basket":1,"cards":[{"form":"stages","metrics":["x"],"value":3}]}',
    ],
)
def test_what_is_no_basket_is_one_sentence(text):
    with pytest.raises(UserError):
        basket.load(text)
