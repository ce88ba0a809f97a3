"""Changes in words: no echo of the same thing, the channel where one alone moved, and a change of mix that is no news."""

from dataclasses import dataclass, field, replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from metrics.analyses.mix_effects import Part, Split
from metrics.catalogue.load import catalogue
from metrics.query.query import Query
from metrics.statistics.core import Estimate
from metrics.statistics.weeks.periods import step_week
from report.findings.change_findings import _finding, without_echoes
from report.findings.finding import GOOD, INFORMATION, URGENT, WATCH

RELEASE = {"day": date(2026, 7, 13), "kind": "release", "stage": "Buy", "text": "App 5.2"}
SHIFT = Split(
    "completion_rate",
    "device",
    0.72,
    0.68,
    0.02,
    -0.06,
    (Part("mobile", 0.4, 0.7, 0.60, 0.62), Part("desktop", 0.6, 0.3, 0.80, 0.82)),
    0.02,
    Estimate(-0.06, -0.07, -0.05),
)


@dataclass(frozen=True)
class Moved:
    """As much of a Change as its words need."""

    metric: str
    diff: float
    stage: str | None = "Buy"
    channel: str | None = None
    notable: bool = True
    mix: Split | None = None
    standing: bool = False
    within: bool = False
    held: bool = False
    since: date | None = date(2026, 7, 13)
    before: float = 0.03
    rank: float = 1.0
    low: float = 0.01
    high: float = 0.06
    now: object = field(default_factory=lambda: SimpleNamespace(value=0.08, compare=None))
    season: float = 0.0
    exploratory: bool = False

    @property
    def now_value(self) -> float:
        return self.now.value

    @property
    def definition(self):
        return catalogue()[self.metric]

    @property
    def better(self) -> bool | None:
        if self.mix and self.mix.composition_only:
            return None
        return (self.diff > 0) == (self.definition.better == "higher")


def say(change: Moved, *others: Moved, dated=()):
    known = SimpleNamespace(owners={("J", "Buy"): "checkout team"})
    return _finding(change, [change, *others], Query((), "J"), known, list(dated))


def test_dropping_off_more_is_not_told_beside_completing_less():
    fall, rise = Moved("completion_rate", -0.04), Moved("drop_off_rate", 0.04)
    assert without_echoes([fall, rise]) == [fall]
    assert without_echoes([rise]) == [rise]


def test_the_one_channel_that_moved_is_told_and_not_the_stage():
    whole, app, web = (
        Moved("error_rate", 0.02),
        Moved("error_rate", 0.05, channel="app"),
        Moved("error_rate", 0.0, channel="web", notable=False),
    )
    assert without_echoes([app, web, whole]) == [app]
    both = Moved("error_rate", 0.03, channel="web")
    assert without_echoes([app, both, whole]) == [whole]


def test_the_journey_is_not_told_beside_its_stage():
    journey, stage = Moved("error_rate", 0.02, stage=None), Moved("error_rate", 0.05)
    assert without_echoes([journey, stage]) == [stage]
    assert without_echoes([journey]) == [journey]


def test_a_change_of_mix_is_information():
    """T1: completion falls 4 points while each device rises 2."""
    found = say(Moved("completion_rate", -0.04, mix=SHIFT))
    assert found.kind == INFORMATION
    assert found.claim == "Buy: completion rate fell by 4.0 points; each device rose. More visits came by mobile."
    assert (
        "+2.0 points within each device, −6.0 points (−7.0 to −5.0) with the mix (mobile 40 → 70 %)" in found.evidence
    )


def test_a_mix_that_is_not_sure_is_no_reason():
    """The same fall, but the mix part could as well be 0: it is told as a fall, for better or worse is known."""
    unsure = replace(SHIFT, shift=Estimate(-0.06, -0.14, 0.02))
    assert not unsure.composition_only and say(Moved("completion_rate", -0.04, mix=unsure)).kind != INFORMATION


@pytest.mark.parametrize(
    ("change", "dated", "kind"),
    [
        (Moved("error_rate", 0.05), (), WATCH),
        (Moved("error_rate", 0.05, standing=True), (), URGENT),
        (Moved("error_rate", 0.05), (RELEASE,), URGENT),
        (Moved("error_rate", 0.05), (RELEASE | {"stage": "Find"},), WATCH),
        (Moved("error_rate", 0.05), (RELEASE | {"day": date(2026, 6, 1)},), WATCH),
        (Moved("error_rate", catalogue()["error_rate"].matters * 1.5, standing=True), (), WATCH),
        (Moved("error_rate", -0.05, standing=True), (), GOOD),
    ],
)
def test_urgent_is_worse_and_standing_or_met_by_a_release_of_its_stage(change, dated, kind):
    assert say(change, dated=dated).kind == kind


def test_the_sentence_names_where_it_did_not_move_and_what_happened_beside_it():
    found = say(
        Moved("error_rate", 0.05, channel="app"),
        Moved("error_rate", 0.0, channel="web", notable=False),
        dated=(RELEASE,),
    )
    assert found.claim == "Buy in the app: visits with an error rose by 5.0 points."
    assert found.evidence.endswith("nothing notable on the web; since 13 Jul 2026 (at that time: App 5.2).")
    assert found.owner == "checkout team"


@pytest.mark.parametrize(
    ("series", "step"),
    [
        ([1, 1, 1, 5, 5], 3),
        ([1, 5, 5, 5], 1),
        ([1, np.nan, 1, 5, 5], 3),
        ([1, 1, 1, 4.9, 1.2, 5, 5], 3),
        ([2, 2, 2], None),
        ([np.nan, 3], None),
    ],
)
def test_the_week_a_level_changed(series, step):
    """The split with the smallest sum of squares: one week that falls back does not hide it."""
    assert step_week(series) == step


def test_a_change_within_ways_of_asking_says_so():
    known = SimpleNamespace(owners={})
    found = _finding(Moved("csat_t2b_5", 0.06, since=None, within=True), [], Query(("csat_t2b_5",), "J"), known, [])
    assert "beyond normal variation, within the same ways of asking" in found.evidence


def test_the_part_of_the_season_is_said_and_both_values_stand_on_one_ground():
    """72 as measured, 70 asked alike, 76 then: 70 − 76 = −6, of which the time of year makes 2: −4 is told."""
    compared = SimpleNamespace(alike=0.70, within=True)

    @dataclass(frozen=True)
    class Alike(Moved):
        @property
        def now_value(self) -> float:
            return self.now.compare.alike

    change = Alike(
        "csat_t2b_5",
        -0.04,
        before=0.76,
        season=-0.02,
        since=None,
        within=True,
        now=SimpleNamespace(value=0.72, compare=compared),
    )
    found = _finding(change, [], Query(("csat_t2b_5",), "J"), SimpleNamespace(owners={}), [])
    assert "after allowing for a changed survey 76.0 % → 70.0 %" in found.evidence
    assert "−2.0 points of it by the time of year, taken out" in found.evidence


def test_a_change_under_filters_is_called_exploratory():
    assert "exploratory: of a filtered view" in say(Moved("error_rate", 0.05, exploratory=True)).evidence
    assert "exploratory" not in say(Moved("error_rate", 0.05)).evidence
