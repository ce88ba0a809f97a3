"""Slides by what was asked: a card, a list or a business case as leaves, each with the record by which it can be asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from data.store.generations import Generation
from exports.cards.item import Made, make
from exports.cards.listing import Listing
from exports.pptx import card_slide, case_slides, list_slide
from exports.pptx.slide import Leaf
from metrics.analyses.case.case import case_of
from metrics.analyses.case.worth import worth
from metrics.catalogue.load import catalogue
from metrics.query import company_week, context
from metrics.query.query import Query
from report import question

CASE = "case"


def leaf_of(made: Made) -> Leaf:
    """What the slide of a card or list holds."""
    if isinstance(made, Listing):
        leaf = list_slide.leaf_of(made)
        return leaf if made.asked is None else replace(leaf, asked=_asked(made.name, made.asked))
    leaf = card_slide.leaf_of(made)
    return replace(leaf, asked=_asked(made.form, made.result.query) | {"as_of": _day(made)})


def _asked(form: str, query: Query) -> dict[str, Any]:
    versions = {metric: catalogue()[metric].version for metric in query.metrics if metric in catalogue()}
    return {"form": form, "question": question.record(query), "definitions": versions}


def _day(made: Any) -> str | None:
    moment = made.result.data_as_of
    return moment.date().isoformat() if moment else None


def again(asked: dict[str, Any], generation: Generation, address: str) -> Leaf:
    """The slide of a record on this generation, its period as long and up to the newest whole week where it reached that when it was
    made. Raises UserError for what cannot be answered now."""
    known = context.read(generation)
    if asked["form"] == CASE:
        leaves = case_slides.leaves_of(
            worth(case_of(asked["case"]), generation), known.company, known.simulated, address
        )
        return leaves[min(int(asked["place"]), len(leaves) - 1)]
    query = question.query_of(asked["question"], "deck")
    then = asked.get("as_of")
    if query.start and query.end and then and known.last_day:
        query = moved(query, date.fromisoformat(then), known.last_day, known.first_weekday)
    return leaf_of(make(asked["form"], query, generation, address))


def moved(query: Query, then: date, now: date, first_weekday: int) -> Query:
    """The question over the newest days, as many as it had; over whole months, as many of these. One whose days ended before the data of
    then did was about those days, and stays."""
    newest_then, newest = (company_week.last_whole_day(day, first_weekday) for day in (then, now))
    if query.start is None or query.end is None:
        return query
    if "month" in query.by:
        if query.end < newest_then.replace(day=1) - timedelta(days=1):
            return query
        until = (newest + timedelta(days=1)).replace(day=1)
        months = (query.end.year - query.start.year) * 12 + query.end.month - query.start.month + 1
        at = until.year * 12 + until.month - 1 - months
        return replace(query, start=date(at // 12, at % 12 + 1, 1), end=until - timedelta(days=1))
    if query.end < newest_then:
        return query
    by = newest - newest_then
    return replace(query, start=query.start + by, end=query.end + by)
