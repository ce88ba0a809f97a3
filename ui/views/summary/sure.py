"""What the Journey's first screen rests on: who answered and what they said, where visits went, the company's minimums and targets."""

from dataclasses import replace

import streamlit as st

from charts import movement
from report import lists, numbers, placement
from report.text.catalogue import say
from report.words import movement_words
from ui.session import source
from ui.session.state import Frame
from ui.views import metric_page
from ui.widgets import export_menu, plot
from ui.widgets.block import block, html_table
from ui.widgets.ledger import Ledger


def sure(frame: Frame, ledger: Ledger, visited: bool, scored: bool) -> None:
    """The blocks below "How sure are we?", closed until somebody asks; none where there is nothing to show."""
    if not visited and not scored:
        return
    with st.expander(say("pages.journey.how_sure_are_we")):
        if visited:
            _answered(frame, ledger)
            _moves(frame, ledger)
        if scored:
            _minimums(ledger)


def _answered(frame: Frame, ledger: Ledger) -> None:
    pairs = source.ask_pair(frame.query)
    ids = placement.shown("answered")
    result = source.ask(replace(frame.query, metrics=ids, by=("stage",), compare=None))
    with block(
        "three",
        movement_words.three_title(result, ledger.stages),
        say("pages.journey.everyone_those_who_answered_and_what"),
        take=lambda: export_menu.menu("answered", [("ledger", result.query)], frame.address()),
    ):
        lines = []
        for stage in ledger.stages:
            cells = [result.cell(metric, stage=stage) for metric in ids]
            found = pairs.get(stage)
            share = (
                say(
                    "pages.journey.of",
                    answered=numbers.whole(found.answered),
                    occasions=numbers.whole(found.occasions),
                    answered2=numbers.percent(found.answered / found.occasions, 1),
                )
                if found
                else "–"
            )
            lines.append(
                [
                    stage,
                    share,
                    *(movement_words.cell_words(cell, result) for cell in cells[:-1]),
                    movement_words.with_friction(cells[-1]),
                ]
            )
        st.html(
            html_table(
                [
                    say("pages.journey.stage"),
                    say("pages.journey.occasions_answered_about"),
                    say("pages.journey.smooth_everyone"),
                    say("pages.journey.smooth_who_answered"),
                    say("pages.journey.satisfied_who_answered"),
                    say("pages.journey.unhappy_though_smooth"),
                    say("pages.journey.goes_with_recorded_friction"),
                ],
                lines,
                cards=True,
            )
        )
        metric_page.links(ids, frame)


def _moves(frame: Frame, ledger: Ledger) -> None:
    unfiltered = say("pages.journey.all_visits_of_the_period_filters") if frame.query.filters else ""
    asked = replace(frame.query, stages=())
    moves = source.listed("moves", asked).rows
    with block(
        "moves",
        movement_words.title(moves, ledger.stages),
        lists.WHAT["moves"] + unfiltered,
        take=lambda: export_menu.menu("moves", [("moves", asked)], frame.address()),
    ):
        plot.show(movement.arcs(moves, ledger.stages), "moves", movement_words.title(moves, ledger.stages))


def _minimums(ledger: Ledger) -> None:
    with block(
        "minimums",
        say("pages.journey.the_minimums_and_targets_behind_it"),
        say("pages.journey.set_by_the_company_for_each"),
    ):
        st.html(
            html_table(
                [
                    say("pages.journey.stage"),
                    say("pages.journey.metric"),
                    say("pages.journey.minimum"),
                    say("pages.journey.target"),
                    say("pages.journey.weight"),
                ],
                lists.lines(ledger.places),
                text_columns=2,
            )
        )
