"""A Result as text for a terminal or a script: table, json, csv, parquet."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import UserError
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import MARK
from metrics.catalogue.taxonomies import Frame
from metrics.codes import Beside
from metrics.query.result import Compare, Result
from report import numbers
from report.neutral import neutral_in_csv
from report.rows.cells import flat, is_judged, records
from report.text.catalogue import say
from report.words.besides import beside_name, beside_note, beside_text
from report.words.reasons import reason_text
from report.words.warnings import note_text, warning_texts

FORMATS = ("table", "json", "csv", "parquet")


def render(result: Result, style: str, out: Path | None = None) -> str:
    """The result as text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(flat(result), lambda: as_table(result), lambda: records(result), style, out)


def delivered(
    rows: list[dict[str, Any]], table: Callable[[], str], record: Callable[[], object], style: str, out: Path | None
) -> str:
    """Flat rows in a format, or written to `out` with a line saying so; `table` makes the text for people, `record` what the JSON
    holds. Raises UserError where parquet has no file."""
    if style == "parquet":
        if out is None:
            raise UserError(
                say("report.tables.parquet_is_not_text"),
                where="--format",
                fix=say("report.tables.name_a_file_with_out"),
            )
        pq.write_table(pa.Table.from_pylist(rows), out)
        return say("report.tables.wrote_rows_to", rows=len(rows), out=out)
    writers: dict[str, Callable[[], str]] = {
        "table": table,
        "json": lambda: json_of(record()),
        "csv": lambda: csv_of(rows),
    }
    text = writers[style]()
    if out is None:
        return text
    out.write_text(text + "\n", encoding="utf-8")
    return say("report.tables.wrote_rows_to", rows=len(rows), out=out)


def json_of(record: object) -> str:
    """What a command prints as JSON: days as 2026-03-31, numbers of arrays as numbers."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def csv_of(rows: list[dict[str, Any]]) -> str:
    """Flat rows with one header line; no text is a formula in a spreadsheet, wherever it splits the line."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]) if rows else ["metric"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: neutral_in_csv(value) for name, value in row.items()} for row in rows)
    return buffer.getvalue().rstrip("\n")


def aligned(lines: list[list[str]]) -> str:
    """Columns as wide as their widest part, two spaces apart."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join("  ".join(part.ljust(width) for part, width in zip(line, widths)).rstrip() for line in lines)


def as_table(result: Result) -> str:
    names = sorted({name for cell in result.cells for name in cell.by})
    heads = ["metric", *names, "value", say("report.tables.n_95_interval"), "n", "state"]
    compared = any(cell.compare for cell in result.cells)
    judged = is_judged(result)
    heads += (["before", "difference"] if compared else []) + (
        [say("report.tables.would_be_told_from"), say("report.tables.change")] if judged else []
    )
    lines = [heads]
    for cell in result.cells:
        unit = result.definitions[cell.metric].unit
        interval = numbers.interval(cell.low, cell.high, unit) if cell.low is not None else "–"
        line = [
            cell.metric,
            *(cell.by.get(name) or "–" for name in names),
            numbers.value(cell.value, unit),
            interval,
            numbers.whole(cell.n),
            f"{cell.state}{': ' + reason_text(cell.reason) if reason_text(cell.reason) else ''}",
        ]
        if compared:
            other = cell.compare
            line += (
                [
                    numbers.value(other.value, unit),
                    _gap(other, unit),
                ]
                if other
                else ["–", "–"]
            )
        if judged:
            line += [
                f"±{numbers.difference(other.could_see, unit, digits=_gap_digits(unit))}"
                if other and other.could_see is not None
                else "–",
                (note_text(other.standing) if other else "") or "–",
            ]
        lines.append(line)
    others = [f"{d.id}: {d.sentence}" for d in result.definitions.values() if MARK in d.id]
    foot = [
        say("report.tables.period_to", period=result.period[0], period2=result.period[1])
        if result.period[0]
        else say("report.tables.no_dates_in_the_data"),
        *warning_texts(result.warnings),
    ]
    foot += [say("report.tables.would_be_told_from_the_size")] if judged else []
    return "\n".join([aligned(lines), *besides(result), *others, " · ".join(foot)])


def _gap(other: Compare, unit: str) -> str:
    """A difference with its interval, one decimal where values are whole points: "+3.2 points (+0.4 to +6.0)"."""
    if other.diff is None:
        return "–"
    digits = _gap_digits(unit)
    size = numbers.difference(other.diff, unit, plus=True, digits=digits)
    return f"{size} ({numbers.interval(other.low, other.high, unit, plus=True, digits=digits)})"


def _gap_digits(unit: str) -> int | None:
    return 1 if unit == "points" else None


def besides(result: Result) -> list[str]:
    """The numbers without which a value must not be read, a line a cell; what they assume once."""
    said, notes = [], []
    for cell in result.cells:
        if cell.beside:
            where = ", ".join(str(part) for part in cell.by.values() if part)
            said.append(
                f"{result.definitions[cell.metric].short}{', ' + where if where else ''}: {'; '.join(one_beside(one) for one in cell.beside)}"
            )
            notes += [note for one in cell.beside if (note := beside_note(one))]
    return said + list(dict.fromkeys(notes))


def one_beside(beside: Beside) -> str:
    """“if 30 % of friction is recorded 44.0 % (36.1 % – 51.9 %)”; the name alone where it says all there is to say."""
    if said := beside_text(beside):
        return said
    name = beside_name(beside)
    if beside.value is None:
        return name
    return f"{name} {numbers.value(beside.value, beside.unit)}" + (
        f" ({numbers.interval(beside.low, beside.high, beside.unit)})" if beside.low is not None else ""
    )


def render_list(definitions: Iterable[Definition], style: str) -> str:
    """The catalogue as a list."""
    if style == "json":
        return json.dumps(
            [
                {
                    "id": d.id,
                    "label": d.label,
                    "lens": d.lens,
                    "unit": d.unit,
                    "better": d.better,
                    "scope": d.scope,
                    "population": d.population,
                    "grain": d.grain,
                    "sentence": d.sentence,
                    "formula": d.formula,
                    "interval": d.interval,
                    "source": d.source,
                    "version": d.version,
                }
                for d in definitions
            ],
            ensure_ascii=False,
            indent=2,
        )
    return "\n".join(f"{d.id:<34} {d.lens:<12} {d.sentence}" for d in definitions)


def render_frame(frame: Frame, definitions: dict[str, Definition]) -> str:
    """The catalogue in the order of a frame."""
    lines = []
    for group, members in frame.sort(definitions).items():
        lines += [f"{group.name}: {group.question}".rstrip(": "), *(f"  {d.id:<34} {d.sentence}" for d in members), ""]
    return "\n".join(lines).rstrip()
