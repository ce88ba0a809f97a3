"""Putting a figure on the page, and what a click in it does."""

from collections.abc import Callable

import streamlit as st

from charts.figure import Figure

CONFIG = {"displayModeBar": False, "responsive": True}
Clicked = Callable[[str], None]  # what the clicked row, bar or week stands for


def show(figure: Figure, key: str, alt: str, clicked: Clicked | None = None) -> None:
    """Draw it. The key names the theme: tokens are swapped once, when a chart mounts. With `clicked`, an area of the figure that stands for
    something can be clicked; what is filtered so can be filtered by the controls above the page too."""
    key = f"{key}-{st.context.theme.type}"
    if clicked is None or not figure.fields:
        st.plotly_chart(figure.build(checked=False), key=key, alt=alt, config=CONFIG)
        return
    key = f"click-{key}"  # the pointer says so (style.css)
    st.plotly_chart(
        figure.build(clickable=True, checked=False),
        key=key,
        alt=alt,
        config=CONFIG,
        on_select=lambda: _read(key, clicked),
        selection_mode="points",
    )


def _read(key: str, clicked: Clicked) -> None:
    """Hand on what was clicked; a click beside everything says nothing."""
    value = value_of(st.session_state.get(key))
    if value:
        clicked(value)


def value_of(event: object) -> str:
    """What the first clicked area of a selection stands for, "" where none was clicked."""
    points = (event or {}).get("selection", {}).get("points", []) if hasattr(event, "get") else []
    for point in points:
        value = point.get("customdata")
        value = value[0] if isinstance(value, (list, tuple)) and value else value
        if isinstance(value, str) and value:
            return value
    return ""
