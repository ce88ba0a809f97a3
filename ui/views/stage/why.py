"""Why: what goes with unhappiness in the stage, strongest first, each with its interval drawn on one scale."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from metrics.analyses.causes.model import Cause, Grade, StageCauses
from metrics.analyses.portfolio.of_causes import Beside
from report import placement
from report.text.catalogue import say
from report.words import cause_words
from ui.session.state import Frame
from ui.views import causes, metric_page
from ui.views.stage import beside
from ui.views.stage.common import address_here
from ui.widgets import export_menu
from ui.widgets.block import block, sub
from ui.widgets.waiting import waiting

SHOWN = 5


def why(frame: Frame, stage: str, told: bool = False) -> None:
    """The block, with another title where the page's own sentence has `told` the strongest; while the answer is worked out it says so and looks again by itself."""
    found = causes.ready(frame, stage)
    if found is None:
        waiting(lambda: causes.settled(frame, stage), lambda: _being_worked_out(frame, stage))
        return
    with block(
        "why",
        say("ui.why.what_goes_with_unhappiness_in", stage=stage) if told else cause_words.title(found),
        cause_words.subtitle(found),
        cause_words.footnote(found),
        take=(lambda: export_menu.menu(f"{stage}-causes", [("causes", found.query)], address_here()))
        if found.causes
        else None,
    ):
        if found.causes:
            more = beside.ready(found)
            st.html(_list(found, more or ()))
            if more is None:
                waiting(lambda: beside.settled(found), lambda: sub(say("ui.why.worth_is_being_worked_out")))
        metric_page.links([placement.role("satisfied")], frame)


def _being_worked_out(frame: Frame, stage: str) -> None:
    with block("why", say("ui.why.what_goes_with_unhappiness_in", stage=stage)):
        sub(say("ui.why.being_worked_out_everything_measured_here"))
        metric_page.links([placement.role("satisfied")], frame)


def _list(made: StageCauses, more: Sequence[Beside]) -> str:
    low = min([0.0, *(c.difference.low for c in made.causes if c.difference.low is not None)])
    high = max([0.1, *(c.difference.high for c in made.causes if c.difference.high is not None)]) * 1.02
    rows = [_row(cause, made, low, high, more[place : place + 1]) for place, cause in enumerate(made.causes)]
    rest = say("ui.why.more", rows=len(rows) - SHOWN, rows2="".join(rows[SHOWN:])) if len(rows) > SHOWN else ""
    zero = f"{round(max(100 * -low / (high - low), 0.0), 2)}%"
    return f'<div class="causes" style="--z:{zero}">{"".join(rows[:SHOWN])}{rest}</div>'


def _row(cause: Cause, made: StageCauses, low: float, high: float, more: Sequence[Beside]) -> str:
    found = cause.difference

    def at(value: float | None) -> str:
        return f"{round(100 * ((value or 0.0) - low) / (high - low), 2)}%"

    shared = "".join(f"<li>{escape(text[0].upper() + text[1:])}.</li>" for text in cause_words.shared(cause, made))
    said = " said" if cause.grade is Grade.SAID else ""
    return (
        f'<div class="cause{said}"><p class="claim">{escape(cause_words.name(cause))}</p>'
        f'<div class="measure"><i class="iv" style="--a:{at(found.low)};--b:{at(found.high)};--v:{at(found.value)}"></i>'
        f"<b>{escape(cause_words.points(found))}</b></div>"
        f'<p class="evidence">{escape(cause_words.size(cause))}.</p>'
        f"<details><summary>{escape(cause_words.GRADES[cause.grade])}</summary><ul><li>{escape(cause_words.held_equal(cause))}.</li>{shared}</ul></details>"
        f"{''.join(beside.lines(cause, one) for one in more)}</div>"
    )
