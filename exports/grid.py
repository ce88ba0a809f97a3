"""The numbers behind a native chart as one rectangle of cells, the same in a slide's workbook and in a sheet of the workbook.

Columns: label | per mark series its values | per mark series plus and minus (interval ends as distances) | per measured
series n. A chart refers to these cells, so that whoever edits the numbers moves marks and intervals.
"""

from dataclasses import dataclass

from exports.safe import neutral
from exports.shape import Point, Series, Shape


@dataclass(frozen=True)
class Marks:
    """What is drawn in one manner: the plain points, the few ones, or the period before."""

    name: str
    side: str
    kind: str                                   # plain | few | before
    place: int                                  # which measured series it belongs to
    values: tuple[float | None, ...]
    plus: tuple[float | None, ...]
    minus: tuple[float | None, ...]

    @property
    def bounded(self) -> bool:
        return any(value is not None for value in self.plus)


@dataclass(frozen=True)
class Grid:
    labels: tuple[str, ...]
    marks: tuple[Marks, ...]
    n: tuple[tuple[int | None, ...], ...]
    names: tuple[str, ...]

    def columns(self) -> list[tuple[str, tuple]]:
        """(head, values) of every column, in the order of the sheet."""
        found: list[tuple[str, tuple]] = [("", self.labels)]
        found += [(m.name, m.values) for m in self.marks]
        found += [(f"{m.name}, {way}", values) for m in self.marks if m.bounded for way, values in (("plus", m.plus), ("minus", m.minus))]
        return found + [(f"{name}, n", values) for name, values in zip(self.names, self.n)]

    def column_of(self, head: str) -> int:
        return [name for name, _ in self.columns()].index(head)


def grid_of(shape: Shape) -> Grid:
    """The rectangle of a shape. Labels carry n, or the word that stands for a value, in a second line."""
    marks = [mark for place, series in enumerate(shape.series) for mark in _marks(series, place, shape.joined)]
    names = tuple(str(neutral(series.name)) for series in shape.series)
    counts = tuple(tuple(p.n or None for p in series.points) for series in shape.series)
    return Grid(tuple(_label(shape, i) for i in range(len(shape.labels))), tuple(marks), counts, names)


def _marks(series: Series, place: int, joined: bool) -> list[Marks]:
    """A line keeps its few points so that it does not break; loose marks go to one series or the other."""
    name, points = str(neutral(series.name)), series.points
    plain = [p if p.value is not None and (joined or not p.few) else None for p in points]
    sure = [p if p is not None and not p.few else None for p in plain]
    found = [Marks(name, series.side, "plain", place, tuple(p.value if p else None for p in plain), *_bounds(sure))]
    few = [p if p.value is not None and p.few else None for p in points]
    if any(few):
        found.append(Marks(f"{name}, too few to lean on", series.side, "few", place, tuple(p.value if p else None for p in few), *_bounds(few)))
    if any(p.before is not None for p in points):
        nothing = (None,) * len(points)
        found.insert(0, Marks(f"{name}, period before", series.side, "before", place, tuple(p.before for p in points), nothing, nothing))
    return found


def _bounds(points: list[Point | None]) -> tuple[tuple, tuple]:
    return (tuple(p.high - p.value if p and p.high is not None else None for p in points),
            tuple(p.value - p.low if p and p.low is not None else None for p in points))


def _label(shape: Shape, i: int) -> str:
    """Buy, and below it n 409 or not asked; along a time axis the label alone."""
    head = str(neutral(shape.labels[i]))
    found = [(series.name, series.points[i]) for series in shape.series if i < len(series.points)]
    if len(shape.series) > 1:
        lacking = [f"{name} {p.word}" for name, p in found if p.word]
        return "\n".join([head, *lacking]) if not len(shape.labels) > MOST_LABELS else head
    if not found or (shape.joined and not found[0][1].word):
        return head
    point = found[0][1]
    return f"{head}\n{point.word or f'n {point.n:,}'}"


MOST_LABELS = 12
