"""The charts and lists a command line means."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from commands.question import metrics_asked, with_period
from data.errors import UserError
from data.store.generations import Generation
from exports.cards import basket, collect
from exports.cards.card import FORMS
from exports.cards.item import CAUSES, CHANNELS, KINDS, Made, make
from metrics.analyses.lists import LISTS
from metrics.query import context, period
from metrics.query.query import Query
from report import placement
from report.sheets.registry import ANALYSES, question
from report.sheets.registry import FORMS as SHEETS
from report.sheets.sheet import Window
from report.text.catalogue import say

OF_A_STAGE = {CHANNELS, CAUSES, *LISTS} - {"moves"}


def charts(args: argparse.Namespace, generation: Generation) -> Sequence[Made]:
    """A basket's, a list, the named metrics', else the ten a lead would want."""
    if args.basket:
        if args.metric:
            raise UserError(
                say("exports.command.a_basket_says_what_is_asked"),
                where="--basket",
                found=", ".join(args.metric),
                fix=say("exports.command.name_metrics_or_a_basket"),
            )
        return basket.rebuild(basket.load(_read(args.basket)), generation, address=args.address)
    if args.form in KINDS and args.form not in FORMS:
        return _lists(args, generation)
    if not args.metric and not args.form:
        return collect.headline(_question(args, generation), generation, args.address)
    args.metric = args.metric or list(
        {
            "throughline": placement.shown("sides"),
            "ledger": placement.shown("deck_ledger"),
            "pair": placement.shown("deck_pair"),
        }.get(args.form, ())
    )
    args.by = args.by or ("" if args.form == "pair" else "week" if args.form == "trend" else "stage")
    return collect.cards_of(_question(args, generation), generation, args.form, args.address)


def only(found: Sequence[Made]) -> Made:
    """The only chart. Raises UserError where there are several, since what is made holds one."""
    if len(found) != 1:
        raise UserError(
            say("exports.command.this_holds_one_chart"),
            found=say("exports.command.charts", found=len(found)),
            fix=say("exports.command.name_one_metric_or_make_a"),
        )
    return found[0]


def _question(args: argparse.Namespace, generation: Generation) -> Query:
    return with_period(metrics_asked(args), args, generation)


def _lists(args: argparse.Namespace, generation: Generation) -> list[Made]:
    """A list, or the channels of each metric named. Raises UserError for a list that is no metric's or lacks its stage."""
    query = _question(args, generation)
    if args.form in OF_A_STAGE and len(query.stages) != 1:
        raise UserError(
            say("exports.command.this_list_is_of_one_stage"),
            where="--form",
            found=args.form,
            fix=say("exports.command.name_it_where_stage_stage"),
        )
    if args.form != CHANNELS and not _takes_metrics(args.form) and query.metrics:
        raise UserError(
            say("exports.command.this_list_is_of_no_metric"),
            where="--form",
            found=args.form,
            fix=say("exports.command.leave_the_metric_out"),
        )
    if args.form == CHANNELS and not query.metrics:
        raise UserError(
            say("exports.command.channels_are_compared_by_a_metric"),
            where="--form",
            found=args.form,
            fix=say("exports.command.name_one_for_example_completion_rate"),
        )
    asked = [query]
    if args.form in SHEETS:
        given, name = metrics_asked(args), SHEETS[args.form]
        each = [(metric,) for metric in given.metrics] if name == "reconcile" else [given.metrics]  # a walk is of one
        asked = [
            question(name, replace(given, metrics=metrics), generation, args.everything) for metrics in each or [()]
        ]
    if args.form == CHANNELS:
        known, given = context.read(generation), metrics_asked(args)
        asked = [
            period.of_channels(replace(given, metrics=(metric,)), known, args.everything) for metric in query.metrics
        ]
    return [make(args.form, one, generation, args.address) for one in asked]


def _takes_metrics(form: str) -> bool:
    """Whether an analysis is of the metrics that are named."""
    return form in SHEETS and ANALYSES[SHEETS[form]].window is Window.NAMED


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            say("exports.command.the_basket_cannot_be_read"),
            file=path,
            found=getattr(error, "strerror", None) or say("exports.command.not_utf_8"),
        ) from None
