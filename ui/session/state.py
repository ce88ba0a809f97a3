"""What is being looked at: a handful of widgets bound to the URL, read back as one Query.

A shared link holds the resolved period, so that it means the same tomorrow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from metrics.catalogue.dimensions import DIMENSIONS
from metrics.query import holiday_dates
from metrics.query import period as periods
from metrics.query.context import Context
from metrics.query.filter_values import parts
from metrics.query.query import Query
from metrics.query.resolve import other_period
from report import address
from report.address import ALL, DATES
from report.text.catalogue import say
from report.words import words

# What the widgets show is what the URL holds, so these words are part of every shared link: keep them.
WEEKS = {"13 weeks": 13, "4 weeks": 4, "26 weeks": 26, "52 weeks": 52}
PERIODS = (*WEEKS, ALL, DATES)
BEFORE, YEAR = address.COMPARED["previous"], address.COMPARED["year"]
COMPARISONS = {said: name for name, said in address.COMPARED.items()}
LABELS = {
    "touch_channel": say("ui.state.touch_channel"),
    "device": say("ui.state.device"),
    "segment": say("ui.state.segment"),
    "region": say("ui.state.region"),
}
FILTERS = {key: (name, LABELS[name]) for key, name in address.FILTERS.items()}
KEYS = ("v", "j", "s", "p", "from", "to", "c", *FILTERS, address.OTHER, address.PEOPLE)
PUT = "_put"  # the widgets this run has set
PAGE_KEYS = (
    "at",
    "cs",
    "mu",
    "mc",
    "mr",
    "metric",
    "vs",
    "m",
    "q",
    "as",
    "xm",
    "xb",
    "xf",
    "xs",
    "bs",
    "br",
    "bh",
    "bm",
    "bt",
    "be",
    "bn",
    "bo",
    "by",
    "ba",
    "vt",
    "vf",
    "vw",
    "vq",
    "vp",
    "vo",
    "fo",
    "fq",
    "fp",
    "po",
    "vs",
    "bx",
    "bf",
    "bd",
    "bu",
    "bk",
    "bl",
)  # a page's own; whose path is open is never shared


def base_of(url: str) -> str:
    """The address of the app from that of one of its pages; nothing from none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}" if parts.netloc else ""


@dataclass(frozen=True)
class Frame:
    """The frame as set: `query` without metrics or breakdown, and its account in words."""

    query: Query
    before: tuple[date, date] | None
    filters: tuple[str, ...]
    params: tuple[tuple[str, str], ...]

    def link(self, page: str, **more: str | Sequence[str]) -> str:
        """A relative address of a page with the same frame."""
        text = urlencode([*self.params, *more.items()], doseq=True)
        return page + ("?" + text if text else "")

    def address(self) -> str:
        """Where this app is open, for links that leave it."""
        return base_of(st.context.url or "")

    def share(self, page: Sequence[tuple[str, str]] = ()) -> str:
        """The query string that means the same on any later day; `page` is the open page's own part."""
        kept = [(key, value) for key, value in self.params if key not in ("p", "from", "to", "v")]
        return urlencode([("v", address.VERSION), *address.period(self.query.start, self.query.end), *kept, *page])


