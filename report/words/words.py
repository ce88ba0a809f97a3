"""Cells, states and periods as people read them; how a number or a day is written, report.numbers decides."""

from datetime import date

from metrics.catalogue.definition import Definition
from metrics.codes import ReasonCode
from metrics.query.result import Cell, State
from report import numbers
from report.numbers import day, difference_unit, interval, number, span, unit_sign
from report.text.catalogue import say
from report.words.besides import RESPONSE, beside_name, beside_text
from report.words.reasons import reason_text

__all__ = ["day", "difference_unit", "interval", "listed", "number", "span", "unit_sign"]

WITHHELD = "withheld"
NOBODY = say("words.words.nobody_answered")
STATE_WORDS = {
    State.SUPPRESSED: say("words.words.under_5"),
    State.NO_DATA: say("words.words.no_data"),
    State.NOT_ASKED: say("words.words.not_asked"),
    State.NOT_COLLECTED: say("words.words.not_collected"),
    State.NOT_APPLICABLE: "n/a",
    State.IMMATURE: say("words.words.still_arriving"),
    State.NOT_SCORED: say("words.words.not_scored"),
    State.REFUSED: say("words.words.no_access"),
}


def value(cell_value: float | None, definition: Definition) -> str:
    """A value with its unit."""
    return numbers.value(cell_value, definition.unit)


def _because(cell: Cell, code: ReasonCode) -> bool:
    return cell.reason is not None and cell.reason.code is code


def state_word(cell: Cell) -> str:
    """The words a cell without a value shows; one that is withheld to protect another is not said to be small."""
    if cell.state is State.SUPPRESSED and (
        _because(cell, ReasonCode.PROTECTS_OTHERS) or _because(cell, ReasonCode.TELLS_OTHERS)
    ):
        return WITHHELD
    if cell.state is State.NO_DATA and _because(cell, ReasonCode.NOBODY_ANSWERED):
        return NOBODY
    return STATE_WORDS.get(cell.state, "")


def over(start: date | None, end: date | None) -> str:
    """“Over the 26 weeks to 22 Nov 2026”, so that a level over long is not read as that of the period compared."""
    days = (end - start).days + 1 if start and end else 0
    return (
        say("words.words.over_the_weeks_to", days=days // 7, end=day(end))
        if days >= 14 and days % 7 == 0
        else say("words.words.in", span=span(start, end))
    )


def levels(minimum: float, target: float, definition: Definition) -> str:
    """“minimum 75 %, target 85 %”, in the metric's own unit; “maximum” where less is better."""
    return say(
        "words.words.target",
        bound_name=bound_name(minimum, target),
        minimum=level(minimum, definition),
        target=level(target, definition),
    )


def bound_name(minimum: float, target: float) -> str:
    """What the company's lower demand is called: a minimum, or a maximum where the target lies below it."""
    return say("words.words.minimum") if target > minimum else say("words.words.maximum")


def level(found: float, definition: Definition) -> str:
    """A level the company has set, without decimals it does not need: 75 %, 2.5 %, 4.25."""
    return numbers.level(found, definition.unit)


def with_friction(cell: Cell | None) -> str:
    """What share of the unhappy goes with recorded friction, “4.3 % (−2.0 to 11.0)”, or nothing where the interval leaves half of the
    scale open."""
    if cell is None or not cell.valued or cell.high is None or cell.low is None or cell.high - cell.low >= 0.5:
        return ""
    return f"{number(cell.value, 'rate')} % ({interval(cell.low, cell.high, 'rate')})"


def blind_spot(cell: Cell | None) -> str:
    """The what-ifs beside it that have an interval: “37.5 % (25.1–49.9) if 50 % of friction is recorded”, or nothing."""
    kept = [one for one in cell.beside if one.low is not None] if cell is not None else []
    return ", ".join(
        f"{number(one.value, 'rate')} % ({interval(one.low, one.high, 'rate')}) {beside_name(one)}" for one in kept
    )


def friction_share(cell: Cell | None) -> str:
    """The whole sentence: a link only where the interval excludes none, then with the what-ifs; nothing where too few answered to tell."""
    share, unseen = with_friction(cell), blind_spot(cell)
    if share and cell and cell.low is not None and cell.low <= 0:
        return say(
            "words.words.no_sure_link_to_recorded_friction",
            value=number(cell.value, "rate"),
            interval=interval(cell.low, cell.high, "rate"),
        )
    return (
        say("words.words.recorded_friction_goes_with_of_the", share=share)
        + (say("words.words.what_if", unseen=unseen) if unseen else "")
        if share
        else ""
    )


def sentence(cell: Cell, definition: Definition) -> str:
    """The cell in full, for hover text and screen readers."""
    where = ", ".join(str(part) for part in cell.by.values() if part)
    head = f"{definition.label}{', ' + where if where else ''}: "
    if not cell.valued:
        return (
            head + f"{state_word(cell)} ({reason_text(cell.reason)})"
            if reason_text(cell.reason)
            else head + state_word(cell)
        )
    few = f"; {reason_text(cell.reason)}" if cell.state is State.FEW else ""
    aside = f"; {response_words(cell)}" if response_words(cell) else ""
    return (
        head
        + f"{value(cell.value, definition)}, 95 % {interval(cell.low, cell.high, definition.unit)}, n {numbers.whole(cell.n)}{few}{aside}"
    )


def response_words(cell: Cell | None) -> str:
    """Of an answer's number: how many of the invited answered, and how different the others would have to be; nothing of other numbers."""
    return "; ".join(said for one in cell.beside if (said := beside_text(one))) if cell is not None else ""


def response(cell: Cell | None) -> str:
    """The first half of it: “13 % of those invited answered”, “response rate unknown”, or nothing."""
    return (
        next((beside_text(one).partition(":")[0] for one in cell.beside if one.code in RESPONSE), "")
        if cell is not None
        else ""
    )


def part(dimension: str, value: str | None) -> str:
    """A value of a dimension as people read it: 24 Aug 2026, Aug 2026, customer, late delivery; `unknown` for none."""
    if value is None:
        return say("words.words.unknown")
    if dimension in ("day", "week", "month"):
        when = date.fromisoformat(value)
        return numbers.month(when) if dimension == "month" else day(when)
    if dimension == "customer":
        return {"true": say("words.words.customer"), "false": say("words.words.not_yet_a_customer")}.get(value, value)
    return value.replace("_", " ") if dimension == "category" else value


def listed(parts: list[str]) -> str:
    """a, b and c."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + say("words.words.and") + parts[-1] if parts else ""


def capitalised(text: str) -> str:
    """The text with a capital first letter; the others as they are."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """The text as a sentence: with a capital first letter and one full stop."""
    return capitalised(text) + ("" if text.endswith(".") else ".")
