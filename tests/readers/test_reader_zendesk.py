"""Zendesk: the API's objects in, tickets, ratings, status changes and ids out. One test a trap."""

import datetime as dt
import json

import pytest

from data.errors import UserError
from tests.readers.loading import FIXTURES, load, ndjson

TICKET = {
    "id": 7,
    "requester_id": 5,
    "status": "open",
    "created_at": "2026-07-01T10:00:00Z",
    "via": {"channel": "web"},
    "tags": ["payment"],
    "subject": "Paid twice",
    "description": "Help",
    "priority": "high",
}
RATING = {
    "id": 1,
    "ticket_id": 7,
    "requester_id": 5,
    "score": "good",
    "created_at": "2026-07-02T10:00:00Z",
    "updated_at": "2026-07-02T11:00:00Z",
    "comment": None,
}
USER = {
    "id": 5,
    "role": "end-user",
    "email": "a@example.com",
    "external_id": "C1",
    "phone": "+49 30 23125 100",
    "shared_phone_number": False,
    "verified": True,
    "created_at": "2026-06-01T00:00:00Z",
}
METRICS = {
    "id": 3,
    "ticket_id": 7,
    "created_at": "2026-07-01T10:00:00Z",
    "replies": 2,
    "reopens": 0,
    "solved_at": None,
    "reply_time_in_minutes": {"calendar": 90, "business": 30},
    "first_resolution_time_in_minutes": {"calendar": None},
}


def test_a_ticket_keeps_its_requester_way_in_words_and_tags(tmp_path):
    loaded = load(ndjson(tmp_path / "tickets.ndjson", TICKET), "zendesk")
    assert loaded.rows(
        "select ticket_id, created_at, status, priority, contact_via, subject, body, tags, id_vendor_id "
        "from src_support_tickets"
    ) == [("7", dt.datetime(2026, 7, 1, 10), "open", "high", "web", "Paid twice", "Help", ["payment"], "zendesk:5")]


def test_deleted_tickets_are_excluded_and_merged_ones_keep_zendesks_tag(tmp_path):
    merged = TICKET | {"id": 8, "status": "closed", "tags": ["closed_by_merge"]}
    loaded = load(ndjson(tmp_path / "t.ndjson", TICKET, merged, TICKET | {"id": 9, "status": "deleted"}), "zendesk")
    assert loaded.account() == (3, 2, 1)
    assert loaded.refusals() == [(3, "excluded", "status", "deleted in Zendesk", "deleted")]
    assert loaded.one("select tags from src_support_tickets where ticket_id = '8'") == ["closed_by_merge"]


@pytest.mark.parametrize(
    ("word", "score"), [("good", 1.0), ("bad", 0.0), ("goodwithcomment", 1.0), ("bad_with_comment", 0.0)]
)
def test_good_is_one_and_bad_is_nought_on_a_scale_of_two(tmp_path, word, score):
    loaded = load(ndjson(tmp_path / "r.ndjson", RATING | {"score": word, "comment": "hm"}), "zendesk")
    assert loaded.rows(
        "select metric, score, scale_min, scale_max, survey_kind, ticket_id, comment, responded_at, id_vendor_id "
        "from src_survey_answers"
    ) == [("csat", score, 0.0, 1.0, "post_contact", "7", "hm", dt.datetime(2026, 7, 2, 11), "zendesk:5")]


def test_what_was_offered_is_no_answer_and_an_unknown_word_is_bad(tmp_path):
    loaded = load(
        ndjson(
            tmp_path / "r.ndjson",
            *(
                RATING | {"id": number, "score": word}
                for number, word in enumerate(("offered", "unoffered", "superb", "bad"), 1)
            ),
        ),
        "zendesk",
    )
    assert loaded.account() == (4, 1, 3)
    assert [(row, kind, reason) for row, kind, _, reason, _ in loaded.refusals()] == [
        (1, "excluded", "offered and not answered"),
        (2, "excluded", "offered and not answered"),
        (3, "bad", "not a rating"),
    ]


def test_the_ratings_survey_has_the_name_the_company_gives_it(tmp_path):
    loaded = load(ndjson(tmp_path / "r.ndjson", RATING), "zendesk", options={"survey": "support-csat"})
    assert loaded.one("select survey from src_survey_answers") == "support-csat"


