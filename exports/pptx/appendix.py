"""The method appendix: of every metric in the deck what it counts, how its interval is made, what it estimates, and what other tools read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from pptx.util import Emu, Inches

from exports.cards.card import Card
from exports.cards.item import Made
from exports.pptx.ledger_table import plain_table
from exports.pptx.slide import Leaf
from metrics.catalogue.definition import Definition
from metrics.codes import WarningCode
from report.text.catalogue import say
from report.words import words

EACH = 4  # metrics a slide
LETTERS = 190  # of a cell
SHARES = (0.16, 0.3, 0.3, 0.24)


def leaves_of(found: Sequence[Made]) -> list[Leaf]:
    """The slides, four metrics each, in the order in which the deck brings them; none without a card."""
    cards = [made for made in found if isinstance(made, Card)]
    held = {one.id: one for card in cards for one in card.definitions}
    metrics = list(held.values())
    parts = [metrics[at : at + EACH] for at in range(0, len(metrics), EACH)]
    return [_leaf(cards[0], part, place, len(parts)) for place, part in enumerate(parts, 1)]


def _leaf(card: Card, part: list[Definition], place: int, of: int) -> Leaf:
    result = card.result
    return Leaf(
        say("exports.appendix.title", place=place, of=of),
        say("exports.appendix.what"),
        f"{result.company}  ·  {result.query.journey}  ·  {words.span(*result.period)}",
        any(one.code is WarningCode.SIMULATED for one in result.warnings),
        say("exports.appendix.foot"),
        card.link,
        "\n\n".join(f"{one.label} ({one.id} v{one.version}): {one.estimand}. {one.source}" for one in part),
        partial(_table, part),
    )


def _table(part: list[Definition], slide: Any, box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    heads = [
        say("exports.appendix.metric"),
        say("exports.appendix.formula"),
        say("exports.appendix.interval"),
        say("exports.appendix.others"),
    ]
    rows = [
        [f"{one.label} (v{one.version})", *map(_cut, (one.formula, f"{one.interval}. {one.estimand}", _others(one)))]
        for one in part
    ]
    frame = (left, top, width, Emu(Inches(0.4) * (len(rows) + 1)))
    plain_table(slide, heads, rows, frame, [Emu(int(width * share)) for share in SHARES], say("exports.appendix.what"))


def _others(definition: Definition) -> str:
    return "; ".join(f"{other['tool']}: {other['difference']}" for other in definition.also_known_as) or "–"


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 2].rstrip() + " …"
