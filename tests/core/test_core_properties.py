"""What must hold for any visits: intervals hold their value, filters commute, parts add up to the whole, order is nothing."""

from dataclasses import replace
from math import ceil

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.catalogue.load import definition
from metrics.compute.run import run
from metrics.compute.sums import sums
from metrics.kinds import estimate
from metrics.kinds.sums import Sums
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules.privacy import PERSONS
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
METRICS = (
    "completion_rate",
    "drop_off_rate",
    "action_rate",
    "dwell_p50",
    "dwell_p75",
    "dwell_p50~ga4-average-engagement-time",
)
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
VISIT = st.fixed_dictionaries(
    {
        "person_id": st.integers(0, 60),
        "stage": st.sampled_from(["Find", "Buy"]),
        "region": st.sampled_from(["north", "south", "west"]),
        "device": st.sampled_from(["phone", "desk"]),
        "goal_reached": st.booleans(),
        "is_last_stage": st.booleans(),
        "actions": st.integers(0, 3),
        "dwell_ms": st.integers(0, 900_000),
    }
)
VISITS = st.lists(VISIT, min_size=1, max_size=60)


@pytest.fixture(scope="module")
def stand_in(module_company):
    return StandIn(
        module_company(journey=JOURNEY, web_events="occurred_at  customer_id  url\n2026-03-30T10:00  k1  /cart")
    )


def counted(generation) -> dict[str, Sums]:
    """The sums behind each metric, before privacy."""
    known = context.read(generation)
    return {
        metric: sums(definition(metric), resolve(Query((metric,)), known), generation, known)[0][()]
        for metric in METRICS
    }


def near(first, second) -> bool:
    """Two estimates alike to the last digits a sum of doubles keeps."""
    pairs = [(getattr(first, name), getattr(second, name)) for name in ("value", "low", "high", "n")]
    return all(
        a == b or a is not None and b is not None and a == pytest.approx(b, rel=1e-9, abs=1e-9) for a, b in pairs
    )


@FEW
@given(VISITS)
def test_an_interval_holds_its_value(stand_in, visits):
    """At 95 %, for every metric and cell, and none leaves the range of a share."""
    for cell in run(Query(METRICS, by=("stage",)), stand_in.with_visits(visits)).cells:
        if cell.valued and cell.low is not None:
            assert cell.low - 1e-12 <= cell.value
            assert (
                cell.high is None or cell.value <= cell.high + 1e-12
            )  # a percentile's upper bound may lie beyond the data
            if definition(cell.metric).unit == "rate":
                assert 0 <= cell.low and cell.high <= 1


@FEW
@given(VISITS)
def test_filters_and_dimensions_commute(stand_in, visits):
    """Region then device or device then region: the same cells."""
    found = stand_in.with_visits(visits)
    filters = (("region", "north,south"), ("device", "phone"))
    first = run(Query(METRICS, filters=filters), found)
    assert first.cells == run(Query(METRICS, filters=filters[::-1]), found).cells

    def cells(by: tuple[str, str]) -> dict:
        return {
            (c.metric, c.by.get("region"), c.by.get("device")): replace(c, by={})
            for c in run(Query(METRICS, by=by), found).cells
        }

    assert cells(("region", "device")) == cells(("device", "region"))


@FEW
@given(VISITS)
def test_a_filter_keeps_the_rows_of_its_values_and_no_others(stand_in, visits):
    """One value, two values, two dimensions: the same cells as of a store that never held the other visits (why
    a cell is empty is said in other words)."""
    for filters in (
        (("region", "north"),),
        (("region", "north,west"),),
        (("region", "south,north"), ("device", "phone")),
    ):
        query = Query(METRICS, by=("stage",), filters=filters)
        filtered = run(query, stand_in.with_visits(visits)).cells
        kept = [visit for visit in visits if all(visit[name] in value.split(",") for name, value in filters)]
        if kept:
            whole = run(replace(query, filters=()), stand_in.with_visits(kept)).cells
            assert [replace(c, reason="") for c in filtered] == [replace(c, reason="") for c in whole]
        else:
            assert not any(cell.valued or cell.n for cell in filtered)


@FEW
@given(VISITS, VISITS)
def test_the_union_of_disjoint_people_is_the_merge_of_their_sums(stand_in, first, second):
    """Two stores without a person in common: their rows of sums together are the sums of both."""
    second = [visit | {"person_id": visit["person_id"] + 1000} for visit in second]
    one, other, both = (counted(stand_in.with_visits(visits)) for visits in (first, second, first + second))
    for metric, whole in both.items():
        merged = Sums(whole.kind, pd.concat([one[metric].rows, other[metric].rows], ignore_index=True))
        assert (merged.n, merged.persons) == (whole.n, whole.persons)
        assert near(estimate(definition(metric), merged, 0.95), estimate(definition(metric), whole, 0.95))


@FEW
@given(VISITS, st.randoms())
def test_the_order_of_rows_is_nothing(stand_in, visits, chance):
    """Shuffled visits give the same result."""
    first = run(Query(METRICS, by=("stage",)), stand_in.with_visits(visits)).cells
    shuffled = list(visits)
    chance.shuffle(shuffled)
    second = run(Query(METRICS, by=("stage",)), stand_in.with_visits(shuffled)).cells
    for a, b in zip(first, second, strict=True):
        assert (a.metric, a.by, a.state, a.persons) == (b.metric, b.by, b.state, b.persons) and near(a, b)


@FEW
@given(VISITS)
def test_no_few_people_are_shown_or_left_by_subtraction(stand_in, visits):
    """Persons who stand in many cells, counted from the rows themselves: no cell of fewer than five is shown, and what a
    row, a column or the whole has besides the shown cells is nobody, five persons or more, or all there is."""
    result = run(Query(("completion_rate", "drop_off_rate"), by=("region", "device")), stand_in.with_visits(visits))
    for metric in ("completion_rate", "drop_off_rate"):
        shown = {(c.by["region"], c.by["device"]) for c in result.of(metric) if c.valued}
        people = {}
        for visit in visits:
            people.setdefault((visit["region"], visit["device"]), set()).add(visit["person_id"])
        assert all(len(people[key]) >= PERSONS for key in shown)
        for total in (lambda key: (), lambda key: key[0], lambda key: key[1]):
            for name in {total(key) for key in people}:
                under = [key for key in people if total(key) == name]
                rest = [key for key in under if key not in shown]
                assert (
                    not rest or len(rest) == len(under) or len(set().union(*(people[key] for key in rest))) >= PERSONS
                )


@FEW
@given(VISITS)
def test_shown_counts_are_exact(stand_in, visits):
    """n and value against the rows, by hand; a median within a bucket of one percent."""
    result = run(
        Query(
            ("completion_rate", "dwell_p50"),
        ),
        stand_in.with_visits(visits),
    )
    share, median = result.of("completion_rate")[0], result.of("dwell_p50")[0]
    if share.valued:
        assert (share.n, share.value) == (
            len(visits),
            pytest.approx(sum(v["goal_reached"] for v in visits) / len(visits)),
        )
        times = sorted(v["dwell_ms"] for v in visits)
        low, high = times[max(ceil(len(times) / 2) - 1, 0)], times[min(len(times) // 2, len(times) - 1)]
        assert low / 1000 * 0.979 - 1e-3 <= median.value <= high / 1000 * 1.021 + 1e-3
