"""Attacks on what is no sum of cells: what stands beside people's words, causes of periods that differ by a week, what a business case lets be
worked out by its targets. Each is also tried where every answer is protected by itself alone, which shows that it is an attack."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from benchmarks.attacks.lines import MODES, Line, Say
from data.errors import UserError
from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.analyses.case.case import Case, Removes
from metrics.analyses.case.removed import fits
from metrics.analyses.case.worth import worth
from metrics.analyses.causes.find import causes
from metrics.analyses.causes.quotes import quotes
from metrics.analyses.lists import listed
from metrics.analyses.voice.beside import BESIDE, EMPTY
from metrics.analyses.voice.comments import SENTIMENTS, SOURCES, Cut, comments
from metrics.catalogue.load import catalogue
from metrics.codes import ReasonCode
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import again, viewed
from metrics.rules.disclosure.edges import quarter
from metrics.rules.few_writers import beside, told_of
from metrics.rules.privacy import least_persons
from metrics.thresholds import VERBATIMS

CUTS = 12  # of one attack on words
ALL = 100_000
Found = tuple[bool, bool]  # computed exactly; left with too few
WHOLE, GROUP = Rights(see_persons=True), Rights(grants=(Grant(comments=True),))


def measure(generation: Generation, attacks: int, seed: int, say: Say) -> list[Line]:
    """So many attacks of each kind, each in both ways."""
    rng, found = np.random.default_rng(seed), []
    for kind, attack in KINDS.items():
        lines = {mode: Line(kind, mode) for mode in MODES}
        for _ in range(attacks):
            state = rng.bit_generator.state
            for mode, line in lines.items():
                rng.bit_generator.state = state  # the same questions in both ways
                exact, narrowed = attack(generation, mode, rng)
                line.tried, line.exact, line.narrowed = line.tried + 1, line.exact + exact, line.narrowed + narrowed
        found += lines.values()
        say(f"{kind}: {attacks}")
    return found


def words(generation: Generation, mode: str, rng: np.random.Generator) -> Found:
    """A dozen cuts of one quarter's texts by stage, source, sentiment and letters of texts seen, and each stage's list of words: what all of them
    together tell of where a text is from. Exact: a value that fewer than eight writers share; narrowed: also where what nothing is told of is left with
    fewer than eight."""
    known = context.read(generation)
    journey, stages = known.journeys[0], known.stages[known.journeys[0]]
    end = known.first_day + timedelta(days=int(rng.integers((known.last_day - known.first_day).days + 1)))
    start, end = quarter(end, generation)  # what a viewer of groups is shown, whatever day they name
    texts = comments(Query((), journey, start=start, end=end), Cut(each=ALL), viewed(generation, WHOLE)).rows
    told: dict[str, dict[str, Any]] = {name: {} for name in BESIDE}
    for number in range(CUTS):
        letters = str(rng.choice(str(rng.choice([row["comment"] for row in texts])).split())) if texts else ""
        stage = (str(rng.choice(stages)),) if rng.random() < 0.4 else ()
        source, felt = (_some(rng, values, 0.25) for values in (SOURCES, SENTIMENTS))
        search = letters if number and rng.random() < 0.6 else ""
        cut = Cut(None, felt, source, search, each=ALL)
        if not number:
            cut, stage = Cut(each=ALL), ()
        for row in _shown(Query((), journey, stage, start, end), cut, generation, mode):
            _note(told, row)
            if stage:
                told["stage"][row["comment"]] = stage[0]
            if cut.written_in:
                told["written_in"][row["comment"]] = cut.written_in
    for stage in stages:
        seen = viewed(generation, GROUP) if mode == GROUPS else generation
        for row in listed("words", Query((), journey, (stage,), start, end), seen).rows if mode == GROUPS else ():
            _note(told, row | {"stage": stage})
    return _few(texts, told)


def _some(rng: np.random.Generator, values: tuple[str, ...], often: float) -> str | None:
    return str(rng.choice(values)) if rng.random() < often else None


def _shown(query: Query, cut: Cut, generation: Generation, mode: str) -> list[dict[str, Any]]:
    """The rows of a cut as they are told: protected for a viewer of groups, or judged of this cut alone."""
    if mode == GROUPS:
        return list(comments(query, cut, viewed(generation, GROUP)).rows)
    found = comments(query, cut, viewed(generation, WHOLE))
    return beside(found.rows, told_of(found.rows, BESIDE, EMPTY), EMPTY) if found.writers >= VERBATIMS else []


def _note(told: dict[str, dict[str, Any]], row: dict[str, Any]) -> None:
    for name in BESIDE:
        if row.get(name) not in (None, EMPTY.get(name)):
            told[name][row["comment"]] = row[name]


def _few(texts: tuple[dict[str, Any], ...], told: dict[str, dict[str, Any]]) -> Found:
    """Whether a value few share is told, or few are left of whom none is."""
    exact = narrowed = False
    for name, values in told.items():
        writers: dict[Any, set[int]] = {}
        for row in texts:
            writers.setdefault(row[name], set()).add(row["writer"])
        exact |= any(len(writers.get(value, ())) < VERBATIMS for value in set(values.values()))
        left = [row for row in texts if row["comment"] not in values]
        if any(row[name] not in (None, EMPTY.get(name)) for row in left):
            narrowed |= bool(values) and len({row["writer"] for row in left}) < VERBATIMS
    return exact, exact or narrowed


def two_periods(generation: Generation, mode: str, rng: np.random.Generator) -> Found:
    """Causes of a stage and their quotes over two periods of which one is a week shorter at either end: told apart, the difference is that week's."""
    known = context.read(generation)
    journey = known.journeys[0]
    stage = str(rng.choice(known.stages[journey]))
    start, end = quarter(None, generation)
    week = timedelta(days=7 * int(rng.integers(1, 5)))
    other = (start + week, end) if rng.random() < 0.5 else (start, end - week)
    seen = viewed(generation, GROUP) if mode == GROUPS else generation
    one, two = (_causes(journey, stage, days, seen) for days in ((start, end), other))
    return False, one != two


