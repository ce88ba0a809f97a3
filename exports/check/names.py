"""What the words of a sentence name: metrics, stages, parts of the people, days; and whether a restriction is left that nobody knows."""

from __future__ import annotations

import re
from calendar import month_abbr
from dataclasses import dataclass, field
from datetime import date, timedelta

from metrics.catalogue.load import catalogue, variants
from metrics.query import company_week
from metrics.query.context import Context
from metrics.query.query import Query
from report import placement
from report.text.catalogue import say

DIMENSIONS = ("touch_channel", "device", "segment", "region")
MONTHS = {name.lower(): n for n, name in enumerate(month_abbr) if n}
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
ISO = r"\d{4}-\d\d-\d\d"
DAY = rf"(?:{ISO}|\d{{1,2}}\s{MONTH}(?:\s\d{{4}})?)"
SPAN = re.compile(rf"(?:from\s|between\s)?({DAY})\s?(?:–|-|to|and|until)\s?({DAY})", re.I)
IN_MONTH = re.compile(rf"\b(?:in\s)?({MONTH})\s(\d{{4}})\b")
LAST = re.compile(r"\b(?:the\s)?(?:last|past)\s(\d+|four|thirteen|twenty-six)\s(?:whole\s)?(weeks|days)\b", re.I)
SPELT = {"four": 4, "thirteen": 13, "twenty-six": 26}
# Words of a time, a part or a condition that no question here can be asked about.
RESTRICTS = re.compile(
    r"\b(?:among|amongst|aged|(?:under|over)\s\d+|except|excluding|without|yesterday|today|last\syear|this\syear|year\sto\sdate|quarter|"
    r"year|years|industry|benchmark|average|competitors?|women|men|students|new|returning|loyal|mondays?|tuesdays?|wednesdays?|thursdays?|"
    r"fridays?|saturdays?|sundays?|weekends?|mornings?|evenings?|nights?|who|whose|if|where|when|forecast|expected|target|goal|minimum|only)\b",
    re.I,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PLAIN = {
    "nps",
    "csat",
    "ces",
    "cx",
    "ux",
    "i",
    "the",
    "in",
    "of",
    "a",
    "an",
    "it",
    "we",
    "our",
    "at",
    "on",
    "for",
    "n",
    "overall",
}
CAPITAL = re.compile(r"(?<=[a-zà-ÿ0-9,:] )[A-ZÄÖÜ][\w’'-]+")


def _said() -> dict[str, list[str]]:
    """How people say it, by the metric of a role: it is the first meant where the catalogue has several of the same words."""
    return {
        placement.role("completed"): say("exports.check.words_of_completion").split(", "),
        placement.role("satisfied"): say("exports.check.words_of_satisfaction").split(", "),
        placement.role("relationship"): say("exports.check.words_of_the_relationship").split(", "),
        placement.role("left"): say("exports.check.words_of_leaving").split(", "),
    }


@dataclass(frozen=True)
class Named:
    """Something named at a place of the sentence."""

    value: str
    at: int
    end: int


@dataclass
class Reading:
    """A sentence read: what is named where, its days, the text with all of that masked, and what was not understood."""

    text: str
    metrics: list[Named] = field(default_factory=list)
    stages: list[Named] = field(default_factory=list)
    filters: list[tuple[str, str]] = field(default_factory=list)
    days: tuple[date, date] | None = None
    unknown: str = ""


@dataclass(frozen=True)
class Names:
    """Phrases of a company: lower-case phrase → what it names."""

    metrics: dict[str, tuple[str, ...]]
    stages: dict[str, str]
    values: dict[str, tuple[str, str]]
    known: Context
    company: frozenset[str]


def names_of(query: Query, known: Context, values: dict[str, list[str]]) -> Names:
    """The phrases of the catalogue and of a company; `values` are those of each dimension."""
    metrics: dict[str, tuple[str, ...]] = {}
    for found in catalogue().values():
        bare = re.sub(r"\s*\(.*?\)", "", found.label)
        for phrase in {found.label, found.short, found.id, found.id.replace("_", " "), bare}:
            metrics[phrase.lower()] = (*metrics.get(phrase.lower(), ()), found.id)
    for metric, phrases in _said().items():
        for phrase in phrases:
            metrics[phrase] = tuple(dict.fromkeys((metric, *metrics.get(phrase, ()))))
    journey = query.journey or (known.journeys[0] if known.journeys else "")
    stages = {stage.lower(): stage for stage in known.stages.get(journey, ())}
    parts = {value.lower(): (name, value) for name, held in values.items() for value in held if len(value) > 1}
    words = frozenset(re.findall(r"\w+", f"{known.company} {journey}".lower()))
    return Names(metrics, stages, {key: part for key, part in parts.items() if key not in stages}, known, words)


def read(text: str, names: Names) -> Reading:
    """What a sentence names. Every name found is masked by spaces, so that the numbers in it are nobody's claim."""
    found = Reading(text)
    _days(found, names.known)
    for phrase in sorted(names.metrics, key=len, reverse=True):
        for match in _whole(phrase, found.text):
            found.metrics.append(Named(phrase, match.start(), match.end()))
            _mask(found, match)
    for phrase, stage in sorted(names.stages.items(), key=lambda one: -len(one[0])):
        for match in _whole(phrase, found.text):
            if match.group()[:1].isupper() or match.group().islower() and len(phrase) > 6:
                found.stages.append(Named(stage, match.start(), match.end()))
                _mask(found, match)
    for phrase, part in sorted(names.values.items(), key=lambda one: -len(one[0])):
        for match in _whole(phrase, found.text):
            if part not in found.filters:
                found.filters.append(part)
            _mask(found, match)
    found.unknown = _unknown(found, names)
    return found


def _whole(phrase: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text, re.I))


