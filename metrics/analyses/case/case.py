"""A business case as its author writes it: what is changed, how much of it, what it costs, and every assumption with its default."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from data.errors import UserError, check_keys, nearest
from data.settings.sources import load_toml
from metrics.query.filter_values import joined

E = TypeVar("E", bound=StrEnum)


class Removes(StrEnum):
    """What becomes less when the change works."""

    UNHAPPY = "unhappy"  # people who were unhappy about the stage
    UNFINISHED = "unfinished"  # people who never reached the stage's goal
    FRICTION = "friction"  # visits that met a rage click, dead click or error


class Grade(StrEnum):
    """How it is known that the one brings the other."""

    EXPERIMENT = "experiment"
    MATCHED = "matched"
    CORRELATIONAL = "correlational"
    ASSUMED = "assumed"


# The share of a measured difference that is taken as effect, as limits of an even distribution (docs/STATISTICS.md, business case).
CAUSAL = {Grade.EXPERIMENT: (1.0, 1.0), Grade.MATCHED: (0.4, 1.0), Grade.CORRELATIONAL: (0.0, 0.5)}


@dataclass(frozen=True)
class Assumptions:
    """What no data of the company's says. `None` means: as measured (cost_per_contact, margin_rate), or by the grade (causal_share)."""

    years: int = 3
    discount_rate: float = 0.10
    reach: float = 1.0  # share of those concerned whom the change reaches
    months_away: float = 3.0  # how long a customer who stays away is away; 3 is what was measured
    fades: float = 0.0  # part of the effect lost from each year to the next
    causal_share: tuple[float, float] | None = None
    cost_per_contact: float | None = None
    margin_rate: float | None = None  # of revenue, for orders without a margin
    buyer_days: int = 30  # days in which a buyer's orders count after the first visit
    contacts_are_cashable: bool = False  # whether fewer contacts end contracts or only free time


@dataclass(frozen=True)
class Like:
    """Whom the metric is to reach: as it was in other days, or under other filters, measured with its own uncertainty."""

    start: date
    end: date
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Case:
    """One question of value. Either `share` of what is removed is given, or the `metric` of the stage and what it reaches: a `target`,
    or what it was `like`."""

    name: str
    stage: str
    removes: Removes
    journey: str | None = None
    share: float | None = None
    metric: str | None = None
    target: float | None = None
    evidence: Grade | None = None  # None: by how the route is measured
    start: date | None = None
    end: date | None = None
    once: float = 0.0
    yearly: float = 0.0
    overlaps: tuple[float, ...] = ()  # shares of the same that other cases remove first
    filters: tuple[tuple[str, str], ...] = ()  # of whom: dimension and values, as of any question
    like: Like | None = None
    assumptions: Assumptions = field(default_factory=Assumptions)


TOP = (
    "name",
    "journey",
    "stage",
    "removes",
    "share",
    "metric",
    "target",
    "evidence",
    "from",
    "to",
    "overlaps",
    "filters",
    "like",
    "costs",
    "assumptions",
)
COSTS = ("once", "yearly")
FILTERS = ("touch_channel", "device", "release", "segment", "region")  # what visits, answers and friction all know
NUMBERS = {
    "reach": (0.0, 1.0),
    "fades": (0.0, 1.0),
    "margin_rate": (0.0, 1.0),
    "discount_rate": (0.0, 1.0),
    "cost_per_contact": (0.0, math.inf),
    "months_away": (0.0, 60.0),
}


def load_case(file: Path) -> Case:
    """The case of a CASE.toml. Raises UserError that names the key, what was found and what is allowed."""
    if not file.is_file():
        raise UserError("there is no such file", file=file.name, fix="docs/BUSINESS-CASE.md shows one to begin from")
    return case_of(load_toml(file), file.name)


