"""Figures drawn by an installed Chromium, each call by one of its own.

kaleido's own server is one for the whole process: two people's pictures would leave by one queue, whoever is done first would stop it under
the other, and stopping it waits without end where the browser has gone by itself.
"""

import asyncio
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import kaleido

from data.errors import UserError
from report.text.catalogue import say

BROWSERS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
STARTING, EACH, CLOSING = 60, 90, 10  # seconds; a browser that does not close in time is left to itself
Drawing = tuple[dict[str, Any], dict[str, Any]]  # a figure as Plotly's JSON, and kaleido's options


def find_browser() -> str:
    """The Chromium to draw with: BROWSER_PATH, else the first found. Raises UserError saying how to get one."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        if Path(named).is_file() and os.access(named, os.X_OK):
            return named
        raise UserError(
            say("exports.picture.there_is_no_browser_there"),
            where="BROWSER_PATH",
            found=named,
            fix=say("exports.picture.name_the_program_of_a_chromium"),
        )
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise UserError(
        say("exports.picture.a_picture_needs_a_chromium_and"),
        allowed=", ".join(BROWSERS),
        fix=say("exports.picture.install_one_debian_apt_get_install"),
    )


def draw(drawings: Sequence[Drawing]) -> list[bytes]:
    """Their pictures, in order. Raises UserError where there is no browser, or it does not answer."""
    answer: Queue[list[bytes] | BaseException] = Queue()
    work = _drawn(find_browser(), drawings, answer)
    thread = Thread(target=asyncio.run, args=(work,), daemon=True)
    thread.start()
    try:
        pictures = answer.get(timeout=STARTING + EACH * len(drawings))
    except Empty:
        raise UserError(say("exports.picture.the_browser_does_not_answer")) from None
    thread.join(CLOSING)
    if isinstance(pictures, BaseException):
        raise pictures
    return pictures


async def _drawn(path: str, drawings: Sequence[Drawing], answer: "Queue[list[bytes] | BaseException]") -> None:
    try:
        async with kaleido.Kaleido(path=path, mathjax=False, timeout=EACH) as browser:
            answer.put([await browser.calc_fig(figure, options) for figure, options in drawings])
    except BaseException as error:  # raised where the picture is waited for
        answer.put(error)
