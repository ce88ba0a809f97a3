"""Qualtrics as Fivetran's warehouse tables: answers with the responses that stand beside them, contacts, the rest."""

from pathlib import Path

import duckdb

from data.errors import FileProblem
from data.files.prepare import InputFile, prepare
from data.files.tabular import Relation, open_csv
from data.readers.base import Reading
from data.readers.gone import without_gone
from data.settings.sources import Source
from data.sqlfile import run_sql
from data.values.cast import Batch

SQL = "data/readers/sql"
ANSWERS = {"response_id", "question_id", "question_option_key", "value"}
OPTIONAL = (
    "sub_question_key",
    "sub_question_text",
    "loop_id",
    "question",
    "text",
)  # some versions of the connector leave them out
CONTACTS = ({"email", "external_data_reference"}, {"email", "ext_ref"})
OTHERS = (
    {"block_id", "question_id"},
    {"question_text", "selector"},
    {"recode_value", "question_id"},
    {"request_type", "send_date"},
    {"choice_data_export_tag", "question_id"},
    {"import_id", "response_id"},
    {"recorded_date", "survey_id"},
    {"creator_id", "brand_id"},
)


def kind_of(columns: list[str]) -> str | None:
    """answers, contacts or other for a table of Fivetran's Qualtrics connector, else None."""
    names = set(columns)
    if "_fivetran_synced" not in names:
        return None
    if ANSWERS <= names:
        return "answers"
    if any(wanted <= names for wanted in CONTACTS):
        return "contacts"
    return "other" if any(wanted <= names for wanted in OTHERS) else None


def read(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile, survey: str) -> Reading:
    """Answers need survey_response beside them (time, person, status); other tables hold nothing for the contract."""
    relation = open_csv(con, file, "_qualtrics_raw", delimiter=source.delimiter)
    kind = kind_of(relation.columns)
    if kind is None:
        problem = FileProblem(
            "not a Qualtrics response export",
            file=file.label,
            found=", ".join(relation.columns[:12]),
            allowed="CSV or TSV from Data & Analysis → Export, or Fivetran's tables",
            fix="Export the responses as CSV with numeric values",
        )
        problem.records = relation.records
        raise problem
    if kind == "other":
        return Reading(
            relation.records, [], relation.broken, ["nothing for any table in it: answers are in question_response"]
        )
    kept, gone = without_gone(con, relation, "survey_answers" if kind == "answers" else "identity_edges")
    if kind == "contacts":
        reference = "ext_ref" if "ext_ref" in relation.columns else "external_data_reference"
        phone = "phone" if "phone" in relation.columns else "null::varchar"
        run_sql(con, SQL, "qualtrics_contacts", raw=kept.name, reference=reference, phone=phone)
        return Reading(relation.records, [Batch("identity_edges", "_qualtrics_edges"), *gone], relation.broken)
    return _answers(con, source, file, kept, gone)


def _answers(
    con: duckdb.DuckDBPyConnection, source: Source, file: InputFile, relation: Relation, gone: list[Batch]
) -> Reading:
    for table, columns in (
        (
            "survey_response",
            "id, survey_id, recorded_date, end_date, status, finished, recipient_email, "
            "distribution_channel, user_language, _fivetran_deleted",
        ),
        ("question", "id, survey_id, selector"),
        ("survey", "id, survey_name"),
    ):
        _sibling(con, source, file, table, columns.split(", "))
    absent = "".join(f', null::varchar as "{name}"' for name in OPTIONAL if name not in relation.columns)
    con.execute(f"create or replace temp table _qualtrics_asked as select *{absent} from {relation.name}")
    run_sql(con, SQL, "qualtrics_fivetran", {"survey": source.options.get("survey")})
    batch = Batch("survey_answers", "_qualtrics_loose", source.dates, source.vendor_zone)
    return Reading(relation.records, [batch, *gone], relation.broken)


def _sibling(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile, table: str, columns: list[str]) -> None:
    """Create _beside_<table> from the file of that name in the same folder; empty where there is none."""
    path = Path(file.path).with_name(f"{table}.csv")
    found: list[str] = []
    if path.exists():
        found = open_csv(
            con, prepare(path, path.name, file.scratch), f"_opened_{table}", delimiter=source.delimiter
        ).columns
    chosen = ", ".join(f'"{column}"' if column in found else f"null::varchar as {column}" for column in columns)
    origin = f"_opened_{table}" if found else "(select 1) where false"
    con.execute(f"create or replace temp table _beside_{table} as select {chosen} from {origin}")
