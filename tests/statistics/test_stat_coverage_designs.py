"""A short run of `python -m benchmarks coverage`: intervals of few, heavy, skewed and nearly unanimous people hold the truth."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.__main__ import main
from benchmarks.coverage.judge import LEAST, Found, judge
from benchmarks.coverage.table import all_designs, table
from metrics.catalogue.load import definition
from metrics.codes import ReasonCode, because
from metrics.kinds.sums import Sums
from metrics.query.result import State
from metrics.rules.reliability import enough, independent, reliability
from metrics.statistics.core import Estimate
from metrics.statistics.levels.shares import wilson

RUNS, SLACK = 300, 0.037  # 2.33 standard errors of 92 % in 300 samples

# what each held before: completion 89 %, CSAT 75 and 92, percentile 33 and 63, revenue 83, cost 82, attributable 50, margin 77 %
DESIGNS = [
    ("completion, a tenth heavy", 25),
    ("CSAT mean, at the ceiling, heavy", 12),
    ("CSAT top-2, heavy", 150),
    ("NPS, 92 promote, heavy", 150),
    ("time to first reply first_response_p90", 5),
    ("time to first reply first_response_p90", 10),
    ("revenue per buyer, lognormal σ 1.3", 40),
    ("cost to serve", 400),
    ("contacts per order, some", 120),
    ("friction explains little unhappy_attributable", 10),
    ("margin of the unhappy", 100),
]


@pytest.mark.parametrize(("name", "n"), DESIGNS)
def test_an_interval_holds_the_truth(name, n):
    (design,) = [one for one in all_designs(name) if one.n == n][:1]
    found = judge(design, RUNS, seed=11)
    assert found.intervals > RUNS * 0.75
    assert found.coverage >= LEAST - SLACK, found


# where the width seen decided, the few cells that were plain held 76 to 91 %; how many people there are decides now
SHOWN = [
    ("completion, a tenth heavy", 550),
    ("anger in texts", 550),
    ("contacts per order, some", 1500),
    ("two tickets a person first_response_p90", 220),
    ("friction explains much, heavy", 400),
    ("friction explains little, heavy", 300),
]


@pytest.mark.parametrize(("name", "n"), SHOWN)
def test_what_is_shown_holds_the_truth_too(name, n):
    """Of as many people as are just enough, a tenth of whom come often: what is plain holds as often as all."""
    (design,) = [one for one in all_designs(name) if one.n == n][:1]
    found = judge(design, RUNS, seed=12)
    assert found.shown > RUNS / 10 and found.of_shown >= LEAST - 2.33 * (0.92 * 0.08 / found.shown) ** 0.5, found


@pytest.mark.parametrize(
    ("name", "n"), [("CSAT top-2, an answer each", 240), ("two tickets a person first_response_p90", 200)]
)
def test_no_sample_is_plain_by_chance(name, n):
    """Of 240 answers the 9 % that agreed most were plain, and held in 76 of 100 cases: too few people are few whatever they say."""
    (design,) = [one for one in all_designs(name) if one.n == n][:1]
    assert judge(design, RUNS, seed=12).shown == 0


def test_reasons_of_a_level():
    """A share is plain from (1.96 · √.2 / .05)² = 307.3 independent rows on: ± 5 points at 28 or 72 of 100, ± 5.6 at one half."""

    def state(yes: int, n: int, metric: str = "completion_rate") -> tuple:
        found = wilson(yes, n)
        return reliability(definition(metric), found, 0.95, lambda level: wilson(yes, n, level=level), rests_on=n)

    small, wide = ((State.FEW, because(code)) for code in (ReasonCode.SMALL, ReasonCode.WIDE))
    plain = (State.SHOWN, None)
    assert state(20, 25) == state(0, 40) == state(180, 307) == state(0, 307) == small
    assert state(180, 308) == state(0, 308) == state(154, 308) == plain
    assert state(300, 400, "conversion") == small and state(1500, 3000, "conversion") == plain
    assert state(700, 1600, "conversion") == wide  # ± 2.4 points, where conversions are mostly known to ± 1
    unknown = reliability(definition("completion_rate"), Estimate(0.5, n=900), 0.95, lambda level: Estimate(0.5), 900)
    assert unknown == small


def test_where_no_spread_is_usual_the_width_decides():
    """What friction makes of contacts: ± 2 points are the target, also for the farther end of the 99.9 % interval brought down to 95."""

    def state(half: float, far: float) -> tuple:
        ends = {0.95: half, 0.999: far * 3.2905 / 1.95996}
        found = {level: Estimate(0.04, 0.04 - width, 0.04 + width, n=5000) for level, width in ends.items()}
        return reliability(definition("contact_after_friction"), found[0.95], 0.95, found.__getitem__, rests_on=0)

    assert state(0.019, 0.019) == (State.SHOWN, None)
    assert state(0.019, 0.021) == state(0.021, 0.019) == (State.FEW, because(ReasonCode.WIDE))


def _sums(kind: str, **columns: float) -> Sums:
    return Sums(kind, pd.DataFrame({"person_group": [0], **{name: [value] for name, value in columns.items()}}))


def test_what_rows_are_worth_is_told_by_how_often_people_come():
    """100 people once, 10 people ten times: 200 rows, Σn² = 1,100, so half alike 200 ÷ (1 + ½ · 4.5) = 61.5. What they said is no
    part of it. Where only people are known they came equally often: 200 rows of 110 are 200 ÷ (1 + ½ · .818)."""
    found = definition("completion_rate")
    for yes in (0, 90, 200):
        sums = _sums("share", c=110, n=200, y=yes, nn=1100)
        assert independent(found, sums) == pytest.approx(200 / (1 + 0.5 * (1100 / 200 - 1)))
    assert independent(found, _sums("share", c=200, n=200, y=7, nn=200)) == 200
    assert independent(found, _sums("share", c=110, n=200)) == pytest.approx(200 / (1 + 0.5 * (200 / 110 - 1)))


def test_of_weighted_rows_kish_counts():
    """Five people with weights 1, 1, 1, 1 and 4, scaled to a mean of 1: worth 3.2, as Kish has it."""
    weights = np.array([1, 1, 1, 1, 4]) / 1.6
    squares = float(weights @ weights)
    assert independent(definition("csat_t2b_5"), _sums("share", c=5, n=5, nn=squares, ww=squares)) == pytest.approx(3.2)


def test_what_goes_with_friction_rests_on_the_unhappy():
    """Of 400 occasions of 400 people 40 unhappy ones: worth 40, the share of all 400 is none of it."""
    table = {"smooth_satisfied": 340, "smooth_unhappy": 25, "struggled_satisfied": 20, "struggled_unhappy": 15}
    sums = _sums("pair", c=400, n=400, **table)
    assert independent(definition("unhappy_attributable_to_friction"), sums) == 40
    assert independent(definition("satisfied_though_hard"), sums) == 360


@pytest.mark.parametrize(
    ("metric", "rows"),
    [
        ("nps_relationship", 268.9),  # .7 (196/10)²
        ("csat_mean", 170.7),  # (1.96 · 1/.15)²
        ("first_response_p90", 280.6),  # (1.96 · .3/.1755/.2)², the normal density at 1.2816
        ("contacts_per_order", 1176.4),
        ("contact_rate", 384.1),  # a rate of 4 in 100
    ],
)
def test_how_many_are_enough(metric, rows):
    assert enough(definition(metric)) == pytest.approx(rows, abs=0.1)


def test_the_table_says_what_was_never_shown(capsys):
    seen = Found("a design", "csat_mean", 5, 200, 200, 190, 2, 0, 1.5)
    assert seen.verdict == "not shown" and "| 95.0% | 1% |  | not shown |" in table([seen], "text")
    assert Found("a design", "csat_mean", 5, 200, 200, 190, 100, 70, 1.5).verdict == "outside"
    assert main(["coverage", "--runs", "20", "--only", "CSAT mean, content .csat", "--seed", "2"]) == 2  # no such name
    assert "no design matches" in capsys.readouterr().err
