"""All Streamlit and Plotly helpers: the frame, the look, charts and words."""
