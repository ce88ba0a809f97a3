"""Explore: any metrics, any dimensions, the SQL shown. Layout only."""

from dataclasses import replace

import streamlit as st

from exports.card import form_of
from metrics.catalogue import catalogue
from metrics.query import DIMENSIONS
from metrics.render import as_csv, as_json
from ui import charts, draw, source, takeaway, words
from ui.block import block, headline, html_table, sub
from ui.movement import said

frame = st.session_state["_frame"]
found = catalogue()
headline("Your own cut", "Any metric by any dimension it has. Filtered and broken-down views are exploratory: not corrected for many looks.")
left, right = st.columns(2)
metrics, cuts = list(found), [d for d in DIMENSIONS if d not in ("journey", "day", "account", "instrument")]
asked = {"xm": st.query_params.get("xm"), "xb": st.query_params.get("xb")}
metric = left.selectbox("Metric", metrics, index=metrics.index(asked["xm"] if asked["xm"] in found else "completion_rate"), format_func=lambda m: found[m].label)
by = right.selectbox("By", cuts, index=cuts.index(asked["xb"]) if asked["xb"] in cuts else 0, format_func=DIMENSIONS.get)
st.query_params.update({"xm": metric, "xb": by})
result = source.ask(replace(frame.query, metrics=(metric,), by=(by,)))
cells, definition = result.of(metric), result.definitions[metric]
with block("cut", f"{definition.label} by {DIMENSIONS[by]}", definition.sentence):
    shown = [c for c in cells if c.valued][:24]
    if shown and by not in ("week", "month"):
        draw.show(charts.dots(shown, definition, [c.by.get(by) or "unknown" for c in shown]), "explore",
                  "; ".join(words.sentence(c, definition) for c in shown[:8]))
    st.html(html_table([DIMENSIONS[by], "Value (95 %)", "n", "State"],
                       [[c.by.get(by) or "unknown", said(c, result), f"{c.n:,}", f"{c.state}{': ' + c.reason if c.reason else ''}"] for c in cells]))
    first, second, _ = st.columns([1, 1, 4])
    first.download_button("CSV", data=lambda: as_csv(result), file_name=f"{metric}-by-{by}.csv", on_click="ignore", icon=":material/table:", type="tertiary")
    second.download_button("JSON", data=lambda: as_json(result), file_name=f"{metric}-by-{by}.json", on_click="ignore",
                           icon=":material/data_object:", type="tertiary")
    takeaway.menu(f"{metric}-by-{by}", [(form_of(result), result.query)], frame.address())
    with st.expander("The SQL behind it"):
        st.code(result.sql.get(metric) or "no query was needed", language="sql")
        sub("Values such as dates are bound parameters, never part of the text.")
