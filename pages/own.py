"""Your own data: drop files, see what they are taken for, correct, build. Layout only."""

import streamlit as st

from data import own
from data.store.generations import current_name
from ui.session import viewer
from ui.session.serving import store_path
from ui.views.own import building, files, mapping, state, surveys
from ui.widgets.block import block, headline, sub

viewer.administrators_only()
headline(
    "Bring your own files",
    "Exports as your tools write them: CSV, Excel, OpenDocument, JSON, Parquet, zip. They stay on this machine. "
    "The settings are saved, so that `python -m data build` repeats it.",
)
with block("own_files", "1 · Drop files"):
    files.drop()
found = state.found()
if found:
    with block("own_seen", "2 · What they were taken for"):
        files.summary(found)
    sources, journey = own.settings(state.folder())
    with block("own_company", "3 · What the files do not say"):
        company = surveys.company(sources.get("company", {}), own.guess(found))
        journey = surveys.surveys(journey)
    blocks = []
    with block("own_mapping", "4 · Check how each file is read", "Every change is tried on the file at once."):
        for place, source in enumerate(sources.get("source", [])):
            one = own.block_of(source["path"], found)
            with st.expander(
                files.plain(f"{source['path']} · {source['name']}"), expanded=bool(one.get("questions")) and place < 3
            ):
                if one.get("questions"):
                    st.markdown(
                        "**To confirm**\n"
                        + "".join(
                            f"\n- {files.plain(question[:1].upper() + question[1:])}" for question in one["questions"]
                        )
                    )
                blocks.append(mapping.editor(source, one, company))
    if not blocks:
        st.error("No file loads yet. The reasons stand above.")
    elif st.button("Build and show my data", type="primary", key="own_build"):
        own.write_settings(state.folder(), sources | {"company": company, "source": blocks}, journey)
        if building.adopt_and_build():
            state.forget()
            st.switch_page(building.OVERVIEW)
with block("own_back", "What is shown now"):
    now, mine, known = building.simulated_now(), own.own_sources(store_path()), current_name(store_path())
    sub(
        "The simulated company."
        if now
        else "Your own data."
        if mine
        else "A store built from the command line."
        if known
        else "Nothing yet."
    )
    if (
        not now
        and st.button("Show the simulated company", key="own_simulated")
        and building.switch(own.simulated_sources(store_path()))
    ):
        st.switch_page(building.OVERVIEW)
    if now and mine and st.button("Show my own data again", key="own_again") and building.switch(mine):
        st.switch_page(building.OVERVIEW)
