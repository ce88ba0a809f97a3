"""Topics, topics by stage, and the complaint box as tables."""

import streamlit as st

from metrics.analyses.voice.model import ComplaintBox, Voice
from report import numbers
from report.text.catalogue import say
from report.voice import words
from ui.widgets.block import html_table

SHOWN = 12


def topics(made: Voice) -> None:
    """A row a topic: share, people, sentiment, and whether either changed."""
    compared = any(topic.share_change for topic in made.topics)
    heads = [say("voice.head.topic"), say("voice.head.share"), say("voice.head.people"), say("voice.head.net")]
    heads += [say("voice.head.share_change"), say("voice.head.net_change")] if compared else []
    rows = [
        [
            words.name(topic),
            words.share(topic.whole),
            numbers.whole(topic.whole.persons),
            words.net_words(topic.whole),
            *([words.change(topic.share_change, "rate"), words.change(topic.net_change, "points")] if compared else []),
        ]
        for topic in made.topics
    ]
    st.html(html_table(heads, rows[:SHOWN], cards=True))
    if len(rows) > SHOWN:
        with st.expander(say("ui.voice.more_topics", count=len(rows) - SHOWN)):
            st.html(html_table(heads, rows[SHOWN:], cards=True))


def by_stage(made: Voice) -> None:
    """Topics in rows, stages in columns: share of the stage's texts, and how kindly."""
    stages = [name for name, part in (made.stages or {}).items() if part.persons]
    rows = [
        [words.name(topic), *(words.cell_words(topic.by_stage.get(name)) for name in stages)] for topic in made.topics
    ]
    totals = [say("ui.voice.all_texts"), *(numbers.whole((made.stages or {})[name].texts) for name in stages)]
    heads = [say("voice.head.topic"), *(words.stage(name) for name in stages)]
    st.html(html_table(heads, [*rows[:SHOWN], totals], cards=True))


def box(made: ComplaintBox) -> None:
    """Asked about in rows, written about in columns."""
    heads = [say("voice.box.asked_about"), *made.about]
    rows = [[asked, *(words.box_cell(made, asked, about) for about in made.about)] for asked in made.asked]
    st.html(html_table(heads, rows, cards=True))
