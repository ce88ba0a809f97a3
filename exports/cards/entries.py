"""The small print every artefact carries, in one order: what is shown, of when, of how many, how sure, of which data, for whom, what to mind."""

from collections.abc import Iterable
from datetime import datetime

from report import numbers
from report.text.catalogue import say

Entries = tuple[tuple[str, str], ...]


def entries(
    shown: str,
    period: str,
    interval: str,
    as_of: datetime | None,
    privacy: str,
    link: str,
    *,
    n: str = "",
    metric: str = "",
    compared: str = "",
    read: str = "",
    beside: Iterable[str] = (),
    mind: Iterable[str] = (),
) -> Entries:
    """(name, text) in order; what is empty is left out."""
    found = [
        (say("exports.card.shown"), shown),
        (say("exports.card.period"), period),
        (say("exports.card.n"), n),
        (say("exports.card.interval"), interval),
        (say("exports.card.metric"), metric),
        (say("exports.card.data_as_of"), numbers.moment(as_of)),
        (say("exports.card.privacy"), privacy),
        (say("exports.card.compared"), compared),
        (say("exports.card.how_to_read"), read),
        *((say("exports.card.beside"), text) for text in beside),
        *((say("exports.card.mind"), text) for text in mind),
    ]
    return (*((name, text) for name, text in found if text), (say("exports.card.link"), link))
