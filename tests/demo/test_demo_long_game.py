"""E6, E8, E14, E15 and T13, T7, T18 through Support, Promises and Relationship."""

import pytest

from metrics.analyses.relationship.find import came_back, relationship
from metrics.analyses.support.find import support
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from tests.demo.demo_asked import cells, span

WIDE = 0.9975  # one company with twenty effects: at 95 % one of them would be missed
BEFORE_THE_BANNER = 32  # the last week in which as many visits are linked


@pytest.fixture(scope="module")
def helped(store):
    return support(span(1, 78, level=WIDE), store)


def holds(found, size: float) -> bool:
    return found.low <= size <= found.high


def test_e6_friction_is_followed_by_requests_at_their_size_and_not_as_counted(helped, company):
    """Buy holds what was planted; T18: as counted it is more. T7: in Engage, where people come back with an open request, nothing follows."""
    found = {one.stage: one.cell for one in helped.followed}
    assert holds(found["Buy"], company.size("E6")) and found["Buy"].low > 0
    assert [stage for stage, cell in found.items() if cell.low is not None and cell.low > 0] == ["Buy"]


def test_e8_a_late_reply_costs_satisfaction_with_the_handling_and_nothing_else(helped, company):
    assert helped.handling.alike.low > 0 and holds(helped.handling.alike, -company.size("E8"))
    assert holds(helped.later.alike, 0.0)


def test_e15_the_unhappy_come_back_less_often_and_less_so_held_alike(store, company):
    """Within 90 days, of answers before the banner took half of the visits away: the crude difference holds the crude one that was planted, and
    held alike it is no larger."""
    asked = resolve(span(1, BEFORE_THE_BANNER - 13, level=WIDE), context.read(store))
    found = came_back(asked, "Buy", 90, store)
    crude = company.value("E15", "back within 90 days") - company.value("E15", "the same, satisfied buyers")
    assert holds(found.crude, crude) and found.crude.high < 0
    assert holds(found.alike, company.size("E15")) and abs(found.alike.value) <= abs(found.crude.value) + 0.03


def test_t13_nobody_is_said_to_have_recovered(store):
    game = relationship(Query((), level=WIDE), store)
    assert game.migration.test.p > 0.01
    assert 1 - game.migration.table[2][2] / sum(game.migration.table[2]) > 0.25


def test_e14_the_campaign_s_expectations_are_met_less_often(store, company):
    """As Promises draws it, month by month: January, all of whose orders the campaign had reached, lies below the months without it by what was planted."""
    months = {
        cell.by["month"]: cell for cell in cells(store, 14, 66, "expectation_met", by=("stage", "month"), level=WIDE)
        if cell.by["stage"] == "Engage" and cell.value is not None
    }  # fmt: skip
    january = months.pop("2026-01-01")
    without = [cell for month, cell in months.items() if month not in ("2025-12-01", "2026-02-01")]
    usual = sum(cell.value * cell.n for cell in without) / sum(cell.n for cell in without)
    assert len(without) >= 8 and january.high < usual
    assert holds(january, usual + company.size("E14"))
