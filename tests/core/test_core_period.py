"""A question without a period has the same one everywhere: pages, command line, library, slides, sheets and digest."""

import json
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from pptx import Presentation

import metrics
from metrics.compute.run import run
from metrics.query import context, period
from metrics.query.company_week import RecordCount
from metrics.query.context import Context
from metrics.query.period import EVERYTHING
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report.sheets.registry import ANALYSES, question
from report.sheets.sheet import Window
from report.sheets.windows import windowed
from tests.exports.test_export_files import sheet_cells
from ui.session import state

JOURNEY = """
    [[journey]]
    name = "J"
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
RESOLVED = {"journey": "J", "stages": [], "filters": {}, "from": None, "to": None, "compare": None}  # of all data
FIRST, LAST = date(2025, 6, 2), date(2026, 3, 4)  # a Monday; a Wednesday, so that the last week is no whole one


def company_of(module_company, answered: list[date]):
    """Six visits every fourth day, of which in the last 13 whole weeks five complete, before that three; one answer a day of `answered`."""
    events = ["occurred_at  customer_id  event_name  url"]
    for day in (FIRST + timedelta(days=n) for n in range(0, (LAST - FIRST).days + 1, 3)):
        late = day >= date(2025, 12, 1)
        for n in range(6):
            events.append(f"{day}T10:00  k{n}  page_view  /cart")
            events += [f"{day}T10:01  k{n}  purchase  -"] if n < (5 if late else 3) else []
    answers = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    answers += [f"{day}T12:00  a{n}  s  csat  1  5  {5 if n % 4 else 2}" for n, day in enumerate(answered)]
    return module_company(journey=JOURNEY, web_events="\n".join(events), survey_answers="\n".join(answers))


@pytest.fixture(scope="module")
def shop(module_company):
    return company_of(module_company, [FIRST + timedelta(days=n) for n in range(0, 270, 2)])


@pytest.mark.parametrize("name", ANALYSES)
def test_an_analysis_has_the_days_of_its_page_in_its_command_and_on_its_slides(shop, name):
    """Without a period: those the page asks of its first frame. With one, or with all data, just those."""
    generation, known = shop.store.generation(), context.read(shop.store.generation())
    frame = state.frame_of({}, known)
    asked = question(name, Query(()), generation)
    assert resolve(asked, known) == resolve(windowed(ANALYSES[name].window, frame.query, known), known)
    days = {
        Window.EVERYTHING: (None, None),
        Window.YEAR: (FIRST, date(2026, 3, 1)),
        Window.PERIOD: (date(2025, 12, 1), date(2026, 3, 1)),
        Window.FILTERED: (date(2025, 12, 1), date(2026, 3, 1)),
        Window.NAMED: (date(2025, 12, 1), date(2026, 3, 1)),
    }
    assert (asked.start, asked.end) == days[ANALYSES[name].window]
    named = question(name, Query((), start=date(2026, 1, 5), end=date(2026, 1, 11)), generation)
    assert (named.start, named.end) == (date(2026, 1, 5), date(2026, 1, 11))
    everything = question(name, Query(()), generation, everything=True)
    assert (everything.start, everything.end) == (None, None)


def test_five_readers_of_one_question_have_one_number(shop, cli):
    """Page, command line, library, slide, sheet and digest, each without a period: 29 days of visits, of which 5 in 6 complete."""
    generation, known = shop.store.generation(), context.read(shop.store.generation())
    frame = state.frame_of({}, known)
    assert (frame.query.start, frame.query.end) == (date(2025, 12, 1), date(2026, 3, 1)) == period.default(known)
    page = run(replace(frame.query, metrics=("completion_rate",), by=("stage",)), generation).cells[0]
    (line,) = json.loads(
        cli(
            "metrics", "show", "completion_rate", "--by", "stage", "--store", shop.store.path, "--format", "json"
        ).stdout
    )
    (row,) = metrics.open(shop.store.path).show("completion_rate", by="stage").to_dict("records")
    assert page.value == pytest.approx(5 / 6) and page.n == 6 * len([n for n in range(0, 276, 3) if 182 <= n <= 272])
    assert (page.value, page.n) == (line["value"], line["n"]) == (row["value"], row["n"])
    assert line["resolved"] == RESOLVED | {"from": "2025-12-01", "to": "2026-03-01"}


def test_slides_sheets_and_the_digest_ask_the_same_period(shop, tmp_path):
    """The files themselves, read back: the value of the last 13 whole weeks stands in each."""
    from commands.exports import main

    store = ["--store", str(shop.store.path)]
    for command, name in (
        (["deck", "completion_rate"], "a.pptx"),
        (["workbook", "completion_rate"], "a.xlsx"),
        (["digest"], "a.txt"),
    ):
        assert main([*command, *store, "--out", str(tmp_path / name)]) == 0
    slides = Presentation(tmp_path / "a.pptx").slides
    said = " ".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    values = [
        point
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart
        for plot in shape.chart.plots
        for s in plot.series
        for point in s.values
    ]
    assert "1 Dec 2025 – 1 Mar 2026" in said and any(
        value == pytest.approx(5 / 6) for value in values if value is not None
    )
    cells = [value for number in (1, 2) for value in sheet_cells((tmp_path / "a.xlsx").read_bytes(), number).values()]
    assert any(isinstance(value, float) and value == pytest.approx(5 / 6) for value in cells)
    assert "83.3 %" in (tmp_path / "a.txt").read_text()


def test_all_data_is_asked_for_by_name(shop, cli):
    """--all and all_data: every visit, 3 in 6 of which completed before December."""
    (line,) = json.loads(
        cli("metrics", "show", "completion_rate", "--all", "--store", shop.store.path, "--format", "json").stdout
    )
    (row,) = metrics.open(shop.store.path).show("completion_rate", all_data=True).to_dict("records")
    assert line["n"] == row["n"] == 6 * 92 and line["value"] == row["value"] < 0.7
    assert line["resolved"] == RESOLVED
    done = cli("metrics", "show", "completion_rate", "--all", "--from", "2026-01-01", "--store", shop.store.path)
    assert done.returncode == 2 and "Leave one of them out" in done.stderr


@pytest.mark.parametrize(
    ("answered", "everything"),
    [
        ([LAST] * 40, True),
        ([LAST - timedelta(days=n % 3) for n in range(40)], True),
        ([date(2026, 2, 23) + timedelta(days=n % 7) for n in range(40)], False),
    ],
)
def test_a_wave_of_answers_at_the_end_is_not_hidden(module_company, answered, everything):
    """Nine months of visits and forty answers: of today, of the running week, of the last whole week, which ended on Sunday. Asked without a
    period all forty count, never "nobody answered": the quarter shows the last of the three, all data the other two."""
    shop = company_of(module_company, answered)
    found = metrics.open(shop.store.path).ask("csat_t2b_5")
    assert found.cells[0].n == 40 and ((found.query.start, found.query.end) == EVERYTHING) is everything
    assert (state.default_preset(context.read(shop.store.generation())) == state.ALL) is everything


def known_of(first: date, last: date, *held: RecordCount) -> Context:
    return Context(
        "c", "EUR", False, None, "", ("J",), {"J": ()}, {}, frozenset(), {}, {}, first, last, None, 0, 0, recent=held
    )


@pytest.mark.parametrize(
    ("held", "everything"),
    [
        (
            [RecordCount("answers", 5000, 0, date(2014, 3, 1)), RecordCount("visits", 29, 29, date(2024, 1, 1))],
            True,
        ),  # ten years ago, and a late record
        ([RecordCount("answers", 5000, 120, date(2023, 12, 31))], False),
        (
            [RecordCount("visits", 9000, 900, date(2023, 12, 31)), RecordCount("answers", 400, 0, date(2024, 1, 1))],
            True,
        ),  # a wave after the last whole week
        (
            [RecordCount("visits", 9000, 900, date(2023, 12, 31)), RecordCount("answers", 400, 0, date(2023, 3, 1))],
            False,
        ),
    ],
)  # a wave long ago is no news of this quarter
def test_all_data_where_the_quarter_does_not_show_what_there_is(held, everything):
    found = period.default(known_of(date(2014, 1, 1), date(2024, 1, 1), *held))
    assert found == (EVERYTHING if everything else (date(2023, 10, 2), date(2023, 12, 31)))


def test_less_than_half_a_year_is_all_data():
    assert (
        period.default(known_of(date(2026, 1, 1), date(2026, 3, 1), RecordCount("visits", 10, 10, date(2026, 3, 1))))
        == EVERYTHING
    )


def test_json_says_what_it_takes_to_ask_again(shop, cli, monkeypatch):
    """Definition, unit, data, generation and the view; on the company's address where it is set, never on that of one machine."""
    asked = ("metrics", "show", "completion_rate", "--by", "stage", "--store", shop.store.path, "--format", "json")
    (line,) = json.loads(cli(*asked).stdout)
    generation = shop.store.generation()
    assert (line["definition_version"], line["unit"], line["generation"]) == (
        metrics.catalogue.load.definition("completion_rate").version,
        "rate",
        generation.name,
    )
    assert line["data_as_of"] == context.read(generation).data_as_of.isoformat()
    assert (
        line["view"].startswith("/explore?v=1&j=J&p=dates&from=2025-12-01&to=2026-03-01")
        and "xm=completion_rate" in line["view"]
    )
    monkeypatch.setenv("THROUGHLINE_ADDRESS", "https://cx.example/tl/")
    assert json.loads(cli(*asked).stdout)[0]["view"].startswith("https://cx.example/tl/explore?")
    monkeypatch.setenv("THROUGHLINE_ADDRESS", "http://127.0.0.1:8501")
    assert json.loads(cli(*asked).stdout)[0]["view"].startswith("/explore?")


@pytest.mark.parametrize(("weeks", "compared"), [(103, "previous"), (104, "year"), (160, "year")])
def test_from_two_years_on_a_period_is_compared_with_the_same_weeks_last_year(weeks, compared):
    """Whole weeks of the company that are over: a season is no change."""
    first = date(2024, 1, 1)  # a Monday
    known = SimpleNamespace(first_day=first, last_day=first + timedelta(days=7 * weeks + 2), first_weekday=0)
    assert period.comparison(known) == compared
