"""Asked metrics, one small table each: the variant in the name is the variant counted, and never another."""

import pytest

from data.errors import UserError
from data.settings.journey import load_journeys
from metrics.codes import ReasonCode, because
from metrics.compute.run import run
from metrics.query.query import Query
from report.sheets.registry import ANALYSES, question
from report.words import promise_words
from report.words.reasons import reason_text
from tests.core.company import warned
from tests.core.test_core_golden import JOURNEY, answers


def show(company, metric: str, survey: str, name: str, counts: dict[int, int], scale: str):
    """The cell of a metric when `counts` of each score were given on `scale`."""
    return company(journey=JOURNEY, survey_answers=answers(survey, name, counts, scale)).one(metric)


SHARES = [
    ("csat_t2b_5_relationship", "yearly", "csat", {5: 9, 4: 4, 3: 3, 2: 2, 1: 1}, "1-5", 13 / 19),
    ("csat_t3b_7", "after order", "csat", {7: 3, 6: 2, 5: 1, 4: 4}, "1-7", 6 / 10),
    ("csat_3", "after order", "csat", {3: 6, 2: 3, 1: 1}, "1-3", 6 / 10),
    ("csat_mean", "after order", "csat", {5: 9, 4: 4, 3: 3, 2: 2, 1: 1}, "1-5", 75 / 19),
    ("ces_7_t3b", "after order", "ces", {7: 2, 5: 3, 4: 4, 1: 1}, "1-7", 5 / 10),
    ("seq", "after order", "seq", {7: 5, 4: 5}, "1-7", 5.5),
]


@pytest.mark.parametrize(("metric", "survey", "name", "counts", "scale", "value"), SHARES)
def test_a_variant_counts_its_own_scale(company, metric, survey, name, counts, scale, value):
    cell = show(company, metric, survey, name, counts, scale)
    assert (cell.n, cell.value) == (sum(counts.values()), pytest.approx(value))


def test_expectation_met_is_met_or_exceeded(company):
    """Three exceeded, four met, three fell short: 7 of 10."""
    lines = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score"]
    lines += [
        f"c{n}  2026-03-02T10:00  after order  disconfirmation  -1  1  {score}"
        for n, score in enumerate([1] * 3 + [0] * 4 + [-1] * 3)
    ]
    cell = company(journey=JOURNEY, survey_answers="\n".join(lines)).one("expectation_met")
    assert (cell.n, cell.value) == (10, 0.7)


@pytest.mark.parametrize(
    ("metric", "name", "scale"),
    [
        ("csat_t3b_7", "csat", "1-5"),
        ("csat_mean", "csat", "1-7"),
        ("csat_3", "csat", "1-5"),
        ("ces_7_t3b", "ces", "1-5"),
        ("seq", "seq", "1-5"),
    ],
)
def test_another_scale_is_another_metric(company, metric, name, scale):
    """Answers on another scale leave the metric not asked, and the reason says what to ask."""
    cell = show(company, metric, "after order", name, {5: 10}, scale)
    assert (cell.state, cell.value) == ("not_asked", None)
    assert "ask: " in reason_text(cell.reason)


def test_effort_asked_the_other_way_is_turned_round(company):
    """CES 1.0 on seven points, high = much effort: of eight 7, one 4 and one 3 only the 3 is easy (8 − 3 = 5); nine are 4 or harder,
    unhappy (up to 3 of 7) the eight. The stored score stays as it was given."""
    text = answers("after order", "ces", {7: 8, 4: 1, 3: 1}, "1-7").splitlines()
    text = [text[0] + "  higher_is_better"] + [line + "  false" for line in text[1:]]
    built = company(journey=JOURNEY, survey_answers="\n".join(text))
    assert built.shown("ces_7_t3b", "stage") == {"Buy": (0.1, 10)}
    assert built.one("ces_7_mean").value == pytest.approx((8 * 1 + 4 + 5) / 10)
    assert built.value("select count(*) from scored_answers where unhappy") == 8
    assert built.rows("select distinct score, score_high from answers order by 1") == [(3, 5), (4, 4), (7, 1)]


def responses(metric: str, scale: str, *people: list[int | None]) -> str:
    """One row an item: each person's answers to the items 1, 2, 3 …; None was left out."""
    low, high = scale.split("-")
    lines = ["response_id  customer_id  responded_at  survey  metric  question_id  item  scale_min  scale_max  score"]
    lines += [
        f"r{n}  c{n}  2026-03-02T10:00  after order  {metric}  QID9  {metric}_{item}  {low}  {high}  {score}"
        for n, scores in enumerate(people)
        for item, score in enumerate(scores, 1)
        if score is not None
    ]
    return "\n".join(lines)


