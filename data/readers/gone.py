"""Records that no longer exist, were never real, or nobody asked for: what loaders and tools write beside them."""

import re

import duckdb

from data.files.tabular import Relation
from data.values.cast import Batch

# Column (in lower case) → why its record is left out. A truth word, or for the second list any time at all, says that it is.
FLAGS = {
    "_fivetran_deleted": "deleted in the source",
    "__deleted": "deleted in the source",
    "_peerdb_is_deleted": "deleted in the source",
    "_airbyte_deleted": "deleted in the source",
    "_deleted": "deleted in the source",
    "is_deleted": "deleted in the source",
    "isdeleted": "deleted in the source",
    "deleted": "deleted in the source",
    "is_spam": "spam",
    "spam": "spam",
    "is_test": "a test",
    "is_test_order": "a test",
    "test": "a test",
    "test_order": "a test",
    "testmode": "a test",
    "test_mode": "a test",
    "is_merged": "merged into another record",
}
OFF = {
    "livemode": "a test",
    "live_mode": "a test",
    "is_live": "a test",
}  # Stripe and others: what is not live is a test
STAMPS = {
    "_sdc_deleted_at": "deleted in the source",
    "_ab_cdc_deleted_at": "deleted in the source",
    "_dlt_deleted_at": "deleted in the source",
    "deleted_at": "deleted in the source",
    "deletedat": "deleted in the source",
    "date_deleted": "deleted in the source",
    "merged_into": "merged into another record",
    "merged_into_id": "merged into another record",
    "merged_to": "merged into another record",
    "merged_ticket_id": "merged into another record",
    "duplicate_of": "merged into another record",
}
MARKS = (*FLAGS, *OFF, *STAMPS)
LOADERS = tuple(
    name for name in MARKS if name.startswith("_")
)  # a mark that no form and no event has as a field of its own
YES = "('true', 't', 'yes', 'y', '1', '1.0')"
NO = "('false', 'f', 'no', 'n', '0', '0.0')"
NOTHING = "('', 'null', 'none', 'nan', '0', '0.0', 'false', '-')"


def mark_of(name: str) -> str:
    """A column's name as the lists above write it: `Is Spam` and `isSpam` are both is_spam."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[ -]+", "_", apart).lower()


def gone_sql(columns: dict[str, str]) -> tuple[str, str, str] | None:
    """(whether, why, by which column) as SQL over `columns`: name in the file → its SQL text. None where no such column is there."""
    arms = []
    for name, text in columns.items():
        mark = mark_of(name)
        if why := FLAGS.get(mark):
            arms.append((f"lower(trim({text})) in {YES}", why, name))
        elif why := OFF.get(mark):
            arms.append((f"lower(trim({text})) in {NO}", why, name))
        elif why := STAMPS.get(mark):
            arms.append((f"lower(trim({text})) not in {NOTHING}", why, name))
    if not arms:
        return None

    def said(part: int) -> str:
        return (
            "case "
            + " ".join("when {} then '{}'".format(arm[0], arm[part].replace("'", "''")) for arm in arms)
            + " end"
        )

    return " or ".join(f"coalesce({arm[0]}, false)" for arm in arms), said(1), said(2)


def without_gone(con: duckdb.DuckDBPyConnection, relation: Relation, table: str) -> tuple[Relation, list[Batch]]:
    """The relation without the records that a loader marks as deleted, and a batch for `table` that gives each of those its reason.
    Both as they came where there is no such mark."""
    if relation.columns == ["doc"]:
        columns = {name: f"doc->>'$.{name}'" for name in LOADERS}
    else:
        columns = {name: f'cast("{name}" as varchar)' for name in relation.columns if name.strip().lower() in LOADERS}
    found = gone_sql(columns)
    if not found or not con.execute(f"select count(*) from {relation.name} where {found[0]}").fetchall()[0][0]:
        return relation, []
    file = "_file, " if "_file" in {row[0] for row in con.execute(f"describe {relation.name}").fetchall()} else ""
    con.execute(
        f"create or replace temp table _marked_gone as select {file}_row, 'excluded' as _kind, {found[1]} as _reason, {found[2]} as _column, "
        f"null::varchar as _found from {relation.name} where {found[0]}"
    )
    con.execute(
        f"create or replace temp table {relation.name}_left as select * from {relation.name} where not ({found[0]})"
    )
    return Relation(f"{relation.name}_left", relation.columns, relation.records, relation.broken), [
        Batch(table, "_marked_gone")
    ]
