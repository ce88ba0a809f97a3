"""Exports as tools write them, each read as pasted: what is loaded is compared with what was counted by hand."""

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from data.inspection import inspect
from tests.readers.inspected import as_pasted

NPS = [10, 9, 8, 3, 10, 6, 9, 10, 0, 7, 10, 9]  # 7 promoters, 3 detractors
DAYS = [f"2026-03-{number + 1:02}" for number in range(12)]


def text(header: list, rows: list[list], delimiter: str = ",", before: str = "") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return before + out.getvalue()


def pasted(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> tuple[dict, object]:
    """The file inspected, and its blocks loaded unchanged."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    found = inspect(file)
    assert found["loaded"], found["why"]
    return found, as_pasted(file, found)


def test_hubspot_states_carry_their_pipeline_and_tickets_a_close_date(tmp_path):
    states = ["New (Support Pipeline)", "Waiting on contact (Support Pipeline)", "Closed (Support Pipeline)"]
    header = ["Ticket ID", "Ticket name", "Ticket status", "Create date", "Close date", "Associated Contact"]
    rows = [
        [
            f"{9000 + n}",
            f"Refund {n}",
            states[n % 3],
            f"{day} 09:15",
            f"{day} 10:15" if n % 3 == 2 else "",
            f"Ann X (p{n}@x.test)",
        ]
        for n, day in enumerate(DAYS)
    ]
    found, loaded = pasted(tmp_path, "hubspot-crm-exports-all-tickets.csv", text(header, rows))
    assert loaded.rows(
        "select status, count(*), count(closed_at) from src_support_tickets group by status order by 1"
    ) == [
        ("closed", 4, 4),
        ("new", 4, 0),
        ("pending", 4, 0),
    ]
    assert loaded.rows("select subject, body from src_support_tickets order by row limit 1") == [("Refund 0", None)]


def test_jira_service_management_names_its_fields_custom_field(tmp_path):
    header = ["Issue key", "Issue id", "Summary", "Status", "Created", "Resolved", "Custom field (Request Type)"]
    header += ["Custom field ([CHART] Date of First Response)"]
    rows = [
        [
            f"SUP-{n}",
            f"{n}",
            "No login",
            "Waiting for customer",
            f"{n + 1:02}/Mar/26 9:05 AM",
            "",
            "Get help",
            f"{n + 1:02}/Mar/26 1:05 PM",
        ]
        for n in range(12)
    ]
    _, loaded = pasted(tmp_path, "JSM.csv", text(header, rows))
    assert loaded.rows(
        "select ticket_id, status, category, first_reply_at, body from src_support_tickets order by row limit 1"
    ) == [("SUP-0", "pending", "Get help", datetime(2026, 3, 1, 13, 5), None)]


def test_intercom_holds_its_contact_and_tags_in_lists(tmp_path):
    conversations = [
        {"type": "conversation", "id": f"{n}", "created_at": 1772442000 + n * 86400, "state": ["open", "closed"][n % 2]}
        | {
            "contacts": {
                "type": "contact.list",
                "contacts": [{"type": "contact", "id": f"c{n}", "external_id": f"U{n}"}],
            }
        }
        | {"tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "9", "name": "late delivery"}]}}
        | {"statistics": {"last_close_at": 1772449200 + n * 86400 if n % 2 else None}}
        for n in range(12)
    ]
    document = {"type": "conversation.list", "conversations": conversations}
    _, loaded = pasted(tmp_path, "conversations.json", json.dumps(document))
    assert loaded.rows(
        "select ticket_id, id_customer_id, tags, category, status, closed_at from src_support_tickets order by row limit 2"
    ) == [
        ("0", "U0", ["late delivery"], None, "open", None),
        ("1", "U1", ["late delivery"], None, "closed", datetime(2026, 3, 3, 11)),
    ]


def test_freshdesk_states_and_ratings_are_codes(tmp_path):
    tickets = [
        {"id": n + 1, "subject": "Where is it", "status": 2 + n % 4, "created_at": f"{day}T09:00:00Z", "spam": n == 0}
        | {"stats": {"first_responded_at": f"{day}T10:00:00Z", "resolved_at": None}}
        for n, day in enumerate(DAYS)
    ]
    found, loaded = pasted(tmp_path, "freshdesk.json", json.dumps(tickets))
    assert loaded.rows("select status, count(*) from src_support_tickets group by status order by 1") == [
        ("closed", 3), ("open", 2), ("pending", 3), ("solved", 3)
    ]  # fmt: skip
    assert loaded.one("select max(ticket_id::int) from src_support_tickets") == 12
    ratings = [
        {
            "id": n,
            "ticket_id": n,
            "created_at": f"{day}T12:00:00Z",
            "ratings": {"default_question": [103, 100, -103][n % 3]},
        }
        for n, day in enumerate(DAYS)
    ]
    found, loaded = pasted(tmp_path, "satisfaction_ratings.json", json.dumps(ratings))
    assert loaded.rows(
        "select metric, score, scale_min, scale_max, count(*) from src_survey_answers group by all order by score"
    ) == [("csat", 1.0, 1.0, 7.0, 4), ("csat", 4.0, 1.0, 7.0, 4), ("csat", 7.0, 1.0, 7.0, 4)]


def test_codes_of_no_known_tool_are_asked(tmp_path):
    rows = [[f"T{n}", f"{day} 09:00", str(n % 2), "Help me"] for n, day in enumerate(DAYS)]
    found, _ = pasted(tmp_path, "tickets.csv", text(["Ticket ID", "Created", "Status", "Subject"], rows))
    assert any("'Status' holds codes" in question for question in found["questions"])


def test_typeform_says_of_each_answer_what_was_asked(tmp_path):
    def answer(ref: str, kind: str, **value) -> dict:
        return {"field": {"id": f"id{ref}", "type": kind, "ref": ref}, "type": next(iter(value)), **value}

    items = [
        {"token": f"t{n}", "response_id": f"t{n}", "submitted_at": f"{day}T10:00:00Z", "hidden": {"user_id": f"U{n}"}}
        | {"metadata": {"referer": "https://f.typeform.com/to/x"}}
        | {
            "answers": [
                answer("0a1b-1", "opinion_scale", number=n % 5 + 1),
                answer("0a1b-2", "nps", number=NPS[n]),
                answer("0a1b-3", "long_text", text=f"I liked {n} of it"),
                answer("0a1b-4", "multiple_choice", choice={"label": ["Web", "Shop"][n % 2]}),
            ]
        }
        for n, day in enumerate(DAYS)
    ]
    found, loaded = pasted(tmp_path, "typeform.json", json.dumps({"total_items": 12, "items": items}))
    assert loaded.rows(
        "select sum(score), min(comment), count(*), min(id_customer_id) from src_survey_answers where metric = 'nps'"
    ) == [(91.0, "I liked 0 of it", 12, "U0")]
    assert loaded.rows("select distinct choice from src_survey_answers where choice is not null order by 1") == [
        ("Shop",),
        ("Web",),
    ]
    assert loaded.one("select count(*) from src_survey_answers where metric is null and scale_max = 5") == 12
    assert (
        '# kind = "relationship"' in found["journey_toml"]
    )  # the form's own page is not where somebody was; its NPS lets expect it
    assert (
        '# constants = { survey = "typeform", scale_min = 1, scale_max = 5, metric = "csat" }' in found["sources_toml"]
    )


def test_a_scale_whose_ends_alone_have_words(tmp_path):
    ends = {0: "Not at all likely - 0", 10: "Extremely likely - 10"}
    header = ["Respondent ID", "End Date", "How likely is it that you would recommend us to a friend?"]
    rows = [[f"{n}", f"{day} 10:00", ends.get(NPS[n], NPS[n])] for n, day in enumerate(DAYS)]
    _, loaded = pasted(tmp_path, "feedback.csv", text(header, rows))
    assert loaded.rows("select metric, sum(score), count(*) from src_survey_answers group by metric") == [
        ("nps", 91.0, 12)
    ]


def test_scores_with_decimal_commas_in_spanish(tmp_path):
    header = ["Fecha de respuesta", "Id cliente", "Del 0 al 10, ¿qué probabilidad hay de que nos recomiende?"]
    rows = [[f"{n + 1}/3/2026 17:05", f"C{n}", f"{NPS[n]},0"] for n in range(12)]
    _, loaded = pasted(tmp_path, "encuesta.csv", text(header, rows, ";"), "cp1252")
    assert loaded.rows("select metric, sum(score), max(responded_at) from src_survey_answers group by metric") == [
        ("nps", 91.0, datetime(2026, 3, 12, 17, 5))
    ]


def test_a_column_says_which_survey_it_is(tmp_path):
    header = [
        "Record ID",
        "Survey type",
        "Survey name",
        "Response",
        "Response group",
        "Feedback",
        "Submission date",
        "Email",
    ]
    rows = [
        [str(n), "NPS", "Q1", NPS[n], "Promoter" if NPS[n] > 8 else "Other", "nice work", day, f"p{n}@x.test"]
        for n, day in enumerate(DAYS)
    ]
    _, loaded = pasted(tmp_path, "feedback_submissions.csv", text(header, rows))
    assert loaded.rows("select survey, metric, sum(score), count(*) from src_survey_answers group by all") == [
        ("Q1", "nps", 91.0, 12)
    ]


def test_unfinished_answers_of_limesurvey_stay_out(tmp_path):
    header = [
        "id. Response ID",
        "submitdate. Date submitted",
        "lastpage. Last page",
        "Q1. How likely are you to recommend us?",
    ]
    rows = [[str(n), f"{day} 10:00:00" if n else "", "2" if n else "1", NPS[n]] for n, day in enumerate(DAYS)]
    found, loaded = pasted(tmp_path, "results-survey1.csv", text(header, rows, ";"))
    assert loaded.account() == (12, 11, 1) and "unfinished responses" in found["notes"]
    assert loaded.one("select sum(score) from src_survey_answers") == 81.0


def test_two_comment_columns_of_one_name(tmp_path):
    header = [
        "ID",
        "Completion time",
        "How satisfied are you with delivery?",
        "Comments",
        "How satisfied are you with support?",
        "Comments",
    ]
    rows = [
        [n, f"3/{n + 13}/26 10:00:00", n % 5 + 1, f"on time {n} sir", 5 - n % 5, f"helped me {n}"] for n in range(12)
    ]
    _, loaded = pasted(tmp_path, "forms.csv", text(header, rows))
    assert loaded.one("select count(distinct comment) from src_survey_answers") == 24


def test_shopify_repeats_an_order_for_each_of_its_lines(tmp_path):
    header = [
        "Name",
        "Email",
        "Financial Status",
        "Currency",
        "Total",
        "Refunded Amount",
        "Lineitem name",
        "Created at",
        "Id",
    ]
    rows = []
    for n, day in enumerate(DAYS):
        state = "voided" if n == 5 else "paid"
        rows += [[f"#{n}", f"p{n}@x.test", state, "EUR", "45.00", "0.00", "Mug", f"{day} 09:59:00 +0100", f"55{n}"]]
        rows += [[f"#{n}", f"p{n}@x.test", "", "", "", "", "Cup", f"{day} 09:59:00 +0100", ""]] if n % 4 == 0 else []
    found, loaded = pasted(tmp_path, "orders_export.csv", text(header, rows))
    assert loaded.account() == (15, 11, 4) and loaded.one("select sum(amount) from src_orders") == 495.0
    assert "the further lines of an order" in found["notes"] and "orders that are voided" in found["notes"]


def test_woocommerce_writes_refunds_with_a_minus_and_keeps_orders_nobody_paid(tmp_path):
    header = ["order_id", "date", "status", "customer_id", "order_total", "refunded_total", "order_currency"]
    states = ["completed", "processing", "cancelled", "refunded"]
    rows = [
        [n, f"{day} 10:00:00", states[n % 4], 50 + n, "30.00", "-30.00" if n % 4 == 3 else "0.00", "EUR"]
        for n, day in enumerate(DAYS)
    ]
    _, loaded = pasted(tmp_path, "wc-orders.csv", text(header, rows))
    assert loaded.rows("select count(*), sum(amount), sum(refunded) from src_orders") == [(9, 270.0, 90.0)]


def test_german_amounts_with_a_total_row(tmp_path):
    header = ["Belegnummer", "Buchungsdatum", "Kundennr.", "Bruttobetrag", "Währung"]
    rows = [[f"B{n}", f"{n + 1:02}.03.2026", 1000 + n, f"1.{200 + n},90", "EUR"] for n in range(12)]
    _, loaded = pasted(
        tmp_path, "Umsätze.csv", text(header, [*rows, ["Summe", "", "", "14.476,80", ""]], ";"), "cp1252"
    )
    assert loaded.rows("select count(*), round(sum(amount), 2), min(id_customer_id) from src_orders") == [
        (12, 14476.8, "1000")
    ]


def test_french_orders_below_a_title_and_with_a_row_of_units(tmp_path):
    header = ["Date", "N° commande", "Client", "Montant", "Devise"]
    rows = [["jj/mm/aaaa", "", "", "€", ""]] + [
        [f"{n + 1:02}/03/2026", f"CMD-{n}", f"C{n}", f"1 {200 + n},50", "EUR"] for n in range(12)
    ]
    _, loaded = pasted(tmp_path, "mesures.csv", text(header, rows, ";", "Export des commandes\n\n"), "cp1252")
    assert loaded.rows("select count(*), sum(amount) from src_orders") == [(12, 14472.0)]


def test_utf16_tickets_with_abbreviated_numbers(tmp_path):
    header = ["Fall-Nr.", "Eröffnet am", "Gelöst am", "Status", "Betreff"]
    rows = [[f"F-{n}", f"{n + 1:02}.03.2026 08:00", f"{n + 1:02}.03.2026 16:00", "Gelöst", "Frage"] for n in range(12)]
    _, loaded = pasted(tmp_path, "tickets.txt", text(header, rows, "\t"), "utf-16")
    assert loaded.rows("select min(ticket_id), max(solved_at), any_value(status) from src_support_tickets") == [
        ("F-0", datetime(2026, 3, 12, 16), "solved")
    ]


def test_matomo_keeps_the_pages_of_a_visit_inside_it(tmp_path):
    pages = [("https://shop.test/", 0), ("https://shop.test/cart", 30)]
    visits = [
        {
            "idVisit": f"{n}",
            "visitorId": f"v{n // 2}",
            "actionDetails": [{"url": url, "timestamp": 1772442000 + n * 3600 + after} for url, after in pages],
        }
        for n in range(12)
    ]
    _, loaded = pasted(tmp_path, "matomo.json", json.dumps(visits))
    assert loaded.rows("select count(*), count(distinct session_id), count(distinct id_anonymous_id), count(distinct url) from src_web_events") == [
        (24, 12, 6, 2)
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["Is Spam", "isSpam"])
def test_spam_is_marked_in_more_than_one_spelling(tmp_path, mark):
    header = ["Ticket Id", "Subject", "Status", "Created Time (Ticket)", "Ticket Closed Time", mark]
    rows = [[n, "Help", "Open", f"{n + 1:02} Mar 2026 02:15 PM", "", "true" if n < 4 else "false"] for n in range(12)]
    _, loaded = pasted(tmp_path, "zoho desk.csv", text(header, rows))
    assert loaded.account() == (12, 8, 4)
    assert loaded.one("select min(created_at) from src_support_tickets") == datetime(2026, 3, 5, 14, 15)


def test_a_zip_of_two_kinds(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        rows = [[f"INC{n}", f"{day} 08:00:00", f"{day} 17:00:00", "Closed", "Printer"] for n, day in enumerate(DAYS)]
        archive.writestr(
            "incidents.csv", text(["Ticket number", "Opened", "Closed", "State", "Short description"], rows)
        )
        rows = [["NPS 2026", day, NPS[n], f"p{n}@x.test"] for n, day in enumerate(DAYS)]
        archive.writestr("nps/answers.csv", text(["Survey", "Taken on", "Score (0-10)", "Email"], rows))
    _, loaded = pasted(tmp_path, "export.zip", held.getvalue())
    assert loaded.one("select count(closed_at) from src_support_tickets") == 12
    assert loaded.rows("select metric, sum(score) from src_survey_answers group by metric") == [("nps", 91.0)]


def test_a_workbook_whose_second_sheet_has_a_title_and_an_average(tmp_path):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    book.add_worksheet("Deckblatt").write(0, 0, "Bericht Q1")
    sheet, clock = book.add_worksheet("Antworten"), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    sheet.write(0, 0, "Kundenzufriedenheit 2026")
    sheet.write_row(2, 0, ["Antwort-Nr", "Datum", "Kundennummer", "Zufriedenheit (1–5)"])
    for n in range(12):
        sheet.write_row(3 + n, 0, [n + 1, None, f"K{n}", n % 5 + 1])
        sheet.write_datetime(3 + n, 1, datetime(2026, 3, n + 1, 9, 30), clock)
    sheet.write_row(15, 0, ["Durchschnitt", None, None, 2.75])
    book.close()
    _, loaded = pasted(tmp_path, "bericht.xlsx", held.getvalue())
    assert loaded.rows(
        "select metric, sum(score), count(*), max(responded_at) from src_survey_answers group by metric"
    ) == [("csat", 33.0, 12, datetime(2026, 3, 12, 9, 30))]


def test_a_rating_beside_a_ticket_is_taken_for_satisfaction_and_asked(tmp_path):
    rows = [[n, f"{day} 10:00", n % 5 + 1, f"that was fine {n}"] for n, day in enumerate(DAYS)]
    found, loaded = pasted(tmp_path, "report.csv", text(["Ticket ID", "Created", "Rating", "Comment"], rows))
    assert loaded.rows("select metric, sum(score) from src_survey_answers group by metric") == [("csat", 33.0)]
    assert any("how satisfied people were with the help" in question for question in found["questions"])
    assert '# kind = "post_contact"' in found["journey_toml"]
    assert any("Perhaps post_contact: its column of tickets" in question for question in found["questions"])
