"""The harness's arithmetic on runs written by hand."""

from pathlib import Path

import pytest
from scipy import stats

from benchmarks import marks, recovery, truth
from benchmarks.observe import Observation, Said
from benchmarks.speed import Steps
from benchmarks.truth import Counted

BUY = ("completion_rate", "Buy")
CONTACT = ("contact_rate", "Buy")


def observed(
    value: float, half: float, shock: float = 0.0, contact: Said | None = None, name: str = "agree"
) -> Observation:
    """A run with 100 visits in Buy, the given interval, and shocks that sum to `shock` over them."""
    said = {BUY: Said(value, value - half, value + half, 100)} | ({CONTACT: contact} if contact else {})
    return Observation({BUY: Counted(100 * value, 100, shock)}, said, {}, (), {"all weeks": {"Buy": name}}, ())


def test_coverage_counts_runs_with_an_interval_and_takes_limits_for_their_number():
    mark = marks.coverage("a", "b", [True] * 180 + [False] * 20 + [None] * 5)
    assert (mark.asked, mark.runs, mark.hits) == (205, 200, 180)
    assert (mark.low, mark.high) == (0.905, 0.985)  # docs/STATISTICS.md: 200 runs
    assert mark.share == 0.9
    assert mark.verdict == "outside"


@pytest.mark.parametrize(
    ("covered", "verdict"), [(181, "within"), (190, "within"), (197, "within"), (198, "outside"), (200, "outside")]
)
def test_coverage_is_judged_on_both_sides(covered, verdict):
    assert marks.coverage("a", "b", [True] * covered + [False] * (200 - covered)).verdict == verdict


@pytest.mark.parametrize(("flagged", "verdict"), [(0, "within"), (18, "within"), (19, "outside")])
def test_false_findings_of_200_runs_are_at_most_nine_percent(flagged, verdict):
    assert marks.false_findings("a", "b", [True] * flagged + [False] * (200 - flagged)).verdict == verdict


def test_power_limit_is_the_first_percentile_of_a_method_of_ninety_percent():
    mark = marks.power("a", "b", [True] * 170 + [False] * 30)
    assert stats.binom.cdf(mark.low * 200 - 1, 200, 0.9) < 0.01 <= stats.binom.cdf(mark.low * 200, 200, 0.9)
    assert mark.high == 1.0


def test_no_answer_is_unknown_not_zero():
    mark = marks.coverage("a", "b", [None, None])
    assert (mark.share, mark.low, mark.verdict) == (None, None, "unknown")


def test_the_truth_of_a_run_is_the_long_run_in_the_weeks_it_had():
    long_run = Counted(y=820, n=1000, shock=20)  # .82 seen, of which .02 was luck of the weeks: .80
    assert long_run.settled == pytest.approx(0.80)
    assert truth.of_run(long_run, Counted(80, 100, shock=-1)) == pytest.approx(0.79)
    assert truth.of_run(long_run, None) == pytest.approx(0.80)


def test_coverage_from_files_shifts_the_truth_by_the_runs_own_shocks():
    lucky, plain = observed(0.83, 0.01, shock=3.0), observed(0.83, 0.01)
    found = recovery.marks([lucky, plain], {BUY: Counted(800, 1000)}, {}, "none")
    mark = next(m for m in found if m.what == "completion_rate Buy")
    assert (mark.runs, mark.hits) == (2, 1)  # .83 ± .01 holds .80 + .03, not .80


def test_a_run_is_held_against_the_others_without_itself():
    contacts = [Said(0.10, 0.08, 0.12, 100), Said(0.10, 0.08, 0.12, 100), Said(0.40, 0.30, 0.50, 200)]
    seen = [observed(0.8, 0.1, contact=contact) for contact in contacts]
    mark = next(m for m in recovery.marks(seen, {}, {}, "none") if m.what == "contact_rate Buy")
    # others: (10 + 80) / 300 = .30, .30, and (10 + 10) / 200 = .10: no interval holds its own
    assert (mark.runs, mark.hits) == (3, 0)


@pytest.mark.parametrize(
    ("position", "name"),
    [((70, 40), "works_but_disappoints"), ((40, 70), "hard_but_loved"), ((70, 70), None), ((40, 40), None)],
)
def test_what_a_true_position_is_called(position, name):
    assert truth.apart(position) == name


@pytest.mark.parametrize(("state", "hits"), [("works_but_disappoints", 0), ("hard_but_loved", 1), ("cannot_tell", 0)])
def test_only_a_name_the_true_position_does_not_bear_is_false(state, hits):
    found = recovery.marks([observed(0.8, 0.1, name=state)], {}, {"Buy": (70.0, 40.0)}, "all")
    assert next(m for m in found if m.what == "any stage wrongly named").hits == hits


def test_positions_from_the_journey_file(tmp_path: Path):
    file = tmp_path / "journey.toml"
    file.write_text("""
[[journey]]
name = "Purchase"
[[journey.stage]]
name = "Buy"
targets = { completion_rate = { line = 0.70, target = 0.90 }, csat_t2b_5 = { line = 0.75, target = 0.85 } }
weights = { ux = { completion_rate = 1 }, cx = { csat_t2b_5 = 1 } }
[[journey.stage]]
name = "Find"
targets = { completion_rate = { line = 0.70, target = 0.90 }, csat_t2b_5 = { line = 0.75, target = 0.85 } }
weights = { ux = { completion_rate = 1 }, cx = { csat_t2b_5 = 1 } }
""")
    counted = {
        BUY: Counted(82, 100),
        ("csat_t2b_5", "Buy"): Counted(62, 100),
        ("completion_rate", "Find"): Counted(1, 2),
    }
    places = truth.placed(file, counted)
    assert places == {"Buy": pytest.approx((80.0, -15.0))}  # Find: nobody was asked, so nothing is claimed
    near = counted | {("csat_t2b_5", "Buy"): Counted(72, 100)}  # 35 ± 22: on no side of the line for sure
    assert truth.placed(file, near) == {}


def test_companies_are_pooled_by_their_units():
    total = truth.pooled([{BUY: Counted(8, 10, 1)}, {BUY: Counted(10, 30, 2), CONTACT: Counted(1, 2)}])
    assert total == {BUY: Counted(18, 40, 3), CONTACT: Counted(1, 2)}


def test_time_between_messages_belongs_to_the_step_begun():
    ticks = iter([(0, 0), (1, 2), (3, 5), (4, 7), (9, 13)])
    steps = Steps(lambda: next(ticks))
    for text in ("reading a.csv (x)", "reading b.csv (x)", "checking"):
        steps(text)
    steps.note()
    assert steps.spent == {
        "build: before the first message": (1, 2),
        "build: reading the files": (3, 5),
        "build: checking": (5, 6),
    }
