"""Whose a record is and which it is: ids that stand for nobody, numbers that restart, sessions, loaders' marks, transcripts."""

import pytest

from data.values.mails import own_words
from data.values.speakers import customers_words
from tests.core.company import block

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    tickets = ["tag:checkout"]
    """


@pytest.mark.parametrize("nobody", ["0", "guest", "undefined", "Gastkunde", "-1", "Invitado"])
def test_guests_under_one_id_are_people_of_their_own(company, nobody):
    """Twelve guests with an address of their own each bought once; the id all guests carry ties none of them."""
    built = company(
        orders="\n".join(
            [
                "order_id  ordered_at  customer_id  email",
                *(f"o{n}  2026-03-{n + 1:02}T10:00  {nobody}  p{n}@x.example" for n in range(12)),
            ]
        )
    )
    assert built.value("select count(distinct person_id) from orders") == 12


def test_a_series_that_begins_with_0_keeps_it(company):
    built = company(
        orders="\n".join(
            ["order_id  ordered_at  customer_id", *(f"o{n}  2026-03-{n + 1:02}T10:00  {n % 4}" for n in range(12))]
        )
    )
    assert built.value("select count(distinct person_id) from orders") == 4


def test_an_id_with_too_many_addresses_is_taken_off(company):
    """COUNTER-SALE is no word that is listed; six addresses behind it say that it is no customer, and each address is somebody."""
    built = company(
        orders="\n".join(
            [
                "order_id  ordered_at  customer_id  email",
                *(f"o{n}  2026-03-{n + 1:02}T10:00  COUNTER-SALE  p{n}@x.example" for n in range(6)),
                "k  2026-03-20T10:00  K7  p0@x.example",
            ]
        )
    )
    assert built.value("select count(distinct person_id) from orders") == 6
    assert built.rows("select kind, value, by_what from shared_ids") == [("customer_id", "COUNTER-SALE", "email")]


def test_the_sender_of_a_form_is_not_one_person(company):
    built = company(
        support_tickets="\n".join(
            [
                "ticket_id  created_at  email",
                *(f"t{n}  2026-03-02T10:{n:02}  formular@firma.example" for n in range(15)),
            ]
        )
    )
    assert built.value("select count(*) from tickets where counted and person_id is null") == 15


def test_whole_floats_are_ids_and_dotted_ones_stay(company):
    built = company(
        orders="order_id  ordered_at  customer_id\no1  2026-03-01T10:00  1042.0\no2  2026-03-02T10:00  7.0",
        people="customer_id  segment\n1042  retail\n7  business",
    )
    assert sorted(built.rows("select order_id, segment from orders")) == [("o1", "retail"), ("o2", "business")]


def test_numbers_that_restart_in_each_file_stay_apart_and_versions_replace(company):
    """Two months that both number from 1 are ten answers; the same month exported twice, with other scores, is five."""

    def files(second):
        return {
            f"{name}.csv": "response_id,responded_at,score\n"
            + "\n".join(f"{n},{month}-{n:02}T10:00,{score}" for n in range(1, 6))
            + "\n"
            for name, month, score in (("a", "2026-03", 4), ("b", second, 2))
        }

    survey = block(
        "m", "*.csv", "survey_answers", 'constants = { survey = "s", metric = "csat", scale_min = 1, scale_max = 5 }'
    )
    assert company(files=files("2026-04"), sources=survey).value("select count(*) from answers") == 10
    assert company(files=files("2026-03"), sources=survey).value("select count(*) from answers") == 5


def test_a_session_number_is_one_within_its_visitor(company):
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       anonymous_id  session_id  url
        2026-03-02T10:00  b1            1700000000  /cart
        2026-03-02T10:00  b2            1700000000  /cart
        2026-03-02T10:05  b2            1700000000  /cart/2
        """,
    )
    assert built.value("select count(*) from visits") == 2


def test_events_without_any_id_are_no_visits(company):
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at       anonymous_id  url
        2026-03-02T10:00  b1            /cart
        2026-03-02T10:01  -             /cart
        2026-03-02T10:02  -             /cart
        """,
    )
    assert built.value("select count(*) from visits") == 1
    assert [q.records for q in built.summary.open_questions if q.name == "events_without_ids"] == [2]


@pytest.mark.parametrize(
    ("mark", "gone"),
    [
        ("_fivetran_deleted", "true"),
        ("_sdc_deleted_at", "2026-03-05T00:00:00Z"),
        ("is_deleted", "1"),
        ("is_spam", "yes"),
        ("test", "true"),
        ("livemode", "false"),
        ("merged_into", "b"),
    ],
)
def test_what_a_loader_marks_as_gone_is_left_out_with_its_reason(company, mark, gone):
    kept = "" if mark.endswith(("_at", "_into")) else "true" if mark == "livemode" else "false"
    built = company(
        files={"t.csv": f"ticket_id,created_at,{mark}\na,2026-03-01T10:00,{gone}\nb,2026-03-02T10:00,{kept}\n"},
        sources=block("t", "t.csv", "support_tickets"),
    )
    assert built.value("select count(*) from tickets") == 1
    ((_, column, kind, reason, *_),) = built.refused("t.csv")
    assert (column, kind) == (mark, "excluded") and reason in (
        "deleted in the source",
        "spam",
        "a test",
        "merged into another record",
    )


@pytest.mark.parametrize(
    "tags",
    [
        "ticket_id,tag\n1,checkout\n2,closed_by_merge\n",
        "_dlt_parent_id,value,_dlt_id\nr1,checkout,x\nr2,closed_by_merge,y\n",
    ],
)
def test_tags_of_a_side_table_are_the_tickets(company, tags):
    """As Fivetran writes them, by the ticket's number, and as dlt does, by its own."""
    built = company(
        journey=JOURNEY,
        sources='\n[[source]]\nname = "z"\nreader = "zendesk"\npath = "*.csv"\n',
        files={
            "ticket.csv": "id,_dlt_id,created_at,status,requester_id\n1,r1,2026-03-01T09:00:00Z,open,7\n2,r2,2026-03-02T09:00:00Z,closed,8\n",
            "ticket__tag.csv": tags,
        },
    )
    assert built.rows("select ticket_id, stage, counted from tickets order by ticket_id")[0] == ("1", "Buy", True)
    assert built.value("select excluded_because from tickets where ticket_id = '2'") == "merged into another ticket"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "(09:00:01) Visitor 3: it broke\nand again\n(09:00:20) Agent Kim: so glad!\n(09:01:00) Visitor 3: no",
            "it broke\nand again\nno",
        ),
        ("Kunde: alles kaputt\nMitarbeiterin Eva: wunderbar, danke!", "alles kaputt"),
        ("[10:02] Lena (Support): Great!\n[10:03] Marc: terrible", "terrible"),
        ("Client : rien ne marche\nConseiller : super, merci", "rien ne marche"),
    ],
)
def test_of_a_transcript_the_customers_lines_are_kept(text, said):
    assert customers_words([text])[text] == said


