"""inspect takes a file for what its values and words say, in seven languages, and its block loads as pasted."""

import json
import tomllib
import zipfile

import duckdb
import pytest
import xlsxwriter

from data.inspection import inspect
from tests.readers.inspected import as_pasted, days, table

CASES = {
    "answers, Spanish": (
        "encuesta.csv",
        "survey_answers",
        {"score", "comment", "responded_at", "email"},
        lambda n: {
            "Marca temporal": f"2026-03-{n + 1:02} 10:00",
            "¿Qué probabilidad hay de que recomiende Acme a un amigo?": [0, 10, 9, 7][n % 4],
            "¿Por qué?": f"porque el pedido llegó {n}",
            "Correo electrónico": f"p{n}@example.org",
        },
    ),
    "answers, Dutch": (
        "klanttevredenheid.csv",
        "survey_answers",
        {"score", "responded_at", "customer_id"},
        lambda n: {
            "Ingevuld op": f"2026-03-{n + 1:02} 10:00",
            "Hoe tevreden bent u over de levering?": [5, 4, 1, 3][n % 4],
            "Klantnummer": f"K{n}",
        },
    ),
    "answers, Portuguese": (
        "pesquisa.csv",
        "survey_answers",
        {"score", "responded_at", "response_id"},
        lambda n: {
            "ID da resposta": f"r{n}",
            "Data da resposta": f"2026-03-{n + 1:02}",
            "Satisfação": [5, 4, 1, 3][n % 4],
        },
    ),
    "tickets, French": (
        "demandes.csv",
        "support_tickets",
        {"ticket_id", "created_at", "solved_at", "status", "subject"},
        lambda n: {
            "Numéro de ticket": 100 + n,
            "Créé le": f"2026-03-{n + 1:02} 09:00",
            "Résolu le": f"2026-03-{n + 1:02} 15:00",
            "Statut": ["Résolu", "Ouvert"][n % 2],
            "Objet": f"Livraison en retard {n}",
        },
    ),
    "tickets, Italian": (
        "segnalazioni.csv",
        "support_tickets",
        {"ticket_id", "created_at", "status", "priority"},
        lambda n: {
            "ID richiesta": f"R-{n}",
            "Data apertura": f"2026-03-{n + 1:02} 09:00",
            "Stato": ["Aperto", "Chiuso"][n % 2],
            "Priorità": ["Alta", "Bassa"][n % 2],
        },
    ),
    "orders, German": (
        "bestellungen.csv",
        "orders",
        {"order_id", "ordered_at", "amount", "customer_id"},
        lambda n: {
            "Bestellnummer": f"B{n}",
            "Bestellt am": f"{n + 13:02}.03.2026",
            "Gesamtbetrag": f"1{n},90",
            "Kundennummer": f"K{n}",
        },
    ),
    "orders, Portuguese": (
        "vendas.csv",
        "orders",
        {"order_id", "ordered_at", "amount", "currency"},
        lambda n: {
            "Número do pedido": f"P{n}",
            "Data da compra": f"2026-03-{n + 1:02} 09:00",
            "Valor total": f"{n + 1}.50",
            "Moeda": "BRL",
        },
    ),
    "events, English": (
        "hits.csv",
        "web_events",
        {"occurred_at", "url", "anonymous_id", "event_name"},
        lambda n: {
            "Time": f"2026-03-{n + 1:02}T09:00:00Z",
            "Page URL": f"https://shop.example/p/{n}",
            "Cookie ID": f"c-{n % 3}",
            "Action": ["page_view", "click"][n % 2],
        },
    ),
    "events, Dutch": (
        "paginas.csv",
        "web_events",
        {"occurred_at", "url", "session_id"},
        lambda n: {"Tijdstip": f"2026-03-{n + 1:02} 09:00:00", "Pagina": f"/product/{n}", "Sessie": f"s{n % 3}"},
    ),
    "daily counts, German": (
        "besucherzahlen.csv",
        "web_daily",
        {"date", "path", "views", "visitors"},
        lambda n: {"Tag": f"2026-03-{n + 1:02}", "Seite": "/", "Seitenaufrufe": 100 + n, "Besucher": 50 + n},
    ),
    "daily counts, French": (
        "audience.csv",
        "web_daily",
        {"date", "path", "visits"},
        lambda n: {"Jour": f"2026-03-{n + 1:02}", "Chemin de la page": "/panier", "Visites": 100 + n},
    ),
    "vitals, one": (
        "vitals.csv",
        "page_vitals",
        {"occurred_at", "url", "lcp_ms", "cls"},
        lambda n: {
            "timestamp": f"2026-03-{n + 1:02}T09:00:00Z",
            "page_url": f"https://shop.example/{n}",
            "LCP": 1900 + n,
            "CLS": 0.05,
        },
    ),
    "vitals, two": (
        "cwv.csv",
        "page_vitals",
        {"occurred_at", "inp_ms"},
        lambda n: {"Zeitpunkt": f"2026-03-{n + 1:02} 09:00:00", "Seite": f"/{n}", "Interaction to Next Paint": 150 + n},
    ),
    "people, German": (
        "kunden.csv",
        "people",
        {"customer_id", "customer_since", "segment"},
        lambda n: {
            "Kundennummer": f"K{n}",
            "Kunde seit": f"2024-03-{n + 1:02}",
            "Kundengruppe": ["Gold", "Silber"][n % 2],
        },
    ),
    "people, Spanish": (
        "clientes.csv",
        "people",
        {"customer_id", "consent", "segment"},
        lambda n: {"ID cliente": f"K{n}", "Consentimiento": ["true", "false"][n % 2], "Segmento": ["A", "B"][n % 2]},
    ),
    "exposures, English": (
        "ab-test.csv",
        "exposures",
        {"experiment", "variant", "unit", "exposed_at"},
        lambda n: {
            "Test name": "new-cart",
            "Variation": ["A", "B"][n % 2],
            "Visitor ID": f"v{n}",
            "Assigned at": f"2026-03-{n + 1:02} 09:00:00",
        },
    ),
    "exposures, Italian": (
        "esperimenti.csv",
        "exposures",
        {"experiment", "variant", "unit", "exposed_at"},
        lambda n: {
            "Esperimento": "carrello",
            "Variante": ["A", "B"][n % 2],
            "ID visitatore": f"v{n}",
            "Assegnato il": f"2026-03-{n + 1:02} 09:00:00",
        },
    ),
    "invitations, German": (
        "einladungen.csv",
        "survey_invitations",
        {"invited_at", "email"},
        lambda n: {"E-Mail-Adresse": f"p{n}@example.org", "Versendet am": f"2026-03-{n + 1:02} 09:00"},
    ),
    "invitations, French": (
        "invitations.csv",
        "survey_invitations",
        {"invited_at", "survey", "customer_id"},
        lambda n: {"Enquête": "nps", "Envoyé le": f"2026-03-{n + 1:02} 09:00", "Numéro client": f"K{n}"},
    ),
    "edges, English": (
        "logins.csv",
        "identity_edges",
        {"value_a", "value_b", "first_seen"},
        lambda n: {"anonymousId": f"a-{n}1", "userId": f"u{n}1", "timestamp": f"2026-03-{n + 1:02}T09:00:00Z"},
    ),
    "edges, Dutch": (
        "koppeling.csv",
        "identity_edges",
        {"value_a", "value_b"},
        lambda n: {"Bezoekers-ID": f"b{n}1", "Klantnummer": f"k{n}1"},
    ),
    "state changes, English": (
        "ticket-history.csv",
        "ticket_status_changes",
        {"ticket_id", "changed_at", "status"},
        lambda n: {
            "Ticket ID": 100 + n // 2,
            "Changed at": f"2026-03-{n + 1:02} 09:00",
            "New status": ["open", "solved"][n % 2],
        },
    ),
    "state changes, Spanish": (
        "historial.csv",
        "ticket_status_changes",
        {"ticket_id", "changed_at", "status"},
        lambda n: {
            "Número de caso": 100 + n // 2,
            "Fecha de cambio": f"2026-03-{n + 1:02} 09:00",
            "Nuevo estado": ["Abierto", "Resuelto"][n % 2],
        },
    ),
    "notes, English": (
        "releases.csv",
        "annotations",
        {"at", "text"},
        lambda n: {"Date": f"2026-03-{n + 1:02}", "What happened": f"new checkout version {n} went live"},
    ),
    "notes, German": (
        "kalender.csv",
        "annotations",
        {"at", "text"},
        lambda n: {"Datum": f"2026-03-{n + 1:02}", "Ereignis": f"Aktion Nummer {n} im Laden begann"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_table_is_found_and_the_block_loads_as_pasted(tmp_path, case):
    name, wanted, columns, record = CASES[case]
    file = table(tmp_path / name, [record(n) for n in range(12)], ";" if "German" in case else ",")
    found = inspect(file)
    assert (found["table"], found["loaded"], found["why"]) == (wanted, 12, None)
    assert columns <= {row["column"] for row in found["mapping"]}, found["mapping"]
    assert as_pasted(file, found).account() == (12, 12, 0)


def test_values_speak_before_words(tmp_path):
    """Headers that say nothing: an address is an e-mail, a page is a url, long texts under a survey's name are comments."""
    file = table(
        tmp_path / "umfrage.csv",
        [
            {"A": f"p{n}@example.org", "Wann": days(n), "NPS": n % 11, "Freitext": "das war leider gar nicht gut"}
            for n in range(22)
        ],
    )
    mapping = {row["column"]: row["from"] for row in inspect(file)["mapping"]}
    assert mapping["email"] == "A" and mapping["responded_at"] == "Wann" and mapping["comment"] == "Freitext"


def test_a_header_that_its_values_contradict_is_not_believed(tmp_path):
    """A column called E-Mail that holds yes and no is no address, and one called Date that holds words no date."""
    file = table(
        tmp_path / "orders.csv",
        [
            {"Order No": f"A{n}", "Date": "soon", "Paid at": days(n), "Total": n, "Email": ["yes", "no"][n % 2]}
            for n in range(9)
        ],
    )
    mapping = {row["column"]: row["from"] for row in inspect(file)["mapping"]}
    assert mapping["ordered_at"] == "Paid at" and "email" not in mapping


def test_what_fits_no_table_says_what_the_nearest_lacked(tmp_path):
    found = inspect(
        table(tmp_path / "colours.csv", [{"colour": "red", "weight_kg": 3}, {"colour": "blue", "weight_kg": 4}])
    )
    assert found["table"] is None and found["loaded"] == 0 and "no column for" in found["why"]


@pytest.mark.parametrize("case", ["tickets, French", "orders, German", "answers, Spanish"])
def test_json_and_parquet_are_read_as_csv_is(tmp_path, case):
    name, wanted, columns, record = CASES[case]
    (tmp_path / "x.json").write_text(json.dumps({"page": 1, "items": [record(n) for n in range(12)]}), encoding="utf-8")
    found = inspect(tmp_path / "x.json")
    assert (found["table"], found["loaded"]) == (wanted, 12) and tomllib.loads(found["sources_toml"])["source"][0][
        "records"
    ] == "items"
    con = duckdb.connect()
    (tmp_path / "y.json").write_text(json.dumps([record(n) for n in range(12)]), encoding="utf-8")
    con.execute(
        f"copy (select * from read_json('{tmp_path / 'y.json'}')) to '{tmp_path / name}.parquet' (format parquet)"
    )
    assert (inspect(tmp_path / f"{name}.parquet")["table"], inspect(tmp_path / f"{name}.parquet")["loaded"]) == (
        wanted,
        12,
    )


def test_a_flat_csv_of_analytics_goes_to_the_table_reader(tmp_path):
    """It has a vendor's names and is none of its exports: the session's number is the visitor's own, so the key is both."""
    file = table(
        tmp_path / "bq.csv",
        [
            {
                "event_timestamp": 1772000000000000 + n,
                "event_name": "page_view",
                "user_pseudo_id": f"7.{n}",
                "ga_session_id": 1772000000,
                "page_location": "https://a.example/",
            }
            for n in range(6)
        ],
    )
    found = inspect(file)
    block = tomllib.loads(found["sources_toml"])["source"][0]
    assert (
        block["reader"] == "table"
        and block["columns"]["session_id"] == "{user_pseudo_id}.{ga_session_id}"
        and found["loaded"] == 6
    )
    assert "ga4" in found["notes"]
    assert as_pasted(file, found).one("select count(distinct session_id) from src_web_events") == 6


def test_paths_into_json_carry_the_mapping(tmp_path):
    """A help desk's API: keys within keys, and no column of the loader's."""
    docs = [
        {
            "key": f"T-{n}",
            "_airbyte_ab_id": "x",
            "fields": {
                "created": f"{days(n)}T09:00:00Z",
                "summary": f"Cannot pay with card {n}",
                "status": {"name": "Done"},
                "issuetype": {"description": "A task is a task"},
            },
        }
        for n in range(5)
    ]
    (tmp_path / "issues.ndjson").write_text("".join(json.dumps(doc) + "\n" for doc in docs))
    found = inspect(tmp_path / "issues.ndjson")
    mapping = {row["column"]: row["from"] for row in found["mapping"]}
    assert found["table"] == "support_tickets" and found["loaded"] == 5
    assert mapping == {
        "ticket_id": "key",
        "created_at": "fields.created",
        "subject": "fields.summary",
        "status": "fields.status.name",
    }


def test_two_columns_that_could_be_the_customer_are_asked_about(tmp_path):
    found = inspect(
        table(
            tmp_path / "orders.csv",
            [
                {"Order ID": f"A{n}", "Order date": days(n), "Total": n, "Customer ID": f"c{n}", "User ID": f"u{n}"}
                for n in range(9)
            ],
        )
    )
    assert any(
        question.startswith("which is the customer's id: 'Customer ID' (taken) or 'User ID'")
        for question in found["questions"]
    )


def test_counts_of_a_period_take_its_last_day_from_the_lines_above(tmp_path):
    (tmp_path / "pages.csv").write_text(
        "# Report\n# 20260201-20260228\n#\nPage path,Views,Active users\n/,100,50\n/cart,40,30\n/help,9,8\n"
    )
    found = inspect(tmp_path / "pages.csv")
    assert (found["table"], found["loaded"], found["constants"]) == ("web_daily", 3, {"date": "2026-02-28"})
    assert any("up to 2026-02-28" in question for question in found["questions"])


def test_a_table_beside_tickets_is_none_of_them(tmp_path):
    """A message has a ticket, a time and a text, and is not a ticket: its file says so."""
    rows = [
        {
            "id": f"m{n}",
            "conversation_id": n // 2,
            "created_at": f"{days(n)} 09:00",
            "body": f"hello, my parcel is late {n}",
            "author_type": ["user", "admin"][n % 2],
        }
        for n in range(8)
    ]
    found = inspect(table(tmp_path / "conversation_part_history.csv", rows))
    assert found["table"] is None and "stands beside them" in json.dumps(found["readings"])


def test_workbooks_and_archives_are_looked_into(tmp_path):
    """The sheet that is a table is read, and each member of an archive is a file of its own: both load as pasted."""
    name, wanted, columns, record = CASES["tickets, French"]
    book = xlsxwriter.Workbook(str(tmp_path / "demandes.xlsx"))
    book.add_worksheet("Notes").write_row(0, 0, ["Export du service client"])
    sheet = book.add_worksheet("Tickets")
    for place, row in enumerate([list(record(0)), *(list(record(n).values()) for n in range(12))]):
        sheet.write_row(place, 0, row)
    book.close()
    found = inspect(tmp_path / "demandes.xlsx")
    assert (found["table"], found["loaded"]) == (wanted, 12) and as_pasted(
        tmp_path / "demandes.xlsx", found
    ).account() == (12, 12, 0)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.write(table(tmp_path / name, [record(n) for n in range(12)]), name)
        archive.writestr("colours.csv", "colour,shade\nred,dark\nblue,light\n")
    found = inspect(tmp_path / "export.zip")
    assert (
        found["loaded"] == 12
        and f'path = "export.zip/{name}"' in found["sources_toml"]
        and "export.zip/colours.csv: not loaded" in found["notes"]
    )
    assert as_pasted(tmp_path / "export.zip", found).account() == (12, 12, 0)
