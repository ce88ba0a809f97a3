"""Chart forms of Explore beside those of ui.charts: bars from zero, and the lines of a cut."""

from dataclasses import replace
from datetime import date, timedelta
from html import escape

from metrics.catalogue.definition import Definition
from metrics.query.query import DIMENSIONS, TIMES
from metrics.query.result import Cell, Result, State
from report import words
from ui.charts import charts, series_gaps
from ui.charts.figure import Figure
from ui.tokens import FAINT, GRID, MUTED, PAPER, SIDE
from ui.views import arrange

ROW = 58


def bars(cells: list[Cell], definition: Definition, labels: list[str]) -> Figure:
    """One bar a cell from zero, its interval a line over its end; a rough estimate is hollow."""
    shown = [c for c in cells if c.valued]
    low = min([0.0, *(v for c in shown for v in (c.low, c.value, charts.compared(c)) if v is not None)])
    high = max([0.0, *(v for c in shown for v in (c.high, c.value, charts.compared(c)) if v is not None)]) or 1.0
    figure = Figure(
        ROW * len(cells) + 10,
        top=4,
        bottom=4,
        xaxis={"range": [low, high + (high - low) * 0.2], "visible": False},
        yaxis={"range": [-len(cells) + 0.35, 0.55], "visible": False},
    )
    figure.rule(0, -len(cells) + 0.5, 0, 0.15, color=GRID)
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
        charts.tick(figure, cell, at)
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
    return charts.aside(cell, definition) + (", few" if cell.state is State.FEW else "")


def series(result: Result, metrics: list[str]) -> tuple[dict, dict[str, Definition], str]:
    """Lines over time as panels of ui.charts.trend: one a metric and value of the other dimension; and what is left out."""
    axis = arrange.time_of(result.query.by)
    other = next((name for name in result.query.by if name not in TIMES), None)
    found: dict[tuple[str, str | None], list[tuple[date, Cell]]] = {}
    for cell in (c for m in metrics for c in result.of(m) if c.by.get(axis)):
        when = date.fromisoformat(cell.by[axis]) + timedelta(days=14 if axis == "month" else 0)
        found.setdefault((cell.metric, cell.by.get(other) if other else None), []).append((when, cell))
    values = arrange.ordered(result, (other,) if other else (), {(key[1],) for key in found})
    counts = {
        value: sum(cell.n for key, points in found.items() if key[1] == value[0] for _, cell in points)
        for value in values
    }
    lasting, said = arrange.largest(
        values, counts, max(2, arrange.MOST_LINES // max(len(metrics), 1)), f"values of {DIMENSIONS.get(other, other)}"
    )
    kept = [(metric, value[0]) for metric in metrics for value in lasting if (metric, value[0]) in found]
    names = {key: f"{key[0]}|{key[1]}" for key in kept}
    definitions = {
        names[key]: replace(result.definitions[key[0]], short=escape(_named(result, key, other, len(metrics))))
        for key in kept
    }
    return (
        {
            names[key]: series_gaps.gapped(
                sorted(found[key], key=lambda point: point[0]),
                series_gaps.days_of(result, key[0], key[1] if other == "stage" else None),
            )
            for key in kept
        },
        definitions,
        said,
    )


def _named(result: Result, key: tuple, other: str | None, metrics: int) -> str:
    value = words.part(other, key[1]) if other else ""
    short = result.definitions[key[0]].short
    return short if not other else value if metrics == 1 else f"{short}, {value}"
