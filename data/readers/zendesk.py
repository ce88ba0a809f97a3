"""The `zendesk` reader: API pages, NDJSON, Airbyte envelopes and Fivetran's tables, told apart by their keys."""

import duckdb

from data.contract import contract
from data.errors import FileProblem, UserError, check_keys
from data.files.prepare import InputFile
from data.files.tabular import Broken, Relation, is_json, open_csv, open_json, open_parquet
from data.readers.base import Reading
from data.readers.gone import FLAGS, STAMPS, gone_sql
from data.readers.known_times import with_times
from data.settings.sources import Source
from data.sqlfile import run_sql
from data.values.cast import Batch

NAME = "zendesk"
RECORDS = (
    {"requester_id", "status", "via"},
    {"requester_id", "status", "via_channel"},
    {"requester_id", "status", "via__channel"},
    {"ticket_id", "reply_time_in_minutes"},
    {"ticket_id", "score", "requester_id"},
    {"role", "shared_agent", "ticket_restriction"},
    {"field_name", "ticket_id", "updated", "value"},
    {"ticket_id", "tag", "_fivetran_synced"},
    {"ticket_id", "schedule_id"},
    {"ticket_id", "facebook_comment", "voice_comment"},
    {"chat_id", "actor_id", "chat_index"},
)
SQL = "data/readers/sql"
OPTIONS = ("survey", "fields")
PAGES = [
    "tickets",
    "ticket_metrics",
    "metric_sets",
    "users",
    "satisfaction_ratings",
    "groups",
    "organizations",
    "ticket_fields",
    "ticket_forms",
    "tags",
    "brands",
    "macros",
    "ticket_events",
    "ticket_audits",
    "audits",
    "comments",
]
BATCHES = (
    ("tickets", "zendesk_tickets", "support_tickets", "_zendesk_tickets"),
    ("ratings", "zendesk_ratings", "survey_answers", "_zendesk_ratings"),
    ("tickets", "zendesk_given", "survey_answers", "_zendesk_given"),
    ("metrics", "zendesk_changes", "ticket_status_changes", "_zendesk_changes"),
    ("changes", "zendesk_changes", "ticket_status_changes", "_zendesk_changes"),
    ("users", "zendesk_users", "identity_edges", "_zendesk_edges"),
    ("ticket_tags", "zendesk_tags", "ticket_tags", "_zendesk_tags"),
    ("tickets", "zendesk_tags", "ticket_tags", "_zendesk_tags"),
    ("gone", "zendesk_gone", "support_tickets", "_zendesk_gone"),
)

TIMES = {
    "_zendesk_tickets": ("created_at", "solved_at"),
    "_zendesk_ratings": ("responded_at",),
    "_zendesk_given": ("responded_at",),
    "_zendesk_edges": ("first_seen",),
}


