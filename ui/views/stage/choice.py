"""Which stage the Stage page shows: the one the address names, else the one with the most pressing finding."""

from collections.abc import Sequence

import streamlit as st

from report.text.catalogue import say
from ui.session import address
from ui.session.state import Frame
from ui.views import overview
from ui.widgets.inert import plain

KEY, PARAMETER = "stage-at", "at"


def choose(frame: Frame, stages: Sequence[str]) -> str:
    """Draw the choice and keep it in the address, also where nobody chose: the link then means the same next week."""
    asked = st.query_params.get(PARAMETER)
    address.seed(
        KEY,
        asked
        if asked in stages
        else overview.pressing(frame, [s for s in frame.query.stages or stages if s in stages]),
    )
    chosen = st.segmented_control(
        say("ui.choice.stage"),
        stages,
        key=KEY,
        required=True,
        on_change=_write,
        label_visibility="collapsed",
        format_func=plain,
    )
    address.write(**{PARAMETER: chosen})
    return chosen


def _write() -> None:
    address.write(**{PARAMETER: st.session_state.get(KEY)})
