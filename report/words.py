"""Numbers and states as people read them: true minus, units once, en dash between positive bounds, `to` between signed."""

from datetime import date

from metrics.catalogue.definition import Definition
from metrics.query.context import NOBODY
from metrics.query.plain import minutes
from metrics.query.result import Cell, State
from report.tables import listed as listed

WITHHELD = "withheld"
STATE_WORDS = {
    State.SUPPRESSED: "under 5",
    State.NO_DATA: "no data",
    State.NOT_ASKED: "not asked",
    State.NOT_COLLECTED: "not collected",
    State.NOT_APPLICABLE: "n/a",
    State.IMMATURE: "still arriving",
    State.NOT_SCORED: "not scored",
    State.REFUSED: "no access",
}


def number(value: float | None, unit: str, *, plus: bool = False, digits: int | None = None) -> str:
    """A value without its unit sign: 68.4, +3.2, 2:05, 0:02.4, 3 h 07, −0.6. Times are minutes, and hours before them from one hour on."""
    if value is None:
        return "–"
    sign = "+" if plus and value > 0 else ""
    if unit == "seconds":
        if plus or value < 0:
            return (sign + f"{value:.0f} s").replace("-", "−")
        return minutes(value) if value >= 10 else f"0:{value:04.1f}"
    scaled = value * 100 if unit == "rate" else value
    places = (
        digits
        if digits is not None
        else 2
        if unit == "score" or unit == "money" and abs(value) < 10
        else 0
        if unit in ("points", "count")
        else 1
    )
    return (sign + f"{scaled:,.{places}f}").replace("-", "−")


def unit_sign(unit: str) -> str:
    """What stands behind a value."""
    return {"rate": " %", "hours": " h", "seconds": " min"}.get(unit, "")


def value(cell_value: float | None, definition: Definition) -> str:
    """A value with its unit."""
    return number(cell_value, definition.unit) + (unit_sign(definition.unit) if cell_value is not None else "")


def interval(low: float | None, high: float | None, unit: str, *, plus: bool = False) -> str:
    """Two bounds: 62.8–65.4, −23 to −13, +0.4 to +1.2."""
    if low is None or high is None:
        return "no interval"
    joint = " to " if plus or low < 0 else "–"
    return number(low, unit, plus=plus) + joint + number(high, unit, plus=plus)


def difference_unit(unit: str) -> str:
    """A difference of shares is in points."""
    return {"rate": " points", "points": " points", "seconds": "", "hours": " h"}.get(unit, "")


def state_word(cell: Cell) -> str:
    """The words a cell without a value shows; one that is withheld to protect another is not said to be small."""
    if cell.state is State.SUPPRESSED and cell.reason.startswith(WITHHELD):
        return WITHHELD
    if cell.state is State.NO_DATA and cell.reason.startswith(NOBODY):
        return NOBODY
    return STATE_WORDS.get(cell.state, "")


def count(n: int) -> str:
    """18,204 or, where room is short, 18.2k."""
    return f"{n:,}"


def short_count(n: int) -> str:
    if n < 10_000:
        return f"{n:,}"
    return f"{n / 1000:.1f}k" if n < 1_000_000 else f"{n / 1e6:.1f}m"


def day(when: date | None, *, year: bool = True) -> str:
    """24 Aug 2026."""
    if when is None:
        return "–"
    return f"{when.day} {when:%b}" + (f" {when.year}" if year else "")


def span(start: date | None, end: date | None) -> str:
    """24 Aug – 15 Nov 2026: the year once where it is the same."""
    if start is None or end is None:
        return "all data"
    if start == end:
        return day(start)
    return f"{day(start, year=start.year != end.year)} – {day(end)}"


def over(start: date | None, end: date | None) -> str:
    """“Over the 26 weeks to 22 Nov 2026”, so that a level over long is not read as that of the period compared."""
    days = (end - start).days + 1 if start and end else 0
    return f"Over the {days // 7} weeks to {day(end)}" if days >= 14 and days % 7 == 0 else f"In {span(start, end)}"


