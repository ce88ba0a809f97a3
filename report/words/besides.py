"""The numbers beside another in words: what each is called, what is assumed, and the whole sentence where it takes one."""

from typing import Any

from metrics.codes import Beside, BesideCode
from report import numbers
from report.text.catalogue import say

SILENT = (BesideCode.SILENT_LOWER, BesideCode.SILENT_HIGHER, BesideCode.ABOVE_WHATEVER, BesideCode.BELOW_WHATEVER)
RESPONSE = (BesideCode.RESPONSE_RATE, BesideCode.RESPONSE_UNKNOWN, BesideCode.RESPONSE_TOO_RECENT)
NORMS = (BesideCode.PUBLISHED_MEAN, BesideCode.PERCENTILE)


def beside_name(beside: Beside) -> str:
    """What it is called."""
    if beside.code in SILENT:
        return say("besides.name.silent")
    if beside.code in RESPONSE:
        return say("besides.name.response_rate")
    given: dict[str, Any] = beside.numbers
    if beside.code is BesideCode.IF_RECORDED:
        given = {"recorded": numbers.percent(given["recorded"])}
    if beside.code is BesideCode.ALL_INVITED:
        given = {"lower": _gap(given["lower"], beside.unit)}
    return say(f"besides.name.{beside.code}", **given)


def beside_note(beside: Beside) -> str:
    """What is assumed, or who published it; mostly nothing."""
    if beside.code in (BesideCode.UNWEIGHTED, BesideCode.IF_RECORDED):
        return say(f"besides.note.{beside.code}")
    return say(f"besides.note.{beside.numbers['norm']}") if beside.code in NORMS else ""


def beside_text(beside: Beside) -> str:
    """The whole as people read it where it is more than name and value; else nothing."""
    if beside.code in SILENT and beside.value is not None:
        gap, minimum = _gap(abs(beside.value), beside.unit), _amount(beside.numbers["minimum"], beside.unit)
        return say(f"besides.text.{beside.code}", gap=gap, minimum=minimum)
    if beside.code is BesideCode.RESPONSE_RATE:
        return say("besides.text.response_rate", rate=numbers.percent(beside.value))
    if beside.code in RESPONSE:
        return say(f"besides.text.{beside.code}")
    if beside.code is BesideCode.ALL_INVITED and beside.value is not None:
        lower = _gap(beside.numbers["lower"], beside.unit)
        return say("besides.text.all_invited", lower=lower, all=_amount(beside.value, beside.unit))
    return ""


def beside_record(beside: Beside) -> dict[str, Any]:
    """The promised keys, and beside them the code with its numbers."""
    figures = {key: getattr(beside, key) for key in ("value", "low", "high", "unit")}
    said = {"name": beside_name(beside), **figures, "note": beside_note(beside), "text": beside_text(beside)}
    return said | {"code": str(beside.code), "numbers": beside.numbers}


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
