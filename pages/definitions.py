"""Definitions: what do these words mean? Layout only."""

import streamlit as st

from metrics import told
from metrics.catalogue import catalogue
from metrics.document import prose
from metrics.frames import frames
from metrics.scan import SCANNED
from ui import beside, define, finder, gather, words
from ui.block import block, headline, sub

frame = st.session_state["_frame"]
metric, unknown = finder.opened(st.query_params)
texts = dict(prose())
headline("What these words mean", f"{len(catalogue())} metrics, each with its formula, its interval and what other tools would read. "
         "Nothing in this product is computed outside this list.")
if unknown:
    sub(unknown)

read, find = st.columns([7, 4], gap="large")
below = st.container()
if metric:
    found = catalogue()[metric]
    now = beside.now(found, frame.query)
    with read, block("metric", found.label, define.standing(found)):
        st.html(define.value(found, now, frame))
        st.html(define.account(found, told.chances(gather.moved(frame), found, words) if metric in SCANNED else ""))
    if now.others:
        with read, block("others", define.others_title(now.others), "Counted on the same rows and days as the number above, where their formula can be rebuilt on them."):
            st.html(define.others(now.others))
with find, block("find", "Find a metric"):
    text, chosen = finder.box()
    hits, order = finder.search(text), frames()[finder.FRAMES[chosen]]
    sub(finder.said(text, hits, order))
    st.html(finder.groups(hits, order, frame, metric, text, chosen))
with below if metric else read:
    with block("words", "About these words" if metric else "UX and CX", "" if metric else define.coloured(texts.pop("UX and CX"))):
        if not metric:
            st.html(finder.lenses())
        for title, said in texts.items():
            with st.expander(title):
                st.markdown(define.coloured(said))
