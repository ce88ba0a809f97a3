"""The `qualtrics` reader: response exports with one, two or three header rows, and Fivetran's tables of them."""

import re
from zoneinfo import available_timezones

import duckdb

from data.contract import contract
from data.errors import FileProblem, UserError, check_keys
from data.files.prepare import InputFile
from data.files.tabular import Relation, is_json, open_csv
from data.readers import qualtrics_fivetran as fivetran
from data.readers.base import Reading
from data.readers.known_times import COMPANY, with_times
from data.readers.qualtrics_header import EMBEDDED, META, Header, Question, read_header
from data.readers.qualtrics_questions import create_questions
from data.settings.sources import Source
from data.sqlfile import run_sql
from data.values.cast import NULLS, Batch

NAME = "qualtrics"
SQL = "data/readers/sql"
OPTIONS = ("survey", "surveys", "timezone", "metrics", "scales", "higher_is_better", "labels")
FIELDS = sorted(set(META.values()) | set(EMBEDDED.values()))
STAMP = r"_[A-Z][a-z]+ \d{1,2}, \d{4}_\d{2}\.\d{2}$"  # what Qualtrics adds to a download's name


def read(con: duckdb.DuckDBPyConnection, source: Source, file: InputFile) -> Reading:
    """One answer a question and item. Metrics: see qualtrics_metrics; what is not settled stays a choice and is noted.

    Options: survey, or surveys = { "checkout v2" = "checkout" } by file name; timezone;
    by question (Q3, or survey:Q3): metrics = { Q3 = "csat" },
    scales = { Q3 = [1, 5] }, higher_is_better = { Q4 = false },
    labels = { Q3 = { "super" = 5 } }.
    `columns` names embedded data: { customer_id = "KundenNr" }.
    """
    _check(source)
    if file.kind == "parquet" or is_json(file):
        raise _not_qualtrics(file, "JSON or Parquet")
    header = read_header(file, source.delimiter)
    if header is None:
        return fivetran.read(con, source, file, survey_name(source, file))
    relation = open_csv(con, file, "_qualtrics_raw", delimiter=source.delimiter, skip=header.skip)
    _fields(con, source, header, relation, file)
    _cells(con, header.questions)
    survey = survey_name(source, file)
    notes = create_questions(con, source.options, header.questions, survey, not re.search(r"[*?\[]", source.path))
    return finish(con, source, relation, survey, notes, header.timezone)


def finish(
    con: duckdb.DuckDBPyConnection, source: Source, relation: Relation, survey: str, notes: list[str], zone: str | None
) -> Reading:
    """Responses, cells and questions are in their tables: join them to answers."""
    run_sql(con, SQL, "qualtrics_answers", {"survey": survey})
    timezone, said = _timezone(source, zone)
    answers = with_times(con, "_qualtrics_answers", ("responded_at", "invited_at", "experienced_at"), timezone)
    batch = Batch(
        "survey_answers",
        answers,
        source.dates,
        timezone,
        NULLS if source.nulls is None else source.nulls,
        source.decimal,
        {"responded_at": "RecordedDate"},
    )
    return Reading(relation.records, [batch], relation.broken, notes + said)


def survey_name(source: Source, file: InputFile) -> str:
    """options.survey, else the file's name without its ending and the download's date, renamed by options.surveys."""
    stem = re.sub(STAMP, "", re.sub(r"\.(csv|tsv|txt)(\.gz)?$", "", file.path.name, flags=re.IGNORECASE))
    return str(source.options.get("survey") or source.options.get("surveys", {}).get(stem, stem))


def _timezone(source: Source, zone: str | None) -> tuple[str, list[str]]:
    """Stated for this reader, else the file's own, else the source's."""
    if "timezone" in source.options:
        return source.options["timezone"], []
    if zone in available_timezones():
        return zone, []
    if zone:
        return source.timezone, [f"its time zone {zone!r} is unknown: read as {source.timezone}"]
    return source.timezone, [
        f"times without a zone read as {source.timezone}{'' if source.own_zone else f', {COMPANY}'}, state options.timezone if that is not so"
    ]


def _fields(
    con: duckdb.DuckDBPyConnection, source: Source, header: Header, relation: Relation, file: InputFile
) -> None:
    """Create _qualtrics_responses: a row a response, its fields by our names, null where the file has none."""
    stated = {name: column for name, column in source.columns.items() if name in FIELDS}
    missing = [column for column in stated.values() if column not in relation.columns]
    if missing:
        problem = FileProblem(
            f"columns the source maps are not in the file: {', '.join(missing)}",
            file=file.label,
            found=", ".join(relation.columns[:20]),
            fix="Mend columns in sources.toml",
        )
        problem.records = relation.records
        raise problem
    fields = header.fields | stated
    columns = ", ".join(
        'nullif(trim("' + fields[name].replace('"', '""') + f"\"), '') as {name}"
        if name in fields
        else f"null::varchar as {name}"
        for name in FIELDS
    )
    con.execute(f"create or replace temp table _qualtrics_responses as select _row, {columns} from {relation.name}")


def _cells(con: duckdb.DuckDBPyConnection, questions: list[Question]) -> None:
    """Create _qualtrics_cells: a row a response and answered column."""
    if not questions:
        con.execute("create or replace temp table _qualtrics_cells (_row BIGINT, cell VARCHAR, answer VARCHAR)")
        return
    columns = ", ".join('"' + question.column.replace('"', '""') + '"' for question in questions)
    con.execute(
        f"create or replace temp table _qualtrics_cells as unpivot (select _row, {columns} from _qualtrics_raw) "
        f"on {columns} into name cell value answer"
    )


def _check(source: Source) -> None:
    where = f"[[source]] {source.name!r}"
    check_keys(source.options, OPTIONS, file="sources.toml", where=f"{where} options")
    check_keys(source.columns, [*FIELDS, *contract().id_kinds], file="sources.toml", where=f"{where} columns")
    if source.options.get("timezone", "UTC") not in available_timezones():
        raise UserError(
            "unknown time zone",
            file="sources.toml",
            where=f"{where} options.timezone",
            found=repr(source.options["timezone"]),
            allowed="an IANA name such as Europe/Berlin",
        )
    for key in ("surveys", "metrics", "scales", "higher_is_better", "labels"):
        if not isinstance(source.options.get(key, {}), dict):
            raise UserError(
                "expected a table by question",
                file="sources.toml",
                where=f"{where} options.{key}",
                found=repr(source.options[key]),
                allowed=f"{key} = {{ Q3 = … }}",
            )


def _not_qualtrics(file: InputFile, found: str) -> FileProblem:
    return FileProblem(
        "not a Qualtrics response export",
        file=file.label,
        found=found,
        allowed="CSV or TSV from Data & Analysis → Export, or Fivetran's tables",
        fix="Export the responses as CSV with numeric values",
    )
