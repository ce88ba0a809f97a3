"""What a column of amounts holds beside its numbers: a currency, hundredths, the price of one piece."""

import re
from typing import Any

from data.inspection.profile.country import CODES, SIGNS
from data.inspection.profile.patterns import NUMBER
from data.inspection.profile.values import Column
from data.inspection.profile.words import fold, name_of

# signs that several currencies share, and the one most files mean
SHARED_SIGNS = {"$": "USD", "¥": "JPY", "kr": "SEK"}
PIECE = (
    r"\b(unit price|price per (unit|item|piece)|price each|item price|einzelpreis|stueckpreis|preis pro stueck|preis je einheit"
    r"|prix unitaire|precio unitario|precio por unidad|stukprijs|prijs per stuk|preco unitario|prezzo unitario)\b|^(price|preis|prix|precio|prijs|preco|prezzo)$"
)
PIECES = (
    r"^(quantity|qty|quantity purchased|quantity ordered|lineitem quantity|item quantity|units|pieces|menge|anzahl|stueck|stueckzahl"
    r"|quantite|qte|cantidad|cant|aantal|quantidade|qtd|quantita|qta)$"
)
# names that only tools with amounts in the smallest unit write, and ids of theirs
SMALLEST = r"^(amount (captured|received|capturable|due|paid|remaining|subtotal|total)|amount refunded)$"
SMALLEST_IDS = re.compile(r"^(ch|py|pi|in|cs|txn|re|il|po)_\w+$")


def currencies_in(column: Column) -> dict[str, int]:
    """code → values that carry its sign or its three letters; of a header that names one, all of them."""
    named = [code for code in CODES if re.search(rf"(^|[^A-Z]){code}([^A-Z]|$)", column.name)]
    if len(named) == 1:
        return {named[0]: column.given}
    found: dict[str, int] = {}
    signs = sorted({**SHARED_SIGNS, **SIGNS}.items(), key=lambda each: -len(each[0]))
    for value, count in column.counts.items():
        code = next((code for code in CODES if code in value.upper()), None)
        code = code or next((code for sign, code in signs if sign.lower() in value.lower()), None)
        if code:
            found[code] = found.get(code, 0) + count
    return found


def currency(column: Column) -> tuple[str | None, str | None]:
    """(the currency all its amounts are in, the question where they are in several). Signs of several currencies alone settle none."""
    found = currencies_in(column)
    if len(found) > 1:
        listed = ", ".join(f"{code} ({count:,})" for code, count in sorted(found.items(), key=lambda each: -each[1]))
        return None, (
            f"{column.name!r} holds amounts in several currencies: {listed}; they would be added up as one. Export the currency as a column "
            "of its own, or take the amounts in the company's"
        )
    code = next(iter(found), None)
    shared = code in SHARED_SIGNS.values() and not re.search(rf"(^|[^A-Z]){code}([^A-Z]|$)", column.name)
    if not code or shared and not any(code in value.upper() for value in column.values):
        return None, None
    return code, None


def smallest_unit(amount: Column, columns: list[Column]) -> str | None:
    """The question about amounts that a payment tool's own data hold in cents: whole numbers beside fields or ids only such tools have."""
    whole = amount.share(lambda value: bool(re.fullmatch(r"-?\d+", value))) == 1
    beside = any(re.match(SMALLEST, name_of(found.name)) for found in columns) or any(
        found.share(lambda value: bool(SMALLEST_IDS.match(value))) > 0.9
        for found in columns
        if fold(found.name) == "id"
    )
    if not whole or not beside:
        return None
    return (
        f"is {amount.name!r} in cents? Payment tools' own data are, and its values are whole: they are read as hundredths "
        "(options = { cents = true }); take that out if they are not"
    )


def by_the_piece(amount: Column, columns: list[Column]) -> tuple[dict[str, Any], str | None]:
    """(options, question) where the amount is one piece's price and another column says how many pieces there were."""
    if not re.search(PIECE, name_of(amount.name)):
        return {}, None
    many = next(
        (
            found
            for found in columns
            if re.match(PIECES, name_of(found.name)) and found.share(lambda value: bool(NUMBER.match(value))) > 0.9
        ),
        None,
    )
    if not many or many.different == 1 and many.values[0] in ("1", "1.0"):
        return {}, None
    ask = f'is {amount.name!r} the price of one piece? Taken so, times {many.name!r} (options = {{ quantity = "{many.name}" }}); take that out if it is the whole line\'s'
    return {"quantity": many.name}, ask


def settled(
    block: tuple[dict[str, object], dict[str, object]], amount: Column | None, own_currency: bool, columns: list[Column]
) -> tuple[list[str], list[str]]:
    """(notes, questions) of a block of orders; what its amounts say by themselves (currency, cents, pieces) is stated in its `block`:
    (constants, other keys). `own_currency`: a column of the file holds the currency."""
    constants, keys = block
    notes, asked, code = [], [], None
    if amount and not own_currency:
        code, several = currency(amount)
        asked += [several] if several else []
    if code:
        constants["currency"] = code
    elif not own_currency and not asked:
        notes.append("amounts are taken to be in the company's currency")
    if amount:
        options, by_piece = by_the_piece(amount, columns)
        cents = smallest_unit(amount, columns)
        options |= {"cents": True} if cents else {}
        asked += [question for question in (by_piece, cents) if question]
        if options:
            keys["options"] = options
    return notes, asked
