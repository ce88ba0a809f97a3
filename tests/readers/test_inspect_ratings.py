"""Ratings inside tickets are answers of their own: proposed as a second block, and nothing of them is taken for the ticket."""

import json

from tests.readers.test_inspect_kinds import DAYS, pasted, text

SCORES = [5, 4, 1, 5, 2, 5, 4, 4, 3, 5, 1, 4]  # 8 satisfied


def rated(loaded) -> list[tuple]:
    return loaded.rows(
        "select metric, scale_min, scale_max, count(*), count(*) filter (score >= scale_max - 1), count(comment), count(distinct ticket_id) "
        "from src_survey_answers group by all"
    )


def test_intercom_conversations_hold_a_rating(tmp_path):
    records = [
        {
            "type": "conversation",
            "id": str(70 + n),
            "created_at": 1772359500 + n * 86400,
            "state": "closed",
            "source": {"type": "email", "body": "Where is my sofa?", "author": {"type": "user", "id": f"u{n}"}},
            "contacts": {"type": "contact.list", "contacts": [{"id": f"u{n}", "external_id": f"C{n}"}]},
            "statistics": {"last_close_at": 1772359500 + n * 86400 + 7200},
            "conversation_rating": {
                "rating": SCORES[n],
                "remark": "too slow for me" if n == 2 else None,
                "created_at": 1772359500 + n * 86400 + 9000,
                "contact": {"type": "contact", "id": f"u{n}"},
            }
            if n % 4
            else None,
        }
        for n in range(12)
    ]
    found, loaded = pasted(tmp_path, "conversations.json", json.dumps({"conversations": records}))
    assert rated(loaded) == [("csat", 1.0, 5.0, 9, 7, 1, 9)]
    assert loaded.rows(
        "select count(*), count(distinct contact_via), min(contact_via), count(body) from src_support_tickets"
    ) == [(12, 1, "email", 12)]
    assert str(loaded.one("select min(responded_at) from src_survey_answers")) == "2026-03-02 12:35:00"
    assert 'kind = "post_contact"' in found["journey_toml"] and found["loaded"] == 12
    assert not any("conversation_rating" in question for question in found["questions"])


def test_jira_keeps_its_satisfaction_in_a_field_of_its_own(tmp_path):
    records = [
        {
            "id": str(10000 + n),
            "key": f"HELP-{n}",
            "fields": {
                "summary": f"Printer {n}",
                "created": f"{day}T09:00:00.000+0000",
                "resolutiondate": f"{day}T11:00:00.000+0000",
                "status": {"name": "Done", "statusCategory": {"key": "done", "name": "Done"}},
                "reporter": {"accountId": f"acc{n}", "displayName": "Ann"},
                "customfield_10044": {"rating": SCORES[n], "comment": {"body": "quick and kind"}} if n % 2 else None,
            },
        }
        for n, day in enumerate(DAYS)
    ]
    found, loaded = pasted(tmp_path, "issues.json", json.dumps({"issues": records}))
    assert rated(loaded) == [("csat", 1.0, 5.0, 6, 6, 6, 6)]
    assert loaded.rows(
        "select count(body), count(category), count(id_account), count(id_vendor_id), count(*) filter (status = 'solved') from src_support_tickets"
    ) == [(0, 0, 0, 12, 12)]
    assert any("when was" in question and "given" in question for question in found["questions"])


def test_good_and_bad_count_and_what_was_only_offered_does_not(tmp_path):
    words = ["Good", "Bad", "Offered", "Unoffered"]
    header = ["Ticket ID", "Ticket created - Timestamp", "Ticket solved - Timestamp", "Ticket status"]
    header += ["Ticket satisfaction rating", "Ticket satisfaction comment"]
    rows = [
        [n, f"{day}T09:00:00", f"{day}T12:00:00", "Solved", words[n % 4], "nobody called back" if n % 4 == 1 else ""]
        for n, day in enumerate(DAYS)
    ]
    _, loaded = pasted(tmp_path, "tickets.csv", text(header, rows))
    assert loaded.rows(
        "select score, scale_max, count(*), count(comment) from src_survey_answers group by all order by 1"
    ) == [
        (0.0, 1.0, 3, 3),
        (1.0, 1.0, 3, 0),
    ]
    assert loaded.rows("select count(*), count(body) from src_support_tickets") == [(12, 0)]


def test_freshdesk_writes_its_faces_as_words(tmp_path):
    words = ["Extremely Happy", "Unhappy", "No response"]
    header = ["Ticket ID", "Subject", "Status", "Created time", "Closed time", "Survey results", "Email"]
    rows = [
        [n, f"Parcel {n}", "Closed", f"{day} 09:00:00", f"{day} 10:00:00", words[n % 3], f"p{n}@x.test"]
        for n, day in enumerate(DAYS)
    ]
    _, loaded = pasted(tmp_path, "export.csv", text(header, rows))
    assert loaded.rows("select score, scale_max, count(*) from src_survey_answers group by all order by 1") == [
        (3.0, 7.0, 4),
        (7.0, 7.0, 4),
    ]


def test_tickets_nobody_rated_have_one_block(tmp_path):
    header = ["Ticket ID", "Created", "Status", "Satisfaction survey sent", "SLA rating"]
    rows = [[n, f"{day} 09:00", "open", f"{day} 12:00", "A"] for n, day in enumerate(DAYS)]
    found, loaded = pasted(tmp_path, "tickets.csv", text(header, rows))
    assert (
        found["sources_toml"].count("[[source]]") == 1 and loaded.one("select count(*) from src_support_tickets") == 12
    )
