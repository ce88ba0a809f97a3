"""The choice of an order, and the pages of a list, both kept in the address."""

from collections.abc import Sequence

import streamlit as st

from report.text.catalogue import say
from report.voice import words
from ui.session import address


def read(parameter: str, offered: Sequence[str]) -> str:
    """The order the address asks for; the first offered where it asks for none there is."""
    asked = st.query_params.get(parameter, "")
    return asked if asked in offered else offered[0]


def page(parameter: str) -> int:
    """The page the address asks for, from 0."""
    asked = st.query_params.get(parameter, "")
    return max(int(asked) - 1, 0) if asked.isdecimal() and len(asked) < 7 else 0


def choose(parameter: str, offered: Sequence[str], pages: str) -> None:
    """The control; another order begins at the first page (`pages` is the parameter of those)."""
    key = f"order-{parameter}"
    address.seed(key, read(parameter, offered))
    st.selectbox(
        say("ui.voice.order"),
        list(offered),
        key=key,
        on_change=_write,
        args=(parameter, key, offered[0], pages),
        format_func=words.ORDERS.get,
    )


def search(parameter: str, pages: str) -> str:
    """A field to look for letters; what it holds, without the blanks around it."""
    key = f"search-{parameter}"
    address.seed(key, st.query_params.get(parameter, ""))
    found = st.text_input(say("ui.voice.search"), key=key, on_change=_write, args=(parameter, key, "", pages))
    return (found or "").strip()


def _write(parameter: str, key: str, usual: str, pages: str) -> None:
    chosen = st.session_state.get(key)
    address.write(**{parameter: chosen if chosen != usual else None, pages: None})


def leaf(parameter: str, now: int, pages: int) -> None:
    """The way to the page before and the next, where there is more than one; `now` from 0."""
    if pages <= 1:
        return
    with st.container(horizontal=True, key=f"pages-{parameter}", vertical_alignment="center"):
        for label, to, on in (
            (say("ui.voice.before"), now, now > 0),
            (say("ui.voice.next"), now + 2, now + 1 < pages),
        ):
            st.button(
                label,
                key=f"{parameter}-to-{label}",
                type="tertiary",
                disabled=not on,
                on_click=address.write,
                kwargs={parameter: str(to)},
            )
        st.markdown(say("ui.voice.page_of", page=now + 1, pages=pages))
