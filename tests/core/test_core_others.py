"""What other tools would read: their formulas on a company small enough to count by eye, by the same pipeline as ours."""

import json

import pytest

from data.errors import UserError
from metrics.catalogue.load import catalogue, definition, variants
from metrics.compute.run import run
from metrics.query.query import Query
from report.words.reasons import reason_text

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment"]
    surveys = ["s"]
    goal = "event:purchase"
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "yearly"
    kind = "relationship"
    trigger = "random"
"""


@pytest.fixture(scope="module")
def shop(module_company):
    """Twenty people. All come to Find; ten go on to Buy, four of them buy, one of the ten comes again and buys then too.

    answers   s, csat: 5 5 4 4 3 2 of k0…k5, and again 5 of k0        s, nps: 10 10 9 8 3 of k0…k4
              yearly, nps: 0 0 0 0 0 of k10…k14
    tickets   two of k9, known since the visit; one of "new", whom only the ticket makes known
    """
    events = ["occurred_at  customer_id  session_id  event_name  url"]
    for n in range(20):
        events.append(f"2026-03-02T10:00  k{n}  s{n}  page_view  /")
        events += [f"2026-03-02T10:01  k{n}  s{n}  page_view  /cart"] if n < 10 else []
        events += [f"2026-03-02T10:02  k{n}  s{n}  purchase  -"] if n < 4 else []
    events += ["2026-03-20T10:00  k0  again  page_view  /cart", "2026-03-20T10:04  k0  again  purchase  -"]
    rows = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    rows += [f"2026-03-02T12:00  k{n}  s  csat  1  5  {score}" for n, score in enumerate((5, 5, 4, 4, 3, 2))]
    rows += ["2026-03-02T13:00  k0  s  csat  1  5  5"]
    rows += [f"2026-03-02T12:00  k{n}  s  nps  0  10  {score}" for n, score in enumerate((10, 10, 9, 8, 3))]
    rows += [f"2026-03-02T12:00  k{n}  yearly  nps  0  10  0" for n in range(10, 15)]
    tickets = [
        "ticket_id  created_at  customer_id  category",
        "t1  2026-03-03T10:00  k9  payment",
        "t2  2026-03-04T10:00  k9  payment",
        "t3  2026-03-05T10:00  new  payment",
        "t4  2026-03-20T10:00  newer  payment",
    ]
    return module_company(
        journey=JOURNEY,
        web_events="\n".join(events),
        survey_answers="\n".join(rows),
        support_tickets="\n".join(tickets),
    )


@pytest.mark.parametrize(
    ("metric", "tool", "query", "ours", "theirs"),
    [
        ("completion_rate", "ga4", {"stages": ("Buy",)}, 5 / 11, 5 / 21),  # of the visits to Buy; of all sessions
        ("conversion_visit", "ga4", {}, 5 / 21, 4 / 20),  # sessions; people
        ("drop_off_rate", "matomo", {"stages": ("Buy",)}, 6 / 11, 11 / 11),  # left without the goal; left
        ("contact_rate", "zendesk", {"stages": ("Buy",)}, 1 / 10, 2 / 10),  # people who wrote; their tickets
        ("csat_t2b_5", "medallia", {}, 4 / 6, 2 / 6),  # 4 or 5; 5
        ("csat_t2b_5", "qualtrics", {}, 4 / 6, (5 + 5 + 4 + 4 + 3 + 2) / 6),  # share; mean
        ("csat_t2b_5", "most", {}, 4 / 6, 5 / 7),  # one vote an occasion; all answers
        ("nps_transactional", "qualtrics", {}, 40.0, 100 * (3 - 6) / 10),  # after the stage; with the yearly ones
        ("nps_transactional", "spreadsheets", {}, 40.0, (10 + 10 + 9 + 8 + 3) / 5),
    ],
)  # promoters − detractors; mean
def test_their_formula_on_our_rows(shop, metric, tool, query, ours, theirs):
    """Two numbers of one name, side by side."""
    (other,) = [name for name in variants(definition(metric)) if name.partition("~")[2].startswith(tool)]
    result = run(
        Query((metric, other), by=("stage",) if metric == "completion_rate" else (), **query), shop.store.generation()
    )
    mine, other_cell = result.of(metric)[0], result.of(other)[0]
    assert (mine.value, other_cell.value) == (pytest.approx(ours), pytest.approx(theirs))


def test_an_interval_that_takes_visits_for_people_is_narrower(company):
    """Twenty people with five visits each, all of a person alike: the same 50 %, and an interval half as wide."""
    rows = ["occurred_at  customer_id  session_id  event_name  url"]
    for n in range(20):
        for visit in range(5):
            rows.append(f"2026-03-{2 + visit:02}T10:00  k{n}  s{n}-{visit}  page_view  /cart")
            rows += [f"2026-03-{2 + visit:02}T10:01  k{n}  s{n}-{visit}  purchase  -"] if n % 2 else []
    built = company(journey=JOURNEY, web_events="\n".join(rows))
    (naive,) = [name for name in variants(definition("completion_rate")) if "most-dashboards" in name]
    ours, theirs = (built.one(metric) for metric in ("completion_rate", naive))
    assert ours.value == theirs.value == 0.5
    assert (theirs.high - theirs.low) < 0.5 * (ours.high - ours.low)


def test_at_least_ten_metrics_have_a_computed_reading_and_none_is_listed_as_a_metric():
    assert sum(bool(variants(found)) for found in catalogue().values()) >= 10
    assert not any("~" in metric for metric in catalogue())


@pytest.mark.parametrize("metric", [name for found in catalogue().values() for name in variants(found)])
def test_every_variant_is_planned_and_run(shop, metric):
    """A state each time, never an error; a variant of a metric that has a value has one too, or says why not."""
    for by in ((), ("stage",), ("week",)):
        cells = run(Query((metric,), by=by), shop.store.generation()).cells
        assert (cells or by == ("week",)) and all(cell.valued or reason_text(cell.reason) for cell in cells)


def test_a_variant_nobody_defined_is_refused():
    with pytest.raises(UserError, match="Did you mean 'csat_t2b_5~medallia-osat-top-box'"):
        definition("csat_t2b_5~medallia-osat")


def test_the_command_line_shows_them_beside_ours(cli, shop):
    """--as-others: ours first, then each, with the difference in words."""
    done = cli("metrics", "show", "csat_t2b_5", "--as-others", "--store", shop.store.path, "--format", "json")
    cells = json.loads(done.stdout)
    assert cells[0]["metric"] == "csat_t2b_5" and len(cells) == 1 + len(variants(definition("csat_t2b_5")))
    done = cli("metrics", "show", "csat_t2b_5", "--as-others", "--store", shop.store.path)
    assert "The 5 alone counts" in done.stdout
