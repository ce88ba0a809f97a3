"""Answers about a delivery: dated by it, in the stage their survey declares, and a late parcel is no other way of asking."""

from datetime import date, datetime, timedelta

import pytest

from tests.core.company import block, warned

JOURNEY = """
    [[journey]]
    name = "Shop"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "order"
    surveys = ["checkout"]
    [[journey.stage]]
    name = "Engage"
    paths = ["/help"]
    surveys = ["parcel"]
""" + "".join(
    f'    [[survey]]\n    name = "{name}"\n    kind = "transactional"\n    trigger = "after_goal"\n'
    for name in ("parcel", "checkout")
)
FIRST, SECOND = (date(2026, 1, 5), date(2026, 2, 1)), (date(2026, 3, 2), date(2026, 3, 29))
PEOPLE, CONTENT = 600, {"on time": 0.8, "late": 0.5}


def parcels(late_share: float, period: tuple[date, date], name: str) -> tuple[list[str], list[str]]:
    """600 parcels delivered within a period, a day's invitation after each: four in five content where it came after 4 days, half
    where it took 30. The order is as long before as the parcel took, the answer a day after it came."""
    orders, answers, late = [], [], round(PEOPLE * late_share)
    for n in range(PEOPLE):
        kind, place, of = ("late", n, late) if n < late else ("on time", n - late, PEOPLE - late)
        delivered = datetime(period[0].year, period[0].month, period[0].day, 12) + timedelta(days=n % 27)
        score = 5 if place < round(CONTENT[kind] * of) else 2
        orders.append(f"{name}{n},{name}{n},{delivered - timedelta(days=30 if kind == 'late' else 4)},{delivered}")
        answers.append(
            f"parcel,{name}{n},{name}{n},csat,{score},1,5,{delivered + timedelta(hours=4)},{delivered + timedelta(hours=20)}"
        )
    return orders, answers


def test_more_late_parcels_lower_satisfaction_by_what_they_do(company):
    """A tenth late, then 115 of 300: .9·.8 + .1·.5 = 77 %, then 68.5 %. The change is −8.5 points, told as measured.

    Dated by the order and set within 'time to answer', the late would be compared with the late: nothing would have changed.
    """
    first, second = parcels(0.1, FIRST, "a"), parcels(115 / 300, SECOND, "b")
    built = company(
        journey=JOURNEY,
        files={
            "o.csv": "\n".join(["order_id,customer_id,ordered_at,delivered_at", *first[0], *second[0]]),
            "a.csv": "\n".join(
                [
                    "survey,order_id,customer_id,metric,score,scale_min,scale_max,invited_at,responded_at",
                    *first[1],
                    *second[1],
                ]
            ),
        },
        sources=block("o", "o.csv", "orders") + block("a", "a.csv", "survey_answers"),
    )
    assert built.rows(
        "select distinct stage, day = strptime(strftime(responded_at - interval '20 hours', '%Y-%m-%d'), '%Y-%m-%d')::date from answers"
    ) == [("Engage", True)]
    assert [
        built.one("csat_t2b_5", stages=("Engage",), start=start, end=end).value for start, end in (FIRST, SECOND)
    ] == pytest.approx([0.77, 0.685])
    shift = SECOND[0] - FIRST[0]
    cell = built.one(
        "csat_t2b_5", stages=("Engage",), start=SECOND[1] - shift + timedelta(days=1), end=SECOND[1], compare="previous"
    )
    assert cell.compare.diff == pytest.approx(-0.085) and not cell.compare.within
    assert cell.compare.low < -0.085 < cell.compare.high < 0


def test_where_an_answer_tied_to_an_order_belongs_and_when(company):
    """The parcel survey is about the delivery, also where the parcel never came: Engage, dated by the delivery, else by the invitation.
    The checkout survey is about the order, also where it is answered after the parcel came."""
    built = company(
        journey=JOURNEY,
        orders="""
        order_id  customer_id  ordered_at        delivered_at
        o1        k1           2026-03-01T10:00  2026-03-05T10:00
        o2        k2           2026-03-01T10:00  2026-03-20T10:00
        o3        k3           2026-03-01T10:00  2026-03-06T10:00
        never     k4           2026-03-01T10:00  -
        """,
        survey_answers="""
        response_id   survey    order_id  score  invited_at        responded_at
        came          parcel    o1        5      2026-03-06T10:00  2026-03-07T10:00
        came late     parcel    o2        2      2026-03-21T10:00  2026-03-22T10:00
        not yet       parcel    o2        1      2026-03-15T10:00  2026-03-16T10:00
        never         parcel    never     1      2026-03-15T10:00  2026-03-16T10:00
        came as well  parcel    o3        5      2026-03-07T10:00  2026-03-07T11:00
        once more     parcel    o3        5      2026-03-07T10:00  2026-03-07T11:00
        at once       checkout  o1        5      2026-03-01T10:10  2026-03-01T10:20
        afterwards    checkout  o1        5      2026-03-01T10:10  2026-03-06T10:20
        """,
    )
    found = {
        answer: (stage, str(day), lag)
        for answer, stage, day, lag in built.rows("select response_id, stage, day, asked_lag from answers")
    }
    assert found == {
        "came": ("Engage", "2026-03-05", None),
        "came late": ("Engage", "2026-03-20", None),
        "not yet": ("Engage", "2026-03-15", None),
        "never": ("Engage", "2026-03-15", None),
        "came as well": ("Engage", "2026-03-06", None),
        "once more": ("Engage", "2026-03-06", None),
        "at once": ("Buy", "2026-03-01", "in the moment"),
        "afterwards": ("Buy", "2026-03-01", "recalled"),
    }


def test_undated_answers_keep_their_segment_and_are_said(company):
    """Fourteen answers without any date, of eight of segment A and six of B: two rows by segment, all of them counted, none in a period."""
    rows = "\n".join(f"k{n}  checkout  csat  {5 if n % 2 else 2}  1  5" for n in range(14))
    people = "\n".join(f"k{n}  {'A' if n < 8 else 'B'}  {'2026-01-01' if n % 2 else '-'}" for n in range(14))
    built = company(
        journey=JOURNEY,
        people=f"customer_id  segment  valid_from\n{people}",
        survey_answers=f"customer_id  survey  metric  score  scale_min  scale_max\n{rows}",
    )
    found = built.shown("csat_t2b_5", "segment")
    assert found == {"A": (0.5, 8), "B": (0.5, 6)}
    result = built.ask("csat_t2b_5")
    assert "14 of 14 answers carry no date" in " ".join(warned(result)) and "no period" in " ".join(warned(result))
    with_period = built.ask("csat_t2b_5", start=date(2026, 1, 1), end=date(2026, 3, 1))
    assert with_period.cells[0].n == 0 and "14 of 14 answers carry no date" in " ".join(warned(with_period))
