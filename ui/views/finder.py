"""Finding a metric: search over all its names, and the list in the order of a frame, collapsed. Links, so that each opens anywhere."""

from html import escape

import streamlit as st

from data.errors import nearest
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.catalogue.taxonomies import OUTSIDE, Group, frames
from metrics.catalogue.taxonomies import Frame as Order
from report.answers.search import matches, search
from report.text.catalogue import say
from ui.session import address
from ui.session.state import Frame
from ui.views.other_tools import parent_metric

__all__ = ["box", "groups", "lenses", "matches", "opened", "said", "search"]

# What the picker shows is what the URL holds.
FRAMES = {"Five lenses": "lenses", "HEART": "heart", "Pyramid": "pyramid"}
FIRST = "Five lenses"
SHORT_LIST = 15  # so many hits are shown without opening their groups


def opened(params) -> tuple[str | None, str]:
    """The metric an address opens (?metric=ID, in older links ?m=ID), and what to say where there is none of that id."""
    asked = parent_metric(params.get("metric") or params.get("m") or "")
    if not asked:
        return None, ""
    if asked in catalogue():
        return asked, ""
    return None, say("ui.finder.there_is_no_metric", asked=f"{asked!r}", nearest=nearest(asked, catalogue())).strip()


def box() -> tuple[str, str]:
    """The search box and the picker of a frame, as the address has them (q, as)."""
    kept = st.query_params.get("as")
    address.seed("find-text", st.query_params.get("q", ""))
    address.seed("find-order", kept if kept in FRAMES else FIRST)
    text = st.text_input(
        say("ui.finder.search_by_name_id_sentence_or"),
        key="find-text",
        type="search",
        live=True,
        on_change=_write,
    )
    chosen = st.segmented_control(
        say("ui.finder.in_the_order_of"), list(FRAMES), key="find-order", required=True, on_change=_write
    )
    return text or "", chosen or FIRST


def _write() -> None:
    chosen, text = st.session_state.get("find-order"), st.session_state.get("find-text") or ""
    address.write(q=text if text.strip() else None, **{"as": chosen if chosen != FIRST else None})


def said(text: str, found: dict[str, Definition], order: Order) -> str:
    """How many there are, of what a search found or in which order."""
    if text.strip():
        return (
            say("ui.finder.of_metrics", found=len(found), catalogue=len(catalogue()))
            if found
            else say("ui.finder.nothing_is_called_so", nearest=nearest(text, [d.label for d in catalogue().values()]))
        )
    return say("ui.finder.metrics", found=len(found), source=order.source)


def groups(found: dict[str, Definition], order: Order, frame: Frame, now: str | None, text: str, chosen: str) -> str:
    """The list as HTML, one collapsed group a part of the frame; what a search found stands open where it is short."""
    keep = ({"q": text} if text.strip() else {}) | ({"as": chosen} if chosen != FIRST else {})
    short = bool(text.strip()) and len(found) <= SHORT_LIST
    return (
        '<div class="find">'
        + "".join(_group(group, members, short, frame, now, keep) for group, members in order.sort(found).items())
        + "</div>"
    )


def _group(
    group: Group, members: list[Definition], is_open: bool, frame: Frame, now: str | None, keep: dict[str, str]
) -> str:
    rows = "".join(_row(d, frame, now, keep) for d in members)
    asks = say("ui.finder.what_the_frame_has_no_place") if group.name == OUTSIDE else group.question
    return (
        f"<details{' open' if is_open else ''}><summary><b>{escape(group.name)}</b> <em>{len(members)}</em>"
        f"<small>{escape(asks)}</small></summary><ul>{rows}</ul></details>"
    )


def _row(found: Definition, frame: Frame, now: str | None, keep: dict[str, str]) -> str:
    link = escape(frame.link("definitions", metric=found.id, **keep))
    here = ' aria-current="true"' if found.id == now else ""
    return f'<li class="{found.side}"><a href="{link}" target="_self"{here} title="{escape(found.sentence)}">{escape(found.label)}</a></li>'


def lenses() -> str:
    """The five lenses in causal order with what each asks, as HTML."""
    items = "".join(
        f"<li><b>{escape(g.name)}</b><span>{escape(g.question)}</span></li>" for g in frames()["lenses"].groups
    )
    return f'<ol class="lenses">{items}</ol>'
