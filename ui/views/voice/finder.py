"""The words themselves: a search and three choices, kept in the address, and a page of quotes."""

import streamlit as st

from metrics.analyses.voice.comments import SENTIMENTS, SOURCES, Comments, Cut
from metrics.analyses.voice.model import Voice
from metrics.rules.access import Viewer
from report.text.catalogue import say
from report.voice import words
from ui.session import address
from ui.session.state import Frame
from ui.views import people
from ui.views.voice import asked
from ui.widgets import quotes
from ui.widgets.block import block
from ui.widgets.inert import plain

TOPIC, FELT, SOURCE, SEARCH, PAGE = "vt", "vf", "vw", "vq", "vp"
NONE = "-"  # the topic of texts that are of none


def finder(made: Voice | None, frame: Frame, looking: Viewer) -> None:
    """The block: what is looked for, how many there are, the quotes, and the way to the next page."""
    names = [topic.name for topic in made.topics if topic.whole.persons] if made else asked.names()
    cut = _cut(names)
    found = asked.words(asked.question(frame), cut)
    with block("words", words.words_title(found), words.words_what(found)):
        _choices(names)
        for row in found.rows:
            path = people.link(row["person_id"], row["stage"], "words", frame, looking)
            small = [words.stage(row["stage"]), row["survey"] or row["category"], words.topic_words(row["topics"])]
            small.append(words.FELT[row["sentiment"] or "not scored"])
            st.html(quotes.quote(row, path, [str(part) for part in small if part]))
        _pages(found)


def _cut(names: list[str]) -> Cut:
    """What the address looks for; what it names that is not there counts as nothing named."""
    topic = st.query_params.get(TOPIC)
    felt, source = st.query_params.get(FELT), st.query_params.get(SOURCE)
    page = st.query_params.get(PAGE, "")
    return Cut(
        "" if topic == NONE else topic if topic in names else None,
        felt if felt in SENTIMENTS else None,
        source if source in SOURCES else None,
        st.query_params.get(SEARCH, ""),
        max(int(page) - 1, 0) if page.isdecimal() and len(page) < 7 else 0,
    )


def _choices(names: list[str]) -> None:
    everything = say("voice.words.everything")
    with st.container(horizontal=True, key="voice_choices", vertical_alignment="bottom"):
        address.seed("voice-search", st.query_params.get(SEARCH, ""))
        st.text_input(say("ui.voice.search"), key="voice-search", on_change=_kept, args=(SEARCH, "voice-search"))
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


def _kept(parameter: str, key: str) -> None:
    """A choice goes into the address, and the pages begin anew."""
    address.write(**{parameter: st.session_state.get(key) or None, PAGE: None})


def _pages(found: Comments) -> None:
    if found.pages <= 1:
        return
    with st.container(horizontal=True, key="voice_pages", vertical_alignment="center"):
        for label, to, on in (
            (say("ui.voice.before"), found.cut.page, found.cut.page > 0),
            (say("ui.voice.next"), found.cut.page + 2, found.cut.page + 1 < found.pages),
        ):
            st.button(
                label,
                key=f"voice-to-{label}",
                type="tertiary",
                disabled=not on,
                on_click=address.write,
                kwargs={PAGE: str(to)},
            )
        st.markdown(say("ui.voice.page_of", page=found.cut.page + 1, pages=found.pages))