def test_ticket_metrics_give_first_reply_and_solution_by_the_calendar_not_by_office_hours(tmp_path):
    solved = METRICS | {
        "ticket_id": 8,
        "solved_at": "2026-07-03T09:00:00Z",
        "reopens": 1,
        "first_resolution_time_in_minutes": {"calendar": 600},
    }
    unanswered = METRICS | {"ticket_id": 9, "reply_time_in_minutes": {"calendar": None, "business": None}}
    loaded = load(ndjson(tmp_path / "m.ndjson", METRICS, solved, unanswered), "zendesk")
    assert loaded.rows("select ticket_id, status, changed_at from src_ticket_status_changes order by 1, 3") == [
        ("7", "first_reply", dt.datetime(2026, 7, 1, 11, 30)),
        ("8", "first_reply", dt.datetime(2026, 7, 1, 11, 30)),
        ("8", "reopened", dt.datetime(2026, 7, 1, 20)),
        ("8", "solved", dt.datetime(2026, 7, 3, 9)),
    ]
    assert loaded.account() == (3, 2, 1)


def test_a_users_ids_are_linked_and_hashed_and_agents_are_nobodys_customer(tmp_path):
    agent = USER | {"id": 6, "role": "agent"}
    bare = USER | {"id": 8, "email": None, "external_id": None, "phone": None}
    loaded = load(ndjson(tmp_path / "u.ndjson", USER, agent, bare), "zendesk")
    assert loaded.rows("select value_a, kind_b, made_by from src_identity_edges order by kind_b") == [
        ("zendesk:5", "customer_id", "ticket"),
        ("zendesk:5", "email", "ticket"),
        ("zendesk:5", "phone", "ticket"),
    ]
    stored = str(loaded.rows("select * from src_identity_edges"))
    assert "a@example.com" not in stored and "23125" not in stored and "C1" in stored
    assert [(row, reason) for row, _, _, reason, _ in loaded.refusals()] == [
        (2, "not a customer"),
        (3, "a user without customer id, e-mail or phone"),
    ]


def test_a_shared_phone_links_nobody(tmp_path):
    loaded = load(ndjson(tmp_path / "u.ndjson", USER | {"shared_phone_number": True}), "zendesk")
    assert loaded.rows("select kind_b from src_identity_edges order by 1") == [("customer_id",), ("email",)]


def test_an_api_page_holds_several_lists_and_its_metric_sets_answer_for_the_ticket(tmp_path):
    ticket = TICKET | {"metric_set": METRICS | {"solved_at": "2026-07-03T09:00:00Z", "reopens": 2}}
    page = {
        "tickets": [ticket, TICKET | {"id": 8}],
        "users": [USER],
        "groups": [{"id": 1, "name": "g"}],
        "next_page": None,
        "count": 2,
    }
    (tmp_path / "page.json").write_text(json.dumps(page, indent=1))
    loaded = load(tmp_path / "page.json", "zendesk")
    assert loaded.account() == (4, 3, 1)
    assert loaded.rows(
        "select ticket_id, first_reply_at, solved_at, replies, reopens from src_support_tickets order by 1"
    ) == [("7", dt.datetime(2026, 7, 1, 11, 30), dt.datetime(2026, 7, 3, 9), 2, 2), ("8", None, None, None, None)]


def test_pages_one_a_line_and_a_broken_line_all_count(tmp_path):
    lines = [
        json.dumps({"tickets": [TICKET, TICKET | {"id": 8}], "next_page": "x"}),
        '{"tickets": [{"id"',
        json.dumps({"tickets": [TICKET | {"id": 9}]}),
    ]
    (tmp_path / "pages.ndjson").write_text("\n".join(lines) + "\n")
    loaded = load(tmp_path / "pages.ndjson", "zendesk")
    assert loaded.account() == (4, 3, 1)
    assert [(kind, reason) for _, kind, _, reason, _ in loaded.refusals()] == [("bad", "not valid JSON")]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda stream, data: {
            "type": "RECORD",
            "record": {"stream": f"acme__zendesk__{stream}", "data": data, "emitted_at": 1},
        },
        lambda stream, data: {"_airbyte_raw_id": "x", "_airbyte_data": data},
        lambda stream, data: {"_airbyte_raw_id": "x", "_airbyte_data": json.dumps(data)},
    ],
)
def test_airbyte_envelopes_are_opened(tmp_path, wrap):
    records = [("tickets", TICKET), ("ticket_metrics", METRICS), ("users", USER), ("satisfaction_ratings", RATING)]
    loaded = load(ndjson(tmp_path / "all.jsonl", *(wrap(*record) for record in records)), "zendesk")
    assert loaded.account() == (4, 4, 0)
    assert loaded.one("select count(*) from src_support_tickets") == 1
    assert loaded.one("select status from src_ticket_status_changes") == "first_reply"


