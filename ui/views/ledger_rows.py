"""Which rows the Journey's ledger shows: a picker for either side, kept in the URL."""

import streamlit as st

from metrics.catalogue.load import catalogue
from report.text.catalogue import say
from ui.session import address
from ui.views import overview

KEYS = ("mu", "mc")
FEW, ALL = "five", "all"
SETS = {FEW: say("ui.ledger_rows.five_rows"), ALL: say("ui.ledger_rows.all_metrics")}
NAMES = {
    "mu": ("ux", say("ui.ledger_rows.ux_interaction")),
    "mc": ("cx", say("ui.ledger_rows.cx_service_emotion_loyalty_value")),
}


def chosen() -> tuple[str, ...]:
    """The rows: what was picked for either side, else five plain ones, on demand all that tell something."""
    picked = tuple(tuple(st.session_state.get(key) or ()) for key in KEYS)
    if any(picked) or st.query_params.get("mr") == ALL:
        return overview.full(*picked)
    return overview.plain_rows()


def picker() -> None:
    """Five rows or all, and a popover with the metrics of both sides."""
    address.seed("rows", st.query_params.get("mr") if st.query_params.get("mr") in SETS else FEW)
    st.segmented_control(
        say("ui.ledger_rows.rows"),
        list(SETS),
        key="rows",
        required=True,
        label_visibility="collapsed",
        format_func=lambda name: SETS[name],
        on_change=_write,
    )
    with st.popover(say("ui.ledger_rows.rows"), icon=":material/table_rows:", type="tertiary"):
        for key, (side, label) in NAMES.items():
            st.multiselect(
                label,
                overview.pickable(side),
                key=key,
                bind="query-params",
                placeholder=say("ui.ledger_rows.the_most_telling_ones"),
                format_func=lambda metric: catalogue()[metric].label,
            )


def _write() -> None:
    address.write(mr=st.session_state["rows"] if st.session_state["rows"] == ALL else None)
