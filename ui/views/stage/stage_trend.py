"""How a stage went week by week: lines with their normal range, what happened in between, and why a line is missing."""

from dataclasses import replace
from datetime import date, timedelta
from html import escape

import streamlit as st

from charts import series_gaps
from charts.trend import trend as trend_panels
from metrics.analyses.changes import Change
from metrics.analyses.control_limits import Normal
from metrics.query.query import Query
from metrics.query.result import Cell, Result
from report import numbers, placement
from report.findings import without_visits
from report.text.catalogue import say
from report.words import change_words, words
from report.words.warnings import note_text
from ui.session import source
from ui.session.filtering import narrow
from ui.views import metric_page, overview
from ui.views.stage.common import address_here, frame_here, lenses, named
from ui.widgets import export_menu, plot
from ui.widgets.block import block, sub

TREND_WEEKS = 39
WEEK = timedelta(days=6)  # from a week's first day to its last


def trend(query: Query, stage: str, first_day: date, held: list[Change], why: str) -> None:
    """Every lens on one time axis, with numbered events; what has nothing to show is named below instead of drawn."""
    shown = lenses(query, stage)
    start = max(query.end - timedelta(days=7 * TREND_WEEKS - 1), first_day)
    span = replace(query, metrics=shown, start=start, compare=None)
    weekly = source.ask(replace(span, by=("stage", "week")))
    if (
        query.start < start and (last := _last_week(weekly, query)) is not None
    ):  # nothing lately: the last weeks in which there was something
        start = max(last - timedelta(days=7 * (TREND_WEEKS - 1)), first_day)
        span = replace(span, start=start, end=last + WEEK)
        weekly = source.ask(replace(span, by=("stage", "week")))
    weeks = overview.by_week(weekly, span.end)
    series = {m: weeks.get((m, stage), []) for m in shown}
    sparse = tuple(
        m
        for m in shown
        if weekly.definitions[m].measure.survey
        and sum(c.valued for _, c in series[m]) < 0.7 * len(series.get(placement.role("completed")) or [0])
    )
    anew = {m: series_gaps.days_of(weekly, m, stage) for m in shown}
    series |= {m: series_gaps.gapped(points, anew[m]) for m, points in by_month(span, sparse).items()}
    silent = [
        m
        for m in shown
        if sum(c.valued for _, c in series[m]) < 3 or not any(c.value for _, c in series[m] if c.valued)
    ]
    series = {m: points for m, points in series.items() if m not in silent}
    events = [
        {"day": day, "text": say("ui.stage_trend.asked_in_another_way", short=weekly.definitions[m].short)}
        for m in series
        for day in anew[m]
    ]
    events = sorted(
        events + source.rows("annotations", {"start": start, "end": span.end, "stage": stage}), key=lambda e: e["day"]
    )[-9:]
    shade = (query.start, query.end) if query.start != start else None
    drawn = tuple(m for m in series if m not in sparse)
    normal = source.normal(replace(query, metrics=drawn, by=(), compare=None)) if drawn else {}
    if not series and not without_visits.seen(source.known()):
        return sub(say("ui.stage_trend.not_enough_weeks_of_to_draw", stage=stage))
    with block(
        "trend",
        trend_title(stage, [c for c in held if c.metric in shown], why),
        trend_what(normal, bool(shade)),
        take=lambda: export_menu.menu(
            f"{stage}-over-time", [("trend", _trend_query(span, m, series[m])) for m in series], address_here()
        ),
    ):
        plot.show(
            trend_panels(
                series,
                weekly.definitions,
                shade=shade,
                events=[(e["day"], e["text"]) for e in events],
                normal={m: found.limits for m, found in normal.items()},
            ),
            "stage-trend",
            say("ui.stage_trend.metrics_of_over_time", stage=stage),
            narrow.clicked,
        )
        metric_page.links(shown, frame_here())
        if silent:
            sub(
                say("ui.stage_trend.not_drawn")
                + "; ".join(_why_silent(weekly.definitions[m].short, m, span, stage) for m in silent)
                + "."
            )
        if not why and (early := [weekly.definitions[m].short for m in series if not _judged(m, stage)]):
            sub(
                say(
                    "ui.stage_trend.not_judged_for_normal_variation_is",
                    part=say("ui.stage_trend.its") if len(early) == 1 else say("ui.stage_trend.their"),
                    early=words.listed(early),
                )
            )
        if not why and (seen := change_words.reaches(overview.moved(frame_here()), shown, stage)):
            sub(seen)
        if holes := [weekly.definitions[m].short for m in series if _holes(series[m])]:
            sub(say("ui.stage_trend.where_the_line_of_is_open", holes=words.listed(holes)))
        if events:
            st.html(event_list(events))


