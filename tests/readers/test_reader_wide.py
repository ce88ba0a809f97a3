"""A questionnaire with one column a question is read like the long form: the same items, the same score."""

import pytest

from data.errors import UserError
from report.words.reasons import reason_text
from tests.core.company import block, table

JOURNEY = """
    [[journey]]
    name = "Shop"
    [[journey.stage]]
    name = "Buy"
    surveys = ["usability"]
    [[survey]]
    name = "usability"
    kind = "intercept"
    trigger = "random"
"""
COLUMNS = 'columns = { response_id = "id", responded_at = "at", customer_id = "who" }'
SURVEY = 'constants = { survey = "usability" }'
SUS = 'questions = { sus = { columns = "SUS_*", metric = "sus", scale_min = 1, scale_max = 5 } }'
# Brooke: odd x − 1, even 5 − x, × 2.5. r0 all best 100, r1 all 3 50, r2 odd 3+3+3+3+4 and even 3+4+3+3+2 = 77.5, r3 a gap: no score
ANSWERS = [[5, 1] * 5, [3] * 10, [4, 2, 4, 1, 4, 2, 4, 2, 5, 3], [5, 1] * 4 + [5, None]]


def wide(order: range = range(1, 11)) -> str:
    """The file; `order` is the order of its item columns."""
    rows = [",".join(["id", "at", "who", *(f"SUS_{n}" for n in order)])]
    rows += [
        ",".join([f"r{i}", "2026-03-02T10:00", f"c{i}", *("" if a[n - 1] is None else str(a[n - 1]) for n in order)])
        for i, a in enumerate(ANSWERS)
    ]
    return "\n".join(rows) + "\n"


def built(company, content: str, *lines: str):
    return company(
        journey=JOURNEY,
        files={"sus.csv": content},
        sources=block("wide", "sus.csv", "survey_answers", COLUMNS, SURVEY, *lines),
    )


@pytest.mark.parametrize("order", [range(1, 11), range(10, 0, -1)], ids=["in order", "turned"])
def test_ten_columns_are_one_sus(company, order):
    found = built(company, wide(order), SUS)
    assert found.account("sus.csv") == (4, 4, 0)
    scores = found.rows("select response_id, (alternating + 20) * 2.5 from people_questionnaires order by 1")
    assert scores == [("r0", 100), ("r1", 50), ("r2", 77.5)]
    assert found.rows(
        "select question_id, item, question from answers where response_id = 'r0' and item in ('1', '10') order by item"
    ) == [("sus", "1", "SUS_1"), ("sus", "10", "SUS_10")]


def test_umux_lite_by_a_list_beside_a_single_question(company):
    """Two items in the order listed: (6 + 7 − 2) × 100 ÷ 12 = 91.67; NPS in the same row belongs to the same response."""
    content = table("""
        id  at                who  useful  easy  rec
        a   2026-03-02T10:00  c1   6       7     9
        b   2026-03-02T10:00  c2   -       -     3
        c   2026-03-02T10:00  c3   -       -     -
        """)
    found = built(
        company,
        content,
        'questions = { umux = { columns = ["useful", "easy"], metric = "umux_lite", scale_min = 1, scale_max = 7 }, '
        'nps = { columns = "rec", metric = "nps", question = "Would you recommend us?" } }',
    )
    assert [round(score, 2) for (score,) in found.rows("select (total - 2) * 100 / 12 from people_questionnaires")] == [
        91.67
    ]
    assert found.rows(
        "select response_id, question_id, item, question, score from scored_answers where metric = 'nps' order by 1"
    ) == [("a", "nps", "", "Would you recommend us?", 9), ("b", "nps", "", "Would you recommend us?", 3)]
    assert found.account("sus.csv") == (3, 2, 1)  # nobody answered anything in the third


