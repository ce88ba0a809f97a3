"""What comes out of a case: the chain, what moves it, what people gain, what it returns."""

from __future__ import annotations

import json
from html import escape

import streamlit as st

from charts.tornado import tornado
from exports import api as make
from metrics.analyses.case.worth import Worth
from report.cases.tables import case_toml, link_rows, record, swings
from report.text.catalogue import say
from report.words import case_words as words
from report.words.reasons import reason_text
from ui.session import source, viewer
from ui.session.audit import exported
from ui.widgets import plot
from ui.widgets.block import block, html_table, sub
from ui.widgets.export_menu import PPTX

HEADS = ["", say("ui.shown.median_p10_to_p90"), "from"]


def chain(made: Worth, address: str) -> None:
    """Every link of every route with its range and where it comes from."""
    with block(
        "chain",
        say("ui.shown.how_it_adds_up"),
        say("ui.shown.each_line_is_multiplied_by_the"),
        take=lambda: _take(made, address),
    ):
        for route in made.routes:
            rows = [
                [r["link"], words.median_with_range(r), r["from"]]
                for r in link_rows(made)
                if r["route"] == words.ROUTES[route.name]
            ]
            if len(made.routes) > 1:
                st.markdown(f"**{words.ROUTES[route.name].capitalize()}**")
            st.html(html_table(HEADS, rows))
        for name, reason in made.missing:
            sub(f"{words.ROUTES.get(name, name).capitalize()}: {reason_text(reason)}.")
        for reason in made.warnings:
            sub(f"{reason_text(reason).capitalize()}.")


def moves(made: Worth) -> None:
    """The tornado."""
    if not made.tornado or made.benefit.p50 is None:
        return
    bars = [(label, low, high, words.money(low), words.money(high)) for label, low, high in swings(made)]
    with block(
        "tornado",
        say("ui.shown.most_depends_on", bars=bars[0][0]),
        say("ui.shown.the_yearly_worth_with_one_line"),
    ):
        plot.show(
            tornado(bars, made.benefit.p50),
            "tornado",
            "; ".join(say("ui.shown.to_2", b=b[0], b2=b[3], b3=b[4]) for b in bars) + ".",
        )


def gains(made: Worth) -> None:
    """People beside money: who gains what, and what it returns."""
    with block("gains", say("ui.shown.what_people_gain_and_what_it")):
        said = (*words.helped(made), *words.cash_and_time(made), *words.returns(made))
        st.html(
            "<ul class='said'>" + "".join(f"<li>{escape(text[:1].upper() + text[1:])}</li>" for text in said) + "</ul>"
        )


def _take(made: Worth, address: str) -> None:
    """The case as the file the command line reads, and the answer as JSON; only for who may make files."""
    if not viewer.may_export():
        return
    known, generation = source.known(), viewer.exporting()
    with (
        st.container(key="take_case", width="content"),
        st.popover(say("ui.shown.export"), type="tertiary", icon=":material/ios_share:"),
    ):
        st.download_button(
            say("ui.shown.case_case_toml"),
            case_toml(made),
            "CASE.toml",
            "application/toml",
            key="case-toml",
            on_click="ignore",
            icon=":material/description:",
            type="tertiary",
        )
        st.download_button(
            say("ui.shown.slides_pptx_native"),
            exported("case.pptx", lambda: make.case_slides(made, known, generation(), address)),
            "case.pptx",
            PPTX,
            key="case-pptx",
            on_click="ignore",
            icon=":material/slideshow:",
            type="tertiary",
        )
        st.download_button(
            say("ui.shown.numbers_json"),
            exported(
                "case.json",
                lambda: make.case_numbers(json.dumps(record(made), ensure_ascii=False, indent=2), generation()),
            ),
            "case.json",
            "application/json",
            key="case-json",
            on_click="ignore",
            icon=":material/data_object:",
            type="tertiary",
        )
