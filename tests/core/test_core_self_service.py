"""Help pages and who asked after them: which pages are help, whose visit counts, when a request came too late or too early."""

from datetime import date

import pytest

from data.errors import UserError
from data.settings.journey import load_journeys
from report.words.reasons import reason_text
from tests.core.company import table

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    [[journey.stage]]
    name = "Engage"
    paths = ["/account*", "/help*"]
    tickets = ["delivery"]
"""
END = "2026-03-31T00:00"  # the end of the data

VISITS = """
    occurred_at       session_id  customer_id  anonymous_id  url
    2026-03-02T10:00  s1          ann          -             /help/returns
    2026-03-02T10:00  s1a         amy          -             /help/returns
    2026-03-02T10:00  s1b         ada          -             /help/returns
    2026-03-02T10:00  s2          bob          -             /help/returns
    2026-03-02T10:05  s2          bob          -             /help/delivery
    2026-03-02T10:00  s3          cem          -             /help/returns
    2026-03-02T10:00  s4          dia          -             /cart/1
    2026-03-02T10:01  s4          dia          -             /faq
    2026-03-02T10:00  s5          eli          -             /help/returns
    2026-03-02T10:00  s6          -            cookie        /help/returns
    2026-03-02T10:00  s7          fay          -             /account
    2026-03-30T10:00  s8          gus          -             /help/returns
    2026-03-31T00:00  s9          gus          -             /cart
"""
TICKETS = """
    ticket_id  customer_id  created_at        category  tags
    t1         bob          2026-03-05T09:00  payment   -
    t2         cem          2026-03-05T10:01  delivery  -
    t3         dia          2026-03-02T10:00  delivery  spam
    t4         eli          2026-03-01T10:00  delivery  -
    t5         fay          2026-03-02T11:00  delivery  -
"""


def test_who_read_help_and_did_not_ask(company):
    """ann, amy and ada never ask; bob asks within 72 h of his last help page, about something else; cem a minute after the 72 h of his; dia's request is spam.
    eli had asked the day before: not her attempt to help herself. The cookie nobody knows, fay saw no help page, gus is too recent.
    5 of 6, of which dia's is Buy's: the FAQ is in no stage and she came from the cart."""
    built = company(journey=JOURNEY, web_events=VISITS, support_tickets=TICKETS)
    cell = built.one("self_service_rate")
    assert (cell.value, cell.n, cell.persons) == (5 / 6, 6, 6)
    assert built.rows(
        "select session_key, stage from help_visits where known_before and not asked_before and day < '2026-03-20' order by 1"
    ) == [
        ("web_events:s1", "Engage"),
        ("web_events:s1a", "Engage"),
        ("web_events:s1b", "Engage"),
        ("web_events:s2", "Engage"),
        ("web_events:s3", "Engage"),
        ("web_events:s4", "Buy"),
    ]


def test_the_company_says_which_pages_are_help(company):
    """Its own list stands in place of ours: only fay looked at one, and asked an hour later."""
    built = company(
        journey='help_paths = ["/account*"]\n' + table_free(JOURNEY), web_events=VISITS, support_tickets=TICKETS
    )
    assert built.rows("select session_key, stage, contacted from help_visits") == [("web_events:s7", "Engage", True)]


def test_a_stage_without_help_pages_waits_for_nothing(company):
    """Nobody read help on the way to Find: no data, and not "still arriving", though the last three days are open for the other stages."""
    journey = JOURNEY + '    [[journey.stage]]\n    name = "Find"\n    paths = ["/find*"]\n'
    visits = VISITS + "    2026-03-31T00:00  s10         gus          -             /find\n"
    built = company(journey=journey, web_events=visits, support_tickets=TICKETS)
    cells = {
        cell.by["stage"]: cell
        for cell in built.show("self_service_rate", by="stage", start=date(2026, 3, 1), end=date(2026, 3, 31))
    }
    assert (cells["Find"].state, reason_text(cells["Find"].reason)) == ("no_data", "nothing in this period")
    assert built.one("self_service_rate", start=date(2026, 3, 29), end=date(2026, 3, 31)).state == "immature"


def table_free(journey: str) -> str:
    """The journey without its margin, so that lines can stand before it."""
    return "\n".join(line.strip() for line in journey.splitlines())


def test_without_help_pages_it_is_said_what_to_write(company):
    visits = table(VISITS).replace("/help", "/account/x").replace("/faq", "/cart/2")
    built = company(journey=JOURNEY, sources=WEB, files={"web.csv": visits}, support_tickets=TICKETS)
    cell = built.one("self_service_rate")
    assert cell.state == "not_collected" and cell.value is None
    assert reason_text(cell.reason).startswith(
        "no visit to a help page is recorded"
    ) and 'help_paths = ["/help*", "/faq*"]' in reason_text(cell.reason)


WEB = """
    [[source]]
    name = "web"
    reader = "table"
    path = "web.csv"
    table = "web_events"
"""

HELP = "/help /help/ /en/help-center/a /en-gb/faq /pages/faq?x=1 /hc/de /hc/en-us/articles/36-Returns /support /support/solutions/1 /hilfe/versand /FAQs"
NO_HELP = "/helpful-chairs /contact /hc/en-us/requests/new /support/tickets/new /product/help /cart /faqir"


def test_where_help_usually_lies(company):
    """Help and FAQ pages, in other languages and below a language, and a help desk's articles; not its request forms, nor a word that only begins so."""
    seen = [*HELP.split(), *NO_HELP.split(), "https://help.acme.com/articles/1", "https://shop.acme.com/articles/1"]
    events = "\n".join(
        ["occurred_at  session_id  url", *(f"2026-03-02T10:00  s{n}  {url}" for n, url in enumerate(seen))]
    )
    built = company(journey=JOURNEY, web_events=events)
    found = {int(row[0].split(":s")[1]) for row in built.rows("select session_key from help_visits")}
    assert {seen[n] for n in found} == {*HELP.split(), "https://help.acme.com/articles/1"}


@pytest.mark.parametrize(
    "written", ['help_paths = "re:("', "help_paths = 3", "help_paths = [1]", 'help_path = ["/help"]']
)
def test_a_list_that_cannot_be_read_is_one_sentence(tmp_path, written):
    file = tmp_path / "journey.toml"
    file.write_text(written + "\n" + table_free(JOURNEY))
    with pytest.raises(UserError) as said:
        load_journeys(file)
    assert "help_path" in str(said.value)
