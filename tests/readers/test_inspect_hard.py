"""Exports as tools write them, with what a table of tidy columns does not have: what is proposed loads as pasted and gives the right values."""

import json

import duckdb
import pytest

from data.inspection.look import inspect
from tests.readers.inspected import as_pasted

SCORES = "select list(score order by row) from src_survey_answers where metric = '{}'"
ADOBE = (
    "# Acme - Prod\n# Pages\n#=====\n\n,Page Views,Visits\nDay,10100,3200\n"
    + "".join(f'"Mar {d}, 2026",{1000 + d},{300 + d}\n' for d in range(1, 11))
)  # fmt: skip
SEITEN = (
    "# ------\n# Konto: Acme\n# Startdatum: 20260301\n# Enddatum: 20260331\nSeitenpfad und Bildschirmklasse;Aufrufe;Aktive Nutzer\n"
    "/;12.345;8.100\n/cart;1.200;950\n/checkout;640;500\n;14.185;9.550\n"
)
AMAZON = "order-id\torder-item-id\tpurchase-date\tbuyer-email\tcurrency\titem-price\n" + "".join(
    f"302-{o}\t{900 + n}\t2026-03-0{o}T22:30:00+00:00\tam{o}@shop.example\tEUR\t{p}\n"
    for n, (o, p) in enumerate([(1, 10), (1, 12.5), (2, 30), (3, 8), (3, 9), (3, 9), (4, 5), (4, 6)])
)
GROUPED = (
    ";;Weiterempfehlung;Zufriedenheit;;\nNr;Datum;Note 0-10;Beratung (1-5);Lieferung (1-5);Bemerkung\n"
    + "".join(f"{n};1{n}.03.26;{a};{b};{c};{text}\n" for n, (a, b, c, text) in enumerate(
        [(10, 5, 4, "alles bestens hier"), (9, 4, 4, ""), (3, 1, 2, "Lieferung kam sehr spät"), (8, 3, 5, ""), (0, 1, 1, "")], 3))
    + ";Mittelwert;6,0;2,8;3,2;\n"
)  # fmt: skip
DELIGHTED = "Response ID,Survey Type,Score,Comment,Responded At,Email,Permalink\n" + "".join(
    f"{5000 + n},{kind},{score},{text},2026-03-{n + 1:02} 10:00:00 -0500,d{n}@shop.example,https://d.example/r/{n}\n"
    for n, (kind, score, text) in enumerate(
        [("NPS", 10, "a good one"), ("NPS", 9, ""), ("NPS", 4, "slow"), ("CSAT", 5, ""), ("CSAT", 2, "it was late"), ("CSAT", 4, "")]
    )
)  # fmt: skip
STARS = "ID de respuesta;Fecha de respuesta;Valoración;Comentario\n" + "".join(
    f"{n};1{n}/3/2026 10:00;{stars};{text}\n"
    for n, (stars, text) in enumerate(
        [("★★★★★", "muy bien todo"), ("★★★★☆", ""), ("★☆☆☆☆", "no llegó nunca"), ("★★★☆☆", "")], 3
    )
)
FRESHDESK = "Ticket ID,Subject,Status,Source,Created time,Resolved time,Closed time,Agent interactions,Customer interactions,Survey results,Email\n" + "".join(
    f"{n},Order {n} is missing,{state},Email,2026-03-0{n} 09:00:00,{end},{end},2,{n % 2},{told},f{n}@shop.example\n"
    for n, (state, end, told) in enumerate(
        [("Open", "", "Not Taken"), ("Resolved", "2026-03-07 09:00:00", "Extremely satisfied"),
         ("Closed", "2026-03-08 09:00:00", "Extremely dissatisfied"), ("Closed", "2026-03-09 09:00:00", "Neutral")], 1)
)  # fmt: skip
EXPLORE = "Ticket-ID;Ticket erstellt - Zeitstempel;Ticket gelöst - Zeitstempel;Ticketstatus;Ticketkanal\n" + "".join(
    f"{n};1{n}.03.2026 09:00;{end};{state};E-Mail\n"
    for n, (end, state) in enumerate(
        [("18.03.2026 09:00", "Geschlossen"), ("", "Offen"), ("19.03.2026 09:00", "Gelöst"), ("", "Wartend")], 3
    )
)
MEDALLIA = "Survey ID,Response Date,Likelihood to Recommend (0-10),Overall Satisfaction (1-10),Customer ID\n" + "".join(
    f"{90000 + n},03/1{n}/2026 0{n}:15 PM,{a},{b},C-{n}\n"
    for n, (a, b) in enumerate([(10, 9), (9, 8), (0, 1), (6, 3), (7, 10)], 3)
)
TYPEFORM = "#,How likely are you to recommend Acme to a friend?,What is the main reason for your score?,Response Type,Submit Date (UTC)\n" + "".join(
    f"{n * 7919 + 12345:032x},{score},{text},{kind},{end}\n"
    for n, (score, text, kind, end) in enumerate(
        [(10, "love it", "completed", "2026-03-01 23:30:00"), (0, "awful wait", "completed", "2026-03-02 23:30:00"),
         ("", "", "started", ""), (9, "", "completed", "2026-03-04 23:30:00"), (5, "", "partial", "")])
)  # fmt: skip
NICE = "response_id,email,answer,sent,responded,comment\n" + "".join(
    f"{n},an{n}@shop.example,{a},{1772359200 + n},{end},{text}\n"
    for n, (a, end, text) in enumerate([(9, 1772362800, "good one"), ("", 0, ""), (10, 1772449200, ""), (3, 1772535600, "bad line"), ("", 0, "")])
)  # fmt: skip
MIXPANEL = "".join(
    json.dumps({"event": event, "properties": {"time": 1772359200 + n * 60, "$insert_id": f"m{n}", "distinct_id": "k1" if n else "d-1",
                                               "$device_id": "d-1", "$current_url": "https://shop.example/cart"}}) + "\n"
    for n, event in enumerate(["$mp_web_page_view", "Add to Cart", "Checkout"])
)  # fmt: skip
POSITIONS = "Auftragsnummer;Positionsnummer;Auftragsdatum;Kundennummer;Gesamtpreis\n" + "".join(
    f"A{o};{p};{10 + o}.03.2026;K{o};{x}\n"
    for o, p, x in [
        (3, 1, "1.010,50"),
        (3, 2, "20,00"),
        (4, 1, "5,00"),
        (5, 1, "7,50"),
        (5, 2, "7,50"),
        (6, 1, "10,00"),
    ]
)
BRACKETS = "Order ID;Order date;Amount;Currency\n" + "".join(
    f"o{n};03/{d}/2026 10:00 PM;{a};USD\n"
    for n, (d, a) in enumerate([(13, "$1,250.00"), (14, "$(35.50)"), (15, "($20.00)"), (16, "$2,000")])
)
CHATS = "Conversation ID,Started at,Ended at,Visitor email,Rating,Transcript\n" + "".join(
    f'cv{n},2026-03-0{n}T10:00:00Z,2026-03-0{n}T10:10:00Z,td{n}@shop.example,{rating},"Visitor: where is it?\nAgent: wonderful, thanks!"\n'
    for n, rating in enumerate(["good", "bad", ""], 1)
)
CASES = {
    # name of the file: (its text, [(statement, the right rows)])
    "adobe.csv": (ADOBE, [("select count(*), sum(views), sum(visits), min(date)::date::varchar from src_web_daily", [(10, 10055, 3055, "2026-03-01")])]),
    "seiten.csv": (SEITEN, [("select count(*), sum(views), sum(visitors) from src_web_daily", [(3, 14185, 9550)])]),
    "amazon_orders.txt": (AMAZON, [("select count(*), count(distinct order_id) from src_orders", [(4, 4)])]),
    "befragung.csv": (GROUPED, [
        (SCORES.format("nps"), [([10, 9, 3, 8, 0],)]),
        ("select question_id, sum(score) from src_survey_answers where metric = 'csat' group by 1 order by 1", [("zufriedenheit-beratung", 14), ("zufriedenheit-lieferung", 16)]),
    ]),
    "delighted.csv": (DELIGHTED, [
        (SCORES.format("nps"), [([10, 9, 4],)]), (SCORES.format("csat"), [([5, 2, 4],)]),
        ("select count(comment), count(url) from src_survey_answers", [(3, 0)]),
    ]),
    "encuesta_estrellas.csv": (STARS, [(SCORES.format("csat"), [([5, 4, 1, 3],)])]),
    "freshdesk_tickets.csv": (FRESHDESK, [
        ("select count(*), count(solved_at), count(id_customer_id) from src_support_tickets", [(4, 3, 0)]),
        (SCORES.format("csat"), [([5, 1, 3],)]),
    ]),
    "zendesk_explore.csv": (EXPLORE, [("select list(status order by row), min(contact_via) from src_support_tickets", [(["closed", "open", "solved", "pending"], "E-Mail")])]),
    "medallia.csv": (MEDALLIA, [
        (SCORES.format("nps"), [([10, 9, 0, 6, 7],)]),
        ("select count(distinct survey), count(distinct response_id), max(responded_at)::varchar from src_survey_answers", [(1, 5, "2026-03-17 19:15:00")]),
    ]),
    "typeform.csv": (TYPEFORM, [("select list(score order by row), count(comment), count(distinct response_id) from src_survey_answers", [([10, 0, 9], 2, 3)])]),
    "asknicely.csv": (NICE, [("select list(score order by row), count(responded_at) from src_survey_answers", [([9, 10, 3], 3)])]),
    "auftragspositionen.csv": (POSITIONS, [("select count(*) from src_orders", [(4,)])]),
    "bank.csv": (BRACKETS, [
        ("select list(amount order by row) from src_orders", [([1250, 2000],)]),
        ("select list(found order by row) from refusals where reason like 'a refund of no order%'", [(["-35.5", "-20.0"],)]),
    ]),
    "chats.csv": (CHATS, [
        ("select count(*), count(closed_at), max(body) from src_support_tickets", [(3, 3, "where is it?")]),
        ("select list(score order by row) from src_survey_answers", [([1, 0],)]),
    ]),
    "mixpanel.ndjson": (MIXPANEL, [("select count(distinct id_anonymous_id), min(id_anonymous_id), count(device) from src_web_events", [(1, "d-1", 0)])]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_is_read_right_as_proposed(name, tmp_path):
    text, right = CASES[name]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with duckdb.connect() as con:
        found = inspect(file, con)
    loaded = as_pasted(file, found)
    for statement, rows in right:
        assert loaded.rows(statement) == rows, found["sources_toml"]


def test_a_first_row_that_is_a_record_names_no_column(tmp_path):
    """Tables of R leave the name of their first column empty, too: their first row is a record, unless it is the sum of the others."""
    file = tmp_path / "visits_daily.csv"
    file.write_text(
        ",date,path,views\n" + "".join(f"r{n},2026-03-0{n},/p{n},{10 - n}\n" for n in range(1, 8)), encoding="utf-8"
    )
    with duckdb.connect() as con:
        assert inspect(file, con)["loaded"] == 7
