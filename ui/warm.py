"""The first visitor need not wait: the default Overview is asked once when the server starts."""

import threading
from collections.abc import Callable
from dataclasses import replace

from data.errors import UserError
from ui import channels, gather, source, state

TILES = ("completion_rate", "contact_rate", "csat_t2b_5", "nps_relationship", "nps_transactional", "conversion_visit")


def start() -> None:
    """Ask in the background, what changed beside the rest; whoever comes first waits for these answers, not for their own."""
    for ask in (_changes, _rest):
        threading.Thread(target=_quietly, args=(ask,), daemon=True, name="warm").start()


def _quietly(ask: Callable[[state.Frame], None]) -> None:
    try:
        ask(state.frame_of({}, source.known()))
    except UserError:
        return                          # there is no store yet; the page says so


def _changes(frame: state.Frame) -> None:
    gather.moved(frame)


def _rest(frame: state.Frame) -> None:
    source.ask(replace(frame.query, metrics=TILES, by=()))
    gather.weekly(frame, TILES, by=())
    gather.places(frame)
    gather.ledger(frame, gather.SMALL)
    channels.telling(frame, gather.ledger(frame, gather.full()).stages)
