"""Small cells through the whole layer: breakdowns in two dimensions, several metrics, the compared period, money, confidential."""

import ast
from dataclasses import replace
from datetime import date

import pytest

from metrics.analyses.outcome_matrix import pair_of
from metrics.catalogue.load import definition
from metrics.codes import EXACT, UNITS, ReasonCode, WarningCode, because, warn
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell, Compare, State
from metrics.rules import privacy
from tests.core.company import ROOT, noted, warned
from tests.core.stand_in import StandIn

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
    surveys = ["s"]
    goal = "event:purchase"
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
"""
START = "occurred_at  customer_id  url\n2026-03-30T10:00  k1  /cart"


@pytest.fixture(scope="module")
def stand_in(module_company):
    return StandIn(module_company(journey=JOURNEY, web_events=START))


def people(counts: dict[tuple[str, str], int], first: int = 0, **more) -> list[dict]:
    """One visit a person: (region, device) → how many persons."""
    rows = []
    for (region, device), count in counts.items():
        rows += [{"region": region, "device": device, "person_id": first + len(rows) + n, **more} for n in range(count)]
    return rows


def states(cells: list[Cell], *names: str) -> dict:
    return {
        tuple(cell.by[name] for name in names): "withheld" if cell.state == "suppressed" else "shown" for cell in cells
    }


def test_a_lone_small_cell_of_two_dimensions(stand_in):
    """Four persons in (west, phone). West, phone and the whole are known from coarser cuts, so three more go with it.

    persons  phone  desk  tablet
    west     4      20    30
    east     20     30    40
    north    30     40    50
    """
    found = stand_in.with_visits(
        people(
            {
                ("west", "phone"): 4,
                ("west", "desk"): 20,
                ("west", "tablet"): 30,
                ("east", "phone"): 20,
                ("east", "desk"): 30,
                ("east", "tablet"): 40,
                ("north", "phone"): 30,
                ("north", "desk"): 40,
                ("north", "tablet"): 50,
            }
        )
    )
    cells = states(run(Query(("completion_rate",), by=("region", "device")), found).cells, "region", "device")
    assert {key for key, state in cells.items() if state == "withheld"} == {
        ("west", "phone"),
        ("west", "desk"),
        ("east", "phone"),
        ("east", "desk"),
    }


def test_metrics_that_count_the_same_rows_share_what_is_withheld(stand_in):
    """completion_rate and drop_off_rate count the same visits: what one withholds the other's n would tell."""
    found = stand_in.with_visits(people({("west", "phone"): 4, ("east", "phone"): 9, ("north", "phone"): 9}))
    result = run(Query(("completion_rate", "drop_off_rate"), by=("region",)), found)
    first, second = (states(result.of(metric), "region") for metric in ("completion_rate", "drop_off_rate"))
    assert first == second and sum(state == "withheld" for state in first.values()) == 2


def cell(metric: str, persons: int, region: str = "north", value: float = 0.5, **more) -> Cell:
    return Cell(metric, {"region": region}, value, 0.4, 0.6, persons * 2, persons, State.SHOWN, **more)


def test_a_few_people_between_two_metrics_are_not_to_be_had_by_subtraction():
    """20 occasions of everyone, 17 of those who answered, the same thing counted: the difference is three people's."""
    names = ("occasion_completion", "occasion_completion_answered")
    found = privacy.protect([cell(names[0], 20), cell(names[1], 17)], {name: definition(name) for name in names})
    assert [c.state for c in found] == ["shown", "suppressed"]
    found = privacy.protect([cell(names[0], 25), cell(names[1], 17)], {name: definition(name) for name in names})
    assert [c.state for c in found] == ["shown", "shown"]


def test_the_compared_period_is_a_table_of_its_own():
    """Three people then in west: the value before goes, and the next smallest with it; the values of now stay."""
    then = {"west": 3, "east": 8, "north": 30}
    cells = [
        cell(
            "completion_rate",
            40,
            region,
            compare=Compare(date(2026, 1, 1), date(2026, 1, 7), 0.4, 0.1, 0.0, 0.2, persons=persons),
        )
        for region, persons in then.items()
    ]
    found = {c.by["region"]: c for c in privacy.protect(cells, {"completion_rate": definition("completion_rate")})}
    assert {region: c.compare.value for region, c in found.items()} == {"west": None, "east": None, "north": 0.4}
    assert all(c.value == 0.5 for c in found.values())
    assert found["west"].compare.diff is None and "too few" in noted(found["west"])


def test_one_person_with_more_than_half_of_an_amount_is_withheld():
    """Twenty buyers; one has 51 % of the money. 50 % is still shown."""
    money = {"completion_rate": replace(definition("completion_rate"), unit="money")}
    assert [c.state for c in privacy.protect([cell("completion_rate", 20, top=0.51)], money)] == ["suppressed"]
    assert [c.state for c in privacy.protect([cell("completion_rate", 20, top=0.5)], money)] == ["shown"]


def test_persons_of_a_percentile_are_counted_once(stand_in):
    """Two persons, six visits of six lengths: two persons, however many buckets they fall into."""
    rows = [{"person_id": n % 2, "dwell_ms": 1000 * 3**n} for n in range(6)]
    assert run(Query(("dwell_p50",)), stand_in.with_visits(rows)).cells[0].state == "suppressed"


