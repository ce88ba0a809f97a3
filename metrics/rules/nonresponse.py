"""What stands beside every number of a survey: how many of the invited answered, and how different the silent would have to be.

Nothing is claimed about what the silent feel. With r the share of the invited who answered and v what they said, everybody invited
together says r·v + (1 − r)·s; the tipping line is the s at which that equals the company's minimum (docs/STATISTICS.md C, Reweighting).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.catalogue.load import definition
from metrics.codes import Beside, BesideCode
from metrics.present import present
from metrics.query.context import Context
from metrics.query.of_generation import of_generation
from metrics.query.query import Query
from metrics.query.result import Cell
from metrics.thresholds import PERSONS

KNOWN = 0.9  # of a number's answers at least this share must come from surveys whose invitations are known
LOWER = {"rate": 0.1, "points": 10.0}  # without a minimum: what if the silent were so much lower
LIMITS = {"rate": (0.0, 1.0), "points": (-100.0, 100.0)}


Counter = Callable[..., Any]  # metrics.compute.sums


@dataclass(frozen=True)
class Invited:
    """Invitations of the surveys behind a number and how many were answered."""

    invited: int
    answered: int

    @property
    def rate(self) -> float:
        return self.answered / self.invited

    def in_percent(self) -> "Invited":
        """The same to a whole per cent: two periods' exact rates would tell how many answered between them."""
        return Invited(100, round(100 * self.rate))


def with_response_rate(
    definition: Definition, cells: list[Cell], query: Query, generation: Generation, known: Context, sums: Counter
) -> list[Cell]:
    """The cells of a metric of answers with the response rate and the tipping line beside each value; others as they are.

    `query` is resolved, `sums` is metrics.run.sums. The rate is that of the surveys behind the number over the same period, whatever
    the filters: who was invited is known of a survey, not of a device. Nothing along time, where a line of points has no room for it.
    """
    if (
        not _of_answers(definition, known)
        or any(name in TIMES for name in query.by)
        or not any(cell.valued for cell in cells)
    ):
        return cells
    surveys, recent = _surveys(query, generation, known, sums)
    behind = _behind(definition, query, generation, known, sums) if surveys or recent else {}
    lines = _lines(definition.id, query.journey, generation)
    return [
        replace(
            cell,
            beside=(
                *cell.beside,
                *_said(
                    cell,
                    definition,
                    _pooled(parts := behind.get(_key(cell), {}), surveys),
                    lines.get(_stage(cell, query) or ""),
                    BesideCode.RESPONSE_TOO_RECENT
                    if _nearly_all(parts, {*surveys, *recent})
                    else BesideCode.RESPONSE_UNKNOWN,
                ),
            ),
        )
        if cell.valued
        else cell
        for cell in cells
    ]


def _of_answers(definition: Definition, known: Context) -> bool:
    columns = known.columns.get(definition.measure.fact, set())
    return (
        definition.measure.survey
        and {"survey", "score"} <= columns
        and definition.measure.kind in ("share", "mean", "nps")
    )


def _surveys(
    query: Query, generation: Generation, known: Context, sums: Counter
) -> tuple[dict[str, Invited], set[str]]:
    """Survey → its invitations of the period, as survey_response_rate counts them, and the surveys all of whose invitations are too recent
    for it. Those of fewer people than privacy asks for are not told."""
    found = definition("survey_response_rate")
    if not known.columns.get(found.measure.fact):
        return {}, set()
    asked = replace(query, by=("survey",), filters=(), stages=(), compare=None)
    surveys: dict[str, Invited] = {}
    for (survey,), part in sums(found, asked, generation, known)[0].items():
        if part.persons >= PERSONS and (answered := int(part.moments.total("y"))):
            invited = Invited(part.n, answered)
            if generation.shows != GROUPS:
                surveys[survey.lower()] = invited
            elif (
                min(answered, part.n - answered) >= PERSONS
            ):  # from the rate and who was invited both counts would follow
                surveys[survey.lower()] = invited.in_percent()
    ever = sums(replace(found, measure=replace(found.measure, mature_days=0)), asked, generation, known)[0]
    return surveys, {survey.lower() for (survey,), part in ever.items() if part.persons >= PERSONS} - set(surveys)


