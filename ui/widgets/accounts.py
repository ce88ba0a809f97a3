"""The account of sources as rows of tables: a line a source first, each file and each example behind it."""

from pathlib import Path

from data.errors import UserError
from data.masking.shown import refused, shown_file
from data.store import audit
from report import numbers
from report.text.catalogue import say

Row = list[str]

KINDS = {
    "sign-in": say("ui.accounts.kind_sign_in"),
    "sign-in refused": say("ui.accounts.kind_sign_in_refused"),
    "sign-out": say("ui.accounts.kind_sign_out"),
    "export": say("ui.accounts.kind_export"),
    "answers looked at": say("ui.accounts.kind_answers_looked_at"),
    "erasure": say("ui.accounts.kind_erasure"),
    "build": say("ui.accounts.kind_build"),
    "settings changed": say("ui.accounts.kind_settings_changed"),
    "access changed": say("ui.accounts.kind_access_changed"),
}


def by_source(loads: list[dict]) -> list[Row]:
    """A row a source and reader: files, records in, loaded, refused, the newest file."""
    found: dict[tuple[str, str], list[dict]] = {}
    for row in loads:
        found.setdefault((row["source"], row["reader"]), []).append(row)
    return [
        [
            *key,
            numbers.whole(len(rows)),
            *_counts(rows),
            max((row["modified"] or "" for row in rows), default="")[:10] or "–",
        ]
        for key, rows in found.items()
    ]


def files(loads: list[dict]) -> list[Row]:
    """A row a file."""
    return [[row["source"], shown_file(row["file"]), *_counts([row]), (row["modified"] or "–")[:10]] for row in loads]


def _counts(rows: list[dict]) -> Row:
    return [numbers.whole(sum(row[name] for row in rows)) for name in ("rows_in", "loaded", "refused")]


def reasons(refused: list[dict]) -> list[Row]:
    """A row a source, kind and reason."""
    return [[row["source"], row["kind"], row["reason"], numbers.whole(row["records"])] for row in refused]


def examples(refusals: list[dict]) -> list[Row]:
    """A row a file, kind and reason, with its first record."""
    return [
        [
            shown_file(row["file"]),
            row["reason"],
            row["column_name"] or "",
            refused(row["example"]) or "",
            row["allowed"] or "",
            numbers.whole(row["records"]),
            numbers.whole(row["first_row"]),
        ]
        for row in refusals
    ]


def log(store: Path, most: int = 50) -> list[Row]:
    """A row a line of the log, newest first; what cannot be read says so."""
    try:
        return [
            [row["at"][:19].replace("T", " "), KINDS.get(row["what"], row["what"]), row["who"], row["detail"]]
            for row in audit.lines(store, most)
        ]
    except UserError as error:
        return [["", "", "", str(error)]]
