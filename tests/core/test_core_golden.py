"""The worked values of the catalogue, from plain files through the whole build: a table in, the published number out."""

import pytest

from report.words import words
from tests.core.company import table

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["after order"]
    goal = "event:purchase"

    [[survey]]
    name = "after order"
    kind = "transactional"
    trigger = "random"

    [[survey]]
    name = "yearly"
    kind = "relationship"
    trigger = "random"
"""


def answers(survey: str, metric: str, counts: dict[int, int], scale: str) -> str:
    """One row an answer: `counts` of each score. Nobody answers twice."""
    low, high = scale.split("-")
    lines = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score"]
    scores = [score for score, count in counts.items() for _ in range(count)]
    lines += [f"c{n}  2026-03-02T10:00  {survey}  {metric}  {low}  {high}  {score}" for n, score in enumerate(scores)]
    return "\n".join(lines)


NPS = [
    # promoters, passives, detractors → score, low, high
    (50, 30, 20, 30.0, 14.1, 44.2),
    (15, 9, 6, 30.0, 0.7, 53.9),
    (250, 675, 75, 17.5, 14.09, 20.81),
]


@pytest.mark.parametrize(("promoters", "passives", "detractors", "score", "low", "high"), NPS)
@pytest.mark.parametrize(("survey", "metric"), [("after order", "nps_transactional"), ("yearly", "nps_relationship")])
def test_nps(company, survey, metric, promoters, passives, detractors, score, low, high):
    """NPS = 100 × (promoters − detractors) ÷ answers, with the adjusted Wald interval (Rocks 2016), in both variants."""
    built = company(
        journey=JOURNEY, survey_answers=answers(survey, "nps", {10: promoters, 8: passives, 3: detractors}, "0-10")
    )
    cell = built.one(metric)
    assert cell.n == cell.persons == promoters + passives + detractors
    assert cell.value == pytest.approx(score, abs=0.05)
    assert (cell.low, cell.high) == pytest.approx((low, high), abs=0.05)


def test_the_two_nps_are_never_pooled(company):
    """50/30/20 after an order and 0/0/10 in the yearly survey: 30 and −100, and no number that mixes them."""
    files = {
        "order.csv": table(answers("after order", "nps", {10: 50, 8: 30, 3: 20}, "0-10")),
        "yearly.csv": table(answers("yearly", "nps", {0: 10}, "0-10")),
    }
    sources = "".join(
        f'[[source]]\nname = "{name}"\nreader = "table"\npath = "{name}.csv"\ntable = "survey_answers"\n'
        for name in ("order", "yearly")
    )
    built = company(journey=JOURNEY, files=files, sources=sources)
    assert built.one("nps_transactional").value == pytest.approx(30)
    assert built.one("nps_relationship").value == -100


def test_csat_is_the_share_of_fours_and_fives(company):
    """Nine 5s, four 4s, three 3s, two 2s and one 1: 13 of 19 = 68.4 %, not the mean of 3.95."""
    built = company(
        journey=JOURNEY, survey_answers=answers("after order", "csat", {5: 9, 4: 4, 3: 3, 2: 2, 1: 1}, "1-5")
    )
    cell = built.one("csat_t2b_5")
    assert (cell.n, round(cell.value, 4)) == (19, 0.6842)
    assert cell.state == "few"


def pair_company() -> dict[str, str]:
    """412 customers, a visit and an answer each: smooth = bought, struggled = left; satisfied = 5, unhappy = 2."""
    events, scores, number = (
        ["occurred_at  customer_id  event_name  url"],
        ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"],
        0,
    )
    for bought, score, count in ((True, 5, 205), (True, 2, 120), (False, 5, 48), (False, 2, 39)):
        for _ in range(count):
            number += 1
            events.append(f"2026-03-02T10:00  c{number}  page_view  /checkout")
            events += [f"2026-03-02T10:01  c{number}  purchase  -"] if bought else []
            scores.append(f"2026-03-02T12:00  c{number}  after order  csat  1  5  {score}")
    return {"web_events": "\n".join(events), "survey_answers": "\n".join(scores)}


def test_the_pair(company):
    """205 smooth and satisfied, 120 smooth and unhappy, 48 struggled and satisfied, 39 struggled and unhappy.

    Unhappy 120/325 = 36.9 % of smooth and 39/87 = 44.8 % of struggled; 120/159 = 75.5 % (68.2–81.5) of the unhappy came
    from smooth visits; (159 − 412·120/325)/159 = 4.3 % goes with friction.
    """
    built = company(journey=JOURNEY, **pair_company())
    table = built.rows(
        "select struggled, avg(unhappy::int), count(*) from occasions group by struggled order by struggled"
    )
    assert [(hard, round(share, 3), n) for hard, share, n in table] == [(False, 0.369, 325), (True, 0.448, 87)]
    though = built.one("unhappy_though_smooth", stages=("Buy",))
    assert (though.value, though.low, though.high) == pytest.approx((0.755, 0.682, 0.815), abs=5e-4)
    assert built.one("satisfied_though_hard").value == pytest.approx(48 / 253)
    hard = built.one("unhappy_attributable_to_friction")
    assert hard.value == pytest.approx(0.043, abs=5e-4)
    assert (hard.low, hard.high) == pytest.approx((-0.02, 0.11), abs=5e-3)
    assert hard.beside == ()  # no mark of friction but the missed goal, which is always seen


def test_what_goes_with_friction_stands_beside_the_recordings_blind_spot(company):
    """All 400 buy; 40 met an error, 30 of them unhappy; of the 360 others 90. (120 − 400·90/360)/120 = 16.7 %. If half of the errors are
    recorded, 40 more with 30 unhappy lie among the 360: 320 with 60, (120 − 400·60/320)/120 = 37.5 %."""
    events, scores, number = (
        ["occurred_at  customer_id  event_name  url"],
        ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"],
        0,
    )
    for error, score, count in ((True, 2, 30), (True, 5, 10), (False, 2, 90), (False, 5, 270)):
        for _ in range(count):
            number += 1
            events.append(f"2026-03-02T10:00  c{number}  page_view  /checkout")
            events += [f"2026-03-02T10:00:30  c{number}  error  /checkout"] if error else []
            events.append(f"2026-03-02T10:01  c{number}  purchase  -")
            scores.append(f"2026-03-02T12:00  c{number}  after order  csat  1  5  {score}")
    built = company(journey=JOURNEY, web_events="\n".join(events), survey_answers="\n".join(scores))
    cell = built.one("unhappy_attributable_to_friction", stages=("Buy",))
    half = cell.beside[0]
    assert cell.value == pytest.approx(1 / 6) and half.value == pytest.approx(0.375) and half.low < 0.375 < half.high
    assert words.friction_share(cell).startswith(
        "recorded friction goes with 16.7 % ("
    ) and "; what-if: 37.5 % (" in words.friction_share(cell)
    assert ") if 50 % of friction is recorded" in words.friction_share(cell)
