"""python -m benchmarks attacks in short: what is withheld from a viewer of groups cannot be computed from related answers."""

from datetime import date, timedelta

import numpy as np
import pytest

from benchmarks.attacks import beyond, measure, render
from benchmarks.attacks.ground import Asked, Box, Ground
from benchmarks.attacks.tries import solve
from data.store.opened import GROUPS
from tests.core.stand_in import StandIn

FIRST, WEEKS = date(2026, 1, 5), 26
JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
    surveys = ["buy"]
    [[journey.stage]]
    name = "Care"
    paths = ["/care"]
    surveys = ["care"]
    [[survey]]
    name = "buy"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "care"
    kind = "transactional"
    trigger = "random"
"""
START = (
    f"occurred_at  customer_id  url\n{FIRST}T10:00  k1  /cart\n{FIRST + timedelta(days=7 * WEEKS - 1)}T10:00  k1  /cart"
)
USUAL = {"mobile": 12.0, "desktop": 8.0, "tablet": 2.0}
PLACES = {"north": 0.5, "south": 0.3, "east": 0.15, "west": 0.05}


def answers() -> str:
    """100 people wrote of Buy over the last quarter, 12 of them in German and 2 in Basque; three of Care, and twenty of no stage."""
    said = [("en", "buy", "The delivery was late again")] * 86 + [("de", "buy", "Die Lieferung war sehr gut")] * 12
    said += [("eu", "buy", "Oso ondo guztia")] * 2 + [("en", "care", "Nobody answered my call")] * 3
    said += [("en", "brand", "A company I know well")] * 20
    lines = ["response_id  customer_id  responded_at  survey  metric  scale_min  scale_max  score  language  comment"]
    for n, (language, survey, text) in enumerate(said):
        day = FIRST + timedelta(days=7 * (13 + n % 13))
        lines.append(f"r{n}  a{n}  {day}T10:00  {survey}  csat  1  5  {1 + n % 5}  {language}  {text} {n}")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, web_events=START, survey_answers=answers())


@pytest.fixture(scope="module")
def sparse(built):
    """26 weeks of visits, each person once, of devices and regions from frequent to rare."""
    rng, rows = np.random.default_rng(5), []
    for week in range(WEEKS):
        for device, mean in USUAL.items():
            for region, share in PLACES.items():
                for _ in range(rng.poisson(2 * mean * share)):
                    day = FIRST + timedelta(days=7 * week + int(rng.integers(7)))
                    rows.append({"day": day.isoformat(), "device": device, "region": region, "person_id": len(rows)})
    return StandIn(built).with_visits(rows)


def test_a_withheld_cell_stays_withheld_under_every_attack_and_is_an_easy_prey_without(sparse):
    lines = measure(sparse, 150, 3, lambda _: None, metrics=("completion_rate",), names=("device", "region"))
    tried = {(line.kind, line.mode): line for line in lines}
    for (kind, mode), line in tried.items():
        if mode == GROUPS:
            assert (line.tried, line.exact, line.narrowed) == (30, 0, 0), kind
    assert sum(line.exact for line in lines if line.mode != GROUPS) >= 5  # the attacks are ones
    assert "| a pair of filters | for a viewer of groups | 30 | 0 | 0 |" in render(lines)


def test_words_causes_and_cases_give_nothing_away_beside_one_another(built):
    """Judged of each cut anew, the Basque two are told by what is left; causes of a week less are another answer; a target nobody misses says
    what three people answered."""
    lines = beyond.measure(
        built.store.generation(), 12, 5, lambda _: None
    )  # enough that some case of any catalogue is one that tells
    tried = {(line.kind, line.mode): line for line in lines}
    for (kind, mode), line in tried.items():
        if mode == GROUPS:
            assert (line.tried, line.exact, line.narrowed) == (12, 0, 0), kind
        else:
            assert line.narrowed, kind  # the attacks are ones


def test_a_linear_program_narrows_a_count_to_what_the_answers_leave(sparse):
    """Total less the other devices is the tablet; of the total alone it can be anything up to it."""
    ground = Ground("completion_rate", "Buy", ("device", "region"), sparse)
    tablet = Box((frozenset(["tablet"]), None), 0, WEEKS)
    total, others = Box((None, None), 0, WEEKS), Box((frozenset(["mobile", "desktop"]), None), 0, WEEKS)
    count = float(ground.truth[ground.values[0].index("tablet")].sum())
    assert solve(ground, tablet, [Asked(total), Asked(others)], "").exact
    assert solve(ground, tablet, [Asked(total), Asked(others)], "").low == pytest.approx(count)
    found = solve(ground, tablet, [Asked(total)], "")
    assert (found.low, found.high) == (0.0, pytest.approx(float(ground.truth.sum())))
