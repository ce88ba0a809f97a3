"""The portfolio on its page: worked out in the background, each line opening the case it is."""

from __future__ import annotations

from html import escape

import streamlit as st

from metrics.analyses.portfolio.model import Portfolio, Stake
from metrics.analyses.portfolio.rank import portfolio
from metrics.query.query import Query
from report.cases.address import parameters, spec_of
from report.text.catalogue import say
from report.words import portfolio_words as words
from report.words.reasons import reason_text
from ui.session.later import Later
from ui.session.state import Frame
from ui.widgets import export_menu
from ui.widgets.block import block, sub
from ui.widgets.waiting import waiting

ANSWERS: Later[str, Portfolio | str] = Later("portfolio", None, portfolio, lambda journey, error: str(error), most=16)


def ready(journey: str) -> Portfolio | str | None:
    """The portfolio, or why there is none; None while it is worked out, which no page waits for."""
    return ANSWERS.ready(journey)


def being_worked_out(journey: str) -> None:
    """Says so, and looks again by itself."""
    waiting(lambda: ANSWERS.settled(journey), lambda: sub(say("ui.ranked.being_worked_out")))


def listed(made: Portfolio, frame: Frame) -> None:
    """The lines in order, each with its money as a bar on one scale and the way to its case."""
    if not made.stakes:
        return
    asked = [("next_euro", Query((), made.journey, (), made.period.start, made.period.end))]
    with block(
        "portfolio",
        say("ui.ranked.title"),
        words.method(),
        take=lambda: export_menu.menu("portfolio", asked, frame.address()),
    ):
        most = max((one.more.p90 or 0.0 for one in made.stakes), default=0.0) or 1.0
        st.html("".join(_row(place, one, made, frame, most) for place, one in enumerate(made.stakes, 1)))


def _row(place: int, one: Stake, made: Portfolio, frame: Frame, most: float) -> str:
    """One line: what, the range, what it is alone, for whom, how it is known."""
    cells = words.row(one)
    link = escape(frame.link("case", **_flat(one, made.journey)), quote=True)
    low, high = (max(0.0, min(100.0, 100 * (value or 0.0) / most)) for value in (one.more.p10, one.more.p90))
    middle = max(0.0, min(100.0, 100 * (one.more.p50 or 0.0) / most))
    return (
        f'<div class="cause"><p class="claim"><a href="{link}" target="_self">{place}. {escape(cells[1])}: {escape(cells[0])}</a></p>'
        f'<div class="measure"><i class="iv" style="--a:{round(low, 2)}%;--b:{round(high, 2)}%;--v:{round(middle, 2)}%"></i><b>{escape(cells[2])}</b></div>'
        f'<p class="evidence">{escape(words.beside(one))}</p></div>'
    )


def _flat(one: Stake, journey: str) -> dict[str, str]:
    """The case's own part of an address."""
    pairs = parameters(spec_of(words.case_of(one, journey)))
    return {key: str(value) for key, value in pairs.items() if not isinstance(value, list)}


def missing(made: Portfolio) -> None:
    """What is missing, and what would have to be done."""
    said = [*words.missing(made), *(reason_text(reason) for reason in made.warnings)]
    if not said:
        return
    with block("missing", say("ui.ranked.what_is_missing"), say("ui.ranked.no_money_is_named_where")):
        st.html(
            "<ul class='said'>" + "".join(f"<li>{escape(text[:1].upper() + text[1:])}</li>" for text in said) + "</ul>"
        )
