"""The card forms as charts.figure.Figure: the screen's own chart forms where there is one, so that a picture is the view."""

from html import escape

from charts.dots import dots
from charts.figure import Figure
from charts.throughline import throughline
from charts.tokens import FAINT, G1, INK, MUTED, RULE, SIDE
from exports.cards.bounds import axis_bounds
from exports.cards.card import Card
from exports.cards.grid import Marks, grid_of
from exports.cards.shape import MOST, Shape, shape_of
from exports.office_style import SYMBOL
from metrics.query.result import Cell, State
from report import numbers
from report.text.catalogue import say
from report.titles import name_of
from report.words import words

ROW, HEAD = 34, 40


def figure_of(card: Card) -> Figure:
    """The chart of a card without its title and small print. Colours are tokens (charts.tokens.resolve)."""
    makers = {"throughline": _throughline, "trend": _trend, "ledger": _ledger}
    return makers.get(card.form, _dots)(card)


def _dots(card: Card) -> Figure:
    """A row a cell, label above its mark; for the pair a row a metric."""
    cells = list(card.result.cells)
    if card.form == "breakdown":
        cells = sorted(cells, key=lambda c: (not c.valued, -c.n, name_of(c)))[:MOST]
        cells.sort(key=lambda c: (not c.valued, -(c.value or 0)))
    labels = [card.result.definitions[c.metric].label if card.form == "pair" else name_of(c) for c in cells]
    return dots(cells, card.definitions[0], labels)


def _trend(card: Card) -> Figure:
    """Lines of one metric on one axis, each named at its end; a single one in its ribbon."""
    shape = shape_of(card)
    x = list(range(len(shape.labels)))
    named = x[:: max(1, -(-len(x) // 13))]
    low, high, step = axis_bounds(shape)
    marks = [low + k * step for k in range(round((high - low) / step) + 1)]
    scale = {"tickvals": marks, "ticktext": [numbers.level(mark, shape.unit) for mark in marks]}
    figure = Figure(
        420,
        left=46,
        right=130 if len(shape.series) > 1 else 64,
        top=12,
        bottom=30,
        xaxis={"tickvals": named, "ticktext": [escape(shape.labels[i]) for i in named], "range": [-0.3, len(x) - 0.7]},
        yaxis={"showgrid": True, "range": [low, high], **scale},
    )
    for marks in grid_of(shape).marks:
        _draw(figure, marks, shape, x)
    return figure


def _draw(figure: Figure, marks: Marks, shape: Shape, x: list[int]) -> None:
    color, tint = (SIDE[marks.side], (INK, G1), (MUTED, RULE), (FAINT, RULE))[marks.shade]
    if marks.kind == "interval":
        rows = [
            (i, v - down, v + up)
            for i, v, up, down in zip(x, marks.values, marks.plus, marks.minus)
            if None not in (v, up, down)
        ]
        if len(shape.series) == 1 and not marks.few:
            figure.ribbon(
                x,
                *(
                    [v + way * d if None not in (v, d) else None for v, d in zip(marks.values, ends)]
                    for way, ends in ((-1, marks.minus), (1, marks.plus))
                ),
                tint,
            )
            return
        figure.whisker(rows, FAINT if marks.few else tint, horizontal=False, width=1 if marks.few else 5)
    elif marks.kind == "plain":
        figure.line(x, list(marks.values), color)
        last = max((i for i in x if marks.values[i] is not None), default=None)
        if last is not None:
            said = (
                shape.series[marks.place].name
                if len(shape.series) > 1
                else words.number(marks.values[last], shape.unit)
            )
            figure.note(last, marks.values[last], f"<b>{escape(said)}</b>", color=color, xshift=8)
    elif marks.kind == "few":
        figure.points(x, list(marks.values), MUTED, symbol=SYMBOL[marks.side], size=7, fill=G1)


def _throughline(card: Card) -> Figure:
    """The signature figure, with the stages named below it."""
    stages = list(shape_of(card).labels)
    ux, cx = ([card.result.cell(d.id, stage=stage) for stage in stages] for d in card.definitions[:2])
    figure = throughline(ux, cx, stages, list(card.places) or None, height=430, roomy=True)
    figure.layout["margin"]["b"] = 52
    for i, label in enumerate(grid_of(shape_of(card)).labels):
        head, *rest = label.split("\n")
        aside = "".join(f"<br><span style='color:{MUTED}'>{escape(part)}</span>" for part in rest)
        figure.note(i, 0, f"<b>{escape(head)}</b>{aside}", yref="paper", yshift=-8, anchor="center", v="top")
    return figure


def _ledger(card: Card) -> Figure:
    """Stages in columns, a metric a row, each number over its interval."""
    stages = list(dict.fromkeys(c.by["stage"] for c in card.result.cells if c.by.get("stage")))
    found = card.definitions
    figure = Figure(
        HEAD + ROW * len(found),
        top=0,
        bottom=0,
        xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [-len(found) - 0.5, 0.6], "visible": False},
    )
    right = [0.28 + 0.72 * (i + 1) / len(stages) for i in range(len(stages))]
    for x, stage in zip(right, stages):
        figure.note(x, 0, f"<b>{escape(stage)}</b>", anchor="right", size=14)
    figure.rule(0, -0.5, 1, -0.5, color=INK)
    for row, definition in enumerate(found, 1):
        figure.note(0, -row, f"<b>{escape(definition.label)}</b>", color=SIDE[definition.side][0])
        figure.rule(0, -row - 0.5, 1, -row - 0.5)
        for x, stage in zip(right, stages):
            figure.note(x, -row, _cell(card.result.cell(definition.id, stage=stage), definition), anchor="right")
    return figure


def _cell(cell: Cell | None, definition) -> str:
    if cell is None or not cell.valued:
        return (
            f"<span style='color:{MUTED}'>{(words.state_word(cell) if cell else say('exports.figures.no_data'))}</span>"
        )
    value = words.value(cell.value, definition)
    value = f"<span style='color:{MUTED}'>○ {value}</span>" if cell.state is State.FEW else f"<b>{value}</b>"
    return f"{value} <span style='color:{MUTED};font-size:11px'>{words.interval(cell.low, cell.high, definition.unit)}</span>"