def case_of(spec: dict[str, Any], file: str = "the case") -> Case:
    """A case from its keys as in the file."""
    check_keys(spec, TOP, file=file, where="top level")
    costs, given = (_table(spec, name, file) for name in ("costs", "assumptions"))
    check_keys(costs, COSTS, file=file, where="[costs]")
    check_keys(given, [f.name for f in fields(Assumptions)], file=file, where="[assumptions]")
    stage = spec.get("stage")
    if not isinstance(stage, str) or not stage.strip():
        raise UserError(
            "a case names its stage",
            file=file,
            where="stage",
            found=stage,
            allowed='the name of a stage, as stage = "Buy"',
        )
    money = {name: _number(costs, name, file, "[costs]", 0.0, math.inf) for name in COSTS if name in costs}
    made = Case(
        name=_text(spec, "name", file) or stage,
        stage=stage,
        removes=_removes(spec, file),
        journey=_text(spec, "journey", file),
        share=_number(spec, "share", file, "", 0.0, 1.0) if "share" in spec else None,
        metric=_text(spec, "metric", file),
        target=_number(spec, "target", file, "", -math.inf, math.inf) if "target" in spec else None,
        evidence=_choice(spec["evidence"], Grade, "evidence", file) if "evidence" in spec else None,
        start=_day(spec, "from", file),
        end=_day(spec, "to", file),
        overlaps=_overlaps(spec.get("overlaps", []), file),
        filters=_filters(_table(spec, "filters", file), file, "[filters]"),
        like=_like(_table(spec, "like", file), file) if "like" in spec else None,
        assumptions=_assumptions(given, file),
        **money,
    )
    return _complete(made, file)


def _complete(case: Case, file: str) -> Case:
    """Exactly one way of saying how much; an assumed grade says its share."""
    by_target = case.metric is not None or case.target is not None or case.like is not None
    aims = (case.target is not None) + (case.like is not None)
    if (case.share is None) == (not by_target) or by_target and (case.metric is None or aims != 1):
        raise UserError(
            "a case says how much is removed in one way",
            file=file,
            where="share",
            allowed="either share = 0.3, or metric and target together, or metric and [like]",
        )
    if case.evidence is Grade.ASSUMED and case.assumptions.causal_share is None:
        raise UserError(
            "an assumed effect says its share itself",
            file=file,
            where="[assumptions] causal_share",
            allowed="two shares, the least and the most, as causal_share = [0.2, 0.6]",
        )
    if case.start and case.end and case.start > case.end:
        raise UserError(
            "the period ends before it begins", file=file, where="from", found=f"{case.start} to {case.end}"
        )
    return case


def _removes(spec: dict[str, Any], file: str) -> Removes:
    if "removes" not in spec:
        raise UserError("a case says what becomes less", file=file, where="removes", allowed=", ".join(Removes))
    return _choice(spec["removes"], Removes, "removes", file)


def _choice(found: Any, kind: type[E], key: str, file: str) -> E:
    try:
        return kind(found)
    except ValueError:
        raise UserError(
            "this is none of the words that stand here",
            file=file,
            where=key,
            found=found,
            allowed=", ".join(kind),
            fix=nearest(str(found), [word.value for word in kind]),
        ) from None


def _assumptions(given: dict[str, Any], file: str) -> Assumptions:
    made, where = Assumptions(), "[assumptions]"
    taken: dict[str, Any] = {
        name: _number(given, name, file, where, low, high) for name, (low, high) in NUMBERS.items() if name in given
    }
    made = replace(made, **taken)
    if "years" in given:
        years = given["years"]
        if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= 20:
            raise UserError(
                "a number of years",
                file=file,
                where="[assumptions] years",
                found=years,
                allowed="a whole number, 1 to 20",
            )
        made = replace(made, years=years)
    if "buyer_days" in given:
        days = given["buyer_days"]
        if isinstance(days, bool) or not isinstance(days, int) or not 30 <= days <= 365:
            raise UserError(
                "a number of days",
                file=file,
                where="[assumptions] buyer_days",
                found=days,
                allowed="a whole number, 30 to 365",
            )
        made = replace(made, buyer_days=days)
    if "contacts_are_cashable" in given:
        if not isinstance(given["contacts_are_cashable"], bool):
            raise UserError(
                "yes or no",
                file=file,
                where="[assumptions] contacts_are_cashable",
                found=given["contacts_are_cashable"],
                allowed="true or false",
            )
        made = replace(made, contacts_are_cashable=given["contacts_are_cashable"])
    if "causal_share" in given:
        made = replace(made, causal_share=_limits(given["causal_share"], file))
    return made