def test_a_text_with_colons_is_no_transcript():
    texts = ["Order: 12\nThe lamp: broken", "Two things:\nlate and broken", "At 10:30: nothing"]
    assert not customers_words(texts)


def test_who_speaks_in_many_transcripts_works_there():
    texts = [f"Ana{n}: bad {n}\nKim: lovely!" for n in range(3)]
    assert customers_words(texts) == {text: f"bad {n}" for n, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Late again.\n\nOn Mon, Mar 3, 2025 at 9:00 AM Acme Support <help@acme.example> wrote:\n> Thank you, great work!",
            "Late again.",
        ),
        (
            "Late again\nOn Mon, Mar 3, 2025 at 9:00 AM Acme Support of the North\n<help@acme.example> wrote:\n\nHello dear",
            "Late again",
        ),
        (
            "Kaputt.\n\nMit freundlichen Grüßen\nEva Muster\n\nVon: Acme <s@acme.example>\nGesendet: Montag, 3. März 2025\nAn: Eva\nBetreff: Danke\n\nWunderbar",
            "Kaputt.",
        ),
        (
            "Ça ne marche pas\n\nLe lun. 3 mars 2025 à 09:00, Acme <s@acme.example> a écrit :\n> merci",
            "Ça ne marche pas",
        ),
        ("No funciona\n-----Mensaje original-----\nDe: Acme\nGracias", "No funciona"),
        ("> Does it work?\nNo.\n> And the other?\nNo.", "No.\nNo."),
        ("<p>Broken again</p><blockquote>so glad</blockquote>", "Broken again"),
        ("Broken\n-- \nEva\n+49 30 1234", "Broken"),
        ("Sad.\n\nSent from my iPhone", "Sad."),
    ],
)
def test_of_a_mail_the_writers_words_are_kept(text, said):
    assert own_words(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "It took\n> 5 days to arrive",
        "On Monday your driver wrote:\nnobody home. I was.",
        "From: Berlin\nto: Rome\nlost on the way",
        "> all of it quoted",
        "Best\nlamp I ever had, and yet it broke after a single day and nobody called me back about any of it",
        "a < b and c > d",
    ],
)
def test_what_only_looks_like_a_quote_is_kept(text):
    assert own_words(text) == text


def test_quotes_and_agents_lines_are_out_of_the_store(company):
    body = "Fin (Bot): Hello, great to see you!<br>Customer: terrible<br>Operator: wonderful!"
    built = company(
        files={
            "t.csv": f'ticket_id,created_at,body\na,2026-03-01T10:00,"bad\n\nOn Mon, Mar 2, 2026 Acme <a@acme.example> wrote:\n> lovely"\nb,2026-03-02T10:00,{chr(34)}{body}{chr(34)}\n'
        },
        sources=block("t", "t.csv", "support_tickets"),
    )
    assert built.rows("select body from tickets order by ticket_id") == [("bad",), ("terrible",)]


def test_answers_that_name_a_number_which_restarts_go_to_the_ticket_that_can_be_meant(company):
    """Numbers 1 to 4 in March and again in April. An answer of March is of March's ticket, of April's the later one, unless the person tells."""
    months = {
        f"m{month}.csv": "ticket_id,created_at,customer_id\n"
        + "".join(f"{n},2026-0{month}-0{n}T09:00,k{month}{n}\n" for n in range(1, 5))
        for month in (3, 4)
    }
    answers = "response_id,responded_at,score,ticket_id,customer_id\na,2026-03-20T10:00,5,1,\nb,2026-04-20T10:00,5,2,\nc,2026-04-20T10:00,5,3,k33\nd,2026-02-01T10:00,5,4,\n"
    built = company(
        files={**months, "a.csv": answers},
        sources=block("t", "m*.csv", "support_tickets")
        + block(
            "a",
            "a.csv",
            "survey_answers",
            'constants = { survey = "s", metric = "csat", scale_min = 1, scale_max = 5 }',
        ),
    )
    assert built.rows("select response_id, ticket_id from answers order by response_id") == [
        ("a", "m3#1"),
        ("b", "m4#2"),
        ("c", "m3#3"),
        ("d", "4"),
    ]
