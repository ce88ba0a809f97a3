"""The warnings and notes of metrics in words: their numbers written by what they are, their sentences from report/text."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from metrics.codes import UNITS, Note, NoteCode, Warning, WarningCode
from report import numbers
from report.text.catalogue import say
from report.words.rights_words import rows_words

HALF_MARGIN = ("observed", "expected")  # shares that are read to a tenth of a point


def _share(name: str, value: float) -> str:
    return numbers.percent(value, 1 if name in HALF_MARGIN else 0)


def _points(name: str, value: float) -> str:
    return numbers.difference(value, "rate", plus=True)


WRITTEN: dict[str, Callable[[str, float], str]] = {
    "count": lambda name, value: numbers.fixed(value),
    "rate": _share,
    "points": _points,
    "seconds": lambda name, value: numbers.fixed(value, 1, plus=True),
    "hours": lambda name, value: numbers.fixed(value, 2),
    "money": lambda name, value: numbers.fixed(value),
    "p": lambda name, value: numbers.fixed(value, 3),
    "factor": lambda name, value: numbers.fixed(value, 1),
}
UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names}


def _written(name: str, value: Any) -> Any:
    """A number of a code as people read it; text and lists as they are."""
    unit = UNIT_OF.get(name)
    return value if unit is None or value is None or isinstance(value, str) else WRITTEN[unit](name, value)


def warning_text(warning: Warning) -> str:
    """A warning as people read it."""
    said = {name: _written(name, value) for name, value in warning.numbers.items()}
    if more := MORE.get(warning.code):
        said |= more(warning.numbers)
    return say(f"warnings.{said.pop('entry', warning.code)}", **said)


def warning_texts(warnings: Iterable[Warning]) -> list[str]:
    """Several, in their order."""
    return [warning_text(one) for one in warnings]


def note_text(note: Note | None) -> str:
    """A note as people read it; empty where there is none."""
    if note is None:
        return ""
    said: dict[str, Any] = dict(note.numbers)
    if note.code is NoteCode.RECORDED_OTHERWISE:
        said["when"] = since(date.fromisoformat(said["day"]), said["until"] and date.fromisoformat(said["until"]))
    if note.code is NoteCode.NO_TARGETS:
        said["sides"] = say("words.and").join(said["sides"])
    standing = say(f"notes.{note.code}", **said)
    return say("notes.of_filtered_view", standing=standing) if said.get("exploratory") else standing


def since(day: date, until: date | None) -> str:
    """“since 5 January 2026”, or “from … to …” where it ended."""
    if until is None:
        return say("notes.since", day=numbers.long_day(day))
    return say("notes.from_to", day=numbers.long_day(day), until=numbers.long_day(until))


def _calibrated(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "labelled": numbers.whole(found["labelled"]),
        **{name: numbers.fixed(found[name], 2) for name in ("sensitivity", "specificity")},
    }


def _scores(found: dict[str, Any]) -> dict[str, Any]:
    return {name: numbers.fixed(100 * found[name]) for name in ("lower", "upper")}


def _sides(found: dict[str, Any]) -> dict[str, Any]:
    return {"sides": ", ".join(f"{name} {numbers.fixed(value, 2, plus=True)}" for name, value in found["sides"])}


def _control(found: dict[str, Any]) -> dict[str, Any]:
    """Its bounds without the unit, which stands behind the value."""
    return {name: numbers.number(found[name], "rate", plus=True) for name in ("low", "high")}


def _cause(found: dict[str, Any]) -> dict[str, Any]:
    return {"entry": "hidden_cause_open"} if found["e_limit"] is None else {}


def _holidays(found: dict[str, Any]) -> dict[str, Any]:
    said = [say(f"warnings.holidays_{when}", names=", ".join(found[when])) for when in ("now", "then") if found[when]]
    return {"holidays": "; ".join(said)}


def _reasons(found: dict[str, Any]) -> dict[str, Any]:
    return {"reasons": ", ".join(f"{numbers.whole(one['tickets'])} {one['reason']}" for one in found["reasons"])}


def _break(found: dict[str, Any]) -> dict[str, Any]:
    label, stage = found["label"], found["stage"]
    what = say("warnings.in_stage", label=label, stage=stage) if stage else label
    return {"what": what, "day": numbers.day(date.fromisoformat(found["day"]))}


# What is written otherwise than by its unit.
MORE: dict[WarningCode, Callable[[dict[str, Any]], dict[str, Any]]] = {
    WarningCode.LIST_CALIBRATED: _calibrated,
    WarningCode.SCORES_NOT_SCORED: _scores,
    WarningCode.UNBALANCED: _sides,
    WarningCode.NEGATIVE_CONTROL: _control,
    WarningCode.NEGATIVE_CONTROL_FAILED: _control,
    WarningCode.HIDDEN_CAUSE: _cause,
    WarningCode.OTHER_HOLIDAYS: _holidays,
    WarningCode.PART_OF_DATA: lambda found: {"rows": rows_words(found["rows"])},
    WarningCode.WAYS_APART: lambda found: {"dimensions": say("words.and").join(found["dimensions"])},
    WarningCode.WEIGHTS_NOT_APPLIED: lambda found: {"metrics": ", ".join(found["metrics"])},
    WarningCode.TICKETS_LEFT_OUT: _reasons,
    WarningCode.RECORDS_NOT_KEPT: lambda found: {"days": numbers.whole(found["days"])},
    WarningCode.SERIES_BREAK: _break,
    WarningCode.HOLDS_BOTH_WAYS: _break,
    WarningCode.NOT_HELD: lambda found: {"dimensions": ", ".join(found["dimensions"])},
}
