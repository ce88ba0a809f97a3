"""The blocks of the Stage page, each from its own Results."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from metrics.analyses.changes import Change
from metrics.analyses.outcome_matrix import PairCounts
from metrics.analyses.stage_scores import Position
from metrics.query.query import Query
from metrics.query.result import Cell
from report import lists, numbers, placement
from report.findings import without_visits
from report.text.catalogue import say
from report.words import change_words, words
from report.words.reasons import reason_text
from ui.session import source
from ui.views import metric_page, overview
from ui.views.ordering import heads
from ui.views.stage.common import address_here, frame_here, named
from ui.widgets import export_menu
from ui.widgets.block import block, html_table, sub

ORDER = "po"  # of the address: by which column its lists stand
BY = {
    "reasons": ("reason", "tickets", "persons"),
    "pages": ("page", "visits", "views", "per_100", "exits", "exit_rate"),
}


def title(stage: str, place: Position | None, held: list[Change], why: str, cause: str = "") -> str:
    """The stage's name if it has earned one, with what surely goes with it where that is known, else its largest change that holds; `why` says
    that none is judged."""
    if place and place.parted and cause:
        return cause
    said = []
    if place and place.works:
        said.append(say("ui.parts.works_but_disappoints", stage=stage))
    elif place and place.parted:
        said.append(say("ui.parts.is_hard_but_loved", stage=stage))
    if held:
        change = max(held, key=lambda c: abs(c.diff) / c.definition.matters)
        verb = say("ui.parts.rose") if change.diff > 0 else say("ui.parts.fell")
        size = numbers.difference(abs(change.diff), change.definition.unit, digits=1)
        said.append(say("ui.parts.by", change=named(change, bool(said)), verb=verb, size=size))
    if said:
        return "; ".join(said) + "."
    return (
        f"{stage}: {why}."
        if why
        else change_words.none(
            (c for c in overview.moved(frame_here()) if c.stage == stage), say("ui.parts.in", stage=stage)
        )
        + "."
    )


def standfirst(query: Query, level: Query, stage: str) -> str:
    """What people did, and how it felt, in one line, over the days of the verdict above it, which it says; where no source records visits
    what is known of help and answers."""
    if not without_visits.seen(source.known()):
        return without_visits.in_short(replace(query, by=()), source.generation(), stage) + "."
    now = source.ask(replace(query, metrics=placement.shown("sides"), start=level.start, end=level.end, compare=None))
    done, felt = (now.cell(metric, stage=stage) for metric in now.definitions)
    return say("ui.parts.blue_orange", over=words.over(level.start, level.end), did=_did(done), felt=_felt(felt))


def _did(cell: Cell | None) -> str:
    if cell is None or not cell.valued:
        return (
            say("ui.parts.completion", reason_text=reason_text(cell.reason))
            if cell and reason_text(cell.reason)
            else say("ui.parts.no_goal_is_measured_here")
        )
    return say(
        "ui.parts.of_visits_reach_the_goal",
        value=words.number(cell.value, "rate"),
        interval=words.interval(cell.low, cell.high, "rate"),
    )


def _felt(cell: Cell | None) -> str:
    if cell is None or not cell.valued:
        return reason_text(cell.reason) if cell and reason_text(cell.reason) else say("ui.parts.nobody_is_asked")
    return say(
        "ui.parts.of_those_who_answered_are_satisfied",
        value=words.number(cell.value, "rate"),
        interval=words.interval(cell.low, cell.high, "rate"),
        n=numbers.whole(cell.n),
    ) + (f"; {words.response_words(cell)}" if words.response_words(cell) else "")


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
        or say("ui.parts.too_few_to_say_how_much")
    )
    share = counts.answered / counts.occasions
    with block(
        "pair",
        pair_title(smooth, counts),
        say(
            "ui.parts.of_occasions_answered_about_decides_who",
            answered=numbers.whole(counts.answered),
            occasions=numbers.whole(counts.occasions),
            share=numbers.percent(share, 1),
            outcome=counts.outcome.upper(),
        ),
        take=lambda: export_menu.menu(f"{stage}-pair", [("pair", replace(found.query, by=()))], address_here()),
    ):
        st.html(
            html_table(
                ["", say("ui.parts.satisfied"), say("ui.parts.unhappy"), say("ui.parts.unhappy_share")],
                lists.pair_table(list(counts.four)),
            )
        )
        sub(" · ".join(lines))
        metric_page.links(placement.shown("stage_pair"), frame_here())


def pair_title(cell: Cell | None, counts: PairCounts) -> str:
    """Who owns the fix: only what the interval supports is said of most."""
    unhappy = counts.four[1] + counts.four[3]
    if cell is None or not cell.valued or cell.low is None:
        return say("ui.parts.of_answered_occasions_were_unhappy", unhappy=unhappy, answered=counts.answered)
    if cell.low > 0.5:
        smooth = (counts.four[0] + counts.four[1]) / counts.answered
        return say(
            "ui.parts.of_the_unhappy_had_a_smooth",
            value=words.number(cell.value, "rate", digits=0),
            smooth=numbers.percent(smooth),
        )
    if cell.high < 0.5:
        return say("ui.parts.most_of_the_unhappy_had_struggled", value=words.number(1 - cell.value, "rate", digits=0))
    return say("ui.parts.whether_the_unhappy_had_struggled_or")


def reasons(stage: str, query: Query) -> None:
    """Why people asked for help."""
    _list(
        "reasons",
        stage,
        query,
        {
            say("ui.parts.reason"): lambda r: r["reason"],
            say("ui.parts.tickets"): lambda r: numbers.whole(r["tickets"]),
            say("ui.parts.people"): lambda r: numbers.whole(r["persons"]),
        },
    )


def pages(stage: str, query: Query) -> None:
    """Where the friction is, and from which page people leave."""
    _list(
        "pages",
        stage,
        query,
        {
            say("ui.parts.page"): lambda r: r["page"],
            say("ui.parts.visits"): lambda r: numbers.whole(r["visits"]),
            say("ui.parts.views"): lambda r: numbers.whole(r["views"]),
            say("ui.parts.per_100"): lambda r: numbers.fixed(r["per_100"], 1),
            say("ui.parts.exits"): lambda r: numbers.whole(r["exits"]),
            say("ui.parts.exit_share"): _exit_rate,
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
            lists.what(name, found),
            take=lambda: export_menu.menu(f"{stage}-{name}", [(name, query)], address_here()),
        ):
            by = {key: (lambda row, key=key: row[key]) for key in BY[name]}
            rows = [lists.cells(name, row) for row in heads.put(found.rows, ORDER, by)]
            shown = [[written(row) for written in columns.values()] for row in rows]
            sorts = heads.links(ORDER, by, "stage", frame_here(), BY[name][:1])
            st.html(html_table(list(columns), shown, cards=True, sorts=sorts))
