"""The surveys of the Data page: who answered cannot be computed back from who was invited and the share that answered."""

from datetime import date

from metrics.rules.nonresponse import Invited
from report.rows import surveys
from ui.widgets import accounts


def survey(responses: int, persons: int, invitations: int | None, answerers: int = 0, silent: int = 0) -> dict:
    share = answerers / invitations if invitations else None
    return {
        "survey": "s",
        "kind": "transactional",
        "responses": responses,
        "persons": persons,
        "invitations": invitations,
        "response": share,
        "answerers": answerers,
        "silent": silent,
        "latest": date(2026, 3, 31),
    }


def test_few_responses_are_not_told_by_the_share_of_those_invited():
    """Three of twelve answered: 25.0 % of 12 would be the three. Nor do eight of twelve, since four would be left."""
    few, most, plain = survey(3, 3, 12, 3, 9), survey(8, 8, 12, 8, 4), survey(8, 8, 32, 8, 24)
    assert [row[2:] for row in surveys.rows([few, most, plain])] == [
        ["under 5", "12", "withheld", "–"],
        ["8", "12", "withheld", "31 Mar 2026"],
        ["8", "32", "25.0 %", "31 Mar 2026"],
    ]
    assert [row[2:5] for row in surveys.rows([few], exact=True)] == [["3", "12", "25.0 %"]]


def test_many_responses_of_few_people_are_few():
    assert surveys.rows([survey(40, 4, None)])[0][2:] == ["under 5", "–", "–", "–"]


def test_a_response_rate_to_a_whole_per_cent_tells_no_count():
    """61 of 187 is 32.6 %: 33 of a hundred."""
    assert Invited(187, 61).in_percent() == Invited(100, 33)


def test_counts_of_records_are_told_in_fives_to_who_may_not_see_single_persons():
    """A file of a day with three records is three people's of that day, and so is what a total less the other files would leave."""
    exact, fives = accounts.counted(True), accounts.counted(False)
    assert [exact(one) for one in (0, 3, 1_234)] == ["0", "3", "1,234"]
    assert [fives(one) for one in (0, 3, 5, 1_234)] == ["0", "fewer than 5", "5", "1,235"]
    loads = [
        {"source": "s", "reader": "table", "file": f"{n}.csv", "rows_in": n, "loaded": n, "refused": 0, "modified": ""}
        for n in (3, 104)
    ]
    assert [row[3:6] for row in accounts.by_source(loads, fives)] == [["105", "105", "0"]]
    assert [row[2:5] for row in accounts.files(loads, fives)] == [["fewer than 5"] * 2 + ["0"], ["105", "105", "0"]]
    assert [accounts.share_of(part, 40, False) for part in (2, 10, 38, 40)] == ["–", "25 %", "–", "100 %"]
    assert (accounts.share_of(2, 40, True), accounts.share_of(0, 0, True)) == ("5.0 %", "–")
