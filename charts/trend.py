"""Small panels on one time axis, a metric each."""

from collections.abc import Mapping
from datetime import date, timedelta
from html import escape

from charts.axes import round_marks, time_ticks, whole
from charts.figure import Figure
from charts.tokens import BAND, FAINT, GRID, MUTED, PAPER, SIDE
from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, State
from report.text.catalogue import say
from report.words import words

LEVEL = 13  # pixels from one row of event numbers to the next


Limits = Mapping[date, tuple[float, float]]


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
        hidden = {"visible": False}  # else it would show an axis from 0 to 5, as of numbers
        figure = Figure(60, xaxis=hidden, yaxis=hidden)
        figure.note(
            0.5,
            0.5,
            say("charts.trend.no_data_in_this_period"),
            xref="paper",
            yref="paper",
            anchor="center",
            color=MUTED,
        )
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
            **time_ticks(min(every), max(every), 6),
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
            f"<b>{escape(label)}</b>",
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
    marks = round_marks(low, high)
    return {
        "domain": [top - 1 / total + 0.02, top - 0.16 / total - 26 / (118 * total)],
        "range": [low, high],
        "showgrid": True,
        "tickvals": marks,
        "ticktext": [
            words.number(
                mark,
                definition.unit,
                digits=None if definition.unit == "seconds" else 0 if whole(marks, definition) else 1,
            )
            for mark in marks
        ],
        "ticklabelposition": "inside top",
        "tickfont": {"size": 11, "color": MUTED},
    }


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
    bottom, top = figure.layout[f"yaxis{'' if i == 0 else i + 1}"]["range"]
    for when, cell in points:
        if unit := next((name for name in ("week", "month") if cell.by.get(name)), None):
            figure.week(
                when.isoformat(), bottom, top, f"{unit}:{cell.by[unit]}", axis["yaxis"], 7 if unit == "week" else 30
            )
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
            say(
                "charts.trend.of",
                part=say("charts.trend.month") if _monthly(points) else say("charts.trend.week"),
                when=words.day(when),
                sentence=words.sentence(cell, definition),
            )
            for when, cell in points
        ],
        **axis,
    )
    aside = " ".join(
        part
        for part in (words.unit_sign(definition.unit).strip(), say("charts.trend.by_month") if _monthly(points) else "")
        if part
    )
    figure.note(
        0,
        1 - i / total,
        f"<b>{escape(definition.short)}</b> <span style='color:{MUTED}'>{aside}</span>",
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
