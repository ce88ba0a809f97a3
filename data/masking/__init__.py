"""What could name somebody, masked: the one masker of what people wrote, refused cells, paths, file names and messages."""

import re
from collections import Counter
from dataclasses import dataclass

from data.masking.accounts import accounts, cards
from data.masking.fold import GONE, fold
from data.masking.mails import machines, mails
from data.masking.names import names
from data.masking.national import ids
from data.masking.orders import Orders
from data.masking.phones import phones
from data.masking.streets import streets

VERSION = 2  # of what is masked: a store made by another one is built anew at the next start
# kind → what finds it, in this order: what one has found, no later one sees. Needs a digit, or is asked of every text.
KINDS = {
    "e-mail": (mails, False),
    "account": (accounts, True),
    "card": (cards, True),
    "id": (ids, True),
    "address": (machines, False),
    "phone": (phones, True),
    "place": (streets, True),
    "name": (names, False),
}
ORDER = "order"
MARKS = frozenset((*KINDS, ORDER))
DIGIT = re.compile(r"\d")
MARK = re.compile(rf"\[(?:{'|'.join(map(re.escape, sorted(MARKS)))})\]")


@dataclass(frozen=True)
class Masked:
    """A text with every find replaced by its kind in brackets, and how many of each kind there were."""

    text: str
    kinds: dict[str, int]


def find(text: str, orders: Orders = Orders()) -> list[tuple[int, int, str]]:
    """(start, end, kind) of what could name somebody, in the order of the text."""
    folded, found = fold(text), []
    for mark in MARK.finditer(folded.text):  # masked already: left as it is
        folded.take(*mark.span())
    for start, end in orders.spans(folded.text) if orders.patterns else ():
        if GONE not in folded.text[start:end]:
            found.append((*folded.take(start, end), ORDER))
    digits = DIGIT.search(folded.text) is not None
    for kind, (finder, with_digit) in KINDS.items():
        if digits or not with_digit:
            for start, end in finder(folded.text):
                if start < end and GONE not in folded.text[start:end]:
                    found.append((*folded.take(start, end), kind))
    return sorted(found)


def mask(text: str, orders: Orders = Orders()) -> Masked:
    """`text` without what could name somebody; `orders` are the company's forms of order numbers (`[company] order_number`)."""
    found = find(text, orders)
    if not found:
        return Masked(text, {})
    parts, last = [], 0
    for start, end, kind in found:
        parts += [text[last:start], f"[{kind}]"]
        last = end
    return Masked("".join(parts) + text[last:], dict(Counter(kind for *_, kind in found)))


def masked(text: str, orders: Orders = Orders()) -> str:
    """The text of `mask`."""
    return mask(text, orders).text