def _causes(journey: str, stage: str, days: tuple[date, date], generation: Generation) -> tuple[Any, ...]:
    query = Query((), journey, (stage,), *days)
    made = causes(query, generation)
    return repr(made.causes), made.answers, made.persons, made.unhappy, made.refused, quotes(query, made, generation)


def targets(generation: Generation, mode: str, rng: np.random.Generator) -> Found:
    """A case by a metric and a target nobody can miss: its refusal says what the metric stands at, and what is missing for its routes. Exact: the
    value of fewer people than may be shown; narrowed: also how many of too few there are."""
    known = context.read(generation)
    journey = known.journeys[0]
    removes = list(Removes)[int(rng.integers(len(Removes)))]
    metrics = [one for one in catalogue().values() if one.unit == "rate" and fits(removes, one)]
    found = metrics[int(rng.integers(len(metrics)))]
    stage = str(rng.choice(known.stages[journey]))
    target = 0.0 if found.better == "higher" else 1.0
    seen = viewed(generation, GROUP) if mode == GROUPS else generation
    exact = narrowed = False
    for asked in (
        Case("a", stage, removes, journey, metric=found.id, target=target),
        Case("a", stage, removes, journey, 0.5),
    ):
        try:
            made = worth(asked, seen)
        except UserError:
            continue
        for _, reason in made.missing:
            narrowed |= reason.numbers.get("have", 0) % 5 > 0
            if reason.code is ReasonCode.CASE_AT_TARGET:
                query = Query((found.id,), journey, (stage,), made.period.start, made.period.end)
                (cell,) = run(query, again(seen, WHOLE)).cells or (None,)
                exact |= cell is not None and 0 < cell.persons < least_persons(found)
    return exact, exact or narrowed


KINDS: dict[str, Callable[[Generation, str, np.random.Generator], Found]] = {
    "what stands beside words": words,
    "causes of two periods": two_periods,
    "a case by its targets": targets,
}
