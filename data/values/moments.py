"""One date or time as people and programs write it: its parts, or None. Nothing in it is dropped: what is no part of a date, a clock
or a zone makes the whole unreadable."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

WORDS = tomllib.loads(Path(__file__).with_name("moments.toml").read_text(encoding="utf-8"))
MONTHS = {word: int(number) for number, words in WORDS["months"].items() for word in words}
SKIPPED = {word for key in ("weekdays", "between") for word in WORDS["words"][key]} - set(MONTHS)
ZONES, NAMED_ZONES = WORDS["zones"], WORDS["zone_names"]
MERIDIEM = re.compile(
    r"(?<![a-zà-ÿ])(?:(?P<am>"
    + "|".join(map(re.escape, WORDS["words"]["am"]))
    + r")|(?P<pm>"
    + "|".join(map(re.escape, WORDS["words"]["pm"]))
    + r"))(?![a-zà-ÿ])|(?<=\d)\s?(?:(?P<a>a)|(?P<p>p))(?=\s|$)"
)
CLOCKS = (
    re.compile(r"(?<![\d.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?(?!\d)"),
    re.compile(r"(?<![\d.])(\d{1,2})\s?h\s?(\d{2})?(?:\s?(?:m|min|:)\s?(\d{2})?s?)?(?![\da-z])()"),
    re.compile(r"(?<=[\s,])(\d{1,2})\.(\d{2})(?:\.(\d{2})(?:[.,](\d{1,9}))?)?(?![\d.])"),
)
EAST_DAY = re.compile(
    r"(\d{2,4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]\s?(?:[(\[]?[日月火水木金土월화수목금토일][)\]]|[(\[]?(?:星期|周)[一二三四五六日天][)\]]?|[월화수목금토일月火水木金土日]曜?[日요]?일?(?=\s))?\s?"
)
EAST_CLOCK = re.compile(
    r"(上午|下午|午前|午後|오전|오후)?\s?(\d{1,2})\s?[時时点點시]\s?(?:(\d{1,2})\s?[分분]\s?)?(?:(\d{1,2})\s?[秒초])?"
)
HOUR = re.compile(r"(?<![\d./-])(\d{1,2})(?:\s?uhr)?(?=[\s,]*$)")
OFFSET = re.compile(r"(?:\b(?:utc|gmt|z)\s?)?([+-])\s?(\d{1,2})(?::?(\d{2}))?$")
UNIX_ZONE = re.compile(r"(:\d{2})\s+([a-z]{1,5}|[+-]\d{4})\s+((?:19|20)\d{2})$")
WORD_ZONE = re.compile(r"(?<![a-z])((?:etc/)?[a-z]+(?:[/_-][a-z]+)*(?:[+-]\d{1,2}(?::?\d{2})?)?|[a-z]+ time)$")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2})(\d{2})?(\d{2})?(?:\.?(\d{1,9}))?)?")
WEEK = re.compile(r"(\d{4})-?w(\d{2})(?:-?([1-7]))?")
ORDINAL = re.compile(r"(\d{4})-(\d{3})")
TRIPLE = re.compile(r"(\d{1,4})\s?([/.\-\s])\s?(\d{1,2})\s?[/.\-\s]\s?(\d{1,4})\.?")
NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?|\d{9,19}(?:\.\d+)?|\d\.\d{6,}e\+?(?:9|1[0-2]|15)")
SERIAL_ZERO = datetime(1899, 12, 30)  # day 0 of Excel, LibreOffice and Google Sheets
TICKS_ZERO = datetime(1, 1, 1)  # .NET: hundreds of nanoseconds


@dataclass(frozen=True)
class Moment:
    """What was written. `day` is a date, or None with `triple` (first, second, last as text): only the column says their order.
    `clock` counts from midnight, None for a day alone. `zone` is minutes from UTC, a zone's name, or None."""

    day: date | None = None
    triple: tuple[int, int, str] | None = None
    clock: timedelta | None = None
    zone: int | str | None = None
    serial: bool = False  # a spreadsheet's count of days


def read_moment(text: str, zone: str = "UTC", latest: int | None = None) -> Moment | None:
    """`text` as a moment; `zone` is the source's own, for a zone's word of its own; years after `latest` are none."""
    tidy = re.sub(
        r"\s+", " ", unicodedata.normalize("NFKC", text).casefold().replace("−", "-").replace("’", "'")
    ).strip(" \"'[")
    tidy = EAST_CLOCK.sub(_colons, EAST_DAY.sub(r"\1-\2-\3 ", tidy)).strip()
    if NUMBER.fullmatch(tidy):
        return _counted(tidy, latest or date.today().year + 1)
    zoneless, found_zone = _zone(tidy, zone)
    if zoneless is None:
        return None
    whole = _compact(zoneless) or _week(zoneless)
    if whole:
        return replace(whole, zone=found_zone) if whole.clock is not None or found_zone is None else None
    plain, pm = _meridiem(zoneless)
    day, clock = _clock(plain, pm)
    if day is None or (clock is None and found_zone is not None):
        return None
    day = re.sub(r"(?<=\d)\s*t\s*$", "", day)  # the T of ISO 8601; that of Tuesday or of October is no separator
    found = _day(day.strip(" ,;:-"))
    return replace(found, clock=clock, zone=found_zone) if found else None


