"""Step five: build with progress, then the filled Overview; and the way back to the simulated company."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from data import own
from data.errors import UserError
from data.store.generations import current_name
from data.store.names import store_path
from report.text.catalogue import say
from ui.session import source, viewer
from ui.session.serving import ROOT
from ui.views.own import state

OVERVIEW = ROOT / "pages" / "overview.py"
_ONE = threading.Lock()


def build(sources: Path, status) -> dict:
    """Run `python -m data build`, telling each step; returns its last line. A build that fails leaves what was there serving."""
    words = [
        sys.executable,
        "-m",
        "data",
        "build",
        "--sources",
        str(sources.absolute()),
        "--store",
        str(store_path().absolute()),
        "--by",
        viewer.email() or viewer.current().name,
        "--format",
        "json",
    ]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        last = ""
        for line in process.stderr:
            last = line.strip()
            status.update(label=last[:160])
        printed = process.stdout.read().strip().splitlines()
    try:
        return json.loads(printed[-1])
    except (IndexError, ValueError):
        return {"generation": None, "problems": [last.removeprefix("error: ")], "failed_checks": [], "questions": []}


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else builds from the browser meanwhile: two at once would build from one another's files, and a build taken back would
    hand one's files to the other. Said where somebody does."""
    free = _ONE.acquire(blocking=False)
    if not free:
        st.error(say("ui.building.somebody_else_builds"))
    try:
        yield free
    finally:
        if free:
            _ONE.release()


@contextmanager
def adopted(store: Path, draft: Path) -> Iterator[tuple[Path, dict]]:
    """The draft as what the store is built from: its sources, and where the result is put. Taken back where no generation came of it, also where
    the page was left or ended in an error meanwhile."""
    sources, result = own.adopt(store, draft), {}
    try:
        yield sources, result
    finally:
        if not result.get("generation"):
            own.restore(store, draft)


def adopt_and_build() -> bool:
    """The draft becomes what the store is built from; where nothing is published it stays a draft."""
    with alone() as free:
        return free and _adopted_and_built()


def _adopted_and_built() -> bool:
    with st.status(say("ui.building.reading_your_files")) as status:
        with adopted(store_path(), state.folder()) as (sources, result):
            result |= build(sources, status)
        if not result["generation"]:
            status.update(label=say("ui.building.nothing_was_published_what_was_there"), state="error")
            st.error(
                " ".join([*result["problems"], *result["failed_checks"]]) or say("ui.building.no_record_was_loaded")
            )
            return False
        status.update(label=say("ui.building.your_data_is_here"), state="complete")
    return True


def simulated_now() -> bool:
    """Whether what is served is the simulated company, wherever its files lie."""
    try:
        return bool(current_name(store_path())) and source.known().simulated
    except UserError:  # a store that cannot be served: this page is the way out of it
        return False


def switch(sources: Path) -> bool:
    """Build from settings that are there already: back to the simulated company, or to one's own files."""
    with alone() as free:
        return free and _switched(sources)


def _switched(sources: Path) -> bool:
    with st.status(say("ui.building.building")) as status:
        if sources == own.simulated_sources(store_path()) and not sources.exists():
            status.update(label=say("ui.building.making_the_simulated_company"))
            subprocess.run(
                [sys.executable, "-m", "data", "demo", "--out", str(sources.parent.absolute())],
                cwd=ROOT,
                check=True,
                capture_output=True,
            )
        result = build(sources, status)
        status.update(
            label=say("ui.building.done") if result["generation"] else say("ui.building.nothing_was_published"),
            state="complete" if result["generation"] else "error",
        )
    return bool(result["generation"])
