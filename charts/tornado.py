"""What moves a result most: a row a link, its bar from the result at the link's P10 to that at its P90, the middle a rule through all."""

from html import escape

from charts.figure import Figure
from charts.tokens import FAINT, G1, MUTED, PAPER

ROW, MOST = 50, 6


def tornado(bars: list[tuple[str, float, float, str, str]], middle: float) -> Figure:
    """One bar a (label, low, high, low in words, high in words), the widest first as they come."""
    drawn = bars[:MOST]
    low, high = min([middle, *(min(b[1], b[2]) for b in drawn)]), max([middle, *(max(b[1], b[2]) for b in drawn)])
    pad = (high - low) * 0.24 or 1.0
    figure = Figure(
        ROW * len(drawn) + 10,
        top=4,
        bottom=4,
        xaxis={"range": [low - pad, high + pad], "visible": False},
        yaxis={"range": [-len(drawn) + 0.35, 0.55], "visible": False},
    )
    figure.rule(middle, -len(drawn) + 0.4, middle, 0.2, color=FAINT, dash="dot")
    for place, (label, start, end, first, last) in enumerate(drawn):
        at = -place - 0.14
        figure.note(0, -place + 0.27, f"<b>{escape(label)}</b>", xref="paper", bgcolor=PAPER, borderpad=1)
        figure.box(min(start, end), at - 0.14, max(start, end), at + 0.14, G1)
        figure.points([start, end], [at, at], MUTED, size=1, hover=[f"{label}: {first}", f"{label}: {last}"])
        figure.note(min(start, end), at, first if start <= end else last, color=MUTED, anchor="right", xshift=-6)
        figure.note(max(start, end), at, last if start <= end else first, color=MUTED, xshift=6)
    return figure
