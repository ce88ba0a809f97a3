"""A card as a slide: its native chart, or the ledger's native table."""

from functools import partial

from pptx.util import Inches

from charts import tokens
from exports.cards.card import Card, print_line
from exports.cards.grid import grid_of
from exports.cards.notes import notes_of
from exports.cards.shape import shape_of
from exports.pptx.ledger_table import add_table
from exports.pptx.native import add_chart
from exports.pptx.slide import FOOT_TOP, Leaf, add_text
from exports.pptx.theme import INNER, MARGIN
from metrics.codes import WarningCode
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text


def leaf_of(card: Card) -> Leaf:
    """What the card's slide holds."""
    result = card.result
    ledger = card.form == "ledger"
    return Leaf(
        card.title,
        card.subtitle + ("" if ledger else grid_of(shape_of(card)).key),
        f"{result.company}  ·  {result.query.journey}  ·  {words.span(*result.period)}",
        any(one.code is WarningCode.SIMULATED for one in result.warnings),
        print_line(card, link=False),
        card.link,
        notes_of(card),
        (lambda slide, box: add_table(slide, card, box)) if ledger else partial(_chart, card),
        hues=card.form == "throughline",
    )


def _chart(card: Card, slide, box: tuple) -> None:
    shape = shape_of(card)
    if not any(p.value is not None for series in shape.series for p in series.points):
        add_text(
            slide,
            *box,
            say("exports.card_slide.nothing_to_draw")
            + "; ".join(dict.fromkeys(reason_text(c.reason) or str(c.state) for c in card.result.cells)),
            16,
            tokens.MUTED,
        )
        return
    add_chart(slide, shape, box, f"{card.title}. {card.subtitle}")
    if shape.left_out:
        add_text(
            slide,
            MARGIN,
            FOOT_TOP - Inches(0.2),
            INNER,
            Inches(0.2),
            say("exports.card_slide.more_with_fewer_rows_are_in", left_out=shape.left_out),
            10,
            tokens.MUTED,
        )
