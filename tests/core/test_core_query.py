"""The question and its answer: small cells withheld, filters never ignored, periods compared day for day, promised shapes."""

import csv
import io
import json
from datetime import date

import pyarrow.parquet as pq
import pytest

from data.errors import UserError
from metrics.catalogue.load import definition
from metrics.rules.reliability import reliability
from metrics.statistics.core import Estimate
from report.words.reasons import reason_text
from report.words.warnings import note_text

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    goal = "path:/cart"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
"""
# region → visitors of Buy, each its own person, and how many bought
REGIONS = {"north": (40, 20), "south": (10, 4), "east": (6, 3), "west": (4, 1)}


def visits(day: str, counts: dict[str, tuple[int, int]]) -> list[str]:
    """One row a visitor and one a purchase."""
    rows = []
    for region, (persons, bought) in counts.items():
        for n in range(persons):
            rows.append(f"{day}T10:00  {region}{n}  {region}  page_view  /cart")
            rows += [f"{day}T10:01  {region}{n}  {region}  purchase  -"] if n < bought else []
    return rows


@pytest.fixture(scope="module")
def shop(module_company):
    """60 persons on 30 March, the first 50 of them (north and south) already a week and a year before."""
    rows = ["occurred_at  customer_id  region  event_name  url", *visits("2026-03-30", REGIONS)]
    rows += visits("2026-03-23", {"north": (40, 10), "south": (10, 4)}) + visits("2025-03-31", {"north": (40, 30)})
    return module_company(journey=JOURNEY, web_events="\n".join(rows))


TODAY = {"start": date(2026, 3, 30), "end": date(2026, 3, 30)}


def test_fewer_than_five_persons_are_withheld_and_a_second_cell_with_them(shop):
    """west has 4 persons: withheld. It could be had by subtraction from the total, so the next smallest, east, goes too.

    region  persons  shown
    north   40       yes
    south   10       yes
    east     6       withheld with west
    west     4       withheld
    """
    cells = {cell.by["region"]: cell for cell in shop.show("completion_rate", by="region", **TODAY)}
    assert {region: str(cell.state) for region, cell in cells.items()} == {
        "north": "few",
        "south": "few",
        "east": "suppressed",
        "west": "suppressed",
    }
    for region in ("east", "west"):
        cell = cells[region]
        assert (cell.value, cell.low, cell.high, cell.se, cell.n_eff) == (None,) * 5
        assert (cell.n, cell.persons) == (0, 0)
    assert "fewer than 5 people" in reason_text(cells["west"].reason)


def test_five_persons_are_enough(company):
    """Privacy ends at five; whether five are enough to lean on is another question: few, with its interval."""
    built = company(
        journey=JOURNEY,
        web_events="\n".join(
            ["occurred_at  customer_id  region  event_name  url", *visits("2026-03-30", {"north": (5, 2)})]
        ),
    )
    cell = built.one("completion_rate")
    assert (cell.value, cell.n, cell.persons, cell.state) == (0.4, 5, 5, "few")


def test_many_visits_of_few_persons_are_still_few_persons(company):
    """Four customers with ten visits each: 40 visits, and withheld."""
    rows = ["occurred_at  customer_id  url"] + [
        f"2026-03-{day:02}T10:00  k{n}  /cart" for n in range(4) for day in range(1, 11)
    ]
    built = company(journey=JOURNEY, web_events="\n".join(rows))
    assert built.value("select count(*) from visits") == 40
    assert built.one("completion_rate").state == "suppressed"


def test_few_is_a_matter_of_width(company):
    """5 points either way is plain for a completion rate: 400 visitors at one half are just within, 300 are not."""
    states = {}
    for region, persons in (("north", 400), ("south", 300)):
        built = company(
            journey=JOURNEY,
            web_events="\n".join(
                [
                    "occurred_at  customer_id  region  event_name  url",
                    *visits("2026-03-30", {region: (persons, persons // 2)}),
                ]
            ),
        )
        cell = built.one("completion_rate")
        states[persons] = (str(cell.state), round((cell.high - cell.low) / 2, 3))
    assert states == {400: ("shown", 0.049), 300: ("few", 0.056)}


@pytest.mark.parametrize(("n_eff", "state"), [(29.9, "few"), (30, "shown")])
def test_below_thirty_independent_rows_a_level_is_rough_however_narrow(n_eff, state):
    """An interval of a tenth of a point is narrow enough for anything: of 29.9 effective rows it is a rough estimate all the same."""
    found = Estimate(0.5, 0.4995, 0.5005, n=500, n_eff=n_eff)
    assert reliability(definition("completion_rate"), found, 0.95, lambda level: found, rests_on=500)[0] == state


def test_a_filter_is_applied_or_refused_never_ignored(shop):
    """By region: 20 of 40. By a column visits do not have: not_applicable with the reason. By an unknown one: an error."""
    cell = shop.one("completion_rate", filters=(("region", "north"),), **TODAY)
    assert (cell.value, cell.n) == (0.5, 40)
    cell = shop.one("completion_rate", filters=(("survey", "x"),), **TODAY)
    assert (cell.state, cell.value) == ("not_applicable", None)
    assert "cannot be broken down by survey" in reason_text(cell.reason)
    with pytest.raises(UserError, match="Did you mean 'region'"):
        shop.one("completion_rate", filters=(("regions", "north"),))


def test_the_period_before_is_as_many_days_and_the_year_before_the_same_weekdays(shop):
    """30 March 2026 is a Monday. The 7 days to it are compared with 17–23 March; a year before, with 25–31 March 2025."""
    week = {"start": date(2026, 3, 24), "end": date(2026, 3, 30), "filters": (("region", "north"),)}
    before = shop.one("completion_rate", compare="previous", **week).compare
    assert (before.start, before.end) == (date(2026, 3, 17), date(2026, 3, 23))
    assert (before.value, round(before.diff, 6)) == (0.25, 0.25)
    assert before.low < 0.25 < before.high
    year = shop.one("completion_rate", compare="year", **week).compare
    assert (year.start, year.end) == (date(2025, 3, 25), date(2025, 3, 31))
    assert year.start.weekday() == week["start"].weekday()
    assert (year.value, round(year.diff, 6)) == (0.75, -0.25)


def test_a_period_with_nobody_to_compare_with_says_so(shop):
    """east came for the first time: no value before, no difference, and the reason."""
    compared = shop.one("completion_rate", compare="previous", filters=(("region", "east"),), **TODAY).compare
    assert (compared.value, compared.diff) == (None, None)
    assert "nothing to compare" in note_text(compared.note)


def test_a_filter_on_the_week_also_holds_for_what_is_joined(company):
    """Ten customers visit in two weeks and three write in the second: none in the first week, 30 % in the second."""
    events = ["occurred_at  customer_id  url"] + [
        f"2026-03-{day:02}T10:00  k{n}  /cart" for n in range(10) for day in (2, 9)
    ]
    events += ["2026-03-20T10:00  -  /cart"]
    tickets = ["ticket_id  created_at  customer_id  category"] + [
        f"t{n}  2026-03-09T12:00  k{n}  payment" for n in range(3)
    ]
    built = company(
        journey=JOURNEY.replace('paths = ["/cart"]', 'paths = ["/cart"]\n    tickets = ["payment"]'),
        web_events="\n".join(events),
        support_tickets="\n".join(tickets),
    )
    assert built.shown("contact_rate", "week", stages=("Buy",)) == {"2026-03-02": (0.0, 10), "2026-03-09": (0.3, 10)}
    assert [
        built.one("contact_rate", stages=("Buy",), filters=(("week", week),)).value
        for week in ("2026-03-02", "2026-03-09")
    ] == [0, 0.3]


def test_why_there_is_no_number(shop):
    """Never asked, not collected, nothing in this cut: three different answers, none of them 0."""
    assert {str(cell.state) for cell in shop.show("csat_t2b_5", by="stage")} == {"not_asked"}
    assert shop.one("contact_rate").state == "not_collected"
    assert shop.one("completion_rate", start=date(2020, 1, 1), end=date(2020, 1, 2)).state == "no_data"


def test_bots_and_staff_are_loaded_and_left_out(company):
    """Ten customers, ten bots and ten of the staff, all in Buy: thirty visits are kept, ten count."""
    rows = ["occurred_at  customer_id  is_bot  url"] + [
        f"2026-03-30T10:00  {who}{n}  {bot}  /cart"
        for n in range(10)
        for who, bot in (("k", "no"), ("b", "yes"), ("s", "no"))
    ]
    people = ["customer_id  staff_test"] + [f"s{n}  yes" for n in range(10)]
    built = company(journey=JOURNEY, web_events="\n".join(rows), people="\n".join(people))
    assert built.value("select count(*) from visits") == 30
    assert built.one("completion_rate").n == 10
    assert built.value("select sum(visits) from occasions") == 10


KEYS = {"metric", "by", "period", "value", "low", "high", "n", "state", "warnings"}


def show(cli, shop, *more: str) -> str:
    done = cli(
        "metrics",
        "show",
        "completion_rate",
        "--by",
        "region",
        "--from",
        "2026-03-30",
        "--to",
        "2026-03-30",
        "--store",
        shop.store.path,
        *more,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_json_has_the_promised_shape(cli, shop):
    """A list of cells with by as an object and the period as two dates; value is null unless shown or few; compare nested."""
    cells = json.loads(show(cli, shop, "--format", "json", "--compare", "previous"))
    assert all(set(cell) >= KEYS and cell["period"] == ["2026-03-30", "2026-03-30"] for cell in cells)
    assert {cell["by"]["region"]: cell["value"] for cell in cells} == {
        "north": 0.5,
        "south": 0.4,
        "east": None,
        "west": None,
    }
    (north,) = [cell for cell in cells if cell["by"]["region"] == "north"]
    assert set(north["compare"]) >= {"value", "diff", "diff_low", "diff_high", "q"}


def test_csv_and_parquet_hold_the_same_flat_rows(cli, shop, tmp_path):
    """One row a cell, a column a dimension; an unknown value is empty, never 0."""
    text = show(cli, shop, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["region"], row["value"], row["n"], row["state"]) for row in rows] == [
        ("east", "", "0", "suppressed"),
        ("north", "0.5", "40", "few"),
        ("south", "0.4", "10", "few"),
        ("west", "", "0", "suppressed"),
    ]
    assert "wrote 4 rows" in show(cli, shop, "--format", "parquet", "--out", tmp_path / "cells.parquet")
    stored = pq.read_table(tmp_path / "cells.parquet").to_pylist()
    assert [(row["region"], row["value"], row["n"]) for row in stored] == [
        ("east", None, 0),
        ("north", 0.5, 40),
        ("south", 0.4, 10),
        ("west", None, 0),
    ]
    assert list(stored[0]) == list(rows[0])


def test_the_table_is_for_people(cli, shop):
    """Percent with the interval, n, the state with its reason, and the period below."""
    text = show(cli, shop)
    assert "50.0 %" in text and "fewer than 5 people" in text and "period 2026-03-30 to 2026-03-30" in text
