"""The words themselves: a search, three choices and an order, kept in the address, and a page of quotes."""

from collections.abc import Sequence

import streamlit as st

from metrics.analyses.voice.comments import SENTIMENTS, SOURCES, Cut
from metrics.analyses.voice.model import Voice
from metrics.analyses.voice.orders import ORDERS
from metrics.rules.access import Viewer
from report.text.catalogue import say
from report.voice import words
from ui.session import address
from ui.session.state import Frame
from ui.views import people
from ui.views.ordering import choice as order
from ui.views.voice import asked
from ui.widgets import quotes
from ui.widgets.block import block
from ui.widgets.inert import plain

TOPIC, FELT, SOURCE, SEARCH, PAGE, ORDER = "vt", "vf", "vw", "vq", "vp", "vo"
NONE = "-"  # the topic of texts that are of none


def finder(made: Voice | None, frame: Frame, looking: Viewer) -> None:
    """The block: what is looked for, how many there are, the quotes, and the way to the next page."""
    names = [topic.name for topic in made.topics if topic.whole.persons] if made else asked.names()
    cut = _cut(names)
    found = asked.words(asked.question(frame), cut)
    with block("words", words.words_title(found), words.words_what(found)):
        _choices(names, found.orders)
        for row in found.rows:
            path = people.link(row["person_id"], row["stage"], "words", frame, looking)
            small = [words.stage(row["stage"]), row["survey"] or row["category"], words.topic_words(row["topics"])]
            small.append(words.FELT[row["sentiment"] or "not scored"])
            st.html(quotes.quote(row, path, [str(part) for part in small if part]))
        order.leaf(PAGE, found.cut.page, found.pages)


def _cut(names: list[str]) -> Cut:
    """What the address looks for; what it names that is not there counts as nothing named."""
    topic = st.query_params.get(TOPIC)
    felt, source = st.query_params.get(FELT), st.query_params.get(SOURCE)
    return Cut(
        "" if topic == NONE else topic if topic in names else None,
        felt if felt in SENTIMENTS else None,
        source if source in SOURCES else None,
        st.query_params.get(SEARCH, ""),
        order.page(PAGE),
        order=order.read(ORDER, ORDERS),
    )


def _choices(names: list[str], orders: Sequence[str]) -> None:
    everything = say("voice.words.everything")
    with st.container(horizontal=True, key="voice_choices", vertical_alignment="bottom"):
        order.search(SEARCH, PAGE)
        for parameter, label, options, named in (
            (TOPIC, say("ui.voice.topic"), [*names, NONE], {NONE: say("voice.words.no_topic")}),
            (FELT, say("ui.voice.felt"), list(SENTIMENTS), words.FELT),
            (SOURCE, say("ui.voice.written_in"), list(SOURCES), words.WRITTEN_IN),
        ):
            key, now = f"voice-{parameter}", st.query_params.get(parameter)
            address.seed(key, now if now in options else "")
            st.selectbox(
                label,
                ["", *options],
                key=key,
                on_change=_kept,
                args=(parameter, key),
                format_func=lambda one, named=named: plain(named.get(one, one)) if one else everything,
            )
        order.choose(ORDER, orders, PAGE)


def _kept(parameter: str, key: str) -> None:
    """A choice goes into the address, and the pages begin anew."""
    address.write(**{parameter: st.session_state.get(key) or None, PAGE: None})
