"""A question as an address and back: the one codec that pages, files, digest, terminal and baskets use.

What an address holds is a promise, for people keep links: its keys and words stay, whatever widgets are called. A question's viewer and
their rights never travel; nor does what is resolved anew wherever it is opened (`shift`, `level`). A page of its own metrics
(journey, stage) opens with the rest of the question.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from data.errors import UserError
from metrics.query.filter_values import joined, parts
from metrics.query.query import Query

VERSION = "1"
FILTERS = {"ch": "touch_channel", "dv": "device", "sg": "segment", "rg": "region"}
OTHER = "f"  # every other filter: f=country:DE
SIDES = "vs"  # two values of a dimension set side by side: vs=device:mobile&vs=device:desktop
CUSTOMERS = ("customer", "true")
PEOPLE, ONLY_CUSTOMERS = "w", "Customers"
DATES, ALL = "dates", "all data"
COMPARED = {"previous": "the weeks before", "year": "same weeks last year", None: "nothing"}
NOTHING = "none"  # xb=none: one number, no breakdown; xm=none: no metric chosen
LOOPBACK = ("127.", "localhost", "[::1]", "::1", "0.0.0.0")
# form → page; of every other form Explore
PAGES = {
    "throughline": "journey",
    "ledger": "journey",
    "pair": "stage",
    **dict.fromkeys(("experiments", "experiment_outcomes"), "experiments"),
    **dict.fromkeys(
        ("second_purchase", "repurchase_windows", "tenure", "nps_moves", "between_answers", "after_unhappy"),
        "relationship",
    ),
    **dict.fromkeys(("initiatives", "change_points", "mix_and_rate", "research_notes"), "changes"),
    **dict.fromkeys(("after_friction", "first_reply", "reply_and_relationship", "reasons_of_contact"), "support"),
    **{
        f"{part}_{outcome}": "drivers"
        for part in ("drivers", "dose", "ends")
        for outcome in ("experience_score", "relationship_score", "repeat_purchase")
    },
    **dict.fromkeys(("who_answers", "survey_load", "ask_next"), "silent"),
    **dict.fromkeys(("topics", "complaint_box"), "voice"),
    **dict.fromkeys(("promises_kept", "expectations_met"), "promises"),
    "next_euro": "portfolio",
    "side_by_side": "journey",
    **dict.fromkeys(("walk", "plain_count", "other_readings"), "reconcile"),
}
EXPLORE = "explore"
WITH_SIDES = ("journey", "stage")  # pages that set two sides beside each other
OF_ONE_METRIC = "reconcile"  # the page that is about one metric: metric=ID
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class View:
    """What an address opens: the page, and the question as far as the page takes it."""

    page: str
    query: Query


def public(address: str) -> str:
    """The address as a document may print it: nothing for that of one's own machine, which opens nowhere else."""
    return "" if urlsplit(address).netloc.rpartition("@")[2].lower().startswith(LOOPBACK) else address.rstrip("/")


def company_address() -> str:
    """Where the company's app is open to its people (THROUGHLINE_ADDRESS), if it says so."""
    return public(os.environ.get("THROUGHLINE_ADDRESS", ""))


def link_to(query: Query, form: str, address: str = "") -> str:
    """The address of the page that shows a card of this form; `address` is where the app runs. Without one, or on one's own machine, it is relative."""
    return f"{public(address)}/{encode(View(PAGES.get(form, EXPLORE), query))}"


def encode(view: View) -> str:
    """A view as `page?parameters`; decode reads the same again."""
    shown = view.query
    if view.page in WITH_SIDES and (two := two_sides(shown)):  # the page itself is not narrowed to the two
        shown = replace(shown, filters=tuple(one for one in shown.filters if one[0] != two[0]))
    return f"{view.page}?{urlencode([*frame(shown), *own(view)])}"


def frame(query: Query) -> Pairs:
    """The parameters every page shares: version, journey, stages, period, comparison, filters."""
    return [
        ("v", VERSION),
        *([("j", query.journey)] if query.journey else []),
        *(("s", stage) for stage in query.stages),
        *period(query.start, query.end),
        ("c", COMPARED[query.compare]),
        *(pair for name, value in query.filters for pair in filter_pairs(name, value)),
    ]


def period(start: date | None, end: date | None) -> Pairs:
    """A period written out, so that it means the same on any later day."""
    days = [(key, day.isoformat()) for key, day in (("from", start), ("to", end)) if day]
    return [("p", DATES if days else ALL), *days]


