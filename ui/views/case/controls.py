"""The case's controls, as its address has them; a change is written back before the page is drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from metrics.analyses.case.case import Assumptions, Grade, Removes
from metrics.analyses.case.removed import fits
from metrics.analyses.stage_scores import Target
from report.cases import address as case_address
from report.text.catalogue import say
from report.words import case_words as words
from report.words.words import level
from ui.session import address
from ui.widgets.inert import plain

SHARE, TARGET = say("ui.controls.a_share"), say("ui.controls.what_your_target_takes")
BY_ROUTE = say("ui.controls.by_how_it_is_measured")
STEPS = {"reach": 5.0, "fades": 5.0, "discount_rate": 1.0, "margin_rate": 1.0}
SHARES = tuple(STEPS)
WHOLE = {"years": (0, 20), "buyer_days": (30, 365)}
TYPED = ("years", "buyer_days", "discount_rate", "reach", "fades", "months_away", "margin_rate", "cost_per_contact")
EFFECT = (0.2, 0.6)  # where a slider for the share of a difference begins


def widgets(spec: dict[str, Any], stages: Sequence[str], targets: Sequence[Target], currency: str) -> None:
    """Stage, what becomes less, how much of it, costs; evidence and assumptions in a fold of their own. `targets` are those of the
    stage that fit what is removed."""
    _seed(spec, targets)
    with st.container(horizontal=True, key="casewhat", vertical_alignment="bottom"):
        st.segmented_control(
            say("ui.controls.stage"),
            list(stages),
            key="case-stage",
            required=True,
            wrap=True,
            on_change=_write,
            format_func=plain,
        )
        st.segmented_control(
            say("ui.controls.what_becomes_less"),
            list(Removes),
            key="case-removes",
            required=True,
            wrap=True,
            on_change=_write,
            format_func=words.LESS.get,
        )
    with st.container(horizontal=True, key="casehow", vertical_alignment="bottom"):
        if targets:
            st.segmented_control(
                say("ui.controls.how_much_of_it"),
                [SHARE, TARGET],
                key="case-how",
                required=True,
                wrap=True,
                on_change=_write,
            )
        if not targets or st.session_state["case-how"] == SHARE:
            st.number_input(
                say("ui.controls.removed"), 1.0, 100.0, key="case-share", step=5.0, on_change=_write, width=130
            )
        else:
            st.selectbox(
                say("ui.controls.target"),
                [part.definition.id for part in targets],
                key="case-metric",
                on_change=_write,
                format_func={part.definition.id: _target(part) for part in targets}.get,
                width=260,
            )
        st.number_input(
            say("ui.controls.costs_once", currency=currency),
            0.0,
            key="case-once",
            step=1000.0,
            format="%.0f",
            on_change=_write,
            width=170,
        )
        st.number_input(
            say("ui.controls.costs_a_year", currency=currency),
            0.0,
            key="case-yearly",
            step=1000.0,
            format="%.0f",
            on_change=_write,
            width=170,
        )
    with st.expander(say("ui.controls.evidence_and_assumptions")):
        _assumptions(currency)


def _target(part: Target) -> str:
    return f"{part.definition.short} {level(part.target, part.definition)}"


def _assumptions(currency: str) -> None:
    """Every assumption with the reason of its default."""
    st.segmented_control(
        say("ui.controls.how_it_is_known_that_the"),
        [BY_ROUTE, Grade.EXPERIMENT, Grade.MATCHED, Grade.CORRELATIONAL, Grade.ASSUMED],
        key="case-evidence",
        required=True,
        wrap=True,
        on_change=_write,
        format_func=lambda grade: words.GRADE_NAMES.get(grade, grade),
        help=words.WHY["causal_share"],
    )
    left, right = st.columns(2)
    if st.session_state["case-evidence"] == Grade.ASSUMED:
        left.slider(
            say("ui.controls.share_of_the_difference_taken_as"),
            0,
            100,
            key="case-causal_share",
            step=5,
            on_change=_write,
        )
    for place, name in enumerate(TYPED):
        into = (left, right)[place % 2]
        share = name in SHARES
        into.number_input(
            words.ASSUMPTIONS[name] + (", %" if share else f", {currency}" if name == "cost_per_contact" else ""),
            WHOLE[name][0] if name in WHOLE else 0.0,
            WHOLE[name][1] if name in WHOLE else 60.0 if name == "months_away" else 100.0 if share else None,
            key=f"case-{name}",
            step=1 if name in WHOLE else STEPS.get(name, 1.0),
            on_change=_write,
            help=words.WHY[name],
            placeholder=say("ui.controls.as_measured"),
        )
    right.checkbox(
        words.ASSUMPTIONS["contacts_are_cashable"],
        key="case-contacts_are_cashable",
        on_change=_write,
        help=words.WHY["contacts_are_cashable"],
    )


def _seed(spec: dict[str, Any], targets: Sequence[Target]) -> None:
    """Every control set to what the address says."""
    assumed = asdict(Assumptions()) | spec.get("assumptions", {})
    by_target = "metric" in spec and any(part.definition.id == spec["metric"] for part in targets)
    given: dict[str, Any] = {
        "stage": spec["stage"],
        "removes": spec["removes"],
        "how": TARGET if by_target else SHARE,
        "share": round(100 * float(spec.get("share") or case_address.SHARE), 2),
        "metric": spec["metric"] if by_target else targets[0].definition.id if targets else None,
        "once": float(spec.get("costs", {}).get("once", 0.0)),
        "yearly": float(spec.get("costs", {}).get("yearly", 0.0)),
        "evidence": spec.get("evidence") or BY_ROUTE,
        "causal_share": tuple(round(100 * v) for v in assumed["causal_share"] or EFFECT),
        "contacts_are_cashable": assumed["contacts_are_cashable"],
    }
    for name in TYPED:
        value = assumed[name]
        given[name] = None if value is None else round(100 * value, 2) if name in SHARES else value
    for name, value in given.items():
        if value is not None or name in ("margin_rate", "cost_per_contact"):
            address.seed(f"case-{name}", value)


def _write() -> None:
    """From the controls to the address."""
    got = {
        name.removeprefix("case-"): value for name, value in st.session_state.items() if str(name).startswith("case-")
    }
    removes = Removes(got["removes"])
    spec: dict[str, Any] = {
        "stage": got["stage"],
        "removes": removes.value,
        "costs": {"once": got["once"], "yearly": got["yearly"]},
    }
    if got.get("how") == TARGET and got.get("metric"):
        spec["metric"] = got["metric"]
    else:
        spec["share"] = (got.get("share") or 100 * case_address.SHARE) / 100
    if got.get("evidence", BY_ROUTE) != BY_ROUTE:
        spec["evidence"] = str(got["evidence"])
    assumed = {
        name: got[name] / 100 if name in SHARES else got[name]
        for name in words.ASSUMPTIONS
        if got.get(name) is not None
    }
    if spec.get("evidence") == Grade.ASSUMED:
        assumed["causal_share"] = [v / 100 for v in got.get("causal_share", tuple(100 * v for v in EFFECT))]
    spec["assumptions"] = assumed
    was = case_address.read(st.query_params.get_all, [spec["stage"]], {})  # what no control shows stays
    spec |= {name: was[name] for name in case_address.KEPT if name in was and was.get("removes") == spec["removes"]}
    address.write(**case_address.all_parameters(spec))


def fitting(targets: Sequence[Target], removes: str) -> list[Target]:
    """The targets of a stage that are shares of what is removed."""
    if removes not in list(Removes):
        return []
    return [part for part in targets if part.definition.unit == "rate" and fits(Removes(removes), part.definition)]
