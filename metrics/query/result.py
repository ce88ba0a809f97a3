"""The answer: values with intervals and n, or a state that says why there is none."""

from dataclasses import dataclass, field
from datetime import date, datetime

from data.questions import Question
from metrics.catalogue.definition import Definition
from metrics.codes import Beside, Note, Reason, Warning
from metrics.query.query import Query
from metrics.states import VALUED, State


@dataclass(frozen=True)
class Compare:
    """The other period's value and the difference (this minus that) with its interval and p-value."""

    start: date
    end: date
    value: float | None
    diff: float | None
    low: float | None
    high: float | None
    p: float | None = None
    q: float | None = None
    note: Note | None = None  # why there is no difference
    persons: int = 0  # distinct persons of the other period
    within: bool = False  # both sides in one mix of ways of asking: `diff` is `alike` less `value`
    alike: float | None = None  # this period's value on the ground it is compared on; None: the cell's own value
    standing: Note | None = None  # how the change stands in the family of all changes, or why it is not judged
    normal: float | None = None  # half-width of what is normal for the company
    could_see: float | None = None  # the smallest change that would have been told four times in five
    power: float | None = None  # how surely a change of what matters would have been told
    who: frozenset[str] | None = field(default=None, repr=False, compare=False)  # as in Cell


@dataclass(frozen=True)
class Cell:
    """One number. `n` counts rows of the metric's grain, `persons` distinct persons (or browsers)."""

    metric: str
    by: dict[str, str | None]
    value: float | None
    low: float | None
    high: float | None
    n: int
    persons: int
    state: State
    reason: Reason | None = None
    n_eff: float | None = None
    se: float | None = None
    df: float | None = None
    top: float | None = None  # of an amount: the largest person's share of it
    compare: Compare | None = None
    warnings: tuple[Warning, ...] = ()
    beside: tuple[Beside, ...] = ()
    who: frozenset[str] | None = field(
        default=None, repr=False, compare=False
    )  # ids of a few persons, until the privacy step

    @property
    def valued(self) -> bool:
        return self.state in VALUED


@dataclass(frozen=True)
class Result:
    """All cells of a query, with what a reader needs to trust or challenge them."""

    query: Query  # as resolved: period and journey filled in
    cells: tuple[Cell, ...]
    definitions: dict[str, Definition]
    generation: str
    data_as_of: datetime | None
    company: str
    currency: str
    span: tuple[date | None, date | None] = (None, None)  # first and last day of the data
    warnings: tuple[Warning, ...] = ()
    sql: dict[str, str] = field(default_factory=dict)
    broken: dict[str, dict[str | None, tuple[date, ...]]] = field(
        default_factory=dict
    )  # metric → stage → where a time series breaks
    questions: dict[str, tuple[Question, ...]] = field(
        default_factory=dict
    )  # metric → open questions about the records it counts
    shows: str = ""  # whom it is shown to, as in Generation

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The days the numbers cover: those asked for, else all there are."""
        return (self.query.start or self.span[0], self.query.end or self.span[1])

    def cell(self, metric: str, **by: str) -> Cell | None:
        """The one cell of a metric whose breakdown holds these values, or None."""
        return next(
            (
                cell
                for cell in self.cells
                if cell.metric == metric and all(cell.by.get(name) == value for name, value in by.items())
            ),
            None,
        )

    def of(self, metric: str) -> list[Cell]:
        """The cells of one metric in order."""
        return [cell for cell in self.cells if cell.metric == metric]


def blank(definition: Definition, by: dict[str, str | None], state: State, reason: Reason | None) -> Cell:
    """A cell without a value, and why."""
    return Cell(definition.id, dict(by), None, None, None, 0, 0, state, reason)