def _colons(east: re.Match[str]) -> str:
    """午後3時5分 as 午後 3:05."""
    return f"{east[1] or ''} {east[2]}:{(east[3] or '0').zfill(2)}" + (f":{east[4].zfill(2)}" if east[4] else "")


def _counted(text: str, latest: int) -> Moment | None:
    """Counts from a zero: Unix time in seconds to nanoseconds, .NET ticks, a spreadsheet's days; digits that spell a date."""
    whole = text.split(".")[0].split(",")[0]
    if len(whole) == 5:
        at = SERIAL_ZERO + timedelta(days=float(text.replace(",", ".")))
        at = (at + timedelta(microseconds=500_000)).replace(microsecond=0)
        return _at(at, None, serial=True) if 1990 <= at.year <= latest else None
    if "e" in text:
        text = str(int(float(text)))
        whole = text
    unit = {9: 1, 10: 1, 13: 10**3, 16: 10**6, 19: 10**9}.get(len(whole))
    if unit:
        at = datetime(1970, 1, 1) + timedelta(
            microseconds=int(whole) * 1_000_000 // unit if "." not in text else round(float(text) * 1e6 / unit)
        )
        if 1990 <= at.year <= latest:
            return _at(at, 0)
    if len(whole) == 18:
        at = TICKS_ZERO + timedelta(microseconds=int(whole) // 10)
        return _at(at, 0) if 1990 <= at.year <= latest else None
    return _compact(whole) if "." not in text else None


def _at(at: datetime, zone: int | None, serial: bool = False) -> Moment:
    clock = at - datetime(at.year, at.month, at.day)
    return Moment(at.date(), clock=None if serial and not clock else clock, zone=zone, serial=serial)


def _compact(text: str) -> Moment | None:
    match = COMPACT.fullmatch(text)
    if not match or len(text) not in (8, 10, 12, 14) and "t" not in text and " " not in text and not match[6]:
        return None
    day = _date(int(match[1]), int(match[2]), int(match[3]))
    clock = _time(match[4], match[5], match[6], match[7], None) if match[4] else None
    return Moment(day, clock=clock) if day and (clock is not None or not match[4]) else None


def _week(text: str) -> Moment | None:
    """ISO week dates (2024-W10-1; without a day: its Monday) and days of the year (2024-064)."""
    try:
        if match := WEEK.fullmatch(text):
            return Moment(date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)))
        if match := ORDINAL.fullmatch(text):
            day = date(int(match[1]), 1, 1) + timedelta(days=int(match[2]) - 1)
            return Moment(day) if day.year == int(match[1]) else None
    except ValueError:
        return None
    return None


@cache
def _iana() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _zone(text: str, own: str) -> tuple[str | None, int | str | None]:
    """The text without its zone, and the zone. (None, None) where a word stands after the time that is no zone known."""
    text = UNIX_ZONE.sub(r"\1 \3 \2", text)  # Mon Mar 4 14:00:00 EST 2024
    note = re.search(r"\s*[(\[]([^)\]]*)[)\]]?$", text)
    before = text[: note.start()].rstrip() if note else text.rstrip("]")
    if not re.search(r"\d[:h.]\d|\d[t ]\d{2,6}|\d\s?[ap]\.?m|\d h\b|\d uhr", before):
        return text, None  # no clock: nothing a zone could belong to
    match = OFFSET.search(before)
    if (
        match
        and re.search(r"\d[:h.]?\d{2}\D*$", before[: match.start()])
        and not re.search(r"\d[/.-]\d{1,2}$", before[: match.start()])
    ):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (
            (before[: match.start()].rstrip(), minutes if match[1] == "+" else -minutes)
            if minutes <= 15 * 60
            else (None, None)
        )
    if note:
        found = _zone_word(note[1].strip(), own)
        return (before, found) if found is not None else (None, None)
    words = re.split(r"\d", before)[-1].split()
    for place in range(len(words) - 1):  # Pacific Standard Time, heure normale d'europe centrale
        if found := _zone_word(" ".join(words[place:]), own):
            return before.rsplit(words[place], 1)[0].rstrip(" ,") if len(set(words)) == len(words) else None, found
    match = WORD_ZONE.search(before)
    if (
        not match
        or MERIDIEM.fullmatch(match[1])
        or match[1] in SKIPPED
        or match[1] in MONTHS
        or re.search(r"\d\s?(?:[ap]|h|mn?|min|s|sec)$", before)
    ):
        return before, None
    if (half := MERIDIEM.search(before)) and half.end() == len(before):
        return before, None
    found = _zone_word(match[1], own)
    return (before[: match.start()].rstrip(" ,"), found) if found is not None else (None, None)


