"""The window of the simulated company: weeks, local time, holidays and how busy each day is.

Weeks count from 1 (Monday 2025-05-26). All internal times are seconds of local wall time since local midnight of the
first day; `to_utc_us` turns them into UTC microseconds.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

START = date(2025, 5, 26)
ZONE = ZoneInfo("Europe/Berlin")
DAY, WEEK = 86_400, 7 * 86_400
EPOCH = (START - date(1970, 1, 1)).days * DAY
WEEKDAY = (1.06, 1.00, 0.97, 0.96, 0.93, 0.98, 1.10)
DECEMBER = 1.7

# Days on which the market itself is different; a year-on-year comparison has to line these up, not the dates.
HOLIDAYS = {
    "Whitsun": (date(2025, 6, 8), date(2026, 5, 24)),
    "German Unity Day": (date(2025, 10, 3), date(2026, 10, 3)),
    "Black Friday": (date(2025, 11, 28),),
    "Christmas": (date(2025, 12, 25),),
    "Easter": (date(2026, 4, 5),),
}
WHITSUN_LIFT, BLACK_FRIDAY_LIFT = 1.45, 1.40


@dataclass(frozen=True)
class Window:
    """`days` calendar days from START; `clock[d]` is operational time (mean 1 a day) at the start of day d."""

    days: int
    clock: np.ndarray = field(repr=False)
    offset: np.ndarray = field(repr=False)  # seconds to subtract from local time, per day

    @property
    def weeks(self) -> int:
        return -(-self.days // 7)

    @property
    def seconds(self) -> int:
        return self.days * DAY

    def day_of(self, local: np.ndarray) -> np.ndarray:
        return np.clip(local // DAY, 0, len(self.offset) - 1).astype(np.int64)

    def week_of(self, local: np.ndarray) -> np.ndarray:
        return (local // WEEK + 1).astype(np.int64)

    def real_days(self, operational: np.ndarray) -> np.ndarray:
        """Calendar day (fractional) at which the given operational time is reached."""
        return np.interp(operational, self.clock, np.arange(len(self.clock)))

    def to_utc_us(self, local: np.ndarray) -> np.ndarray:
        seconds = np.asarray(local, dtype=np.float64)
        return ((EPOCH - self.offset[self.day_of(seconds)] + seconds) * 1e6).astype(np.int64)


def window(days: int) -> Window:
    spare = days + 400  # answers and replies may fall after the last day before they are cut
    weights = np.array([_weight(START + timedelta(d)) for d in range(spare)])
    scale = weights[:days].mean()
    offset = np.array([_offset(START + timedelta(d)) for d in range(spare)], dtype=np.int64)
    return Window(days, np.concatenate([[0.0], np.cumsum(weights / scale)]), offset)


def _weight(day: date) -> float:
    """How busy a day is relative to an ordinary one."""
    weight = WEEKDAY[day.weekday()]
    if day.month == 12:
        weight *= DECEMBER
    if any(0 <= (whitsun - day).days < 7 for whitsun in HOLIDAYS["Whitsun"]):
        weight *= WHITSUN_LIFT
    if any(-3 <= (friday - day).days < 4 for friday in HOLIDAYS["Black Friday"]):
        weight *= BLACK_FRIDAY_LIFT
    return weight


def _offset(day: date) -> int:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
    return int((noon.utcoffset() or timedelta()).total_seconds())


def week_start(week: int) -> date:
    return START + timedelta(7 * (week - 1))
