"""Which rows the Journey's ledger shows: a picker for either side, kept in the URL."""

import streamlit as st

from metrics.catalogue.load import catalogue
from report.text.catalogue import say
from ui.views import overview

KEYS = ("mu", "mc")
NAMES = {
    "mu": ("ux", say("ui.ledger_rows.ux_interaction")),
    "mc": ("cx", say("ui.ledger_rows.cx_service_emotion_loyalty_value")),
}


def picker() -> None:
    """A popover with the metrics of both sides; nothing picked means the most telling ones."""
    with st.popover(say("ui.ledger_rows.rows"), icon=":material/table_rows:", type="tertiary"):
        for key, (side, label) in NAMES.items():
            st.multiselect(
                label,
                overview.pickable(side),
                key=key,
                bind="query-params",
                placeholder=say("ui.ledger_rows.the_most_telling_ones"),
                format_func=lambda metric: catalogue()[metric].label,
            )
