"""A value as plain text, for sentences that travel with a number and for terminals."""


def number(value: float | None, unit: str) -> str:
    """A value as people read it: 68.4 %, 30.0, 2:05."""
    if value is None:
        return "–"
    if unit == "rate":
        return f"{value * 100:.1f} %"
    if unit == "seconds":
        return f"{'-' if value < 0 else ''}{int(abs(value) // 60)}:{abs(value) % 60:04.1f}"
    return f"{value:,.1f}" if unit in ("points", "hours") else f"{value:,.2f}"
