"""What a viewer without the right to single persons is shown: no two questions together tell of fewer than five people."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data.store.opened import GROUPS, PERSONS_TOO
from metrics.analyses.lists import UNITS, listed
from metrics.codes import NoteCode
from metrics.compute.run import run
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import Seen
from metrics.rules.disclosure import people
from metrics.rules.disclosure.edges import wider
from report.words import privacy_words
from report.words.words import state_word
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
    goal = "event:purchase"
"""
FIRST, WEEKS = date(2026, 1, 5), 26  # whole weeks from a Monday
START = (
    f"occurred_at  customer_id  url\n{FIRST}T10:00  k1  /cart\n{FIRST + timedelta(days=7 * WEEKS - 1)}T10:00  k1  /cart"
)
METRIC = "completion_rate"


@pytest.fixture(scope="module")
def small(module_company):
    return module_company(journey=JOURNEY, web_events=START)


@pytest.fixture(scope="module")
def stand_in(small):
    return StandIn(small)


def visits(counts: dict[tuple[int, str], int]) -> list[dict]:
    """(week, device) → one visit each of so many persons, on the Wednesday."""
    rows: list[dict] = []
    for (week, device), count in counts.items():
        day = FIRST + timedelta(days=7 * week + 2)
        rows += [{"day": day.isoformat(), "device": device, "person_id": len(rows) + n} for n in range(count)]
    return rows


def monday(week: int) -> date:
    return FIRST + timedelta(days=7 * week)


def sunday(week: int) -> date:
    return FIRST + timedelta(days=7 * week + 6)


def asked(generation, first: int, last: int, **more):
    return run(Query((METRIC,), start=monday(first), end=sunday(last), **more), generation)


def test_what_disclosure_is_judged_by_is_counted_once_though_every_question_is_seen_anew(stand_in, monkeypatch):
    counted, count = [], people._counted
    monkeypatch.setattr(people, "_counted", lambda *given: counted.append(given[:5]) or count(*given))
    generation = stand_in.with_visits(visits({(week, "mobile"): 9 for week in range(WEEKS)}))
    for _ in range(2):
        asked(replace(generation, shows=GROUPS), 2, 5, by=("device",))
    assert counted and len(counted) == len(set(counted))


def told(cells) -> list[str]:
    """shown, for a rough estimate, too, or the state that says why not."""
    return ["shown" if cell.valued else str(cell.state) for cell in cells]


def every_week(**devices: int) -> dict[tuple[int, str], int]:
    return {(week, device): count for week in range(WEEKS) for device, count in devices.items()}


@pytest.fixture
def lean(stand_in):
    """20 people a week on desktop, 12 on mobile; 3 on mobile in week 20."""
    return stand_in.with_visits(visits(every_week(desktop=20, mobile=12) | {(20, "mobile"): 3}))


def test_a_period_is_made_of_whole_weeks_that_are_over(lean):
    """Tuesday to Thursday is its week; a day later still is; a week that runs is not there yet."""
    groups = replace(lean, shows=GROUPS)
    periods = [
        run(Query((METRIC,), start=monday(3) + timedelta(days=1), end=monday(5) + timedelta(days=more)), groups).period
        for more in (0, 1, 6)
    ]
    assert set(periods) == {(monday(3), sunday(5))}
    assert run(Query((METRIC,), start=monday(3), end=monday(3)), lean).period == (monday(3), monday(3))


def test_no_period_ends_beside_a_week_of_few_people(lean):
    """Mobile has three people in week 20: periods that end before or after it are withheld, and those around it are shown. Desktop, the
    only other device, is withheld with it, since the total is known."""
    groups = replace(lean, shows=GROUPS)

    def states(first: int, last: int) -> set[str]:
        return set(told(asked(groups, first, last, by=("device",)).cells))

    assert states(15, 20) == states(15, 19) == states(20, 24) == states(21, 24) == {"suppressed"}
    assert states(15, 22) == states(18, 21) == states(10, 18) == {"shown"}
    assert told(asked(groups, 15, 20).cells) == ["shown"]
    assert told(asked(lean, 15, 20, by=("device",)).cells) == ["shown", "shown"]


