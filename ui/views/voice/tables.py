"""Topics, topics by stage, and the complaint box as tables."""

import streamlit as st

from metrics.analyses.voice.model import Change, ComplaintBox, Topic, Voice
from report import numbers
from report.text.catalogue import say
from report.voice import words
from ui.session.state import Frame
from ui.views.ordering import heads as ordering
from ui.widgets.block import html_table

SHOWN = 12
ORDER = "vs"


def topics(made: Voice, frame: Frame) -> None:
    """A row a topic: share, people, sentiment, and whether either changed; by the column whose head was tapped."""
    compared = any(topic.share_change for topic in made.topics)
    by: dict[str, ordering.By[Topic]] = {
        "topic": words.name,
        "share": lambda topic: words.value(topic.whole.share),
        "people": lambda topic: topic.whole.persons,
        "net": lambda topic: words.value(topic.whole.net),
    }
    if compared:
        by["share_change"] = lambda topic: _moved(topic.share_change)
        by["net_change"] = lambda topic: _moved(topic.net_change)
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
        for topic in ordering.put(made.topics, ORDER, by)
    ]
    sorts = ordering.links(ORDER, by, "voice", frame, ("topic",))
    st.html(html_table(heads, rows[:SHOWN], cards=True, sorts=sorts))
    if len(rows) > SHOWN:
        with st.expander(say("ui.voice.more_topics", count=len(rows) - SHOWN)):
            st.html(html_table(heads, rows[SHOWN:], cards=True))


def _moved(change: Change | None) -> float | None:
    return change.difference.estimate.value if change else None


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
