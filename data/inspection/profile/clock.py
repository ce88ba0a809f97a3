"""A day in one column and the time of day in another: together they are when something happened."""

import re

from data.inspection.profile.values import Column, fits
from data.inspection.profile.words import name_of
from data.values.moments import read_moment

CLOCK = re.compile(r"^\d{1,2}[:.h]\d{2}([:.]\d{2}(\.\d+)?)?\s*([ap]\.?\s?m\.?)?$", re.IGNORECASE)
BARE = {"time", "time of day", "clock", "uhrzeit", "zeit", "heure", "hora", "tijd", "tijdstip", "ora", "orario"}
ZONED = {
    "time zone",
    "timezone",
    "tz",
    "zeitzone",
    "fuseau horaire",
    "zona horaria",
    "tijdzone",
    "fuso horario",
    "fuso orario",
}
DAYS = r"\b(date|day|datum|tag|jour|fecha|dia|dag|data|giorno)\b"
TIMES = r"\b(time|uhrzeit|zeit|heure|hora|tijd|ora)\b"


def _beside(day: Column, columns: list[Column]) -> Column | None:
    """The column of the clock that belongs to a day: called time alone, or as the day is with time in place of date."""
    about = re.sub(DAYS, "", name_of(day.name)).split()
    for found in columns:
        name = name_of(found.name)
        fitting = name in BARE or re.search(TIMES, name) and about and re.sub(TIMES, "", name).split() == about
        if found.name != day.name and fitting and found.share(lambda value: bool(CLOCK.match(value))) > 0.9:
            return found
    return None


def with_clock(day: Column, columns: list[Column]) -> Column | None:
    """The day with its clock (and zone, where its words are known) as a column made of them: `{Date} {Time}`. None where no clock stands beside."""
    if not fits("day", day, 1.0) or not (clock := _beside(day, columns)):
        return None
    parts = [day, clock]
    zone = next((found for found in columns if name_of(found.name) in ZONED and found.given), None)
    if zone and all(_read(day.values[0], clock.values[0], word) for word in zone.values[:20]):
        parts.append(zone)
    held = [dict(zip(part.places, part.cells)) for part in parts]
    places = [place for place in day.places if place in held[1]]
    cells = [" ".join(one[place] for one in held if place in one) for place in places]
    if not cells or not all(_read(cell) for cell in cells[:50]):
        return None
    return Column(" ".join(f"{{{part.name}}}" for part in parts), day.rows, cells, places=places)


def _read(*words: str) -> bool:
    return read_moment(" ".join(words)) is not None
