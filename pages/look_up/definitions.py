"""Definitions: what do these words mean? Layout only."""

import streamlit as st

from metrics.analyses.change_family import SCANNED
from metrics.catalogue.load import catalogue
from metrics.catalogue.taxonomies import frames
from report.reference import prose
from report.text.catalogue import say
from report.words import change_words
from ui.views import finder, metric_page, other_tools, overview
from ui.widgets.block import block, headline, sub

frame = st.session_state["_frame"]
metric, unknown = finder.opened(st.query_params)
(opening, first), *rest = prose()
headline(
    say("pages.definitions.what_these_words_mean"),
    say("pages.definitions.metrics_each_with_its_formula_its", catalogue=len(catalogue())),
)
if unknown:
    sub(unknown)

read, find = st.columns([7, 4], gap="large")
below = st.container()
if metric:
    found = catalogue()[metric]
    now = other_tools.now(found, frame.query)
    with read, block("metric", found.label, metric_page.standing(found)):
        st.html(metric_page.value(found, now, frame))
        st.html(
            metric_page.account(found, change_words.chances(overview.moved(frame), found) if metric in SCANNED else "")
        )
    if now.others:
        with (
            read,
            block(
                "others",
                metric_page.others_title(now.others),
                say("pages.definitions.counted_on_the_same_rows_and"),
            ),
        ):
            st.html(metric_page.others(now.others))
with find, block("find", say("pages.definitions.find_a_metric")):
    text, chosen = finder.box()
    hits, order = finder.search(text), frames()[finder.FRAMES[chosen]]
    sub(finder.said(text, hits, order))
    st.html(finder.groups(hits, order, frame, metric, text, chosen))
with below if metric else read:
    with block(
        "words",
        say("pages.definitions.about_these_words") if metric else opening,
        "" if metric else metric_page.coloured(first),
    ):
        if not metric:
            st.html(finder.lenses())
        for title, said in [*([(opening, first)] if metric else []), *rest]:
            with st.expander(title):
                st.markdown(metric_page.coloured(said))
