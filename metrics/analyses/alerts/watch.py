"""alarms(): what changed in the newest whole weeks so surely that all metrics and stages together raise a false alarm as seldom as was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.alerts.weekly import Tested, Week, unusual
from metrics.analyses.change_family import SCANNED
from metrics.analyses.control_limits import WEEK, breaks_of, segment_of
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.query import company_week, context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.query.result import Cell, Result
from metrics.rules import calendar, maturity, recording_breaks

Key = tuple[str, str | None, str | None]  # metric, stage, touch channel

LOOKS = 13  # whole weeks of a quarter, each looked at once
WEEKS = 2
LEARNT = 52  # weeks that teach what is usual
BUDGET = 1.0  # false alarms a quarter, of all that is watched together
DOUBT = 0.05  # an alarm whose own days no longer show it at this level was none


class State(StrEnum):
    """What becomes of an alarm at a later look."""

    STANDS = "stands"
    RETRACTED = "retracted"  # asked again of the same days, it is not there: late or corrected data


@dataclass(frozen=True)
class Alarm:
    """A metric of a stage (and touch channel) changed by `diff` against the weeks before, beyond `p` ≤ `level`."""

    metric: str
    stage: str | None
    channel: str | None
    start: date
    end: date
    value: float
    before: float
    diff: float
    p: float
    level: float

    @property
    def key(self) -> Key:
        return self.metric, self.stage, self.channel


@dataclass(frozen=True)
class Watched:
    """The alarms of one look, `series` how many metrics and stages were judged, `level` the p below which one is raised."""

    alarms: tuple[Alarm, ...]
    series: int
    level: float
    start: date | None = None
    end: date | None = None


def level_of(series: int, budget: float = BUDGET) -> float:
    """The p below which an alarm is raised: budget ÷ (looks a quarter × series). Expected false alarms add up whatever hangs together,
    so at most `budget` of them are raised a quarter where nothing changes."""
    return budget / (LOOKS * max(series, 1))


@understood
def watch(
    journey: str | None, generation: Generation, weeks: int = WEEKS, budget: float = BUDGET, end: date | None = None
) -> Watched:
    """One look at the newest `weeks` whole weeks (or those up to `end`) against the year of weeks before."""
    known = context.read(generation)
    if known.first_day is None or known.last_day is None:
        return Watched((), 0, level_of(0, budget))
    end = end or company_week.last_whole_day(known.last_day, known.first_weekday)
    found = tested_series(journey, generation, weeks, end)
    level = level_of(len(found), budget)
    alarms = [
        Alarm(*key, end - timedelta(days=7 * weeks - 1), end, one.value, one.before, one.diff, one.p, level)
        for key, one in found.items()
        if one.p <= level and abs(one.diff) >= catalogue()[key[0]].matters
    ]
    alarms.sort(key=lambda one: one.p)
    return Watched(tuple(alarms), len(found), level, end - timedelta(days=7 * weeks - 1), end)


def tested_series(journey: str | None, generation: Generation, weeks: int, end: date) -> dict[Key, Tested]:
    """Every series of the family that can be judged: metric × stage, and × touch channel, over the weeks up to `end`."""
    known = context.read(generation)
    query = resolve(Query((), journey), known)
    first = known.first_day or end
    since = max(end - timedelta(days=7 * (2 * LEARNT + weeks) - 1), first)
    found: dict[Key, Tested] = {}
    for metric in SCANNED:
        one = catalogue()[metric]
        until = min(end, maturity.complete_until(one, str(query.journey), generation) or end)
        until = company_week.last_whole_day(until, known.first_weekday)
        stage: tuple[str, ...] = ("stage",) if one.scope == "stage" else ()
        channels = (
            () if one.measure.survey else ((*stage, "touch_channel", "week"),)
        )  # answers a week and channel are too few
        for by in ((*stage, "week"), *channels):
            try:
                result = run(Query((metric,), query.journey, (), since, until, by=by), generation)
            except UserError:
                continue  # not of this journey, or no such breakdown
            found |= _series(result, one, until, weeks, generation)
    return found


def _series(
    result: Result, definition: Definition, until: date, weeks: int, generation: Generation
) -> dict[Key, Tested]:
    """The series of one answer, each tested: only weeks recorded and asked as the newest are teach what is usual, none of holidays."""
    held: dict[Key, dict[date, Cell]] = {}
    for cell in result.of(definition.id):
        if cell.valued and cell.value is not None and cell.n and cell.by.get("week"):
            key = definition.id, cell.by.get("stage"), cell.by.get("touch_channel")
            held.setdefault(key, {})[date.fromisoformat(str(cell.by["week"]))] = cell
    last = until - timedelta(days=6)
    newest = [last - timedelta(days=7 * place) for place in range(weeks)]
    anew, span = breaks_of(result, definition.id), (newest[-1], until)
    found: dict[Key, Tested] = {}
    share = definition.unit == "rate" and definition.measure.kind == "share"
    for key, cells in held.items():
        if not all(day in cells for day in newest):
            continue
        usual = [
            day
            for day in cells
            if last - timedelta(days=7 * LEARNT) <= day < newest[-1]
            and segment_of(day, anew) == segment_of(newest[-1], anew)
            and not calendar.within(generation, day, day + WEEK)
            and not recording_breaks.blocked(definition, (day, day + WEEK), span, generation)
        ]
        ago = [day - timedelta(days=364) for day in newest]
        year = [day for day in ago if day in cells and segment_of(day, anew) == segment_of(newest[-1], anew)]
        made = unusual(
            _weeks(cells, newest), _weeks(cells, usual), _weeks(cells, year) if len(year) == weeks else [], share
        )
        if made is not None:
            found[key] = made
    return found


def _weeks(cells: dict[date, Cell], days: list[date]) -> list[Week]:
    return [Week(day.toordinal() // 7, float(cells[day].value or 0.0), cells[day].n) for day in sorted(days)]


@understood
def state_now(alarm: Alarm, journey: str | None, generation: Generation) -> State:
    """What the alarm's own days say on today's data."""
    weeks = ((alarm.end - alarm.start).days + 1) // 7
    found = tested_series(journey, generation, weeks, alarm.end).get(alarm.key)
    stands = found is not None and found.p <= DOUBT and found.diff * alarm.diff > 0
    return State.STANDS if stands else State.RETRACTED
