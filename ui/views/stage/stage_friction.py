"""What stood in people's way in a stage, and what changed of it."""

from dataclasses import replace

import streamlit as st

from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.query.query import Query
from metrics.query.result import Cell
from report import numbers, placement
from report.findings import change_findings
from report.text.catalogue import say
from report.words import change_words, words
from report.words.warnings import note_text
from ui.session import source
from ui.views import metric_page, overview
from ui.views.stage.common import address_here, frame_here, named
from ui.widgets import export_menu
from ui.widgets.block import block, html_table, sub


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
        say("ui.stage_friction.share_of_the_stages_visits")
        + ("" if why else say("ui.stage_friction.marked_where_the_change_is_beyond")),
        take=lambda: export_menu.menu(f"{stage}-friction", [("ledger", found.query)], address_here()),
    ):
        st.html(
            html_table(
                ["", say("ui.stage_friction.before"), say("ui.stage_friction.now_95"), say("ui.stage_friction.change")],
                lines,
                cards=True,
            )
        )
        metric_page.links(placement.shown("stage_friction"), frame_here())
        said = ([say("ui.stage_friction.never_seen_here", never=words.listed(never))] if never else []) + (
            [say("ui.stage_friction.not_measured", absent=words.listed(absent))] if absent else []
        )
        if said:
            sub(" ".join(said))


def _unmarked(cell: Cell, why: str) -> str:
    """What is said of a change that is none: it may not even have been looked for."""
    if cell.compare is None or cell.compare.diff is None:
        return say("ui.stage_friction.not_compared")
    change = next(
        (
            c
            for c in overview.moved(frame_here())
            if c.metric == cell.metric and c.stage == cell.by.get("stage") and not c.channel
        ),
        None,
    )
    return say("ui.stage_friction.not_judged") if why else note_text(standing.standing_of(change))


def friction_title(stage: str, held: list[Change], why: str) -> str:
    """The friction that moved most, that none did, or why none of it is judged."""
    if why:
        return say("ui.stage_friction.friction_in", stage=stage, why=why)
    if not held:
        return change_words.none(
            (
                c
                for c in overview.moved(frame_here())
                if c.stage == stage and c.metric in placement.shown("stage_friction")
            ),
            say("ui.stage_friction.of_friction_in", stage=stage),
        )
    change = max(held, key=lambda c: abs(c.diff) / c.definition.matters)
    size = numbers.difference(abs(change.diff), change.definition.unit, digits=1)
    return say(
        "ui.stage_friction.by",
        change=named(change),
        part=say("ui.stage_friction.rose") if change.diff > 0 else say("ui.stage_friction.fell"),
        size=size,
    )


def _mark(change: Change) -> str:
    shape = "" if change.better is None else ("△▽" if change.better else "▲▼")[change.diff < 0]
    where = f" {change_findings.place_of(change.channel)}" if change.channel else ""
    return f"{shape} {words.number(change.diff, change.definition.unit, plus=True)}".strip() + where
