"""A basket of charts as a short JSON: what was asked, never what was answered.

Titles and numbers are made anew from the generation and the rights of whoever opens it; so a basket can be kept, mailed and
rebuilt, and shows nobody more than they may see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from data.errors import UserError, check_keys
from data.store.generations import Generation
from exports.cards.card import Card
from exports.cards.item import KINDS, Made, make
from metrics.query.query import Query, Rights

VERSION = 1
KEYS = ("form", "metrics", "journey", "stages", "from", "to", "compare", "filters", "by", "level")
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
    query = item.query
    entry = {
        "form": item.form,
        "metrics": query.metrics,
        "journey": query.journey,
        "stages": query.stages,
        "from": query.start and query.start.isoformat(),
        "to": query.end and query.end.isoformat(),
        "compare": query.compare,
        "filters": query.filters,
        "by": query.by,
        "level": query.level if query.level != Query(()).level else None,
    }
    return {key: value for key, value in entry.items() if value not in (None, ())}


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
    check_keys(entry, KEYS, file="basket", where=where)
    if entry.get("form") not in KINDS:
        raise UserError(
            "there is no such form of card",
            file="basket",
            where=where,
            found=entry.get("form"),
            allowed=", ".join(KINDS),
        )
    start, end = (_day(entry.get(key), where) for key in ("from", "to"))
    query = Query(
        _texts(entry, "metrics", where),
        _text(entry, "journey", where),
        _texts(entry, "stages", where),
        start,
        end,
        _text(entry, "compare", where),
        _filters(entry, where),
        _texts(entry, "by", where),
        level=_level(entry, where),
    )
    return Item(entry["form"], query)


def _text(entry: dict, key: str, where: str) -> str | None:
    if entry.get(key) is not None and not isinstance(entry[key], str):
        raise UserError(f"{key} is a text", file="basket", where=where, found=entry[key])
    return entry.get(key)


def _texts(entry: dict, key: str, where: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
        raise UserError(f"{key} is a list of texts", file="basket", where=where, found=found)
    return tuple(found)


def _filters(entry: dict, where: str) -> tuple[tuple[str, str], ...]:
    found = entry.get("filters", [])
    if not isinstance(found, list) or not all(
        isinstance(f, list) and len(f) == 2 and all(isinstance(x, str) for x in f) for f in found
    ):
        raise UserError("filters is a list of pairs of texts", file="basket", where=where, found=found)
    return tuple((name, value) for name, value in found)


def _day(text: object, where: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except (TypeError, ValueError):
        raise UserError(
            "this is no date", file="basket", where=where, found=text, fix="Write it as 2026-03-31"
        ) from None


def _level(entry: dict, where: str) -> float:
    level = entry.get("level", Query(()).level)
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0.5 <= level < 1:
        raise UserError("level is a share", file="basket", where=where, found=level, allowed="from 0.5 to below 1")
    return float(level)


def rebuild(items: Sequence[Item], generation: Generation, rights: Rights = Rights(), address: str = "") -> list[Made]:
    """The cards and lists on a generation, with the rights of whoever opens the basket. Raises UserError for what it cannot answer."""
    return [make(item.form, replace(item.query, rights=rights), generation, address) for item in items]
