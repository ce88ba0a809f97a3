"""All Streamlit and Plotly helpers: the frame, the look, charts and words."""

if (
    __name__ == "ui"
):  # in a wheel `throughline.ui` is only the way in (launch.py), before the other rooms can be found; the app then runs as `ui`
    from data.cores import one_each

    one_each()
