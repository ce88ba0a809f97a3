"""The first visitor need not wait: the default Overview is asked once when the server starts."""

import threading

from data.errors import UserError
from ui import channels, gather, source, state

TILES = ("completion_rate", "contact_rate", "csat_t2b_5", "nps_relationship", "nps_transactional", "conversion_visit")


def start() -> None:
    """Ask in the background; whoever comes first simply asks the rest."""
    threading.Thread(target=_ask, daemon=True, name="warm").start()


def _ask() -> None:
    try:
        frame = state.frame_of({}, source.known())
        gather.ledger(frame, gather.SMALL)
        gather.weekly(frame, TILES, by=())
        ledger = gather.ledger(frame, gather.full())
        channels.telling(frame, ledger.stages)
    except UserError:
        return                          # there is no store yet; the page says so
