"""Taking a view along: download buttons whose file is made only when clicked."""

from collections.abc import Callable

import streamlit as st

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(key: str, name: str, deck: Callable[[], bytes], workbook: Callable[[], bytes]) -> None:
    """Slides with native charts and a workbook with the numbers behind them."""
    with st.container(horizontal=True, gap="small", key=f"take_{key}"):
        st.download_button("Slides", data=deck, file_name=f"{name}.pptx", mime=PPTX, on_click="ignore", key=f"{key}-pptx",
                           icon=":material/slideshow:", type="tertiary", help="PowerPoint with native, editable charts, one a slide")
        st.download_button("Workbook", data=workbook, file_name=f"{name}.xlsx", mime=XLSX, on_click="ignore", key=f"{key}-xlsx",
                           icon=":material/table_chart:", type="tertiary", help="Excel with the numbers, a native chart and the small print")
