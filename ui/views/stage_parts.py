"""The blocks of the Stage page, each from its own Results."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import escape

import streamlit as st

from charts import series_gaps
from charts.trend import trend as trend_panels
from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.analyses.control_limits import Normal
from metrics.analyses.outcome_matrix import PairCounts
from metrics.analyses.stage_scores import Position
from metrics.query.query import Query
from metrics.query.result import Cell, Result
from report import lists, numbers, placement
from report.findings import change_findings, without_visits
from report.words import change_words, words
from report.words.reasons import reason_text
from ui.session import source
from ui.session.state import Frame
from ui.views import metric_page, overview
from ui.widgets import export_menu, plot
from ui.widgets.block import block, html_table, sub

TREND_WEEKS = 39
WEEK = timedelta(days=6)  # from a week's first day to its last


def title(stage: str, place: Position | None, held: list[Change], why: str) -> str:
    """The stage's name if it has earned one, and its largest change that holds; `why` says that none is judged."""
    said = []
    if place and place.works:
        said.append(f"{stage} works but disappoints")
    elif place and place.parted:
        said.append(f"{stage} is hard but loved")
    if held:
        change = max(held, key=lambda c: abs(c.diff) / c.definition.matters)
        verb = "rose" if change.diff > 0 else "fell"
        size = numbers.difference(abs(change.diff), change.definition.unit, digits=1)
        said.append(f"{_named(change, bool(said))} {verb} by {size}")
    if said:
        return "; ".join(said) + "."
    return (
        f"{stage}: {why}."
        if why
        else change_words.none((c for c in overview.moved(_frame()) if c.stage == stage), f" in {stage}") + "."
    )


def standfirst(query: Query, stage: str) -> str:
    """What people did, and how it felt, in one line; where no source records visits what is known of help and answers."""
    if not without_visits.seen(source.known()):
        return without_visits.in_short(replace(query, by=()), source.generation(), stage) + "."
    now = source.ask(replace(query, metrics=placement.shown("sides")))
    done, felt = (now.cell(metric, stage=stage) for metric in now.definitions)
    return f":blue[{_did(done)}]; :orange[{_felt(felt)}]."


def _did(cell: Cell | None) -> str:
    if cell is None or not cell.valued:
        return (
            f"Completion: {reason_text(cell.reason)}"
            if cell and reason_text(cell.reason)
            else "No goal is measured here"
        )
    return (
        f"{words.number(cell.value, 'rate')} % of visits reach the goal ({words.interval(cell.low, cell.high, 'rate')})"
    )


def _felt(cell: Cell | None) -> str:
    if cell is None or not cell.valued:
        return reason_text(cell.reason) if cell and reason_text(cell.reason) else "nobody is asked"
    return (
        f"{words.number(cell.value, 'rate')} % of those who answered are satisfied ({words.interval(cell.low, cell.high, 'rate')}, n {numbers.whole(cell.n)})"
        + (f"; {words.silent(cell)}" if words.silent(cell) else "")
    )


def _lenses(query: Query, stage: str) -> tuple[str, ...]:
    """What is drawn over time: of a company without visits what people said and how they were helped."""
    if without_visits.seen(source.known()):
        return placement.shown("stage_trend")
    return tuple(without_visits.metrics_of(replace(query, by=()), source.generation(), stage)) or placement.shown(
        "stage_trend"
    )


