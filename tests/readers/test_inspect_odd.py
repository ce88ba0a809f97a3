"""Exports with something in them that a person would have stumbled over: read right as proposed, or asked about. Counted by hand."""

import json
import re

import duckdb
import pytest

from data.errors import UserError
from data.inspection.look import inspect
from data.readers import READERS
from data.settings.sources import load_sources
from tests.readers.inspected import as_pasted

SCORES = "select list(score order by row) from src_survey_answers where score is not null"
ANSWERS = "select list(score order by row), min(metric), min(scale_min), max(scale_max) from src_survey_answers where score is not null"
AMOUNTS = "select list(amount order by row) from src_orders"


def lines(header: str, *rows: str) -> str:
    return "\n".join([header, *rows]) + "\n"


FA = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
CASES = {
    # name of the file: (its text, [(statement, the right rows)], what is asked or said)
    "avis_boutique.csv": (
        lines(
            "Id avis;Date de l'avis;Note;Texte de l'avis;Réponse du vendeur le",
            *(f"a{n};1{n}/03/2026;{n};assez content de tout;{'20/03/2026' if n == 4 else ''}" for n in (5, 3, 4, 1)),
        ),
        [("select count(responded_at), max(responded_at)::date::varchar, count(comment) from src_survey_answers", [(4, "2026-03-15", 4)])],
        "",
    ),
    "encuesta_entrega.csv": (
        lines("Fecha;Satisfacción con la entrega", *(f"1{n}/03/2026;{v}" for n, v in enumerate(("85 %", "100%", "7%", "50 %"), 3))),
        [(ANSWERS, [([85, 100, 7, 50], "csat", 0, 100)])],
        "per cent",
    ),
    "meting.csv": (
        lines("Datum;Tevredenheid met de kassa (0–100)", *(f"1{n}-03-2026;{v}" for n, v in enumerate((12, 0, 99, 64), 3))),
        [(ANSWERS, [([12, 0, 99, 64], "csat", 0, 100)])],
        "",
    ),
    "stimmungsfrage_feedback.csv": (
        lines("Datum;Stimmung (1-4);Bemerkung", "13.03.2026;4;das lief gut heute", "14.03.2026;1;", "15.03.2026;2;ging so, zu laut"),
        [(SCORES, [([4, 1, 2],)])],
        "measure",
    ),
    "notes_avis.csv": (
        lines("Date;Note;Commentaire;Note;Commentaire", "13/03/2026;5;livreur aimable;1;site trop lent", "14/03/2026;4;;2;", "15/03/2026;3;;1;trop de clics"),
        [
            ("select question_id, list(score order by row) from src_survey_answers where score is not null group by 1 order by 1", [("note", [5, 4, 3]), ("note-more", [1, 2, 1])]),
            ("select count(comment) from src_survey_answers", [(3,)]),
        ],
        "",
    ),
    "tracker.csv": (
        lines("date;NPS Marke;NPS Filialbesuch Visit;comment", *(f"2026-03-1{n};{a};{b};so war es diesmal {n}" for n, (a, b) in enumerate([(10, 0), (9, 3), (0, 10)]))),
        [
            ("select question_id, list(score order by row) from src_survey_answers where metric = 'nps' group by 1 order by 1", [("nps-filialbesuch-visit", [0, 3, 10]), ("nps-marke", [10, 9, 0])]),
            ("select count(comment) from src_survey_answers", [(3,)]),
        ],
        "",
    ),
    "nps_gruppen.csv": (lines("Datum;NPS Gruppe", *(f"1{n}.03.2026;{g}" for n, g in enumerate(("Promotoren", "Kritiker", "Passive", "Promotoren"), 2))), [("select count(choice) from src_survey_answers", [(4,)])], "score from 0 to 10"),
    "antworten.csv": (
        lines("Datum;Bewertung;Kategorie", *(f"1{n}.03.2026;{v};{g}" for n, (v, g) in enumerate([(9, "Promoter"), (7, "Neutrale"), (2, "Kritiker"), (6, "Kritiker")], 2))),
        [(ANSWERS, [([9, 7, 2, 6], "nps", 0, 10)])],
        "",
    ),
    "csat_jahr.csv": (
        "".join("\ufeff" + lines("Antwort-Nr;Datum;CSAT (1-5)", f"{n};1{n}.0{n}.2026;{v}", f"{n + 3};2{n}.0{n}.2026;{v}") for n, v in ((1, 5), (2, 1), (3, 4))),
        [(SCORES, [([5, 5, 1, 1, 4, 4],)]), ("select list(response_id order by row) from src_survey_answers", [(["1", "4", "2", "5", "3", "6"],)])],
        "header stands again in row 3, 6",
    ),
    "csat_kurz.csv": (lines("Antwort;Datum;CSAT", "1;13.03.2026;5", "2;14.03.2026;1", "3;15.03.2026;4"), [(SCORES, [([5, 1, 4],)])], ""),
    "csat_fa.csv": (
        "Response ID,Date,CSAT,weight\n" + "".join(f"{n},2026-03-1{n},{v},{w}\n".translate(FA if n else {}) for n, v, w in [(1, 5, 1.5), (2, 1, 0.5), (3, 4, 1)]).replace("٫", "."),
        [(SCORES, [([5, 1, 4],)]), ("select sum(weight), max(responded_at)::date::varchar from src_survey_answers", [(3, "2026-03-13")])],
        "",
    ),
    "panel_nps.csv": (
        lines("Date submitted,Status,NPS", "2026-03-01,Complete,10", "2026-03-02,Screened out,0", "2026-03-03,Incomplete,3", "2026-03-04,Complete,0", "2026-03-05,Test data,10"),
        [(SCORES, [([10, 0],)])],
        "leaves out responses that are",
    ),
    "fragan.csv": (lines("Date;Miten tyytyväinen olet palveluun?", *(f"2026-03-1{n};{w}" for n, w in enumerate(("Erittäin", "Melko", "En lainkaan")))), [], "is .* a score"),
    "csat_neu.csv": (
        lines("Datum;CSAT;Kommentar;E-Mail", "13.03.2026;5;ganz gut hier;a@shop.example", "14.03.2026;1;Nur ein Test;b@shop.example", "15.03.2026;1;;tester+7@firma.example"),
        [(SCORES, [([5, 1, 1],)])],
        "2 of the records looked at seem to be somebody's test",
    ),
    "kasse.csv": (
        lines("Beleg-Nr;Kaufdatum;Uhrzeit;Betrag CHF;Kunde", "b1;13.03.2026;09:30;1’012.50;K1", "b2;13.03.2026;21:05;99.–;(leer)", "b3;14.03.2026;10:00;12.50-;-", "b4;15.03.2026;10:00;-;K4"),
        [
            ("select list(amount order by row), min(currency), count(*), count(id_customer_id) from src_orders", [([1012.5, 99, None], "CHF", 3, 2)]),
            ("select list(strftime(ordered_at, '%H:%M') order by row) from src_orders", [(["09:30", "21:05", "10:00"],)]),
        ],
        "",
    ),
    "VBRK.txt": (
        lines("VBELN|FKDAT|KUNNR|NETWR", "0000004711|20260313|0000001001|1.250,00", "0000004712|20260314|0000001002|80,00-", "0000004713|20260315|0000001001|7,50"),
        [("select list(amount order by row), min(order_id), count(distinct id_customer_id) from src_orders", [([1250, 7.5], "0000004711", 1)])],
        "",
    ),
    "bewertungen_haendler.csv": (
        lines("Datum;Gesamtbewertung;Antwort des Händlers am", "13.03.2026;5;20.03.2026", "14.03.2026;2;", "15.03.2026;1;"),
        [("select list(score order by row), max(responded_at)::date::varchar from src_survey_answers", [([5, 2, 1], "2026-03-15")])],
        "",
    ),
    "verkaeufe.csv": (
        lines("Order ID,Order Date,Total Tax,Total Quantity,Order Total (inc tax)", *(f"x{n},1{n}/03/2026,{n}.19,{n},{n}9.50" for n in (3, 4, 5))),
        [(AMOUNTS, [([39.5, 49.5, 59.5],)])],
        "",
    ),
    "fragebogen_filiale.csv": (
        lines("Datum;Bitte bewerten Sie die Kasse;Bitte bewerten Sie das Sortiment;Comment", *(f"1{n}.03.2026;{n};{6 - n};war in Ordnung so {n}" for n in (1, 5, 2, 4))),
        [("select count(score), count(comment), count(distinct question_id) from src_survey_answers", [(8, 4, 3)])],
        "",
    ),
    "csat_je_woche.csv": (lines("Woche;CSAT;Anzahl Antworten", *(f"2026-W1{n};4,{n};{n * 30}" for n in (1, 2, 3))), [], "worked out already"),
    "pedidos.csv": (lines("Número de pedido;Fecha de pedido;Importe", "p1;13/03/2026;10,00 €", "p2;14/03/2026;20,00 £", "p3;15/03/2026;5,00 €"), [(AMOUNTS, [([10, 20, 5],)])], "several currencies: EUR .2., GBP .1."),
    "payments.json": (
        json.dumps({"data": [{"id": f"py_{n}", "amount": a, "amount_refunded": 0, "created": 1772359200 + n, "currency": "eur"} for n, a in enumerate([1999, 120000])]}),
        [(AMOUNTS, [([19.99, 1200],)])],
        "in cents",
    ),
    "posten_bestellungen.csv": (
        lines("Bestellnummer;Bestelldatum;Menge;Einzelpreis", "o1;13.03.2026;3;2,50", "o1;13.03.2026;1;10,00", "o2;14.03.2026;2;1.000,00"),
        [("select order_id, amount from src_orders order by 1", [("o1", 17.5), ("o2", 2000)])],
        "price of one piece",
    ),
    "anrufe_tickets.csv": (
        lines("Call ID;Call start;Direction;Agent;Caller number", "c1;13.03.2026 09:00;Inbound;kim@firma.example;4915112345671", "c2;13.03.2026 10:00;Outbound;kim@firma.example;4915112345672", "c3;14.03.2026 10:00;Inbound;lee@firma.example;anonymous"),
        [("select count(*), count(id_phone), count(id_email) from src_support_tickets", [(2, 1, 0)])],
        "the company began",
    ),
    "nachrichten_support.csv": (
        lines("Conversation ID,Message ID,Date,Direction,Subject,Status", *(f"k{c},m{c}{m},2026-03-0{c} 1{m}:00:00Z,{'Inbound' if m else 'Outbound'},Order,Open" for c in (1, 2, 3) for m in (0, 1, 2))),
        [],
        "each record is a message",
    ),
    "znuny_tickets.csv": (
        lines("Ticketnummer;Erstellt;Status;Titel", "t1;13.03.2026 08:00;closed successful;Frage", "t2;14.03.2026 08:00;warten zur Erinnerung;Frage", "t3;15.03.2026 08:00;zusammengefasst;Frage"),
        [("select list(status order by row) from src_support_tickets", [(["closed", "pending", "merged"],)])],
        "",
    ),
    "hits.csv": (
        lines("event_id,derived_tstamp,event_name,session_id,visit_id,landing_page,path", *(f"e{n},2026-03-01 10:0{n}:00.000,page_view,s{s},v{v},https://shop.example/,/p{n}" for n, (s, v) in enumerate([(1, 1), (1, 2), (2, 3)]))),
        [("select list(url order by row), count(distinct session_id), count(distinct id_anonymous_id), min(occurred_at)::varchar from src_web_events", [(["/p0", "/p1", "/p2"], 3, 2, "2026-03-01 10:00:00")])],
        "",
    ),
    "leer_nps.csv": ("Response ID,Date,NPS\n", [], "a header and no record"),
    "csat.prn": (lines("ID        DATE        SCORE", "1         2026-03-01  5", "2         2026-03-02  4"), [], "fixed width"),
    "dump.sql": (lines("-- PostgreSQL database dump", "COPY tickets FROM stdin;", "1,2026-03-01,open"), [], "looks like SQL"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_is_read_right_or_asked(name, tmp_path):
    text, right, told = CASES[name]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with duckdb.connect() as con:
        found = inspect(file, con)
    if right:
        loaded = as_pasted(file, found)
        for statement, rows in right:
            assert loaded.rows(statement) == rows, found["sources_toml"]
    said = " ".join(str(part) for part in [*found["questions"], found["notes"], found["why"]])
    assert re.search(told, said), said


def test_what_the_table_reader_is_told_of_amounts_is_checked(tmp_path):
    """An option it does not know, or of another kind, is refused before a file is opened."""
    for options in ('{ cents = "yes" }', "{ quantity = 3 }", "{ pieces = 'Menge' }"):
        settings = tmp_path / "sources.toml"
        settings.write_text(
            f'[[source]]\nname = "o"\nreader = "table"\npath = "o.csv"\ntable = "orders"\noptions = {options}\ncolumns = {{ amount = "p" }}\n',
            encoding="utf-8",
        )
        with pytest.raises(UserError, match="options"):
            load_sources(settings, READERS)