def test_the_pair_withholds_what_the_breakdown_withholds(company):
    """Buy has answers of six people; withheld nothing. With four people the stage is not there at all."""
    for persons, stages in ((6, {"Buy"}), (4, set())):
        events = ["occurred_at  customer_id  url"] + [f"2026-03-30T10:00  k{n}  /cart" for n in range(persons)]
        answers = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
        answers += [f"2026-03-30T12:00  k{n}  s  csat  1  5  5" for n in range(persons)]
        built = company(journey=JOURNEY, web_events="\n".join(events), survey_answers="\n".join(answers))
        assert set(pair_of(Query(()), built.store.generation())) == stages


def test_confidential_rounds_counts_and_values_and_takes_whole_weeks(stand_in):
    """23 persons, 9 completed, asked for Wednesday 1 to Thursday 2 April: the week from Monday 30 March, n 25, 39 %."""
    rows = people({("north", "phone"): 9}, goal_reached=True, day="2026-04-01") + people(
        {("north", "desk"): 14}, 50, day="2026-04-02"
    )
    result = run(
        Query(("completion_rate",), start=date(2026, 4, 1), end=date(2026, 4, 2), confidential=True),
        stand_in.with_visits(rows),
    )
    assert result.period == (date(2026, 3, 30), date(2026, 4, 5))
    (found,) = result.cells
    assert (found.value, found.n, found.persons) == (0.39, 25, 25)
    assert (found.n_eff, found.se, found.df) == (None, None, None)
    assert found.low == round(found.low, 2) and found.high == round(found.high, 2)
    assert WarningCode.CONFIDENTIAL in [one.code for one in result.warnings]


def test_confidential_shows_no_single_days(stand_in):
    """A day apart, or filtered to, is not applicable; a week is."""
    found = stand_in.with_visits(people({("north", "phone"): 9}))
    for query in (
        Query(("completion_rate",), by=("day",)),
        Query(("completion_rate",), filters=(("day", "2026-03-30"),)),
    ):
        assert [c.state for c in run(replace(query, confidential=True), found).cells] == ["not_applicable"]
    assert run(Query(("completion_rate",), by=("week",), confidential=True), found).cells[0].n == 10


def test_the_company_turns_confidential_on_for_everybody(company):
    """confidential = true in sources.toml: a query cannot turn it off."""
    rows = ["occurred_at  customer_id  url"] + [f"2026-03-30T10:00  k{n}  /cart" for n in range(23)]
    built = company(
        journey=JOURNEY,
        web_events="\n".join(rows),
        settings='[company]\nname = "Test"\ntimezone = "UTC"\nconfidential = true\n',
    )
    assert built.value("select count(*) from visits") == 23
    assert built.one("completion_rate").n == 25


def test_confidential_rounds_the_numbers_of_a_code():
    """Counts to the nearest five, also within lists; shares to a percent, amounts to two digits; what is set or published stays."""
    said = (
        warn(WarningCode.STILL_OPEN, waiting=2, tickets=1233),
        warn(WarningCode.NO_WORD_OF_LIST, share=0.1234),
        warn(WarningCode.EXPECTED_OF_LIKE, observed=0.1234, expected=0.1, crude=0.0123),
        warn(WarningCode.TESTS_CAP, capped=2, persons=1002, cap=12_345.0),
        warn(WarningCode.EARLIER_WEEKS, start="2026-03-02", end="2026-05-31", days=92),
        warn(WarningCode.LIST_CALIBRATED, labelled=403, sensitivity=0.613, specificity=0.9),
    )
    ways = [
        {"answers": 12, "lowest": "1", "top": "5", "asked_about": "stage", "unscored_because": None, "counted_by": []}
    ]
    reason = because(ReasonCode.ASKED_OTHERWISE, stage="Buy", ways=ways, question="")
    cell = Cell("completion_rate", {}, 0.5, 0.4, 0.6, 100, 100, State.SHOWN, reason, warnings=said)
    blurred = privacy.blur(cell, definition("completion_rate"))
    assert warned(blurred) == [
        "0 of 1,235 are still open: counted up to the end of the data",
        "12 % of the texts have no word of the list: they count as neutral",
        "12.0 % with, 10.0 % expected of the same strata; crude difference +1.0 points",
        "shown whole; tests cap 0 of 1,000 persons at 12,000 (p99.9)",
        "of 2026-03-02 to 2026-05-31, the latest weeks whose 92 days after are over",
        "corrected for the word list's errors on 403 labelled texts (Rogan–Gladen): sensitivity 0.61, specificity 0.90",
    ]
    assert blurred.reason.numbers["ways"][0]["answers"] == 10


def test_every_number_of_a_code_is_known_for_what_it_is():
    """A new number of a warning, note or reason is in UNITS, so that it is rounded, or in EXACT, or no number."""
    texts = {
        *(
            "because",
            "kind",
            "metric",
            "start",
            "end",
            "dimensions",
            "metrics",
            "now",
            "then",
            "sides",
            "reasons",
            "label",
            "stage",
        ),
        *(
            "day",
            "until",
            "text",
            "question",
            "norm",
            "grade",
            "signal",
            "signals",
            "journey",
            "dimension",
            "promises",
            "ways",
        ),
        *(
            "filtered",
            "unhappy",
            "unit",
            "grain",
            "survey",
            "via",
            "channels",
            "exploratory",
            "asked",
            "minimum",
            "lower",
            "rows",
            "limits",
        ),
    }
    known = {name for names in UNITS.values() for name in names} | set(EXACT) | texts
    named = set()
    for file in (ROOT / "metrics").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("warn", "because", "remark"):
                named |= {word.arg for word in node.keywords if word.arg}
    assert len(named) > 40 and named <= known, named - known
