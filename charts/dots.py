"""A row a cell: its label above, its value in its interval, the compared period as a short upright line."""

from html import escape

from charts.axes import ticks
from charts.figure import Figure
from charts.tokens import FAINT, MUTED, PAPER, SIDE
from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, State
from report import numbers
from report.words import words


def dots(
    cells: list[Cell],
    definition: Definition,
    labels: list[str],
    values: list[str] = (),
    *,
    line: float | None = None,
) -> Figure:
    """One row a cell: label above, value in its interval, n at the right; states in words. `values` is what a click on each row says, "" nothing."""
    shown = [c for c in cells if c.valued]
    bounds = [v for c in shown for v in (c.low, c.high, c.value, compared(c)) if v is not None] + (
        [line] if line is not None else []
    )
    low, high = (min(bounds), max(bounds)) if bounds else (0, 1)
    pad = (high - low) * 0.08 or 0.05
    figure = Figure(
        58 * len(cells) + 34,
        top=4,
        bottom=26,
        xaxis={
            "range": [low - pad, high + pad * 2.2],
            "showgrid": True,
            "nticks": 5,
            "tickvals": None,
            **(ticks(definition, low, high) if shown else {"visible": False}),
        },
        yaxis={"range": [-len(cells) + 0.35, 0.55], "visible": False},
    )
    if line is not None:
        figure.rule(line, -len(cells) + 0.4, line, 0.5, color=MUTED, dash="dot")
    rows(figure, values, low - pad, high + pad * 2.2)
    color, tint = SIDE[definition.side]
    for place, (cell, label) in enumerate(zip(cells, labels)):
        head = f"<b>{escape(label)}</b>  <span style='color:{MUTED}'>{aside(cell, definition)}</span>"
        figure.note(0, -place + 0.3, head, xref="paper")
        if not cell.valued:
            continue
        few = cell.state is State.FEW
        figure.whisker([(-place - 0.12, cell.low, cell.high)], FAINT if few else tint, width=3 if few else 9)
        tick(figure, cell, -place - 0.12)
        figure.points(
            [cell.value],
            [-place - 0.12],
            MUTED if few else color,
            symbol="circle" if definition.side == "ux" else "diamond",
            size=11,
            fill=PAPER if few else None,
            hover=[words.sentence(cell, definition)],
        )
        figure.note(
            _clear(cell, high - low),
            -place - 0.12,
            f"<b>{words.value(cell.value, definition)}</b>",
            color=MUTED if few else color,
            xshift=8,
        )
    return figure


def rows(figure: Figure, values: list[str], low: float, high: float) -> None:
    """Each row as an area to click, over the whole width."""
    for place, value in enumerate(values):
        if value:
            figure.field(low, -place - 0.48, high, -place + 0.48, value)


def _clear(cell: Cell, width: float) -> float:
    """Where the number has room: right of the interval, and of a tick that would cross it."""
    edge, then = cell.high if cell.high is not None else cell.value, compared(cell)
    return then if then is not None and edge < then < edge + width * 0.15 else edge


def tick(figure: Figure, cell: Cell, at: float) -> None:
    """Where the compared period stood, as a short upright line; nothing where the two may not be compared."""
    if (then := compared(cell)) is not None:
        figure.rule(then, at - 0.2, then, at + 0.2, color=MUTED, width=1.5)


def compared(cell: Cell) -> float | None:
    """The other period's value, if a difference may be told."""
    return cell.compare.value if cell.compare and cell.compare.diff is not None else None


def aside(cell: Cell, definition: Definition) -> str:
    """What stands behind a label: interval and n, or the state in words."""
    if not cell.valued:
        return words.state_word(cell)
    return f"{words.interval(cell.low, cell.high, definition.unit)} · n {numbers.whole(cell.n)}"
