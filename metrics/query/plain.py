"""A value as plain text, for sentences that travel with a number and for terminals."""


def minutes(seconds: float) -> str:
    """A time to the second, in minutes: 2:05; from an hour on 3 h 07 (minutes)."""
    whole = round(seconds)
    return (
        f"{whole // 60}:{whole % 60:02d}"
        if whole < 3600
        else f"{round(seconds / 60) // 60} h {round(seconds / 60) % 60:02d}"
    )


def number(value: float | None, unit: str) -> str:
    """A value as people read it: 68.4 %, 30.0, 2:05 min, 45.7 s."""
    if value is None:
        return "–"
    if unit == "rate":
        return f"{value * 100:.1f} %"
    if unit == "seconds":
        shown = f"{abs(value):.1f} s" if abs(value) < 59.95 else f"{minutes(abs(value))} min"
        return f"{'-' if value < 0 else ''}{shown}"
    return f"{value:,.1f}" if unit in ("points", "hours") else f"{value:,.2f}"
