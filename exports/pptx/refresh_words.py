"""What became of a renewed deck, in words."""

from __future__ import annotations

from collections import Counter

from exports.pptx.refresh import Refreshed, Slide, Stand
from report import numbers
from report.text.catalogue import say

STANDS = {
    Stand.HOLDS: say("exports.refresh.holds"),
    Stand.RENEWED: say("exports.refresh.renewed"),
    Stand.KEPT: say("exports.refresh.kept"),
    Stand.UNANSWERED: say("exports.refresh.unanswered"),
    Stand.GONE: say("exports.refresh.gone"),
}
LEFT = {
    "said": say("exports.refresh.said_what_is_drawn"),
    "foot": say("exports.refresh.foot_small_print"),
    "drawn": say("exports.refresh.drawn_chart_or_table"),
    "chart": say("exports.refresh.the_chart"),
    "table": say("exports.refresh.the_table"),
    "notes": say("exports.refresh.the_notes"),
}


def lines(made: Refreshed) -> list[str]:
    """A line a slide, what it would say today where that differs, what was left; a summary at the end."""
    found = [line for slide in made.slides for line in _slide(slide)]
    counts = Counter(slide.stand for slide in made.slides)
    said = "; ".join(f"{counts[stand]} {text}" for stand, text in STANDS.items() if counts[stand])
    return [*found, say("exports.refresh.summary", slides=numbers.whole(len(made.slides)), counts=said)]


def _slide(slide: Slide) -> list[str]:
    stand = STANDS[slide.stand]
    head = (
        say("exports.refresh.no_slide", stand=stand, title=slide.title)
        if slide.place is None
        else say("exports.refresh.slide", place=slide.place, stand=stand, title=slide.title)
    )
    more = [say("exports.refresh.today", now=slide.now)] if slide.stand in (Stand.RENEWED, Stand.KEPT) else []
    if slide.left:
        more.append(say("exports.refresh.left", left=", ".join(LEFT[name] for name in slide.left)))
    return [head, *more]
