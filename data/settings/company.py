"""[company] of sources.toml: name, currency, zone, first day of the week, holidays, costs of a contact."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from data.errors import Problems, UserError, check_keys, nearest
from data.masking.orders import Orders
from data.settings.checks import check_confirmed, check_shapes, check_zone

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COMPANY_KEYS = (
    "name",
    "currency",
    "locale",
    "language",
    "timezone",
    "week_starts",
    "simulated",
    "notice",
    "holidays",
    "confidential",
    "order_number",
    "cost_per_contact",
    "confirmed",
)


@dataclass(frozen=True)
class Company:
    name: str = "Your company"
    currency: str = "EUR"
    locale: str = "en"  # how numbers, amounts and days are written: an IETF tag such as de-DE
    language: str = ""  # of pages, files and commands (report/text), read where a process starts; empty: English
    timezone: str = "UTC"
    week_starts: str = "monday"
    simulated: bool = False  # the views then say so and how to replace it
    confidential: bool = False  # counts rounded, whole weeks only: for numbers that leave the house
    order_number: tuple[str, ...] = ()  # RE2 expressions of what is masked as [order] where people write it
    notice: str | None = None  # a sentence every view shows, for a data set that needs one
    holidays: dict[str, list[str]] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()  # questions about several sources that are answered: it is so
    cost_per_contact: dict[str, float] = field(
        default_factory=dict
    )  # by contact_via, "other" for the rest; empty: not known


def company_of(spec: dict[str, Any], file: Path) -> Company:
    problems = Problems()
    problems.of(check_keys, spec, COMPANY_KEYS, file=file, where="[company]")
    problems.of(check_shapes, spec, file, "[company]")
    problems.end()
    problems.of(check_confirmed, spec, file, "[company]")
    problems.of(_check_holidays, spec.get("holidays", {}), file)
    problems.of(_orders, spec.get("order_number", []), file)
    problems.of(_costs, spec.get("cost_per_contact", 0), file)
    problems.of(check_zone, spec.get("timezone", "UTC"), file, "[company] timezone")
    problems.of(_check_locale, spec.get("locale", "en"), file)
    problems.of(_check_language, spec.get("language", "en"), file)
    problems.of(_check_week, spec.get("week_starts", "monday"), file)
    problems.end()
    return Company(
        **spec
        | {"confirmed": tuple(spec.get("confirmed", ())), "order_number": _orders(spec.get("order_number", []), file)}
        | ({"cost_per_contact": _costs(spec["cost_per_contact"], file)} if "cost_per_contact" in spec else {})
    )


def _check_week(day: object, file: Path) -> None:
    if day not in WEEKDAYS:
        raise UserError(
            "unknown week start",
            file=file,
            where="[company] week_starts",
            found=repr(day),
            allowed=", ".join(WEEKDAYS),
        )


def _orders(given: str | list[Any], file: Path) -> tuple[str, ...]:
    """The forms of order numbers: each `re:` and an expression that can be read and does not fit the empty text."""
    found = []
    for word in [given] if isinstance(given, str) else given:
        try:
            if not isinstance(word, str) or not word.startswith("re:") or not word.removeprefix("re:"):
                raise ValueError("it begins with re: and goes on with an expression")
            Orders((word.removeprefix("re:"),))
        except ValueError as error:
            raise UserError(
                f"this form of an order number cannot be read: {error}",
                file=file,
                where="[company] order_number",
                found=repr(word)[:80],
                allowed=r"'re:\bORD-\d{6}\b'",
            ) from None
        found.append(word.removeprefix("re:"))
    return tuple(found)


def _check_language(name: str, file: Path) -> None:
    """Any language CLDR knows: what has no folder of texts is shown in English. en-XA is the pseudo-language."""
    try:
        Locale.parse(name.replace("en-XA", "en"), sep="-")
    except (ValueError, UnknownLocaleError):
        raise UserError(
            "unknown language",
            file=file,
            where="[company] language",
            found=repr(name),
            allowed="an IETF tag such as en, de or pt-BR",
        ) from None


def _check_locale(name: str, file: Path) -> None:
    known = sorted(tag.replace("_", "-") for tag in locale_identifiers())
    try:
        Locale.parse(name, sep="-")
    except (ValueError, UnknownLocaleError):
        raise UserError(
            "unknown locale",
            file=file,
            where="[company] locale",
            found=repr(name),
            allowed="an IETF tag such as en, en-US, de-DE or fr-FR",
            fix=nearest(name, known),
        ) from None


def _check_holidays(holidays: dict[str, Any], file: Path) -> None:
    for name, days in holidays.items():
        try:
            wrong = not isinstance(days, list) or [
                day for day in days if not isinstance(day, date) and not date.fromisoformat(day)
            ]
        except (ValueError, TypeError):
            wrong = True
        if wrong:
            raise UserError(
                "a holiday is a list of days",
                file=file,
                where=f"[company] holidays {name!r}",
                found=repr(days)[:80],
                allowed='["2026-11-27", "2027-11-26"]',
            )


def _costs(given: object, file: Path) -> dict[str, float]:
    """What a contact costs by the way it came in; one amount holds for all."""
    costs: dict[str, Any] = (
        {str(name).lower(): cost for name, cost in given.items()} if isinstance(given, dict) else {"other": given}
    )
    where = "[company] cost_per_contact"
    for name, cost in costs.items():
        if isinstance(cost, bool) or not isinstance(cost, (int, float)) or not 0 <= cost < float("inf"):
            raise UserError(
                "a cost is an amount of the company's currency, from 0",
                file=file,
                where=f"{where} {name}",
                found=repr(cost),
            )
    if "other" not in costs:
        raise UserError(
            "no cost for contacts that come in another way",
            file=file,
            where=where,
            found=", ".join(costs),
            fix="Add other = …",
        )
    return {name: float(cost) for name, cost in costs.items()}
