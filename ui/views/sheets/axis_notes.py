"""What the company noted, on the time axis of a chart and below it."""

from datetime import date
from html import escape

import streamlit as st

from metrics.query.query import Query
from report.text.catalogue import say
from report.words import words
from ui.session import source

MOST = 9  # numbers an axis has room for: the latest


def noted(query: Query) -> list[tuple[date, str]]:
    """The dated notes within the days of a question about at most one stage, and those of no stage; of several stages those of all."""
    stage = query.stages[0] if len(query.stages) == 1 else None
    rows = source.rows("annotations", {"start": query.start, "end": query.end, "stage": stage})
    return [(row["day"], row["text"]) for row in rows][-MOST:]


def legend(notes: list[tuple[date, str]]) -> None:
    """The numbers above the lines and what happened on those days; nothing where nothing was noted."""
    items = "".join(
        f"<li><b>{place}</b> {words.day(day, year=False)}: {escape(text.rstrip('.'))}</li>"
        for place, (day, text) in enumerate(notes, 1)
    )
    if items:
        st.html(say("ui.stage_trend.an_event_beside_a_change_is", items=items))
