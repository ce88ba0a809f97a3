"""What the Overview and the Journey share: the ledger's parts, asked once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from charts import series_gaps
from data.store.generations import Generation
from metrics.analyses import stage_scores
from metrics.analyses.causes.model import StageCauses
from metrics.analyses.changes import Change, changes, whole_weeks
from metrics.analyses.stage_scores import Position
from metrics.catalogue.definition import LENSES, Definition
from metrics.catalogue.load import catalogue
from metrics.query.query import Query
from metrics.query.result import Cell, Result, State
from report import numbers, placement
from report.findings import without_visits
from report.findings.finding import Finding
from report.findings.findings import findings
from report.text.catalogue import say
from report.words import words
from ui.session import source
from ui.session.disk_cache import kept
from ui.session.memoize import once
from ui.session.state import Frame
from ui.views import causes
from ui.widgets.ledger import Ledger

MOST_ROWS = 18
MOST_SIGNS = 6
WEEKS = 13
HEADLINE = 140  # letters of a title that still reads as one


def moved(frame: Frame) -> list[Change]:
    """The changes of the family for this period, of all stages; under filters judged anew and marked exploratory."""
    found = _changes(replace(frame.query, metrics=(placement.role("completed"),), stages=()), source.generation())
    return [change for change in found if not frame.query.stages or change.stage in frame.query.stages]


@once(64)
def _changes(query: Query, seen: Generation) -> list[Change]:
    return kept(list[Change], (query, seen.key), seen.name, lambda: changes(query, seen))


def unjudged(frame: Frame, stage: str | None = None) -> str:
    """Why no change (of the stage) can be called one, or nothing where at least one metric is judged."""
    if not frame.query.compare:
        return say("ui.overview.not_compared_with_another_period")
    if not whole_weeks(frame.query):
        return say("ui.overview.changes_are_judged_over_whole_weeks")
    judged = any(stage in (None, change.stage) and change.q is not None for change in moved(frame))
    return "" if judged else say("ui.overview.no_normal_range_yet_so_no")


def found(frame: Frame) -> list[Finding]:
    """The Overview's findings, most pressing first."""
    stages = [place.stage for place in places(frame) if place.parts]
    known = tuple(stage for stage in stages if causes.ready(frame, stage) is not None)
    return _found(frame.query, source.generation(), known)


def unsettled(frame: Frame) -> list[str]:
    """The stages whose causes are still being worked out. To be asked before `found`: an answer that comes in between is then in the findings or
    still waited for, never neither."""
    return [place.stage for place in places(frame) if place.parts and causes.ready(frame, place.stage) is None]


@once(64)
def _found(query: Query, seen: Generation, known: tuple[str, ...]) -> list[Finding]:
    """The findings with the causes of those stages whose causes are `known` by now: a page waits for none."""
    frame = Frame(query, None, (), ())

    def why(stage: str) -> StageCauses | None:
        return causes.ready(frame, stage) if stage in known else None

    with source.held(seen):
        return findings(query, seen, places(frame), moved(frame), level_query(frame), why)


def first_claims(found: Sequence[Finding]) -> str:
    """The most pressing finding, and the next where both fit into a headline."""
    both = " ".join(finding.claim for finding in found[:2])
    return both if len(both) <= HEADLINE or not found else found[0].claim


def pressing(frame: Frame, stages: Sequence[str]) -> str:
    """The stage of the most pressing finding, the first of the stages where no finding is about one of them."""
    return next((finding.stage for finding in found(frame) if finding.stage in stages), stages[0])


