"""A Result as text for a terminal or a script: table, json, csv, parquet."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import UserError
from metrics.catalogue import MARK, Definition
from metrics.frames import Frame
from metrics.link import company_address, link_to
from metrics.result import Beside, Cell, Compare, Result

FORMATS = ("table", "json", "csv", "parquet")
VERDICT = ("standing", "normal", "could_see", "power")


def render(result: Result, style: str, out: Path | None = None) -> str:
    """The result as text, or written to `out` with a line saying so. Raises UserError where parquet has no file."""
    return delivered(flat(result), lambda: as_table(result), lambda: as_json(result), style, out)


def delivered(rows: list[dict], table: Callable[[], str], record: Callable[[], str], style: str, out: Path | None) -> str:
    """Flat rows in a format, or written to `out` with a line saying so; `table` and `record` make the text for people and
    the JSON. Raises UserError where parquet has no file."""
    if style == "parquet":
        if out is None:
            raise UserError("parquet is not text", where="--format", fix="Name a file with --out")
        pq.write_table(pa.Table.from_pylist(rows), out)
        return f"wrote {len(rows)} rows to {out}"
    text = {"table": table, "json": record, "csv": lambda: csv_of(rows)}[style]()
    if out is None:
        return text
    out.write_text(text + "\n", encoding="utf-8")
    return f"wrote {len(rows)} rows to {out}"


def record(cell: Cell, result: Result) -> dict:
    """One cell in the promised shape: value is null unless shown or few, by is an object; with it what it takes to ask the same again."""
    period = [day.isoformat() if day else None for day in result.period]
    entry = {"metric": cell.metric, "by": cell.by, "period": period, "value": cell.value, "low": cell.low, "high": cell.high,
             "n": cell.n, "state": str(cell.state), "reason": cell.reason, "persons": cell.persons}
    if cell.compare:
        other = cell.compare
        entry["compare"] = {"period": [other.start.isoformat(), other.end.isoformat()], "value": other.value,
                            "diff": other.diff, "diff_low": other.low, "diff_high": other.high, "p": other.p, "q": other.q,
                            "note": other.note} | ({} if other.alike is None else {"value_now": other.alike}) | _standing(other)
    if cell.beside:
        entry["beside"] = [asdict(one) for one in cell.beside]
    asked = [q.record | {"source": q.source} for q in result.questions.get(cell.metric, ())]
    return entry | {"warnings": [*result.warnings, *cell.warnings], "open_questions": asked} | _origin(cell.metric, result)


def _standing(other: Compare) -> dict:
    """How the change stands, and the size of one that would have been told; nothing where nobody asked."""
    return {key: getattr(other, key) for key in VERDICT} if other.standing else {}


def _is_judged(result: Result) -> bool:
    return any(cell.compare and cell.compare.standing for cell in result.cells)


def _origin(metric: str, result: Result) -> dict:
    """Definition, unit, data and question behind a cell, and the view that shows it. `resolved` is the period as the question was asked:
    without bounds all rows, those without a date among them; `period` the days the data cover."""
    found, asked = result.definitions[metric], result.query
    return {"definition_version": found.version, "unit": found.unit, "data_as_of": result.data_as_of.isoformat() if result.data_as_of else None,
            "generation": result.generation, "resolved": {"from": asked.start.isoformat() if asked.start else None,
                                                          "to": asked.end.isoformat() if asked.end else None, "compare": asked.compare},
            "view": link_to(replace(asked, metrics=(metric,)), "breakdown", company_address())}


def as_json(result: Result) -> str:
    return json.dumps([record(cell, result) for cell in result.cells], ensure_ascii=False, indent=2)


def flat(result: Result) -> list[dict]:
    """One flat row a cell, the same columns in each; those of the verdict where changes were judged."""
    names = sorted({name for cell in result.cells for name in cell.by})
    judged = _is_judged(result)
    rows = []
    for cell in result.cells:
        entry = record(cell, result)
        other = entry.get("compare") or {}
        rows.append({"metric": cell.metric, **{name: cell.by.get(name) for name in names}, "from": entry["period"][0],
                     "to": entry["period"][1], **{key: entry[key] for key in ("value", "low", "high", "n", "persons", "state", "reason")},
                     **{key: other.get(key) for key in ("diff", "diff_low", "diff_high", "p", "q")},
                     **({key: other.get(key) for key in VERDICT} if judged else {}),
                     "generation": result.generation})
    return rows


def csv_of(rows: list[dict]) -> str:
    """Flat rows with one header line."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]) if rows else ["metric"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().rstrip("\n")


