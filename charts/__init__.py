"""Figures on Plotly, without Streamlit: the same on a page, in a picture and in the list of a workbook."""
