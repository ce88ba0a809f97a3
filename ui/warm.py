"""The first visitor need not wait: the default views are asked once when the server starts, and again when a build is published."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from data.errors import UserError
from report import placement
from report.findings import without_visits
from ui.session import source, state, viewer
from ui.views import causes, channels, overview, promises
from ui.views.voice import asked as voice

LOOK = 20  # seconds between two looks for a new generation
BREATH = 4  # seconds in which the first visitor's page has the machine for itself


def tiles() -> tuple[str, ...]:
    """The metrics of the Overview's tiles; without visits those of the help as well."""
    return (
        placement.shown("tiles")
        if without_visits.seen(source.known())
        else (*placement.shown("tiles"), *placement.shown("tiles_without_visits"))
    )


def start() -> None:
    """Ask in the background; whoever comes first waits for these answers, not for their own."""
    threading.Thread(target=_follow, daemon=True, name="warm").start()


def _follow() -> None:
    warmed = None
    while True:
        if (name := _generation()) != warmed:
            warmed = name
            if name:
                _warm()
        time.sleep(LOOK)


def _generation() -> str | None:
    try:
        return source.store().generation().name
    except UserError:
        return None  # there is no store yet; the page says so


def _warm() -> None:
    """What changed beside the rest of the Overview; then the causes, then the Journey."""
    beside = [
        threading.Thread(target=_quietly, args=(ask,), daemon=True, name="warm")
        for ask in (_changes, _overview, _imports)
    ]
    for thread in beside:
        thread.start()
    for thread in beside:
        thread.join()
    _quietly(_causes)
    time.sleep(BREATH)
    _quietly(_journey)
    _quietly(_promises)
    _quietly(_voice)


def _quietly(ask: Callable[[state.Frame], None]) -> None:
    try:
        with source.seen_by(viewer.usual()):
            ask(state.frame_of({}, source.known()))
    except UserError:
        return


def _changes(frame: state.Frame) -> None:
    overview.moved(frame)


def _overview(frame: state.Frame) -> None:
    source.ask(replace(frame.query, metrics=tiles(), by=()))
    overview.weekly(frame, tiles(), by=())
    overview.places(frame)
    overview.ledger(frame, overview.small())


def _causes(frame: state.Frame) -> None:
    """What goes with unhappiness, stage by stage: the worst stage first, since the Overview's first sentence needs it."""
    order = sorted(overview.places(frame), key=lambda place: not place.works)
    for place in order:
        causes.asked(frame, place.stage)


def _promises(frame: state.Frame) -> None:
    promises.answer(frame)
    for metric in placement.shown("promises"):
        source.ask(promises.monthly(frame, metric, ("promise",)))


def _voice(frame: state.Frame) -> None:
    voice.TOPICS.asked(voice.question(frame))
    voice.box(frame)


def _imports(frame: state.Frame) -> None:
    """What the first chart would import."""
    import plotly.graph_objects  # noqa: F401


def _journey(frame: state.Frame) -> None:
    channels.telling(frame, overview.ledger(frame, overview.full()).stages)
