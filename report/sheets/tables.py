"""Sheets as text for a terminal or a script: text, json, csv, parquet."""

import json
from pathlib import Path
from typing import Any

from report.sheets.sheet import Sheet, Sheets, caveats
from report.tables import aligned, delivered
from report.text.catalogue import say


def render(made: Sheets, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(_rows(made), lambda: _text(made), lambda: _json(made), style, out)


def _rows(made: Sheets) -> list[dict[str, Any]]:
    """The records of every sheet that can leave the house, each with the name of its sheet; all have the same columns."""
    found = [{"sheet": sheet.form} | record for sheet in made.sheets if sheet.form for record in sheet.records]
    names = list(dict.fromkeys(name for row in found for name in row))
    return [{name: row.get(name) for name in names} for row in found]


def _json(made: Sheets) -> str:
    told = {
        "analysis": made.name,
        "journey": made.query.journey,
        "period": [day and day.isoformat() for day in (made.query.start, made.query.end)],
        "finding": made.title,
        "sheets": [
            {"sheet": sheet.form or sheet.key, "finding": sheet.title, "what": sheet.what, "rows": sheet.records, "note": sheet.foot}
            for sheet in made.sheets
        ],
        "warnings": caveats(made.warnings) or None,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2, default=str)


def _text(made: Sheets) -> str:
    return "\n\n".join([f"{made.title}\n{made.standfirst}", *(_sheet(sheet) for sheet in made.sheets if sheet.shown)])


def _sheet(sheet: Sheet) -> str:
    table = aligned([list(sheet.heads), *(list(row) for row in sheet.rows)]) if sheet.rows else ""
    quotes = [line for one in sheet.quotes for line in (one.whose, *(f"  “{comment}”" for comment in one.comments))]
    words = [say("sheets.sheet.quotes_of"), *quotes] if quotes else []
    return "\n".join(part for part in [sheet.title, sheet.what, table, *words, sheet.foot] if part)
