"""The one way from a page to numbers: a cached run of a Query on the current generation. No Streamlit: it warms up alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import duckdb

from data.doctor import examine
from data.errors import UserError
from data.store.generations import Generation, Store
from data.store.names import store_path
from data.store.sound import Damaged
from metrics.analyses import lists
from metrics.analyses.case.case import Case, case_of
from metrics.analyses.case.worth import Worth, worth
from metrics.analyses.cells_vs_rest import sides_of_rest
from metrics.analyses.channels import ChannelComparison, compare_channels
from metrics.analyses.control_limits import Normal, normal_ranges
from metrics.analyses.lists import Listed
from metrics.analyses.outcome_matrix import PairCounts, pair_of
from metrics.analyses.stage_scores import Position, positions
from metrics.compute.run import run
from metrics.query import context
from metrics.query.context import Context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query, Rights
from metrics.query.result import Result
from metrics.rules.access import viewed
from report.text.catalogue import say
from ui.session.memoize import once


@cache
def store() -> Store:
    """The store this process serves."""
    return Store(store_path())


_SEEN: ContextVar[Rights | None] = ContextVar("seen by", default=None)
_HELD: ContextVar[Generation | None] = ContextVar("held", default=None)
_by: list[Callable[[], Rights]] = []


def answered_by(rights: Callable[[], Rights]) -> None:
    """Who says by which rights a session is answered."""
    _by[:] = [rights]


@contextmanager
def seen_by(rights: Rights = Rights()) -> Iterator[None]:
    """Within it questions are answered by these rights, without any by those of who has the store itself: for what no session asks."""
    before, held = _SEEN.set(rights), _HELD.set(None)
    try:
        yield
    finally:
        _HELD.reset(held)
        _SEEN.reset(before)


@contextmanager
def held(seen: Generation) -> Iterator[None]:
    """Within it every question is answered from this one generation: for an answer made of several questions that is kept under its key."""
    before = _HELD.set(seen)
    try:
        yield
    finally:
        _HELD.reset(before)


def generation() -> Generation:
    """The generation that is current now, as whoever looks may see it; a rerun after a publish sees the new one."""
    if found := _HELD.get():
        return found
    rights = _SEEN.get()
    if rights is None:
        rights = _by[0]() if _by else Rights(grants=())
    return viewed(store().generation(), rights)


def health() -> tuple[str, int]:
    """What a load balancer is told: "ok"; "degraded: …" where what serves is not the newest state or not whole, also 200 since
    a restart would mend nothing; or that nothing can be served, 503. Names no file or folder."""
    try:
        found = store().generation()
        found.cursor().execute("select 1").fetchall()
    except Damaged:
        return say("ui.source.nothing_of_the_store_can_be"), 503
    except (UserError, duckdb.Error):
        return "no store", 503
    return (say("ui.source.degraded", trouble=found.trouble) if found.trouble else "ok"), 200


def distrust(error: BaseException) -> bool:
    """Whether an error came of a damaged store, and another state of the data serves from now on."""
    return store().distrust(error)


def known() -> Context:
    """Journeys, columns and signals of the current generation."""
    return context.read(generation())


def ask(query: Query) -> Result:
    """The answer, computed once a generation. Results are never changed by whoever reads them."""
    return _ask(query, generation())


@once(1024)
def _ask(query: Query, seen: Generation) -> Result:
    return run(query, seen)


def ask_positions(query: Query) -> list[Position]:
    """The stages' positions, computed once a generation."""
    return _ask_positions(query, generation())


@once(128)
def _ask_positions(query: Query, seen: Generation) -> list[Position]:
    return positions(query, seen)


def ask_pair(query: Query) -> dict[str, PairCounts]:
    """The pair's counts by stage, computed once a generation."""
    return _ask_pair(query, generation())


@once(128)
def _ask_pair(query: Query, seen: Generation) -> dict[str, PairCounts]:
    return pair_of(query, seen)


def ask_channels(query: Query) -> ChannelComparison:
    """The touch channels of one metric and stage at the same task, computed once a generation."""
    return _ask_channels(query, generation())


@once(256)
def _ask_channels(query: Query, seen: Generation) -> ChannelComparison:
    return compare_channels(query, seen)


def ask_worth(spec: dict[str, Any], journey: str) -> tuple[Worth | None, str]:
    """What a case is worth, computed once a generation, or why it cannot be worked out."""
    try:
        return _ask_worth(case_of({"journey": journey} | spec), generation()), ""
    except UserError as error:
        return None, str(error)


@once(256)
def _ask_worth(case: Case, seen: Generation) -> Worth:
    return worth(case, seen)


def ask_standing(query: Query) -> dict[tuple, str] | None:
    """Which cells of a breakdown surely differ from the rest of it, computed once a generation."""
    return _ask_standing(query, generation())


@once(256)
def _ask_standing(query: Query, seen: Generation) -> dict[tuple, str] | None:
    return sides_of_rest(query, seen)


def account(journey: str) -> dict:
    """What `python -m data doctor` says of the current generation."""
    return examine(generation(), journey)


def rows(name: str, parameters: dict | None = None, part: str | None = None) -> list[dict]:
    """The rows of a query in metrics/sql, by name: for the account of sources, annotations and the like."""
    return _ask_rows(name, tuple(sorted((parameters or {}).items())), part, generation())


@once(512)
def _ask_rows(name: str, parameters: tuple, part: str | None, seen: Generation) -> list[dict]:
    return ask_rows(seen, name, dict(parameters), part)


def listed(name: str, query: Query) -> Listed:
    """A list of metrics.lists, computed once a generation."""
    return _listed(name, query, generation())


@once(256)
def _listed(name: str, query: Query, seen: Generation) -> Listed:
    return lists.listed(name, query, seen)


def normal(query: Query) -> dict[str, Normal]:
    """The normal week-to-week range of each metric of a query, computed once a generation."""
    return _normal(query, generation())


@once(256)
def _normal(query: Query, seen: Generation) -> dict[str, Normal]:
    return normal_ranges(query, seen)
