"""What somebody explores: metrics, breakdown, form and order, kept in the address under xm, xb, xf and xs.

Older links name one metric and one dimension (xm, xb) and open the same. What an address holds that is not known is left out, and said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from metrics.catalogue.dimensions import DIMENSIONS, INSIDE, TIMES
from metrics.catalogue.load import catalogue
from report import placement
from report.address import NOTHING as NONE
from report.address import VERSION
from report.text.catalogue import say
from ui.session import address

MOST_METRICS, MOST_DIMENSIONS = 6, 2
FORMS = {
    "dots": say("ui.exploration.dots"),
    "bars": say("ui.exploration.bars"),
    "lines": say("ui.exploration.lines"),
    "heat": say("ui.exploration.heat_table"),
    "table": say("ui.exploration.table_only"),
}
ORDERS = {"given": say("ui.exploration.in_order"), "value": say("ui.exploration.by_value")}
OFFERED = tuple(name for name in DIMENSIONS if name not in ("journey", "day", "instrument", *INSIDE))
KEPT = "_cut"  # the last cut of this session: the menu leads back to it


@dataclass(frozen=True)
class Cut:
    """A question and how its answer is drawn; `form` and `order` are keys of FORMS and ORDERS."""

    metrics: tuple[str, ...]
    by: tuple[str, ...]
    form: str
    order: str = "given"


def fitting(metrics: Sequence[str], by: Sequence[str]) -> list[str]:
    """The forms that fit a breakdown, the best one first. Bars begin at 0, so a score that begins at 1 has none."""
    timed, scores = any(name in TIMES for name in by), any(catalogue()[m].unit == "score" for m in metrics)
    if timed:
        return ["lines", *(["heat"] if len(by) == 2 else []), "table"]
    return [*(["heat"] if len(by) == 2 else []), "dots", *([] if scores else ["bars"]), "table"]


def read(get: Callable[[str], Sequence[str]]) -> tuple[Cut, list[str]]:
    """The cut of an address, whose values `get` gives by key, and what of it was left out."""
    odd: list[str] = [f"v={v}" for v in get("v") if v != VERSION]
    metrics = _known("xm", [m for m in get("xm") if m != NONE], catalogue(), MOST_METRICS, odd)
    if not metrics and NONE not in get("xm"):
        metrics = placement.shown("explore")
    by = _one_time(_known("xb", [v for v in get("xb") if v != NONE], OFFERED, MOST_DIMENSIONS, odd), odd)
    if not by and NONE not in get("xb"):
        by = ("stage",) if any(catalogue()[m].scope == "stage" for m in metrics) else ()
    forms = fitting(metrics, by)
    form = next(iter(_known("xf", get("xf"), FORMS, 1, odd)), forms[0])
    order = next(iter(_known("xs", get("xs"), ORDERS, 1, odd)), "given")
    return Cut(metrics, by, form if form in forms else forms[0], order), odd


def _known(key: str, values: Sequence[str], allowed, most: int, odd: list[str]) -> tuple[str, ...]:
    """The values that mean something, once each; the others go to `odd`."""
    found = tuple(dict.fromkeys(value for value in values if value in allowed))
    odd += [f"{key}={value}" for value in values if value not in allowed] + [f"{key}={value}" for value in found[most:]]
    return found[:most]


def _one_time(by: tuple[str, ...], odd: list[str]) -> tuple[str, ...]:
    """Weeks within months are no breakdown: the first of several times stays."""
    times = [name for name in by if name in TIMES]
    odd += [f"xb={name}" for name in times[1:]]
    return tuple(name for name in by if name not in times[1:])


def parts(cut: Cut) -> dict[str, object]:
    """The parameters that mean this cut; the form is always among them, for which one fits best may change."""
    return {
        "xm": list(cut.metrics) or [NONE],
        "xb": list(cut.by) or [NONE],
        "xf": cut.form,
        "xs": cut.order if cut.order != "given" else None,
    }


def current() -> tuple[Cut, list[str]]:
    """The cut of the open address; without one, and coming from another page, that of this session, put back into it."""
    if (
        KEPT in st.session_state
        and address.just_entered()
        and not any(key in st.query_params for key in ("xm", "xb", "xf", "xs"))
    ):
        address.write(**parts(st.session_state[KEPT]))
    found, odd = read(st.query_params.get_all)
    st.session_state[KEPT] = found
    return found, odd


def widgets(now: Cut) -> None:
    """The four controls, as the address has them; a change is written back before the page is drawn again."""
    for key, value in (
        ("x-metrics", list(now.metrics)),
        ("x-by", list(now.by)),
        ("x-form", now.form),
        ("x-order", now.order),
    ):
        address.seed(key, value)
    found = catalogue()
    left, right = st.columns([3, 2])
    left.multiselect(
        say("ui.exploration.metrics_up_to", most_metrics=MOST_METRICS),
        list(found),
        key="x-metrics",
        max_selections=MOST_METRICS,
        on_change=_write,
        wrap=True,
        format_func=lambda m: found[m].label,
        placeholder=say("ui.exploration.choose_a_metric"),
    )
    right.multiselect(
        say("ui.exploration.by_up_to_two"),
        OFFERED,
        key="x-by",
        max_selections=MOST_DIMENSIONS,
        on_change=_write,
        format_func=DIMENSIONS.get,
        placeholder=say("ui.exploration.nothing_one_number_each"),
    )
    with st.container(horizontal=True, key="cutform"):
        st.segmented_control(
            say("ui.exploration.drawn_as"),
            fitting(now.metrics, now.by),
            key="x-form",
            required=True,
            wrap=True,
            format_func=FORMS.get,
            on_change=_write,
        )
        if now.by and not any(name in TIMES for name in now.by):
            st.segmented_control(
                say("ui.exploration.order"),
                list(ORDERS),
                key="x-order",
                required=True,
                wrap=True,
                format_func=ORDERS.get,
                on_change=_write,
            )


def _write() -> None:
    """From the controls to the address; a form that no longer fits gives way to the best that does."""
    state = st.session_state
    metrics = tuple(state.get("x-metrics") or ())
    by = _one_time(tuple(state.get("x-by") or ()), [])
    forms = fitting(metrics, by)
    old = state.get(KEPT)
    form = state.get("x-form")
    stays = form in forms and (
        old is None or fitting(old.metrics, old.by) == forms or form != fitting(old.metrics, old.by)[0]
    )
    address.write(**parts(Cut(metrics, by, form if stays else forms[0], state.get("x-order") or "given")))
