"""The Promises view: each promise measured and felt, expectations by stage, and both over the months."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from charts.trend import trend
from metrics.query.query import Query
from report.sheets.promises import Promises, questions
from report.text.catalogue import say
from ui.session import source
from ui.session.state import Frame
from ui.views import explore_lines
from ui.views.sheets import axis_notes
from ui.widgets import export_menu, plot
from ui.widgets.block import block

MONTHS = 52  # weeks over which the months are drawn


def answer(frame: Frame) -> Promises:
    """Both numbers of every promise by stage, against the compared period, and what was expected."""
    kept, expected = questions(frame.query)
    return Promises(
        source.ask(kept),
        source.ask(expected),
        frame.query.stages or source.known().stages[str(frame.query.journey)],
    )


def monthly(frame: Frame, metric: str, by: tuple[str, ...]) -> Query:
    """One metric by promise, by stage or by nothing else, and by whole month, over a year up to the period's end."""
    known, query = source.known(), frame.query
    end = query.end or known.last_day
    start = max(end - timedelta(days=7 * MONTHS - 1), known.first_day) if end and known.first_day else None
    return replace(query, metrics=(metric,), by=(*by, "month"), start=start, end=end, compare=None)


def by_month(frame: Frame, cuts: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    """The months of each metric, in its cut, beside each other, with what the company noted; nothing of what nobody measured or answered."""
    columns, noted = st.columns(len(cuts), gap="large"), list[tuple[date, str]]()
    for column, (metric, by) in zip(columns, cuts):
        over_time = source.ask(monthly(frame, metric, by))
        series, definitions, said = explore_lines.series(over_time, [metric])
        if not any(cell.valued for points in series.values() for _, cell in points):
            continue
        with (
            column,
            block(
                f"promises_{metric}",
                say("pages.promises.month_by_month", label=over_time.definitions[metric].label),
                say("pages.promises.lines_with_their_95_intervals_months") + (f" {said}" if said else ""),
                take=lambda over_time=over_time, metric=metric: export_menu.menu(
                    metric, [("trend", over_time.query)], frame.address()
                ),
            ),
        ):
            noted = axis_notes.noted(over_time.query)
            plot.show(
                trend(series, definitions, events=noted), f"promises-{metric}", over_time.definitions[metric].label
            )
    axis_notes.legend(noted)  # the same of both: they are of no stage alone
