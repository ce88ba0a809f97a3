"""Levels below the company's own line are findings, change or no change: once a stage, after what moved, before mere information."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.analyses.changes import Change
from metrics.analyses.stage_scores import Target, positions
from metrics.catalogue.load import catalogue
from metrics.codes import NoteCode, remark
from metrics.query import context
from metrics.query.query import Query
from metrics.query.result import Compare, State
from report.findings import below_target
from report.findings.finding import GOOD, INFORMATION, URGENT, WATCH, Finding
from report.findings.findings import MOST, _judged, _most, findings
from report.words.position_words import position_name

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    goal = "path:/list"
    targets = { completion_rate = { line = 0.40, target = 0.60 } }
    [[journey.stage]]
    name = "Buy"
    owner = "checkout team"
    paths = ["/cart"]
    goal = "event:purchase"
    surveys = ["after"]
    targets = { completion_rate = { line = 0.70, target = 0.90 }, csat_t2b_5 = { line = 0.70, target = 0.80 }, error_rate = { line = 0.30, target = 0.10 } }
    [[survey]]
    name = "after"
    kind = "transactional"
    trigger = "random"
"""


@pytest.fixture(scope="module")
def built(module_company):
    """200 people come to the cart, half of them buy, every fifth meets an error; 100 answered, 40 of them 4 or 5.

    Find: 200 visits, half of them go on to the list: above its line of 40 %.
    """
    rows, said = [], []
    for n in range(200):
        at = f"2026-03-{2 + n % 20:02}T10"
        rows += [f"{at}:00  c{n}  page_view  /", f"{at}:20  c{n}  page_view  /cart"]
        rows += [f"{at}:10  c{n}  page_view  /list"] * (n % 2) + [f"{at}:30  c{n}  purchase  /cart"] * (n % 2)
        rows += [f"{at}:25  c{n}  js_error  /cart"] * (n % 5 == 0)
        if n < 100:
            said.append(f"{at}:40  c{n}  after  csat  {5 if n % 5 < 2 else 2}  1  5")
    return module_company(
        journey=JOURNEY,
        web_events="\n".join(["occurred_at  customer_id  event_name  url", *rows]),
        survey_answers="\n".join(["responded_at  customer_id  survey  metric  score  scale_min  scale_max", *said]),
    )


def told(built) -> list[Finding]:
    query = Query(("completion_rate",), start=date(2026, 3, 1), end=date(2026, 3, 28))
    return findings(query, built.store.generation(), positions(query, built.store.generation()), [])


def test_a_level_below_the_line_is_told_once_a_stage_with_its_owner(built):
    """Buy: 50 % completed (line 70), 40 % satisfied (line 70): both surely below, in one sentence, the farther one first.
    Errors of 20 % are on the good side of a line of 30; Find stands above its line."""
    found = [f for f in told(built) if f.kind == WATCH]
    assert [(f.stage, f.owner, f.metric) for f in found] == [("Buy", "checkout team", "csat_t2b_5")]
    assert found[0].claim == "Buy is below your minimum: satisfied 40.0 % and completed 50.0 %."
    for said in (
        "satisfied 40.0 % against a minimum of 70 % (target ",
        "n 100 of those who answered, response rate unknown)",
        "completed 50.0 % against a minimum of 70 % (target ",
        "n 200 visits)",
    ):
        assert said in found[0].evidence
    assert "error" not in found[0].evidence


@pytest.mark.parametrize(
    ("target", "line", "missed"),
    [(0.90, 0.58, True), (0.90, 0.55, False), (0.90, 0.45, False), (0.10, 0.42, True), (0.10, 0.45, False)],
)
def test_only_a_whole_interval_beyond_the_line_misses_it(built, target, line, missed):
    """Completed 50 % of 200: 43.1–56.9. Where more is better the upper end decides, where less is better the lower."""
    cell = built.show("completion_rate", by="stage", stages=("Buy",))[0]
    assert (round(cell.low, 3), round(cell.high, 3)) == (0.431, 0.569)
    assert below_target.misses(cell, Target(catalogue()["completion_rate"], line, target, 1)) is missed
    assert not below_target.misses(
        replace(cell, state=State.SUPPRESSED, value=None, low=None, high=None),
        Target(catalogue()["completion_rate"], 0.9, 0.95, 1),
    )


