"""A basket of charts as a short JSON: what was asked, never what was answered.

Titles and numbers are made anew from the generation and the rights of whoever opens it; so a basket can be kept, mailed and
rebuilt, and shows nobody more than they may see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.errors import UserError
from data.store.generations import Generation
from exports.cards.card import Card
from exports.cards.item import KINDS, Made, make
from metrics.query.query import Query, Rights
from report import question

VERSION = 1
KEYS = ("form", *question.KEYS)
MOST = 100


@dataclass(frozen=True)
class Item:
    """One chart: how it is drawn and what it asks, with the period written out."""

    form: str
    query: Query


def item_of(card: Card) -> Item:
    return Item(card.form, card.result.query)


def dump(items: Sequence[Item]) -> str:
    """The basket as JSON; rights are left out."""
    return json.dumps(
        {"basket": VERSION, "cards": [_entry(item) for item in items]}, ensure_ascii=False, separators=(",", ":")
    )


def _entry(item: Item) -> dict:
    return {"form": item.form} | question.record(item.query)


def load(text: str) -> list[Item]:
    """The items of a basket. Raises UserError for what is none, naming the card and the key."""
    try:
        spec = json.loads(text)
    except ValueError as error:
        raise UserError(f"this is no basket: {error}", where="basket") from None
    if not isinstance(spec, dict) or spec.get("basket") != VERSION or not isinstance(spec.get("cards"), list):
        raise UserError(
            "this is no basket of this version", where="basket", allowed=f'{{"basket": {VERSION}, "cards": […]}}'
        )
    if len(spec["cards"]) > MOST:
        raise UserError(
            "the basket is too full", where="basket", found=len(spec["cards"]), allowed=f"at most {MOST} cards"
        )
    return [_item(entry, f"card {place}") for place, entry in enumerate(spec["cards"], 1)]


def _item(entry: object, where: str) -> Item:
    if not isinstance(entry, dict):
        raise UserError("a card is an object", file="basket", where=where, found=entry)
    if entry.get("form") not in KINDS:
        raise UserError(
            "there is no such form of card",
            file="basket",
            where=where,
            found=entry.get("form"),
            allowed=", ".join(KINDS),
        )
    return Item(entry["form"], question.query_of(entry, where, more=("form",)))


def rebuild(items: Sequence[Item], generation: Generation, rights: Rights = Rights(), address: str = "") -> list[Made]:
    """The cards and lists on a generation, with the rights of whoever opens the basket. Raises UserError for what it cannot answer."""
    return [make(item.form, replace(item.query, rights=rights), generation, address) for item in items]
