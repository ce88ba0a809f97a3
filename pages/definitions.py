"""Definitions: what do these words mean? Layout only."""

import streamlit as st

from metrics.catalogue import LENSES, catalogue
from ui.block import block, headline, html_table, sub
from ui.ledger import LENS_NAMES

headline("What these words mean", ":blue[UX] is what people do: whether they succeed, and how hard it is. :orange[CX] is what they feel and whether "
         "they stay. CX drives emotion, UX drives interaction; both are read for the same stage and the same people.")
chosen = st.query_params.get("m")
found = catalogue()
options = list(found)
metric = st.selectbox("Metric", options, index=options.index(chosen) if chosen in found else 0,
                      format_func=lambda m: f"{found[m].label} · {m}")
st.query_params["m"] = metric
d = found[metric]
with block("metric", d.label, d.sentence):
    rows = [["Formula", d.formula], ["Interval", d.interval], ["What it estimates", d.estimand], ["Counted in", d.grain], ["About whom", d.population],
            ["Better when", d.better], ["Precise enough", f"interval half as wide as {d.precise:g}"], ["Worth acting on", f"a change of {d.matters:g}"],
            ["Goal", d.goal], ["Signal", d.signal], ["Source", d.source], ["Id and version", f"{d.id}, version {d.version}"]]
    st.html(html_table(["", ""], rows, text_columns=2))
    if d.also_known_as:
        st.html(html_table(["Tool", "Its name", "How it differs"], [[a["tool"], a["name"], a["difference"]] for a in d.also_known_as], text_columns=3))
for lens in LENSES:
    mine = [m for m in found.values() if m.lens == lens]
    if mine:
        with block(f"lens_{lens}", LENS_NAMES[lens]):
            st.html(html_table(["Metric", "In one sentence", "Id"], [[m.label, m.sentence, m.id] for m in mine], text_columns=3))
sub("Tools use one name for different formulas; here the id names the variant, and nothing is computed outside this catalogue.")
