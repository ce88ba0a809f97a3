"""The blocks of the Stage page, each from its own Results."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from metrics.changes import Change
from metrics.positions import Position
from metrics.query import Query
from metrics.result import Cell
from ui import charts, draw, source, voice, words
from ui.block import block, html_table, sub

LENSES = ("completion_rate", "error_rate", "contact_rate", "csat_t2b_5", "nps_transactional")
FRICTIONS = ("error_rate", "rage_click_rate", "dead_click_rate", "backtrack_rate", "search_refinement_rate", "form_abandon_rate", "drop_off_rate")
PAIR = ("unhappy_though_smooth", "unhappy_attributable_to_friction")
TREND_WEEKS = 39


def title(stage: str, place: Position | None, held: list[Change], judged: bool) -> str:
    """The stage's name if it has earned one, and its largest change that holds."""
    said = []
    if place and place.verdict.state == "works_but_disappoints":
        said.append(f"{stage} works but disappoints")
    elif place and place.verdict.state == "hard_but_loved":
        said.append(f"{stage} is hard but loved")
    if held:
        change = max(held, key=lambda c: abs(c.diff) / c.definition.matters)
        verb = "rose" if change.diff > 0 else "fell"
        size = words.number(abs(change.diff), change.definition.unit, digits=1) + words.difference_unit(change.definition.unit)
        said.append(f"{change.definition.short.lower() if said else change.definition.short} {verb} by {size}")
    if said:
        return "; ".join(said) + "."
    return f"{stage}: nothing beyond normal variation." if judged else f"{stage}, filtered: changes are not judged here."


def standfirst(query: Query, stage: str) -> str:
    """What people did, and how it felt, in one line."""
    now = source.ask(replace(query, metrics=("completion_rate", "csat_t2b_5")))
    done, felt = (now.cell(metric, stage=stage) for metric in now.definitions)
    return f":blue[{_did(done)}]; :orange[{_felt(felt)}]."


def _did(cell: Cell | None) -> str:
    if cell is None or not cell.valued:
        return f"Completion: {cell.reason}" if cell and cell.reason else "No goal is measured here"
    return f"{words.number(cell.value, 'rate')} % of visits reach the goal ({words.interval(cell.low, cell.high, 'rate')})"


def _felt(cell: Cell | None) -> str:
    if cell is None or not cell.valued:
        return cell.reason if cell and cell.reason else "nobody is asked"
    return f"{words.number(cell.value, 'rate')} % of those who answered are satisfied ({words.interval(cell.low, cell.high, 'rate')}, n {cell.n:,})"


def trend(query: Query, stage: str, first_day: date) -> None:
    """Every lens on one time axis, with numbered events."""
    start = max(query.end - timedelta(days=7 * TREND_WEEKS - 1), first_day)
    weekly = source.ask(replace(query, metrics=LENSES, by=("stage", "week"), start=start, compare=None))
    series = {m: [(date.fromisoformat(c.by["week"]), c) for c in weekly.of(m) if c.by.get("week")] for m in LENSES}
    series = {m: points for m, points in series.items() if sum(c.valued for _, c in points) > 2}
    events = source.rows("annotations", {"start": start, "end": query.end, "stage": stage})[-9:]
    shade = (query.start, query.end) if query.start != start else None
    with block("trend", "Every lens on one time axis", "By week; bands are 95 % intervals." + (" Shaded: the period above." if shade else "")):
        draw.show(charts.trend(series, weekly.definitions, shade=shade, events=[(e["day"], e["text"]) for e in events]),
                  "stage-trend", f"Weekly metrics of {stage}")
        if events:
            listed = " ".join(f"**{i}** {words.day(e['day'], year=False)}: {e['text'].rstrip('.')}." for i, e in enumerate(events, 1))
            sub(listed + " An event beside a change is not its cause.")


def friction(query: Query, stage: str, held: list[Change]) -> None:
    """Friction before and now; marked only where the change holds."""
    found = source.ask(replace(query, metrics=FRICTIONS))
    rows = []
    for metric in FRICTIONS:
        cell, definition = found.cell(metric, stage=stage), found.definitions[metric]
        if cell is None or not cell.valued:
            rows.append([definition.short, "", words.state_word(cell) if cell else "n/a", ""])
            continue
        change = next((c for c in held if c.metric == metric), None)
        before = words.value(cell.compare.value, definition) if cell.compare and cell.compare.value is not None else "–"
        rows.append([definition.short, before, f"{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})",
                     _mark(change) if change else "no clear change"])
    with block("friction", "Friction, before and now", "Share of the stage's visits; marked where the change is beyond normal variation and matters."):
        st.html(html_table(["", "before", "now (95 %)", "change"], rows))


def _mark(change: Change) -> str:
    shape = ("△▽" if change.better else "▲▼")[change.diff < 0]
    return f"{shape} {words.number(change.diff, change.definition.unit, plus=True)}"


def pair(query: Query, stage: str) -> None:
    """The table nobody else has: how it went beside how it felt, on the occasions people answered about."""
    counts = source.ask_pair(replace(query, compare=None)).get(stage)
    if counts is None:
        return
    found = source.ask(replace(query, metrics=PAIR, compare=None))
    lines = [f"{found.definitions[c.metric].short}: **{words.value(c.value, found.definitions[c.metric])}** "
             f"({words.interval(c.low, c.high, 'rate')})" for c in found.cells if c.valued and c.by.get("stage") == stage]
    share = 100 * counts.answered / counts.occasions
    with block("pair", "How it went beside how it felt",
               f"{counts.answered:,} of {counts.occasions:,} occasions answered about ({share:.1f} %); answers tied to no visit are not in it"):
        st.html(html_table(["", "satisfied", "unhappy", "unhappy share"], charts.pair_table(list(counts.four))))
        if lines:
            sub(" · ".join(lines))


def verbatims(stage: str, span: dict) -> None:
    """A few of the people's own words, drawn at random."""
    found = source.rows("verbatims", span)
    what = "Drawn at random; e-mail addresses, phone and card numbers removed" if found else "At least eight people must have written"
    with block("voice", f"What people say about {stage}" if found else "Too few comments to show", what):
        if found:
            st.html("".join(voice.quote(row) for row in found[:5]))


def reasons(stage: str, span: dict) -> None:
    """Why people asked for help."""
    found = source.rows("ticket_reasons", span)
    if found:
        with block("reasons", f"Why people asked for help with {stage}", "Counted tickets by reason; reasons of fewer than five people left out"):
            st.html(html_table(["Reason", "Tickets", "People"], [[r["reason"].replace("_", " "), f"{r['tickets']:,}", f"{r['persons']:,}"] for r in found]))


def pages(query: Query, stage: str) -> None:
    """Where the friction is."""
    bounds = [int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp() * 1000) for d in (query.start, query.end + timedelta(days=1))]
    found = source.rows("stage_pages", {"stage": stage, "from_t": bounds[0], "to_t": bounds[1]}, part="events")
    if found:
        with block("pages", "Pages with most friction", "Rage clicks, dead clicks and errors per 100 views"):
            st.html(html_table(["Page", "Views", "per 100"],
                               [[r["page"] or "/", f"{r['views']:,}", f"{100 * r['frictions'] / r['views']:.1f}"] for r in found]))
