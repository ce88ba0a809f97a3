"""What stands beside a record or inside it: ratings in tickets, tags in tables of their own, refunds in lines of their own, revenue as text."""

import csv

import duckdb
import pytest

from data.build.load import create_tables, load_sources
from data.inspection import inspect
from data.settings.sources import Company, Source, Sources
from tests.readers.inspected import table
from tests.readers.loading import load, ndjson
from tests.readers.test_reader_ga4 import AT, event
from tests.readers.test_reader_zendesk import RATING, TICKET


def purchase(number: int, **more) -> dict:
    return event(
        "purchase", AT + number, ecommerce={"transaction_id": f"T{number}"} | more.pop("ecommerce", {}), **more
    )


@pytest.mark.parametrize("written", ["1250,50", "1.250,50", "1,250.50", "€ 1250.50"])
def test_revenue_that_an_export_writes_as_text_is_read(tmp_path, written):
    loaded = load(
        ndjson(
            tmp_path / "e.ndjson",
            purchase(1, ecommerce={"purchase_revenue": written}),
            purchase(2, params={"value": written}),
        ),
        "ga4",
    )
    assert loaded.rows("select amount from src_orders") == [(1250.5,), (1250.5,)] and loaded.notes() == ""


def test_revenue_that_is_no_number_is_said_and_its_order_kept(tmp_path):
    odd = [
        purchase(1, ecommerce={"purchase_revenue": "gratis"}),
        purchase(2, ecommerce={"purchase_revenue": 20.125}),
        purchase(3),
    ]
    loaded = load(ndjson(tmp_path / "e.ndjson", *odd), "ga4")
    assert loaded.rows("select order_id, amount from src_orders order by 1") == [
        ("T1", None),
        ("T2", 20.125),
        ("T3", None),
    ]
    assert (
        loaded.account() == (3, 3, 0)
        and "1 purchases have a revenue that is no number" in loaded.notes()
        and "'gratis'" in loaded.notes()
    )


def test_a_rating_that_its_ticket_holds_is_an_answer_unless_zendesks_ratings_have_it(tmp_path):
    held = [
        TICKET
        | {"id": n, "updated_at": "2026-07-03T09:00:00Z", "satisfaction_rating": {"score": score, "comment": "thanks"}}
        for n, score in ((7, "bad"), (8, "good"), (9, "offered"))
    ]
    loaded = load(ndjson(tmp_path / "z.ndjson", *held, RATING), "zendesk")
    assert loaded.rows(
        "select ticket_id, score, survey_kind, cast(responded_at as varchar) from src_survey_answers order by 1"
    ) == [
        ("7", 1.0, "post_contact", "2026-07-02 11:00:00"),  # the rating itself, which is later and has its own time
        ("8", 1.0, "post_contact", "2026-07-03 09:00:00"),
    ]
    assert loaded.account() == (4, 4, 0)


def test_dlts_columns_and_its_table_of_tags_are_the_tickets_own(tmp_path):
    tickets = [
        {
            "id": n,
            "created_at": "2026-07-01T10:00:00Z",
            "updated_at": "2026-07-02T10:00:00Z",
            "status": "solved",
            "requester_id": 5,
            "via__channel": "web",
            "satisfaction_rating__score": "good",
            "metric_set__solved_at": "2026-07-01T16:00:00Z",
            "_dlt_id": f"d{n}",
        }
        for n in (7, 8)
    ]
    table(tmp_path / "tickets.csv", tickets)
    child = table(
        tmp_path / "tickets__tags.csv", [{"value": "spam", "_dlt_parent_id": "d7", "_dlt_list_idx": 0, "_dlt_id": "t1"}]
    )
    assert [inspect(file)["matches"][0]["reader"] for file in (tmp_path / "tickets.csv", child)] == [
        "zendesk",
        "zendesk",
    ]
    loaded = load(tmp_path, "zendesk", "*.csv")
    assert loaded.rows(
        "select ticket_id, tags, contact_via, cast(solved_at as varchar) from src_support_tickets order by 1"
    ) == [
        ("7", ["spam"], "web", "2026-07-01 16:00:00"),
        ("8", [], "web", "2026-07-01 16:00:00"),
    ]
    assert loaded.one("select count(*) from src_survey_answers") == 2


def test_what_was_given_back_in_a_line_of_its_own_is_its_orders_refund(tmp_path):
    lines = [("O1", "100"), ("O2", "50"), ("O1", "-30"), ("O1", "-30"), ("O9", "-5")]
    for name in ("march.csv", "again.csv"):  # exports that overlap
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(
                [("no", "day", "sum"), *((number, "2026-03-01", amount) for number, amount in lines)]
            )
    loaded = load(
        tmp_path, "table", "*.csv", table="orders", columns={"order_id": "no", "ordered_at": "day", "amount": "sum"}
    )
    assert loaded.rows("select order_id, amount, refunded from src_orders order by 1") == [
        ("O1", 100.0, 60.0),
        ("O2", 50.0, None),
    ]
    assert loaded.one("select count(*) from refusals where reason like 'a refund in a line%'") == 4
    assert loaded.rows("select distinct found from refusals where reason like 'a refund of no order%'") == [("-5.0",)]


def test_a_table_of_tags_that_is_a_source_of_its_own_reaches_the_only_source_that_has_the_ticket(tmp_path):
    table(tmp_path / "t.csv", [{"id": n, "created": "2026-07-01 10:00"} for n in (1, 2)])
    table(tmp_path / "issue_labels.csv", [{"issue_id": 1, "label": "vpn"}, {"issue_id": 1, "label": "urgent"}])
    found = inspect(tmp_path / "issue_labels.csv")
    assert (found["table"], found["loaded"]) == ("ticket_tags", 2)
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
    create_tables(con)
    blocks = (
        Source(
            "help",
            "table",
            str(tmp_path / "t.csv"),
            table="support_tickets",
            columns={"ticket_id": "id", "created_at": "created"},
        ),
        Source(
            "tags",
            "table",
            str(tmp_path / "issue_labels.csv"),
            table="ticket_tags",
            columns={"ticket_id": "issue_id", "tag": "label"},
        ),
    )
    load_sources(con, Sources(Company(), blocks, tmp_path / "sources.toml"), tmp_path, salt="salt")
    assert con.execute("select ticket_id, list_sort(tags) from src_support_tickets order by 1").fetchall() == [
        ("1", ["urgent", "vpn"]),
        ("2", None),
    ]


def test_amounts_called_cents_are_hundredths_and_ids_lose_what_guards_them_in_a_spreadsheet(tmp_path):
    rows = [
        {"order_id": f'="00{n}"', "ordered_at": f"2026-03-0{n}", "amount_cents": 1250 + n, "who": f"'0{n}"}
        for n in (1, 2)
    ]
    columns = {"amount": "amount_cents", "customer_id": "who"}
    loaded = load(table(tmp_path / "o.csv", rows), "table", table="orders", columns=columns)
    assert loaded.rows("select order_id, amount, id_customer_id from src_orders order by 1") == [
        ("001", 12.51, "01"),
        ("002", 12.52, "02"),
    ]
    assert "amount_cents: read as hundredths, as the name says" in loaded.notes()
