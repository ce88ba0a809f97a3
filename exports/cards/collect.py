"""Questions to cards: what is asked on the command line, and the deck a lead wants without asking."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from data.errors import UserError
from data.store.generations import Generation
from exports.cards.card import FORMS, Card, card_of
from metrics.analyses.change_family import SCANNED
from metrics.analyses.changes import Change, changes
from metrics.analyses.stage_scores import Position, level_query, standing_positions
from metrics.catalogue.dimensions import TIMES
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import reopened, resolve
from metrics.query.result import Result
from report import placement
from report.findings import without_visits
from report.text.catalogue import say

CHARTS = 10


def ask(query: Query, generation: Generation, form: str | None = None, address: str = "") -> Card:
    """One card; `query` may be unresolved. A throughline brings the stages' positions where the company has set lines, not of a stage where a cell behind it is withheld."""
    if any(name in TIMES for name in query.by):
        query = replace(resolve(query, context.read(generation)), compare=None)  # a point in time has no period before
    places = _places(query, generation) if form == "throughline" else ()
    if places:  # the numbers beside a position are those of its weeks
        query = level_query(resolve(query, context.read(generation)), context.read(generation))
    result = run(query, generation)
    return card_of(result, form, address, places, _moved(result, generation))


def _moved(result: Result, generation: Generation) -> list[Change]:
    """The verdicts a title may lean on: of a single compared number of the family."""
    asked = result.query
    alone = len(asked.metrics) == 1 and asked.metrics[0] in SCANNED and len(result.cells) == 1
    return changes(asked, generation) if alone and asked.compare else []


def _places(query: Query, generation: Generation) -> tuple[Position, ...]:
    """The positions where any stage has both scores, else none: the throughline then draws shares."""
    found = tuple(standing_positions(query, generation))
    return found if any(p.ux.value is not None and p.cx.value is not None for p in found) else ()


def cards_of(query: Query, generation: Generation, form: str | None = None, address: str = "") -> list[Card]:
    """The cards of a question: one a metric where a form draws one metric, one for all where it takes several."""
    if form is not None and form not in FORMS:
        raise UserError(
            say("exports.collect.there_is_no_such_form_of"), where="form", found=form, allowed=", ".join(FORMS)
        )
    together = form in ("throughline", "ledger", "pair")
    if together:
        return [ask(query, generation, form, address)]
    pair = tuple(m for m in query.metrics if m in catalogue() and catalogue()[m].measure.kind == "pair")
    rest = tuple(m for m in query.metrics if m not in pair or "stage" in query.by)
    cards = [ask(replace(query, metrics=(m,)), generation, form, address) for m in rest]
    alone = pair and "stage" not in query.by and not any(name in TIMES for name in query.by)
    return cards + ([ask(replace(query, metrics=pair), generation, form, address)] if alone else [])


def headline(query: Query, generation: Generation, address: str = "") -> list[Card]:
    """The throughline and the ten charts a lead would want; metrics nobody can answer give way to the next."""
    known = context.read(generation)
    query = resolve(query, known)
    if not without_visits.seen(known):
        return _without_visits(query, known, generation, address)
    cover = ask(
        replace(level_query(query, known), metrics=placement.shown("sides"), by=("stage",), compare=None),
        generation,
        "throughline",
        address,
    )
    return [cover, *_first(CHARTS, _wanted(query, known, generation, address))]


def _without_visits(query: Query, known: Context, generation: Generation, address: str) -> list[Card]:
    """Of a company without visits what there is: each metric of help and answers by stage, all of them in one table, then over time."""
    metrics = tuple(without_visits.metrics_of(replace(query, stages=(), compare=None), generation, most=CHARTS // 2))
    asked = [("stages", replace(query, metrics=(metric,), by=("stage",))) for metric in metrics]
    asked += [("ledger", replace(query, metrics=metrics, by=("stage",)))] if len(metrics) > 1 else []
    asked += [("trend", _over_time(query, metric, known)) for metric in metrics]
    return _first(CHARTS, (ask(one, generation, form, address) for form, one in asked))


def _wanted(query: Query, known: Context, generation: Generation, address: str) -> Iterable[Card]:
    """In order of use: the map of stages, stage by stage, who owns the fix, over time."""
    kept = replace(query, metrics=placement.shown("deck_ledger"), by=("stage",))
    yield _narrowed(ask(kept, generation, "ledger", address), generation, address)
    for metric in placement.shown("deck_stages")[:3]:
        yield ask(replace(query, metrics=(metric,), by=("stage",)), generation, "stages", address)
    for metric in placement.shown("deck_trends"):
        yield ask(_over_time(query, metric, known), generation, "trend", address)
    yield ask(replace(query, metrics=placement.shown("deck_pair"), by=(), compare=None), generation, "pair", address)
    for metric in placement.shown("deck_stages")[3:]:
        yield ask(replace(query, metrics=(metric,), by=("stage",)), generation, "stages", address)
    for metric in placement.shown("sides"):
        yield ask(replace(query, metrics=(metric,), by=("touch_channel",)), generation, "breakdown", address)


def _over_time(query: Query, metric: str, known: Context) -> Query:
    """Half a year of weeks for behaviour, a year of whole months for answers, up to the end of the period."""
    end = query.end or known.last_day
    if end is None:
        return replace(query, metrics=(metric,), by=("week",), compare=None)
    if catalogue()[metric].measure.survey and (months := _whole_months(end, known.first_day)):
        return reopened(query, metrics=(metric,), by=("month",), start=months[0], end=months[1], compare=None)
    start = max(known.first_day, end - timedelta(days=181))
    return reopened(query, metrics=(metric,), by=("week",), start=start, end=end, compare=None)


def _whole_months(end: date, first: date) -> tuple[date, date] | None:
    """Up to twelve whole months that the data covers, the last one over by `end`; None where there are fewer than three."""
    until = (end + timedelta(days=1)).replace(day=1)
    since = max(
        until.replace(year=until.year - 1),
        first if first.day == 1 else (first.replace(day=1) + timedelta(days=31)).replace(day=1),
    )
    return (since, until - timedelta(days=1)) if (until - since).days > 80 else None


def _narrowed(card: Card, generation: Generation, address: str) -> Card:
    """A ledger without the rows in which no stage has a number."""
    kept = tuple(m for m in card.result.query.metrics if any(cell.valued for cell in card.result.of(m)))
    if not kept or kept == card.result.query.metrics:
        return card
    return ask(replace(card.result.query, metrics=kept), generation, "ledger", address)


def _first(count: int, cards: Iterable[Card]) -> list[Card]:
    found: list[Card] = []
    for card in cards:
        if len(found) < count and any(cell.valued for cell in card.result.cells):
            found.append(card)
        if len(found) == count:
            break
    return found
