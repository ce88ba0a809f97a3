"""What the family of changes says of the cells of a compared answer: whether each is told, and what would have been.

The verdict is that of every page: the same family, looked at whole, whatever few cells were asked for.
"""

from dataclasses import replace

from data.store.generations import Generation
from metrics.analyses.change_family import SCANNED
from metrics.analyses.changes import Change, changes, whole_weeks
from metrics.analyses.standing import standing_of
from metrics.codes import NoteCode, remark
from metrics.query.of_generation import of_generation
from metrics.query.query import Query
from metrics.query.result import Cell, Result

CUTS = {"stage", "touch_channel"}


def with_verdicts(result: Result, generation: Generation) -> Result:
    """The same answer; every cell with a difference also says how its change stands and what would have been seen."""
    query = result.query
    asked = [cell for cell in result.cells if _difference(cell) and not _why_not(cell, result)]
    moved = {(c.metric, c.stage, c.channel): c for c in _family(_whole(query), generation)} if asked else {}
    return replace(result, cells=tuple(_judged(cell, result, moved) for cell in result.cells))


def _whole(query: Query) -> Query:
    """The question as far as the family depends on it: whatever metrics, stages and breakdown were asked for."""
    return replace(query, metrics=(), stages=(), by=())


@of_generation(most=4)
def _family(query: Query, generation: Generation) -> list[Change]:
    """The family's changes: they take seconds, and who asks one question asks the next of the same period."""
    return changes(query, generation)


def _judged(cell: Cell, result: Result, moved: dict[tuple[str, str | None, str | None], Change]) -> Cell:
    if cell.compare is None or not _difference(cell):
        return cell
    why = _why_not(cell, result)
    change = None if why else moved.get(_name(cell, result))
    if change is None:
        return replace(cell, compare=replace(cell.compare, standing=remark(why or NoteCode.NO_VALUE_IN_BOTH)))
    standing = standing_of(change)
    if change.exploratory:
        standing = replace(standing, numbers={"exploratory": True})
    return replace(
        cell,
        compare=replace(
            cell.compare, standing=standing, normal=change.normal, could_see=change.seen, power=change.power
        ),
    )


def _difference(cell: Cell) -> bool:
    return cell.compare is not None and cell.compare.diff is not None


def _why_not(cell: Cell, result: Result) -> NoteCode | None:
    """Why the family has no such change; None where it has."""
    if not whole_weeks(result.query):
        return NoteCode.PARTIAL_WEEKS
    if cell.metric not in SCANNED:
        return NoteCode.NOT_SCANNED
    by = set(cell.by)
    apart = len(result.query.stages) > 1 and "stage" not in by
    judged = by <= CUTS and not apart and ("touch_channel" not in by or _name(cell, result)[1])
    return None if judged else NoteCode.OTHER_BREAKDOWN


def _name(cell: Cell, result: Result) -> tuple[str, str | None, str | None]:
    """Metric, stage and touch channel, as the family calls it."""
    one = result.query.stages[0] if len(result.query.stages) == 1 else None
    return cell.metric, cell.by.get("stage", one), cell.by.get("touch_channel")
