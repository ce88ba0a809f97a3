"""Unhappy answers to look after: who has which, how old they are, and what contacting caused where some are held out at random."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import TypeVar

import streamlit as st

from data.errors import UserError
from data.store import audit
from data.store.generations import Generation
from data.store.names import store_path
from data.store.person_key import pseudonym
from data.store.saved.followups import STATUSES, Followup, Followups, held_out
from metrics.analyses.loop.answers import Unhappy, contacting, unhappy_answers
from metrics.analyses.voice import orders
from metrics.rules.access import Viewer
from report.loop import words
from report.text.catalogue import say
from ui.session import source
from ui.session.state import Frame
from ui.views import people
from ui.views.ordering import choice as order
from ui.widgets.block import block, html_table, sub
from ui.widgets.inert import inert

SAID, LOOKED = "_followup_said", "_followups_looked_at"
SHOWN = 10
SEARCH, ORDER, PAGE = "fq", "fo", "fp"
WAITING_ORDERS = (orders.NEWEST, orders.OLDEST, orders.LOWEST, orders.LONGEST)
About = TypeVar("About", Unhappy, Followup)


def records() -> Followups:
    """The answers looked after, beside the store this process serves."""
    return Followups(people.users().file)


def page(frame: Frame, looking: Viewer) -> None:
    """Waiting, taken, and what contacting caused; only for who may see single persons and their words."""
    journey, held = str(frame.query.journey), records()
    generation = source.generation()
    _logged(journey, generation, looking)
    waiting = unhappy_answers(journey, generation)
    taken = held.all(journey)
    names = {one.answer for one in taken}
    chosen = held.holdout()
    shown, taken = _of_stages(waiting, frame), _of_stages(taken, frame)
    left = [one for one in shown if chosen and _is_held(one, held, chosen.share)]
    offered = [one for one in shown if one.answer not in names and one not in left]
    if frame.query.filters:
        sub(say("ui.followups.of_everybody"))
    if text := st.session_state.pop(SAID, ""):
        st.markdown(inert(f"**{text}**"))
    one, other = st.columns([5, 4], gap="large")
    with one, block("waiting_answers", say("ui.followups.waiting"), words.waiting(offered, left)):
        _list(offered, frame, looking, held)
    with other:
        with block("taken_answers", say("ui.followups.looked_after"), words.in_hand(taken)):
            for entry in taken[:SHOWN]:
                _taken(entry, waiting, held, looking.name)
        with block("holdout", say("ui.followups.what_contacting_caused"), say("ui.followups.held_out_at_random")):
            _holdout(journey, held, looking.name)


def _list(offered: list[Unhappy], frame: Frame, looking: Viewer, held: Followups) -> None:
    """Those that wait: searched, in the order chosen, a page at a time, all three kept in the address."""
    if not offered:
        return
    with st.container(horizontal=True, key="waiting_choices", vertical_alignment="bottom"):
        looked_for = order.search(SEARCH, PAGE)
        order.choose(ORDER, WAITING_ORDERS, PAGE)
    found = orders.put(_holding(offered, looked_for), order.read(ORDER, WAITING_ORDERS), _beside)
    pages = -(-len(found) // SHOWN)
    at = min(order.page(PAGE), max(pages - 1, 0))
    if looked_for:
        sub(say("ui.followups.found", count=len(found), of=len(offered)))
    _offered(found[at * SHOWN :][:SHOWN], frame, looking, held)
    order.leaf(PAGE, at, pages)


def _holding(offered: list[Unhappy], looked_for: str) -> list[Unhappy]:
    """Those whose words hold the letters looked for, whatever their capitals; all where none are."""
    return [one for one in offered if looked_for.casefold() in one.comment.casefold()] if looked_for else offered


def _beside(one: Unhappy) -> dict[str, object]:
    """What an answer is put in order by; its score within its own scale."""
    return {"day": one.at.date(), "score": one.score, "scale_max": one.scale_max, "comment": one.comment}


def _logged(journey: str, generation: Generation, looking: Viewer) -> None:
    """A line of the log before anybody's answer is looked at, once a session and state of the data. Raises UserError where it cannot be
    written: then none is shown."""
    looked = (journey, generation.key, looking.name)
    if st.session_state.get(LOOKED) == looked:
        return
    if not audit.note(store_path(), "answers looked at", looking.name, say("ui.followups.log", journey=journey)):
        raise UserError(say("ui.followups.not_logged"))
    st.session_state[LOOKED] = looked


def _of_stages(found: list[About], frame: Frame) -> list[About]:
    """Those about the stages chosen; all where none is."""
    return [one for one in found if not frame.query.stages or one.stage in frame.query.stages]


def _is_held(one: Unhappy, held: Followups, share: float) -> bool:
    return held_out(one.person, share, held.salt())


def _offered(found: list[Unhappy], frame: Frame, looking: Viewer, held: Followups) -> None:
    """The answers to be taken. What is typed belongs to its answer: by place it would pass to the next one once the first is taken."""
    for one in found:
        link = people.link(one.person, one.stage, "words", frame, looking)
        who = pseudonym(people.key_in(link)) if link else "–"
        left, right = st.columns([4, 1], vertical_alignment="center")
        path = (
            f'<a href="{escape(link, quote=True)}" target="_self">{escape(say("ui.followups.path"))}</a>'
            if link
            else ""
        )
        left.html(f'<p class="who"><b>{escape(words.answer(one, who))}</b></p>{_said(one)}<p class="who">{path}</p>')
        with (
            right.popover(say("ui.followups.take"), width="stretch"),
            st.form(f"take-{one.answer}", border=False),
        ):
            owner = st.text_input(
                say("ui.followups.owner"), looking.name, key=f"take-owner-{one.answer}", max_chars=200
            )
            notes = st.text_area(say("ui.followups.notes"), key=f"take-notes-{one.answer}", max_chars=2000)
            if st.form_submit_button(say("ui.followups.take")):
                _try(
                    partial(
                        held.take,
                        Followup(one.answer, str(frame.query.journey), one.stage, owner, "open", notes),
                        looking.name,
                    )
                )


def _said(one: Unhappy) -> str:
    """The person's own words, where they wrote any."""
    if not one.comment:
        return ""
    spoken = f' lang="{escape(one.language, quote=True)}"' if one.language else ""
    return f'<blockquote class="quote said"><span{spoken}>{escape(one.comment)}</span></blockquote>'


