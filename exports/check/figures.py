"""The numbers of a sentence: value, how exactly it is written, its unit, and what kind of number it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# What may stand for a number, with a currency before it and a unit after it.
NUMBER = re.compile(
    r"(?<![\w.,/])(?P<sign>[+−–-])?(?P<money>[€$£])?\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?![\d])"
    r"(?:\s?(?P<unit>%|per\s?cent|percentage points?|points?|pp|min(?:utes?)?|h(?:ours?)?|s(?:ec(?:onds?)?)?|euros?|EUR)(?![A-Za-z]))?"
)
RISES = r"(?:rose|risen|rises|grew|gained|up|increased|improved|climbed|\+)"
FALLS = r"(?:fell|fallen|falls|dropped|lost|down|decreased|declined|shrank|worsened)"
BY = re.compile(rf"\b(?P<way>{RISES}|{FALLS})\b(?:\s+by)?\s*$", re.I)
FROM = re.compile(r"\bfrom\s*$", re.I)
COUNT = re.compile(r"\bn\s*[=:]?\s*$", re.I)
PEOPLE = re.compile(r"^\s*(?:people|persons|answers|visits|tickets|customers|responses|respondents|orders)\b", re.I)


WHO = re.compile(r"^\s*(?:people|persons|customers|respondents)\b", re.I)


class Kind(StrEnum):
    """What a number says."""

    LEVEL = "level"
    BEFORE = "before"  # the first of “from 70 to 63 %”
    CHANGE = "change"  # signed
    LOW = "low"  # ends of an interval
    HIGH = "high"
    COUNT = "count"  # how many it is of
    PEOPLE = "persons"  # how many people


@dataclass(frozen=True)
class Figure:
    """A number as written: `value` without its unit's scale, `decimals` it is written to; `at` and `end` are its letters."""

    text: str
    value: float
    decimals: int
    unit: str
    kind: Kind
    at: int
    end: int


def figures(text: str) -> list[Figure]:
    """The numbers of a text whose dates and names are masked already, in order."""
    found = [_figure(match, text) for match in NUMBER.finditer(text)]
    return _intervals(_pairs([one for one in found if one is not None], text), text)


def _figure(match: re.Match[str], text: str) -> Figure | None:
    digits, sign = match["digits"], match["sign"] or ""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    before = text[: match.start()]
    value = float(digits)
    way = BY.search(before)
    kind = Kind.LEVEL
    unit = _unit(match)
    if COUNT.search(before) or PEOPLE.match(text[match.end() :]) and not match["unit"]:
        kind = Kind.PEOPLE if WHO.match(text[match.end() :]) and not COUNT.search(before) else Kind.COUNT
    elif (
        way
        and re.search(r"(?:by\s*|^|\s)$", before)
        and (unit in ("points", "%") and "by" in before[-4:] or unit == "points")
    ):
        kind = Kind.CHANGE
        value = -value if re.fullmatch(FALLS, way["way"], re.I) else value
    elif sign and unit == "points":
        kind = Kind.CHANGE
    if sign in ("−", "-", "–") and not (before and before[-1:].isdigit()):
        value = -value if kind is not Kind.CHANGE or not way else value
    decimals = len(digits.partition(".")[2])
    return Figure(match.group().strip(), value, decimals, unit, kind, match.start(), match.end())


def _unit(match: re.Match[str]) -> str:
    """One word a unit: %, points, money, min, h, s, or nothing."""
    unit = (match["unit"] or "").lower().replace(" ", "")
    if match["money"] or unit in ("euro", "euros", "eur"):
        return "money"
    if unit in ("%", "percent"):
        return "%"
    if unit.startswith("p"):
        return "points"
    return unit[:3] if unit.startswith("min") else unit[:1]


def _pairs(figures: list[Figure], text: str) -> list[Figure]:
    """“from A to B”: A is what was before, in B's unit."""
    made = list(figures)
    for place, (first, second) in enumerate(zip(figures, figures[1:])):
        if FROM.search(text[: first.at]) and re.fullmatch(r"\s*(?:to|→)\s*", text[first.end : second.at], re.I):
            made[place] = _as(first, Kind.BEFORE, second.unit)
            made[place + 1] = _as(second, Kind.LEVEL, second.unit)
    return made


def _intervals(figures: list[Figure], text: str) -> list[Figure]:
    """“(60–66)”, “(60 to 66 %)”, “between 60 and 66 %”: the ends, in the unit of the second or of the number before."""
    made = list(figures)
    for place, (first, second) in enumerate(zip(figures, figures[1:])):
        if first.kind is not Kind.LEVEL:
            continue
        gap, before = text[first.end : second.at], text[: first.at].rstrip()
        joined = re.fullmatch(r"\s*(?:to|and|–|-|—)?\s*", gap, re.I)
        opened = before.endswith("(") or re.search(r"\bbetween$", before, re.I)
        if joined and opened and (gap.strip() or second.text[:1] in "–-−"):
            unit = second.unit or first.unit or next((one.unit for one in reversed(made[:place])), "")
            high = _as(second, Kind.HIGH, unit)
            made[place] = _as(first, Kind.LOW, unit)
            made[place + 1] = _as(
                high, Kind.HIGH, unit, abs(high.value) if second.text[:1] in "–-" and not gap.strip() else None
            )
    return made


def _as(figure: Figure, kind: Kind, unit: str, value: float | None = None) -> Figure:
    return Figure(
        figure.text,
        figure.value if value is None else value,
        figure.decimals,
        unit or figure.unit,
        kind,
        figure.at,
        figure.end,
    )
