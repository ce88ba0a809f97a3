"""Two parts beside each other: by hand on a small company, and never two numbers without what holds of them."""

import json

import pytest

from data.errors import UserError
from metrics.analyses.sides.find import sides
from metrics.analyses.sides.model import Holds
from metrics.compute.run import run
from metrics.query.query import Query, Rights
from metrics.rules.access import viewed
from report.address import View, decode, encode
from report.sheets.sides import sheets_of

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    surveys = ["s"]
    goal = "event:purchase"
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
"""


@pytest.fixture(scope="module")
def shop(module_company):
    """A hundred people on a phone, of whom 40 buy; a hundred at a desk, of whom 80 buy; three on a tablet. Business: half of each, alike in all. Asked on
    the web (wording A) at the desk, in the app (wording B) on the phone."""
    events = ["occurred_at  customer_id  session_id  event_name  url  device"]
    for device, people, buyers in (("mobile", 100, 40), ("desktop", 100, 80), ("tablet", 3, 1)):
        for n in range(people):
            who = f"{device}{n}  s-{device}{n}"
            events.append(f"2026-03-10T12:00  {who}  page_view  /cart  {device}")
            events += [f"2026-03-10T12:05  {who}  purchase  -  {device}"] if n < buyers else []
    rows = ["responded_at  customer_id  session_id  response_id  survey  question  metric  scale_min  scale_max  score"]
    for device, words in (("mobile", "wording B"), ("desktop", "wording A")):
        for n in range(50):
            rows.append(
                f"2026-03-10T12:10  {device}{n}  s-{device}{n}  {device}-{n}  s  {words}  csat  1  5  {5 if n % 2 else 2}"
            )
    segments = ["customer_id  segment"]
    segments += [
        f"{device}{n}  {'Business' if n % 2 else 'Private'}" for device in ("mobile", "desktop") for n in range(100)
    ]
    return module_company(
        journey=JOURNEY, web_events="\n".join(events), survey_answers="\n".join(rows), people="\n".join(segments)
    )


def of(shop, dimension: str, first: str, second: str, *metrics: str, **more):
    """The pairs in Buy by metric, and all that is told."""
    filters = (*more.pop("filters", ()), (dimension, f"{first},{second}"))
    query = Query(metrics or ("completion_rate",), stages=("Buy",), by=(dimension,), filters=filters, **more)
    found = sides(query, more.pop("generation", None) or shop.store.generation())
    return {pair.metric: pair for pair in found.pairs}, found


def test_a_sure_difference_is_the_first_less_the_second(shop):
    """40 of 100 less 80 of 100: 40 points, and both numbers are those of `metrics show`."""
    pairs, found = of(shop, "device", "mobile", "desktop")
    pair = pairs["completion_rate"]
    both = Query(("completion_rate",), stages=("Buy",), by=("device",), filters=(("device", "mobile,desktop"),))
    shown = run(both, shop.store.generation())
    assert (pair.first.value, pair.second.value) == tuple(
        shown.cell("completion_rate", device=d).value for d in ("mobile", "desktop")
    )
    assert (
        pair.diff == pytest.approx(-0.4)
        and pair.low < -0.4 < pair.high < 0
        and pair.holds is Holds.BELOW
        and not found.exploratory
    )
    turned, _ = of(shop, "device", "desktop", "mobile")
    assert turned["completion_rate"].diff == pytest.approx(0.4) and turned["completion_rate"].holds is Holds.ABOVE
    title = sheets_of(found).title
    assert "Mobile and desktop differ surely in 1 of 1 comparisons: Completed in Buy −40.0 points" == title


def test_alike_is_not_told(shop):
    pairs, found = of(shop, "segment", "Business", "Private")
    assert pairs["completion_rate"].diff == pytest.approx(0.0) and pairs["completion_rate"].holds is Holds.UNSURE
    assert sheets_of(found).title == "No sure difference between Business and Private"


def test_asked_in_other_words_is_not_compared(shop):
    """Each side has its share, and no difference is taken of two wordings; the segments were asked alike and are."""
    pairs, _ = of(shop, "device", "mobile", "desktop", "csat_t2b_5")
    assert pairs["csat_t2b_5"].first.valued and (pairs["csat_t2b_5"].holds, pairs["csat_t2b_5"].diff) == (
        Holds.OTHERWISE,
        None,
    )
    pairs, _ = of(shop, "segment", "Business", "Private", "csat_t2b_5")
    assert pairs["csat_t2b_5"].diff is not None and pairs["csat_t2b_5"].holds is not Holds.OTHERWISE


def test_few_people_are_withheld_and_what_has_no_such_part_says_so(shop):
    """Three on a tablet: no number of theirs, and so no difference; a filter makes what is told exploratory."""
    pairs, found = of(shop, "device", "mobile", "tablet")
    assert pairs["completion_rate"].holds is Holds.NONE and pairs["completion_rate"].diff is None
    assert pairs["completion_rate"].second.value is None and "fewer than 5 people" in sheets_of(found).sheets[0].foot
    pairs, _ = of(shop, "device", "mobile", "desktop", "nps_relationship")
    assert pairs["nps_relationship"].holds is Holds.NONE and pairs["nps_relationship"].reason
    _, found = of(shop, "device", "mobile", "desktop", filters=(("segment", "Business"),))
    assert found.exploratory and "Exploratory" in sheets_of(found).sheets[0].foot


def test_a_viewer_sees_the_numbers_they_may_see_anyway(shop):
    part = viewed(shop.store.generation(), Rights())
    query = Query(("completion_rate",), stages=("Buy",), by=("device",), filters=(("device", "mobile,desktop"),))
    (pair,) = sides(query, part).pairs
    shown = run(query, part)
    assert (pair.first.value, pair.second.value) == tuple(
        shown.cell("completion_rate", device=d).value for d in ("mobile", "desktop")
    )


@pytest.mark.parametrize(
    "filters", [(), (("device", "mobile"),), (("device", "mobile,mobile"),), (("device", "a,b,c"),)]
)
def test_anything_but_two_is_refused(shop, filters):
    with pytest.raises(UserError, match="two values of one dimension"):
        sides(Query(("completion_rate",), by=("device",), filters=filters), shop.store.generation())


def test_an_address_holds_the_two(shop):
    """Names with commas and colons come back as they were; the page itself is not narrowed to the two."""
    query = Query((), "J", filters=(("region", "DE"), ("segment", "a:b\\, c,d e")), by=("segment",))
    address = encode(View("journey", query))
    assert decode(address).query == query and address.count("vs=") == 2 and "sg=" not in address
    assert decode("/journey?v=1&vs=device%3Amobile").query.by == ()


def test_the_command_tells_every_pair(cli, shop):
    done = cli("metrics", "sides", "device", "mobile", "desktop", "completion_rate", "--stage", "Buy", "--all", "--store", shop.store.path, "--format", "json")  # fmt: skip
    ((row,),) = [sheet["rows"] for sheet in json.loads(done.stdout)["sheets"]]
    assert (row["first_n"], row["second_n"], row["holds"]) == (100, 100, "below") and row[
        "difference"
    ] == pytest.approx(-0.4)
