"""Small cells, the same on every path: what a result, a pair, a position or an export may show.

Privacy counts distinct persons; reliability is something else and looks at the interval. What is guaranteed holds within
one Result, whose totals by any part of its breakdown are taken as known: no cell of too few persons is shown, and none
can be worked out from the others. Another Result is protected by itself, not against this one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from metrics.catalogue.definition import Definition
from metrics.codes import UNITS, Beside, Note, NoteCode, Reason, ReasonCode, Warning, WarningCode, because, remark
from metrics.query.result import Cell, Compare, State
from metrics.rules.suppression import withhold
from metrics.statistics.core import Estimate
from metrics.thresholds import DOMINANT, PERSONS, VERBATIMS

ROUND = 5  # confidential: counts to the next multiple
BOUNDS = ("value", "low", "high")
STEPS = {"rate": 0.01, "points": 1.0, "score": 0.1}
# The numbers of a code, by what they are; its points are differences of shares, 0–1.
BLURRED = {"points": "rate", "p": "rate", "factor": "score"}
UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names}
OF_BOTH_PERIODS = (WarningCode.WITHIN_INSTRUMENTS, WarningCode.CAPPED)
Coded = TypeVar("Coded", Reason, Warning, Note)


class Counted(Protocol):
    """Sums, a Cell or a Compare: its persons, and the ids of the few where they are few."""

    @property
    def persons(self) -> int: ...

    @property
    def who(self) -> frozenset[Any] | None: ...


def least_persons(definition: Definition) -> int:
    """How many distinct persons a cell of this metric must have to be shown: more where their words are counted."""
    return VERBATIMS if definition.measure.table == "verbatims" else PERSONS


def protect(
    cells: list[Cell],
    definitions: dict[str, Definition],
    also: Mapping[int, Reason] = MappingProxyType({}),
    also_before: Collection[int] = (),
) -> list[Cell]:
    """Withhold cells of too few persons, and as many more as keep those from being worked out.

    Metrics that count the same rows share one pattern: what is hidden of one is hidden of all, or their equal n would
    tell. The compared period's values are a table of their own, protected alike. `also` are places of cells withheld for a
    reason of their own, `also_before` places of cells whose compared period is (metrics.rules.disclosure).
    """
    groups: dict[object, list[int]] = {}
    for index, cell in enumerate(cells):
        groups.setdefault(_rows_of(definitions[cell.metric]), []).append(index)
    result = list(cells)
    for members in groups.values():
        few = least_persons(definitions[cells[members[0]].metric])
        hidden = _hidden([cells[i] for i in members], _left_over(members, groups.values(), cells, definitions), few)
        before = _small(
            {_key(cells[i]): other for i in members if (other := cells[i].compare) is not None and other.persons}, few
        )
        hidden |= {_key(cells[i]): also[i] for i in members if i in also}
        before |= {_key(cells[i]) for i in members if i in also_before}
        for i in members:
            compared = cells[i].compare
            result[i] = replace(cells[i], who=None, compare=compared and replace(compared, who=None))
            if _key(cells[i]) in hidden and (cells[i].valued or cells[i].persons or i in also):
                result[i] = _withheld(cells[i], hidden[_key(cells[i])])
            elif _key(cells[i]) in before and compared:
                without = replace(
                    compared,
                    who=None,
                    value=None,
                    diff=None,
                    low=None,
                    high=None,
                    p=None,
                    q=None,
                    persons=0,
                    within=False,
                    alike=None,
                    note=remark(NoteCode.OTHER_PERIOD_WITHHELD),
                )
                said = tuple(one for one in result[i].warnings if one.code not in OF_BOTH_PERIODS)
                result[i] = replace(result[i], compare=without, warnings=said)
    return result


def disclosable(counted: Mapping[tuple[Any, ...], Counted], few: int = PERSONS) -> set[tuple[Any, ...]]:
    """The keys that may be shown of a table counted elsewhere, by breakdown value: the same rule."""
    counted = {key: cell for key, cell in counted.items() if cell.persons}
    return set(counted) - _small(counted, few)


def _small(counted: Mapping[tuple[Any, ...], Counted], few: int) -> set[tuple[Any, ...]]:
    return withhold(
        {key: cell.persons for key, cell in counted.items()},
        {key for key, cell in counted.items() if cell.persons < few},
        few,
        {key: cell.who for key, cell in counted.items() if cell.who},
    )


def _hidden(cells: list[Cell], first: set[tuple[Any, ...]], few: int) -> dict[tuple[Any, ...], Reason]:
    """Key → reason of every cell to withhold among the cells of metrics that count the same rows."""
    persons: dict[tuple[Any, ...], int] = {}
    who: dict[tuple[Any, ...], frozenset[Any]] = {}
    reasons = dict.fromkeys(first, because(ReasonCode.PROTECTS_OTHERS, least=few))
    for cell in cells:
        if not cell.persons:
            continue
        key = _key(cell)
        persons[key] = min(cell.persons, persons.get(key, cell.persons))
        who[key] = (cell.who or frozenset()) & who.get(key, cell.who or frozenset())
        if cell.persons < few:
            reasons[key] = because(ReasonCode.FEW_PEOPLE, least=few)
        elif cell.top is not None and cell.top > DOMINANT:
            reasons.setdefault(key, because(ReasonCode.ONE_PERSON))
    every = withhold(persons, set(reasons), few, who)
    return {key: reasons.get(key, because(ReasonCode.PROTECTS_OTHERS, least=few)) for key in every}


def _left_over(
    members: list[int], groups: Iterable[list[int]], cells: list[Cell], definitions: dict[str, Definition]
) -> set[tuple[Any, ...]]:
    """Keys at which another metric counts the same thing of a few persons more: the difference would be those few."""
    first = definitions[cells[members[0]].metric]
    mine, few, found = first.measure, least_persons(first), set()
    for others in groups:
        measure = definitions[cells[others[0]].metric].measure
        if others is members or (measure.fact, measure.units, measure.value) != (mine.fact, mine.units, mine.value):
            continue
        more = {_key(cells[i]): cells[i].persons for i in others}
        found |= {
            _key(cells[i])
            for i in members
            if cells[i].persons and 0 < more.get(_key(cells[i]), 0) - cells[i].persons < few
        }
    return found


def _rows_of(definition: Definition) -> tuple[Any, ...]:
    """What decides which rows a metric counts: equal for metrics whose n is the same number."""
    measure = definition.measure
    return measure.fact, measure.units, measure.where, measure.vote


def _key(cell: Cell) -> tuple[Any, ...]:
    return tuple(sorted((name, value or "") for name, value in cell.by.items()))


def _withheld(cell: Cell, reason: Reason) -> Cell:
    """No value, no interval, and no count either: n of a suppressed cell tells how small it is."""
    return replace(
        cell,
        value=None,
        low=None,
        high=None,
        n=0,
        persons=0,
        n_eff=None,
        se=None,
        df=None,
        top=None,
        compare=None,
        warnings=(),
        beside=(),
        state=State.SUPPRESSED,
        reason=reason,
    )


def blur(cell: Cell, definition: Definition) -> Cell:
    """A cell of confidential mode: no exact count, and no value or bound from which one could be worked out."""
    other = cell.compare
    if other:
        p = None if other.p is None else round(other.p, 2)
        other = replace(other, persons=0, p=p, **_stepped(other, definition.unit, *BOUNDS, "alike", "diff"))
    beside = tuple(replace(one, **_stepped(one, one.unit, *BOUNDS)) for one in cell.beside)
    return replace(
        cell,
        beside=beside,
        n=rounded(cell.n),
        persons=rounded(cell.persons),
        n_eff=None,
        se=None,
        df=None,
        top=None,
        compare=other,
        reason=cell.reason and blurred(cell.reason),
        warnings=tuple(blurred(one) for one in cell.warnings),
        **_stepped(cell, definition.unit, *BOUNDS),
    )


def _stepped(of: Cell | Compare | Beside, unit: str, *names: str) -> dict[str, Any]:
    """These numbers of it in the unit's steps."""
    return {name: step(getattr(of, name), unit) for name in names}