def _limits(found: Any, file: str) -> tuple[float, float]:
    if (
        not isinstance(found, list)
        or len(found) != 2
        or not all(isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 1 for v in found)
        or found[0] > found[1]
    ):
        raise UserError(
            "the least and the most of a share",
            file=file,
            where="[assumptions] causal_share",
            found=found,
            allowed="two numbers from 0 to 1, the smaller first",
        )
    return float(found[0]), float(found[1])


def _overlaps(found: Any, file: str) -> tuple[float, ...]:
    if not isinstance(found, list) or not all(
        isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 1 for v in found
    ):
        raise UserError(
            "shares other cases remove first",
            file=file,
            where="overlaps",
            found=found,
            allowed="numbers from 0 to 1, as overlaps = [0.2]",
        )
    return tuple(float(v) for v in found)


def _like(given: dict[str, Any], file: str) -> Like:
    """The days, and whatever else than the case's own filters holds of them."""
    check_keys(given, ("from", "to", *FILTERS), file=file, where="[like]")
    days = _day(given, "from", file), _day(given, "to", file)
    if days[0] is None or days[1] is None or days[0] > days[1]:
        raise UserError(
            "what it was like is measured in days",
            file=file,
            where="[like]",
            found=f"{days[0]} to {days[1]}",
            allowed="from = 2026-02-23 and to = 2026-07-12",
        )
    filters = {name: value for name, value in given.items() if name in FILTERS}
    return Like(days[0], days[1], _filters(filters, file, "[like]"))


def _filters(given: dict[str, Any], file: str, where: str) -> tuple[tuple[str, str], ...]:
    """`release = "5.2.0"`, or a list of several values."""
    check_keys(given, FILTERS, file=file, where=where)
    found = []
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(one, str) and one for one in values):
            raise UserError(
                "a filter is a text, or a list of texts",
                file=file,
                where=f"{where} {name}",
                found=value,
                allowed='as release = "5.2.0"',
            )
        found.append((name, joined(values)))
    return tuple(sorted(found))


def _table(spec: dict[str, Any], name: str, file: str) -> dict[str, Any]:
    found = spec.get(name, {})
    if not isinstance(found, dict):
        raise UserError("this is a table of keys", file=file, where=f"[{name}]", found=found)
    return found


def _text(spec: dict[str, Any], name: str, file: str) -> str | None:
    found = spec.get(name)
    if found is not None and not isinstance(found, str):
        raise UserError("this is a text", file=file, where=name, found=found, allowed='a text, as "Buy"')
    return found


def _day(spec: dict[str, Any], name: str, file: str) -> date | None:
    found = spec.get(name)
    try:
        return date.fromisoformat(str(found)) if found is not None else None
    except ValueError:
        raise UserError("this is no date", file=file, where=name, found=found, allowed="a date as 2026-03-31") from None


def _number(spec: dict[str, Any], name: str, file: str, table: str, low: float, high: float) -> float:
    found = spec[name]
    if (
        isinstance(found, bool)
        or not isinstance(found, int | float)
        or not math.isfinite(found)
        or not low <= found <= high
    ):
        allowed = (
            "a number" if low == -math.inf else f"a number from {low:g}" + (f" to {high:g}" if high < math.inf else "")
        )
        raise UserError(
            "this is not a number that can stand here",
            file=file,
            where=f"{table} {name}".strip(),
            found=found,
            allowed=allowed,
        )
    return float(found)


def edited(assumptions: Assumptions) -> dict[str, tuple[Any, bool]]:
    """Every assumption: its value, and whether the author set another than the default."""
    defaults = asdict(Assumptions())
    return {name: (value, value != defaults[name]) for name, value in asdict(assumptions).items()}
