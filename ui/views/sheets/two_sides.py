"""Two sides of the frame's question, below the stages: which two is in the address (vs), and changed by pickers."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from metrics.query.filter_values import joined
from metrics.query.query import Query, Rights
from report import address as codec
from report.sheets.registry import ANALYSES
from report.text.catalogue import say
from report.words import words
from ui.session import address
from ui.session.state import LABELS, Frame
from ui.views import metric_page
from ui.views.sheets import shown
from ui.views.sheets.background import ANSWERS
from ui.widgets.block import block, sub
from ui.widgets.filters import choices
from ui.widgets.inert import plain
from ui.widgets.waiting import waiting_block

NAME = "side_by_side"
WHAT, ONE, OTHER = "vs-what", "vs-one", "vs-other"


def show(frame: Frame, metrics: Sequence[str], stages: tuple[str, ...]) -> None:
    """The pickers, and below them the table where two are chosen."""
    offered = {name: values for name in LABELS if len(values := choices(name)) > 1}
    if not offered:
        return
    two, unknown = _asked(offered)
    with block("sides", say("sides.table.heading"), say("sides.page.what")):
        _pickers(offered, two)
        if unknown:
            sub(say("sides.page.unknown", asked=unknown))
        elif two and two[1][0] == two[1][1]:
            sub(say("sides.page.same"))
        metric_page.links(metrics, frame)
    if two and two[1][0] != two[1][1]:
        _answer(frame, _question(frame.query, metrics, stages, *two))


def _asked(offered: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, str]] | None, str]:
    """The two of the address, and what it asks for that is not known here."""
    said = st.query_params.get_all(codec.SIDES)
    two = codec.sides([(codec.SIDES, text) for text in said])
    if two and two[0] in offered and set(two[1]) <= set(offered[two[0]]):
        return two, ""
    return None, words.listed(said) if said else ""


def _question(query: Query, metrics: Sequence[str], stages: tuple[str, ...], name: str, two: tuple[str, str]) -> Query:
    rest = tuple(one for one in query.filters if one[0] != name)
    return replace(
        query, metrics=tuple(metrics), stages=stages, by=(name,), filters=(*rest, (name, joined(two))), compare=None, shift=None, rights=Rights()
    )  # fmt: skip


def _pickers(offered: dict[str, list[str]], two: tuple[str, tuple[str, str]] | None) -> None:
    """What is set side by side, and which two of it; what is picked goes into the address."""
    nothing = say("sides.page.nothing")
    address.seed(WHAT, two[0] if two else nothing)
    with st.container(horizontal=True, gap="small", key="sides_pick"):
        st.selectbox(
            say("sides.page.choose"),
            [nothing, *offered],
            format_func=lambda name: plain(LABELS.get(name, name)),
            key=WHAT,
            on_change=_write_what,
            args=(offered,),
            width=220,
        )
        if two:
            for key, label, value in (
                (ONE, say("sides.page.first"), two[1][0]),
                (OTHER, say("sides.page.second"), two[1][1]),
            ):
                address.seed(key, value)
                st.selectbox(
                    label, offered[two[0]], format_func=plain, key=key, on_change=_write_two, args=(two[0],), width=200
                )


def _write_what(offered: dict[str, list[str]]) -> None:
    """The two most frequent values of what was picked; nothing takes the block's part out of the address."""
    name = st.session_state[WHAT]
    values = offered.get(name)
    address.write(
        **{codec.SIDES: [text for _, text in codec.side_pairs(name, (values[0], values[1]))] if values else None}
    )


def _write_two(name: str) -> None:
    two = st.session_state[ONE], st.session_state[OTHER]
    address.write(**{codec.SIDES: [text for _, text in codec.side_pairs(name, two)]})


def _answer(frame: Frame, asked: Query) -> None:
    answers = ANSWERS[NAME]
    found = answers.ready(asked)
    if found is None:
        waiting_block(
            "sides_wait",
            say("sheets.sheet.being_worked_out"),
            say("sheets.sheet.being_worked_out_wait"),
            lambda: answers.settled(asked),
        )
        return
    shown.blocks(ANALYSES[NAME].tell(found), frame)
