"""A value axis that holds every mark and interval, on round numbers."""

import math

from exports.cards.shape import Shape

LIMITS = {
    "rate": (0.0, 1.0),
    "seconds": (0.0, math.inf),
    "hours": (0.0, math.inf),
    "count": (0.0, math.inf),
    "points": (-100.0, 100.0),
}


def axis_bounds(shape: Shape) -> tuple[float, float, float]:
    """(low, high, step): four to six round steps around all values; never beyond what the unit can be."""
    points = [p for series in shape.series for p in series.points]
    values = [v for p in points for v in (p.value, p.low, p.high, p.before, p.minimum, p.target) if v is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    least, most = LIMITS.get(shape.unit, (-math.inf, math.inf))
    low, high = max(low, least), min(high, most)
    pad = (high - low) * 0.08 or abs(high) * 0.1 or 0.1
    step = round_step((high - low + 2 * pad) / 5)
    return max(math.floor((low - pad) / step) * step, least), min(math.ceil((high + pad) / step) * step, most), step


def round_step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 × a power of ten."""
    power = 10 ** math.floor(math.log10(rough))
    return next(power * unit for unit in (1, 2, 2.5, 5, 10) if power * unit >= rough * 0.999)