def full(chosen_ux: tuple[str, ...] = (), chosen_cx: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The rows of the Journey's ledger: what was picked for either side, else the most telling metrics there are."""
    ux, cx = (
        tuple(m for m in rows if m in catalogue())
        for rows in (chosen_ux or placement.shown("ledger_ux"), chosen_cx or placement.shown("ledger_cx"))
    )
    return tuple(dict.fromkeys((*ux, *cx)))


def plain_rows() -> tuple[str, ...]:
    """Five plain rows: who came, succeeded, needed help, was satisfied, found the promise kept; without visits how the help works and felt."""
    return (
        placement.shown("journey_short")
        if without_visits.seen(source.known())
        else (*placement.shown("journey_short"), *_without_visits())
    )


def pickable(side: str) -> list[str]:
    """The metrics of a side that a stage can have, by lens."""
    return [
        d.id
        for lens in LENSES
        for d in catalogue().values()
        if d.lens == lens
        and (d.side == side or d.side == "both" and side == "cx")
        and d.scope == "stage"
        and d.measure.kind != "pair"
    ]


def ledger(frame: Frame, metrics: tuple[str, ...]) -> Ledger:
    """The stages of the frame with these metrics, their weeks, changes and positions."""
    known, query = source.known(), frame.query
    stages = list(query.stages or known.stages[query.journey])
    now = source.ask(replace(query, metrics=metrics, by=("stage",)))
    shown = [
        m
        for m in metrics
        if any(cell.valued for cell in now.of(m)) or m in placement.shown("ledger_short") and _missed(now, m, known)
    ][:MOST_ROWS]
    visits = {
        c.by["stage"]: c
        for c in source.ask(replace(query, metrics=(placement.role("left"),), by=("stage",))).cells
        if c.by.get("stage")
    }
    counts = {
        s: say("ui.overview.visits", n=numbers.thousands(visits[s].n)) for s in stages if s in visits and visits[s].n
    }
    held = {(c.metric, c.stage): c for c in moved(frame)}
    return Ledger(now, stages, shown, weekly(frame, tuple(shown)), held, places(frame), counts)


def small() -> tuple[str, ...]:
    """The rows of the stages at a glance; without visits those that tickets and answers fill as well."""
    return (
        placement.shown("ledger_short")
        if without_visits.seen(source.known())
        else (*placement.shown("ledger_short"), *_without_visits())
    )


def _missed(now: Result, metric: str, known) -> bool:
    """Whether an empty row tells a reader something: not where no source records visits at all, which is said once."""
    return (
        without_visits.seen(known)
        or any(cell.state is not State.NOT_COLLECTED for cell in now.of(metric))
        and metric == placement.role("satisfied")
        and not any(cell.valued for felt in placement.shown("felt") for cell in now.of(felt))
    )


def places(frame: Frame) -> list[Position]:
    """The stages' positions: levels, so they are taken over at least half a year, whatever the period compared."""
    return source.ask_positions(level_query(frame))


def level_query(frame: Frame) -> Query:
    """The frame's question over the weeks its positions are taken from."""
    return stage_scores.level_query(replace(frame.query, metrics=(placement.role("completed"),)), source.known())


def weekly(
    frame: Frame, metrics: tuple[str, ...], by: tuple[str, ...] = ("stage",), weeks: int = WEEKS
) -> dict[tuple[str, str], list[Cell]]:
    """The last weeks of each metric and stage in order, missing weeks left out."""
    query, known = frame.query, source.known()
    end = query.end or known.last_day
    if end is None:
        return {}
    start = max(end - timedelta(days=7 * weeks - 1), known.first_day)
    result = source.ask(replace(query, metrics=metrics, by=(*by, "week"), start=start, end=end, compare=None))
    return {key: [cell for _, cell in points] for key, points in by_week(result, end).items()}


def by_week(result: Result, end: date) -> dict[tuple[str, str], list[tuple[date, Cell]]]:
    """(metric, stage) → its weeks that are over by `end` in order, each with its first day: a part of a week is no week, and where the way of asking
    changes there is a gap."""
    found: dict[tuple[str, str], list[tuple[date, Cell]]] = {}
    for cell in sorted(result.cells, key=lambda c: c.by.get("week") or ""):
        if cell.by.get("week") and (first := date.fromisoformat(cell.by["week"])) + timedelta(days=6) <= end:
            found.setdefault((cell.metric, cell.by.get("stage")), []).append((first, cell))
    return {key: series_gaps.gapped(points, series_gaps.days_of(result, *key)) for key, points in found.items()}


def vital_signs(
    frame: Frame, metrics: tuple[str, ...], changes_: list[Change]
) -> list[tuple[Definition, Cell, Change | None, list[Cell]]]:
    """Each vital sign of the journey with its change and its weeks; of those without a number the first, so that a gap is seen."""
    top = source.ask(replace(frame.query, metrics=metrics, by=()))
    weeks = weekly(frame, metrics, by=())
    changed = {(c.metric, c.stage): c for c in changes_}
    signs = [
        (top.definitions[c.metric], c, changed.get((c.metric, None)), weeks.get((c.metric, None), []))
        for c in top.cells
        if c.state is not State.NOT_APPLICABLE
    ]
    told = [sign for sign in signs if sign[1].valued]
    if told and not without_visits.seen(source.known()):
        return told[:MOST_SIGNS]
    return told + [sign for sign in signs if not sign[1].valued][:1]


def weakest(ledger: Ledger, metric: str = placement.role("satisfied")) -> str:
    """The stage that is surely the least satisfying: its interval ends below where every other's begins."""
    cells = [
        c
        for c in ledger.now.of(metric)
        if c.state is State.SHOWN and c.low is not None and c.by.get("stage") in ledger.stages
    ]
    if not without_visits.seen(source.known()):
        return say("ui.overview.stage_by_stage_of_what_is")
    if len(cells) < 2:
        return say("ui.overview.too_few_stages_have_enough_answers")
    low = min(cells, key=lambda c: c.value)
    if all(low.high < c.low for c in cells if c is not low):
        return say(
            "ui.overview.satisfies_least_of_those_who_answered",
            stage=low.by["stage"],
            value=words.number(low.value, "rate"),
        )
    return say("ui.overview.no_stage_surely_satisfies_less_than")


def _without_visits() -> tuple[str, ...]:
    """What stands beside the short ledger where no visits are recorded: how the help works, then every way of asking how it felt."""
    short = placement.shown("ledger_short")
    felt = (metric for metric in placement.shown("felt") if metric not in short)
    return (*placement.shown("ledger_short_without_visits"), *felt)
