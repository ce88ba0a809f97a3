"""Two bars a stage: what people did beside how it felt, against the company's own levels."""

from charts.figure import SERIF, Figure
from charts.tokens import FAINT, GRID, INK, MUTED, PAPER, SIDE
from metrics.analyses.stage_scores import Position
from metrics.catalogue.load import catalogue
from metrics.query.result import Cell, State
from report import numbers
from report.text.catalogue import say
from report.words import words

NAMED = {
    "works_but_disappoints": say("charts.throughline.works_but_disappoints"),
    "hard_but_loved": say("charts.throughline.hard_but_loved"),
}


BESIDE = {"ux": -0.2, "cx": 0.2}  # in stages: where the bars of the two sides stand


HALF = 0.17  # half a bar, in stages


def throughline(
    ux: list[Cell | None],
    cx: list[Cell | None],
    stages: list[str],
    places: list[Position] | None = None,
    *,
    left: int = 0,
    height: int = 250,
    roomy: bool = False,
) -> Figure:
    """Two bars a stage in per cent, UX and CX, each with its interval and, across it, the company's minimum (solid) and target
    (dotted) for that very metric; a name where the two surely diverge. `roomy`: the levels are named at the first bar that has them."""
    named = [i for i, place in enumerate(places or []) if place.verdict.state in NAMED]
    figure = Figure(
        height,
        left=left,
        top=46 if named else 12,
        bottom=24,
        xaxis={"range": [-0.5, len(stages) - 0.5], "visible": False},
        yaxis={"range": [0, 1], "visible": False},
    )
    figure.rule(-0.5, 0, len(stages) - 0.5, 0, color=FAINT)
    for side, cells in (("ux", ux), ("cx", cx)):
        shown = [(i + BESIDE[side], cell) for i, cell in enumerate(cells) if cell is not None and cell.valued]
        for i, cell in enumerate(cells):
            _bar(figure, side, i + BESIDE[side], cell, _levels(places, i, cell))
        for few, tone in ((False, SIDE[side][0]), (True, MUTED)):
            own = [(x, c) for x, c in shown if (c.state is State.FEW) is few]
            figure.whisker([(x, _clip(c.low), _clip(c.high)) for x, c in own], tone, horizontal=False, width=2)
            figure.points(
                [x for x, _ in own],
                [_clip(c.value) for _, c in own],
                tone,
                symbol="circle" if side == "ux" else "diamond",
                size=9,
                fill=PAPER if few else None,
                hover=[_hover(c, places, round(x - BESIDE[side])) for x, c in own],
            )
    if roomy and (
        first := next((found for i, cell in enumerate(ux) if (found := (i, _levels(places, i, cell)))[1]), None)
    ):
        for said, level in zip((say("charts.throughline.minimum"), say("charts.throughline.target")), first[1]):
            figure.note(first[0] + BESIDE["ux"] - HALF, _clip(level), said, color=INK, size=12, v="bottom", yshift=1)
    for i in named:
        figure.note(
            i,
            1,
            f"<i>{NAMED[places[i].verdict.state]}</i>",
            anchor="center",
            v="bottom",
            yref="paper",
            yshift=6,
            size=13,
            font={"family": SERIF},
        )
    return figure


def _bar(figure: Figure, side: str, x: float, cell: Cell | None, levels: tuple[float, float] | None) -> None:
    """A bar from 0 with its value at the foot, where no interval crosses it, and the company's two levels across; a word where there is no value."""
    if cell is None or not cell.valued:
        said = words.state_word(cell) if cell is not None else say("charts.throughline.no_data")
        figure.note(x, 0, said.replace(" ", "<br>"), anchor="center", v="bottom", yshift=4, color=MUTED, size=11)
    else:
        few = cell.state is State.FEW
        figure.box(x - HALF, 0, x + HALF, _clip(cell.value), GRID if few else SIDE[side][1])
        figure.note(
            x,
            0,
            f"<b>{numbers.number(cell.value, 'rate', digits=0)}</b>",
            anchor="center",
            v="bottom",
            yshift=4,
            color=MUTED if few else INK,
            size=14,
        )
    if levels:
        figure.rule(
            x - HALF - 0.02, _clip(levels[0]), x + HALF + 0.02, _clip(levels[0]), color=INK, width=2, layer="above"
        )
        figure.rule(
            x - HALF - 0.02,
            _clip(levels[1]),
            x + HALF + 0.02,
            _clip(levels[1]),
            color=INK,
            width=1.5,
            dash="dot",
            layer="above",
        )


def _levels(places: list[Position] | None, i: int, cell: Cell | None) -> tuple[float, float] | None:
    """The stage's minimum and target for the metric of a cell, where the company has set them."""
    parts = places[i].parts if places and i < len(places) else ()
    return next(
        ((part.line, part.target) for part in parts if cell is not None and part.definition.id == cell.metric), None
    )


def _hover(cell: Cell, places: list[Position] | None, i: int) -> str:
    definition, levels = catalogue()[cell.metric], _levels(places, i, cell)
    return words.sentence(cell, definition) + (f"; {words.levels(*levels, definition)}" if levels else "")


def _clip(value: float | None) -> float | None:
    return None if value is None else min(max(value, 0.0), 1.0)
