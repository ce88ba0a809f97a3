"""What vendors' tools write: Google Analytics 4, Zendesk and Qualtrics, as small tables of their own columns."""

import json
from datetime import timedelta

from benchmarks.mutants.rows import ROWS, START, WORDS, Rows

NAMES = ("session_start", "page_view", "purchase", "scroll", "click")
META = {
    "StartDate": "startDate",
    "EndDate": "endDate",
    "Status": "status",
    "IPAddress": "ipAddress",
    "Progress": "progress",
    "Finished": "finished",
    "RecordedDate": "recordedDate",
    "ResponseId": "_recordId",
    "RecipientEmail": "recipientEmail",
    "ExternalReference": "externalDataReference",
    "DistributionChannel": "distributionChannel",
    "UserLanguage": "userLanguage",
}
QUESTIONS = {
    "Q1_NPS": ("How likely are you to recommend us to a friend?", "QID1"),
    "Q2": ("How satisfied are you with ordering?", "QID2"),
    "Q3_1": ("Rate - the site", "QID3_1"),
    "Q3_2": ("Rate - the price", "QID3_2"),
    "Q4_TEXT": ("Why?", "QID4_TEXT"),
}
NUMBERS = range(1, ROWS + 1)


def _at(number: int) -> str:
    return (START + timedelta(hours=number)).strftime("%Y-%m-%d %H:%M:%S")


def _param(key: str, text: str | None = None, whole: int | None = None) -> dict:
    return {"key": key, "value": {"string_value": text, "int_value": whole, "float_value": None, "double_value": None}}


def ga4_events() -> Rows:
    """BigQuery's export: nested params, items and ecommerce."""
    header = [
        "event_date",
        "event_timestamp",
        "event_name",
        "event_params",
        "user_id",
        "user_pseudo_id",
        "device",
        "geo",
        "platform",
        "ecommerce",
        "items",
    ]
    rows = [
        [
            "20260302",
            1_772_440_000_000_000 + number * 60_000_000,
            NAMES[number % 5],
            [
                _param("ga_session_id", whole=1_772_440_000 + number // 4),
                _param("page_location", f"https://shop.example/p/{number}"),
            ],
            f"C-{number}" if number % 3 == 0 else None,
            f"{number // 4}.77",
            {"category": "mobile", "language": "de-de", "web_info": {"browser": "Chrome"}},
            {"country": "Germany", "region": "Berlin"},
            "WEB",
            {"transaction_id": f"T{number}", "purchase_revenue": number * 1.5},
            [{"item_id": f"sku{number}", "item_category": "chairs"}],
        ]
        for number in NUMBERS
    ]
    return Rows(header, rows)


def ga4_flat() -> Rows:
    """Fivetran's event table: a row an event, params as columns."""
    header = [
        "_fivetran_id",
        "_fivetran_synced",
        "bundle_sequence_id",
        "date",
        "device_category",
        "geo_country",
        "geo_region",
        "name",
        "platform",
        "timestamp",
        "user_id",
        "user_pseudo_id",
        "ecommerce_purchase_revenue_in_usd",
        "ecommerce_transaction_id",
        "param_ga_session_id",
        "param_page_location",
        "batch_event_index",
    ]
    rows = [
        [
            str(number),
            _at(number),
            str(100 + number),
            "2026-03-02",
            "desktop",
            "Spain",
            "Madrid",
            NAMES[number % 5],
            "web",
            _at(number),
            f"C-{number % 6}",
            f"{number // 4}.77",
            "12.5",
            f"T{number}",
            "1772440000",
            f"https://shop.example/p/{number}",
            str(number % 3),
        ]
        for number in NUMBERS
    ]
    return Rows(header, rows)


def zendesk_tickets() -> Rows:
    """The API's tickets, nested."""
    header = [
        "url",
        "id",
        "external_id",
        "via",
        "created_at",
        "updated_at",
        "type",
        "subject",
        "description",
        "priority",
        "status",
        "requester_id",
        "tags",
        "custom_fields",
        "satisfaction_rating",
        "satisfaction_probability",
    ]
    rows = [
        [
            f"https://acme.zendesk.com/api/v2/tickets/{number}.json",
            number,
            None,
            {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}},
            f"2026-03-0{number % 9 + 1}T10:00:00Z",
            "2026-03-12T10:00:00Z",
            "incident",
            WORDS[number % 8],
            WORDS[number % 8] + "\nBye",
            "normal",
            ("open", "solved")[number % 2],
            9000 + number,
            ["payment", "late"],
            [{"id": 360001, "value": f"T{number}"}],
            {"score": ("good", "bad", "offered")[number % 3], "comment": WORDS[number % 8], "id": 500 + number},
            None,
        ]
        for number in NUMBERS
    ]
    return Rows(header, rows)


