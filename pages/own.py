"""Your own data: drop files, see what they are taken for, correct, build. Layout only."""

import streamlit as st

from data import own
from data.store.generations import current_name
from report.text.catalogue import say
from ui.session import viewer
from ui.session.serving import store_path
from ui.views.own import building, files, mapping, state, surveys
from ui.widgets.block import block, headline, sub
from ui.widgets.inert import plain

viewer.administrators_only()
headline(
    say("pages.own.bring_your_own_files"),
    say("pages.own.exports_as_your_tools_write_them"),
)
with block("own_files", say("pages.own.n_1_drop_files")):
    files.drop()
found = state.found()
if found:
    with block("own_seen", say("pages.own.n_2_what_they_were_taken_for")):
        files.summary(found)
    sources, journey = own.settings(state.folder())
    with block("own_company", say("pages.own.n_3_what_the_files_do_not")):
        company = surveys.company(sources.get("company", {}), own.guess(found))
        journey = surveys.surveys(journey)
    blocks = []
    with block(
        "own_mapping", say("pages.own.n_4_check_how_each_file_is"), say("pages.own.every_change_is_tried_on_the")
    ):
        for place, source in enumerate(sources.get("source", [])):
            one = own.block_of(source["path"], found)
            with st.expander(
                plain(f"{source['path']} · {source['name']}"), expanded=bool(one.get("questions")) and place < 3
            ):
                if one.get("questions"):
                    st.markdown(
                        say("pages.own.to_confirm")
                        + "".join(f"\n- {plain(question[:1].upper() + question[1:])}" for question in one["questions"])
                    )
                if one.get("notes"):
                    sub(plain(say("pages.own.how_it_was_read", notes=one["notes"])))
                blocks.append(mapping.editor(source, one, company))
    if not blocks:
        st.error(say("pages.own.no_file_loads_yet_the_reasons"))
    elif st.button(say("pages.own.build_and_show_my_data"), type="primary", key="own_build"):
        own.write_settings(state.folder(), sources | {"company": company, "source": blocks}, journey)
        if building.adopt_and_build():
            state.forget()
            st.switch_page(building.OVERVIEW)
with block("own_back", say("pages.own.what_is_shown_now")):
    now, mine, known = building.simulated_now(), own.own_sources(store_path()), current_name(store_path())
    sub(
        say("pages.own.the_simulated_company")
        if now
        else say("pages.own.your_own_data")
        if mine
        else say("pages.own.a_store_built_from_the_command")
        if known
        else say("pages.own.nothing_yet")
    )
    if (
        not now
        and st.button(say("pages.own.show_the_simulated_company"), key="own_simulated")
        and building.switch(own.simulated_sources(store_path()))
    ):
        st.switch_page(building.OVERVIEW)
    if now and mine and st.button(say("pages.own.show_my_own_data_again"), key="own_again") and building.switch(mine):
        st.switch_page(building.OVERVIEW)
