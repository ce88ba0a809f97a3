"""One person's path, opened from a stage by who may. Layout only."""

import streamlit as st

from charts import path_axis
from data.errors import UserError
from data.store.person_key import pseudonym
from ui.session import source, viewer
from ui.views import path, people
from ui.widgets import plot
from ui.widgets.block import block, headline, sub

frame, known = st.session_state["_frame"], source.known()
who, stage, via = (st.query_params.get(name, "") for name in ("who", "at", "via"))
looking = viewer.current(known)
back = path.back(stage, frame.link("stage", **({"at": stage} if stage else {})))
try:
    found = people.open_path(who, frame.query.journey, people.view_of(stage, via), looking)
except UserError as error:
    people.closed()
    headline("One person's path is not shown", f"{error}")
    st.html(back)
else:
    st.html(path.STYLE)
    st.html(back)
    headline(path.title(pseudonym(who), found), path.standfirst(found))
    with block("axis", path.when(found), path_axis.key()):
        plot.show(
            path_axis.axis(found, list(known.stages[frame.query.journey])),
            "path-axis",
            path.title(pseudonym(who), found),
        )
    with block("path", "What happened, newest first", path.shown(found)):
        st.html(path.timeline(found))
    simulated = (
        " Nobody here is real: the data are simulated, and with real data only those named in rights.toml see this."
        if known.simulated
        else ""
    )
    sub(
        f"{pseudonym(who)} stands for this person here and in the audit log; names, addresses and ids are not shown. This opening has been written "
        f"down: {looking.name}, from {people.view_of(stage, via)}.{simulated}"
    )
