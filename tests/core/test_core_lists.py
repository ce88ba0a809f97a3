"""Lists that are no metric by dimension: small groups left out, nothing to subtract, the company's own days, confidential."""

from dataclasses import replace
from datetime import date

import pytest

from data.store.opened import GROUPS, PERSONS_TOO
from metrics.analyses.lists import listed, writers
from metrics.codes import NoteCode
from metrics.query.query import Query
from report.lists import title, what

JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Find"
paths = ["/find*"]
[[journey.stage]]
name = "Buy"
paths = ["/buy*"]
tickets = ["payment", "voucher"]
surveys = ["checkout"]
[[survey]]
name = "checkout"
kind = "transactional"
"""
BERLIN = '[company]\nname = "Test"\ntimezone = "Europe/Berlin"\n'
PERIOD = {"start": date(2026, 3, 2), "end": date(2026, 3, 31)}


def events(people: int, *steps: tuple[str, str]) -> str:
    """People with one session each; `steps` are (minute, path), a path of - for who leaves."""
    rows = [
        f"{n}-{i}  2026-03-10T10:{minute}:00Z  {kind}  https://x.example{path}  s{n}  c{n}"
        for n in range(people)
        for i, (minute, kind, path) in enumerate(steps_of(n, steps))
    ]
    return "\n".join(["event_id  occurred_at  event_name  url  session_id  customer_id", *rows])


def steps_of(n: int, steps: tuple) -> list[tuple[str, str, str]]:
    return [(minute, "page_view", path) for minute, path in steps if path != "/buy" or n >= 4]


def test_a_move_of_few_people_is_left_out_with_all_that_would_give_it_away(company):
    """24 find, 20 go on to buy and leave there, 4 leave at once: too few, and 24 − 20, or 24 sessions − 20, would tell them."""
    shop = company(journey=JOURNEY, web_events=events(24, ("00", "/find"), ("05", "/buy")))
    found = listed("moves", Query((), "Shop", **PERIOD), shop.store.generation())
    assert found.rows == () and found.n == 0


def test_moves_are_shares_of_the_stage_left(company):
    """Six more leave after finding: 20 of 30 go on."""
    more = [f"m{n}  2026-03-11T10:00:00Z  page_view  https://x.example/find  m{n}  m{n}" for n in range(6)]
    shop = company(journey=JOURNEY, web_events=events(24, ("00", "/find"), ("05", "/buy")) + "\n" + "\n".join(more))
    rows = {
        (r["from_stage"], r["to_stage"]): r
        for r in listed("moves", Query((), "Shop", **PERIOD), shop.store.generation()).rows
    }
    assert (rows["Find", "Buy"]["visits"], rows["Find", "Buy"]["share"], rows["Find", None]["persons"]) == (
        20,
        20 / 30,
        10,
    )


def test_a_page_s_friction_is_counted_in_the_company_s_days(company):
    """23:30 UTC on 1 March is 2 March in Berlin, the first day of the period; 22:30 is not; four people on a page are too few."""
    rows = [f"{n}  2026-03-01T23:30:00Z  page_view  https://x.example/buy/a?q=ann  s{n}  c{n}" for n in range(6)]
    rows += [f"r{n}  2026-03-01T23:31:00Z  rage_click  https://x.example/buy/a  s{n}  c{n}" for n in range(3)]
    rows += [f"e{n}  2026-03-01T22:30:00Z  page_view  https://x.example/buy/early  t{n}  d{n}" for n in range(6)]
    rows += [f"f{n}  2026-03-05T10:00:00Z  page_view  https://x.example/buy/few  u{n}  e{n}" for n in range(4)]
    shop = company(
        journey=JOURNEY,
        settings=BERLIN,
        web_events="\n".join(["event_id  occurred_at  event_name  url  session_id  customer_id", *rows]),
    )
    found = listed("pages", Query((), "Shop", ("Buy",), **PERIOD), shop.store.generation())
    assert [(r["page"], r["views"], r["frictions"], r["per_100"], r["persons"]) for r in found.rows] == [
        ("/buy/a", 6, 3, 50.0, 6)
    ]


@pytest.mark.parametrize("people", [7, 8])
def test_words_need_eight_writers_and_carry_the_score_of_their_response(company, people):
    """Seven people: none. Eight: all, each with the score given beside it in the same response."""
    rows = [
        f"r{n}  q{i}  2026-03-10T10:00:00Z  checkout  {metric}  {score}  c{n}  {words}"
        for n in range(people)
        for i, (metric, score, words) in enumerate(
            (("csat", str(1 + n % 5), "-"), ("-", "-", f"word {n} for jo@x.example"))
        )
    ]
    shop = company(
        journey=JOURNEY,
        survey_answers="\n".join(
            ["response_id  question_id  responded_at  survey  metric  score  customer_id  comment", *rows]
        ),
    )
    found = listed("words", Query((), "Shop", ("Buy",), **PERIOD), shop.store.generation())
    assert found.n == (people if people >= 8 else 0)
    assert (
        {(r["comment"], r["metric"], r["score"]) for r in found.rows}
        == {(f"word {n} for [e-mail]", "csat", float(1 + n % 5)) for n in range(people)}
        if people >= 8
        else not found.rows
    )


def said_by(company, *texts: tuple[int, str, int]):
    """A shop in which (person, words, score) were answered, and the list of words."""
    rows = [
        f"r{n}  2026-03-10T10:00:00Z  checkout  csat  {score}  c{who}  {said}"
        for n, (who, said, score) in enumerate(texts)
    ]
    header = "response_id  responded_at  survey  metric  score  customer_id  comment"
    shop = company(journey=JOURNEY, survey_answers="\n".join([header, *rows]))
    return listed("words", Query((), "Shop", ("Buy",), **PERIOD), shop.store.generation())


def test_a_comment_is_shown_only_where_enough_people_wrote_something_to_show(company):
    """Eight answered, seven of them with "ok": the one sentence is one person's, and stays away."""
    assert said_by(company, *[(n, "ok", 5) for n in range(7)], (7, "They know my sister by name", 1)).rows == ()


