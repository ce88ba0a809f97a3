"""A Result as plain data: an object or a flat row a cell, for scripts, notebooks and files."""

from dataclasses import replace
from typing import Any

from metrics.codes import Note, Reason, Warning
from metrics.query.filter_values import parts
from metrics.query.result import Cell, Compare, Result
from report.address import company_address, link_to
from report.words.besides import beside_record
from report.words.reasons import reason_text
from report.words.warnings import note_text, warning_texts

VERDICT = ("standing", "normal", "could_see", "power")


def records(result: Result) -> list[dict[str, Any]]:
    """Every cell in the promised shape, with the address of the view that shows it: what `metrics show --format json` prints, assistants
    are told and the read route gives."""
    views = {metric: view(metric, result) for metric in result.definitions}
    return [record(cell, result) | {"view": views[cell.metric]} for cell in result.cells]


def view(metric: str, result: Result) -> str:
    """The address that opens a metric of an answer: with the company's where it says so, else relative."""
    return link_to(replace(result.query, metrics=(metric,)), "breakdown", company_address())


def record(cell: Cell, result: Result) -> dict[str, Any]:
    """One cell in the promised shape: value is null unless shown or few, by is an object; with it what it takes to ask the same again."""
    period = [day.isoformat() if day else None for day in result.period]
    entry: dict[str, Any] = {
        "metric": cell.metric,
        "by": cell.by,
        "period": period,
        "value": cell.value,
        "low": cell.low,
        "high": cell.high,
        "n": cell.n,
        "state": str(cell.state),
        "reason": reason_text(cell.reason),
        "reason_code": _code(cell.reason),
        "persons": cell.persons,
    }
    if cell.compare:
        other = cell.compare
        entry["compare"] = (
            {
                "period": [other.start.isoformat(), other.end.isoformat()],
                "value": other.value,
                "diff": other.diff,
                "diff_low": other.low,
                "diff_high": other.high,
                "p": other.p,
                "q": other.q,
                "note": note_text(other.note) or None,
                "note_code": _code(other.note),
            }
            | ({} if other.alike is None else {"value_now": other.alike})
            | _standing(other)
        )
    if cell.beside:
        entry["beside"] = [beside_record(one) for one in cell.beside]
    asked = [q.record | {"source": q.source} for q in result.questions.get(cell.metric, ())]
    warnings = (*result.warnings, *cell.warnings)
    entry |= {"warnings": warning_texts(warnings), "warning_codes": [_code(one) for one in warnings]}
    return entry | {"open_questions": asked} | _origin(cell.metric, result)


def _code(coded: Reason | Warning | Note | None) -> dict[str, Any] | None:
    """A code with its numbers, as scripts read it; None where there is none."""
    return None if coded is None else {"code": str(coded.code), "numbers": coded.numbers}


def _standing(other: Compare) -> dict[str, Any]:
    """How the change stands, and the size of one that would have been told; nothing where nobody asked."""
    if not other.standing:
        return {}
    figures = {key: getattr(other, key) for key in VERDICT[1:]}
    return {"standing": note_text(other.standing), **figures, "standing_code": _code(other.standing)}


def is_judged(result: Result) -> bool:
    return any(cell.compare and cell.compare.standing for cell in result.cells)


def _origin(metric: str, result: Result) -> dict[str, Any]:
    """Definition, unit, data and question behind a cell. `resolved` is the period as the question was asked:
    without bounds all rows, those without a date among them; `period` the days the data cover."""
    found, asked = result.definitions[metric], result.query
    return {
        "definition_version": found.version,
        "unit": found.unit,
        "data_as_of": result.data_as_of.isoformat() if result.data_as_of else None,
        "generation": result.generation,
        "resolved": {
            "from": asked.start.isoformat() if asked.start else None,
            "to": asked.end.isoformat() if asked.end else None,
            "compare": asked.compare,
            "journey": asked.journey,
            "stages": list(asked.stages),
            "filters": {name: parts(value) for name, value in asked.filters},
        },
    }


def flat(result: Result) -> list[dict[str, Any]]:
    """One flat row a cell, the same columns in each; those of the verdict where changes were judged."""
    names = sorted({name for cell in result.cells for name in cell.by})
    judged = is_judged(result)
    rows = []
    for cell in result.cells:
        entry = record(cell, result)
        other = entry.get("compare") or {}
        rows.append(
            {
                "metric": cell.metric,
                **{name: cell.by.get(name) for name in names},
                "from": entry["period"][0],
                "to": entry["period"][1],
                **{key: entry[key] for key in ("value", "low", "high", "n", "persons", "state", "reason")},
                **{key: other.get(key) for key in ("diff", "diff_low", "diff_high", "p", "q")},
                **({key: other.get(key) for key in VERDICT} if judged else {}),
                "generation": result.generation,
            }
        )
    return rows
