"""The weeks of a number as a small line: a CSS mask, so that it follows the theme."""

from collections.abc import Sequence
from urllib.parse import quote

from metrics.query.result import Cell

SMALL, TALL = 18, 34  # of the drawing's box
LEAST = 4  # weeks with a value that make a line


def enough(weeks: Sequence[Cell]) -> bool:
    """Whether the weeks make a line."""
    return sum(cell.valued for cell in weeks) >= LEAST


def weeks_line(weeks: Sequence[Cell], kind: str, height: int = SMALL) -> str:
    """The weeks as an element of this class, never zoomed in beyond ±4 standard errors; an empty one where they make no line."""
    if not enough(weeks):
        return f'<i class="{kind} none"></i>'
    values = [cell.value if cell.valued else None for cell in weeks]
    mask = _mask(values, [cell.se for cell in weeks if cell.valued and cell.se], height)
    return f'<i class="{kind}" style="--m:url({mask})"></i>'


def _mask(values: list[float | None], errors: list[float], height: int, width: int = 100) -> str:
    """An SVG data address of the line, gaps left open."""
    known = [v for v in values if v is not None]
    half = 4 * sorted(errors)[len(errors) // 2] if errors else 0
    middle = (min(known) + max(known)) / 2
    low, high = min(min(known), middle - half), max(max(known), middle + half)
    high = high if high > low else low + 1
    step = width / max(len(values) - 1, 1)
    path, pen = "", "M"
    for i, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{i * step:.1f} {height - 1 - (height - 2) * (value - low) / (high - low):.1f}"
        pen = "L"
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' preserveAspectRatio='none'>"
        f"<path d='{path}' fill='none' stroke='black' stroke-width='1.4' vector-effect='non-scaling-stroke'/></svg>"
    )
    return "data:image/svg+xml," + quote(svg, safe="")
