"""Which rows the Journey's ledger shows: a picker for either side, kept in the URL."""

import streamlit as st

from metrics.catalogue.load import catalogue
from ui.views import overview

KEYS = ("mu", "mc")
NAMES = {"mu": ("ux", "UX: interaction"), "mc": ("cx", "CX: service, emotion, loyalty, value")}


def picker() -> None:
    """A popover with the metrics of both sides; nothing picked means the most telling ones."""
    with st.popover("Rows", icon=":material/table_rows:", type="tertiary"):
        for key, (side, label) in NAMES.items():
            st.multiselect(
                label,
                overview.pickable(side),
                key=key,
                bind="query-params",
                placeholder="the most telling ones",
                format_func=lambda metric: catalogue()[metric].label,
            )
