"""Can this store be trusted? Sources, freshness, refused, unmapped, linked share: the numbers of the Data view as text or JSON."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import duckdb

from data.masking import masked
from data.masking.shown import shown_file
from data.sqlfile import sql
from data.store.generations import Generation

SHOWN: dict[str, Callable[[str], str]] = {
    "file": shown_file,
    "problem": masked,
    "notes": masked,
    "what": masked,
    "asks": masked,
    "step": masked,
}


def examine(generation: Generation, journey: str | None = None) -> dict[str, Any]:
    """The account of a generation: files, open questions, refusals, unmapped, tickets left out, what is outside of periods and
    visits, linked, checks of freshness, what the build cost. Dates as ISO text."""
    cursor = generation.cursor()
    journey = journey or cursor.execute("select journey from cfg_journeys order by position limit 1").fetchall()[0][0]
    asked: dict[str, Any] = {
        name: _rows(generation, f"doctor_{name}", {"journey": journey})
        for name in ("files", "refused", "unmapped", "left_out", "outside", "linked")
    }
    # stores of older versions have none
    asked["questions"] = _rows(generation, "doctor_questions", {}) if _has(cursor, "questions") else []
    asked["masked"] = _rows(generation, "doctor_masked", {}) if _has(cursor, "masked_words") else None
    asked["retention"] = _rows(generation, "doctor_retention", {}) if _has(cursor, "cfg_retention") else []
    asked["costs"] = _rows(generation, "doctor_costs", {}) if _has(cursor, "costs") else []
    as_of, built = cursor.execute("select data_as_of, built_at from meta").fetchall()[0]
    return {
        "generation": generation.name,
        "trouble": generation.trouble,
        "data_as_of": _shown("", as_of),
        "built_at": _shown("", built),
        **asked,
    }


def _rows(generation: Generation, name: str, parameters: dict[str, object]) -> list[dict[str, Any]]:
    text = sql("data/model", name)
    wanted = {key: value for key, value in parameters.items() if f"${key}" in text}
    cursor = generation.cursor().execute(text, wanted)
    names = [column[0] for column in cursor.description]
    return [{key: _shown(key, value) for key, value in zip(names, row)} for row in cursor.fetchall()]


def outside_words(row: dict[str, Any]) -> str:
    """What the records of a row of `outside` are not in."""
    return f"{row['what']}, so in no {'period' if row['what'] == 'answers without a date' else 'visit'}"


def _has(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    named = "select 1 from information_schema.tables where table_name = $table"
    return bool(cursor.execute(named, {"table": table}).fetchall())


def _shown(name: str, value: object) -> object:
    """A value as it leaves the store: dates as text, and no person's name or number in what files and settings call things."""
    if isinstance(value, str) and name in SHOWN:
        return SHOWN[name](value)
    return (
        value.isoformat(sep=" ", timespec="minutes")
        if isinstance(value, datetime)
        else value.isoformat()
        if isinstance(value, date)
        else value
    )


def render(found: dict[str, Any]) -> str:
    """The account for a terminal."""
    lines = [
        f"{found['generation']} · data as of {found['data_as_of']} UTC · built {found['built_at']} UTC",
        *([f"! {found['trouble']}"] if found["trouble"] else []),
        "",
        "Files",
    ]
    lines += [
        f"  {r['source']:<16} {r['file']:<40} in {r['rows_in']:>10,}  loaded {r['loaded']:>10,}  refused {r['refused']:>9,}"
        for r in found["files"]
    ]
    lines += [f"  ! {r['problem']}" for r in found["files"] if r["problem"]]
    lines += ["", "Questions about what was loaded"]
    lines += [
        f"  {'!' if r['severity'] == 'severe' else '?'} {r['asks']} {r['remedy']}" for r in found["questions"]
    ] or ["  none"]
    lines += [f"  {r['kind']} are kept for {r['days']:,} days: from {r['kept_from']} on" for r in found["retention"]]
    lines += ["", "Refused, by reason"]
    lines += [f"  {r['source']:<16} {r['kind']:<10} {r['records']:>9,}  {r['reason']}" for r in found["refused"]] or [
        "  nothing"
    ]
    lines += ["", "No stage rule maps"]
    lines += [f"  {r['kind']:<8} {r['times']:>9,}  {r['what']}" for r in found["unmapped"]] or ["  nothing"]
    lines += ["", "Tickets that leave every rate"]
    lines += [
        f"  {r['source']:<16} {r['tickets']:>9,}  {r['reason']} ({r['tickets'] / r['of']:.1%} of its tickets)"
        for r in found["left_out"]
    ] or ["  none"]
    lines += ["", "Loaded, and outside of periods or visits"]
    lines += [
        f"  {r['source']:<16} {r['records']:>9,}  {outside_words(r)} ({r['records'] / r['of']:.1%} of its records of the kind)"
        for r in found["outside"]
    ] or ["  none"]
    lines += ["", "Masked in what people wrote"]
    lines += (
        ["  not known: the store was made before this was counted"]
        if found["masked"] is None
        else [f"  {r['field']:<16} {r['times']:>9,}  {r['kind']}" for r in found["masked"]] or ["  nothing"]
    )
    lines += ["", "Tied to a person"]
    lines += [
        f"  {r['source']:<16} {r['what']:<9} {r['records']:>10,}  {100 * r['share']:5.1f} %" for r in found["linked"]
    ]
    lines += ["", "What the build took longest for"]
    lines += [
        f"  {r['seconds']:>8,.1f} s  CPU {r['cpu_seconds']:>8,.1f} s  up to {r['peak_mb']:>7,.0f} MB held  {r['step']}"
        for r in found["costs"]
    ] or ["  not known: the store was made before this was noted"]
    return "\n".join(lines)
