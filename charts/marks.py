"""Values in their intervals on one scale, a row each, the name above its mark, so that it reads at 390 px."""

from decimal import Decimal
from html import escape
from textwrap import wrap

from charts.axes import round_marks
from charts.figure import Figure
from charts.tokens import FAINT, GRID, MUTED, PAPER, SIDE
from report import numbers
from report.sheets.sheet import Marks

WIDE, ROW = 92, 54  # letters of a name, pixels of a row


def figure(found: Marks) -> Figure:
    """One row a mark; a rule at 0 where they are differences."""
    ends = [end for one in found.marks for end in (one.value, one.low, one.high) if end is not None]
    low, high = min([*([0.0] if found.zero else []), *ends]), max([*([0.0] if found.zero else []), *ends])
    wide = (high - low) or 0.1
    marks = round_marks(low, high)
    drawn = Figure(
        ROW * max(len(found.marks), 1) + 34,
        top=4,
        bottom=26,
        xaxis={
            "range": [low - wide * 0.03, high + wide * 0.03],
            "showgrid": True,
            "gridcolor": GRID,
            "tickvals": marks,
            "ticktext": [_tick(mark, found, marks) for mark in marks],
        },
        yaxis={"range": [-max(len(found.marks), 1) + 0.3, 0.6], "visible": False},
    )
    if found.zero:
        drawn.rule(0, -len(found.marks) + 0.4, 0, 0.5, color=FAINT)
    for place, one in enumerate(found.marks):
        color, tint = SIDE[one.side]
        head = wrap(one.label, WIDE) or [""]
        drawn.note(
            0,
            -place + 0.28,
            f"<b>{escape(head[0])}{' …' if len(head) > 1 else ''}</b>  <span style='color:{MUTED}'>{escape(one.text)}</span>",
            xref="paper",
            bgcolor=PAPER,
            borderpad=1,
        )
        if one.low is not None and one.high is not None:
            drawn.whisker([(-place - 0.12, one.low, one.high)], tint, width=9)
        drawn.points([one.value], [-place - 0.12], color, symbol="diamond", size=11, hover=[f"{one.label}: {one.text}"])
    return drawn


def _tick(mark: float, found: Marks, marks: list[float]) -> str:
    """A mark of the scale, differences with as many decimals as any of the marks needs: −0.5 is no −0."""
    if found.zero:
        return numbers.difference(mark, found.unit, digits=_digits(found, marks)) if mark else "0"
    return numbers.level(round(mark, 10), found.unit)


def _digits(found: Marks, marks: list[float]) -> int:
    """The decimals of the mark that needs most, in the unit as it is written."""
    scale = 100 if found.unit == "rate" else 1
    return max(-int(Decimal(str(round(mark * scale, 8))).normalize().as_tuple().exponent) for mark in [*marks, 0.0])
