"""A card or list as PNG or SVG: the figure with its title, what is drawn and the small print inside the picture.

kaleido draws with an installed Chromium; nothing is downloaded and no request leaves the machine (plotly.js comes from the
installed plotly, MathJax is off). Letters are Source Sans and Source Serif where the machine has them, else its own. Several pictures are made by one browser: 0.2–0.5 s each, not 2–4.
"""

import json
import re
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

from charts import tokens
from charts.dots import compared
from charts.figure import SERIF, Figure
from data.errors import UserError
from exports.cards import listing
from exports.cards.card import Card, print_line
from exports.cards.item import Made
from exports.cards.listing import Listing
from exports.cards.safe import plain
from exports.image.browser import Drawing, draw
from exports.image.figures import figure_of
from report.text.catalogue import say

FORMATS, THEMES = ("png", "svg"), ("light", "dark")
SIDES, HUES = {"UX": tokens.UX, "CX": tokens.CX}, re.compile(r"\b[UC]X\b")
WIDTH, SIDE, SCALE = 1200, 48, 2
# size, line height, letters a line in the widest font that may stand in (DejaVu, on a server without others)
TITLE, SUB, SMALL = (28, 34, 66), (16, 22, 132), (11, 15, 182)


def build(made: Made, style: str = "png", theme: str = "light") -> bytes:
    """The picture of one card or list."""
    return build_all([made], style, theme)[0]


def build_all(found: Sequence[Made], style: str = "png", theme: str = "light") -> list[bytes]:
    """The pictures of several by one browser. Raises UserError for an unknown format or a missing browser."""
    _check(style, theme)
    return draw([_drawing(framed(made), style, theme) for made in found])


def _check(style: str, theme: str) -> None:
    if style not in FORMATS:
        raise UserError(
            say("exports.picture.unknown_format_of_a_picture"), where="format", found=style, allowed=", ".join(FORMATS)
        )
    if theme not in THEMES:
        raise UserError(say("exports.picture.unknown_theme"), where="theme", found=theme, allowed=", ".join(THEMES))


def _drawing(figure: Figure, style: str, theme: str) -> Drawing:
    spec = _plain(json.loads(tokens.resolve(figure.build().to_json(), theme)))
    spec["layout"]["paper_bgcolor"] = tokens.palette(theme)[tokens.PAPER]
    options = {
        "format": style,
        "width": WIDTH,
        "height": spec["layout"]["height"],
        "scale": SCALE if style == "png" else 1,
    }
    return spec, options


def _plain(part: Any) -> Any:
    """A figure all of whose texts an SVG can hold."""
    if isinstance(part, str):
        return plain(part)
    if isinstance(part, dict):
        return {key: _plain(value) for key, value in part.items()}
    return [_plain(value) for value in part] if isinstance(part, list) else part


def framed(made: Made) -> Figure:
    """The figure with title and subtitle above and the small print below, colours still as tokens."""
    return _framed_list(made) if isinstance(made, Listing) else _framed_card(made)


def _framed_list(found: Listing) -> Figure:
    return around(listing.figure_of(found), found.title, found.subtitle, listing.print_line(found))


def _framed_card(card: Card) -> Figure:
    ticked = card.form in ("stages", "breakdown") and any(compared(cell) is not None for cell in card.result.cells)
    return around(
        figure_of(card),
        card.title,
        card.subtitle + (say("exports.picture.tick_the_period_before") if ticked else ""),
        print_line(card),
        hues=card.form == "throughline",
    )


def around(figure: Figure, heading: str, subtitle: str, foot: str, *, hues: bool = False) -> Figure:
    """A figure with a title and what is drawn above it and the small print below; `hues`: the words UX and CX are the legend."""
    top, bottom = figure.layout["margin"]["t"], figure.layout["margin"]["b"]
    title, sub, small = (_lines(text, rule) for text, rule in ((heading, TITLE), (subtitle, SUB), (foot, SMALL)))
    sub = (
        [
            HUES.sub(lambda found: f"<span style='color:{SIDES[found[0]]}'><b>{found[0]}</b></span>", line)
            for line in sub
        ]
        if hues
        else sub
    )
    head, base = 40 + len(title) * TITLE[1] + len(sub) * SUB[1] + 18, 24 + len(small) * SMALL[1] + 18
    figure.layout["height"] += head + base
    figure.layout["margin"] |= {
        "t": top + head,
        "b": bottom + base,
        "l": figure.layout["margin"]["l"] + SIDE,
        "r": figure.layout["margin"]["r"] + SIDE,
    }
    left = -(figure.layout["margin"]["l"] - SIDE)
    paper = {"xref": "paper", "yref": "paper", "v": "top", "xshift": left}
    above = top + head - 30
    figure.note(0, 1, "<br>".join(title), size=TITLE[0], yshift=above, font={"family": SERIF, "weight": 600}, **paper)
    figure.note(
        0, 1, "<br>".join(sub), size=SUB[0], color=tokens.MUTED, yshift=above - len(title) * TITLE[1] - 6, **paper
    )
    figure.note(0, 0, "<br>".join(small), size=SMALL[0], color=tokens.MUTED, yshift=-bottom - 24, **paper)
    return figure


def _lines(text: str, rule: tuple[int, int, int]) -> list[str]:
    """Wrapped and escaped: plotly reads its own HTML in texts."""
    return [escape(line, quote=False) for line in textwrap.wrap(text, rule[2], break_on_hyphens=False)]
