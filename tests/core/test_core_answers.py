"""What an answer means: every survey metric × empty scores, turned scales, colleagues, repeats, no dates, weights, other kinds and scales.

Each row of CASES is a metric with its survey's kind, the scale, and by score: how many gave it and the points one such answer is worth. The
value is Σ answers × points ÷ answers, worked by hand beside it (of NPS × 100).
"""

import pytest

from metrics.codes import BesideCode
from report.words.reasons import reason_text
from tests.core.company import block, warned

T, R, P, S = "transactional", "relationship", "post_contact", "research"
CASES = {  # metric: (kind, metric of the source, lowest, highest, {score: (answers, points)}, value)
    "csat_t2b_5": (T, "csat", 1, 5, {5: (6, 1), 4: (2, 1), 3: (2, 0)}, 0.8),
    "csat_mean": (T, "csat", 1, 5, {5: (6, 5), 4: (2, 4), 3: (2, 3)}, 4.4),
    "csat_3": (T, "csat", 1, 3, {3: (6, 1), 2: (3, 0), 1: (1, 0)}, 0.6),
    "csat_t2b_4": (T, "csat", 1, 4, {4: (3, 1), 3: (3, 1), 2: (4, 0)}, 0.6),
    "csat_t2b_6": (T, "csat", 1, 6, {6: (3, 1), 5: (2, 1), 4: (5, 0)}, 0.5),
    "csat_t3b_7": (T, "csat", 1, 7, {7: (3, 1), 5: (3, 1), 4: (4, 0)}, 0.6),
    "csat_t3b_10": (T, "csat", 1, 10, {10: (4, 1), 8: (3, 1), 7: (3, 0)}, 0.7),
    "csat_t3b_11": (T, "csat", 0, 10, {10: (4, 1), 8: (3, 1), 7: (3, 0)}, 0.7),
    "csat_yes_no": (T, "csat", 0, 1, {1: (7, 1), 0: (3, 0)}, 0.7),
    "csat_t2b_5_relationship": (R, "csat", 1, 5, {5: (6, 1), 4: (2, 1), 3: (2, 0)}, 0.8),
    "csat_post_contact": (P, "csat", 1, 5, {5: (6, 1), 4: (2, 1), 3: (2, 0)}, 0.8),
    "csat_post_contact_yes_no": (P, "csat", 0, 1, {1: (7, 1), 0: (3, 0)}, 0.7),
    "ces_7_t3b": (T, "ces", 1, 7, {7: (2, 1), 5: (3, 1), 4: (5, 0)}, 0.5),
    "ces_7_mean": (T, "ces", 1, 7, {7: (2, 7), 5: (3, 5), 4: (5, 4)}, 4.9),
    "ces_7_t3b_post_contact": (P, "ces", 1, 7, {7: (2, 1), 5: (3, 1), 4: (5, 0)}, 0.5),
    "ces_5_t2b": (T, "ces", 1, 5, {5: (3, 1), 4: (3, 1), 3: (4, 0)}, 0.6),
    "ces_5_t2b_post_contact": (P, "ces", 1, 5, {5: (3, 1), 4: (3, 1), 3: (4, 0)}, 0.6),
    "seq": (T, "seq", 1, 7, {7: (5, 7), 4: (5, 4)}, 5.5),
    "seq_research": (S, "seq", 1, 7, {7: (5, 7), 4: (5, 4)}, 5.5),
    "nps_transactional": (T, "nps", 0, 10, {10: (6, 1), 8: (2, 0), 6: (2, -1)}, 40),
    "nps_relationship": (R, "nps", 0, 10, {10: (6, 1), 8: (2, 0), 6: (2, -1)}, 40),
    "nps_1_10_transactional": (T, "nps", 1, 10, {9: (6, 1), 8: (2, 0), 1: (2, -1)}, 40),
    "nps_1_10_relationship": (R, "nps", 1, 10, {9: (6, 1), 8: (2, 0), 1: (2, -1)}, 40),
    "expectation_met": (T, "disconfirmation", -1, 1, {1: (3, 1), 0: (4, 1), -1: (3, 0)}, 0.7),
}
WHOLE = {metric for metric, case in CASES.items() if case[0] in (R, S)}
HEAD = (
    "response_id",
    "responded_at",
    "survey",
    "survey_kind",
    "trigger",
    "metric",
    "scale_min",
    "scale_max",
    "score",
    "higher_is_better",
    "customer_id",
    "weight",
    "comment",
)
PEOPLE = "customer_id,staff_test\n" + "".join(f"emp-{metric}-{place},true\n" for metric in CASES for place in range(10))
SOURCES = block("answers", "answers.csv", "survey_answers") + block("people", "people.csv", "people")


