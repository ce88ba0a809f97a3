"""A basket of charts as a short JSON: what was asked, never what was answered.

Titles and numbers are made anew from the generation and the rights of whoever opens it; so a basket can be kept, mailed and
rebuilt, and shows nobody more than they may see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.errors import UserError
from data.store.generations import Generation
from exports.cards.item import KINDS, Made, make
from metrics.query.query import Query, Rights
from report import question
from report.text.catalogue import say

VERSION = 1
KEYS = ("form", *question.KEYS)
MOST = 100


@dataclass(frozen=True)
class Item:
    """One chart: how it is drawn and what it asks, with the period written out."""

    form: str
    query: Query


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
        raise UserError(say("exports.basket.this_is_no_basket", error=error), where="basket") from None
    if not isinstance(spec, dict) or spec.get("basket") != VERSION or not isinstance(spec.get("cards"), list):
        raise UserError(
            say("exports.basket.this_is_no_basket_of_this"),
            where="basket",
            allowed=f'{{"basket": {VERSION}, "cards": […]}}',
        )
    if len(spec["cards"]) > MOST:
        raise UserError(
            say("exports.basket.the_basket_is_too_full"),
            where="basket",
            found=len(spec["cards"]),
            allowed=say("exports.basket.at_most_cards", most=MOST),
        )
    return [_item(entry, say("exports.basket.card", place=place)) for place, entry in enumerate(spec["cards"], 1)]


def _item(entry: object, where: str) -> Item:
    if not isinstance(entry, dict):
        raise UserError(say("exports.basket.a_card_is_an_object"), file="basket", where=where, found=entry)
    if entry.get("form") not in KINDS:
        raise UserError(
            say("exports.basket.there_is_no_such_form_of"),
            file="basket",
            where=where,
            found=entry.get("form"),
            allowed=", ".join(KINDS),
        )
    return Item(entry["form"], question.query_of(entry, where, more=("form",)))


def rebuild(items: Sequence[Item], generation: Generation, rights: Rights = Rights(), address: str = "") -> list[Made]:
    """The cards and lists on a generation, with the rights of whoever opens the basket. Raises UserError for what it cannot answer."""
    return [make(item.form, replace(item.query, rights=rights), generation, address) for item in items]
