"""The numbers behind a native chart as one rectangle of cells, the same in a slide's workbook and in a sheet of the workbook.

Columns: label | per mark series its values | per mark series plus and minus (interval ends as distances) | per measured
series n. A chart refers to these cells, so that whoever edits the numbers moves marks and intervals.
"""

from dataclasses import dataclass

from exports.cards.safe import neutral
from exports.cards.shape import Point, Shape
from report import numbers
from report.text.catalogue import say

ORDER = ("target", "minimum", "before", "interval", "plain", "few")  # from bottom to top
LEVELS = ("minimum", "target")  # the company's own, across the marks
FEW = say("exports.grid.rough_estimate")
MOST_LABELS = 13


@dataclass(frozen=True)
class Marks:
    """What is drawn in one manner. Intervals are a series of their own below the marks, on the same cells: programs differ in
    whether a series' error bars lie over or under its own marks. `place` is the measured series, `shade` its rank in its side.
    """

    name: str
    side: str
    kind: str  # target | minimum | before | interval | plain | few
    place: int
    shade: int
    values: tuple[float | None, ...]
    plus: tuple[float | None, ...]
    minus: tuple[float | None, ...]

    @property
    def few(self) -> bool:
        return self.name.endswith(FEW)


@dataclass(frozen=True)
class Grid:
    labels: tuple[str, ...]
    marks: tuple[Marks, ...]
    n: tuple[tuple[int | None, ...], ...]
    names: tuple[str, ...]

    def columns(self) -> list[tuple[str, tuple]]:
        """(head, values) of every column, in the order of the sheet."""
        found: list[tuple[str, tuple]] = [("", self.labels)]
        found += [(m.name, m.values) for m in self.marks if m.kind != "interval"]
        found += [
            (f"{m.name}, {way}", values)
            for m in self.marks
            if m.kind == "interval"
            for way, values in (("plus", m.plus), ("minus", m.minus))
        ]
        return found + [(f"{name}, n", values) for name, values in zip(self.names, self.n)]

    @property
    def key(self) -> str:
        """What the marks mean that the subtitle does not say."""
        dashes = dict.fromkeys(
            say("exports.grid.dash_the", name=marks.name.rpartition(", ")[2]).replace("the as", "as")
            for marks in self.marks
            if marks.kind == "before"
        )
        few = say("exports.grid.grey_rough_estimate") if any(marks.kind == "few" for marks in self.marks) else ""
        levels = [
            f"; {said}"
            for kind, said in (
                ("minimum", say("exports.grid.dark_dash_our_minimum")),
                ("target", say("exports.grid.light_dash_our_target")),
            )
            if any(marks.kind == kind for marks in self.marks)
        ]
        return "".join(dashes) + "".join(levels) + few

    def column_of(self, head: str) -> int:
        return [name for name, _ in self.columns()].index(head)


def grid_of(shape: Shape) -> Grid:
    """The rectangle of a shape. Labels carry n, or the word that stands for a value, in a second line."""
    marks = [mark for place in range(len(shape.series)) for mark in _marks(shape, place)]
    marks.sort(key=lambda mark: ORDER.index(mark.kind))
    names = tuple(str(neutral(series.name)) for series in shape.series)
    counts = tuple(tuple(p.n or None for p in series.points) for series in shape.series)
    return Grid(tuple(_label(shape, i) for i in range(len(shape.labels))), tuple(marks), counts, names)


def _marks(shape: Shape, place: int) -> list[Marks]:
    """A line keeps its few points so that it does not break; loose marks go to one series or the other."""
    series = shape.series[place]
    shade = sum(other.side == series.side for other in shape.series[:place])
    name, found = str(neutral(series.name)), []
    few = [p if p.value is not None and p.few else None for p in series.points]
    sure = [p if p.value is not None and not p.few else None for p in series.points]
    drawn = [p if p.value is not None else None for p in series.points] if shape.joined else sure
    for kind, head, points, bounded in (("plain", name, drawn, sure), ("few", name + FEW, few, few)):
        if kind == "plain" or any(few):
            values = tuple(p.value if p else None for p in points)
            plus, minus = _bounds(bounded)
            found += [Marks(head, series.side, kind, place, shade, values, (), ())]
            found += (
                [Marks(head, series.side, "interval", place, shade, values, plus, minus)]
                if any(v is not None for v in plus)
                else []
            )
    if any(p.before is not None for p in series.points):
        found.append(
            Marks(
                f"{name}, {series.other}",
                series.side,
                "before",
                place,
                shade,
                tuple(p.before for p in series.points),
                (),
                (),
            )
        )
    for kind in ("minimum", "target"):
        levels = tuple(getattr(p, kind) for p in series.points)
        if any(level is not None for level in levels):
            found.append(
                Marks(say("exports.grid.our", name=name, kind=kind), series.side, kind, place, shade, levels, (), ())
            )
    return found


def _bounds(points: list[Point | None]) -> tuple[tuple, tuple]:
    return (
        tuple(p.high - p.value if p and p.high is not None else None for p in points),
        tuple(p.value - p.low if p and p.low is not None else None for p in points),
    )


def _label(shape: Shape, i: int) -> str:
    """Buy, and below it n 409 or not asked; along a time axis the label alone."""
    head = str(neutral(shape.labels[i]))
    if shape.joined and len(shape.labels) > MOST_LABELS:
        head = head.replace("\u00a0", "\n")  # 24 over Aug, or programs turn the labels or break them anywhere
    found = [(series.name, series.points[i]) for series in shape.series if i < len(series.points)]
    if len(shape.series) > 1:
        lacking = [f"{name} {p.word}" for name, p in found if p.word]
        return "\n".join([head, *lacking]) if len(shape.labels) <= MOST_LABELS else head
    if not found or (shape.joined and not found[0][1].word):
        return head
    point = found[0][1]
    return f"{head}\n{point.word or f'n {numbers.whole(point.n)}'}"
