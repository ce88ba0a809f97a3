"""Small cells: privacy counts distinct persons; reliability is something else and looks at the interval."""

from collections.abc import Callable
from dataclasses import replace

from metrics.result import Cell, State

PERSONS = 5                         # fewer distinct persons than this are not shown
REASON = f"fewer than {PERSONS} people"
SECOND = f"withheld so that a cell with fewer than {PERSONS} people cannot be worked out from the others"


def protect(cells: list[Cell], group: Callable[[Cell], object] = lambda cell: cell.metric) -> list[Cell]:
    """Withhold cells of too few persons, and a second one wherever a lone one could be subtracted from a total.

    `group` says which cells add up to one total: by default all cells of a metric in the result.
    """
    result = [_withhold(cell, REASON) if 0 < cell.persons < PERSONS else cell for cell in cells]
    groups: dict[object, list[int]] = {}
    for index, cell in enumerate(result):
        groups.setdefault(group(cell), []).append(index)
    for members in groups.values():
        hidden = [i for i in members if result[i].state is State.SUPPRESSED]
        shown = [i for i in members if result[i].valued]
        if len(hidden) == 1 and shown and len(members) > 1:
            second = min(shown, key=lambda i: (result[i].persons, i))
            result[second] = _withhold(result[second], SECOND)
    return result


def _withhold(cell: Cell, reason: str) -> Cell:
    """No value, no interval, and no count either: n of a suppressed cell tells how small it is."""
    return replace(cell, value=None, low=None, high=None, n=0, persons=0, n_eff=None, se=None, df=None, compare=None,
                   state=State.SUPPRESSED, reason=reason)
