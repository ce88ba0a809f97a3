"""A waterfall, a row a step, its name above its bar so that it reads at 390 px; lines go from where a step ends to where the next begins."""

from html import escape
from textwrap import wrap

from charts.axes import round_marks
from charts.figure import Figure
from charts.tokens import FAINT, G1, G3, GRID, INK, MUTED, PAPER
from report import numbers
from report.sheets.falls import Fall, Falls

WIDE, ROW, HALF = 78, 46, 0.15  # letters of a name, pixels of a row, half a bar in rows


def figure(found: Falls) -> Figure:
    """Counts as bars from zero. Levels as bars of their differences between two marks: their scale does not begin at 0, so no bar may stand for a level."""
    ends = [end for one in found.falls for end in (one.start, one.end)]
    ends += [end for end in (found.low, found.high) if end is not None]
    low, high = min([*([0.0] if found.zero else []), *ends]), max(ends)
    wide = (high - low) or abs(high) * 0.1 or 1.0
    marks = round_marks(low, high) if high > low else [high]
    drawn = Figure(
        ROW * len(found.falls) + 34,
        top=4,
        bottom=26,
        xaxis={
            "range": [low - wide * 0.02, high + wide * 0.2],
            "showgrid": True,
            "gridcolor": GRID,
            "tickvals": marks,
            "ticktext": [numbers.level(round(mark, 10), found.unit) for mark in marks],
        },
        yaxis={"range": [-len(found.falls) + 0.35, 0.6], "visible": False},
    )  # fmt: skip
    for place, one in enumerate(found.falls):
        at = -place - 0.14
        drawn.note(0, -place + 0.26, _name(one), xref="paper", bgcolor=PAPER, borderpad=1)
        if place == 0 and found.low is not None and found.high is not None:
            drawn.whisker([(at, found.low, found.high)], G1, width=9)
        _bar(drawn, one, at, found, place == 0)
        if place + 1 < len(found.falls):
            drawn.rule(one.end, at - HALF, one.end, at - 1 + HALF, color=FAINT, dash="dot")
    return drawn


def _name(one: Fall) -> str:
    head = wrap(one.label, WIDE) or [""]
    return f"<b>{escape(head[0])}{' …' if len(head) > 1 else ''}</b>"


def _bar(drawn: Figure, one: Fall, at: float, found: Falls, first: bool) -> None:
    said = [f"{one.label}: {one.text}"]
    if one.total and not found.zero:
        drawn.points([one.end], [at], INK, symbol="diamond", size=11, hover=said)
        beside = max(one.end, found.high) if first and found.high is not None else one.end
        drawn.note(beside, at, f"<b>{escape(one.text)}</b>", color=INK, xshift=10)
        return
    left, right = min(one.start, one.end), max(one.start, one.end)
    drawn.box(left, at - HALF, right, at + HALF, G3 if one.total else G1)
    drawn.rule(one.end, at - HALF, one.end, at + HALF, color=INK, width=2)
    drawn.points([one.end], [at], MUTED, size=1, hover=said)
    drawn.note(right, at, escape(one.text), color=INK if one.total else MUTED, xshift=8)
