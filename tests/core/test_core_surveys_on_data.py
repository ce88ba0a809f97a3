"""The surveys of the Data page: who answered cannot be computed back from who was invited and the share that answered."""

from datetime import date

from metrics.rules.nonresponse import Invited
from report.rows import surveys


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