def rows(change=lambda row, metric, place: [row]) -> str:
    """The file of all cases; `change(row, metric, place)` gives the rows in a row's place."""
    lines = [",".join(HEAD)]
    for metric, (kind, name, low, high, scores, _) in CASES.items():
        given = [score for score, (answers, _) in scores.items() for _ in range(answers)]
        for place, score in enumerate(given):
            row = {
                "response_id": f"{metric}-{place}",
                "responded_at": "2026-03-02T10:00",
                "survey": metric,
                "survey_kind": kind,
                "trigger": "random",
                "metric": name,
                "scale_min": low,
                "scale_max": high,
                "score": score,
                "customer_id": f"{metric}-{place}",
            }
            lines += [",".join(str(one.get(key, "")) for key in HEAD) for one in change(row, metric, place)]
    return "\n".join(lines) + "\n"


def build(module_company, text: str):
    journey = '[[journey]]\nname = "J"\n' + "".join(
        f'[[journey.stage]]\nname = "{metric}"\nsurveys = ["{metric}"]\n' for metric in CASES
    )
    return module_company(journey=journey, files={"answers.csv": text, "people.csv": PEOPLE}, sources=SOURCES)


def cell(built, metric: str, **query):
    return built.one(metric, **query) if metric in WHOLE else built.one(metric, stages=(metric,), **query)


def nothing_else(row, metric, place):
    return [row]


def empty_scores(row, metric, place):
    """As many people write words only."""
    return [
        row,
        row
        | {
            "response_id": row["response_id"] + "w",
            "customer_id": row["customer_id"] + "w",
            "score": "",
            "comment": "only words here",
        },
    ]


def turned(row, metric, place):
    """Asked the other way round: 1 is best."""
    return [row | {"score": row["scale_min"] + row["scale_max"] - row["score"], "higher_is_better": "false"}]


def colleagues(row, metric, place):
    """Ten colleagues try every survey and give the worst score."""
    return [
        row,
        row | {"response_id": f"{metric}-{place}-x", "customer_id": f"emp-{metric}-{place}", "score": row["scale_min"]},
    ]


def on_exit(row, metric, place):
    """Asked again of who leaves, of stages only: a sample by outcome never counts."""
    asked = row["survey_kind"] == T
    return (
        [
            row,
            row
            | {
                "response_id": f"{metric}-{place}-x",
                "customer_id": f"{metric}-x",
                "trigger": "on_exit",
                "score": row["scale_min"],
            },
        ]
        if asked
        else [row]
    )


@pytest.fixture(
    scope="module", params=[nothing_else, empty_scores, turned, colleagues, on_exit], ids=lambda change: change.__name__
)
def same(request, module_company):
    return build(module_company, rows(request.param))


@pytest.mark.parametrize("metric", CASES)
def test_what_must_not_move_a_number_does_not(same, metric):
    """Ten answers and the value of CASES, whatever else the file holds."""
    found = cell(same, metric)
    assert (found.n, found.persons, found.value) == (10, 10, pytest.approx(CASES[metric][5]))


@pytest.fixture(scope="module")
def repeated(module_company):
    """Everybody answered the same a week before."""
    return build(
        module_company,
        rows(
            lambda row, metric, place: [
                row,
                row | {"response_id": row["response_id"] + "b", "responded_at": "2026-02-23T10:00"},
            ]
        ),
    )


@pytest.mark.parametrize("metric", CASES)
def test_a_person_who_answers_twice(repeated, metric):
    """One vote a person about the relationship and in research; of a stage every occasion is one, and the interval knows the people."""
    found = cell(repeated, metric)
    assert (found.n, found.persons, found.value) == (10 if metric in WHOLE else 20, 10, pytest.approx(CASES[metric][5]))


@pytest.fixture(scope="module")
def undated(module_company):
    """Half as many again without any date, all of the worst."""
    return build(
        module_company,
        rows(
            lambda row, metric, place: (
                [row]
                + (
                    [
                        row
                        | {
                            "response_id": row["response_id"] + "u",
                            "customer_id": row["customer_id"] + "u",
                            "responded_at": "",
                            "score": row["scale_min"],
                        }
                    ]
                    if place < 5
                    else []
                )
            )
        ),
    )


