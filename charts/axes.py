"""Axes in the unit of a metric, on round values."""

import math
from datetime import date, timedelta

from metrics.catalogue.definition import Definition
from report import numbers


def ticks(definition: Definition, low: float, high: float) -> dict:
    """An axis in the unit of the metric, written as every number is."""
    marks = round_marks(low, high)
    return {"tickvals": marks, "ticktext": [numbers.level(mark, definition.unit) for mark in marks]}


def time_ticks(low: date, high: date, most: int, *, year: bool = False) -> dict:
    """At most so many days on a time axis, in the company's words: every so many weeks from the first day on, or the first days of months."""
    days = next(
        ([low + timedelta(7 * k * i) for i in range(most)] for k in (1, 2) if (high - low).days < 7 * k * most), None
    )
    for step in () if days else (1, 2, 3, 6, 12, 24, 60, 120):
        months = range(
            -(-(low.year * 12 + low.month - (low.day == 1)) // step) * step, high.year * 12 + high.month, step
        )
        if len(months) <= most:
            days = [date(month // 12, month % 12 + 1, 1) for month in months]
            break
    shown = [day for day in days or () if low <= day <= high]
    return {"tickvals": [day.isoformat() for day in shown], "ticktext": [numbers.day(day, year=year) for day in shown]}


def round_marks(low: float, high: float) -> list[float]:
    """Two or three round values within a range: the scale, said where the line is."""
    step = 10 ** math.floor(math.log10(high - low)) if high > low else 1.0
    step = next(s for s in (step / 5, step / 2, step, 2 * step, 5 * step) if (high - low) / s <= 3.2)
    first = math.ceil(low / step - 1e-9) * step
    marks = [round(first + k * step, 10) for k in range(4) if first + k * step <= high + 1e-12]
    beyond = 0.02 * ((high - low) or 0.1)  # of a range as narrow as what rounding leaves, a mark may lie outside
    return [mark for mark in marks if low - beyond <= mark <= high + beyond]


def whole(marks: list[float], definition: Definition) -> bool:
    """Whether all marks are whole numbers as written: the axis then needs no decimals."""
    scaled = [mark * (100 if definition.unit == "rate" else 1) for mark in marks]
    return all(abs(value - round(value)) < 1e-6 for value in scaled)
