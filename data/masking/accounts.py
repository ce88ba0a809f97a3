"""Bank accounts and cards: by their length and check digits."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn

START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ ]?\d{2}(?=[ .-]?[A-Za-z0-9])")
LENGTH = {
    country: int(length)
    for pair in (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 "
        "GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 "
        "NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
    ).split()
    for country, length in [(pair[:2], pair[2:])]
}
CARD = re.compile(r"(?<![\w.,-])\d(?:[ .-]?\d){12,18}(?![\d_]|[a-fA-F]+\d|[.,-]\d)")
FOURS = re.compile(r"\d{4}([ .-])\d{4}\1\d{4}\1\d{4}")


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """Where an IBAN stands, in either case, with spaces, dots or dashes: known country, its length, and mod 97 or capital letters."""
    for found in START.finditer(text):
        end = _end(text, found.start(), LENGTH.get(found[1].upper(), 0))
        if not end:
            continue
        number = re.sub(r"[ .-]", "", text[found.start() : end])
        if (
            iban.is_valid(number, check_country=False)
            or number[:2].isupper()
            and sum(c.isdigit() for c in number) >= 12
        ):
            yield found.start(), end


def _end(text: str, start: int, length: int) -> int:
    """Where the `length`-th letter or digit from `start` ends, single spaces, dots and dashes between them; 0 where it ends before."""
    place, count = start, 0
    while count < length and place < len(text):
        if text[place].isascii() and text[place].isalnum():
            count += 1
        elif text[place] not in " .-" or not count or not text[place - 1].isalnum():
            return 0
        place += 1
    ends = place == len(text) or not text[place].isalnum()
    return place if length and count == length and ends else 0


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where a card's number stands: 13 to 19 digits with Luhn's check digit, or four groups of four."""
    for found in CARD.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if FOURS.fullmatch(found[0]) or digits[0] in "23456" and luhn.is_valid(digits):
            yield found.span()
