"""What files say of the company's country: the language of their headers, the currency of their amounts; and what follows from both."""

import re
from collections import Counter
from typing import Any

from data.inspection.profile.values import Column
from data.inspection.profile.words import fold, language_counts, language_of

SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "R$": "BRL", "zł": "PLN", "Kč": "CZK", "US$": "USD", "SFr": "CHF"}
CODES = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "BRL",
    "MXN",
    "CAD",
    "AUD",
    "NZD",
    "INR",
    "JPY",
)
LEAST = 2  # headers that must be words of a language
NAMES = {
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "nl": "Dutch",
    "pt": "Portuguese",
    "it": "Italian",
    "en": "English",
}
# (locale, time zone) of a language, and of a language with a currency; no zone where the country has several.
USUAL = {
    "de": ("de-DE", "Europe/Berlin"),
    "fr": ("fr-FR", "Europe/Paris"),
    "nl": ("nl-NL", "Europe/Amsterdam"),
    "it": ("it-IT", "Europe/Rome"),
}
WITH: dict[tuple[str, str], tuple[str, str | None]] = {
    ("de", "CHF"): ("de-CH", "Europe/Zurich"),
    ("fr", "CHF"): ("fr-CH", "Europe/Zurich"),
    ("it", "CHF"): ("it-CH", "Europe/Zurich"),
    ("fr", "CAD"): ("fr-CA", None),
    ("es", "EUR"): ("es-ES", "Europe/Madrid"),  # without a currency it may be any of twenty countries
    ("pt", "EUR"): ("pt-PT", "Europe/Lisbon"),
    ("pt", "BRL"): ("pt-BR", None),
    ("es", "MXN"): ("es-MX", None),
    ("en", "GBP"): ("en-GB", "Europe/London"),
    ("en", "USD"): ("en-US", None),
    ("en", "CAD"): ("en-CA", None),
    ("en", "AUD"): ("en-AU", None),
    ("en", "NZD"): ("en-NZ", "Pacific/Auckland"),
    ("en", "INR"): ("en-IN", "Asia/Kolkata"),
}


def speaks(columns: list[Column], amounts: list[str], loaded: list[str]) -> dict[str, Any]:
    """{language, currencies} of one file. `amounts`: its columns of money; `loaded`: the currencies of the orders that loaded."""
    found = Counter(code.upper() for code in loaded if code)
    for column in columns:
        if column.name in amounts:
            found.update(code for code in CODES if re.search(rf"\b{code}\b", column.name.upper()))
            for value, count in column.counts.items():
                found.update({code: count for sign, code in SIGNS.items() if sign in value})
                found.update({code: count for code in CODES if code in value.upper()})
    # short names that every tool writes say nothing of a language
    words = tuple(column.name for column in columns if len(fold(column.name)) > 2)
    language = language_of(words)
    sure = language_counts(words).get(language, 0) >= LEAST
    return {"language": language if sure else "any", "currencies": [code for code, _ in found.most_common()]}


def guess(files: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """[company] key → (value, by what), of currency, locale and timezone; a key is left out where nothing speaks for a value."""
    said = [found["speaks"] for found in files if found.get("loaded") and found.get("speaks")]
    currencies = Counter(code for one in said for code in one["currencies"][:1])
    languages = Counter(one["language"] for one in said if one["language"] in NAMES)
    found: dict[str, tuple[str, str]] = {}
    currency = next((code for code, _ in currencies.most_common(1)), None)
    if currency:
        found["currency"] = (currency, "the amounts in your files")
    language = next(
        (language for language, _ in languages.most_common() if language != "en"), "en"
    )  # tools write English for all
    place = WITH.get((language, currency or "")) or USUAL.get(language)
    if place:
        headers = "" if language == "en" else f"{NAMES[language]} headers"
        money = f"amounts in {currency}" if (language, currency) in WITH else ""
        why = " and ".join(filter(None, (headers, money)))
        if place[1]:
            found["timezone"] = (place[1], why)
        found["locale"] = (place[0], why)
    return found