def _taken(one: Followup, waiting: list[Unhappy], held: Followups, who: str) -> None:
    """One answer looked after: status, owner, age, and the form that changes it."""
    st.markdown(inert(f"**{words.looked_after(one)}**"))
    if said := next((_said(answer) for answer in waiting if answer.answer == one.answer), ""):
        st.html(said)
    about = f"{one.answer}-{one.version}"
    with st.expander(say("ui.followups.change")), st.form(f"follow-{about}", border=False):
        owner = st.text_input(say("ui.followups.owner"), one.owner, key=f"follow-owner-{about}", max_chars=200)
        status = st.selectbox(
            say("ui.followups.status"),
            STATUSES,
            STATUSES.index(one.status),
            format_func=words.STATUS.get,
            key=f"follow-status-{about}",
        )
        notes = st.text_area(say("ui.followups.notes"), one.notes, key=f"follow-notes-{about}", max_chars=2000)
        if st.form_submit_button(say("ui.followups.save")):
            _try(lambda: held.change(one, who, owner=owner, status=status, notes=notes))


def _holdout(journey: str, held: Followups, who: str) -> None:
    """The share held out, and what the arms say so far."""
    chosen = held.holdout()
    if chosen is None:
        sub(say("ui.followups.nobody_is_held_out"))
    else:
        salt = held.salt()
        found = contacting(
            journey, source.generation(), chosen.since, lambda person: held_out(person, chosen.share, salt)
        )
        st.markdown(inert(words.effect(found, chosen)))
        st.html(html_table(list(words.HEADS), words.rows(found)))
    with st.form("holdout-share", border=False):
        share = st.number_input(
            say("ui.followups.share_held_out"),
            0.0,
            50.0,
            100 * (chosen.share if chosen else 0.0),
            5.0,
            key="holdout-in",
        )
        if st.form_submit_button(say("ui.followups.from_today_on")):
            _try(lambda: held.hold_out(share / 100, who))


def _try(act: Callable[[], None]) -> None:
    try:
        act()
        st.session_state[SAID] = say("ui.followups.saved")
    except UserError as error:
        st.session_state[SAID] = str(error)
    st.rerun()