def test_custom_fields_hold_what_the_company_says(tmp_path):
    ticket = TICKET | {"custom_fields": [{"id": 360001, "value": "O-9"}, {"id": 360002, "value": None}]}
    file = ndjson(tmp_path / "t.ndjson", ticket, TICKET | {"id": 8})
    loaded = load(file, "zendesk", options={"fields": {"order_id": "360001", "category": 360002}})
    assert loaded.rows("select ticket_id, order_id, category from src_support_tickets order by 1") == [
        ("7", "O-9", None),
        ("8", None, None),
    ]
    for options in ({"fields": {"colour": "1"}}, {"field": {}}, {"fields": "360001"}):
        with pytest.raises(UserError):
            load(file, "zendesk", options=options)


def test_a_ticket_without_a_time_is_bad(tmp_path):
    loaded = load(
        ndjson(tmp_path / "t.ndjson", TICKET | {"created_at": None}, TICKET | {"id": 8, "created_at": "yesterday"}),
        "zendesk",
    )
    assert loaded.account() == (2, 0, 2)
    assert [(row, column, reason) for row, _, column, reason, _ in loaded.refusals()] == [
        (1, "created_at", "missing"),
        (2, "created_at", "not a readable date"),
    ]


@pytest.mark.parametrize(
    ("name", "account", "rows"),
    [
        ("tickets.ndjson", (14, 14, 0), {"support_tickets": 14}),
        ("ticket_metrics.ndjson", (14, 12, 2), {"ticket_status_changes": 13}),
        ("users.ndjson", (15, 13, 2), {"identity_edges": 13}),
        ("satisfaction_ratings.ndjson", (2, 1, 1), {"survey_answers": 1}),
        ("groups.ndjson", (2, 0, 2), {}),
        ("ticket_data.csv", (10, 8, 2), {"support_tickets": 8}),
        ("user_data.csv", (10, 9, 1), {"identity_edges": 9}),
        ("ticket_field_history_data.csv", (38, 27, 11), {"ticket_status_changes": 27}),
        ("ticket_chat_event_data.csv", (12, 0, 12), {}),
    ],
)
def test_real_exports_balance(name, account, rows):
    loaded = load(FIXTURES / "zendesk" / name, "zendesk")
    assert loaded.account() == account and loaded.problem() is None
    tables = ("support_tickets", "ticket_status_changes", "identity_edges", "survey_answers")
    assert {table: count for table in tables if (count := loaded.one(f"select count(*) from src_{table}"))} == rows


def test_a_connectors_word_for_hold_is_zendesks_own():
    loaded = load(FIXTURES / "zendesk" / "ticket_field_history_data.csv", "zendesk")
    assert loaded.rows("select distinct status from src_ticket_status_changes order by 1") == [
        ("closed",),
        ("hold",),
        ("open",),
        ("pending",),
        ("solved",),
    ]


def test_a_table_of_something_else_is_one_clear_sentence(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    assert "not a Zendesk export" in load(tmp_path / "x.csv", "zendesk").problem()


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ({"tags": '["payment", "vip"]'}, (["payment", "vip"], "web", "O-9")),
        ({"tags": "payment vip"}, (["payment", "vip"], "web", "O-9")),
        ({"tags": "payment, vip", "via": "api"}, (["payment", "vip"], "api", "O-9")),
        ({"via": '{"channel": "email"}', "tags": None}, (None, "email", "O-9")),
        ({"custom_fields": '[{"id": 360001, "value": "O-10"}]'}, (["payment"], "web", "O-10")),
    ],
)
def test_inner_records_that_a_warehouse_holds_as_text_are_read(tmp_path, inner, expected):
    """Beside tickets in the API's own shape."""
    usual = TICKET | {"id": 1, "custom_fields": [{"id": 360001, "value": "O-9"}]}
    file = ndjson(tmp_path / "t.ndjson", usual, usual | {"id": 2} | inner)
    loaded = load(file, "zendesk", options={"fields": {"order_id": "360001"}})
    rows = loaded.rows("select tags, contact_via, order_id from src_support_tickets order by ticket_id")
    assert rows[0] == (["payment"], "web", "O-9") and (rows[1][0] or None, *rows[1][1:]) == expected


def test_times_of_replies_held_as_text_are_read(tmp_path):
    held = METRICS | {"reply_time_in_minutes": '{"calendar": 90, "business": 30}'}
    loaded = load(ndjson(tmp_path / "m.ndjson", METRICS, held | {"ticket_id": 8}), "zendesk")
    assert loaded.rows("select ticket_id, changed_at from src_ticket_status_changes order by 1") == [
        ("7", dt.datetime(2026, 7, 1, 11, 30)),
        ("8", dt.datetime(2026, 7, 1, 11, 30)),
    ]