def test_sus_needs_all_ten_items(company):
    """Brooke's scoring: odd x − 1, even 5 − x, × 2.5. All best = 100, all 3 = 50, a mixed one 77.5; nine items are no score."""
    mixed = [4, 2, 4, 1, 4, 2, 4, 2, 5, 3]  # odd 3+3+3+3+4 = 16, even 3+4+3+3+2 = 15: 31 × 2.5
    built = company(
        journey=JOURNEY,
        survey_answers=responses("sus", "1-5", [5, 1] * 5, [3] * 10, mixed, [5, 1] * 4 + [5, None], [4, 2] * 5),
    )
    assert [
        score
        for (score,) in built.rows(
            "select (alternating + 20) * 2.5 from questionnaires where items = 10 order by response_id"
        )
    ] == [100, 50, 77.5, 75]
    assert built.value("select count(*) from questionnaires") == 5
    assert built.rows("select count(*), min(items) from questionnaires where items < 10") == [(1, 9)]


@pytest.mark.parametrize(
    ("metric", "name", "scale", "people", "value"),
    [
        (
            "umux_lite",
            "umux_lite",
            "1-7",
            [[7, 7], [4, 4], [1, 1], [6, 5], [7, None], [7, 5]],
            (100 + 50 + 0 + 75 + 1000 / 12) / 5,
        ),
        (
            "acsi_style",
            "acsi_style",
            "1-10",
            [[10, 10, 10], [1, 1, 1], [7, 8, 9], [10, 10, None], [4, 4, 4], [6, 6, 6]],
            (100 + 0 + 700 / 9 + 100 / 3 + 500 / 9) / 5,
        ),
    ],
)
def test_short_questionnaires(company, metric, name, scale, people, value):
    """UMUX-Lite (useful + easy − 2) × 100/12; three items rescaled to 0–100. A response without an item does not count."""
    cell = company(journey=JOURNEY, survey_answers=responses(name, scale, *people)).one(metric)
    assert (cell.n, cell.value) == (5, pytest.approx(value))


def test_suprq_halves_the_recommendation(company):
    """Seven items of 4 and a recommendation of 8: (28 + 4) ÷ 8 = 4."""
    lines = responses("suprq", "1-5", *[[4] * 7] * 5).splitlines()
    lines += [f"r{n}  c{n}  2026-03-02T10:00  after order  suprq  QID9  suprq_8  0  10  8" for n in range(5)]
    cell = company(journey=JOURNEY, survey_answers="\n".join(lines)).one("suprq_raw")
    assert (cell.n, cell.value) == (5, 4.0)


def test_the_gap_is_of_the_same_person_asked_before(company):
    """c1…c5 expected 6 and got 4: −2. c6 was asked only after, c7 expected something only after it had come."""
    lines = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score"]
    for n in range(1, 6):
        lines += [
            f"c{n}  2026-03-01T10:00  after order  expectation_before  1  7  {6 if n > 1 else 7}",
            f"c{n}  2026-03-09T10:00  after order  perceived  1  7  4",
        ]
    lines += [
        "c6  2026-03-09T10:00  after order  perceived  1  7  7",
        "c7  2026-03-09T10:00  after order  perceived  1  7  7",
        "c7  2026-03-10T10:00  after order  expectation_before  1  7  1",
    ]
    built = company(journey=JOURNEY, survey_answers="\n".join(lines))
    same, means = built.one("expectation_gap"), built.one("expectation_gap_means")
    assert (same.n, same.value) == (5, pytest.approx(-2.2))
    assert means.value == pytest.approx(34 / 7 - 32 / 6)
    assert any("different groups" in text for text in warned(means))


PROMISES = (
    JOURNEY
    + """
    [[promise]]
    name = "On the day"
    stage = "Buy"
    evidence = "orders: delivered_at <= promised_at"
    felt = "answers: after order/on_time = Yes"

    [[promise]]
    name = "A reply in a day"
    stage = "Buy"
    evidence = "tickets: first_reply_at <= created_at + 24 h"
"""
)


ASKED_ONLY = """
    [[journey.stage]]
    name = "Use"
    paths = ["/use"]

    [[journey.stage]]
    name = "Leave"
    paths = ["/leave"]

    [[promise]]
    name = "Easy to build"
    stage = "Use"
    felt = "answers: after order/easy = Yes"
"""


