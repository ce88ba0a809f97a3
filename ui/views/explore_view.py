"""The blocks of Explore: one panel a metric on rows they share, lines on one time axis, heat tables, and the numbers as a table."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import escape

import streamlit as st

from charts import bars, dots, trend
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.query.result import Cell, Result
from report.text.catalogue import say
from report.words import words
from ui.session import source
from ui.session.filtering import narrow
from ui.session.state import Frame
from ui.views import arrange, explore_lines
from ui.views.arrange import Places, Rows
from ui.views.exploration import Cut, parts
from ui.views.sheets import axis_notes
from ui.widgets import cells, plot

PANELS = {1: 1, 2: 2, 4: 2}  # so many side by side on a desk, else three; on a phone they stand below each other
Way = Callable[[dict[str, str]], str]  # the address that is narrowed to these values of these dimensions
Titled = Callable[[Result], str]  # the finding of one metric's result, as its slide would say it


def one(result: Result, metric: str) -> Result:
    """The same answer, of one metric: what is withheld beside the others stays withheld."""
    return replace(
        result,
        query=replace(result.query, metrics=(metric,)),
        cells=tuple(result.of(metric)),
        definitions={metric: result.definitions[metric]},
    )


def narrower(frame: Frame, cut: Cut) -> Way:
    """Addresses of this cut with the frame narrowed to a part of it."""
    more = {key: value for key, value in parts(cut).items() if value}
    return lambda part: narrow.link(frame, "explore", part, **more) if part else ""


def figure(result: Result, metrics: list[str], rows: Rows, cut: Cut, titled: Titled, way: Way) -> list[str]:
    """Draw the cut in its form; returns what is to be said below it."""
    if cut.form == "heat":
        said = []
        for metric in metrics:
            if len(metrics) > 1:
                st.html(f'<h3 class="panel">{escape(titled(one(result, metric)))}</h3>')
            said.append(heat(result, metric, cut, way))
        return said
    if cut.form == "lines" and len({cell.by.get(arrange.time_of(cut.by)) for cell in result.cells}) > 2:
        return [
            lines(result, metrics),
            rows.left_out
            and say("ui.explore_view.the_table", left_out=rows.left_out[0].lower(), left_out2=rows.left_out[1:]),
        ]
    if cut.form != "table":
        panels(result, metrics, rows, cut.form, titled)
    return [rows.left_out]


def panels(result: Result, metrics: list[str], rows: Rows, form: str, titled: Titled) -> None:
    """Dots or bars: the same rows in the same order for every metric, each on its own scale."""
    maker = bars.bars if form == "bars" else dots.dots
    labels = [arrange.label(result.query.by, key) for key in rows.keys]
    clicks = [str(i) if arrange.parts(result.query.by, key) else "" for i, key in enumerate(rows.keys)]
    wide, places = PANELS.get(len(metrics), 3), Places(result)
    for start in range(0, len(metrics), wide):
        for metric, column in zip(metrics[start : start + wide], st.columns(wide, gap="large")):
            found = [places.at(metric, key) for key in rows.keys]
            definition = result.definitions[metric]
            with column:
                if len(metrics) > 1:
                    st.html(f'<h3 class="panel">{escape(titled(one(result, metric)))}</h3>')
                shown = labels if form == "bars" else [escape(text) for text in labels]
                plot.show(
                    maker(found, definition, shown, clicks),
                    f"x-{form}-{metric}",
                    "; ".join(words.sentence(c, definition) for c in found[:8]),
                    lambda row: narrow.to(dict(zip(result.query.by, rows.keys[int(row)]))),
                )


def shown(result: Result, metrics: list[str], rows: Rows, cut: Cut) -> list[Cell]:
    """Every cell that is drawn, those without data too: what the legend of states is about."""
    if cut.form not in ("heat", "lines"):
        places = Places(result)
        return [places.at(m, key) for m in metrics for key in rows.keys]
    found = [cell for m in metrics for cell in result.of(m)]
    if len(cut.by) < 2:
        return found
    holes = [
        m
        for m in metrics
        if len(result.of(m))
        < len({c.by.get(cut.by[0]) for c in result.of(m)}) * len({c.by.get(cut.by[1]) for c in result.of(m)})
    ]
    return found + [Places(result).at(m, ("", "")) for m in holes]


def lines(result: Result, metrics: list[str]) -> str:
    """Panels on one time axis; returns what was left out."""
    series, definitions, said = explore_lines.series(result, metrics)
    notes = (
        axis_notes.noted(result.query) if any(cell.valued for points in series.values() for _, cell in points) else []
    )
    plot.show(
        trend.trend(series, definitions, few=True, events=notes),
        "x-lines",
        "; ".join(
            say(
                "ui.explore_view.from_to",
                short=definitions[name].short,
                value=words.value(known[0].value, definitions[name]),
                value2=words.value(known[-1].value, definitions[name]),
            )
            for name, points in series.items()
            if (known := [c for _, c in points if c.valued])
        )
        or say("ui.explore_view.nothing_to_draw"),
        narrow.clicked,
    )
    axis_notes.legend(notes)
    flat = [definitions[name].short for name, points in series.items() if not any(c.valued for _, c in points)]
    return " ".join(
        filter(
            None,
            (
                said,
                say("ui.explore_view.not_drawn_for_no_week_or", flat=words.listed(flat)) if flat else "",
                _cut_months(result),
            ),
        )
    )


def _cut_months(result: Result) -> str:
    """Whether a month at an end is not whole."""
    start, end = result.period
    partial = start and end and (start.day != 1 or (end + timedelta(days=1)).day != 1)
    return say("ui.explore_view.the_first_or_the_last_month") if "month" in result.query.by and partial else ""


def heat(result: Result, metric: str, cut: Cut, way: Way) -> str:
    """A table of one metric, shaded only where a cell surely differs from the rest; returns what was left out. Each value leads to its
    row and column alone."""
    by_value = cut.order == "value"
    row, column, down, across, said = arrange.axes(result, metric)
    definition, query = result.definitions[metric], result.query
    sides = source.ask_standing(replace(query, metrics=(metric,)))
    if by_value:
        totals = source.ask(replace(query, metrics=(metric,), by=(row,), compare=None))
        values = {cell.by.get(row): cell.value for cell in totals.of(metric) if cell.valued}
        down = sorted(down, key=lambda value: (value not in values, -values.get(value, 0.0)))
    at = {(cell.by.get(row), cell.by.get(column)): cell for cell in result.of(metric)}
    empty = Places(result).at(metric, ("", ""))
    grid = [[at.get((r, c), replace(empty, by={row: r, column: c})) for c in across] for r in down]
    made = [
        (
            words.part(row, r),
            [
                cells.cell(
                    found,
                    definition,
                    (sides or {}).get(arrange.key_of(found), ""),
                    way(arrange.parts(query.by, arrange.key_of(found))),
                )
                for found in line
            ],
        )
        for r, line in zip(down, grid)
    ]
    st.html(
        cells.table(
            DIMENSIONS[row],
            _heads(column, across),
            made,
            say(
                "ui.explore_view.by_and",
                label=definition.label,
                dimensions=DIMENSIONS[row],
                dimensions2=DIMENSIONS[column],
            ),
            [way(arrange.parts((column,), (c,))) for c in across],
            [way(arrange.parts((row,), (r,))) for r in down],
        )
    )
    beside = _beside(sides, definition, query.by)
    return f"{beside} {said}".strip()


def _beside(sides: dict | None, definition: Definition, by: tuple[str, ...]) -> str:
    """What the shading means, or why there is none."""
    if sides:
        return say("ui.explore_view.shaded_surely_above_or_below_the")
    if sides is not None:
        return say("ui.explore_view.no_cell_surely_differs_from_the")
    if any(name in TIMES for name in by):
        return say("ui.explore_view.not_shaded_weeks_share_shocks_so")
    return (
        say("ui.explore_view.not_shaded_ways_of_asking_are")
        if definition.measure.survey
        else say("ui.explore_view.not_shaded_is_no_sum_of", short=definition.short)
    )


def _heads(column: str, values: list[str | None]) -> list[str]:
    """Columns in words; days without the year where it is one year."""
    said = [words.part(column, value) for value in values]
    years = {text[-5:] for text in said}
    return [text[:-5] for text in said] if column == "week" and len(years) == 1 else said


def as_table(result: Result, metrics: list[str], rows: Rows, cut: Cut, frame: Frame) -> str:
    """Every row and metric as one HTML table whose heads lead to the definitions."""
    places = Places(result)
    made = [
        (arrange.label(result.query.by, key), [cells.cell(places.at(m, key), result.definitions[m]) for m in metrics])
        for key in rows.keys
    ]
    corner = " · ".join(DIMENSIONS[name] for name in cut.by)
    return cells.table(
        corner,
        [result.definitions[m].short for m in metrics],
        made,
        say("ui.explore_view.the_numbers_by", dimension=corner or say("ui.explore_view.nothing")),
        [frame.link("definitions", metric=m) for m in metrics],
        [narrower(frame, cut)(arrange.parts(result.query.by, key)) for key in rows.keys],
    )
