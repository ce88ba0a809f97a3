"""A business case as text for a terminal or a script: table and json."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from data.settings.written import toml
from metrics.analyses.case.case import edited
from metrics.analyses.case.routes import Basis, Link, Route
from metrics.analyses.case.worth import Worth
from metrics.statistics.business import Outcome
from report import numbers
from report.cases.address import spec_of
from report.tables import aligned, delivered
from report.text.catalogue import say
from report.words import case_words as words
from report.words.reasons import reason_text

NEUTRAL = ("reach", "quarters_away")


def record(worth: Worth) -> dict[str, Any]:
    """The case as one object: every amount in `currency`, shares 0–1, counts a year."""
    case = worth.case
    return {
        "name": case.name,
        "journey": case.journey,
        "stage": case.stage,
        "removes": case.removes.value,
        "period": [worth.period.start.isoformat(), worth.period.end.isoformat()],
        "generation": worth.generation,
        "currency": worth.currency,
        "evidence": worth.grade.value,
        "headline": words.headline(worth),
        "benefit_a_year": _outcome(worth.benefit),
        "cashable_a_year": _outcome(worth.cashable),
        "capacity_released_a_year": _outcome(worth.capacity),
        "present_value": _outcome(worth.present),
        "pays": worth.pays,
        "payback_years": worth.payback,
        "break_even_a_year": worth.break_even,
        "part_that_would_do": worth.enough,
        "helped_a_year": {name: _outcome(found) for name, found in worth.helped},
        "links": [_link(route, link) for route in worth.routes for link in route.links],
        "tornado": [asdict(swing) for swing in worth.tornado],
        "assumptions": [
            {"key": name, "value": value, "edited": changed, "why": words.WHY[name]}
            for name, (value, changed) in edited(case.assumptions).items()
        ],
        "costs": {"once": case.once, "yearly": case.yearly},
        "missing": {name: reason_text(reason) for name, reason in worth.missing},
        "warnings": [reason_text(reason) for reason in worth.warnings],
    }


def _outcome(outcome: Outcome) -> dict[str, float | None]:
    return {"p10": outcome.p10, "p50": outcome.p50, "p90": outcome.p90, "mean": outcome.mean}


def _link(route: Route, link: Link) -> dict[str, Any]:
    low, middle, high = quantiles(link)
    return {
        "route": route.name,
        "link": link.name,
        "p10": low,
        "p50": middle,
        "p90": high,
        "unit": link.unit,
        "from": link.basis.value,
        "n": link.n,
    }


def quantiles(link: Link) -> tuple[float, float, float]:
    """P10, median and P90 of a link."""
    low, middle, high = (float(value) for value in np.nanquantile(link.draws, [0.1, 0.5, 0.9]))
    return low, middle, high


def case_toml(worth: Worth) -> str:
    """The case as a CASE.toml that `metrics value` reads to the same answer: its period written out."""
    spec = {name: value for name, value in spec_of(worth.case).items() if name not in ("from", "to")}
    lines = [f"{name} = {toml(value)}" for name, value in spec.items() if not isinstance(value, dict)]
    lines += [f"from = {worth.period.start.isoformat()}", f"to = {worth.period.end.isoformat()}"]
    for name, held in spec.items():
        if isinstance(held, dict) and held:
            lines += ["", f"[{name}]", *(f"{key} = {toml(value)}" for key, value in held.items())]
    return "\n".join(lines) + "\n"


def link_rows(worth: Worth) -> list[dict[str, str]]:
    """The links of every route as a table is drawn from them: what, P10, median, P90, from."""
    rows = []
    for route in worth.routes:
        for link in route.links:
            if link.basis is Basis.ASSUMED and link.name in NEUTRAL and (link.draws == 1).all():
                continue  # multiplies by one: said among the assumptions
            low, middle, high = (words.link_value(value, link) for value in quantiles(link))
            rows.append(
                {
                    "route": words.ROUTES[route.name],
                    "link": words.link_label(link, worth.case.removes, worth.case.assumptions.buyer_days),
                    "low": low if low != high else "",
                    "middle": middle,
                    "high": high if low != high else "",
                    "from": words.basis(link),
                }
            )
    return rows


def render(worth: Worth, style: str, out: Path | None = None) -> str:
    """As text, or written to `out` with a line saying so."""
    return delivered(
        [_link(route, link) for route in worth.routes for link in route.links],
        lambda: _table(worth),
        lambda: record(worth),
        style,
        out,
    )


def _table(worth: Worth) -> str:
    case, span = worth.case, numbers.span(worth.period.start, worth.period.end)
    lines = [
        f"{case.name}: {case.stage} ({case.journey}), {span}, {words.population(worth)}",
        words.headline(worth),
        "",
    ]
    rows = link_rows(worth)
    if rows:
        head = ["", "P10", "median", "P90", "from"]
        lines += [aligned([head, *([r["link"], r["low"], r["middle"], r["high"], r["from"]] for r in rows)]), ""]
    lines += [*words.helped(worth), *words.returns(worth)]
    if worth.tornado:
        lines.append(say("report.case_tables.what_moves_it_most") + "; ".join(swing_words(worth)[:3]))
    lines += [
        f"{words.ROUTES.get(name, name)}: {reason_text(reason)}"
        for name, reason in worth.missing
        if worth.benefit.p50 is not None
    ]
    return "\n".join([*lines, *(reason_text(reason) for reason in worth.warnings)]).rstrip("\n")


def swing_words(worth: Worth) -> list[str]:
    """The bars of the tornado in words, the widest first."""
    return [
        say("report.case_tables.to_2", label=label, money=words.money(low), money2=words.money(high))
        for label, low, high in swings(worth)
    ]


NARROW = 0.02  # of the widest bar: what moves nothing is no bar


def swings(worth: Worth) -> list[tuple[str, float, float]]:
    """The bars of the tornado that are wide enough to be seen: the link's name, the yearly worth at its P10 and at its P90."""
    named = {(route.name, link.name): link for route in worth.routes for link in route.links}
    widest = max((abs(swing.high - swing.low) for swing in worth.tornado), default=0.0)
    return [
        (
            words.link_label(named[swing.route, swing.link], worth.case.removes, worth.case.assumptions.buyer_days),
            swing.low,
            swing.high,
        )
        for swing in worth.tornado
        if abs(swing.high - swing.low) > NARROW * widest
    ]
