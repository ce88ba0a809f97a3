"""Single people on the Stage page: their words, and for who may see it the way to their paths."""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from data.store.person_key import pseudonym
from metrics.analyses.lists import writers
from metrics.analyses.voice import orders
from metrics.codes import NoteCode
from metrics.query.query import Query
from metrics.rules.access import Viewer
from metrics.thresholds import VERBATIMS
from report import lists, numbers
from report.text.catalogue import say
from report.voice import words as words_of
from report.words import words
from ui.session import source, viewer
from ui.session.state import Frame
from ui.views import people
from ui.views.ordering import choice as order
from ui.views.voice.finder import ORDER, PAGE
from ui.widgets import export_menu, quotes
from ui.widgets.block import block, sub

SHOWN = 5
EACH = 3  # of the unhappy and of the others


def verbatims(stage: str, query: Query, frame: Frame, looking: Viewer) -> None:
    """A few of the people's own words, drawn at random of the unhappy and of the others; with the right, each a way to its
    writer's path."""
    found = source.listed("words", query)
    if any(note.code is NoteCode.NO_COMMENTS for note in found.notes):
        return
    sides = [
        (name, [row for row in found.rows if row["unhappy"] is unhappy])
        for name, unhappy in ((say("ui.people_said.unhappy"), True), (say("ui.people_said.not_unhappy"), False))
    ]
    offered = orders.offered(any(row["day"] for row in found.rows))
    by = order.read(ORDER, offered)
    both = all(writers(rows) >= VERBATIMS for _, rows in sides)
    with block(
        "voice",
        lists.title("words", found, query, []),
        (
            lists.what("words", found)
            if by == orders.DRAWN
            else say("ui.people_said.in_order", order=words_of.IN_ORDER[by])
        )
        if found.rows
        else say("ui.people_said.at_least_people_must_have_written", verbatims=VERBATIMS),
        take=(lambda: export_menu.menu(f"{stage}-words", [("words", query)], frame.address(), drawn=False))
        if found.rows
        else None,
    ):

        def lines(rows: list[dict]) -> str:
            return "".join(
                quotes.quote(row, people.link(row["person_id"], stage, "words", frame, looking)) for row in rows
            )

        if found.rows:
            with st.container(horizontal=True, key="said_order", vertical_alignment="bottom"):
                order.choose(ORDER, offered, PAGE)
                st.html(_all(stage, by, frame))
        sides = [(name, orders.put(rows, by, lambda row: row)) for name, rows in sides]
        if both:
            total = sum(len(rows) for _, rows in sides)
            st.html(
                "".join(
                    say(
                        "ui.people_said.of_comments_with_a_score",
                        name=name,
                        rows=numbers.whole(len(rows)),
                        total=numbers.whole(total),
                        lines=lines(rows[:EACH]),
                    )
                    for name, rows in sides
                )
            )
        elif found.rows:
            st.html(lines(orders.put(found.rows, by, lambda row: row)[:SHOWN]))


def _all(stage: str, by: str, frame: Frame) -> str:
    """The way to every comment of the stage, where they can be searched and leafed through, in the same order; nothing for who may not go there."""
    if not viewer.may_see("voice", viewer.current()):
        return ""
    rest = [(key, value) for key, value in frame.params if key != "s"]
    link = "voice?" + urlencode([*rest, ("s", stage), *([(ORDER, by)] if by != orders.DRAWN else [])])
    return f'<p class="step"><a href="{escape(link, quote=True)}" target="_self">{escape(say("ui.voice.all_of_stage"))}</a></p>'


def struggled(stage: str, span: dict, frame: Frame, looking: Viewer) -> None:
    """People who struggled here, each a way to their path; nothing at all without the right."""
    if not looking.rights.see_persons:
        return
    if reason := people.unusable():
        sub(say("ui.people_said.one_persons_path_cannot_be_opened", reason=reason))
        return
    with source.seen_by(looking.rights.doing("views", "stage").doing("persons")):
        found = source.rows("struggled_people", span)
    if found:
        with block(
            "struggled",
            say("ui.people_said.people_who_struggled_in_one_by", stage=stage),
            say("ui.people_said.who_also_was_unhappy_or_asked"),
        ):
            st.html(_table(found, stage, frame, looking))


def _table(found: list[dict], stage: str, frame: Frame, looking: Viewer) -> str:
    rows = []
    for row in found:
        address = people.link(row["person_id"], stage, "struggled", frame, looking) or ""
        name = pseudonym(people.key_in(address))
        where = " · ".join(part for part in dict.fromkeys((row["touch_channel"], row["device"])) if part)
        rows.append(
            f'<tr><td class="t who"><a href="{escape(address, quote=True)}" target="_self">{name}</a><br><small>{words.day(row["local_at"].date())}'
            f'{", " + escape(where) if where else ""}</small></td><td class="t">{escape(happened(row))}</td></tr>'
        )
    return say("ui.people_said.person_what_happened", rows="".join(rows))


def happened(row: dict) -> str:
    """What made it a struggle, and what followed."""
    said = [
        f"{row[name]} {what}{'' if row[name] == 1 else 's'}"
        for name, what in (
            ("errors", "error"),
            ("rage_clicks", say("ui.people_said.rage_click")),
            ("dead_clicks", say("ui.people_said.dead_click")),
        )
        if row[name]
    ]
    said += [say("ui.people_said.goal_not_reached")] if row["goal_reached"] is False else []
    said += [say("ui.people_said.unhappy_answer")] if row["unhappy"] else []
    said += (
        [
            say("ui.people_said.asked_for_help")
            + (say("ui.people_said.times", contacts=row["contacts"]) if row["contacts"] > 1 else "")
        ]
        if row["contacts"]
        else []
    )
    return ", ".join(said)
