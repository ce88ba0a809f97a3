"""Lines with their intervals over days: since a beginning, or of the calendar with what happened marked on the axis."""

from html import escape

from charts.axes import round_marks
from charts.figure import Figure
from charts.tokens import BAND, FAINT, GRID, MUTED, PAPER, SIDE
from report import numbers
from report.sheets.sheet import Curve, Curves

HEIGHT, LEVEL = 250, 13


def figure(found: Curves) -> Figure:
    """Each line with its ribbon and its name at its end; numbered places and grey stretches behind them."""
    ends = [end for one in found.curves for side in (one.y, one.low, one.high) for end in side if end is not None]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    wide = (high - low) or 0.1
    marks = round_marks(low, high)
    every = [place for one in found.curves for place in one.x]
    calendar = bool(every) and isinstance(every[0], str)
    drawn = Figure(
        HEIGHT + (LEVEL if found.marked else 0),
        top=26 if found.marked else 10,
        bottom=30,
        left=52,
        right=14,
        xaxis={"type": "date"} if calendar else {"rangemode": "tozero", "nticks": 8},
        yaxis={
            "range": [low - wide * 0.08, high + wide * 0.08],
            "showgrid": True,
            "gridcolor": GRID,
            "tickvals": marks,
            "ticktext": [numbers.level(round(mark, 10), found.unit) for mark in marks],
        },
    )
    for start, end in found.spans:
        drawn.box(start, low - wide * 0.08, end, high + wide * 0.08, BAND)
    for place, (where, _) in enumerate(found.marked, 1):
        drawn.rule(where, low - wide * 0.08, where, high + wide * 0.08, color=FAINT, dash="dot")
        drawn.note(where, 1.0, str(place), yref="paper", anchor="center", color=MUTED, yshift=9)
    for one in found.curves:
        _line(drawn, one, found, *SIDE[one.side])
    return drawn


def _line(drawn: Figure, one: Curve, found: Curves, color: str, tint: str) -> None:
    x, y, low, high = _stepped(one) if found.steps else (list(one.x), list(one.y), list(one.low), list(one.high))
    drawn.ribbon(x, low, high, tint)
    hover = ["" if value is None else f"{one.label}: {numbers.value(value, found.unit)}" for value in y]
    drawn.line(x, y, color, hover=hover)
    last = max((place for place, value in enumerate(one.y) if value is not None), default=None)
    if last is not None and one.label:
        drawn.note(
            one.x[last],
            one.y[last],
            f"<b>{escape(one.label)}</b>",
            anchor="right",
            color=color,
            yshift=12,
            bgcolor=PAPER,
            borderpad=1,
        )


def _stepped(one: Curve) -> tuple[list, list, list, list]:
    """A value holds until the next: each place but the first twice, with the value before and with its own."""
    x = [one.x[0], *(place for place in one.x[1:] for _ in (0, 1))] if one.x else []

    def held(values: tuple) -> list:
        return [value for value in values for _ in (0, 1)][: len(x)]

    return x, held(one.y), held(one.low), held(one.high)
