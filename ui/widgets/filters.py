"""The line that says what is looked at, and the popover that changes it."""

from collections.abc import Sequence

import streamlit as st

from metrics.query import holiday_dates
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import other_period
from report import address
from report.text.catalogue import say
from report.words import words
from ui.session import source, state
from ui.session.filtering import narrow
from ui.session.state import Frame
from ui.widgets import basket
from ui.widgets.inert import calm, inert, plain
from ui.widgets.saved import views as saved_views


def bar(known: Context) -> Frame:
    """Draw the frame line; returns what it says."""
    state.keep_in_url(known)
    with st.container(key="frame", horizontal=True, vertical_alignment="center", gap="small"):
        said = st.empty()
        with st.popover(say("ui.filters.change"), icon=":material/tune:", type="tertiary"):
            _widgets(known)
        frame = state.read(known)
        with st.popover(say("ui.filters.share"), icon=":material/link:", type="tertiary"):
            st.markdown(say("ui.filters.this_link_opens_the_same_view"))
            st.code(f"{_address()}?{frame.share(state.page_params())}", language=None, wrap_lines=True)
        saved_views.menu(frame)
        basket.popover(frame.query, frame.address())
        said.markdown(inert(account(frame, known)), width="stretch")
    taken_off(known)
    return frame


def taken_off(known: Context) -> None:
    """Every filter that is set as a chip that takes it off; nothing where none is."""
    found = narrow.chips(known, st.session_state)
    if not found:
        return
    with st.container(key="chips", horizontal=True, gap="xsmall", vertical_alignment="center"):
        for place, chip in enumerate(found):
            st.button(
                plain(chip.label),
                key=f"chip-{place}-{chip.key}",
                icon=":material/close:",
                help=say("ui.filters.take_off"),
                on_click=narrow.take_off,
                args=(chip, known),
            )
        if len(found) > 1:
            st.button(say("ui.filters.reset"), key="chips-off", type="tertiary", on_click=_reset, args=(known,))


def account(frame: Frame, known: Context) -> str:
    """One sentence: journey, period against which, and every active filter."""
    query = frame.query
    against = (
        say("ui.filters.gray_against", span=words.span(*other_period(query)), holidays=_holidays(query, known))
        if query.compare
        else ""
    )
    days = (
        words.span(query.start, query.end)
        if query.start
        else say("ui.filters.all_data", span=words.span(known.first_day, known.last_day))
        if known.first_day
        else say("ui.filters.all_data_2")
    )
    return say(
        "ui.filters.small",
        journey=query.journey,
        days=days,
        against=against,
        filters=" · ".join(frame.filters),
        part="" if len(frame.filters) > 1 else say("ui.filters.everyone"),
    )


def _holidays(query: Query, known: Context) -> str:
    """The holidays that only one of the compared periods holds."""
    now, then = holiday_dates.holidays_apart(known.holidays, (query.start, query.end), other_period(query))
    said = [
        say("ui.filters.only", list=words.listed(list(names)), when=when)
        for names, when in ((now, "now"), (then, "then"))
        if names
    ]
    return f" ({', '.join(said)})" if said else ""


def _address() -> str:
    return (st.context.url or "").split("?")[0]


def _widgets(known: Context) -> None:
    if len(known.journeys) > 1:
        st.selectbox(say("ui.filters.journey"), known.journeys, key="j", bind="query-params")
    journey = st.session_state.get("j") or known.journeys[0]
    chips(say("ui.filters.stages"), known.stages.get(journey, ()), "s")
    st.selectbox(
        say("ui.filters.period_up_to_the_last_whole"),
        state.PERIODS,
        index=state.PERIODS.index(state.default_preset(known)),
        key="p",
        bind="query-params",
    )
    if st.session_state.get("p") == state.DATES:
        left, right = st.columns(2)
        since, until = (
            state.period(known, state.DATES, None, None)
            if state.default_preset(known) != state.ALL
            else (known.first_day, known.last_day)
        )
        left.date_input(
            say("ui.filters.from"),
            value=None if "from" in st.session_state else since,
            key="from",
            bind="query-params",
            min_value=known.first_day,
            max_value=known.last_day,
        )
        right.date_input(
            say("ui.filters.to"),
            value=None if "to" in st.session_state else until,
            key="to",
            bind="query-params",
            min_value=known.first_day,
            max_value=known.last_day,
        )
    st.selectbox(say("ui.filters.compare_with"), list(state.COMPARISONS), key="c", bind="query-params")
    for key, (name, label) in state.FILTERS.items():
        options = choices(name)
        if len(options) > 1 or st.session_state.get(key):
            chips(label, options, key)
    others = list(dict.fromkeys(st.query_params.get_all(address.OTHER) or st.session_state.get(address.OTHER) or ()))
    if others:  # what a link brought along that has no control of its own; it can be taken out here
        chips(say("ui.filters.other_filters"), others, address.OTHER)
    st.segmented_control(
        say("ui.filters.people"),
        ["Everyone", address.ONLY_CUSTOMERS],
        default=None if state.was_put("w") else "Everyone",
        key="w",
        bind="query-params",
        required=True,
    )
    st.button(say("ui.filters.reset"), icon=":material/restart_alt:", type="tertiary", on_click=_reset, args=(known,))


def chips(label: str, options: Sequence[str], key: str) -> None:
    """A choice of several names, kept in the address. Chips read their names as Markdown, and what they are called is what the address
    holds; so names that Markdown would change are offered in a list instead, which shows them as they are written."""
    if all(calm(name) for name in options):
        st.pills(label, options, selection_mode="multi", key=key, bind="query-params")
    else:
        st.multiselect(label, options, key=key, bind="query-params")


def _reset(known: Context) -> None:
    """Back to everything; the widgets take their part of the address with them."""
    for key, value in state.resting(known).items():
        state.put(key, value)


def choices(dimension: str) -> list[str]:
    """The values a filter offers, most frequent first."""
    return [row["value"] for row in source.rows("dimension_values") if row["dimension"] == dimension]
