"""Weeks counted from a period's first day: what a change is judged in, whatever weekday the company's week starts on."""

from dataclasses import dataclass
from datetime import date, timedelta

from metrics.present import present
from metrics.query.query import Query
from metrics.query.resolve import other_period

# {fact} is the table's alias
WEEK = "cast(floor(date_diff('day', $origin, {fact}.day) / 7.0) as integer)"
PERIOD = (
    f"case when {WEEK} between 0 and $ripe - 1 then 0 when {WEEK} between $other and $other + $weeks - 1 then 1 end"
)


@dataclass(frozen=True)
class WeekGrid:
    """The grid of a comparison: `weeks` in each period, of which the first `ripe` are not still arriving; the compared
    one begins at week `other` (below 0), the data at week `first`, which is whole."""

    origin: date
    weeks: int
    other: int
    first: int
    ripe: int

    @property
    def gap(self) -> int:
        """Whole weeks between the compared period and the one asked for."""
        return -self.other - self.weeks

    def start(self, week: int) -> date:
        """The first day of a week."""
        return self.origin + timedelta(days=7 * week)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of everything that is looked at."""
        return self.start(min(self.first, self.other)), self.start(self.ripe) - timedelta(days=1)

    def number(self, day: date) -> int:
        """The week a day lies in."""
        return (day - self.origin).days // 7


def week_grid(query: Query, first_day: date) -> WeekGrid:
    """The grid of a resolved query that compares whole weeks. The first, cut-off week of the data is left out."""
    start, end = present(query.start), present(query.end)
    weeks = ((end - start).days + 1) // 7
    other = (other_period(query)[0] - start).days // 7
    return WeekGrid(start, weeks, other, -((start - first_day).days // 7), weeks)
