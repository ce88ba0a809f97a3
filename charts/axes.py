"""Axes in the unit of a metric, on round values."""

import math

from metrics.catalogue.definition import Definition
from report import words


def ticks(definition: Definition, low: float, high: float) -> dict:
    """An axis in the unit of the metric."""
    if definition.unit == "rate":
        return {"tickformat": ".0%"}
    if definition.unit == "seconds":
        marks = round_marks(low, high)
        return {"tickvals": marks, "ticktext": [words.number(mark, "seconds") for mark in marks]}
    return {}


def round_marks(low: float, high: float) -> list[float]:
    """Two or three round values within a range: the scale, said where the line is."""
    step = 10 ** math.floor(math.log10(high - low)) if high > low else 1.0
    step = next(s for s in (step / 5, step / 2, step, 2 * step, 5 * step) if (high - low) / s <= 3.2)
    first = math.ceil(low / step - 1e-9) * step
    return [round(first + k * step, 10) for k in range(4) if first + k * step <= high + 1e-12]


def whole(marks: list[float], definition: Definition) -> bool:
    """Whether all marks are whole numbers as written: the axis then needs no decimals."""
    scaled = [mark * (100 if definition.unit == "rate" else 1) for mark in marks]
    return all(abs(value - round(value)) < 1e-6 for value in scaled)