def _zone_word(word: str, own: str) -> int | str | None:
    if word in ZONES:
        fixed: int | str = ZONES[word]
        return fixed
    if match := re.fullmatch(r"(?:utc|gmt)\s?([+-])(\d{1,2})(?::?(\d{2}))?.*", word):
        return (int(match[2]) * 60 + int(match[3] or 0)) * (1 if match[1] == "+" else -1)
    named = (
        NAMED_ZONES.get(word)
        or NAMED_ZONES.get(re.sub(r" (daylight|summer) time$", " standard time", word))
        or _iana().get(word.replace(" ", "_"))
    )
    if named:
        return named
    try:  # the source's own zone by the name it gives itself
        names = {f"{datetime(2024, month, 1, tzinfo=ZoneInfo(own)):%Z}".casefold() for month in (1, 7)}
    except (KeyError, ValueError):
        return None
    return own if word in names else None


def _meridiem(text: str) -> tuple[str, bool | None]:
    match = MERIDIEM.search(text)
    if not match:
        return text, None
    # the preposition "am" (German) stands before a date, the mark of a clock after a digit or before one in Chinese, Japanese, Korean
    if not re.search(r"\d\s?$", text[: match.start()]) and match[0][:1].isascii():
        return text, None
    return text[: match.start()] + " " + text[match.end() :], bool(match["pm"] or match["p"])


def _clock(text: str, pm: bool | None) -> tuple[str | None, timedelta | None]:
    for pattern in CLOCKS:
        if match := pattern.search(text):
            clock = _time(match[1], match[2], match[3], match[4], pm)
            return (None if clock is None else text[: match.start()] + " " + text[match.end() :]), clock
    if pm is not None or "uhr" in text:
        if match := HOUR.search(text):
            clock = _time(match[1], None, None, None, pm)
            return (None if clock is None else text[: match.start()]), clock
    return (text, None) if pm is None else (None, None)


def _time(hour: str, minute: str | None, second: str | None, part: str | None, pm: bool | None) -> timedelta | None:
    h, m, s = int(hour), int(minute or 0), int(second or 0)
    if pm is not None:
        if not 0 <= h <= 12 and not (pm and h < 24):
            return None
        h = h % 12 + (12 if pm else 0) if h <= 12 else h
    if h > 24 or m > 59 or s > 60 or h == 24 and (m or s):
        return None
    return timedelta(hours=h, minutes=m, seconds=min(s, 59), microseconds=int((part or "0").ljust(6, "0")[:6]))


def _day(text: str) -> Moment | None:
    if match := TRIPLE.fullmatch(text):
        if len(match[1]) >= 3:
            day = _date(int(match[1]), int(match[3]), int(match[4])) if len(match[1]) == 4 else None
            return Moment(day) if day else None
        return Moment(triple=(int(match[1]), int(match[3]), match[4])) if len(match[4]) in (2, 4) else None
    words = re.findall(r"[^\W\d_]+(?:-feira)?|\d+", text)
    bare = re.sub(r"^[^\d]+|[^\d]+$", "", text)
    if bare != text and TRIPLE.fullmatch(bare) and all(word.isdigit() or word in SKIPPED for word in words):
        return _day(bare)  # Dienstag, 04.03.2025 … Uhr
    months = [MONTHS[word] for word in words if word in MONTHS]
    numbers = [word for word in words if word.isdigit()]
    suffixes = {"st", "nd", "rd", "th", "er", "re", "ª", "º", "e", "ste", "de"}
    strange = [
        word
        for word in words
        if not word.isdigit() and word not in MONTHS and word not in SKIPPED and word not in suffixes
    ]
    if (
        strange and len(months) <= 1 and len(numbers) == 3
    ):  # a day of the week beside figures is in SKIPPED; nothing else may be
        return None
    if len(numbers) == 3 and not strange and not months:
        return _day(re.sub(r"^[^\d]+", "", text)) if re.match(r"[^\d]", text) else None
    if len(months) == 2 and words[0] in ("mar", "ma"):  # mar. 5 mar. 2024: Tuesday first
        months = months[1:]
    if len(months) != 1 or len(numbers) != 2 or strange:
        return None
    first, last = numbers
    year, day = (first, last) if len(first) == 4 else (last, first)
    made = _date(century(year), months[0], int(day)) if len(year) in (2, 4) and len(day) <= 2 else None
    return Moment(made) if made else None


def century(year: str) -> int:
    """Two digits: up to next year of this century, else of the last."""
    if len(year) != 2:
        return int(year)
    return int(year) + (2000 if 2000 + int(year) <= date.today().year + 1 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def in_utc(moment: Moment, day: date) -> tuple[datetime, str]:
    """(time, how): how is "utc" where it is one, "clock" where the file's zone is still to be applied, "day" for a day alone."""
    at = datetime(day.year, day.month, day.day) + (moment.clock or timedelta())
    if moment.zone is None:
        return at, "day" if moment.clock is None else "clock"
    if isinstance(moment.zone, int):
        return at - timedelta(minutes=moment.zone), "utc"
    return at.replace(tzinfo=ZoneInfo(moment.zone)).astimezone(UTC).replace(tzinfo=None), "utc"
