"""Records that no longer exist, were never real, or nobody asked for: what loaders and tools write beside them."""

# Column (in lower case) → why its record is left out. A truth word, or for the second list any time at all, says that it is.
FLAGS = {"_fivetran_deleted": "deleted in the source", "__deleted": "deleted in the source", "_peerdb_is_deleted": "deleted in the source",
         "_airbyte_deleted": "deleted in the source", "_deleted": "deleted in the source", "is_deleted": "deleted in the source",
         "isdeleted": "deleted in the source", "deleted": "deleted in the source", "is_spam": "spam", "spam": "spam", "is_test": "a test",
         "is_test_order": "a test", "test_order": "a test", "testmode": "a test", "test_mode": "a test", "is_merged": "merged into another record"}
STAMPS = {"_sdc_deleted_at": "deleted in the source", "_ab_cdc_deleted_at": "deleted in the source", "_dlt_deleted_at": "deleted in the source",
          "deleted_at": "deleted in the source", "deletedat": "deleted in the source", "date_deleted": "deleted in the source"}
YES = "('true', 't', 'yes', 'y', '1', '1.0')"
TRUTH = "('true', 't', 'yes', 'y', '1', '1.0', 'false', 'f', 'no', 'n', '0', '0.0', '', 'null')"


def gone_sql(columns: dict[str, str]) -> tuple[str, str, str] | None:
    """(whether, why, by which column) as SQL over `columns`: name in the file → its SQL text. None where no such column is there."""
    arms = []
    for name, text in columns.items():
        if why := FLAGS.get(name.strip().lower()):
            arms.append((f"lower(trim({text})) in {YES}", why, name))
        elif why := STAMPS.get(name.strip().lower()):
            arms.append((f"nullif(nullif(lower(trim({text})), ''), 'null') is not null", why, name))
    if not arms:
        return None

    def said(part: int) -> str:
        return "case " + " ".join("when {} then '{}'".format(arm[0], arm[part].replace("'", "''")) for arm in arms) + " end"
    return " or ".join(f"coalesce({arm[0]}, false)" for arm in arms), said(1), said(2)
