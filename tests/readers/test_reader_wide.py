"""A questionnaire with one column a question is read like the long form: the same items, the same score."""

import pytest

from data.errors import UserError
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