def zendesk_flat() -> Rows:
    """Fivetran's ticket table."""
    header = [
        "id",
        "_fivetran_synced",
        "created_at",
        "description",
        "external_id",
        "is_public",
        "priority",
        "requester_id",
        "status",
        "subject",
        "updated_at",
        "url",
        "via_channel",
    ]
    rows = [
        [
            str(number),
            _at(number),
            _at(number),
            WORDS[number % 8],
            "",
            "TRUE",
            "normal",
            str(9000 + number),
            ("open", "solved")[number % 2],
            WORDS[number % 8],
            _at(number + 9),
            f"https://acme.zendesk.com/api/v2/tickets/{number}.json",
            "web",
        ]
        for number in NUMBERS
    ]
    return Rows(header, rows)


def qualtrics(heads: int) -> Rows:
    """A response export with one, two (V1, V2 …) or three header rows."""
    names, texts = [*META, *QUESTIONS], [*META, *(text for text, _ in QUESTIONS.values())]
    imports = [
        json.dumps({"ImportId": name} | ({"timeZone": "Europe/Berlin"} if name.endswith("Date") else {}))
        for name in [*META.values(), *(imported for _, imported in QUESTIONS.values())]
    ]
    rows = [
        [
            _at(number),
            _at(number),
            "0",
            "192.0.2.7",
            "100",
            "1",
            _at(number),
            f"R_{number}",
            f"p{number}@example.org",
            f"C-{number}",
            "email",
            "DE",
            str(number % 11),
            str(number % 5 + 1),
            str(number % 5 + 1),
            str(number % 4 + 1),
            WORDS[number % 8],
        ]
        for number in NUMBERS
    ]
    if heads == 2:
        legacy = [
            "ResponseID",
            "ResponseSet",
            "Name",
            "ExternalDataReference",
            "EmailAddress",
            "IPAddress",
            "Status",
            "StartDate",
            "EndDate",
            "Finished",
            *texts[12:],
        ]
        rows = [
            [row[7], "Default", "Anonymous", row[9], row[8], row[3], row[2], row[0], row[1], row[5], *row[12:]]
            for row in rows
        ]
        return Rows([*(f"V{number}" for number in range(1, 11)), *QUESTIONS], rows, (legacy,))
    return Rows(names, rows, (texts, imports) if heads == 3 else ())


def qualtrics_answers() -> Rows:
    """Fivetran's question_response."""
    header = [
        "_fivetran_id",
        "_fivetran_synced",
        "loop_id",
        "question",
        "question_id",
        "question_option_key",
        "response_id",
        "sub_question_key",
        "sub_question_text",
        "text",
        "value",
    ]
    return Rows(
        header,
        [
            [
                f"k{number}=",
                _at(number),
                "",
                "How satisfied are you?",
                f"QID{number % 2 + 1}",
                "",
                f"R_{number}",
                "",
                "",
                "fine",
                str(number % 5 + 1),
            ]
            for number in NUMBERS
        ],
    )


def qualtrics_responses() -> Rows:
    """Fivetran's survey_response, which stands beside the answers."""
    header = [
        "id",
        "_fivetran_synced",
        "survey_id",
        "recorded_date",
        "end_date",
        "status",
        "finished",
        "recipient_email",
        "distribution_channel",
        "user_language",
    ]
    return Rows(
        header,
        [
            [
                f"R_{number}",
                _at(number),
                "SV_1",
                _at(number),
                _at(number),
                "0",
                "true",
                f"p{number}@example.org",
                "email",
                "EN",
            ]
            for number in NUMBERS
        ],
    )
