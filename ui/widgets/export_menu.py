"""Taking a chart along: one small menu a block. A file is made only when it is clicked."""

import io
import zipfile
from collections.abc import Callable

import streamlit as st

from exports import api as make
from metrics.query.query import Query
from report.text.catalogue import say
from ui.session import viewer
from ui.session.audit import exported
from ui.widgets import basket

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def menu(key: str, asked: list[tuple[str, Query]], address: str, *, drawn: bool = True) -> None:
    """The menu of a block whose charts or lists these questions draw, as (form, query). `address` is where the app is open;
    `drawn`: they have a picture.
    """
    if not asked or not viewer.may_export():
        return
    generation = viewer.exporting()
    one, what = len(asked) == 1, "chart" if drawn else "table"
    with (
        st.container(key=f"take_{key}", width="content"),
        st.popover(say("ui.export_menu.export"), type="tertiary", icon=":material/ios_share:"),
    ):
        st.button(
            say("ui.export_menu.add_to_deck"),
            icon=":material/add:",
            type="tertiary",
            key=f"{key}-add",
            on_click=basket.add,
            args=(asked,),
        )
        for label, style, icon in (
            (
                (say("ui.export_menu.picture_png"), "png", "image"),
                (say("ui.export_menu.picture_svg"), "svg", "polyline"),
            )
            if drawn
            else ()
        ):
            _button(
                key,
                label,
                style if one else "zip",
                f"image/{'svg+xml' if style == 'svg' else style}" if one else ZIP,
                icon,
                lambda style=style: bundle(make.pictures(asked, generation(), address, style), key, style),
                style,
            )
        _button(
            key,
            say("ui.export_menu.slide_pptx_native", what=what),
            "pptx",
            PPTX,
            "slideshow",
            lambda: make.slides(asked, generation(), address),
        )
        _button(
            key,
            say("ui.export_menu.workbook_xlsx", part=say("ui.export_menu.native_chart") if drawn else ""),
            "xlsx",
            XLSX,
            "table_chart",
            lambda: make.book(asked, generation(), address),
        )
        _button(
            key,
            say("ui.export_menu.numbers_csv") if drawn else say("ui.export_menu.words_csv"),
            "csv" if one else "zip",
            "text/csv" if one else ZIP,
            "csv",
            lambda: bundle(make.numbers(asked, generation(), address), key, "csv"),
            "csv",
        )


def _button(key: str, label: str, ending: str, mime: str, icon: str, data: Callable[[], bytes], name: str = "") -> None:
    st.download_button(
        label,
        data=exported(f"{key}.{ending}", data),
        file_name=f"{key}.{ending}",
        mime=mime,
        on_click="ignore",
        key=f"{key}-{name or ending}",
        icon=f":material/{icon}:",
        type="tertiary",
    )


def bundle(files: list[bytes], key: str, ending: str) -> bytes:
    """The one file, or several in a ZIP."""
    if len(files) == 1:
        return files[0]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, data in enumerate(files, 1):
            archive.writestr(f"{key}-{place}.{ending}", data)
    return buffer.getvalue()
