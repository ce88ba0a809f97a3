"""The chart forms of the product, each answering one question, on ui.figure."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

from metrics.analyses.stage_scores import Position
from metrics.catalogue.definition import Definition, catalogue
from metrics.query.result import Cell, State
from report import words
from ui.charts.figure import SERIF, Figure
from ui.tokens import BAND, FAINT, GRID, INK, MUTED, PAPER, SIDE

NAMED = {"works_but_disappoints": "works but<br>disappoints", "hard_but_loved": "hard<br>but loved"}
LEVEL = 13  # pixels from one row of event numbers to the next
Limits = Mapping[date, tuple[float, float]]
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
        for said, level in zip(("minimum", "target"), first[1]):
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


def name_stages(figure: Figure, stages: list[str]) -> None:
    """The stages' names below the throughline, where no table stands under it."""
    for i, stage in enumerate(stages):
        figure.note(
            i, 0, f"<b>{stage}</b>", anchor="center", v="top", yref="paper", yshift=-8, size=14, font={"family": SERIF}
        )
    figure.layout["margin"]["b"] = 34


def _bar(figure: Figure, side: str, x: float, cell: Cell | None, levels: tuple[float, float] | None) -> None:
    """A bar from 0 with its value at the foot, where no interval crosses it, and the company's two levels across; a word where there is no value."""
    if cell is None or not cell.valued:
        said = words.state_word(cell) if cell is not None else "no data"
        figure.note(x, 0, said.replace(" ", "<br>"), anchor="center", v="bottom", yshift=4, color=MUTED, size=11)
    else:
        few = cell.state is State.FEW
        figure.box(x - HALF, 0, x + HALF, _clip(cell.value), GRID if few else SIDE[side][1])
        figure.note(
            x,
            0,
            f"<b>{100 * cell.value:.0f}</b>",
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


def dots(cells: list[Cell], definition: Definition, labels: list[str], *, line: float | None = None) -> Figure:
    """One row a cell: label above, value in its interval, n at the right; states in words."""
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
    color, tint = SIDE[definition.side]
    for place, (cell, label) in enumerate(zip(cells, labels)):
        head = f"<b>{label}</b>  <span style='color:{MUTED}'>{aside(cell, definition)}</span>"
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
    return f"{words.interval(cell.low, cell.high, definition.unit)} · n {cell.n:,}"


def ticks(definition: Definition, low: float, high: float) -> dict:
    """An axis in the unit of the metric."""
    if definition.unit == "rate":
        return {"tickformat": ".0%"}
    if definition.unit == "seconds":
        marks = _round_marks(low, high)
        return {"tickvals": marks, "ticktext": [words.number(mark, "seconds") for mark in marks]}
    return {}


def trend(
    series: dict[str, list[tuple[date, Cell]]],
    definitions: dict[str, Definition],
    *,
    shade: tuple[date, date] | None = None,
    events: list[tuple[date, str]] = (),
    normal: Mapping[str, Limits] | None = None,
    panel: int = 118,
    few: bool = False,
) -> Figure:
    """Small panels on one time axis, a metric each: line, interval ribbon, normal range (week → low, high), numbered events,
    the compared period shaded.

    Panels of one metric share a scale. `few` draws rough estimates as grey hollow marks.
    """
    normal = normal or {}
    names = [name for name in series if any(cell.valued for _, cell in series[name])]
    every = [when for name in names for when, _ in series[name]]
    if not names:
        figure = Figure(60)
        figure.note(0.5, 0.5, "no data in this period", xref="paper", yref="paper", anchor="center", color=MUTED)
        return figure
    height = panel * len(names) + 44
    labels = event_labels([when for when, _ in events], max(every) - min(every))
    figure = Figure(
        height,
        top=24 + LEVEL * max((level for *_, level in labels), default=0),
        bottom=24,
        right=52,
        xaxis={
            "range": [(min(every) - (max(every) - min(every)) * 0.06).isoformat(), max(every).isoformat()],
            "type": "date",
            "tickformat": "%-d %b",
            "nticks": 6,
            "anchor": "free",
            "position": 0,
        },
        **{
            f"yaxis{'' if i == 0 else i + 1}": _domain(
                i, len(names), _alike(name, series, definitions), definitions[name], normal.get(name, {})
            )
            for i, name in enumerate(names)
        },
    )
    if shade:
        figure.box(shade[0].isoformat(), 0, shade[1].isoformat(), 1, BAND, yref="paper")
    for when, _ in events:
        figure.rule(when.isoformat(), 0, when.isoformat(), 1, color=FAINT, yref="paper")
    for when, label, level in labels:
        figure.note(
            when.isoformat(),
            1,
            f"<b>{label}</b>",
            yref="paper",
            yshift=10 + LEVEL * level,
            anchor="center",
            color=MUTED,
            size=12,
        )
    for i, name in enumerate(names):
        _panel(figure, i, len(names), series[name], definitions[name], normal.get(name, {}))
        if few:
            _hollow(figure, i, series[name], definitions[name])
    return figure


def _alike(name: str, series: dict, definitions: dict[str, Definition]) -> list[tuple[date, Cell]]:
    """All points of the panel's metric, so that its panels compare."""
    return [
        point for other, points in series.items() if definitions[other].id == definitions[name].id for point in points
    ]


def _hollow(figure: Figure, i: int, points: list[tuple[date, Cell]], definition: Definition) -> None:
    shown = [(when.isoformat(), c) for when, c in points if c.state is State.FEW]
    figure.points(
        [when for when, _ in shown],
        [c.value for _, c in shown],
        MUTED,
        symbol="circle" if definition.side == "ux" else "diamond",
        size=7,
        fill=PAPER,
        hover=[words.sentence(c, definition) for _, c in shown],
        yaxis="y" if i == 0 else f"y{i + 1}",
    )


def event_labels(days: list[date], span: timedelta) -> list[tuple[date, str, int]]:
    """(day, number, level): each event's number above its own line, a level higher where it would touch its neighbour's."""
    near, taken = span / 20, []  # two figures are about as wide on a phone
    found = []
    for number, when in enumerate(days, 1):
        level = next((i for i, last in enumerate(taken) if when - last >= near), len(taken))
        taken[level : level + 1] = [when]
        found.append((when, str(number), level))
    return found


def _domain(i: int, total: int, points: list[tuple[date, Cell]], definition: Definition, normal: Limits) -> dict:
    """A panel's slot and range: never zoomed in beyond four standard errors, so that noise looks like noise; the normal range is in it."""
    values = [c.value for _, c in points if c.valued]
    errors = sorted(c.se for _, c in points if c.valued and c.se)
    half = 4 * errors[len(errors) // 2] if errors else 0
    middle = (min(values) + max(values)) / 2
    limits = [bound for when, _ in points if when in normal for bound in normal[when]]
    low, high = min(min(values), middle - half, *limits), max(max(values), middle + half, *limits)
    pad = (high - low) * 0.12 or 0.01
    low, high = low - pad, high + pad
    if definition.unit == "rate":
        low, high = max(low, 0.0), min(high, 1.0)
    top = 1 - i / total
    marks = _round_marks(low, high)
    return {
        "domain": [top - 1 / total + 0.02, top - 0.16 / total - 26 / (118 * total)],
        "range": [low, high],
        "showgrid": True,
        "tickvals": marks,
        "ticktext": [
            words.number(
                mark,
                definition.unit,
                digits=None if definition.unit == "seconds" else 0 if _whole(marks, definition) else 1,
            )
            for mark in marks
        ],
        "ticklabelposition": "inside top",
        "tickfont": {"size": 11, "color": MUTED},
    }


def _whole(marks: list[float], definition: Definition) -> bool:
    scaled = [mark * (100 if definition.unit == "rate" else 1) for mark in marks]
    return all(abs(value - round(value)) < 1e-6 for value in scaled)


def _round_marks(low: float, high: float) -> list[float]:
    """Two or three round values within a range: the scale, said where the line is."""
    step = 10 ** math.floor(math.log10(high - low)) if high > low else 1.0
    step = next(s for s in (step / 5, step / 2, step, 2 * step, 5 * step) if (high - low) / s <= 3.2)
    first = math.ceil(low / step - 1e-9) * step
    return [round(first + k * step, 10) for k in range(4) if first + k * step <= high + 1e-12]


def _panel(
    figure: Figure, i: int, total: int, points: list[tuple[date, Cell]], definition: Definition, normal: Limits
) -> None:
    color, tint = SIDE[definition.side]
    axis = {"yaxis": "y" if i == 0 else f"y{i + 1}"}
    x = [when.isoformat() for when, _ in points]
    if normal:
        low, high = ([normal[when][side] if when in normal else None for when, _ in points] for side in (0, 1))
        figure.ribbon(x, low, high, GRID, **axis)
        for edge in (low, high):
            figure.line(x, edge, FAINT, width=1, dash="dot", **axis)
    figure.ribbon(
        x,
        [c.low if c.valued else None for _, c in points],
        [c.high if c.valued else None for _, c in points],
        tint,
        **axis,
    )
    figure.line(
        x,
        [c.value if c.valued else None for _, c in points],
        color,
        hover=[
            f"{'month' if _monthly(points) else 'week'} of {words.day(when)}: {words.sentence(cell, definition)}"
            for when, cell in points
        ],
        **axis,
    )
    aside = " ".join(
        part for part in (words.unit_sign(definition.unit).strip(), "by month" if _monthly(points) else "") if part
    )
    figure.note(
        0,
        1 - i / total,
        f"<b>{definition.short}</b> <span style='color:{MUTED}'>{aside}</span>",
        xref="paper",
        yref="paper",
        v="top",
        yshift=-10,
    )
    if _monthly(points):
        shown = [(when.isoformat(), c.value) for when, c in points if c.valued]
        figure.points(
            [when for when, _ in shown],
            [value for _, value in shown],
            color,
            size=6,
            symbol="circle" if definition.side == "ux" else "diamond",
            **axis,
        )
    when, last = next(((when, c) for when, c in reversed(points) if c.valued), (None, None))
    if last:  # at its own point: a line may end before the axis does
        figure.note(
            when.isoformat(),
            last.value,
            f"<b>{words.number(last.value, definition.unit)}</b>",
            yref=axis["yaxis"],
            xshift=6,
            color=color,
        )


def _monthly(points: list[tuple[date, Cell]]) -> bool:
    return any("month" in cell.by for _, cell in points)


def pair_table(counts: list[int]) -> list[list[str]]:
    """The 2×2 of answered occasions as cells with counts and row shares."""
    smooth_ok, smooth_bad, hard_ok, hard_bad = counts
    rows = []
    for label, ok, bad in (("It went smoothly", smooth_ok, smooth_bad), ("They struggled", hard_ok, hard_bad)):
        total = ok + bad
        share = f"{100 * bad / total:.0f} %" if total else "–"
        rows.append([label, f"{ok:,}", f"{bad:,}", share])
    return rows
