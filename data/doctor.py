"""Can this store be trusted? Sources, freshness, refused, unmapped, linked share: the numbers of the Data view as text or JSON."""

from datetime import datetime
from typing import Any

from data.sqlfile import sql
from data.store.generations import Generation


def examine(generation: Generation, journey: str | None = None) -> dict[str, Any]:
    """The account of a generation: files, open questions, refusals, unmapped, tickets left out, linked, checks of freshness. Dates as ISO text."""
    cursor = generation.cursor()
    journey = journey or cursor.execute("select journey from cfg_journeys order by position limit 1").fetchall()[0][0]
    asked = {
        name: _rows(generation, f"doctor_{name}", {"journey": journey})
        for name in ("files", "refused", "unmapped", "left_out", "linked")
    }
    served = cursor.execute("select count(*) from information_schema.tables where table_name = 'questions'").fetchall()[
        0
    ][0]
    asked["questions"] = (
        _rows(generation, "doctor_questions", {}) if served else []
    )  # stores of older versions have none
    as_of, built = cursor.execute("select data_as_of, built_at from meta").fetchall()[0]
    return {"generation": generation.name, "data_as_of": _text(as_of), "built_at": _text(built), **asked}


def _rows(generation: Generation, name: str, parameters: dict[str, object]) -> list[dict[str, Any]]:
    text = sql("data/model", name)
    wanted = {key: value for key, value in parameters.items() if f"${key}" in text}
    cursor = generation.cursor().execute(text, wanted)
    names = [column[0] for column in cursor.description]
    return [{key: _text(value) for key, value in zip(names, row)} for row in cursor.fetchall()]


def _text(value: object) -> object:
    return value.isoformat(sep=" ", timespec="minutes") if isinstance(value, datetime) else value


def render(found: dict[str, Any]) -> str:
    """The account for a terminal."""
    lines = [
        f"{found['generation']} · data as of {found['data_as_of']} UTC · built {found['built_at']} UTC",
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
    lines += ["", "Tied to a person"]
    lines += [
        f"  {r['source']:<16} {r['what']:<9} {r['records']:>10,}  {100 * r['share']:5.1f} %" for r in found["linked"]
    ]
    return "\n".join(lines)
