"""The walk of a number and its other readings as data."""

from dataclasses import dataclass

from metrics.codes import Reason, Warning
from metrics.query.query import Query
from metrics.query.result import Cell


@dataclass(frozen=True)
class Because:
    """One reason for which something is left out: its code, and what the store or the question says beside it (a reason of its own, the
    values of a filter, days to wait)."""

    code: str
    said: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the walk: what is left of `unit`, how many the step took out and for which reasons; several where one alone would be of
    too few people. `removed` None: nothing is taken out, something else is counted from here (or first)."""

    unit: str
    left: int
    removed: int | None = None
    because: tuple[Because, ...] = ()
    by_store: bool = False  # counted over the whole store, whatever the question is about


@dataclass(frozen=True)
class Reading:
    """What the number reads with one rule more left out, all those before it left out as well: `rule` "" is ours."""

    rule: str
    value: float | None
    n: int


@dataclass(frozen=True)
class Other:
    """Another tool's reading: `by_definition` on the rows counted here, `as_kept` with what the tool leaves in besides (`keeps`: the rules
    it does not have that change anything; `known` whether it is known at all what it leaves in). None: not computed or withheld."""

    tool: str
    name: str
    difference: str
    unit: str
    by_definition: float | None = None
    as_kept: float | None = None
    keeps: tuple[str, ...] = ()
    known: bool = False


@dataclass(frozen=True)
class Reconciled:
    """One number: `cell` as `metrics show` gives it, of `query`; the walk to its n, what of that n makes the value (`made_of`: name, count), a
    plain count rule by rule, and the other tools. `alike` are rules that change nothing here. Where there is no number, or readings are
    not given, `reasons` (what, why) say so."""

    query: Query
    metric: str
    cell: Cell | None = None
    walk: tuple[Step, ...] = ()
    made_of: tuple[tuple[str, int], ...] = ()
    plain: tuple[Reading, ...] = ()
    alike: tuple[str, ...] = ()
    others: tuple[Other, ...] = ()
    quiet: bool = False  # counts to the next five
    sources: tuple[str, ...] = ()
    reasons: tuple[tuple[str, Reason], ...] = ()
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