def period(known: Context, preset: str, start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """First and last day of a preset; nothing for all data, undated rows included (metrics.period)."""
    if known.last_day is None:
        return periods.EVERYTHING
    if preset == DATES and start and end and start <= end:
        return start, end
    preset = default_preset(known) if preset == DATES else preset  # dates still to be picked
    if preset not in WEEKS:
        return periods.EVERYTHING
    return periods.last_weeks(WEEKS[preset], known.first_day, known.last_day, known.first_weekday)


def default_preset(known: Context) -> str:
    """The preset that is the default period of every reader (metrics.period)."""
    return ALL if periods.default(known) == periods.EVERYTHING else f"{periods.WEEKS} weeks"


def default_comparison(known: Context) -> str:
    """The comparison that is the default of every reader (metrics.period)."""
    return next(name for name, compare in COMPARISONS.items() if compare == periods.comparison(known))


def read(known: Context) -> Frame:
    """The frame from the widgets' state, which Streamlit keeps in the URL."""
    return frame_of(st.session_state, known, tuple(_params()))


def keep_in_url(known: Context) -> None:
    """A change of page by the menu drops the bound parameters from the address, not from the widgets: setting a widget's
    value anew, before it is drawn, writes it there again. What rests at its default stays out of the address."""
    usual = resting(known)
    for key in KEYS:
        if key in st.session_state and key not in st.query_params and st.session_state[key] != usual.get(key):
            put(key, st.session_state[key])


def put(key: str, value: object) -> None:
    """Set a widget's value before it is drawn; one set so must be drawn without a default."""
    st.session_state[key] = value
    st.session_state.setdefault(PUT, set()).add(key)


def was_put(key: str) -> bool:
    """Whether this run has set the widget itself; asked once, when it is drawn."""
    keys = st.session_state.get(PUT, set())
    found = key in keys
    keys.discard(key)
    return found


def resting(known: Context) -> dict[str, object]:
    """Each widget's value where nothing is filtered."""
    found: dict[str, object] = {
        "s": [],
        "p": default_preset(known),
        "c": default_comparison(known),
        address.PEOPLE: "Everyone",
    } | {key: [] for key in (*FILTERS, address.OTHER)}
    return found | ({"j": known.journeys[0]} if len(known.journeys) > 1 else {})


def frame_of(state: Mapping, known: Context, params: tuple[tuple[str, str], ...] = ()) -> Frame:
    """The frame a state means; an empty one means the defaults."""
    journey = state.get("j") if state.get("j") in known.journeys else known.journeys[0]
    stages = tuple(s for s in state.get("s") or () if s in known.stages[journey])
    preset = state.get("p") or default_preset(known)
    start, end = period(known, preset, _date(state.get("from")), _date(state.get("to")))
    compare = COMPARISONS.get(state.get("c"), periods.comparison(known))
    filters = address.filters(_set(state))
    query = Query((), journey, stages, start, end, compare if start and end else None, filters)
    if query.compare == "year":
        query = replace(query, shift=holiday_dates.year_before(known.holidays, start, end))
    before = other_period(query) if query.compare else None
    if before and before[0] < known.first_day:  # the data do not reach back so far
        query, before = replace(query, compare=None, shift=None), None
    said = [words.listed(list(stages)) if stages else say("ui.state.all_stages")]
    said += [_filtered(name, value) for name, value in filters]
    return Frame(query, before, tuple(said), params)


def _set(state: Mapping) -> list[tuple[str, str]]:
    """The filters that are set, as parameters; one that names no dimension is left out."""
    keys = (*FILTERS, address.OTHER)
    found = [(key, value) for key in keys for value in state.get(key) or () if key in FILTERS or _known(value)]
    return [*found, (address.PEOPLE, state.get(address.PEOPLE))]


def _known(value: str) -> bool:
    ((name, _),) = address.filters([(address.OTHER, value)]) or (("", ""),)
    return name in DIMENSIONS and name not in ("journey", "stage")


def _filtered(name: str, value: str) -> str:
    """A filter in the frame's account; of those without a control what they are of, too."""
    if (name, value) == address.CUSTOMERS:
        return "customers"
    said = words.listed(parts(value))
    return said if name in LABELS else f"{DIMENSIONS.get(name, name)} {said}"


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None


def page_params() -> list[tuple[str, str]]:
    """The open page's own part of the URL: which stage, which metric, which cut."""
    return [(key, value) for key in PAGE_KEYS if key in st.query_params for value in st.query_params.get_all(key)]


def _params() -> list[tuple[str, str]]:
    """The frame's part of the URL as it stands."""
    return [(key, value) for key in KEYS if key in st.query_params for value in st.query_params.get_all(key)]
