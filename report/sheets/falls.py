"""A waterfall as data: what is left after each step, or what a number reads after it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fall:
    """A step from `start` to `end`, its size in words; `total`: no step, but what there is at `end`."""

    label: str
    start: float
    end: float
    text: str
    total: bool = False


@dataclass(frozen=True)
class Falls:
    """Steps on one scale. `zero`: counts, drawn from 0; else levels of a number, on a scale that does not begin at 0 and holds at least the
    number's interval (`low`, `high`), so that a step looks as small as it is beside what the number is sure to."""

    unit: str
    falls: tuple[Fall, ...]
    zero: bool
    low: float | None = None
    high: float | None = None