def read(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Reading:
    """Tickets, ratings (CSAT 0–1, post contact), first replies and solutions, users' ids.

    Options: survey = the name of the ratings' survey; fields = { order_id = "360001…" }: custom fields by column.
    Records of other streams (groups, fields, tags …) are counted and excluded.
    """
    check_keys(source.options, OPTIONS, file="sources.toml", where=f"[[source]] {source.name!r} options")
    fields = _fields(source)
    opened = _open(con, source, file)
    marks = {name: f"doc->>'$.{name}'" for name in (*FLAGS, *STAMPS) if name not in ("deleted", "spam", "test")}
    found = gone_sql(marks)
    assert found, "marks names columns that gone_sql knows"
    gone, why, mark = found
    run_sql(
        con,
        SQL,
        "zendesk_records",
        {"pages": PAGES, "file": file.stem.lower()},
        raw=opened.name,
        gone=gone,
        why=why,
        mark=mark,
    )
    streams = dict(con.execute("select stream, count(*) from _zendesk group by stream").fetchall())
    records = sum(streams.values())
    known = {name: count for name, count in streams.items() if any(name == batch[0] for batch in BATCHES)}
    batches = _batches(con, source, known, fields)
    broken = [
        Broken(records + number, item.reason, item.found, item.allowed, item.kind)
        for number, item in enumerate(opened.broken, 1)
    ]
    notes = [] if known else [f"nothing for any table in it: {_shown(streams)}"]
    return Reading(records + len(broken), batches, broken, notes)


def _batches(
    con: duckdb.DuckDBPyConnection, source: Source, known: dict[str, int], fields: dict[str, str]
) -> list[Batch]:
    batches: dict[str, Batch] = {}
    for stream, script, table, relation in BATCHES:
        if stream in known and relation not in batches:
            run_sql(con, SQL, script, {"survey": source.options.get("survey", "Zendesk CSAT")})
            batches[relation] = Batch(table, relation, source.dates, source.vendor_zone)
    if fields and "_zendesk_tickets" in batches:
        batches["_zendesk_tickets"].relation = _with_fields(con, fields)
    for name, columns in TIMES.items():
        if name in batches:
            batches[name].relation = with_times(con, batches[name].relation, columns, source.vendor_zone)
    return list(batches.values())


def _with_fields(con: duckdb.DuckDBPyConnection, fields: dict[str, str]) -> str:
    """The tickets with what the company says its custom fields hold."""
    columns = [
        f"""json_extract_string(list_filter(json_extract(doc, '$.custom_fields[*]'),
                   lambda item: item->>'$.id' = $field_{name})[1], '$.value') as {name}"""
        for name in fields
    ]
    con.execute(
        f"create or replace temp table _zendesk_fielded as select * exclude (doc), {', '.join(columns)} "
        "from _zendesk_tickets",
        {f"field_{name}": field for name, field in fields.items()},
    )
    return "_zendesk_fielded"


def _fields(source: Source) -> dict[str, str]:
    """options.fields: contract column of support_tickets → id of Zendesk's custom field."""
    fields, table = source.options.get("fields", {}), contract().tables["support_tickets"]
    allowed = {name for name, kind in table.fillable.items() if kind in ("text", "id")} - {"ticket_id", "vendor_id"}
    where = f"[[source]] {source.name!r} options.fields"
    if not isinstance(fields, dict):
        raise UserError(
            "expected columns and custom field ids",
            file="sources.toml",
            where=where,
            found=repr(fields),
            allowed='fields = { order_id = "360001234" }',
        )
    check_keys(
        fields, allowed - {"status", "subject", "body", "contact_via", "priority"}, file="sources.toml", where=where
    )
    return {name: str(field) for name, field in fields.items()}


def _open(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Relation:
    """Every record as one JSON object, whatever the file's format."""
    if file.kind != "parquet" and is_json(file):
        return open_json(con, file, "_zendesk_raw", records=source.records)
    if file.kind == "parquet":
        relation = open_parquet(con, file, "_zendesk_table")
    else:
        relation = open_csv(con, file, "_zendesk_table", delimiter=source.delimiter)
    if not any(
        column in relation.columns
        for column in (
            "id",
            "ticket_id",
            "chat_id",
            "_airbyte_data",
            "_dlt_parent_id",
            "_sdc_source_key_id",
            "_airbyte_tickets_hashid",
        )
    ):
        problem = FileProblem(
            "not a Zendesk export",
            file=file.label,
            found=", ".join(relation.columns[:12]),
            allowed="the API's JSON, or a connector's tables",
            fix='Use reader = "table"',
        )
        problem.records = relation.records
        raise problem
    types = {row[0]: row[1] for row in con.execute("describe _zendesk_table").fetchall()}
    cells = {name: _opened(name.replace('"', '""'), types[name.replace('""', '"')]) for name in relation.columns}
    con.execute(
        f"create or replace temp table _zendesk_raw as select _row, to_json({_packed(cells)}) as doc from _zendesk_table"
    )
    return Relation("_zendesk_raw", ["doc"], relation.records, relation.broken)


def _packed(cells: dict[str, str]) -> str:
    """SQL of one struct of the cells. A loader that lays inner records out as columns (dlt: via__channel) has them as inner records
    again; a column of the inner record's own name goes before its parts."""
    inner: dict[str, dict[str, str]] = {}
    for name, text in cells.items():
        head, apart, rest = name.partition("__")
        if head and apart and rest and head not in cells:
            inner.setdefault(head, {})[rest] = text
        else:
            inner[name] = {"": text}
    parts = {name: held[""] if "" in held else _packed(held) for name, held in inner.items()}
    return (
        "struct_pack("
        + ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" := {text}' for name, text in parts.items())
        + ")"
    )


def _opened(quoted: str, kind: str) -> str:
    """A cell as JSON: an object or a list that a connector wrote as text is one again."""
    plain = f'to_json("{quoted}")'
    return (
        f"""case when regexp_matches("{quoted}", '^\\s*[{{\\[]') then coalesce(try_cast("{quoted}" as json), {plain}) else {plain} end"""
        if kind == "VARCHAR"
        else plain
    )


def _shown(streams: dict[str, int]) -> str:
    return ", ".join(f"{count} of {name}" for name, count in sorted(streams.items()))
