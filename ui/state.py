"""What is being looked at: a handful of widgets bound to the URL, read back as one Query.

A shared link holds the resolved period, so that it means the same tomorrow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

import streamlit as st

from metrics.context import Context
from metrics.query import Query
from ui import words

VERSION = "1"
PERIODS = {"13w": "Last 13 whole weeks", "4w": "Last 4 whole weeks", "26w": "Last 26 whole weeks", "52w": "Last 52 whole weeks",
           "all": "All data", "dates": "Dates …"}
COMPARISONS = {"previous": "The weeks before", "year": "Same weeks last year", "none": "Nothing"}
FILTERS = {"ch": ("touch_channel", "Touch channel"), "dv": ("device", "Device"), "sg": ("segment", "Segment"), "rg": ("region", "Region")}
KEYS = ("v", "j", "s", "p", "from", "to", "c", *FILTERS, "w")
WEEKS = {"4w": 4, "13w": 13, "26w": 26, "52w": 52}


@dataclass(frozen=True)
class Frame:
    """The frame as set: `query` without metrics or breakdown, and its account in words."""

    query: Query
    before: tuple[date, date] | None
    filters: tuple[str, ...]
    params: tuple[tuple[str, str], ...]

    def link(self, page: str, **more: str) -> str:
        """A relative address of a page with the same frame."""
        text = urlencode([*self.params, *more.items()])
        return page + ("?" + text if text else "")

    def share(self) -> str:
        """The query string that means the same on any later day."""
        kept = [(key, value) for key, value in self.params if key not in ("p", "from", "to", "v")]
        period = [("p", "dates"), ("from", self.query.start.isoformat()), ("to", self.query.end.isoformat())] if self.query.start else []
        return urlencode([("v", VERSION), *period, *kept])


def last_whole_day(known: Context) -> date:
    """The last day of the last complete week of the company."""
    last = known.last_day
    into = (last.weekday() - known.first_weekday) % 7
    return last if into == 6 else last - timedelta(days=into + 1)


def period(known: Context, preset: str, start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """First and last day of a preset; all data where there is less than a week of it."""
    if known.last_day is None:
        return None, None
    if preset == "dates" and start and end and start <= end:
        return start, end
    if preset == "all" or preset not in WEEKS:
        return known.first_day, known.last_day
    until = last_whole_day(known)
    since = until - timedelta(days=7 * WEEKS[preset] - 1)
    if until < known.first_day:
        return known.first_day, known.last_day
    return max(since, known.first_day), until


def default_preset(known: Context) -> str:
    """A quarter where there is another to compare it with, else all there is: longer spans compare across seasons."""
    if known.first_day is None:
        return "all"
    return "13w" if (known.last_day - known.first_day).days >= 26 * 7 else "all"


def read(known: Context) -> Frame:
    """The frame from the widgets' state, which Streamlit keeps in the URL."""
    return frame_of(st.session_state, known, tuple(_params()))


def frame_of(state: Mapping, known: Context, params: tuple[tuple[str, str], ...] = ()) -> Frame:
    """The frame a state means; an empty one means the defaults."""
    journey = state.get("j") if state.get("j") in known.journeys else known.journeys[0]
    stages = tuple(s for s in state.get("s") or () if s in known.stages[journey])
    preset = state.get("p") or default_preset(known)
    start, end = period(known, preset, _date(state.get("from")), _date(state.get("to")))
    compare = {"none": None}.get(state.get("c"), state.get("c") or "previous")
    before = _before(start, end, compare, known)
    filters = [(name, ",".join(state[key])) for key, (name, _) in FILTERS.items() if state.get(key)]
    if state.get("w") == "Customers":
        filters.append(("customer", "true"))
    query = Query((), journey, stages, start, end, compare if before else None, tuple(filters))
    said = [words.listed(list(stages)) if stages else "all stages"]
    said += [words.listed(value.split(",")) if name != "customer" else "customers" for name, value in filters]
    return Frame(query, before, tuple(said), params)


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _before(start: date | None, end: date | None, compare: str | None, known: Context) -> tuple[date, date] | None:
    """The compared period, where the data reaches back that far."""
    if not (compare and start and end):
        return None
    shift = timedelta(days=364 if compare == "year" else (end - start).days + 1)
    return (start - shift, end - shift) if start - shift >= known.first_day else None


def _params() -> list[tuple[str, str]]:
    """The frame's part of the URL as it stands."""
    return [(key, value) for key in KEYS if key in st.query_params for value in st.query_params.get_all(key)]
