"""Only like is set against like: two periods asked in other ways, or at another distance from what happened."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from metrics.analyses.change_family import scan
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.statistics.core import critical
from tests.core.company import noted, warned

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    surveys = ["s"]
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
"""
THEN, NOW = date(2026, 2, 2), date(2026, 3, 2)  # Mondays: four weeks each
ASKED = Query(("csat_t2b_5",), by=("stage",), start=NOW, end=NOW + timedelta(days=27), compare="previous")


def answers(*groups: tuple, days: int = 20) -> str:
    """Rows of answers: (first day of the period, how asked, hours until answered, answers, of which satisfied), spread over so many `days`."""
    lines = [
        "response_id  customer_id  experienced_at  responded_at  survey  metric  scale_min  scale_max  score  asked_via"
    ]
    for place, (first, via, hours, n, satisfied) in enumerate(groups):
        for i in range(n):
            day = first + timedelta(days=i % days)
            answered = f"{day + timedelta(days=hours // 24)}T{9 + hours % 24:02}:30"
            lines.append(
                f"r{place}-{i}  k{place}-{i}  {day}T09:00  {answered}  s  csat  1  5  {5 if i < satisfied else 2}  {via}"
            )
    return "\n".join(lines)


def cell_of(company, *groups: tuple):
    built = company(journey=JOURNEY, survey_answers=answers(*groups))
    return run(ASKED, built.store.generation()).cells[0]


def test_more_asked_by_phone_is_no_change_of_feeling(company):
    """Web 60 %, phone 80 % satisfied, before as after; the mix turns from 140 : 60 to 60 : 140. Pooled: 66 → 74 %."""
    cell = cell_of(
        company,
        (THEN, "web", 0, 140, 84),
        (THEN, "phone", 0, 60, 48),
        (NOW, "web", 0, 60, 36),
        (NOW, "phone", 0, 140, 112),
    )
    assert cell.value == pytest.approx(0.74)
    assert cell.compare.diff == pytest.approx(0) and cell.compare.low < 0 < cell.compare.high
    assert (cell.compare.value, cell.compare.alike) == pytest.approx((0.70, 0.70)), (
        "both periods asked half by web, half by phone"
    )
    assert "100 % of the answers" in warned(cell)[0]


def test_a_change_within_each_way_is_seen_whole(company):
    """10 points more in each way, while the mix moves against it: pooled 72 → 70."""
    cell = cell_of(
        company,
        (THEN, "web", 0, 40, 16),
        (THEN, "phone", 0, 160, 128),
        (NOW, "web", 0, 100, 50),
        (NOW, "phone", 0, 100, 90),
    )
    assert cell.value == pytest.approx(0.70)
    assert cell.compare.diff == pytest.approx(0.10)


def test_no_value_beside_a_difference_lies_beyond_its_scale(company):
    """Web 100 → 95 %, and a kiosk that is new, where all are satisfied: 95.5 % now. Less a difference of −5 that would be 100.5 %."""
    cell = cell_of(company, (THEN, "web", 0, 100, 100), (NOW, "web", 0, 180, 171), (NOW, "kiosk", 0, 20, 20))
    assert cell.value == pytest.approx(0.955)
    assert (cell.compare.value, cell.compare.alike, cell.compare.diff) == pytest.approx((1.0, 0.95, -0.05))


def test_where_the_mix_makes_no_difference_it_is_compared_as_measured(company):
    """Less than a tenth of what matters: this period minus the other, and nothing to say of it."""
    cell = cell_of(
        company,
        (THEN, "web", 0, 100, 60),
        (THEN, "phone", 0, 100, 80),
        (NOW, "web", 0, 97, 58),
        (NOW, "phone", 0, 103, 82),
    )
    assert cell.compare.value == pytest.approx(0.70)
    assert cell.compare.diff == pytest.approx(140 / 200 - 0.70)
    assert warned(cell) == []


def test_answers_long_after_are_no_answers_in_the_moment(company):
    """60 % satisfied within the hour, 80 % after a week, in both periods; the mix turns: no change. Asked the same way throughout."""
    cell = cell_of(
        company,
        (THEN, "web", 0, 140, 84),
        (THEN, "web", 144, 60, 48),
        (NOW, "web", 0, 60, 36),
        (NOW, "web", 144, 140, 112),
    )
    assert cell.compare.diff == pytest.approx(0)


def test_where_less_than_half_was_asked_alike_there_is_no_difference(company):
    cell = cell_of(
        company,
        (THEN, "web", 0, 120, 60),
        (THEN, "phone", 0, 80, 60),
        (NOW, "web", 0, 80, 40),
        (NOW, "kiosk", 0, 120, 90),
    )
    assert (cell.compare.value, cell.compare.diff, noted(cell)) == (
        0.6,
        None,
        "asked in another way then: not compared",
    )


