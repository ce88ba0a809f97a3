"""The case of an address and back. What an address holds is the case's own keys, so that a link and a CASE.toml say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any
from urllib.parse import urlencode

from metrics.analyses.case.case import Assumptions, Case, Like, Removes
from metrics.query.filter_values import joined, parts
from report.address import VERSION, public

KEYS = {"stage": "bs", "removes": "br", "share": "bh", "metric": "bm", "target": "bt", "evidence": "be", "name": "bn"}
COSTS = {"once": "bo", "yearly": "by"}
ASSUMED = "ba"  # ba=years:5, one for each that is not the default
OVERLAPS, FILTERS = "bx", "bf"  # bx=0.2, bf=release:5.2.0, one for each
PERIOD = {"from": "bd", "to": "bu"}  # first and last day, where the case has days of its own
LIKE = "bl"  # bl=from:2026-02-23, bl=release:5.1.0
SAVED = "bk"  # the saved case this one was opened from, as id.version
KEPT = ("overlaps", "filters", "like", "from", "to")  # what the page has no control for
NUMBERS = ("share", "target")
SHARE = 0.3  # of what is removed, before anybody chose


def read(get: Callable[[str], Sequence[str]], stages: Sequence[str], first: dict[str, Any]) -> dict[str, Any]:
    """The case of an address, as a CASE.toml would hold it; `first` is where nothing is chosen yet. What is malformed stays, and is
    refused where the case is read."""
    spec: dict[str, Any] = {name: value for name, key in KEYS.items() for value in get(key)[:1]}
    spec |= {name: _number(spec[name]) for name in NUMBERS if name in spec}
    if "stage" not in spec or spec["stage"] not in stages:
        spec |= first
    spec.setdefault("removes", Removes.UNHAPPY.value)
    if "metric" not in spec and "share" not in spec:
        spec["share"] = SHARE
    if costs := {name: _number(value) for name, key in COSTS.items() for value in get(key)[:1]}:
        spec["costs"] = costs
    spec |= {name: value for name, key in PERIOD.items() for value in get(key)[:1]}
    if overlaps := [_number(text) for text in get(OVERLAPS)]:
        spec["overlaps"] = overlaps
    if filters := {name: parts(value) for name, _, value in (text.partition(":") for text in get(FILTERS))}:
        spec["filters"] = filters
    if like := {name: value for name, _, value in (text.partition(":") for text in get(LIKE))}:
        spec["like"] = {name: value if name in PERIOD else parts(value) for name, value in like.items()}
    if assumed := dict(pair for text in get(ASSUMED) if (pair := _assumed(text))):
        spec["assumptions"] = assumed
    return spec


def spec_of(case: Case) -> dict[str, Any]:
    """A case as a CASE.toml would hold it; its period where it has days of its own."""
    how: dict[str, Any] = (
        {"share": case.share} if case.share is not None else {"metric": case.metric, "target": case.target}
    )
    how = {name: value for name, value in how.items() if value is not None}
    return {
        "name": case.name,
        "journey": case.journey,
        "stage": case.stage,
        "removes": case.removes.value,
        **how,
        **({"evidence": case.evidence.value} if case.evidence else {}),
        **({"from": case.start.isoformat()} if case.start else {}),
        **({"to": case.end.isoformat()} if case.end else {}),
        **({"overlaps": list(case.overlaps)} if case.overlaps else {}),
        **({"filters": {name: parts(value) for name, value in case.filters}} if case.filters else {}),
        **({"like": _like(case.like)} if case.like else {}),
        "costs": {name: value for name in COSTS if (value := getattr(case, name))},
        "assumptions": changed(asdict(case.assumptions)),
    }


def _like(found: Like) -> dict[str, Any]:
    days = {"from": found.start.isoformat(), "to": found.end.isoformat()}
    return days | {name: parts(value) for name, value in found.filters}


def changed(assumptions: dict[str, Any]) -> dict[str, Any]:
    """Of the assumptions those that are not the default."""
    defaults = asdict(Assumptions())
    return {name: value for name, value in assumptions.items() if value is not None and value != defaults[name]}


def link_to(case: Case, address: str = "") -> str:
    """Where the page shows this case."""
    pairs = {"v": VERSION, "j": case.journey} | parameters(spec_of(case))
    return f"{public(address)}/case?{urlencode(pairs, doseq=True)}"


def bare(spec: dict[str, Any]) -> dict[str, Any]:
    """The case without whatever may be malformed: what the controls begin from where it is refused."""
    removes = spec["removes"] if spec["removes"] in list(Removes) else Removes.UNHAPPY.value
    return {"stage": spec["stage"], "removes": removes, "share": SHARE}


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _assumed(text: str) -> tuple[str, Any] | None:
    name, colon, value = text.partition(":")
    kinds = {field.name: field for field in fields(Assumptions)}
    if not colon or name not in kinds:
        return None
    if name == "causal_share":
        return name, [_number(part) for part in value.split("-", 1)]
    if name == "contacts_are_cashable":
        return name, value == "true"
    number = _number(value)
    return name, int(number) if name in ("years", "buyer_days") and isinstance(number, float) and number == int(
        number
    ) else number


def parameters(spec: dict[str, Any]) -> dict[str, Any]:
    """The address's parameters of a case: those it has."""
    return {name: value for name, value in all_parameters(spec).items() if value is not None}


def all_parameters(spec: dict[str, Any]) -> dict[str, Any]:
    """The address's parameters of a case; None where one is to leave it."""
    assumed = changed(spec.get("assumptions", {}))
    return (
        {key: None if spec.get(name) is None else _text(spec[name]) for name, key in KEYS.items()}
        | {key: _text(value) if (value := spec.get("costs", {}).get(name)) else None for name, key in COSTS.items()}
        | {key: None if spec.get(name) is None else str(spec[name]) for name, key in PERIOD.items()}
        | {OVERLAPS: [_text(value) for value in spec.get("overlaps", [])] or None}
        | {FILTERS: [f"{name}:{_values(value)}" for name, value in spec.get("filters", {}).items()] or None}
        | {
            LIKE: [
                f"{name}:{value if name in PERIOD else _values(value)}" for name, value in spec.get("like", {}).items()
            ]
            or None
        }
        | {ASSUMED: [f"{name}:{_text(value)}" for name, value in assumed.items()] or None}
    )


def _values(value: Any) -> str:
    """The values of a filter as one text."""
    return joined(value if isinstance(value, list) else [str(value)])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "-".join(_text(part) for part in value)
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)