def test_how_many_are_unhappy_counts_people(company):
    """Eight people; one of them wrote nine unkind comments: nine of sixteen would tell of one person, so no number is said."""
    query = Query((), "Shop", ("Buy",), **PERIOD)
    found = said_by(company, *[(n, f"fine {n}", 5) for n in range(7)], *[(7, f"bad {n}", 1) for n in range(9)])
    assert found.n == 16 and writers(found.rows) == 8
    assert "unhappy" not in title("words", found, query, [])


@pytest.mark.parametrize(("others", "requests"), [(5, 77), (2, 72)])
def test_shares_of_reasons_are_of_all_requests(company, others, requests):
    """Ten reasons of 9, 7, 7 … tickets are listed; an eleventh of five people makes 77 requests in all, and 9 of 77 are 12 %. One of two people
    would show by subtraction, so the listed ones are the whole."""
    many = [9, *[7] * 9]
    tickets = [
        f"t{r}-{n}  2026-03-10T10:00:00Z  c{r}-{n}  payment {r}"
        for r, count in enumerate((*many, others))
        for n in range(count)
    ]
    named = JOURNEY.replace('"voucher"]', ", ".join(f'"payment {r}"' for r in range(11)) + "]")
    shop = company(
        journey=named,
        settings=BERLIN,
        support_tickets="\n".join(["ticket_id  created_at  customer_id  category", *tickets]),
    )
    found = listed("reasons", Query((), "Shop", ("Buy",), **PERIOD), shop.store.generation())
    assert len(found.rows) == 10 and found.n == requests
    assert found.rows[0]["share"] == pytest.approx(9 / requests) and sum(
        row["share"] for row in found.rows
    ) == pytest.approx(72 / requests)


def test_a_reason_and_a_page_are_told_from_five_people_on(company):
    """Five people write about payment and see /buy/five, four about vouchers and see /buy/four: one reason, one page."""
    tickets = [
        f"{why}{n}  2026-03-10T10:00:00Z  c{n}  {why}"
        for why, many in (("payment", 5), ("voucher", 4))
        for n in range(many)
    ]
    views = [
        f"2026-03-10T10:00:00Z  page_view  /buy/{page}  c{n}"
        for page, many in (("five", 5), ("four", 4))
        for n in range(many)
    ]
    shop = company(
        journey=JOURNEY,
        settings=BERLIN,
        web_events="\n".join(["occurred_at  event_name  url  customer_id", *views]),
        support_tickets="\n".join(["ticket_id  created_at  customer_id  category", *tickets]),
    )
    asked = Query((), "Shop", ("Buy",), **PERIOD)
    assert [(r["reason"], r["persons"]) for r in listed("reasons", asked, shop.store.generation()).rows] == [
        ("payment", 5)
    ]
    assert [(r["page"], r["persons"]) for r in listed("pages", asked, shop.store.generation()).rows] == [
        ("/buy/five", 5)
    ]
    found = {
        (shows, name): [r["persons"] for r in listed(name, asked, replace(shop.store.generation(), shows=shows)).rows]
        for shows in (GROUPS, PERSONS_TOO)
        for name in ("reasons", "pages")
    }
    assert (
        found[GROUPS, "reasons"] == found[GROUPS, "pages"] == []
    )  # nine in all are known from a metric: five would tell four
    assert sorted(found[PERSONS_TOO, "reasons"]) == sorted(found[PERSONS_TOO, "pages"]) == [4, 5]


