"""One metric in full, and the links that lead to it from every number."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS, dimensions
from metrics.catalogue.load import catalogue
from metrics.query.result import Cell, State
from report import numbers
from report.reference import facts
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text
from ui.session import source
from ui.session.state import Frame
from ui.views import other_tools
from ui.views.other_tools import Now, Other
from ui.widgets.ledger import LENS_NAMES

SIDE_NAMES = {"ux": say("ui.metric_page.ux"), "cx": say("ui.metric_page.cx"), "both": say("ui.metric_page.ux_and_cx")}
HEART = {
    "H": say("ui.metric_page.happiness"),
    "E": say("ui.metric_page.engagement"),
    "A": say("ui.metric_page.adoption"),
    "R": say("ui.metric_page.retention"),
    "T": say("ui.metric_page.task_success"),
}


def links(metrics: Iterable[str], frame: Frame) -> None:
    """One line below a block: each metric in it by the name it has there, one click from its definition; in full where two are called alike."""
    found = [catalogue()[m] for m in dict.fromkeys(metrics) if m in catalogue()]
    shorts = [one.short for one in found]
    said = " · ".join(
        f'<a href="{escape(frame.link("definitions", metric=one.id))}" target="_self" title="{escape(one.label, quote=True)}">'
        f"{escape(one.short if shorts.count(one.short) == 1 else one.label)}</a>"
        for one in found
    )
    if said:
        st.html(say("ui.metric_page.what_is_counted", said=said))


def coloured(text: str) -> str:
    """A text of the catalogue with its two words in their colours and shapes."""
    return text.replace("**UX**", ":blue[**● UX**]").replace("**CX**", ":orange[**◆ CX**]")


def standing(found: Definition) -> str:
    """Side, lens and HEART letter as one line of Markdown."""
    side = {
        "ux": say("ui.metric_page.blue", ux=SIDE_NAMES["ux"]),
        "cx": say("ui.metric_page.orange", cx=SIDE_NAMES["cx"]),
    }.get(found.side, SIDE_NAMES["both"])
    heart = say("ui.metric_page.heart", heart=HEART[found.heart]) if found.heart else ""
    return f"{side} · {LENS_NAMES[found.lens]}{heart}"


def value(found: Definition, now: Now, frame: Frame) -> str:
    """The present value as HTML: what it is, how sure, of how many, over which days."""
    query = now.result.query
    about = " · ".join([words.span(*now.result.period), *frame.filters])
    cells = now.cells if any(c.valued for c in now.cells) else now.cells[:1]
    rows = "".join(_cell(found, cell) for cell in cells)
    needs = (
        say("ui.metric_page.it_means_something_only_by", by=escape(other_tools.dimension_words(now.by)))
        if now.by
        else ""
    )
    more = {"xm": found.id} | (
        {"xb": now.by[0]} if now.by else {"xb": "stage"} if found.scope == "stage" and not query.stages else {}
    )
    return say(
        "ui.metric_page.cut_it_in_explore",
        sentence=escape(found.sentence),
        side=found.side,
        rows=rows,
        about=escape(about),
        needs=needs,
        link=escape(frame.link("explore", **more)),
    )


def _cell(found: Definition, cell: Cell) -> str:
    where = " · ".join(part or "unknown" for part in cell.by.values())
    head = f"<span>{escape(where)}</span> " if where else ""
    if not cell.valued:
        return (
            f'<p>{head}<i class="na">{words.state_word(cell)}</i> <small>{escape(reason_text(cell.reason))}</small></p>'
        )
    few = f" · {escape(reason_text(cell.reason))}" if cell.state is State.FEW else ""
    return (
        f'<p class="{"few" if cell.state is State.FEW else ""}">{head}<b>{words.value(cell.value, found)}</b> '
        f"<small>{words.interval(cell.low, cell.high, found.unit)} · n {numbers.whole(cell.n)}{few}</small></p>"
    )


def _after(rows: list[tuple[str, str]], name: str, more: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The rows with more of them behind the one of this name."""
    place = next((at for at, row in enumerate(rows, 1) if row[0] == name), len(rows))
    return rows[:place] + more + rows[place:]


def account(found: Definition, told_of: str = "") -> str:
    """Every fact of a definition as an HTML list of terms, the last what it can be cut by in this store. `told_of` says how often a
    change worth acting on would be told (metrics.told.chances)."""
    cut = ", ".join(DIMENSIONS[name] for name in dimensions(found, source.known().columns[found.measure.fact])) or say(
        "ui.metric_page.nothing_no_source_records_it_yet"
    )
    said = [(say("ui.metric_page.would_be_told"), told_of)] if told_of else []
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>"
        for name, text in [
            *_after(facts(found), say("ui.metric_page.worth_acting_on"), said),
            (say("ui.metric_page.can_be_cut_by"), cut),
        ]
    )
    return f'<dl class="facts">{rows}</dl>'


def others_title(told: list[Other]) -> str:
    """How far the same name reaches, by count."""
    tools = list(dict.fromkeys(other.tool for other in told))
    return say("ui.metric_page.as_read_it", tools=words.listed(tools), part="s" if len(tools) == 1 else "")


def others(told: list[Other]) -> str:
    """The other tools' readings as an HTML list."""
    return '<ul class="others">' + "".join(_other(other) for other in told) + "</ul>"


def _other(other: Other) -> str:
    rows = "".join(
        f"<p>{f'<span>{escape(where)}</span> ' if where else ''}{f'<b>{escape(said)}</b> ' if said else ''}<small>{escape(gap)}</small></p>"
        for where, said, gap in other.rows
    )
    return f'<li><h3>{escape(other.tool)}: {escape(other.name)}</h3>{rows}<p class="differs">{escape(other.differs)}</p></li>'