@pytest.mark.parametrize("metric", CASES)
def test_answers_without_a_date_are_in_no_period(undated, metric):
    from datetime import date

    within = cell(undated, metric, start=date(2026, 3, 1), end=date(2026, 3, 31))
    assert (within.n, within.value) == (10, pytest.approx(CASES[metric][5]))
    assert cell(undated, metric).n == 15


@pytest.fixture(scope="module")
def weighted(module_company):
    """Whoever gave the highest score listed first weighs 3, the others 1."""

    def heavy(row, metric, place):
        return [row | {"weight": "3" if place < next(iter(CASES[metric][4].values()))[0] else "1"}]

    return build(module_company, rows(heavy))


@pytest.mark.parametrize("metric", CASES)
def test_weights_of_the_source_are_applied(weighted, metric):
    """Σ w × points ÷ Σ w; n_eff = (Σw)² ÷ Σw² (Kish); the unweighted value stands beside it. CSAT: (18 + 2) ÷ 22, n_eff 22² ÷ 58."""
    scores, times = list(CASES[metric][4].values()), 100 if metric.startswith("nps") else 1
    weights = [3 if place == 0 else 1 for place in range(len(scores))]
    total = sum(w * n for w, (n, _) in zip(weights, scores))
    found = cell(weighted, metric)
    assert (found.n, found.persons) == (10, 10)
    assert found.value == pytest.approx(times * sum(w * n * points for w, (n, points) in zip(weights, scores)) / total)
    assert found.n_eff == pytest.approx(total**2 / sum(w * w * n for w, (n, _) in zip(weights, scores)))
    (plain,) = [one for one in found.beside if one.code is BesideCode.UNWEIGHTED]
    assert plain.value == pytest.approx(CASES[metric][5])
    assert "10 of 10 answers bring one" in " ".join(warned(found))


@pytest.fixture(scope="module")
def elsewhere(module_company):
    """Of another kind: what was about a stage is research, the rest about a stage."""
    return build(
        module_company, rows(lambda row, metric, place: [row | {"survey_kind": S if row["survey_kind"] == T else T}])
    )


@pytest.mark.parametrize("metric", sorted(set(CASES) - WHOLE))
def test_another_kind_of_survey_is_another_metric(elsewhere, metric):
    found = cell(elsewhere, metric)
    assert (found.state, found.value, found.n) == ("not_asked", None, 0)


@pytest.fixture(scope="module")
def unheard_of(module_company):
    """On a scale no metric is known on, in everything else as it should be."""
    return build(
        module_company,
        rows(
            lambda row, metric, place: [
                row | {"scale_min": -20, "scale_max": 20}
                if row["metric"] != "disconfirmation"
                else row | {"scale_min": -20, "scale_max": 21}
            ]
        ),
    )


@pytest.mark.parametrize("metric", CASES)
def test_another_scale_gives_a_reason(unheard_of, metric):
    found = cell(unheard_of, metric)
    assert (found.state, found.value) == ("not_asked", None)
    assert f"no metric counts {CASES[metric][1]} on a scale of -20 to 2" in reason_text(found.reason)


def test_the_answers_of_another_scale_are_named(module_company):
    """1,200 answers on 1–7 are no CSAT of five points, and the reason says which metric counts them."""
    built = build(module_company, rows(nothing_else))
    reason = reason_text(built.one("csat_t2b_5", stages=("csat_t3b_7",)).reason)
    assert "10 answers on 1 to 7 of a stage, counted by csat_t3b_7" in reason


def test_nps_of_one_to_five_is_no_nps(company):
    """All give 4 or 5 of 5: NPS would be −100. It is not asked on a scale it is defined on, and says so."""
    answers = "response_id  responded_at  survey  survey_kind  metric  scale_min  scale_max  score\n" + "\n".join(
        f"r{n}  2026-03-02T10:00  s  relationship  nps  1  5  {4 + n % 2}" for n in range(20)
    )
    found = company(survey_answers=answers)
    assert found.one("nps_relationship").state == "not_asked"
    assert "20 answers not counted: no metric counts nps on a scale of 1 to 5" in reason_text(
        found.one("nps_relationship").reason
    )
