"""Putting a figure on the page."""

import streamlit as st

from charts.figure import Figure

CONFIG = {"displayModeBar": False, "responsive": True}


def show(figure: Figure, key: str, alt: str) -> None:
    """Draw it. The key names the theme: tokens are swapped once, when a chart mounts."""
    st.plotly_chart(figure.build(), key=f"{key}-{st.context.theme.type}", alt=alt, config=CONFIG)
