"""Slides with native charts: one card or list a slide, in the order given."""

import io
from collections.abc import Sequence

from data.errors import UserError
from exports.cards.item import Made
from exports.cards.listing import Listing
from exports.cards.safe import one_line
from exports.pptx import card_slide, list_slide
from exports.pptx.slide import Leaf, add_slide
from exports.pptx.theme import new_deck
from report.text.catalogue import say


def build(found: Sequence[Made], more: Sequence[Leaf] = ()) -> bytes:
    """A 16:9 PPTX of cards and lists in order, `more` slides after them; a throughline that comes first is the cover. Raises UserError
    for none."""
    if not found and not more:
        raise UserError(
            say("exports.deck.there_is_nothing_to_put_into"), fix=say("exports.deck.collect_at_least_one_chart_or")
        )
    leaves = [*(_leaf_of(made) for made in found), *more]
    deck = new_deck()
    deck.core_properties.title = one_line(leaves[0].title)[:255]
    deck.core_properties.author = "Throughline"
    deck.core_properties.subject = one_line(leaves[0].head)[:255]
    for place, leaf in enumerate(leaves, 1):
        add_slide(deck, leaf, place, cover=place == 1 and leaf.hues)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _leaf_of(made: Made) -> Leaf:
    """What its slide holds."""
    return list_slide.leaf_of(made) if isinstance(made, Listing) else card_slide.leaf_of(made)