def number(value: float | None, unit: str) -> str:
    """A value as people read it: 68.4 %, 30.0, 2:05."""
    if value is None:
        return "–"
    if unit == "rate":
        return f"{value * 100:.1f} %"
    if unit == "seconds":
        return f"{'-' if value < 0 else ''}{int(abs(value) // 60)}:{abs(value) % 60:04.1f}"
    return f"{value:,.1f}" if unit in ("points", "hours") else f"{value:,.2f}"


def aligned(lines: list[list[str]]) -> str:
    """Columns as wide as their widest part, two spaces apart."""
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join("  ".join(part.ljust(width) for part, width in zip(line, widths)).rstrip() for line in lines)


def listed(parts: list[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def as_table(result: Result) -> str:
    names = sorted({name for cell in result.cells for name in cell.by})
    heads = ["metric", *names, "value", "95 % interval", "n", "state"]
    compared = any(cell.compare for cell in result.cells)
    judged = _is_judged(result)
    heads += (["before", "difference"] if compared else []) + (["would be told from", "change"] if judged else [])
    lines = [heads]
    for cell in result.cells:
        unit = result.definitions[cell.metric].unit
        interval = f"{number(cell.low, unit)} – {number(cell.high, unit)}" if cell.low is not None else "–"
        line = [cell.metric, *(cell.by.get(name) or "–" for name in names), number(cell.value, unit), interval, f"{cell.n:,}",
                f"{cell.state}{': ' + cell.reason if cell.reason else ''}"]
        if compared:
            other = cell.compare
            line += [number(other.value, unit), f"{number(other.diff, unit)} ({number(other.low, unit)} to {number(other.high, unit)})"] \
                if other else ["–", "–"]
        if judged:
            line += [f"±{number(other.could_see, unit)}" if other and other.could_see is not None else "–", (other.standing if other else "") or "–"]
        lines.append(line)
    others = [f"{d.id}: {d.sentence}" for d in result.definitions.values() if MARK in d.id]
    foot = [f"period {result.period[0]} to {result.period[1]}" if result.period[0] else "no dates in the data", *result.warnings]
    foot += ["would be told from: the size of a change that is told four times in five"] if judged else []
    return "\n".join([aligned(lines), *besides(result), *others, " · ".join(foot)])


def besides(result: Result) -> list[str]:
    """The numbers without which a value must not be read, a line a cell; what they assume once."""
    said, notes = [], []
    for cell in result.cells:
        if cell.beside:
            where = ", ".join(str(part) for part in cell.by.values() if part)
            said.append(f"{result.definitions[cell.metric].short}{', ' + where if where else ''}: {'; '.join(one_beside(one) for one in cell.beside)}")
            notes += [one.note for one in cell.beside if one.note]
    return said + list(dict.fromkeys(notes))


def one_beside(one: Beside) -> str:
    """“if 30 % of friction is recorded 44.0 % (36.1 % – 51.9 %)”; the name alone where it says all there is to say."""
    if one.text:
        return one.text
    if one.value is None:
        return one.name
    return f"{one.name} {number(one.value, one.unit)}" + (f" ({number(one.low, one.unit)} – {number(one.high, one.unit)})" if one.low is not None else "")


def render_list(definitions: Iterable[Definition], style: str) -> str:
    """The catalogue as a list."""
    if style == "json":
        return json.dumps([{"id": d.id, "label": d.label, "lens": d.lens, "unit": d.unit, "better": d.better, "scope": d.scope,
                            "population": d.population, "grain": d.grain, "sentence": d.sentence, "formula": d.formula,
                            "interval": d.interval, "source": d.source, "version": d.version} for d in definitions],
                          ensure_ascii=False, indent=2)
    return "\n".join(f"{d.id:<34} {d.lens:<12} {d.sentence}" for d in definitions)


def render_frame(frame: Frame, definitions: dict[str, Definition]) -> str:
    """The catalogue in the order of a frame."""
    lines = []
    for group, members in frame.sort(definitions).items():
        lines += [f"{group.name}: {group.question}".rstrip(": "), *(f"  {d.id:<34} {d.sentence}" for d in members), ""]
    return "\n".join(lines).rstrip()