def _mask(reading: Reading, match: re.Match[str]) -> None:
    reading.text = reading.text[: match.start()] + " " * (match.end() - match.start()) + reading.text[match.end() :]


def _unknown(reading: Reading, names: Names) -> str:
    """The first word that restricts what is said in a way nobody here can ask for."""
    for pattern in (RESTRICTS, YEAR):
        if match := pattern.search(reading.text):
            return match.group()
    for match in CAPITAL.finditer(reading.text):
        if match.group().lower() not in PLAIN and match.group().lower() not in names.company:
            return match.group()
    return ""


def _days(reading: Reading, known: Context) -> None:
    """The days a sentence names, masked; the text keeps its length."""
    if match := SPAN.search(reading.text):
        last = _day(match[2], None)
        first = _day(match[1], last.year if last else None)
        if first and last and first > last and not re.search(r"\d{4}", match[1]):
            first = first.replace(year=first.year - 1)
        if first and last and first <= last:
            reading.days = first, last
            _mask(reading, match)
    elif match := IN_MONTH.search(reading.text):
        first = date(int(match[2]), MONTHS[match[1][:3].lower()], 1)
        reading.days = first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        _mask(reading, match)
    elif (match := LAST.search(reading.text)) and known.last_day:
        count = SPELT.get(match[1].lower()) or int(match[1])
        end = company_week.last_whole_day(known.last_day, known.first_weekday)
        length = count * (7 if match[2].lower() == "weeks" else 1)
        if match[2].lower() == "days":
            end = known.last_day
        reading.days = end - timedelta(days=length - 1), end
        _mask(reading, match)


def _day(text: str, year: int | None) -> date | None:
    try:
        if re.fullmatch(ISO, text):
            return date.fromisoformat(text)
        parts = text.split()
        when = int(parts[2]) if len(parts) > 2 else year
        return date(when, MONTHS[parts[1][:3].lower()], int(parts[0])) if when else None
    except (ValueError, KeyError):
        return None


def nearest(held: list[Named], at: int, end: int) -> Named | None:
    """The name that stands nearest to a number, the one before it where two do."""
    if not held:
        return None
    return min(held, key=lambda one: (at - one.end, 0) if one.end <= at else (one.at - end, 1))


def others(metric: str) -> tuple[str, ...]:
    """What else goes by a metric's name: what other tools would read, and the same in another form."""
    family = metric.partition("_")[0]
    alike = tuple(one for one in catalogue() if one != metric and one.partition("_")[0] == family)
    return (*variants(catalogue()[metric]), *alike)
