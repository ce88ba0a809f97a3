"""Stage scores: the weights of journey.toml, the half year they are taken over, and nothing of what is withheld."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from metrics.analyses.stage_scores import Position, level_query, positions, standing_positions
from metrics.query import context
from metrics.query.query import Query, Rights
from report.words.warnings import note_text
from tests.core.company import Company

WEIGHTS = {
    "Even": "",
    "Three": "weights = { ux = { completion_rate = 3, error_rate = 1 } }",
    "None": "weights = { ux = { error_rate = 0 } }",
}
JOURNEYS = "".join(
    f"""
[[journey]]
name = "{name}"
[[journey.stage]]
name = "Buy"
paths = ["/buy"]
goal = "event:purchase"
targets = {{ completion_rate = {{ line = 0.40, target = 0.60 }}, error_rate = {{ line = 0.20, target = 0.10 }} }}
{weights}
"""
    for name, weights in WEIGHTS.items()
)
FIRST, WEEKS, A_WEEK = date(2026, 1, 5), 40, 10


@pytest.fixture(scope="module")
def shop(module_company) -> Company:
    """Forty weeks of ten visits, two of the ten with an error. Nobody buys in the first 14 and the last 13 weeks, everybody between."""
    rows = ["occurred_at  customer_id  event_name  url"]
    for week in range(WEEKS):
        for n in range(A_WEEK):
            at, who = f"{FIRST + timedelta(days=7 * week + n % 7)}T10", f"k{week}-{n}"
            rows.append(f"{at}:00  {who}  page_view  /buy")
            rows += [f"{at}:01  {who}  js_error  /buy"] * (n < 2)
            rows += [f"{at}:02  {who}  purchase  /buy"] * (14 <= week < 27)
    rows.append(f"{FIRST + timedelta(days=7 * WEEKS)}T10:00  late  page_view  /elsewhere")
    return module_company(journey=JOURNEYS, web_events="\n".join(rows))


def quarter(journey: str) -> Query:
    """The last 13 whole weeks."""
    end = FIRST + timedelta(days=7 * WEEKS - 1)
    return Query(("completion_rate",), journey, start=end - timedelta(days=7 * 13 - 1), end=end)


def only(found: list[Position]) -> Position:
    (place,) = found
    return place


@pytest.mark.parametrize(("journey", "score"), [("Even", 62.5), ("Three", 68.75), ("None", 75.0)])
def test_a_score_weighs_as_journey_toml_says(shop, journey, score):
    """Over 26 weeks half complete: 75 on the scale from 40 to 60 %; a fifth meet an error: 50, the limit itself. Evenly (75 + 50) / 2,
    three to one (3 · 75 + 50) / 4, and 75 where errors weigh nothing."""
    assert only(standing_positions(quarter(journey), shop.store.generation())).ux.value == pytest.approx(score)


def test_a_score_is_of_the_26_weeks_up_to_the_end(shop):
    """Asked about a quarter in which nobody bought, and about a year: 26 weeks to the quarter's end, and the year as it is."""
    known = context.read(shop.store.generation())
    asked = quarter("None")
    level = level_query(asked, known)
    assert (level.start, level.end) == (asked.end - timedelta(days=181), asked.end)
    exact = only(positions(asked, shop.store.generation())).ux.value
    whole = only(standing_positions(Query((), "None", start=FIRST, end=asked.end), shop.store.generation())).ux.value
    assert exact == pytest.approx(50 + 50 * (0 - 0.40) / 0.20)
    assert whole == pytest.approx(50 + 50 * (13 / 40 - 0.40) / 0.20)


def test_a_score_is_not_made_of_a_number_the_viewer_may_not_see(shop):
    """The score and one of its two shares would give the other: who may see completion alone sees no score."""
    asked, generation = quarter("Three"), shop.store.generation()

    def seen(*metrics: str) -> tuple[float | None, str]:
        place = only(standing_positions(replace(asked, rights=Rights(metrics=metrics)), generation))
        return place.ux.value, note_text(place.missing)

    assert seen("completion_rate") == (None, "withheld")
    assert seen("completion_rate", "error_rate")[0] == pytest.approx(68.75)