def test_quarters_counted_back_from_the_last_week_are_shown_where_weeks_are_too_small(stand_in):
    """Two people a week on tablet, 26 in a quarter: the two quarters are shown, half of one is not."""
    groups = replace(stand_in.with_visits(visits(every_week(desktop=30, tablet=2))), shows=GROUPS)
    for first, last, state in ((13, 25, "shown"), (0, 12, "shown"), (0, 25, "shown"), (13, 20, "suppressed")):
        for filters in ((("device", "tablet"),), (("device", "desktop"),)):
            assert told(asked(groups, first, last, filters=filters).cells) == [state], (first, last)


def test_a_filter_withholds_what_a_breakdown_withholds(stand_in):
    """Three people on tablet in all: desktop is withheld with them, alone and in every union that would leave them over."""
    generation = stand_in.with_visits(visits(every_week(desktop=20, mobile=30) | {(3, "tablet"): 3}))
    groups = replace(generation, shows=GROUPS)

    def state(value: str) -> str:
        return told(run(Query((METRIC,), filters=(("device", value),)), groups).cells)[0]

    assert state("mobile") == "shown"
    assert {state(v) for v in ("tablet", "desktop", "desktop,mobile", "mobile,tablet")} == {"suppressed"}


def test_a_comparison_is_withheld_where_its_period_is(lean):
    """Weeks 21 to 25 are beside week 20; the five weeks before them hold it at their end."""
    groups = replace(lean, shows=GROUPS)
    (cell,) = asked(groups, 14, 18, filters=(("device", "mobile"),), compare="previous").cells
    assert cell.valued and cell.compare.value is not None
    (cell,) = asked(groups, 22, 23, filters=(("device", "mobile"),), compare="previous").cells
    assert cell.valued and cell.compare.value is None and cell.compare.diff is None


def test_days_months_and_questions_cut_too_fine_are_refused_in_words(lean):
    groups = replace(lean, shows=GROUPS)
    for name in ("day", "month"):
        assert [c.state for c in run(Query((METRIC,), by=(name,)), groups).cells] == ["not_applicable"]
    cut = Query(
        (METRIC,), stages=("Buy",), by=("device", "region"), filters=(("touch_channel", "web"), ("segment", "x"))
    )
    assert [c.state for c in run(cut, groups).cells] == ["not_applicable"]
    assert [c.state for c in run(replace(cut, filters=cut.filters[:1]), groups).cells] != ["not_applicable"]


def test_with_the_right_to_single_persons_nothing_is_withheld(lean):
    cells = run(
        Query((METRIC,), start=monday(20), end=sunday(20), by=("device",)), replace(lean, shows=PERSONS_TOO)
    ).cells
    assert {cell.by["device"]: (cell.n, cell.persons) for cell in cells} == {"desktop": (20, 20), "mobile": (3, 3)}


def test_what_is_said_of_it(lean):
    """A cell withheld for its neighbours is not said to be small; every file and page says whom it is made for."""
    few = run(Query((METRIC,), start=monday(20), end=sunday(20), by=("device",)), replace(lean, shows=GROUPS)).cells
    assert {cell.by["device"]: state_word(cell) for cell in few} == {"desktop": "withheld", "mobile": "under 5"}
    assert run(Query((METRIC,)), replace(lean, shows=PERSONS_TOO)).shows == PERSONS_TOO
    assert "because you may see single persons" in privacy_words.on_page(PERSONS_TOO)
    assert "whole weeks" in privacy_words.in_print(GROUPS)
    assert privacy_words.in_print(PERSONS_TOO, confidential=True) == privacy_words.in_print("")


def test_a_confidential_company_withholds_from_everybody(lean):
    query = Query((METRIC,), start=monday(20), end=sunday(20), by=("device",), confidential=True)
    assert told(run(query, replace(lean, shows=PERSONS_TOO)).cells) == ["suppressed", "suppressed"]


def test_nobody_between_weeks_with_somebody_is_not_told(stand_in):
    """Seven people on tablet in weeks 2 and 9, nobody between: that nobody was there is withheld as well."""
    generation = stand_in.with_visits(visits(every_week(desktop=20) | {(2, "tablet"): 7, (9, "tablet"): 7}))
    groups = replace(generation, shows=GROUPS)
    found = {c.by["device"]: told([c])[0] for c in asked(groups, 3, 6, by=("device",)).cells}
    assert found == {"desktop": "suppressed", "tablet": "suppressed"}


