"""Where a series is asked in another way its line breaks, and what was learnt before does not hold after."""

from datetime import date, timedelta

import pytest

from charts.series_gaps import days_of, gapped
from metrics.analyses.control_limits import normal_ranges
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.rules.instrument_changes import chance, change_weeks, overlap
from report.words.warnings import note_text
from tests.core.company import warned

MONDAY = date(2025, 6, 2)
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


def week(place: int) -> date:
    return MONDAY + timedelta(days=7 * place)


def series(*counts: dict[str, int]) -> dict[date, dict[str, int]]:
    return {week(place): counts[place] for place in range(len(counts))}


def test_a_new_wording_parts_the_line_in_its_first_week():
    assert change_weeks(series(*[{"a": 30}] * 6, *[{"b": 30}] * 6)) == (week(6),)


def test_few_answers_a_week_are_read_together_and_the_week_is_found():
    """Seven a week: three weeks make a look, and the new way begins within one."""
    for first in (6, 7, 8):
        assert change_weeks(series(*[{"a": 7}] * first, *[{"b": 7}] * (16 - first))) == (week(first),)


def test_a_burst_parts_twice():
    """Two weeks of a prize draw: a line before, one during, one after."""
    quiet, draw = {"a": 20, "a de": 10}, {"a": 20, "a de": 10, "prize": 300}
    assert change_weeks(series(*[quiet] * 5, draw, draw, *[quiet] * 5)) == (week(5), week(7))


def test_what_turns_bit_by_bit_turns():
    """From all a to all b in a year, two of a hundred a week: no week is unlike its neighbour, and the last is unlike the first."""
    turning = [{"a": 100 - 2 * place, "b": 2 * place} if place else {"a": 100} for place in range(50)]
    (day,) = change_weeks(series(*turning))
    assert week(15) < day < week(40)


def test_a_wave_every_month_is_no_change():
    """Fifteen answers in the app every week, and 200 by mail in each fourth: one line."""
    assert (
        change_weeks(series(*[{"app": 15, "mail": 200} if place % 4 == 3 else {"app": 15} for place in range(52)]))
        == ()
    )


def test_two_samples_of_one_mix_do_not_part():
    """Ten ways, 30 answers a week, drawn from one mix: 200 series of a year, hardly any break."""
    import numpy as np

    rng = np.random.default_rng(4)
    mix = rng.dirichlet(np.full(10, 2.0))
    found = 0
    for _ in range(200):
        drawn = [{str(way): int(n) for way, n in enumerate(rng.multinomial(30, mix)) if n} for _ in range(52)]
        found += bool(change_weeks(series(*drawn)))
    assert found <= 2


def test_overlap_of_two_samples_is_that_of_chance():
    """Half and half, 50 answers each: the mean overlap of 4,000 pairs of samples."""
    import numpy as np

    rng = np.random.default_rng(2)
    pairs = rng.binomial(50, 0.5, (4000, 2))
    mean = np.mean([overlap({"a": a, "b": 50 - a}, {"a": c, "b": 50 - c}) for a, c in pairs.tolist()])
    assert mean == pytest.approx(1 - chance({"a": 25, "b": 25}, {"a": 25, "b": 25}), abs=0.003)


@pytest.fixture(scope="module")
def reworded(module_company):
    """Forty weeks of 40 answers in Buy; from week 30 on the question has another wording, and 80 instead of 60 % are satisfied."""
    lines = [
        "response_id  customer_id  experienced_at  responded_at  survey  metric  question  scale_min  scale_max  score"
    ]
    for place in range(40):
        for i in range(40):
            at = week(place) + timedelta(days=i % 7)
            good = (i + place) % 10 < (6 if place < 30 else 8)
            lines.append(
                f"r{place}-{i}  k{place}-{i}  {at}T09:00  {at}T09:30  s  csat  {'Satisfied?' if place < 30 else 'How was it?'}  1  5  {5 if good else 2}"
            )
    return module_company(journey=JOURNEY, survey_answers="\n".join(lines))


def test_the_series_says_where_it_breaks(reworded):
    result = run(Query(("csat_t2b_5",), by=("stage", "week")), reworded.store.generation())
    assert days_of(result, "csat_t2b_5", "Buy") == (week(30),)
    assert (
        "Satisfied (CSAT, top 2 of 5) in Buy is asked in another way from 29 Dec 2025: a series break, before and after are not comparable"
        in warned(result)
    )
    points = [(date.fromisoformat(c.by["week"]), c) for c in result.of("csat_t2b_5") if c.by["week"]]
    drawn = gapped(points, days_of(result, "csat_t2b_5", "Buy"))
    assert len(drawn) == len(points) + 1
    (gap,) = [place for place, (_, cell) in enumerate(drawn) if not cell.valued]
    assert drawn[gap - 1][0] == week(29) and drawn[gap + 1][0] == week(30)


def test_a_number_that_holds_both_ways_says_so(reworded):
    generation = reworded.store.generation()
    whole = run(Query(("csat_t2b_5",), by=("stage",)), generation)
    assert (
        "Satisfied (CSAT, top 2 of 5) in Buy is asked in another way from 29 Dec 2025: the number holds both"
        in warned(whole)
    )
    after = run(Query(("csat_t2b_5",), by=("stage",), start=week(30), end=week(40)), generation)
    assert not any("asked in another way" in text for text in warned(after))


def test_by_the_way_itself_nothing_breaks(reworded):
    generation = reworded.store.generation()
    assert run(Query(("csat_t2b_5",), by=("week", "instrument")), generation).broken == {}


def test_what_was_asked_otherwise_teaches_nothing(reworded):
    """Of the 34 weeks before the period four are asked as now, one of them New Year's: no normal range yet; without the break there would be one."""
    now = normal_ranges(
        Query(("csat_t2b_5",), "J", ("Buy",), week(34), week(40) - timedelta(days=1)), reworded.store.generation()
    )
    assert now["csat_t2b_5"].limits == {} and note_text(now["csat_t2b_5"].reason).startswith(
        "no normal range yet: 3 complete weeks"
    )
    before = normal_ranges(
        Query(("csat_t2b_5",), "J", ("Buy",), week(28), week(30) - timedelta(days=1)), reworded.store.generation()
    )
    assert before["csat_t2b_5"].learnt == 26 and before["csat_t2b_5"].limits
