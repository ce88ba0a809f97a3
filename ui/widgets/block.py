"""A block of a page: a thin rule, a title that states the finding, what is drawn, the content, small print."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from html import escape

import streamlit as st

from report.text.catalogue import say
from ui.widgets.inert import inert

BRACKETED = re.compile(r"\([^()a-z]{1,18}\)")
PLACE = "_place"  # of the session: the group of the menu and the page in it, above the page's sentence
FOLDED = 180  # letters of small print that still stand open: two lines on a desk
NUMBER = re.compile(r"[^\w\s]{0,3}\s?\w{0,3}[^\w\s]?\s?\d")  # 3, −0.2, ±4, €5, CHF 5, ○ 7, ▲ 30 %


def sub(text: str) -> None:
    """Secondary text in the readable grey."""
    st.markdown(say("ui.block.small_gray", text=inert(text)))


@contextmanager
def block(key: str, title: str, what: str = "", foot: str = "", take: Callable[[], None] | None = None):
    """Title and subtitle are page text, so that they wrap on a phone; `take` draws the block's export menu at the right. How it is worked out
    (`foot`) is one tap away where it is long."""
    with st.container(key=f"block_{key}", gap="small"):
        with st.container(key=f"head_{key}", horizontal=take is not None, gap="small", vertical_alignment="top"):
            with st.container(gap="xxsmall", key=f"said_{key}"):
                st.markdown(f"## {inert(title)}", anchors=False)
                if what:
                    st.markdown(say("ui.block.small", what=inert(what)))
            if take:
                take()
        yield
        if len(foot) > FOLDED:
            with st.container(key=f"how_{key}"), st.expander(say("ui.block.how_worked_out"), type="compact"):
                sub(foot)
        elif foot:
            sub(foot)


def _words(cells: Iterable[str]) -> bool:
    """Whether a column holds words: something stands in it, and nothing there begins as a number, an amount or a mark before one does."""
    said = [cell for cell in cells if cell not in ("", "–", "-")]
    return bool(said) and not any(NUMBER.match(cell) for cell in said)


def _whole(cell: str) -> str:
    """The cell with an interval in brackets kept on one line: it breaks before the bracket, not at the dash within. Both are one part of
    the line a cell is on a phone, or the number would stand in its middle."""
    kept = BRACKETED.sub(r'<span class="nb">\g<0></span>', cell)
    return cell if kept == cell else f"<span>{kept}</span>"


def _by(way: tuple[str, str]) -> str:
    return f' aria-sort="{way[1]}"' if way[1] else ""


def _linked(cell: str, way: tuple[str, str]) -> str:
    """A head, as a link where the table can be put in order by it, with an arrow where it is."""
    if not way[0]:
        return escape(cell)
    arrow = {"descending": " ↓", "ascending": " ↑"}.get(way[1], "")
    return f'<a href="{escape(way[0], quote=True)}" target="_self">{escape(cell)}{arrow}</a>'


def _nil(mark: str, cell: str) -> str:
    """The same mark, which also says that the cell holds a dash."""
    return mark if cell not in ("", "–", "-") else 'class="t nil"' if mark else 'class="nil"'


def headline(title: str, standfirst: str) -> None:
    """The page's one sentence, and two lines below in which coloured words are the legend."""
    with st.container(key="headline", gap="xsmall", width=940):
        if above := st.session_state.get(PLACE):
            sub(above)
        st.markdown(f"# {inert(title)}", anchors=False)
        st.markdown(inert(standfirst))


def html_table(
    heads: list[str],
    rows: list[list[str]],
    text_columns: int = 1,
    cards: bool = False,
    sorts: Sequence[tuple[str, str]] = (),
) -> str:
    """A plain table; every cell is escaped. Numbers end at the right so that digits stand below each other; the first `text_columns` and every
    column of words begin at the left. With `cards` a row becomes a list of head and value on a phone, without the lines that hold a dash.
    `sorts`: of each head where it leads, and how the table stands by it ("", ascending, descending)."""
    marks = ['class="t"' if i < text_columns or _words(row[i] for row in rows) else "" for i in range(len(heads))]
    head = "".join(
        f'<th scope="col" {mark}{_by(way)}>{_linked(cell, way)}</th>'
        for cell, mark, way in zip(heads, marks, sorts or [("", "")] * len(heads))
    )
    names = [f'data-h="{escape(head, quote=True)}"' if cards else "" for head in heads]
    body = "".join(
        "<tr>"
        + "".join(
            f"<td {_nil(mark, cell) if cards else mark} {name}>{_whole(escape(cell))}</td>"
            for cell, mark, name in zip(row, marks, names)
        )
        + "</tr>"
        for row in rows
    )
    return f"""<div class="scroll"><table class="plain{(" cards" if cards else "")}{(" sortable" if sorts else "")}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"""
