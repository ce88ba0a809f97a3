"""Companies of known truth: what is drawn is what is said to be true, and a mark missed is called missed."""

from datetime import datetime

import numpy as np
import pytest

from benchmarks.known import worlds
from benchmarks.known.cells import Cell
from benchmarks.known.designs import SEGMENTS, STAGES
from benchmarks.known.files import Company
from benchmarks.known.growth import Grown, growth
from benchmarks.known.moves import Move
from benchmarks.known.names import Named, names


def silent(text: str) -> None:
    """No progress in a test."""


def of_many(design: str, seeds: int = 60) -> tuple[Company, dict]:
    """One design drawn many times into one company, and its truth."""
    random, company = np.random.default_rng(3), Company(datetime(2025, 1, 6))
    truth = {}
    for _ in range(seeds):
        truth |= (STAGES | SEGMENTS)[design](random, company, "s")
    return company, truth


@pytest.mark.parametrize("design", ["satisfied-150", "ceiling-400", "heavy-400"])
def test_satisfaction_is_as_true_as_it_says(design):
    """The share of 4 and 5 over 60 draws lies within a hundredth of what the design calls true, the mean within four."""
    company, truth = of_many(design)
    scores = np.array([float(row[7]) for row in company.rows["answers"]])
    assert (scores >= 4).mean() == pytest.approx(truth["csat_t2b_5", "s"], abs=0.01)
    assert scores.mean() == pytest.approx(truth["csat_mean", "s"], abs=0.04)


def test_visits_orders_and_contacts_are_as_true_as_they_say():
    """Goals per visit, contacts per hundred orders, spending per buyer, unhappy visits that went smoothly: each counted in the rows that were written."""
    company, truth = of_many("completion-200")
    names_ = [row[2] for row in company.rows["events"]]
    assert names_.count("done_s") / names_.count("page_view") == pytest.approx(truth["completion_rate", "s"], abs=0.01)
    company, truth = of_many("spent-400")
    assert 100 * len(company.rows["tickets"]) / len(company.rows["orders"]) == pytest.approx(
        truth["contacts_per_order", "s"], abs=1.5
    )
    assert np.mean([float(row[2]) for row in company.rows["orders"]]) == pytest.approx(
        truth["revenue_per_person", "s"], rel=0.03
    )
    company, truth = of_many("paired-400")
    hard = {row[3] for row in company.rows["events"] if row[2] == "error"}
    unhappy = [row[9] in hard for row in company.rows["answers"] if row[7] == 2]
    assert 1 - np.mean(unhappy) == pytest.approx(truth["unhappy_though_smooth", "s"], abs=0.01)


def test_a_season_comes_back_every_year():
    """A season of 4 points: the weekly shares of two years rise and fall together, 4 points from trough to peak."""
    company = worlds.visits(104, each=4000, memory=0.0, season=0.04)(np.random.default_rng(1))
    reached, seen = np.zeros(104), np.zeros(104)
    for _, when, name, *_ in company.rows["events"]:
        week = (datetime.fromisoformat(when) - worlds.FIRST).days // 7
        if week < 104:
            (seen if name == "page_view" else reached)[week] += 1
    share = (reached / seen).reshape(2, 52)
    assert np.corrcoef(share)[0, 1] > 0.4
    smooth = np.convolve(np.tile(share.mean(axis=0), 2), np.ones(8) / 8, "valid")
    assert np.ptp(smooth) == pytest.approx(0.04, abs=0.015)


def test_what_misses_its_mark_is_called_outside():
    """180 of 200 shown intervals may be chance at 92 %, 170 are not; a change not told, or told where there is none, is outside."""
    assert [Cell("m", "d", 200, 200, 0, held, 0).verdict for held in (190, 180, 170)] == ["within", "within", "outside"]
    assert Cell("m", "d", 200, 0, 200, 0, 190).verdict == "never shown"
    assert [Move("150 answers, 85 → 55 %", 20, told, None, None).verdict for told in (20, 19)] == ["within", "outside"]
    assert [Move("150 answers, nothing", 20, told, None, None).verdict for told in (0, 3)] == ["within", "outside"]
    assert [Move("late parcels, −8.5 points", 50, 0, held, None).verdict for held in (46, 30)] == ["within", "outside"]
    assert [Named(0.95, False, 40, named).verdict for named in (2, 10)] == ["within", "outside"]
    assert [Named(0.75, True, 40, named).verdict for named in (40, 20)] == ["within", "outside"]
    assert [Grown("m", (0.1, 0.1), steady).verdict for steady in (True, False)] == ["within", "outside"]


def test_no_stage_is_named_that_stands_on_its_minimum(tmp_path):
    """Two companies at each minimum: none named; with 25 points less, each."""
    found = names(2, 11, tmp_path, silent)
    assert [row.verdict for row in found] == ["within"] * 5
    assert [row.named for row in found if row.true] == [2]


def test_a_rate_of_visits_does_not_hang_on_the_period(tmp_path):
    """Asked about 4, 13 and 52 weeks of the same behaviour, seven of ten visits reach their goal."""
    (completion,) = [row for row in growth(2, tmp_path, silent) if row.metric == "completion_rate"]
    assert completion.steady and completion.values == pytest.approx((0.7, 0.7, 0.7), abs=0.06)
