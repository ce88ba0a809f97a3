"""The frame script: page list, sign-in gate, filters, notice and footer around whatever page is open."""

from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st

from data.errors import UserError
from data.store.sound import Damaged
from metrics.rules import access
from report import numbers
from report.text.catalogue import say
from report.words import privacy_words, rights_words
from ui import printing
from ui.session import address, source, viewer
from ui.session.uploads import take_uploads
from ui.views import people
from ui.views.tour.strip import strip
from ui.widgets import open_questions
from ui.widgets.block import PLACE, sub
from ui.widgets.filters import bar
from ui.widgets.inert import inert

HERE = Path(__file__).resolve().parent
PAGES = HERE.parent / "pages"

st.set_page_config(
    page_title="Throughline", page_icon=str(HERE / "icon.svg"), layout="wide", initial_sidebar_state="collapsed"
)
st.logo(str(HERE / f"logo-{st.context.theme.type or 'light'}.svg"), size="small")
st.html(HERE / "style.css")
st.html(printing.style(st.context.theme.type))
st.html(HERE / "menu.html", unsafe_allow_javascript=True)


looking = viewer.arrived() if viewer.passed() else None  # before signing in there is nobody, and no page in the menu


def view(name: str, title: str, visibility: Literal["visible", "hidden"] = "visible", group: str = ""):
    """A page, in the menu where whoever looks may see it; a group of the menu is a folder of pages."""
    shown = visibility if looking and viewer.may_see(name, looking) else "hidden"
    return st.Page(PAGES / group / f"{name}.py", title=title, url_path=name, visibility=shown)


# the first page answers at / and, for links that name it, at /overview; the first group stands open, the others are menus
MENU = {
    "": [
        st.Page(
            PAGES / "overview.py",
            title=say("ui.frame.overview"),
            url_path="home",
            default=True,
            visibility="visible" if looking and viewer.may_see("overview", looking) else "hidden",
        ),
        view("overview", say("ui.frame.overview"), visibility="hidden"),
        view("journey", say("ui.frame.journey")),
        view("stage", say("ui.frame.stage")),
        view("person", say("ui.frame.one_persons_path"), visibility="hidden"),
        view("own", say("ui.frame.your_own_files"), visibility="hidden"),
    ],
    say("ui.frame.why"): [
        view("voice", say("ui.frame.voice"), group="why"),
        view("drivers", say("ui.frame.drivers"), group="why"),
        view("silent", say("ui.frame.silent"), group="why"),
        view("promises", say("ui.frame.promises"), group="why"),
        view("support", say("ui.frame.support"), group="why"),
        view("relationship", say("ui.frame.relationship"), group="why"),
        view("experiments", say("ui.frame.experiments"), group="why"),
        view("changes", say("ui.frame.changes"), group="why"),
    ],
    say("ui.frame.act"): [
        view("case", say("ui.frame.business_case"), group="act"),
        view("portfolio", say("ui.frame.portfolio"), group="act"),
        view("decisions", say("ui.frame.decisions"), group="act"),
        view("followups", say("ui.frame.follow_up"), group="act"),
    ],
    say("ui.frame.look_up"): [
        view("explore", say("ui.frame.explore"), group="look_up"),
        view("reconcile", say("ui.frame.reconcile"), group="look_up"),
        view("data", say("ui.frame.data"), group="look_up"),
        view("definitions", say("ui.frame.definitions"), group="look_up"),
    ],
}
page = st.navigation(MENU, position="top")

with st.container(horizontal_alignment="center"), st.container(width=1200, gap="small", key="page"):
    viewer.gate()
    name = page.url_path if page.url_path not in ("", "home") else "overview"
    group = next((group for group, pages in MENU.items() if group and page in pages), "")
    st.session_state[PLACE] = say("ui.frame.place", group=group, page=page.title) if group else ""
    own = name == "own"
    st.session_state[viewer.VIEW] = name
    take_uploads(own and viewer.may_bring_data())
    if looking and not own and not viewer.may_see(name, looking):
        st.markdown(say("ui.frame.this_page_is_not_among_those"))
        sub(rights_words.page(looking, name))
        viewer.leave()
        st.stop()
    if page.url_path != "person":
        people.closed()
    try:
        known = source.known()
    except access.NothingGranted as error:
        if own:
            page.run()
            st.stop()
        st.markdown(say("ui.frame.there_is_nothing_here_that_you"))
        sub(f"{error}")
        viewer.leave()
        st.stop()
    except Exception as error:
        if source.distrust(error):
            st.rerun()
        if not isinstance(error, UserError):
            raise
        if own:  # the way to data needs none
            page.run()
            st.stop()
        if isinstance(error, Damaged):
            st.markdown(say("ui.frame.the_data_cannot_be_read"))
            sub(f"{error}")
            st.stop()
        st.markdown(say("ui.frame.there_is_no_data_yet"))
        if viewer.may_bring_data():
            st.markdown(say("ui.frame.drop_exports_of_your_surveys_tickets"))
            if st.button(say("ui.frame.bring_your_own_files"), type="primary", key="bring_files"):
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
                    label=say("ui.frame.simulated_data_this_company_does_not"),
                    icon=None,
                )
            else:
                sub(say("ui.frame.simulated_data_this_company_does_not_2"))
    elif known.notice:
        with st.container(key="notice"):
            sub(known.notice)
    if known.simulated and looking:
        strip(st.session_state["_frame"], name, looking)
    if trouble := source.generation().trouble:
        with st.container(key="trouble"):
            st.html(open_questions.trouble(trouble))
    if looking and (here := viewer.rights_now()).limits:
        with st.container(key="limited"):
            sub(rights_words.rows_seen(here))
    if (
        asked_of := open_questions.notice(known.questions, st.session_state["_frame"].link("data"))
        if looking and viewer.may_see("data", looking)
        else ""
    ):
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
        st.markdown(inert(say("ui.frame.this_question_cannot_be_answered", error=error)))
    with st.container(key="foot"):
        linked = source.rows("linked_share")
        share = (
            say("ui.frame.of_visits_linked_to_a_person", share=numbers.percent(linked[0]["share"]))
            if linked and linked[0]["share"] is not None
            else ""
        )
        as_of = numbers.moment(known.data_as_of)
        withheld = privacy_words.on_page(known.shows, known.confidential)
        sub(say("ui.frame.data_as_of", company=known.company, as_of=as_of, share=share, withheld=withheld))
        st.html(
            f"<details><summary>{escape(say('ui.frame.how_made'))}</summary><p>{escape(say('ui.frame.intervals_clustered'))}</p></details>"
        )
        printing.address(st.session_state["_frame"])
        if looking and looking.name == access.HERE:
            sub(rights_words.AT_THIS_MACHINE)
        viewer.leave()
