"""What needs a decision, as cards side by side: the problem, what goes with it, what it is worth, a customer's words, who has it by when."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from metrics.codes import NoteCode
from report.cases.address import parameters
from report.findings.finding import INFORMATION, URGENT, Finding
from report.text.catalogue import say
from report.words import words
from ui.session import source
from ui.session.state import Frame
from ui.views.decisions import decided
from ui.views.decisions.decided import Signed
from ui.widgets import quotes

MOST = 3


def style() -> None:
    """How the Overview's parts are laid out."""
    st.html(Path(__file__).with_name("summary.css"))


def split(found: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those that ask for a decision or tell of a change, at most three, as cards; the rest is for the reader's knowledge."""
    cards = [one for one in found if one.kind != INFORMATION][:MOST]
    return cards, [one for one in found if one not in cards]


def cards(found: list[Finding], signed: Signed | None, frame: Frame, pending: Sequence[str] = ()) -> str:
    """The cards as HTML, in the order given; those of stages whose causes are still being worked out say so where the cause will stand."""
    return '<div class="decide">' + "".join(_card(one, signed, frame, one.stage in pending) for one in found) + "</div>"


def room() -> str:
    """Keeps the lines free that a sentence takes once its cause is known, so that nothing below it moves then."""
    return "<style>.st-key-headline h1 { min-height: 3.45em; } @media (max-width: 640px) { .st-key-headline h1 { min-height: 5.75em; } }</style>"


def brief(found: list[Finding], signed: Signed | None, frame: Frame) -> str:
    """The same findings in a line each, for a page about something else: the stage, what goes with it, what it is worth, who is next."""
    lines = "".join(
        f'<li><a href="{_link(one, frame)}" target="_self">{escape(one.stage or one.label)}</a>'
        f"<span>{escape(words.as_sentence(one.cause or one.facts))}</span>{_worth(one, frame)}"
        f'<p class="who">{_who(one)}</p></li>'
        for one in found
    )
    return f'<ul class="brief">{lines}</ul>' if lines else ""


def others(found: list[Finding], frame: Frame) -> str:
    """What else is known, a line each: the sentence, its numbers on tap."""
    lines = "".join(
        f"<li><details><summary>{escape(one.claim)}</summary><p>{escape(one.evidence)}"
        f' <a href="{_link(one, frame)}" target="_self">{say("ui.summary.look")}</a></p></details></li>'
        for one in found
    )
    return f'<ul class="also">{lines}</ul>' if lines else ""


def at_work(one: Finding, signed: Signed | None, frame: Frame) -> str:
    """Of the stage that is open: what its finding is worth, who has it and what is next, in one row."""
    worth, sign = _worth(one, frame), decided.line(one, signed, frame)
    return f'<div class="card work"><div>{worth}</div><div><p class="who">{_who(one)}</p>{sign}</div></div>'


def _who(one: Finding) -> str:
    owner = f"<b>{escape(one.owner)}</b>" if one.owner else say("ui.summary.no_owner")
    return f"{owner}: {escape(one.step)}" if one.step else owner


def _card(one: Finding, signed: Signed | None, frame: Frame, later: bool = False) -> str:
    urgent = " urgent" if one.kind == URGENT else ""
    return (
        f'<article class="card{urgent}"><p class="tag"><span class="chip{urgent}">{escape(one.label)}</span></p>'
        f'<h3><a href="{_link(one, frame)}" target="_self">{escape(one.problem or one.claim)}</a></h3>'
        + (f'<p class="plainly">{escape(one.facts)}</p>' if one.facts else "")
        + (f'<p class="why">{escape(words.as_sentence(one.cause))}</p>' if one.cause else "")
        + (f'<p class="why later">{escape(say("ui.summary.cause_later"))}</p>' if later else "")
        + _worth(one, frame)
        + _quote(one, frame)
        + f'<p class="who">{_who(one)}</p>{decided.line(one, signed, frame)}'
        + f"<details><summary>{say('ui.summary.evidence')}</summary><p>{escape(one.evidence)}</p></details></article>"
    )


def _link(one: Finding, frame: Frame) -> str:
    return escape(frame.link(one.view, **({"at": one.stage} if one.stage else {})))


def _worth(one: Finding, frame: Frame) -> str:
    if not one.worth:
        return ""
    case = escape(frame.link("case", **parameters(dict(one.case))))
    if not one.amount:
        return f'<p class="worth"><a href="{case}" target="_self">{escape(one.worth)}</a></p>'
    return f'<p class="worth"><a href="{case}" target="_self"><b>{escape(one.amount)}</b> {escape(one.basis)}</a></p>'


def _quote(one: Finding, frame: Frame) -> str:
    """The first of the unhappy comments about the stage, which are drawn at random; nothing where too few wrote or whoever looks may not
    read comments."""
    if one.stage is None:
        return ""
    asked = replace(frame.query, metrics=(), stages=(one.stage,), by=(), compare=None)
    found = source.listed("words", asked)
    if any(note.code is NoteCode.NO_COMMENTS for note in found.notes):
        return ""
    row = next((row for row in found.rows if row["unhappy"]), None)
    return quotes.quote(row, more=(say("ui.summary.drawn"),)) if row else ""
