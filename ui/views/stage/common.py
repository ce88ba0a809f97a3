"""What several blocks of the Stage page need: the address, the frame behind it, a change by its name."""

from dataclasses import replace

import streamlit as st

from metrics.analyses.changes import Change
from metrics.query.query import Query
from report import placement
from report.findings import change_findings, without_visits
from ui.session import source
from ui.session.state import Frame


def frame_here() -> Frame:
    return st.session_state["_frame"]


def address_here() -> str:
    return frame_here().address()


def named(change: Change, within: bool = False) -> str:
    """The metric, and where it is that of one channel alone: the stage's own stands beside it."""
    name = change.definition.short.lower() if within else change.definition.short
    return f"{name} {change_findings.place_of(change.channel)}" if change.channel else name


def lenses(query: Query, stage: str) -> tuple[str, ...]:
    """What is drawn over time: of a company without visits what people said and how they were helped."""
    if without_visits.seen(source.known()):
        return placement.shown("stage_trend")
    return tuple(without_visits.metrics_of(replace(query, by=()), source.generation(), stage)) or placement.shown(
        "stage_trend"
    )
