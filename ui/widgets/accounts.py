"""The account of sources as rows of tables: a line a source first, each file and each example behind it."""

from collections.abc import Callable
from pathlib import Path

from data.errors import UserError
from data.masking.shown import refused, shown_file
from data.store import audit
from metrics.rules import privacy
from metrics.thresholds import PERSONS
from report import numbers
from report.text.catalogue import say

Row = list[str]
Count = Callable[[int], str]

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


def counted(exact: bool) -> Count:
    """How a count of records is told: as it is to who may see single persons; else in fives, and of one to four that they are fewer, for records of
    a file of a day are people of that day."""

    def told(count: int) -> str:
        if exact or not count:
            return numbers.whole(count)
        return numbers.whole(privacy.rounded(count)) if count >= PERSONS else say("ui.accounts.few", least=PERSONS)

    return told


def share_of(part: int, whole: int, exact: bool) -> str:
    """A part of so many records: not told of a few, or where a few are left, but to who may see single persons."""
    if not whole:
        return "–"
    if not exact and (0 < part < PERSONS or 0 < whole - part < PERSONS or whole < PERSONS):
        return "–"
    return numbers.percent(part / whole, 1 if exact else 0)


def by_source(loads: list[dict], count: Count) -> list[Row]:
    """A row a source and reader: files, records in, loaded, refused, the newest file."""
    found: dict[tuple[str, str], list[dict]] = {}
    for row in loads:
        found.setdefault((row["source"], row["reader"]), []).append(row)
    return [
        [
            *key,
            numbers.whole(len(rows)),
            *_counts(rows, count),
            max((row["modified"] or "" for row in rows), default="")[:10] or "–",
        ]
        for key, rows in found.items()
    ]


def files(loads: list[dict], count: Count) -> list[Row]:
    """A row a file."""
    return [
        [row["source"], shown_file(row["file"]), *_counts([row], count), (row["modified"] or "–")[:10]] for row in loads
    ]


def _counts(rows: list[dict], count: Count) -> Row:
    return [count(sum(row[name] for row in rows)) for name in ("rows_in", "loaded", "refused")]


def reasons(refused: list[dict], count: Count) -> list[Row]:
    """A row a source, kind and reason."""
    return [[row["source"], row["kind"], row["reason"], count(row["records"])] for row in refused]


def examples(refusals: list[dict], count: Count) -> list[Row]:
    """A row a file, kind and reason, with its first record."""
    return [
        [
            shown_file(row["file"]),
            row["reason"],
            row["column_name"] or "",
            refused(row["example"]) or "",
            row["allowed"] or "",
            count(row["records"]),
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