def test_promises_that_fell_due(company):
    """Due by 10 March: kept, kept on the day itself, late, never came, cancelled after it. Out: not due yet, cancelled before."""
    built = company(
        journey=PROMISES,
        orders="""
        order_id  customer_id  ordered_at        promised_at       delivered_at      cancelled_at
        kept      c1           2026-03-01T10:00  2026-03-10        2026-03-08T10:00  -
        same      c2           2026-03-01T10:00  2026-03-10        2026-03-10T17:00  -
        late      c3           2026-03-01T10:00  2026-03-10        2026-03-11T10:00  -
        never     c4           2026-03-01T10:00  2026-03-10        -                 -
        gave_up   c5           2026-03-01T10:00  2026-03-10        -                 2026-03-12T10:00
        changed   c6           2026-03-01T10:00  2026-03-10        -                 2026-03-02T10:00
        open      c7           2026-03-20T10:00  2026-04-10        -                 -
    """,
    )
    assert dict(built.rows("select about, outcome from promises where promise = 'On the day'")) == {
        "orders:kept": "kept",
        "orders:same": "kept",
        "orders:late": "broken",
        "orders:never": "broken",
        "orders:gave_up": "broken",
        "orders:changed": "withdrawn",
        "orders:open": "open",
    }
    cell = built.one("promise_kept_measured")
    assert (cell.n, cell.value) == (5, 0.4)
    assert built.one("promise_kept_felt").state == "not_asked"


def test_measured_and_felt_are_two_numbers(company):
    """Replies within a day: 4 of 5, one never answered. Felt: 3 of 5 say yes. Neither moves the other."""
    tickets = (
        "ticket_id  customer_id  created_at  first_reply_at\n"
        + "\n".join(
            f"t{n}  c{n}  2026-03-0{n}T10:00  {f'2026-03-0{n + 1}T09:00' if n < 5 else '-'}" for n in range(1, 6)
        )
        + "\nt9  c9  2026-03-20T10:00  -"
    )
    felt = "customer_id  responded_at  survey  question_id  choice\n" + "\n".join(
        f"c{n}  2026-03-09T10:00  after order  on_time  {'Yes' if n <= 3 else 'No'}" for n in range(1, 6)
    )
    journey = PROMISES.replace('surveys = ["after order"]', 'surveys = ["after order"]\n    tickets = ["*"]')
    journey += ASKED_ONLY
    built = company(journey=journey, support_tickets=tickets, survey_answers=felt)
    assert (built.one("promise_kept_measured").n, built.one("promise_kept_measured").value) == (5, 0.8)
    assert built.one("promise_kept_felt").value == 0.6
    assert built.shown("promise_kept_measured", "promise") == {"A reply in a day": (0.8, 5)}
    made = built.store.generation()
    both = run(Query(("promise_kept_measured", "promise_kept_felt"), by=("stage", "promise")), made)
    rows = promise_words.ledger(both, ["Buy", "Use", "Leave"])
    assert [
        (one.stage, one.name, one.measured and one.measured.value, one.felt and one.felt.value) for one in rows
    ] == [
        ("Buy", "A reply in a day", 0.8, None),
        ("Buy", "On the day", None, 0.6),
    ]
    assert promise_words.title(rows) == "“On the day” is kept least: 60 % as people see it."
    assert [promise_words.disagreement(one) for one in rows] == ["only measured", "only asked"]
    sheets = ANALYSES["promises"].tell(ANALYSES["promises"].ask(question("promises", Query(()), made), made))
    kept, expected = sheets.sheets
    assert [(row["promise"], row.get("measured"), row.get("felt")) for row in kept.records] == [
        ("A reply in a day", 0.8, None),
        ("On the day", None, 0.6),
    ]
    assert [mark.value for mark in kept.marks.marks] == [0.8, 0.6] and sheets.title == kept.title
    assert expected.rows == () and expected.foot.startswith("Not asked in Buy, Use, Leave. Ask: ")
    reasons = {cell.by["stage"]: cell.reason for cell in built.show("promise_kept_measured", by="stage")}
    assert reasons["Use"] == because(ReasonCode.PROMISE_NOT_MEASURED, stage="Use", asked=True)  # not "no data"
    assert reasons["Leave"] == because(ReasonCode.PROMISE_NOT_MEASURED, stage="Leave", asked=False)


@pytest.mark.parametrize(
    "evidence", ["orders: delivered_at < promised_at", "tickets: closed_at <= created_at + 1 h", "answers: on_time"]
)
def test_evidence_with_a_mistake_is_refused(tmp_path, evidence):
    """With the forms that can be read; a sentence in words is no rule and is let be."""
    text = PROMISES.replace("orders: delivered_at <= promised_at", evidence)
    (tmp_path / "journey.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="cannot be read") as error:
        load_journeys(tmp_path / "journey.toml")
    assert evidence in str(error.value) and "promised_at" in str(error.value)


def test_a_promise_in_words_is_kept_and_measures_nothing(company):
    built = company(
        journey=JOURNEY + '\n    [[promise]]\n    name = "Care"\n    stage = "Buy"\n    evidence = "we mean it"\n',
        orders="ordered_at\n2026-03-02",
    )
    assert built.rows("select name, fact from cfg_promises") == [("Care", None)]
    assert built.one("promise_kept_measured").state == "not_collected"
