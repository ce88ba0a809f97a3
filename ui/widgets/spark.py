"""The weeks of a number as a small line: a CSS mask, so that it follows the theme."""

from urllib.parse import quote


def spark_mask(values: list[float | None], errors: list[float], width: int = 100, height: int = 18) -> str:
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
