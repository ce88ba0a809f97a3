"""The lines of a cut over time, as series of the panels of charts.trend."""

from dataclasses import replace
from datetime import date, timedelta
from html import escape

from charts import series_gaps
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.query.result import Cell, Result
from report.text.catalogue import say
from report.words import words
from ui.views import arrange


def series(result: Result, metrics: list[str]) -> tuple[dict, dict[str, Definition], str]:
    """Lines over time as panels of charts.trend: one a metric and value of the other dimension; and what is left out."""
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
        values,
        counts,
        max(2, arrange.MOST_LINES // max(len(metrics), 1)),
        say("ui.explore_lines.values_of", other=DIMENSIONS.get(other, other)),
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
