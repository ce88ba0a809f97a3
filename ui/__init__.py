"""All Streamlit and Plotly helpers: the frame, the look, charts and words."""

from data.cores import one_each

one_each()
