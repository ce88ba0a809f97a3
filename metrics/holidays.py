"""Days that move or weigh in the year: the company's own list, else those most shops feel, by arithmetic.

`[company.holidays]` in sources.toml holds name = ["2026-04-05", …]; an empty table is the default list.
"""

from datetime import date, timedelta
from functools import lru_cache

from data.store import Generation
from metrics import context


def easter(year: int) -> date:
    """Easter Sunday, Gregorian (anonymous algorithm, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (8 * b + 13) // 25
    g = (19 * a + b - d - f + 15) % 30
    h, i = c // 4, c % 4
    k = (32 + 2 * e + 2 * h - g - i) % 7
    m = (a + 11 * g + 22 * k) // 451
    month, day = divmod(g + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def usual(year: int) -> dict[str, date]:
    """Easter, Whitsun, Black Friday (the day after the fourth Thursday of November), Christmas, New Year."""
    found = easter(year)
    november = date(year, 11, 1)
    thursday = november + timedelta(days=(3 - november.weekday()) % 7 + 21)
    return {"New Year": date(year, 1, 1), "Easter": found, "Whitsun": found + timedelta(days=49),
            "Black Friday": thursday + timedelta(days=1), "Christmas": date(year, 12, 25)}


@lru_cache(maxsize=8)
def of(generation: Generation) -> tuple[tuple[date, str], ...]:
    """(day, name) in order, over the years of the data: the company's own where it names any."""
    own = generation.cursor().execute("select day, name from cfg_holidays order by day, name").fetchall()
    if own:
        return tuple(own)
    known = context.read(generation)
    if not known.first_day:
        return ()
    years = range(known.first_day.year, known.last_day.year + 1)
    return tuple(sorted((day, name) for year in years for name, day in usual(year).items()))


def within(generation: Generation, start: date, end: date) -> tuple[str, ...]:
    """The names of the holidays of these days."""
    return tuple(name for day, name in of(generation) if start <= day <= end)
