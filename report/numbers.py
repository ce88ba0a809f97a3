"""How numbers, amounts and days are written: the one place that decides digits, units, minus, thousands and ranges.

The company's locale (`[company] locale` of sources.toml) decides the decimal sign, the grouping, where a currency stands and what a
month is called, by the Unicode CLDR as babel carries it; what is a matter of house style is the same in every locale: a true
minus, digits by unit, an en dash between positive bounds and `to` between signed ones. One process serves one company, so the locale
is set once (`use`), not passed along. JSON, CSV and Parquet never go through here.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from report.text.catalogue import say

MINUS = "−"
NONE = "–"  # what stands where there is no value
DAYS = {
    "yMMMd": "d MMM y",
    "MMMd": "d MMM",
    "yMMM": "MMM y",
    "yMMMM": "MMMM y",
    "yMMMMd": "d MMMM y",
}  # English without a country: day first
DIGITS = {"score": 2, "points": 0, "count": 0, "money": 0}  # of a value; of every other unit 1
# A blank between a number and its unit, or between n or ± and its number.
UNIT = re.compile(
    r"(?<=\d) (?=(?:%|points?|percentage points|h|min|s|ms|days?|weeks?|[€$£]|[A-Z]{3})(?!\w))|(?<=\bn) (?=\d)|(?<=±) (?=\d)"
)
SMALL_AMOUNT = 10  # below it an amount has its cents
SMALL_COUNT = 100  # below it what is counted per so many has a decimal


@dataclass(frozen=True)
class Style:
    """`locale` as BCP 47 writes it (de-DE), `currency` an ISO code; without one amounts are plain numbers."""

    locale: str = "en"
    currency: str = ""


_STYLE = Style()


def use(locale: str = "en", currency: str = "") -> None:
    """Write everything from now on as this locale and currency have it. Raises ValueError for a locale CLDR does not know."""
    global _STYLE
    _parsed(locale)
    _STYLE = Style(locale, currency)


def style() -> Style:
    """What is in force."""
    return _STYLE


@contextmanager
def written_as(locale: str = "en", currency: str = "") -> Iterator[None]:
    """The same for a while: for tests and single files."""
    before = _STYLE
    use(locale, currency)
    try:
        yield
    finally:
        use(before.locale, before.currency)


@lru_cache(maxsize=64)
def _parsed(locale: str) -> Locale:
    try:
        return Locale.parse(locale, sep="-")
    except Exception as error:  # babel raises of several kinds
        raise ValueError(say("report.numbers.unknown_locale", locale=f"{locale!r}")) from error


@lru_cache(maxsize=256)
def _pattern(locale: str, places: int) -> str:
    """Digits in the locale's groups, with so many decimals: #,##0.00, in India #,##,##0.00."""
    near, far = _parsed(locale).decimal_formats[None].grouping
    groups = "#,##0" if near > 9 else "#," + ("#" * far + "," if far != near else "") + "#" * (near - 1) + "0"
    return groups + ("." + "0" * places if places else "")


def fixed(value: float, places: int = 0, *, plus: bool = False) -> str:
    """A number with so many decimals, grouped: 1,204.5 or 1.204,5. Rounded as Python rounds, which is the value itself; what rounds to nothing has
    no sign."""
    text = f"{value:.{places}f}"
    nothing = not text.strip("-0.")
    sign = "" if nothing else MINUS if text.startswith("-") else "+" if plus else ""
    return sign + _grouped(text.lstrip("-"), places, _STYLE.locale)


@lru_cache(maxsize=4096)
def _grouped(digits: str, places: int, locale: str) -> str:
    """A number without sign as the locale groups it: a page writes the same ones again and again."""
    return format_decimal(Decimal(digits), format=_pattern(locale, places), locale=_parsed(locale))


def short(value: float, *, plus: bool = False) -> str:
    """A number without decimals it does not need: 75, 2.5, 0.03."""
    text = f"{value:.10f}".rstrip("0")
    return fixed(value, len(text.partition(".")[2]), plus=plus)


def whole(n: int) -> str:
    """A count: 18,204."""
    return fixed(n)


def thousands(n: int) -> str:
    """A count where room is short: 9,204, then 18.2k, then 1.4m."""
    if n < 10_000:
        return whole(n)
    return f"{fixed(n / 1000, 1)}k" if n < 1_000_000 else f"{fixed(n / 1e6, 1)}m"


def percent(share: float | None, places: int = 0, *, plus: bool = False) -> str:
    """A share of 0–1: 68 %."""
    return NONE if share is None else f"{fixed(share * 100, places, plus=plus)} %"


def number(value: float | None, unit: str, *, plus: bool = False, digits: int | None = None) -> str:
    """A value without its unit sign: 68.4, +3.2, 2:05, 0:02.4, 3 h 07, −0.6. Times are minutes, and hours before them from one hour on."""
    if value is None:
        return NONE
    if unit == "seconds":
        if plus or value < 0:
            return f"{fixed(value, plus=plus)} s"
        return minutes(value) if value >= 10 else f"0:{fixed(value, 1).rjust(4, '0')}"
    return fixed(value * 100 if unit == "rate" else value, _places(value, unit, digits), plus=plus)


def minutes(seconds: float) -> str:
    """A time to the second, in minutes: 2:05; from an hour on 3 h 07 (minutes)."""
    total = round(seconds)
    if total < 3600:
        return f"{total // 60}:{total % 60:02d}"
    rounded = round(seconds / 60)
    return f"{rounded // 60} h {rounded % 60:02d}"