def _behind(
    definition: Definition, query: Query, generation: Generation, known: Context, sums: Counter
) -> dict[tuple[Any, ...], dict[str, int]]:
    """Cell → survey → how many of its answers it gave."""
    if "survey" in query.by:
        table = sums(definition, query, generation, known)[0]
        place = query.by.index("survey")
        return {key: {(key[place] or "").lower(): part.n} for key, part in table.items()}
    table = sums(definition, replace(query, by=(*query.by, "survey"), compare=None), generation, known, ("survey",))[0]
    parts: dict[tuple[Any, ...], dict[str, int]] = {}
    for key, part in table.items():
        parts.setdefault(key[:-1], {})[(key[-1] or "").lower()] = part.n
    return parts


@of_generation(most=256)
def _lines(metric: str, journey: str | None, generation: Generation) -> dict[str, float]:
    """Stage → the company's minimum for this metric."""
    return dict(
        generation.cursor()
        .execute(
            "select stage, line from cfg_targets where journey = $journey and metric = $metric and line is not null",
            {"journey": journey, "metric": metric},
        )
        .fetchall()
    )


def _key(cell: Cell) -> tuple[Any, ...]:
    return tuple(None if name == "stage" and value == "unmapped" else value for name, value in cell.by.items())


def _stage(cell: Cell, query: Query) -> str | None:
    return cell.by.get("stage") or (query.stages[0] if len(query.stages) == 1 else None)


def _nearly_all(parts: Mapping[str, int], names: Collection[str]) -> bool:
    """Whether nearly all answers behind a number come from these surveys."""
    return bool(parts) and sum(n for name, n in parts.items() if name in names) >= KNOWN * sum(parts.values())


def _pooled(parts: dict[str, int], surveys: dict[str, Invited]) -> Invited | None:
    """The invitations of the surveys behind a number, or None where they are not known of nearly all its answers."""
    if not _nearly_all(parts, surveys):
        return None
    known = [name for name in parts if name in surveys]
    return Invited(sum(surveys[name].invited for name in known), sum(surveys[name].answered for name in known))


def _said(
    cell: Cell, definition: Definition, invited: Invited | None, line: float | None, otherwise: BesideCode
) -> tuple[Beside, ...]:
    if invited is None:
        return (Beside(otherwise, None, None, None, "rate"),)
    rate = Beside(BesideCode.RESPONSE_RATE, invited.rate, None, None, "rate")
    if invited.rate >= 1:
        return (rate,)
    return (
        rate,
        tipping_distance(cell, definition, invited.rate, line)
        if line is not None
        else if_silent_lower(cell, definition, invited.rate),
    )


def tipping_distance(cell: Cell, definition: Definition, rate: float, line: float) -> Beside:
    """How much lower (positive) or higher (negative) than those who answered the silent would have to be for all invited together to be
    at the line: (v − line) ÷ (1 − r), with the interval of v."""
    value = present(cell.value)
    gap = (value - line) / (1 - rate)
    low, high = ((bound - line) / (1 - rate) if bound is not None else None for bound in (cell.low, cell.high))
    least, most = LIMITS.get(definition.unit, (float("-inf"), float("inf")))
    if not least <= value - gap <= most:
        code = BesideCode.ABOVE_WHATEVER if gap > 0 else BesideCode.BELOW_WHATEVER
    else:
        code = BesideCode.SILENT_LOWER if gap >= 0 else BesideCode.SILENT_HIGHER
    return Beside(code, gap, low, high, definition.unit, {"minimum": line})


def if_silent_lower(cell: Cell, definition: Definition, rate: float) -> Beside:
    """What all invited together would say if the silent were ten points (of a score: half a point) lower: v − (1 − r)·d."""
    by = LOWER.get(definition.unit, 0.5)
    least = LIMITS.get(definition.unit, (float("-inf"),))[0]
    value, low, high = (
        None if v is None else rate * v + (1 - rate) * max(v - by, least) for v in (cell.value, cell.low, cell.high)
    )
    return Beside(BesideCode.ALL_INVITED, value, low, high, definition.unit, {"lower": by})
