"""Voice: what do they say, and about what? Layout only."""

import streamlit as st

from report import placement
from report.text.catalogue import say
from report.voice import words
from ui.session import viewer
from ui.views import metric_page
from ui.views.voice import asked, finder, tables
from ui.widgets import export_menu
from ui.widgets.block import block, headline, sub
from ui.widgets.waiting import waiting_block

frame, looking = st.session_state["_frame"], viewer.current()
made = asked.topics(frame)
headline(
    words.title(made) if made else say("pages.voice.what_people_say"),
    say("pages.voice.what_people_write_in_surveys_and"),
)
if made is None:
    waiting_block(
        "topics",
        say("pages.voice.what_they_write_about"),
        say("ui.later.being_worked_out"),
        lambda: asked.TOPICS.settled(asked.question(frame)),
    )
elif made.topics:
    with block(
        "topics",
        say("pages.voice.what_they_write_about"),
        words.subtitle(made),
        words.footnote(made),
        take=lambda: export_menu.menu("voice-topics", [("topics", made.query)], frame.address()),
    ):
        tables.topics(made, frame)
        metric_page.links(placement.shown("said"), frame)
    if len([part for part in (made.stages or {}).values() if part.persons]) > 1:
        with block(
            "topics_by_stage",
            say("pages.voice.topic_by_stage"),
            say("pages.voice.share_of_the_texts_of_each_stage"),
        ):
            tables.by_stage(made)
box = asked.box(frame)
with block(
    "complaint_box",
    words.box_title(box),
    words.box_what(box),
    words.box_what(box) and say("voice.box.foot"),
    take=(lambda: export_menu.menu("complaint-box", [("complaint_box", box.query)], frame.address()))
    if box.found
    else None,
):
    if box.asked:
        tables.box(box)
        for one in box.found:
            if one.told:
                sub(words.box_detail(one))
finder.finder(made, frame, looking)
