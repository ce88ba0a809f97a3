"""The seed files: every reader and kind of file, each with the [[source]] block it is read by."""

from dataclasses import dataclass, field
from functools import cache

from benchmarks.mutants import vendors
from benchmarks.mutants.formats import text_of
from benchmarks.mutants.rows import Rows, of_table
from data.contract import contract

TABLE_KINDS = ("csv", "tsv", "semicolon", "csv.gz", "zip", "json", "ndjson", "parquet", "xlsx", "ods")


@dataclass(frozen=True)
class Seed:
    """A file before it is spoiled. `block`: the keys of its source but for name and path; `name`: the file's name where the reader goes by it;
    `beside`: files that stand in its folder; `read`: the file the source names, where it is one of those; `loads`: whether its records load as it is."""

    reader: str
    what: str
    kind: str
    rows: Rows
    block: dict = field(default_factory=dict)
    name: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    read: str = ""
    loads: bool = True


@cache
def seeds() -> tuple[Seed, ...]:
    """All of them, in a fixed order."""
    found = [
        Seed("table", table, kind, of_table(table), _block(table, kind))
        for table in contract().tables
        for kind in TABLE_KINDS
    ]
    found += [Seed("ga4", "events", kind, vendors.ga4_events()) for kind in ("ndjson", "json", "ndjson.gz", "parquet")]
    found += [Seed("ga4", "flat events", kind, vendors.ga4_flat()) for kind in ("csv", "csv.gz", "xlsx", "zip")]
    found += [
        Seed("zendesk", "tickets", kind, vendors.zendesk_tickets()) for kind in ("ndjson", "json", "page", "ndjson.gz")
    ]
    found += [
        Seed("zendesk", "flat tickets", kind, vendors.zendesk_flat()) for kind in ("csv", "semicolon", "parquet", "zip")
    ]
    found += [
        Seed("qualtrics", f"{heads} header rows", kind, vendors.qualtrics(heads), loads=heads > 1)
        for heads in (1, 2, 3)
        for kind in ("csv", "tsv", "csv.gz", "xlsx")
    ]
    beside = {
        "question_response.csv": text_of(vendors.qualtrics_answers(), "csv"),
        "survey_response.csv": text_of(vendors.qualtrics_responses(), "csv"),
    }
    found.append(
        Seed(
            "qualtrics",
            "Fivetran answers",
            "csv",
            vendors.qualtrics_answers(),
            name="question_response.csv",
            beside=(("survey_response.csv", beside["survey_response.csv"]),),
        )
    )
    found.append(
        Seed(
            "qualtrics",
            "Fivetran responses",
            "csv",
            vendors.qualtrics_responses(),
            name="survey_response.csv",
            beside=(("question_response.csv", beside["question_response.csv"]),),
            read="question_response.csv",
        )
    )
    return tuple(found)


def _block(table: str, kind: str) -> dict:
    """Text finds its columns by name but for those a record needs; a JSON document is mapped key by key."""
    spec = contract().tables[table]
    named = spec.fillable if kind in ("json", "ndjson") else [*spec.required, *spec.any_of] or list(spec.columns)
    return {"table": table, "columns": {name: name for name in named}}