def blurred(coded: Coded) -> Coded:
    """A reason or warning of confidential mode: its counts to five, its shares and amounts in whole steps; what is set or published
    (`codes.EXACT`) as it is."""
    return replace(coded, numbers={name: _blurred(name, value) for name, value in coded.numbers.items()})


def _blurred(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blurred(key, part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_blurred(name, part) for part in value)
    unit = UNIT_OF.get(name)
    if unit is None or value is None or isinstance(value, bool | str):
        return value
    return rounded(value) if unit == "count" else step(float(value), BLURRED.get(unit, unit))


def rounded(count: float) -> int:
    """A count to the nearest multiple of five."""
    return ROUND * round(count / ROUND)


def step(value: float | None, unit: str) -> float | None:
    """A value in whole steps of its unit: a percent, a point, a tenth of a score; else two significant digits."""
    if value is None or value == 0:
        return value
    if unit in STEPS:
        return round(round(value / STEPS[unit]) * STEPS[unit], 6)
    return float(f"{value:.2g}")


def stepped(estimate: Estimate, unit: str) -> Estimate:
    """An estimate as confidential mode tells it: value and limits in whole steps of their unit, without the numbers it was made of."""
    value, low, high = (step(part, unit) for part in (estimate.value, estimate.low, estimate.high))
    return Estimate(value, low, high, note=estimate.note)
