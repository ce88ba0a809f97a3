"""One bar a cell from zero."""

from html import escape

from charts import dots
from charts.figure import Figure
from charts.tokens import FAINT, GRID, MUTED, PAPER, SIDE
from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, State
from report.text.catalogue import say
from report.words import words

ROW = 58


def bars(cells: list[Cell], definition: Definition, labels: list[str], values: list[str] = ()) -> Figure:
    """One bar a cell from zero, its interval a line over its end; a rough estimate is hollow. `values` is what a click on each row says, "" nothing."""
    shown = [c for c in cells if c.valued]
    low = min([0.0, *(v for c in shown for v in (c.low, c.value, dots.compared(c)) if v is not None)])
    high = max([0.0, *(v for c in shown for v in (c.high, c.value, dots.compared(c)) if v is not None)]) or 1.0
    figure = Figure(
        ROW * len(cells) + 10,
        top=4,
        bottom=4,
        xaxis={"range": [low, high + (high - low) * 0.2], "visible": False},
        yaxis={"range": [-len(cells) + 0.35, 0.55], "visible": False},
    )
    figure.rule(0, -len(cells) + 0.5, 0, 0.15, color=GRID)
    dots.rows(figure, values, low, high + (high - low) * 0.2)
    color, tint = SIDE[definition.side]
    for place, (cell, label) in enumerate(zip(cells, labels)):
        figure.note(
            0,
            -place + 0.3,
            f"<b>{escape(label)}</b>  <span style='color:{MUTED}'>{aside(cell, definition)}</span>",
            xref="paper",
        )
        if not cell.valued:
            continue
        few, at = cell.state is State.FEW, -place - 0.12
        figure.box(
            0,
            at - 0.15,
            cell.value,
            at + 0.15,
            PAPER if few else tint,
            **({"line": {"color": FAINT, "width": 1}} if few else {}),
        )
        figure.whisker([(at, cell.low, cell.high)], FAINT if few else color, width=2)
        dots.tick(figure, cell, at)
        figure.points([cell.value], [at], MUTED if few else color, size=5, hover=[words.sentence(cell, definition)])
        figure.note(
            max(cell.high if cell.high is not None else cell.value, 0),
            at,
            f"<b>{words.value(cell.value, definition)}</b>",
            color=MUTED if few else color,
            xshift=8,
        )
    return figure


def aside(cell: Cell, definition: Definition) -> str:
    """As a dot's, and that it is few: a hollow bar says it less plainly than a hollow mark."""
    return dots.aside(cell, definition) + (say("charts.bars.few") if cell.state is State.FEW else "")
