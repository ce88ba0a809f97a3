"""Sheets as text for a terminal or a script: text, json, csv, parquet."""

from pathlib import Path
from typing import Any

from report.sheets.sheet import Sheet, Sheets, caveats
from report.tables import aligned, delivered
from report.text.catalogue import say


def render(sheets: Sheets, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(_rows(sheets), lambda: _text(sheets), lambda: _record(sheets), style, out)


def _rows(sheets: Sheets) -> list[dict[str, Any]]:
    """The records of every sheet that can leave the house, each with the name of its sheet; all have the same columns."""
    found = [{"sheet": sheet.form} | record for sheet in sheets.sheets if sheet.form for record in sheet.records]
    names = list(dict.fromkeys(name for row in found for name in row))
    return [{name: row.get(name) for name in names} for row in found]


def _record(sheets: Sheets) -> dict[str, Any]:
    return {
        "analysis": sheets.name,
        "journey": sheets.query.journey,
        "period": [day and day.isoformat() for day in (sheets.query.start, sheets.query.end)],
        "finding": sheets.title,
        "sheets": [
            {"sheet": sheet.form or sheet.key, "finding": sheet.title, "what": sheet.what, "rows": sheet.records, "note": sheet.foot}
            for sheet in sheets.sheets
        ],
        "warnings": caveats(sheets.warnings) or None,
    }  # fmt: skip


def _text(sheets: Sheets) -> str:
    return "\n\n".join(
        [f"{sheets.title}\n{sheets.standfirst}", *(_sheet(sheet) for sheet in sheets.sheets if sheet.shown)]
    )


def _sheet(sheet: Sheet) -> str:
    table = aligned([list(sheet.heads), *(list(row) for row in sheet.rows)]) if sheet.rows else ""
    quotes = [line for one in sheet.quotes for line in (one.whose, *(f"  “{comment}”" for comment in one.comments))]
    words = [say("sheets.sheet.quotes_of"), *quotes] if quotes else []
    return "\n".join(part for part in [sheet.title, sheet.what, table, *words, sheet.foot] if part)
