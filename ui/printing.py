"""What paper needs beside print.css: the address of the page, and in the dark theme the light theme's ink for what has its colour written on it."""

import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from charts.tokens import CONFIG
from report.text.catalogue import say
from ui.session import state
from ui.session.state import Frame

CSS = Path(__file__).with_name("print.css")
HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@cache
def style(theme: str | None) -> str:
    """The rules as a style element; `theme` is the one on the screen. Every rerun of a page asks for it."""
    return f"<style>{CSS.read_text('utf-8')}{light_ink() if theme == 'dark' else ''}</style>"


def address(frame: Frame) -> None:
    """Where what is printed can be seen again, at the end of the paper alone: with the days written out, as in a shared link."""
    where = (st.context.url or "").split("?")[0]
    said = say("ui.frame.printed", address=f"{where}?{frame.share(state.page_params())}")
    st.html(f'<p class="printed">{escape(said)}</p>')


def light_ink() -> str:
    """For every colour of the dark theme that charts and coloured words carry as a style of their own, a rule that prints the light theme's."""
    themes = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
    pairs = dict(zip(_colours(themes["dark"]), _colours(themes["light"])))
    rules = (
        f'.stApp [style*="{name}: {_rgb(dark)}"], .stApp [style*="{name}:{dark}"] {{ {name}: {light} !important; }}'
        for dark, light in pairs.items()
        for name in ("fill", "stroke", "color")
    )
    return "@media print { " + " ".join(rules) + " }"


def _colours(theme: dict[str, str | list[str]]) -> list[str]:
    """The colours of a theme in the order of its keys, which both themes have in common."""
    found: list[str] = []
    for key in sorted(theme):
        value = theme[key]
        found += [one for one in ([value] if isinstance(value, str) else value) if HEX.fullmatch(one)]
    return found


def _rgb(colour: str) -> str:
    """As a browser writes a colour in a style."""
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))
