"""The frame script: page list, sign-in gate, filters, notice and footer around whatever page is open."""

from pathlib import Path

import streamlit as st

from data.errors import UserError
from data.store.sound import Damaged
from report import numbers
from ui.session import address, source, viewer
from ui.session.uploads import take_uploads
from ui.views import people
from ui.widgets import open_questions
from ui.widgets.block import sub
from ui.widgets.filters import bar

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent / "pages"

st.set_page_config(
    page_title="Throughline", page_icon=str(HERE / "icon.svg"), layout="wide", initial_sidebar_state="collapsed"
)
st.logo(str(HERE / f"logo-{st.context.theme.type or 'light'}.svg"), size="small")
st.html(HERE / "style.css")


def view(name: str, title: str, **more):
    return st.Page(PAGES / f"{name}.py", title=title, url_path=name, **more)


# the first page answers at / and, for links that name it, at /overview
page = st.navigation(
    [
        st.Page(PAGES / "overview.py", title="Overview", url_path="home", default=True),
        view("overview", "Overview", visibility="hidden"),
        view("journey", "Journey"),
        view("stage", "Stage"),
        view("person", "One person's path", visibility="hidden"),
        view("promises", "Promises"),
        view("case", "Business case"),
        view("decisions", "Decisions"),
        view("explore", "Explore"),
        view("data", "Data"),
        view("definitions", "Definitions"),
        view("own", "Your own files", visibility="hidden"),
    ],
    position="top",
)

with st.container(horizontal_alignment="center"), st.container(width=1200, gap="small", key="page"):
    viewer.gate()
    own = page.url_path == "own"
    take_uploads(own and viewer.may_bring_data())
    if page.url_path != "person":
        people.closed()
    try:
        known = source.known()
    except Exception as error:
        if source.distrust(error):
            st.rerun()
        if not isinstance(error, UserError):
            raise
        if own:  # the way to data needs none
            page.run()
            st.stop()
        if isinstance(error, Damaged):
            st.markdown("# The data cannot be read")
            sub(f"{error}")
            st.stop()
        st.markdown("# There is no data yet")
        if viewer.may_bring_data():
            st.markdown(
                "Drop exports of your surveys, tickets, web analytics or orders: you see what each is taken for, and your numbers stand here."
            )
            if st.button("Bring your own files", type="primary", key="bring_files"):
                st.switch_page(PAGES / "own.py")
        sub(f"{error}")
        st.stop()
    numbers.use(known.locale, known.currency)
    st.session_state["_frame"] = bar(known)
    if known.simulated:
        with st.container(key="notice"):
            if viewer.may_bring_data() and not own:
                st.page_link(
                    PAGES / "own.py",
                    label="**Simulated data:** this company does not exist. Bring your own files →",
                    icon=None,
                )
            else:
                sub("**Simulated data:** this company does not exist.")
    elif known.notice:
        with st.container(key="notice"):
            sub(known.notice)
    if trouble := source.generation().trouble:
        with st.container(key="trouble"):
            st.html(open_questions.trouble(trouble))
    if asked_of := open_questions.notice(known.questions, st.session_state["_frame"].link("data")):
        with st.container(key="asked"):
            st.html(asked_of)
    try:
        address.entered(page.url_path)
        page.run()
    except Exception as error:
        if source.distrust(error):  # damage that shows only when it is read: the last good state answers
            st.rerun()
        if not isinstance(error, UserError):
            raise
        st.markdown(f"**This question cannot be answered.** {error}")
    with st.container(key="foot"):
        linked = source.rows("linked_share")
        share = (
            f"{numbers.percent(linked[0]['share'])} of visits linked to a person · "
            if linked and linked[0]["share"] is not None
            else ""
        )
        as_of = numbers.moment(known.data_as_of)
        sub(
            f"{known.company} · data as of {as_of} · {share}95 % intervals, clustered by person · marked only where a change is beyond "
            "normal variation and large enough to matter · fewer than 5 people withheld, 8 where words are counted · Net Promoter® is a registered trade mark"
        )
        viewer.leave()
