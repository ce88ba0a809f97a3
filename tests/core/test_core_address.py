"""An address opens the question it was made of, whatever the question; those of earlier versions open what they opened."""

import json
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import UserError
from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.query.filter_values import joined
from metrics.query.query import COMPARISONS, Query
from report import address, question
from report.address import View, decode, encode

TRICKY = st.sampled_from(
    ["app", "South & West", "Käufer", "“quoted” \"twice\" 'once'", "a=b&c=d", "50 %", "x:y", " ", "#1", "+", "日本", "none", "🙂", "a;b"]
) | st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)  # fmt: skip
# a filter of several values has commas between them, a value its own escaped: "app,web", "Oslo\\, Norway"
VALUES = st.lists(TRICKY | st.sampled_from(["Oslo, Norway", ",", "a\\b", "\\"]), min_size=1, max_size=3).map(joined)
NAMES = st.sampled_from([name for name in DIMENSIONS if name not in ("journey", "stage")]) | TRICKY.map(
    "answer:{}".format
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31)) | st.none()


@st.composite
def queries(draw) -> Query:
    filters = tuple((name, draw(VALUES)) for name in draw(st.lists(NAMES, max_size=4, unique=True)))
    customers = (("customer", draw(st.sampled_from(["true", "false"]))),) if draw(st.booleans()) else ()
    return Query(
        tuple(draw(st.lists(st.sampled_from(["completion_rate", "own_metric", "csat_t2b_5__adobe"]), max_size=3))),
        draw(st.none() | TRICKY),
        tuple(draw(st.lists(TRICKY, max_size=3, unique=True))),
        draw(DAYS),
        draw(DAYS),
        draw(st.sampled_from([None, *COMPARISONS])),
        tuple(one for one in filters if one[0] != "customer") + customers,
        tuple(draw(st.lists(st.sampled_from([*DIMENSIONS, "answer:q 1"]), max_size=2, unique=True))),
    )


@settings(max_examples=300, deadline=None)
@given(queries())
def test_what_is_written_is_read_again(asked):
    """All dimensions, values with quotes, umlauts, ampersands and colons, periods of either end, comparisons."""
    assert decode("https://cx.example/app/" + encode(View("explore", asked))) == View("explore", asked)
    assert question.query_of(json.loads(json.dumps(question.record(asked))), "card 1") == asked
    for page in ("journey", "stage"):  # pages of their own metrics
        assert decode(encode(View(page, asked))) == View(page, replace(asked, metrics=(), by=()))


@settings(max_examples=100, deadline=None)
@given(queries())
def test_a_browser_that_writes_the_parameters_anew_changes_nothing(asked):
    page, _, parameters = encode(View("explore", asked)).partition("?")
    assert decode(f"{page}?{urlencode(parse_qsl(parameters, keep_blank_values=True))}").query == asked


OLD = {
    # an address somebody kept → what it opens
    "/explore?v=1&j=Shop&s=Find&s=Buy&p=dates&from=2026-04-13&to=2026-05-31&c=the+weeks+before&ch=app&ch=web"
    "&rg=South+%26+West&w=Customers&xm=completion_rate&xb=touch_channel": View(
        "explore",
        Query(
            ("completion_rate",), "Shop", ("Find", "Buy"), date(2026, 4, 13), date(2026, 5, 31), "previous",
            (("touch_channel", "app,web"), ("region", "South & West"), ("customer", "true")), ("touch_channel",),
        ),
    ),
    "explore?v=1&p=all+data&c=nothing&xm=contact_rate&xb=none": View("explore", Query(("contact_rate",))),
    "https://cx.example/journey?v=1&j=Shop&p=dates&from=2026-04-13&to=2026-05-31&c=same+weeks+last+year&sg=B2B": View(
        "journey", Query((), "Shop", (), date(2026, 4, 13), date(2026, 5, 31), "year", (("segment", "B2B"),))
    ),
    "/stage?v=1&s=Buy&p=all+data&c=nothing&at=Buy": View("stage", Query((), None, ("Buy",))),
}  # fmt: skip


@pytest.mark.parametrize("kept", OLD)
def test_old_addresses_open_what_they_opened(kept):
    assert decode(kept) == OLD[kept]


@pytest.mark.parametrize(
    ("kept", "said"),
    [("/explore?v=9", "another version"), ("/explore", "another version"), ("/explore?v=1&from=soon", "no date")],
)
def test_what_is_no_address_of_ours_is_one_sentence(kept, said):
    with pytest.raises(UserError, match=said):
        decode(kept)


def test_every_filter_travels_and_times_are_written_out():
    """What has no control in the frame has a parameter of its own; a whole period stands as dates."""
    asked = Query((), "J", (), date(2026, 3, 2), date(2026, 3, 8), filters=(("country", "DE,FR"), ("answer:q1", "yes")))
    pairs = address.frame(asked)
    assert [value for key, value in pairs if key == "f"] == ["country:DE", "country:FR", "answer%3Aq1:yes"]
    assert ("p", "dates") in pairs and set(TIMES) <= set(DIMENSIONS)
