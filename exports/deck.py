"""Slides with native charts: one card a slide, the throughline first."""

import io
from collections.abc import Sequence

from data.errors import UserError
from exports.card import Card
from exports.slide import add_slide
from exports.theme import new_deck


def build(cards: Sequence[Card]) -> bytes:
    """A 16:9 PPTX of the cards in order, a throughline first wherever it stood. Raises UserError for no cards."""
    if not cards:
        raise UserError("there is nothing to put into a deck", fix="Collect at least one chart, or name a metric")
    ordered = sorted(cards, key=lambda card: card.form != "throughline")
    deck = new_deck()
    deck.core_properties.title = ordered[0].title
    deck.core_properties.author = "Throughline"
    deck.core_properties.subject = f"{ordered[0].result.company}, {ordered[0].result.query.journey}"
    for place, card in enumerate(ordered, 1):
        add_slide(deck, card, place, cover=place == 1 and card.form == "throughline")
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()