def test_a_bad_cell_is_refused_by_its_own_column(company):
    found = built(company, wide().replace("r1,2026-03-02T10:00,c1,3", "r1,2026-03-02T10:00,c1,9"), SUS)
    assert ("SUS_1", "9.0") in {(column, value) for _, column, _, _, value, _ in found.refused()}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('questions = { sus = { columns = "SUZ_*", metric = "sus" } }', "SUZ_*"),
        ('questions = { sus = { metric = "sus" } }', "which columns of the file hold it is not said"),
        ('questions = { sus = { columns = "SUS_*", metrik = "sus" } }', "metrik"),
        ('questions = { sus = { columns = "SUS_*", scale_min = "one" } }', "scale_min is no number"),
    ],
)
def test_a_slip_is_one_sentence(company, line, says):
    try:
        found = built(company, wide(), line)
    except UserError as error:
        assert says in str(error)
    else:
        assert says in found.problem("sus.csv")


SUPRQ = """
    id  at                who  usable_1  usable_2  trust_1  trust_2  look_1  look_2  return  recommend
    a   2026-03-02T10:00  c1   1         1         1        1        1       1       1       0
    b   2026-03-02T10:00  c2   5         5         5        5        5       5       5       10
    c   2026-03-02T10:00  c3   4         4         3        4        5       4       4       7
    d   2026-03-02T10:00  c4   4         4         3        4        -       4       4       7
    e   2026-03-02T10:00  c5   4         4         3        4        5       4       4       -
"""
AGREE = (
    'agree = { columns = ["usable_*", "trust_*", "look_*", "return"], metric = "suprq", scale_min = 1, scale_max = 5 }'
)


def test_supr_q_of_seven_columns_and_the_recommendation(company):
    """Sauro 2015: the mean of seven items of 1–5 and half of 0–10, so from 7 ÷ 8 = 0.875 to 5 (the ends C. Pearson, "Something odd about the
    SUPR-Q", computes); c: (28 + 3.5) ÷ 8 = 3.9375. Without an item of the seven, or without the recommendation, there is no score."""
    found = built(
        company,
        table(SUPRQ),
        f'questions = {{ {AGREE}, ltr = {{ columns = "recommend", metric = "suprq", scale_min = 0, scale_max = 10 }} }}',
    )
    scores = found.rows("select response_id, halved / 8 from people_questionnaires order by 1")
    assert scores == [("a", 0.875), ("b", 5), ("c", 3.9375)]
    assert found.account("sus.csv") == (5, 5, 0)


def test_a_recommendation_of_one_to_ten_is_no_supr_q(company):
    """Half of 1–10 is another scale than half of 0–10: no number, and what was asked is said."""
    found = built(
        company,
        table(SUPRQ).replace(",0\n", ",1\n"),
        f'questions = {{ {AGREE}, ltr = {{ columns = "recommend", metric = "suprq", scale_min = 1, scale_max = 10 }} }}',
    )
    cell = found.one("suprq_raw")
    assert cell.value is None and cell.state == "not_asked" and "answers on 1 to 10" in reason_text(cell.reason)


ACSI = """
    id  at                who  overall  expected  ideal
    a   2026-03-02T10:00  c1   1        1         1
    b   2026-03-02T10:00  c2   10       10        10
    c   2026-03-02T10:00  c3   8        8         8
    d   2026-03-02T10:00  c4   9        8         5
    e   2026-03-02T10:00  c5   9        -         5
"""


def test_three_columns_of_one_to_ten_are_rescaled(company):
    """(satisfaction + expectancy + performance − 3) ÷ 27 × 100, as Verint publishes it for equal weights: 0, 100, 21 ÷ 27; three equal answers
    give the same by the published weights of Ohio, (8 − 1) × (.3885 + .3190 + .2925) ÷ 9. d: 19 ÷ 27; e lacks an item."""
    found = built(
        company,
        table(ACSI),
        'questions = { whole = { columns = ["overall", "expected", "ideal"], metric = "acsi_style", scale_min = 1, scale_max = 10 } }',
    )
    scores = dict(found.rows("select response_id, (total - 3) * 100 / 27 from people_questionnaires"))
    assert scores == pytest.approx({"a": 0, "b": 100, "c": 7 * (0.3885 + 0.3190 + 0.2925) / 9 * 100, "d": 1900 / 27})
