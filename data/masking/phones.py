"""Phone numbers in international and national forms. An amount, a date, an order number is none."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

CANDIDATE = re.compile(r"(?<![\w/])(?<!\d[.,:])(?:\+ ?|00)?\(?\d(?:[ ().\-/]{0,3}\d){5,16}(?![\w]|[.,:]\d)")
DATE = re.compile(
    r"\d{1,2}[./ -]\d{1,2}[./ -](?:\d{4}|\d{2})|\d{4}[./ -]\d{1,2}[./ -]\d{1,2}|(?:19|20)\d{2} ?- ?(?:19|20)\d{2}"
)
SAID = re.compile(
    r"(?:\btel\b|tele?f|tél|phone|\bcall|\bring\b|\btext (?:me|us)|mobil|\bcell|\bfax|whats ?app|handy|anruf|erreich|\bruf|rückruf|appel|joindre|portable"
    r"|ll[aá]m|móvil|\bbel\b|\bbellen|bereik|0?6-nummer|festnetz|durchwahl|contact (?:me|us) (?:at|on)|reach me)[^\d\n+]{0,28}$",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"(?:order|bestel|auftrag|commande|pedido|invoice|rechnung|facture|factura|factuur|ticket|vorgang|case|artik|article|artículo|item|sku|track|sendung|paket|parcel|colis"
    r"|envío|pakket|isbn|ean|model|serial|serien|referen|réf|kunden(?:nummer|nr)|customer (?:number|no)|klantnummer|version|zendung|verzending|suivi|seguimiento|\bcode|\berror|fehler|erreur)[^\d\n]{0,20}$",
    re.IGNORECASE,
)
MONEY_BEFORE = re.compile(r"(?:[€$£]|\b(?:EUR|USD|GBP|CHF))\s?$")
MONEY_AFTER = re.compile(
    r"\s?(?:[€$£%]|EUR\b|USD\b|GBP\b|CHF\b|euro|dollar|pound|libras|km\b|kg\b|cm\b|mm\b|px\b|stück|pieces|pcs|watt|people|users|views)",
    re.IGNORECASE,
)
FORMS = re.compile(
    r"(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]{1,2}\d{3}[-. ]\d{4}"  # North America; Italian mobiles
    r"|[6-9]\d{2}([ .-])\d{3}\1\d{3}|[6-9]\d{2}([ .-])\d{2}\2\d{2}\2\d{2}|[89]\d([ .-])\d{3}\3\d{2}\3\d{2}"  # Spain, Poland, Portugal
    r"|\(\d{2,5}\) ?\d[\d .\-/]{4,}"  # an area in brackets
)
REGIONS = ("DE", "FR", "ES", "NL", "GB", "US", "IT", "PL", "PT", "BE", "CH", "AT")
BARE = ("US", "ES")  # where a number is written without a leading 0 and without spaces


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Where a number to call stands."""
    for found in CANDIDATE.finditer(text):
        start, end = found.span()
        before, after = text[max(0, start - 48) : start], text[end : end + 12]
        raw = found[0]
        if raw.startswith("(") and ")" not in raw or raw.count(")") > raw.count("("):
            raw = raw.lstrip("(")
            start = end - len(raw)
        if _is_phone(raw, before, after):
            yield start, end


def _is_phone(raw: str, before: str, after: str) -> bool:
    digits = re.sub(r"\D", "", raw)
    if DATE.fullmatch(raw) or MONEY_BEFORE.search(before) or MONEY_AFTER.match(after):
        return False
    if raw.startswith("+") or raw.startswith("00") and len(digits) >= 10:
        return 8 <= len(digits) <= 17
    said, other = SAID.search(before), OTHER.search(before)
    if said and (
        not other or _last(SAID, before) > _last(OTHER, before)
    ):  # "my order? Call 0151 …": the nearer word says it
        return 6 <= len(digits) <= 15
    if other:
        return False
    if raw.lstrip("(").startswith("0"):
        return 9 <= len(digits) <= 13 or 7 <= len(digits) < 9 and not raw.isdigit()
    if FORMS.fullmatch(raw):
        return True
    return 9 <= len(digits) <= 12 and _valid(raw, BARE if raw.isdigit() else REGIONS)


def _last(words: re.Pattern[str], before: str) -> int:
    """Where the last of some words begins; -1 where there is none."""
    place = -1
    while found := words.search(before, place + 1):
        place = found.start()
    return place


@cache
def _library() -> Any:
    import phonenumbers

    return phonenumbers


def _valid(raw: str, regions: tuple[str, ...]) -> bool:
    """Whether some country gives out such numbers."""
    library = _library()
    for region in regions:
        try:
            if library.is_valid_number(library.parse(raw, region)):
                return True
        except library.NumberParseException:
            continue
    return False