def _places(value: float, unit: str, digits: int | None) -> int:
    if digits is not None:
        return digits
    if unit == "count":  # requests per 100 visits and visits a person are no whole numbers
        return int(abs(value) < SMALL_COUNT and abs(value - round(value)) > 1e-9)
    return 2 if unit == "money" and abs(value) < SMALL_AMOUNT else DIGITS.get(unit, 1)


def unit_sign(unit: str) -> str:
    """What stands behind a value; an amount's currency may stand before it, so `value` writes that."""
    return {"rate": " %", "hours": " h", "seconds": " min"}.get(unit, "")


def value(found: float | None, unit: str) -> str:
    """A value with its unit: 68.4 %, 1.5 h, €1,204 or 1.204 €."""
    if found is None:
        return NONE
    text = number(found, unit)
    if unit == "money":
        return _priced(text)
    return text if text.endswith(" s") else text + unit_sign(unit)  # below 0 a time is written in seconds


def amount(found: float, currency: str | None = None) -> str:
    """A sum of money to the cent, in the company's currency or the one it was paid in."""
    return _priced(fixed(found, 2), currency)


def _priced(digits: str, currency: str | None = None) -> str:
    """An amount with its currency where the locale puts it; the sign stands first."""
    code = currency or _STYLE.currency
    if not code:
        return digits
    locale = _parsed(_STYLE.locale)
    symbol = get_currency_symbol(code, locale=locale)
    sign, digits = (digits[0], digits[1:]) if digits[:1] in (MINUS, "+") else ("", digits)
    pattern = locale.currency_formats["standard"].pattern
    if pattern.startswith("¤"):
        return sign + symbol + ("\u00a0" if symbol[-1].isalpha() or pattern[1].isspace() else "") + digits
    return f"{sign}{digits}\u00a0{symbol}"


def level(found: float, unit: str) -> str:
    """A level somebody has set, without decimals it does not need: 75 %, 2.5 %, 4.25."""
    if unit == "seconds":
        return value(found, unit)
    text = short(found * 100 if unit == "rate" else found)
    return _priced(text) if unit == "money" else text + unit_sign(unit)


def difference(found: float | None, unit: str, *, plus: bool = False, digits: int | None = None) -> str:
    """A difference with its unit: +3.2 points between shares, +0.24, +5 s, +€3."""
    text = number(found, unit, plus=plus, digits=digits)
    return _priced(text) if unit == "money" and found is not None else text + difference_unit(unit)


def difference_unit(unit: str) -> str:
    """What stands behind a difference, which is in points where the values are shares."""
    return {"rate": say("report.numbers.points"), "points": say("report.numbers.points"), "hours": " h"}.get(unit, "")


def interval(low: float | None, high: float | None, unit: str, *, plus: bool = False, digits: int | None = None) -> str:
    """Two bounds: 62.8–65.4, −23 to −13, +0.4 to +1.2."""
    if low is None or high is None:
        return say("report.numbers.no_interval")
    joint = say("report.numbers.to") if plus or low < 0 else "–"
    return number(low, unit, plus=plus, digits=digits) + joint + number(high, unit, plus=plus, digits=digits)


def pattern_of(skeleton: str) -> str:
    """The order and signs of a day's parts, as CLDR writes patterns: yMMMd → d MMM y, d. MMM y, MMM d, y."""
    locale = _parsed(_STYLE.locale)
    return DAYS[skeleton] if _STYLE.locale == "en" else str(locale.datetime_skeletons[skeleton])


def _dated(when: date, skeleton: str) -> str:
    return format_date(when, pattern_of(skeleton), locale=_parsed(_STYLE.locale))


def day(when: date | None, *, year: bool = True) -> str:
    """24 Aug 2026; 24. Aug. 2026; Aug 24, 2026."""
    return NONE if when is None else _dated(when, "yMMMd" if year else "MMMd")


def long_day(when: date) -> str:
    """24 August 2026; 24. August 2026."""
    return _dated(when, "yMMMMd")


def month(when: date, *, full: bool = False) -> str:
    """Aug 2026, in full August 2026."""
    return _dated(when, "yMMMM" if full else "yMMM")


def moment(when: datetime | None) -> str:
    """24 Aug 2026 14:05 UTC; the day is the one UTC has."""
    return "unknown" if when is None else say("report.numbers.utc", date=day(when.date()), when=f"{when:%H:%M}")


def span(start: date | None, end: date | None) -> str:
    """24 Aug – 15 Nov 2026: the year once where it is the same."""
    if start is None or end is None:
        return say("report.numbers.all_data")
    return day(start) if start == end else f"{day(start, year=start.year != end.year)} – {day(end)}"


def separators() -> str:
    """Decimal sign and grouping sign, as Plotly takes them for the numbers it writes itself."""
    symbols = _parsed(_STYLE.locale).number_symbols["latn"]
    return str(symbols["decimal"] + symbols["group"])


def example(locale: str) -> str:
    """How a place writes a number and a day, whatever style is in force: `Germany, German: 1.204,5 · 24. Aug. 2026`."""
    known, day = _parsed(locale), date(2026, 8, 24)
    place = ", ".join(filter(None, (known.get_territory_name("en"), known.get_language_name("en"))))
    pattern = DAYS["yMMMd"] if locale == "en" else str(known.datetime_skeletons["yMMMd"])
    number = format_decimal(1204.5, _pattern(locale, 1), locale=known)
    return f"{place}: {number} · {format_date(day, pattern, locale=known)}"


def unbroken(text: str) -> str:
    """A sentence that wraps, without a line that ends between a number and its unit."""
    return UNIT.sub("\u00a0", text)
