"""Reconcile: why is this not the number in our other report? Layout only."""

from dataclasses import replace

import streamlit as st

from report.text.catalogue import say
from ui.views import finder
from ui.views.sheets import one_metric, shown
from ui.widgets.block import sub

frame = st.session_state["_frame"]
metric, unknown = finder.opened(st.query_params)
if unknown:
    sub(unknown)
about = replace(frame, query=replace(frame.query, metrics=(one_metric.now(metric),)))
shown.page("reconcile", about, lambda: one_metric.picker(metric, say("reconcile.page.choose")))