def test_a_stage_named_already_is_not_told_twice(built):
    """Works but disappoints says it already: then the level is not told again."""
    generation, query = built.store.generation(), Query(("completion_rate",), "J")
    places = positions(query, generation)
    told_of = [
        [f.stage for f in below_target.findings_of(places, named, query, generation, context.read(generation))]
        for named in (set(), {"Buy"})
    ]
    assert told_of == [["Buy"], []]


def test_levels_take_the_place_of_information_only():
    """Three that moved, two of information and three levels: five, and nothing that moved is lost."""

    def one(kind: str, name: str, weight: float) -> Finding:
        return Finding(kind, name, "", "stage", None, None, None, weight)

    found = [
        one(URGENT, "u", 1),
        one(GOOD, "g", 1),
        one(WATCH, "w", 1),
        one(INFORMATION, "i", 9),
        one(INFORMATION, "j", 8),
    ]
    levels = [one(WATCH, name, weight) for name, weight in (("a", 0.9), ("b", 0.5), ("c", 0.1))]
    assert [f.claim for f in _most(found, levels)] == ["u", "w", "a", "b", "g"]
    crowd = [one(GOOD, f"g{n}", n) for n in range(MOST)]
    assert {f.claim for f in _most(crowd, levels)} == {"g0", "g1", "g2", "g3", "g4"}


@pytest.mark.parametrize(
    ("note", "normal", "said"),
    [
        ("", 4.0, "within its normal range"),
        ("", 1.0, "beyond its normal range, too small to matter"),
        ("too_noisy", None, "its weeks vary too much to say what is normal"),
        ("no_normal_range", None, "no normal range known yet"),
    ],
)
def test_what_is_said_of_a_number_that_is_no_news(built, note, normal, said):
    bare = built.one("completion_rate", stages=("Buy",))
    cell = replace(bare, compare=Compare(date(2026, 1, 1), date(2026, 3, 1), 20.0, 2.0, 1.0, 3.0))
    assert _judged(bare, None) == "not compared with another period"
    assert (
        _judged(cell, Change("nps_relationship", None, cell, 20, 2.0, None, None, normal, None, None, False, note))
        == said
    )


def test_a_number_asked_in_another_way_then_is_not_said_to_lack_a_range(built):
    period = date(2026, 1, 1), date(2026, 3, 1)
    other = Compare(*period, 20.0, None, None, None, note=remark(NoteCode.ASKED_OTHERWISE_THEN))
    assert (
        _judged(replace(built.one("completion_rate", stages=("Buy",)), compare=other), None)
        == "asked in another way then: not compared"
    )


LINES = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
    surveys = ["after"]
    targets = { completion_rate = { line = 0.70, target = 0.90 }, csat_t2b_5 = { line = 0.70, target = 0.80 } }
    [[survey]]
    name = "after"
    kind = "transactional"
    trigger = "random"
"""


@pytest.mark.parametrize(("answerers_done", "name"), [(85, "works but disappoints"), (40, "cannot tell")])
def test_who_answered_must_have_found_it_as_smooth_as_everybody(company, answerers_done, name):
    """Of 300 silent people 285 buy; 100 answered, 20 of them satisfied. Where 85 of these bought, it works and disappoints. Where
    only 40 did, everybody's completion is still 81 %, and the unhappy are those for whom it did not work."""
    rows, said = [], []
    for n in range(400):
        at, answers = f"2026-03-{2 + n % 20:02}T10", n < 100
        rows.append(f"{at}:00  c{n}  page_view  /cart")
        rows += [f"{at}:10  c{n}  purchase  /cart"] * ((n * 37 % 100 < answerers_done) if answers else n < 385)
        said += [f"{at}:40  c{n}  after  csat  {5 if n % 5 == 0 else 2}  1  5"] * answers
    built = company(
        journey=LINES,
        web_events="\n".join(["occurred_at  customer_id  event_name  url", *rows]),
        survey_answers="\n".join(["responded_at  customer_id  survey  metric  score  scale_min  scale_max", *said]),
    )
    (place,) = positions(Query(("completion_rate",)), built.store.generation())
    assert place.ux.value > 50 > place.cx.value
    assert position_name(place) == name