def test_a_metric_of_a_few_people_less_is_withheld_also_when_asked_alone(stand_in):
    """20 occasions of everyone, 17 of those who answered: asked in two questions, the difference would be three people's."""
    generation = stand_in.with_visits(visits(every_week(desktop=20)))
    day = sunday(3)
    stand_in.con.execute("delete from occasions")
    stand_in.con.execute(
        "insert into occasions by name select 'J' as journey, 'Buy' as stage, n as person_id, n % 40 as person_group, 1 as episode, "
        f"date '{day}' as day, true as has_goal, n > 5 as goal_reached, case when n < 17 then n < 3 end as unhappy, "
        f"timestamp '{day} 10:00' as started_at, timestamp '{day} 11:00' as ended_at from range(20) t(n)"
    )
    groups = replace(generation, shows=GROUPS)
    states = {
        metric: told(run(Query((metric,), stages=("Buy",)), groups).cells)
        for metric in ("occasion_completion", "occasion_completion_answered")
    }
    assert states == {"occasion_completion": ["shown"], "occasion_completion_answered": ["suppressed"]}
    pooled = "nps_transactional~qualtrics-nps-pooled"  # another tool's reading, which can be asked by its name, too
    assert wider("nps_transactional", replace(generation, shows="")) == [pooled] and wider(pooled, generation) == []


ROWS = every_week(north=20, south=12) | {(20, "south"): 3}
PAGES = Rights(grants=(Grant(regions=("north",), views=("stage",)), Grant(views=("overview",))))


@pytest.fixture
def pages(small):
    """20 people a week in the north, 12 in the south and 3 there in week 20: what a page shows that shows the north only, to somebody whose
    other pages show the north only, too; and to somebody whose other pages show both."""
    rows = [row | {"region": row["device"], "device": "mobile"} for row in visits(ROWS)]
    part, whole = (
        StandIn(small).with_visits([row for row in rows if row["region"] == "north"]),
        StandIn(small).with_visits(rows),
    )
    here = Seen(part.name, part.path, part.connection, shows=GROUPS, rights=PAGES.doing("views", "stage"))
    return here, replace(here, beside=replace(whole, shows=GROUPS), seen="beside more")


def test_pages_of_one_viewer_that_show_other_rows_cannot_be_subtracted(pages):
    """Week 20 of the north alone, beside week 20 of everybody, would tell of three people in the south; quarters do not."""
    alone, beside = pages
    assert told(asked(alone, 20, 20).cells) == ["shown"]
    assert told(asked(beside, 20, 20).cells) == ["suppressed"] and told(asked(beside, 18, 18).cells) == ["shown"]
    assert told(asked(beside, 13, 25).cells) == told(asked(alone, 13, 25).cells) == ["shown"]
    (cell,) = asked(beside, 18, 18).cells
    assert cell.n == 20
    for by in (("device",), ("stage",)):
        assert "shown" not in told(asked(beside, 20, 20, by=by).cells), by


def test_lists_are_on_no_page_that_shows_other_rows_than_the_viewers_other_pages(pages):
    _, beside = pages
    for name in UNITS:
        question = Query((METRIC,), "J", ("Buy",), start=monday(13), end=sunday(25))
        found = listed(name, question, beside)
        assert found.rows == () and [note.code for note in found.notes] == [NoteCode.OTHER_ROWS_ELSEWHERE]


def test_only_pages_of_other_rows_are_kept_beside_all_of_a_viewers_rows():
    """The page of the north, beside all; the page of all, and a viewer of one group, beside nothing more; persons only where all pages give them."""
    assert PAGES.doing("views", "stage").elsewhere().grants == PAGES.grants
    assert PAGES.doing("views", "overview").elsewhere() is None and PAGES.elsewhere() is None
    one = Rights(grants=(Grant(regions=("north",), persons=True, exports=True),), see_persons=True)
    assert one.doing("exports").elsewhere() is None and one.doing("exports").persons_everywhere
    two = Rights(
        grants=(Grant(regions=("north",), persons=True, views=("stage",)), Grant(views=("overview",))), see_persons=True
    )
    assert not two.doing("views", "stage").persons_everywhere
