"""The basket: charts collected across views, kept for the browser as questions, never as answers.

A link in a table loads the page anew, and with it Streamlit's session; so the basket lies in this process under a random
name the browser holds, until the process ends. A browser without that cookie has a basket of its session.
"""

import re
from collections import OrderedDict

import streamlit as st

from data.store.generations import Generation
from exports import api as make
from metrics.query.query import Query, Rights
from metrics.query.resolve import reopened, resolve
from report.text.catalogue import say
from ui.session import source, viewer
from ui.session.audit import exported
from ui.session.memoize import once
from ui.session.serving import COOKIE
from ui.widgets.inert import inert

Item = tuple[str, Query]  # form, and the question with its period written out
KEY, NAME = "_basket", "_basket_name"
MOST_BASKETS = 1000
_BASKETS: OrderedDict[tuple[str, str], list[Item]] = OrderedDict()


def items() -> list[Item]:
    """What has been collected, in order."""
    name = st.context.cookies.get(COOKIE)
    if not name:
        return st.session_state.setdefault(KEY, [])
    return _kept((name, viewer.email() or ""))


def _kept(who: tuple[str, str]) -> list[Item]:
    """The basket of a browser and whoever is signed in there; of many, those longest unused are forgotten."""
    held = _BASKETS.setdefault(who, [])
    _BASKETS.move_to_end(who)
    while len(_BASKETS) > MOST_BASKETS:
        _BASKETS.popitem(last=False)
    return held


def add(asked: list[tuple[str, Query]]) -> None:
    """Append charts with their period written out; one that is already there stays where it is."""
    known = source.known()
    for form, query in asked:
        item = (form, reopened(resolve(query, known), rights=Rights()))
        if item not in items() and len(items()) < make.MOST:
            items().append(item)


def move(place: int, by: int) -> None:
    """Earlier or later by one."""
    other = place + by
    if 0 <= other < len(items()):
        items()[place], items()[other] = items()[other], items()[place]


def remove(place: int) -> None:
    del items()[place]


def clear() -> None:
    items().clear()


def fill(query: Query) -> None:
    """The throughline and the ten charts a lead would want."""
    add(make.wanted(query, source.generation()))


def file_name(name: str) -> str:
    """A name somebody typed as one for a file."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.") or "throughline"


def popover(query: Query, address: str) -> None:
    """The counter in the frame line, and behind it the list: order, removal, name, deck, workbook."""
    if not viewer.may_export():
        return
    found, generation = items(), viewer.exporting()
    with (
        st.container(key="tray", width="content"),
        st.popover(
            say("ui.basket.deck", found=len(found)) if found else say("ui.basket.deck_2"),
            icon=":material/slideshow:",
            type="tertiary",
        ),
    ):
        if not found:
            st.markdown(say("ui.basket.nothing_collected_yet_export_add_to"))
            st.button(
                say("ui.basket.start_with_the_charts_a_lead"),
                type="tertiary",
                icon=":material/playlist_add:",
                on_click=fill,
                args=(query,),
            )
            return
        for place, item in enumerate(found):
            _row(place, item, len(found))
        st.text_input(say("ui.basket.name_of_the_files"), "throughline", key=NAME)
        name, kept = file_name(st.session_state.get(NAME) or ""), list(found)
        with st.container(horizontal=True):
            st.download_button(
                say("ui.basket.make_deck"),
                data=exported(f"{name}.pptx", lambda: make.slides(kept, generation(), address)),
                file_name=f"{name}.pptx",
                on_click="ignore",
                icon=":material/slideshow:",
                key="tray-deck",
            )
            st.download_button(
                say("ui.basket.make_workbook"),
                data=exported(f"{name}.xlsx", lambda: make.book(kept, generation(), address)),
                file_name=f"{name}.xlsx",
                on_click="ignore",
                icon=":material/table_chart:",
                key="tray-book",
            )
            st.download_button(
                say("ui.basket.keep_the_list"),
                data=make.kept(kept),
                file_name=f"{name}.json",
                on_click="ignore",
                icon=":material/save:",
                key="tray-list",
                type="tertiary",
                help=say("ui.basket.for_python_m_exports_deck_basket"),
            )
            st.button(say("ui.basket.empty"), on_click=clear, type="tertiary", key="tray-clear")


def _row(place: int, item: Item, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", key=f"tray_{place}"):
        st.markdown(inert(say("ui.basket.small", place=place + 1, title=_title(item))), width="stretch")
        st.button(
            say("ui.basket.earlier"),
            key=f"tray-up-{place}",
            icon=":material/arrow_upward:",
            type="tertiary",
            on_click=move,
            args=(place, -1),
            disabled=place == 0,
        )
        st.button(
            say("ui.basket.later"),
            key=f"tray-down-{place}",
            icon=":material/arrow_downward:",
            type="tertiary",
            on_click=move,
            args=(place, 1),
            disabled=place == total - 1,
        )
        st.button(
            say("ui.basket.remove"),
            key=f"tray-del-{place}",
            icon=":material/close:",
            type="tertiary",
            on_click=remove,
            args=(place,),
        )


def _title(item: Item) -> str:
    """The finding as it will stand on the slide."""
    return _titles(item, source.generation())


@once(512)
def _titles(item: Item, seen: Generation) -> str:
    return make.title(*item, seen)
