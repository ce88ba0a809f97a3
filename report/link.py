"""The address that opens the same view: the parameters of the app's frame, with the period written out.

The app's own list of them stands in ui.state, which needs Streamlit; a test holds the two together.
"""

import os
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from data.errors import UserError
from metrics.query.filter_values import joined, parts
from metrics.query.query import Query

VERSION = "1"
FILTERS = {"ch": "touch_channel", "dv": "device", "sg": "segment", "rg": "region"}
CUSTOMERS = ("customer", "true")
COMPARED = {"previous": "the weeks before", "year": "same weeks last year", None: "nothing"}
NOTHING = "none"  # xb=none: one number, no breakdown
LOOPBACK = ("127.", "localhost", "[::1]", "::1", "0.0.0.0")
PAGES = {"throughline": "journey", "ledger": "journey", "pair": "stage"}


@dataclass(frozen=True)
class View:
    """What an address opens: page, the frame's part of the query, and the metric and breakdown the page is set to."""

    page: str
    query: Query


def public(address: str) -> str:
    """The address as a document may print it: nothing for that of one's own machine, which opens nowhere else."""
    return "" if urlsplit(address).netloc.rpartition("@")[2].lower().startswith(LOOPBACK) else address.rstrip("/")


def company_address() -> str:
    """Where the company's app is open to its people (THROUGHLINE_ADDRESS), if it says so."""
    return public(os.environ.get("THROUGHLINE_ADDRESS", ""))


def link_to(query: Query, form: str, address: str = "") -> str:
    """The address of a resolved query's view; `address` is where the app runs. Without one, or on one's own machine, it is relative."""
    page = PAGES.get(form, "explore")
    return f"{public(address)}/{page}?{urlencode([*_frame(query), *_page(query, page)])}"


def lost(query: Query) -> list[str]:
    """Filters the frame has no control for: the small print names them, because the link cannot carry them."""
    return [name for name, value in query.filters if name not in FILTERS.values() and (name, value) != CUSTOMERS]


def _frame(query: Query) -> list[tuple[str, str]]:
    period = (
        [("p", "dates"), ("from", query.start.isoformat()), ("to", query.end.isoformat())]
        if query.start
        else [("p", "all data")]
    )
    keys = {name: key for key, name in FILTERS.items()}
    filters = [(keys[name], part) for name, value in query.filters if name in keys for part in parts(value)]
    people = [("w", "Customers")] if CUSTOMERS in query.filters else []
    journey = [("j", query.journey)] if query.journey else []
    return [
        ("v", VERSION),
        *journey,
        *(("s", stage) for stage in query.stages),
        *period,
        ("c", COMPARED[query.compare]),
        *filters,
        *people,
    ]


def _page(query: Query, page: str) -> list[tuple[str, str]]:
    if page == "stage":
        return [("at", stage) for stage in query.stages[:1]]
    if page == "journey":
        return []
    return [*(("xm", metric) for metric in query.metrics), *(("xb", name) for name in query.by or (NOTHING,))]


def view_of(link: str) -> View:
    """What a link opens. Raises UserError for an address this version did not write."""
    parts = urlsplit(link)
    found = parse_qs(parts.query)
    if found.get("v") != [VERSION]:
        raise UserError(
            "this link is of another version", where="link", found=found.get("v", ["none"])[0], allowed=VERSION
        )
    filters = [(name, joined(found[key])) for key, name in FILTERS.items() if key in found]
    filters += [CUSTOMERS] if found.get("w") == ["Customers"] else []
    said = {words: name for name, words in COMPARED.items()}
    query = Query(
        tuple(found.get("xm", ())),
        found.get("j", [None])[0],
        tuple(found.get("s", ())),
        _day(found, "from"),
        _day(found, "to"),
        said.get(found.get("c", [COMPARED[None]])[0]),
        tuple(filters),
        tuple(name for name in found.get("xb", ()) if name != NOTHING),
    )
    return View(parts.path.rsplit("/", 1)[-1], query)


def _day(found: dict[str, list[str]], key: str) -> date | None:
    if key not in found:
        return None
    try:
        return date.fromisoformat(found[key][0])
    except ValueError:
        raise UserError(
            "this is no date", where=f"link, {key}", found=found[key][0], fix="Write it as 2026-03-31"
        ) from None
