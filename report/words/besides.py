"""The numbers beside another in words: what each is called, what is assumed, and the whole sentence where it takes one."""

from typing import Any

from metrics.codes import Beside, BesideCode
from report import numbers
from report.text.catalogue import say

SILENT = (BesideCode.SILENT_LOWER, BesideCode.SILENT_HIGHER, BesideCode.ABOVE_WHATEVER, BesideCode.BELOW_WHATEVER)
RESPONSE = (BesideCode.RESPONSE_RATE, BesideCode.RESPONSE_UNKNOWN, BesideCode.RESPONSE_TOO_RECENT)
NORMS = (BesideCode.PUBLISHED_MEAN, BesideCode.PERCENTILE)


def beside_name(one: Beside) -> str:
    """What it is called."""
    if one.code in SILENT:
        return say("besides.name.silent")
    if one.code in RESPONSE:
        return say("besides.name.response_rate")
    given: dict[str, Any] = one.numbers
    if one.code is BesideCode.IF_RECORDED:
        given = {"recorded": numbers.percent(given["recorded"])}
    if one.code is BesideCode.ALL_INVITED:
        given = {"lower": _gap(given["lower"], one.unit)}
    return say(f"besides.name.{one.code}", **given)


def beside_note(one: Beside) -> str:
    """What is assumed, or who published it; mostly nothing."""
    if one.code in (BesideCode.UNWEIGHTED, BesideCode.IF_RECORDED):
        return say(f"besides.note.{one.code}")
    return say(f"besides.note.{one.numbers['norm']}") if one.code in NORMS else ""


def beside_text(one: Beside) -> str:
    """The whole as people read it where it is more than name and value; else nothing."""
    if one.code in SILENT and one.value is not None:
        gap, minimum = _gap(abs(one.value), one.unit), _amount(one.numbers["minimum"], one.unit)
        return say(f"besides.text.{one.code}", gap=gap, minimum=minimum)
    if one.code is BesideCode.RESPONSE_RATE:
        return say("besides.text.response_rate", rate=numbers.percent(one.value))
    if one.code in RESPONSE:
        return say(f"besides.text.{one.code}")
    if one.code is BesideCode.ALL_INVITED and one.value is not None:
        lower = _gap(one.numbers["lower"], one.unit)
        return say("besides.text.all_invited", lower=lower, all=_amount(one.value, one.unit))
    return ""


def beside_record(one: Beside) -> dict[str, Any]:
    """The promised keys, and beside them the code with its numbers."""
    figures = {key: getattr(one, key) for key in ("value", "low", "high", "unit")}
    said = {"name": beside_name(one), **figures, "note": beside_note(one), "text": beside_text(one)}
    return said | {"code": str(one.code), "numbers": one.numbers}


def _amount(value: float, unit: str) -> str:
    """A level as the sentence has it: 70 %, 15, 4.10."""
    if unit in ("rate", "points"):
        return numbers.percent(value) if unit == "rate" else numbers.fixed(value)
    return numbers.value(value, unit)


def _gap(value: float, unit: str) -> str:
    """A difference in words: 10 points, 0.50."""
    if unit in ("rate", "points"):
        return say("besides.text.points", gap=numbers.fixed(100 * value if unit == "rate" else value))
    return numbers.fixed(value, 2)