def _last_week(weekly: Result, query: Query) -> date | None:
    """The last week of the whole period with a value, where the weeks at its end have none; else None."""
    if any(cell.valued for cell in weekly.cells):
        return None
    whole = source.ask(replace(weekly.query, start=query.start, end=query.end))
    return max(
        (date.fromisoformat(cell.by["week"]) for cell in whole.cells if cell.valued and cell.by.get("week")),
        default=None,
    )


def _judged(metric: str, stage: str) -> bool:
    """Whether the family of changes has a verdict on a metric of the stage."""
    return any(c.metric == metric and c.stage == stage and c.q is not None for c in overview.moved(frame_here()))


def _holes(points: list[tuple[date, Cell]]) -> bool:
    """Whether the line is open between its first and its last value."""
    known = [place for place, (_, cell) in enumerate(points) if cell.valued]
    return bool(known) and any(not cell.valued for _, cell in points[known[0] : known[-1]])


def event_list(events: list[dict]) -> str:
    """The numbers above the lines and what happened on those days."""
    items = "".join(
        f"<li><b>{i}</b> {words.day(e['day'], year=False)}: {escape(e['text'].rstrip('.'))}</li>"
        for i, e in enumerate(events, 1)
    )
    return say("ui.stage_trend.an_event_beside_a_change_is", items=items)


def trend_what(normal: dict[str, Normal], shaded: bool) -> str:
    """What is drawn: the intervals, the normal range and from how many weeks it is, or why there is none."""
    said = [say("ui.stage_trend.by_week_coloured_bands_are_95")]
    learnt = [found.learnt for found in normal.values() if found.limits]
    if learnt:
        weeks = (
            f"{min(learnt)}"
            if min(learnt) == max(learnt)
            else say("ui.stage_trend.to", learnt=min(learnt), learnt2=max(learnt))
        )
        said.append(say("ui.stage_trend.between_dotted_lines_the_normal_week", weeks=weeks))
    elif normal:
        said.append(next(note_text(found.reason) for found in normal.values()))
    return "; ".join(said) + "." + (say("ui.stage_trend.shaded_the_period_above") if shaded else "")


def _trend_query(span: Query, metric: str, points: list[tuple[date, Cell]]) -> Query:
    """The question one panel answers, for its slide."""
    return replace(span, metrics=(metric,), by=("month",) if any("month" in c.by for _, c in points) else ("week",))


def by_month(span: Query, metrics: tuple[str, ...]) -> dict[str, list[tuple[date, Cell]]]:
    """Months in the middle of which their point stands: for what too few people answer to read week by week."""
    if not metrics:
        return {}
    monthly = source.ask(replace(span, metrics=metrics, by=("stage", "month")))
    return {
        m: [
            (first + timedelta(days=14), c)
            for c in monthly.of(m)
            if c.by.get("month") and _whole(first := date.fromisoformat(c.by["month"]), span)
        ]
        for m in metrics
    }


def _whole(first: date, span: Query) -> bool:
    """Whether the month that begins on this day lies in the period: a part of a month is no month."""
    return span.start <= first and (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) <= span.end


def trend_title(stage: str, held: list[Change], why: str) -> str:
    """What is told to have changed, that nothing is, or why none of it is judged."""
    if why:
        return say("ui.stage_trend.week_by_week", stage=stage, why=why)
    if not held:
        return change_words.none(
            (
                c
                for c in overview.moved(frame_here())
                if c.stage == stage and c.metric in placement.shown("stage_trend")
            ),
            say("ui.stage_trend.in_week_by_week", stage=stage),
        )
    said = [
        f"{named(c, bool(i))} {(say('ui.stage_trend.rose') if c.diff > 0 else say('ui.stage_trend.fell'))}"
        for i, c in enumerate(held)
    ]
    return f"{words.listed(said)} {say('notes.told')}"


def _why_silent(name: str, metric: str, span: Query, stage: str) -> str:
    cell = source.ask(replace(span, metrics=(metric,), by=("stage",))).cell(metric, stage=stage)
    if cell is None:
        return f"{name} (n/a)"
    if not cell.valued:
        return f"{name} ({words.state_word(cell)})"
    return (
        say("ui.stage_trend.never_seen_in", name=name, n=numbers.whole(cell.n))
        if cell.value == 0
        else say("ui.stage_trend.too_few_to_follow", name=name)
    )