def levels(minimum: float, target: float, definition: Definition) -> str:
    """“minimum 75 %, target 85 %”, in the metric's own unit; “maximum” where less is better."""
    return f"{bound_name(minimum, target)} {level(minimum, definition)}, target {level(target, definition)}"


def bound_name(minimum: float, target: float) -> str:
    """What the company's lower demand is called: a minimum, or a maximum where the target lies below it."""
    return "minimum" if target > minimum else "maximum"


def level(found: float, definition: Definition) -> str:
    """A level the company has set, without decimals it does not need: 75 %, 2.5 %, 4.25."""
    scaled = found * 100 if definition.unit == "rate" else found
    return (
        f"{scaled:,.10g}".replace("-", "−") if definition.unit != "seconds" else number(found, "seconds")
    ) + unit_sign(definition.unit)


def with_friction(cell: Cell | None) -> str:
    """What share of the unhappy goes with recorded friction, “4.3 % (−2.0 to 11.0)”, or nothing where the interval leaves half of the
    scale open."""
    if cell is None or not cell.valued or cell.high is None or cell.high - cell.low >= 0.5:
        return ""
    return f"{number(cell.value, 'rate')} % ({interval(cell.low, cell.high, 'rate')})"


def blind_spot(cell: Cell | None) -> str:
    """The what-ifs beside it that have an interval: “37.5 % (25.1–49.9) if 50 % of friction is recorded”, or nothing."""
    kept = [one for one in cell.beside if one.low is not None] if cell is not None else []
    return ", ".join(
        f"{number(one.value, 'rate')} % ({interval(one.low, one.high, 'rate')}) {one.name}" for one in kept
    )


def friction_share(cell: Cell | None) -> str:
    """The whole sentence: a link only where the interval excludes none, then with the what-ifs; nothing where too few answered to tell."""
    share, unseen = with_friction(cell), blind_spot(cell)
    if share and cell.low <= 0:
        return f"no sure link to recorded friction ({number(cell.value, 'rate')} % of the unhappy, {interval(cell.low, cell.high, 'rate')})"
    return (
        f"recorded friction goes with {share} of the unhappy" + (f"; what-if: {unseen}" if unseen else "")
        if share
        else ""
    )


def sentence(cell: Cell, definition: Definition) -> str:
    """The cell in full, for hover text and screen readers."""
    where = ", ".join(str(part) for part in cell.by.values() if part)
    head = f"{definition.label}{', ' + where if where else ''}: "
    if not cell.valued:
        return head + f"{state_word(cell)} ({cell.reason})" if cell.reason else head + state_word(cell)
    few = f"; {cell.reason}" if cell.state is State.FEW else ""
    aside = f"; {silent(cell)}" if silent(cell) else ""
    return (
        head
        + f"{value(cell.value, definition)}, 95 % {interval(cell.low, cell.high, definition.unit)}, n {cell.n:,}{few}{aside}"
    )


def silent(cell: Cell | None) -> str:
    """Of an answer's number: how many of the invited answered, and how different the others would have to be; nothing of other numbers."""
    return "; ".join(one.text for one in cell.beside if one.text) if cell is not None else ""


def response(cell: Cell | None) -> str:
    """The first half of it: “13 % of those invited answered”, “response rate unknown”, or nothing."""
    return (
        next((one.text.partition(":")[0] for one in cell.beside if one.name == "response rate"), "")
        if cell is not None
        else ""
    )


def part(dimension: str, value: str | None) -> str:
    """A value of a dimension as people read it: 24 Aug 2026, Aug 2026, customer, late delivery; `unknown` for none."""
    if value is None:
        return "unknown"
    if dimension in ("day", "week", "month"):
        when = date.fromisoformat(value)
        return f"{when:%b %Y}" if dimension == "month" else day(when)
    if dimension == "customer":
        return {"true": "customer", "false": "not yet a customer"}.get(value, value)
    return value.replace("_", " ") if dimension == "category" else value
