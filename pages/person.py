"""One person's path, opened from a stage by who may. Layout only."""

import streamlit as st

from charts import path_axis
from data.errors import UserError
from data.store.person_key import pseudonym
from report.text.catalogue import say
from ui.session import source, viewer
from ui.views import erasing, path, people
from ui.widgets import plot
from ui.widgets.block import block, headline, sub

frame, known = st.session_state["_frame"], source.known()
who, stage, via = (st.query_params.get(name, "") for name in ("who", "at", "via"))
looking = viewer.current()
back = path.back(stage, frame.link("stage", **({"at": stage} if stage else {})))
try:
    found = people.open_path(who, frame.query.journey, people.view_of(stage, via), looking)
except UserError as error:
    people.closed()
    headline(say("pages.person.one_persons_path_is_not_shown"), f"{error}")
    st.html(back)
    erasing.receipt()
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
    with block("path", say("pages.person.what_happened_newest_first"), path.shown(found)):
        st.html(path.timeline(found))
    simulated = say("pages.person.nobody_here_is_real_the_data") if known.simulated else ""
    sub(
        say(
            "pages.person.stands_for_this_person_here_and",
            pseudonym=pseudonym(who),
            name=looking.name,
            view_of=people.view_of(stage, via),
            simulated=simulated,
        )
    )
    erasing.form(who)