def test_what_only_one_period_asked_is_left_out_of_the_difference(company):
    """Web alone is in both: 50 → 60 %. The kiosk's answers count in the number, not in the difference."""
    cell = cell_of(company, (THEN, "web", 0, 200, 100), (NOW, "web", 0, 150, 90), (NOW, "kiosk", 0, 50, 50))
    assert cell.value == pytest.approx(0.70)
    assert cell.compare.diff == pytest.approx(0.10)
    assert "75 % of the answers" in warned(cell)[0]


def test_nobody_votes_twice_for_being_asked_in_two_ways(company):
    """The same 100 people by mail then; by mail and, last, by phone now. Their votes are the phone's, so nothing was asked alike."""

    def yearly(first: date, via: str, promoters: int) -> list[str]:
        return [
            f"{via}{first}{i}  k{i}  {first}T09:00  {first}T09:30  s  nps  0  10  {10 if i < promoters else 3}  {via}"
            for i in range(100)
        ]

    head = (
        "response_id  customer_id  experienced_at  responded_at  survey  metric  scale_min  scale_max  score  asked_via"
    )
    rows = [head, *yearly(THEN, "email", 50), *yearly(NOW, "email", 60), *yearly(NOW + timedelta(days=9), "phone", 80)]
    built = company(journey=JOURNEY.replace("transactional", "relationship"), survey_answers="\n".join(rows))
    cell = run(replace(ASKED, metrics=("nps_relationship",), by=()), built.store.generation()).cells[0]
    assert (cell.n, cell.value) == (100, 60.0)
    assert noted(cell) == "asked in another way then: not compared"


def test_a_small_period_before_leaves_no_trace_of_its_ways(company):
    """Four people answered then: the other period is withheld, and so is the sentence about it."""
    cell = cell_of(
        company, (THEN, "web", 0, 3, 1), (THEN, "phone", 0, 1, 1), (NOW, "web", 0, 60, 36), (NOW, "phone", 0, 140, 112)
    )
    assert cell.compare.value is None and noted(cell) == "the other period is withheld: too few people"
    assert warned(cell) == []


def test_weights_are_applied_and_the_unweighted_value_stands_beside(company):
    """20 answers, the first ten content; those in even places weigh 2: as many of either, so .5 with and without; with the content ones at 3: .75."""
    rows = answers((NOW, "web", 0, 20, 10)).splitlines()
    plain = company(journey=JOURNEY, survey_answers="\n".join(rows))
    assert not any("weight" in said for said in warned(run(ASKED, plain.store.generation())))
    content = ["  csat  1  5  5  " in row for row in rows[1:]]
    weighted = [rows[0] + "  weight", *(f"{row}  {3 if good else 1}" for row, good in zip(rows[1:], content))]
    cell = run(ASKED, company(journey=JOURNEY, survey_answers="\n".join(weighted)).store.generation()).cells[0]
    assert sum(content) == 10
    assert cell.value == pytest.approx(0.75)
    assert any(one.value == pytest.approx(0.5) for one in cell.beside)


def test_weeks_and_difference_are_of_one_quantity(company):
    """A wave of twenty each week, by web (60 % satisfied) and phone (80 %), 15 : 5 and 5 : 15 in turn for 34 weeks, then mostly by phone
    for four. As measured the weeks go from 65 to 75 % and back; asked alike nothing ever moved, and so little would be told as no
    change of the mix hides."""
    first = NOW - timedelta(weeks=34)
    waves = []
    for week in range(38):
        by_phone = 15 if week % 2 or week >= 34 else 5
        day = first + timedelta(weeks=week)
        waves += [
            (day, "web", 0, 20 - by_phone, 12 - by_phone * 3 // 5),
            (day, "phone", 0, by_phone, by_phone * 4 // 5),
        ]
    generation = company(journey=JOURNEY, survey_answers=answers(*waves, days=5)).store.generation()
    known = context.read(generation)
    (one,) = [
        one
        for one in scan(replace(resolve(ASKED, known), by=()), generation, known, ("csat_t2b_5",))
        if one.stage == "Buy"
    ]
    assert one.cell.compare.within and one.weeks.alike
    assert one.cell.compare.diff == pytest.approx(0) and np.ptp(one.weeks.value[-38:]) == pytest.approx(0, abs=1e-9)
    assert one.weeks.value[-1] == pytest.approx(one.cell.compare.alike), "the weeks stand at the mix of the difference"
    apart = 0.6 * 0.4 * 0.25 + 0.8 * 0.2 * 0.75  # within ways, a row of a week with 15 by phone
    assert one.weeks.noise[-1] * 20 == pytest.approx(apart, rel=0.1)
    plain = (critical(1 - one.verdict.needs) + 0.8416) * one.member.sampling**0.5
    assert plain < one.verdict.seen < 1.35 * plain
