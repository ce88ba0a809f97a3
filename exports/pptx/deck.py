"""Slides with native charts: one card or list a slide, in the order given."""

import io
from collections.abc import Sequence

from data.errors import UserError
from exports.cards.item import Made
from exports.cards.safe import one_line
from exports.pptx import appendix
from exports.pptx.leaves import leaf_of
from exports.pptx.master import Master, layout_of, opened
from exports.pptx.parts import provenance
from exports.pptx.slide import Leaf, add_slide
from exports.pptx.theme import new_deck
from report.text.catalogue import say


def build(
    found: Sequence[Made], more: Sequence[Leaf] = (), master: Master | None = None, methods: bool = False
) -> bytes:
    """A 16:9 PPTX of cards and lists in order, `more` slides after them; a throughline that comes first is the cover. On a company's own
    `master` where one is given; with `methods` an appendix says how each number is made. Raises UserError for none."""
    if not found and not more:
        raise UserError(
            say("exports.deck.there_is_nothing_to_put_into"), fix=say("exports.deck.collect_at_least_one_chart_or")
        )
    leaves = [*(leaf_of(made) for made in found), *more]
    if methods:
        leaves += appendix.leaves_of(found)
    deck = new_deck() if master is None else opened(master)
    layout = None if master is None else layout_of(deck, master)
    deck.core_properties.title = one_line(leaves[0].title)[:255]
    deck.core_properties.author = "Throughline"
    deck.core_properties.subject = one_line(leaves[0].head)[:255]
    made = [
        add_slide(deck, leaf, place, cover=place == 1 and leaf.hues, layout=layout)
        for place, leaf in enumerate(leaves, 1)
    ]
    provenance.attach(deck, {"slides": [one for one in made if one["asked"]]})
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()