def trend(query: Query, stage: str, first_day: date, held: list[Change], why: str) -> None:
    """Every lens on one time axis, with numbered events; what has nothing to show is named below instead of drawn."""
    lenses = _lenses(query, stage)
    start = max(query.end - timedelta(days=7 * TREND_WEEKS - 1), first_day)
    span = replace(query, metrics=lenses, start=start, compare=None)
    weekly = source.ask(replace(span, by=("stage", "week")))
    if (
        query.start < start and (last := _last_week(weekly, query)) is not None
    ):  # nothing lately: the last weeks in which there was something
        start = max(last - timedelta(days=7 * (TREND_WEEKS - 1)), first_day)
        span = replace(span, start=start, end=last + WEEK)
        weekly = source.ask(replace(span, by=("stage", "week")))
    weeks = overview.by_week(weekly, span.end)
    series = {m: weeks.get((m, stage), []) for m in lenses}
    sparse = tuple(
        m
        for m in lenses
        if weekly.definitions[m].measure.survey
        and sum(c.valued for _, c in series[m]) < 0.7 * len(series.get(placement.role("completed")) or [0])
    )
    anew = {m: series_gaps.days_of(weekly, m, stage) for m in lenses}
    series |= {m: series_gaps.gapped(points, anew[m]) for m, points in by_month(span, sparse).items()}
    silent = [
        m
        for m in lenses
        if sum(c.valued for _, c in series[m]) < 3 or not any(c.value for _, c in series[m] if c.valued)
    ]
    series = {m: points for m, points in series.items() if m not in silent}
    events = [
        {"day": day, "text": f"{weekly.definitions[m].short}: asked in another way"} for m in series for day in anew[m]
    ]
    events = sorted(
        events + source.rows("annotations", {"start": start, "end": span.end, "stage": stage}), key=lambda e: e["day"]
    )[-9:]
    shade = (query.start, query.end) if query.start != start else None
    drawn = tuple(m for m in series if m not in sparse)
    normal = source.normal(replace(query, metrics=drawn, by=(), compare=None)) if drawn else {}
    if not series and not without_visits.seen(source.known()):
        return sub(f"Not enough weeks of {stage} to draw.")
    with block(
        "trend",
        trend_title(stage, [c for c in held if c.metric in lenses], why),
        trend_what(normal, bool(shade)),
        take=lambda: export_menu.menu(
            f"{stage}-over-time", [("trend", _trend_query(span, m, series[m])) for m in series], _address()
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
            f"Metrics of {stage} over time",
        )
        metric_page.links(lenses, _frame())
        if silent:
            sub(
                "Not drawn: "
                + "; ".join(_why_silent(weekly.definitions[m].short, m, span, stage) for m in silent)
                + "."
            )
        if not why and (early := [weekly.definitions[m].short for m in series if not _judged(m, stage)]):
            sub(
                f"Not judged, for {'its' if len(early) == 1 else 'their'} normal variation is not known yet: {words.listed(early)}."
            )
        if not why and (seen := change_words.reaches(overview.moved(_frame()), lenses, stage)):
            sub(seen)
        if holes := [weekly.definitions[m].short for m in series if _holes(series[m])]:
            sub(
                f"Where the line of {words.listed(holes)} is open, too few answered in that week, or it was asked in another way from there."
            )
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
    return any(c.metric == metric and c.stage == stage and c.q is not None for c in overview.moved(_frame()))


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
    return f'<ol class="events">{items}</ol><p class="events">An event beside a change is not its cause.</p>'


def trend_what(normal: dict[str, Normal], shaded: bool) -> str:
    """What is drawn: the intervals, the normal range and from how many weeks it is, or why there is none."""
    said = ["By week; coloured bands are 95 % intervals"]
    learnt = [found.learnt for found in normal.values() if found.limits]
    if learnt:
        weeks = f"{min(learnt)}" if min(learnt) == max(learnt) else f"{min(learnt)} to {max(learnt)}"
        said.append(f"between dotted lines, the normal week-to-week range, learnt from {weeks} weeks before the period")
    elif normal:
        said.append(next(found.reason for found in normal.values()))
    return "; ".join(said) + "." + (" Shaded: the period above." if shaded else "")


def _trend_query(span: Query, metric: str, points: list[tuple[date, Cell]]) -> Query:
    """The question one panel answers, for its slide."""
    return replace(span, metrics=(metric,), by=("month",) if any("month" in c.by for _, c in points) else ("week",))


def _address() -> str:
    return _frame().address()


def _frame() -> Frame:
    return st.session_state["_frame"]


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
        return f"{stage} week by week: {why}"
    if not held:
        return change_words.none(
            (c for c in overview.moved(_frame()) if c.stage == stage and c.metric in placement.shown("stage_trend")),
            f" in {stage} week by week",
        )
    said = [f"{_named(c, bool(i))} {'rose' if c.diff > 0 else 'fell'}" for i, c in enumerate(held)]
    return f"{words.listed(said)} {standing.TOLD}"


def _why_silent(name: str, metric: str, span: Query, stage: str) -> str:
    cell = source.ask(replace(span, metrics=(metric,), by=("stage",))).cell(metric, stage=stage)
    if cell is None:
        return f"{name} (n/a)"
    if not cell.valued:
        return f"{name} ({words.state_word(cell)})"
    return f"{name} (never seen in {numbers.whole(cell.n)})" if cell.value == 0 else f"{name} (too few to follow)"


def friction(query: Query, stage: str, held: list[Change], why: str) -> None:
    """Friction before and now; marked only where the change holds. What never happened here is one line, not a row of zeros."""
    found = source.ask(replace(query, metrics=placement.shown("stage_friction")))
    lines, never, absent = [], [], []
    for metric in placement.shown("stage_friction"):
        cell, definition = found.cell(metric, stage=stage), found.definitions[metric]
        if cell is None or not cell.valued:
            absent.append(f"{definition.short.lower()} ({words.state_word(cell) if cell else 'n/a'})")
            continue
        before = cell.compare.value if cell.compare else None
        if cell.value == 0 and not before:
            never.append(definition.short.lower())
            continue
        told_here = sorted((c for c in held if c.metric == metric), key=lambda c: c.channel is not None)
        lines.append(
            [
                definition.short,
                words.value(before, definition) if before is not None else "–",
                f"{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})",
                "; ".join(_mark(c) for c in told_here) or _unmarked(cell, why),
            ]
        )
    with block(
        "friction",
        friction_title(stage, [c for c in held if c.metric in placement.shown("stage_friction")], why),
        "Share of the stage's visits"
        + ("" if why else "; marked where the change is beyond normal variation and matters."),
        take=lambda: export_menu.menu(f"{stage}-friction", [("ledger", found.query)], _address()),
    ):
        st.html(html_table(["", "before", "now (95 %)", "change"], lines))
        metric_page.links(placement.shown("stage_friction"), _frame())
        said = ([f"Never seen here: {words.listed(never)}."] if never else []) + (
            [f"Not measured: {words.listed(absent)}."] if absent else []
        )
        if said:
            sub(" ".join(said))


def _unmarked(cell: Cell, why: str) -> str:
    """What is said of a change that is none: it may not even have been looked for."""
    if cell.compare is None or cell.compare.diff is None:
        return "not compared"
    change = next(
        (
            c
            for c in overview.moved(_frame())
            if c.metric == cell.metric and c.stage == cell.by.get("stage") and not c.channel
        ),
        None,
    )
    return "not judged" if why else standing.standing_of(change)


def friction_title(stage: str, held: list[Change], why: str) -> str:
    """The friction that moved most, that none did, or why none of it is judged."""
    if why:
        return f"Friction in {stage}: {why}"
    if not held:
        return change_words.none(
            (c for c in overview.moved(_frame()) if c.stage == stage and c.metric in placement.shown("stage_friction")),
            f" of friction in {stage}",
        )
    change = max(held, key=lambda c: abs(c.diff) / c.definition.matters)
    size = numbers.difference(abs(change.diff), change.definition.unit, digits=1)
    return f"{_named(change)} {'rose' if change.diff > 0 else 'fell'} by {size}"


def _named(change: Change, within: bool = False) -> str:
    """The metric, and where it is that of one channel alone: the stage's own stands beside it."""
    name = change.definition.short.lower() if within else change.definition.short
    return f"{name} {change_findings.place_of(change.channel)}" if change.channel else name


def _mark(change: Change) -> str:
    shape = "" if change.better is None else ("△▽" if change.better else "▲▼")[change.diff < 0]
    where = f" {change_findings.place_of(change.channel)}" if change.channel else ""
    return f"{shape} {words.number(change.diff, change.definition.unit, plus=True)}".strip() + where


def pair(query: Query, stage: str) -> None:
    """The table nobody else has: how it went beside how it felt, on the occasions people answered about."""
    counts = source.ask_pair(replace(query, compare=None)).get(stage)
    if counts is None:
        return
    found = source.ask(replace(query, metrics=placement.shown("stage_pair"), compare=None))
    smooth = found.cell(placement.role("smooth_but_unhappy"), stage=stage)
    lines = (
        [
            f"{found.definitions[smooth.metric].short}: **{words.value(smooth.value, found.definitions[smooth.metric])}** "
            f"({words.interval(smooth.low, smooth.high, 'rate')})"
        ]
        if smooth and smooth.valued
        else []
    )
    lines.append(
        words.friction_share(found.cell(placement.role("unhappy_with_friction"), stage=stage))
        or "too few to say how much goes with recorded friction"
    )
    share = counts.answered / counts.occasions
    with block(
        "pair",
        pair_title(smooth, counts),
        f"{numbers.whole(counts.answered)} of {numbers.whole(counts.occasions)} occasions answered about ({numbers.percent(share, 1)}), {counts.outcome.upper()} decides who is unhappy; answers tied to no visit are not in it",
        take=lambda: export_menu.menu(f"{stage}-pair", [("pair", replace(found.query, by=()))], _address()),
    ):
        st.html(html_table(["", "satisfied", "unhappy", "unhappy share"], lists.pair_table(list(counts.four))))
        sub(" · ".join(lines))
        metric_page.links(placement.shown("stage_pair"), _frame())


def pair_title(cell: Cell | None, counts: PairCounts) -> str:
    """Who owns the fix: only what the interval supports is said of most."""
    unhappy = counts.four[1] + counts.four[3]
    if cell is None or not cell.valued or cell.low is None:
        return f"{unhappy} of {counts.answered} answered occasions were unhappy"
    if cell.low > 0.5:
        smooth = (counts.four[0] + counts.four[1]) / counts.answered
        return f"{words.number(cell.value, 'rate', digits=0)} % of the unhappy had a smooth visit, as had {numbers.percent(smooth)} of all who answered"
    if cell.high < 0.5:
        return f"Most of the unhappy had struggled: {words.number(1 - cell.value, 'rate', digits=0)} % of them"
    return "Whether the unhappy had struggled or not: too few answers to tell"


def reasons(stage: str, query: Query) -> None:
    """Why people asked for help."""
    _list(
        "reasons",
        stage,
        query,
        {
            "Reason": lambda r: r["reason"],
            "Tickets": lambda r: numbers.whole(r["tickets"]),
            "People": lambda r: numbers.whole(r["persons"]),
        },
    )


def pages(stage: str, query: Query) -> None:
    """Where the friction is, and from which page people leave."""
    _list(
        "pages",
        stage,
        query,
        {
            "Page": lambda r: r["page"],
            "Visits": lambda r: numbers.whole(r["visits"]),
            "Views": lambda r: numbers.whole(r["views"]),
            "per 100": lambda r: numbers.fixed(r["per_100"], 1),
            "Exits": lambda r: numbers.whole(r["exits"]),
            "per view": _exit_rate,
        },
    )


def _exit_rate(row: dict) -> str:
    """Exits per view of a page with its interval."""
    around = f" ({words.interval(row['exit_low'], row['exit_high'], 'rate')})" if row["exit_low"] is not None else ""
    return f"{numbers.percent(row['exit_rate'], 1)}{around}"


def _list(name: str, stage: str, query: Query, columns: dict[str, Callable[[dict], str]]) -> None:
    """A list as a table with its export menu; nothing where nothing may be shown."""
    found = source.listed(name, query)
    if found.rows:
        with block(
            name,
            lists.title(name, found, query, []),
            lists.WHAT[name],
            take=lambda: export_menu.menu(f"{stage}-{name}", [(name, query)], _address()),
        ):
            rows = [lists.cells(name, row) for row in found.rows]
            st.html(html_table(list(columns), [[written(row) for written in columns.values()] for row in rows]))