def filter_pairs(name: str, value: str) -> Pairs:
    """One filter, a parameter for each of its values."""
    if (name, value) == CUSTOMERS:
        return [(PEOPLE, ONLY_CUSTOMERS)]
    key = next((key for key, dimension in FILTERS.items() if dimension == name), None)
    return [(key, part) if key else (OTHER, other(name, part)) for part in parts(value)]


def other(name: str, part: str) -> str:
    """A filter without a key of its own: country:DE."""
    return f"{quote(name, safe='')}:{part}"


def filters(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The filters among parameters (key, value), in the order they are first met, the values of one as metrics.query.filter_values joins them."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if key in FILTERS:
            found.setdefault(FILTERS[key], []).append(value)
        elif key == OTHER and ":" in value:
            name, _, part = value.partition(":")
            found.setdefault(unquote(name), []).append(part)
        elif (key, value) == (PEOPLE, ONLY_CUSTOMERS):
            found[CUSTOMERS[0]] = [CUSTOMERS[1]]
    return tuple((name, joined(values)) for name, values in found.items())


def own(view: View) -> Pairs:
    """The page's own parameters: Explore's metrics and breakdown, the stage of Stage."""
    if view.page == EXPLORE:
        return cut(view.query.metrics, view.query.by)
    if view.page == OF_ONE_METRIC:
        return [("metric", metric) for metric in view.query.metrics[:1]]
    at = [("at", stage) for stage in view.query.stages[:1]] if view.page == "stage" else []
    two = two_sides(view.query) if view.page in WITH_SIDES else None
    return [*at, *side_pairs(*two)] if two else at


def two_sides(query: Query) -> tuple[str, tuple[str, str]] | None:
    """The dimension a question sets side by side and the two values, None where it sets none: its one breakdown, filtered to just these."""
    found = next((parts(value) for name, value in query.filters if query.by == (name,)), [])
    return (query.by[0], (found[0], found[1])) if len(found) == 2 else None


def side_pairs(name: str, two: tuple[str, str]) -> Pairs:
    """Two values of a dimension as parameters."""
    return [(SIDES, other(name, value)) for value in two]


def sides(pairs: Iterable[tuple[str, str]]) -> tuple[str, tuple[str, str]] | None:
    """The two values of one dimension among parameters, None where there are not just two."""
    found = [(unquote(name), value) for key, text in pairs if key == SIDES for name, _, value in [text.partition(":")]]
    if len(found) != 2 or found[0][0] != found[1][0] or not all(value for _, value in found):
        return None
    return found[0][0], (found[0][1], found[1][1])


def cut(metrics: Sequence[str], by: Sequence[str]) -> Pairs:
    """Metrics and breakdown of Explore; none of either is said, for nothing means the page's default."""
    return [*(("xm", metric) for metric in metrics or (NOTHING,)), *(("xb", name) for name in by or (NOTHING,))]


def decode(address: str) -> View:
    """What an address opens. Raises UserError for one this version did not write."""
    where = urlsplit(address)
    pairs = parse_qsl(where.query, keep_blank_values=True)
    if (version := _one(pairs, "v")) != VERSION:
        raise UserError("this link is of another version", where="link", found=version or "none", allowed=VERSION)
    said = {text: name for name, text in COMPARED.items()}
    query = Query(
        _several(pairs, "xm") or _several(pairs, "metric"),
        _one(pairs, "j"),
        tuple(value for key, value in pairs if key == "s"),
        _day(pairs, "from"),
        _day(pairs, "to"),
        said.get(_one(pairs, "c") or ""),
        filters(pairs),
        _several(pairs, "xb"),
    )
    if two := sides(pairs):
        rest = tuple(one for one in query.filters if one[0] != two[0])
        query = replace(query, by=(two[0],), filters=(*rest, (two[0], joined(two[1]))))
    return View(where.path.rsplit("/", 1)[-1], query)


def _one(pairs: Pairs, key: str) -> str | None:
    return next((value for name, value in pairs if name == key), None)


def _several(pairs: Pairs, key: str) -> tuple[str, ...]:
    return tuple(value for name, value in pairs if name == key and value != NOTHING)


def _day(pairs: Pairs, key: str) -> date | None:
    return None if (text := _one(pairs, key)) is None else day_of(text, where=f"link, {key}")


def day_of(text: object, **where: str) -> date:
    """A day as 2026-03-31. Raises UserError, which says `where`."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise UserError("this is no date", **where, found=text, fix="Write it as 2026-03-31") from None