def test_for_a_viewer_of_groups_a_list_is_of_a_quarter_and_no_two_share_a_week(company):
    """Visits from 5 January to 5 July: the last week that is over ends on 5 July, its quarter begins on 6 April, the one before on 5 January."""
    rows = [
        f"2026-{day}T10:00:00Z  page_view  /buy/a  c{n}"
        for day in ("01-05", "04-07", "07-05")
        for n in range(6 + 3 * (day == "04-07"))
    ]
    shop = company(
        journey=JOURNEY, settings=BERLIN, web_events="\n".join(["occurred_at  event_name  url  customer_id", *rows])
    )
    groups = replace(shop.store.generation(), shows=GROUPS)

    def views(start: date, end: date) -> tuple[int, str]:
        found = listed("pages", Query((), "Shop", ("Buy",), start=start, end=end), groups)
        return found.n, what("pages", found)[-len("; of the 13 weeks up to 5 Jul 2026") :]

    assert (
        views(date(2026, 6, 1), date(2026, 7, 5))
        == views(date(2026, 7, 5), date(2026, 7, 5))
        == (15, "; of the 13 weeks up to 5 Jul 2026")
    )
    assert views(date(2026, 1, 1), date(2026, 4, 5))[0] == 6


def test_confidential_rounds_a_list_and_keeps_days_to_itself(company):
    """13 tickets read 15, 13 people 15; the words have no day."""
    tickets = [f"t{n}  2026-03-10T10:00:00Z  c{n}  payment" for n in range(13)] + [
        f"v{n}  2026-03-10T10:00:00Z  c{n}  voucher" for n in range(4)
    ]
    answers = [f"r{n}  2026-03-10T10:00:00Z  checkout  c{n}  word {n}" for n in range(9)]
    shop = company(
        journey=JOURNEY,
        settings=BERLIN + "confidential = true\n",
        support_tickets="\n".join(["ticket_id  created_at  customer_id  category", *tickets]),
        survey_answers="\n".join(["response_id  responded_at  survey  customer_id  comment", *answers]),
    )
    found = listed("reasons", Query((), "Shop", ("Buy",), **PERIOD), shop.store.generation())
    assert [(r["reason"], r["tickets"], r["persons"], r["share"]) for r in found.rows] == [
        ("payment", 15, 15, 1.0)
    ] and NoteCode.CONFIDENTIAL in [one.code for one in found.notes]
    said = listed("words", Query((), "Shop", ("Buy",), **PERIOD), shop.store.generation())
    assert said.n == 10 and {r["day"] for r in said.rows} == {None} and len(said.rows) == 9


LEFT = (
    # six people: two leave from /find/a, one of them after going back to it; three from /find/b; one goes on to buy
    ("p1", "/find/a"),
    ("p2", "/find/a /find/b /find/a"),
    ("p3", "/find/a /find/b"),
    ("p4", "/find/a /find/b"),
    ("p5", "/find/a /find/b"),
    ("p6", "/find/a /find/b /buy"),
)


def test_from_which_page_people_leave(company):
    """/find/a: 6 visits, 7 views, 2 exits; /find/b: 5 visits, 5 views, 3 exits. p6 went on to buy and left Find from no page: with the exits of
    both 5 of 12 views, as page_exit_rate counts the stage."""
    rows = [
        f"2026-03-10T10:0{minute}:00Z  page_view  https://x.example{path}  {who}  {who}"
        for who, went in LEFT
        for minute, path in enumerate(went.split())
    ]
    shop = company(
        journey=JOURNEY, web_events="\n".join(["occurred_at  event_name  url  session_id  customer_id", *rows])
    )
    found = listed("pages", Query((), "Shop", ("Find",), **PERIOD), shop.store.generation())
    assert [(r["page"], r["visits"], r["views"], r["exits"], r["exit_rate"]) for r in found.rows] == [
        ("/find/a", 6, 7, 2, 2 / 7),
        ("/find/b", 5, 5, 3, 3 / 5),
    ]
    second = found.rows[1]  # one view a person: Wilson's 3 of 5 (Newcombe 1998)
    assert (second["exit_low"], second["exit_high"]) == pytest.approx((0.2307, 0.8824), abs=5e-5)
    whole = shop.one("page_exit_rate", by="stage", stages=("Find",), **PERIOD)
    assert whole.value == pytest.approx(sum(r["exits"] for r in found.rows) / sum(r["views"] for r in found.rows))
