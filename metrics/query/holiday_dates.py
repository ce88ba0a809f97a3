"""Days that move or weigh in the year: the company's own list, else those most shops feel, by arithmetic.

`[company.holidays]` in sources.toml holds name = ["2026-04-05", …]; an empty table is the default list.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.easter import easter

YEAR = 364  # 52 weeks: the same weekdays
NEARBY = (YEAR, YEAR - 7, YEAR + 7, YEAR - 14, YEAR + 14)
Days = Sequence[tuple[date, str]]


def usual_holidays(year: int) -> dict[str, date]:
    """Easter, Whitsun, Black Friday (the day after the fourth Thursday of November), Christmas, New Year."""
    found = easter(year)
    november = date(year, 11, 1)
    thursday = november + timedelta(days=(3 - november.weekday()) % 7 + 21)
    return {
        "New Year": date(year, 1, 1),
        "Easter": found,
        "Whitsun": found + timedelta(days=49),
        "Black Friday": thursday + timedelta(days=1),
        "Christmas": date(year, 12, 25),
    }


def holidays_between(own: Days, first: date | None, last: date | None) -> tuple[tuple[date, str], ...]:
    """(day, name) in order: the company's own where it names any, else the usual ones of the data's years."""
    if own or first is None or last is None:
        return tuple(sorted(own))
    return tuple(
        sorted((day, name) for year in range(first.year, last.year + 1) for name, day in usual_holidays(year).items())
    )


def within(days: Days, start: date, end: date) -> tuple[str, ...]:
    """The names of the holidays from `start` to `end`."""
    return tuple(name for day, name in days if start <= day <= end)


def year_before(days: Days, start: date, end: date) -> int:
    """Days back to the same weeks last year: the same weekdays, and the same holidays where two weeks either way hold them.

    Easter moves by up to five weeks and Black Friday by one: 52 weeks back an ordinary week may meet a holiday's.
    """
    names = sorted(within(days, start, end))
    for shift in NEARBY:
        back = timedelta(days=shift)
        if sorted(within(days, start - back, end - back)) == names:
            return shift
    return YEAR


def holidays_apart(
    days: Days, now: tuple[date, date], then: tuple[date, date]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The holidays of the first period only, and of the second only."""
    first, second = Counter(within(days, *now)), Counter(within(days, *then))
    return tuple((first - second).elements()), tuple((second - first).elements())
