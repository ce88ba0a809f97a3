"""run(query): the named steps from a question to a Result, the same for views, exports and the command line."""

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pandas as pd

from data.concepts import FRICTION
from data.errors import UserError, nearest
from data.sqlfile import sql
from data.store.generations import Generation
from data.store.version import understood
from metrics.catalogue import dimensions
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import definition
from metrics.kinds import compare, estimate, kind_of
from metrics.kinds.sums import Sums
from metrics.query import company_week, context, holiday_dates
from metrics.query.context import Context
from metrics.query.plan import alias, plan
from metrics.query.query import Query, check
from metrics.query.result import CAPPED, Cell, Compare, Result, State
from metrics.rules import (
    comparability,
    instrument_changes,
    left_out,
    maturity,
    nonresponse,
    open_questions,
    pooled_stages,
    privacy,
    recording_breaks,
)
from metrics.rules.comparability import Ways
from metrics.rules.reliability import reliability
from metrics.statistics.core import Estimate

ASKED = (
    "survey",
    "asked_via",
    "language",
    "instrument",
    "lag_class",
)  # parts of how it was asked: each value is another instrument


@understood
def run(query: Query, generation: Generation) -> Result:
    """Answer a query on one generation. Raises UserError for a question that cannot be asked."""
    check(query)
    known = context.read(generation)
    definitions = {metric: definition(metric) for metric in query.metrics}
    query = resolve(query, known)
    cells, statements, broken, warnings = [], {}, {}, _data_warnings(query, list(definitions.values()), known)
    warnings += left_out.account(query, list(definitions.values()), generation)
    for metric, found in definitions.items():
        if not allowed(found, query):
            cells.append(_blank(found, {}, State.REFUSED, "no access to this metric"))
            continue
        answered, statements[metric] = _answer(found, query, generation, known)
        asked = open_questions.warnings(found, known.questions)
        answered = [replace(cell, warnings=(*cell.warnings, *asked)) for cell in answered]
        cells += nonresponse.beside(found, answered, query, generation, known, sums)
        if statements[metric] and (days := instrument_changes.breaks(found, query, generation, known, sums)):
            broken[metric] = days
            warnings += instrument_changes.said(days, found, query)
    cells = privacy.protect(cells, definitions)
    warnings += [text for found in definitions.values() for text in pooled_stages.warning(found, query, known)]
    definitions = {metric: pooled_stages.named(found, query, known) for metric, found in definitions.items()}
    if query.confidential:
        cells = [privacy.blur(cell, definitions[cell.metric]) for cell in cells]
    return Result(
        query,
        tuple(cells),
        definitions,
        generation.name,
        known.data_as_of,
        known.company,
        known.currency,
        (known.first_day, known.last_day),
        tuple(warnings),
        statements,
        broken,
        {metric: tuple(open_questions.touching(found, known.questions)) for metric, found in definitions.items()},
    )


def allowed(found: Definition, query: Query) -> bool:
    """The step for rights: whether this viewer may see the metric."""
    return query.rights.metrics is None or found.id in query.rights.metrics


def resolve(query: Query, known: Context) -> Query:
    """Fill in journey and period. A comparison needs a period: without one, all data would be compared with nothing."""
    journey = query.journey or known.journeys[0]
    if journey not in known.journeys:
        raise UserError(
            "there is no such journey",
            where="journey",
            found=journey,
            allowed=", ".join(known.journeys),
            fix=nearest(journey, known.journeys),
        )
    for stage in query.stages:
        if stage not in known.stages[journey]:
            raise UserError(
                "there is no such stage",
                where="stage",
                found=stage,
                allowed=", ".join(known.stages[journey]),
                fix=nearest(stage, known.stages[journey]),
            )
    start, end = query.start, query.end
    if query.compare and not start and known.last_day:
        start = end = known.last_day
        start = max(known.first_day, end - timedelta(days=90))
    if start or end:
        start, end = start or known.first_day, end or known.last_day
    confidential = query.confidential or known.confidential
    if confidential and start:
        start = company_week.week_start(start, known.first_weekday)
        end = company_week.week_end(end, known.first_weekday)
    shift = holiday_dates.year_before(known.holidays, start, end) if query.compare == "year" and start else None
    return replace(query, journey=journey, start=start, end=end, confidential=confidential, shift=shift)


def other_period(query: Query) -> tuple[date, date]:
    """The compared period: as many days just before, or the same weeks last year, lined up by weekday and holiday (resolve)."""
    days = (query.end - query.start).days + 1
    shift = timedelta(days=(query.shift or holiday_dates.YEAR) if query.compare == "year" else days)
    return query.start - shift, query.end - shift


def _answer(found: Definition, query: Query, generation: Generation, known: Context) -> tuple[list[Cell], str]:
    """All cells of one metric, before privacy."""
    columns = known.columns[found.measure.fact]
    if not columns:
        return [_blank(found, {}, State.NOT_COLLECTED, "the store was built before this was measured: build again")], ""
    problem = not_applicable(found, query, columns)
    if problem:
        return [_blank(found, {}, State.NOT_APPLICABLE, problem)], ""
    gone = [signal for signal in found.measure.needs if not known.signals.get(signal)]
    if gone:
        return [
            _blank(found, by, State.NOT_COLLECTED, context.not_collected(gone)) for by in _expected(query, known)
        ], ""
    asked_for, query = query, maturity.over_by_now(found, query, known)
    cells, text = _cells(found, query, generation, known)
    if query != asked_for:
        cells = [replace(cell, warnings=(*cell.warnings, maturity.moved(found, query))) for cell in cells]
    return [_never_pooled(cell, query, generation) for cell in cells] if "promise" in columns else cells, text


def _never_pooled(cell: Cell, query: Query, generation: Generation) -> Cell:
    """A number over several promises is refused: kept parcels do not make up for late replies."""
    if not cell.valued or "promise" in query.by or any(name == "promise" for name, _ in query.filters):
        return cell
    found = definition(cell.metric)
    stages = [cell.by["stage"]] if cell.by.get("stage") else list(query.stages)
    names = [
        name
        for (name,) in generation.cursor()
        .execute(
            sql("metrics/sql", "promises_pooled").replace("@where", found.measure.where),
            {"journey": query.journey, "stages": stages, "start": query.start, "end": query.end},
        )
        .fetchall()
    ]
    if len(names) < 2:
        return cell
    return _blank(
        found,
        cell.by,
        State.NOT_APPLICABLE,
        f"{len(names)} promises, never pooled: ask by promise ({', '.join(names)})",
    )


def _cells(found: Definition, query: Query, generation: Generation, known: Context) -> tuple[list[Cell], str]:
    """The cells of one metric that can be asked, and the SQL that made them."""
    now, text = sums(found, query, generation, known)
    then, asked = {}, {}
    if query.compare:
        start, end = other_period(query)
        then, _ = sums(found, replace(query, start=start, end=end), generation, known)
        asked = comparability.ways(found, query, replace(query, start=start, end=end), generation, known, sums)
    keys = _ordered(list(now), query, known)
    return [
        cell_of(found, query, known, generation, by, now.get(key), then.get(key), asked.get(key)) for key, by in keys
    ], text


def sums(
    found: Definition, query: Query, generation: Generation, known: Context, unsplit: tuple[str, ...] = ()
) -> tuple[dict[tuple, Sums], str]:
    """The sums of every cell of a resolved query, by the values of its breakdown, and the SQL that made them. Over the parts of the
    breakdown in `unsplit` everybody keeps one vote."""
    statement = plan(found, query, known.columns[found.measure.fact], unsplit=unsplit)
    try:
        frame = generation.cursor().execute(statement.text, statement.parameters).df()
    except duckdb.ConversionException as error:
        raise UserError(f"a filter value does not fit its column: {str(error).splitlines()[0]}") from None
    if frame.empty:
        return {}, statement.text
    if not statement.dimensions:
        return {(): Sums(found.measure.kind, frame)}, statement.text
    groups = frame.groupby(list(statement.dimensions), dropna=False, sort=True)
    return {
        tuple(text_of(part) for part in key): Sums(found.measure.kind, rows) for key, rows in groups
    }, statement.text


def text_of(value: object) -> str | None:
    """A dimension's value as text; missing stays missing."""
    if value is None or value is pd.NaT or value != value:
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def not_applicable(found: Definition, query: Query, columns: set[str]) -> str:
    """Why the question has no meaning for this metric, or nothing. A filter is never ignored."""
    names = [*query.by, *(name for name, _ in query.filters)]
    if query.confidential and "day" in names:
        return privacy.NO_DAYS
    if found.scope == "journey" and ("stage" in names or query.stages):
        return f"{found.label} belongs to the journey as a whole, not to a stage"
    for name in names:
        if not dimensions.supports_dimension(found, columns, name):
            return f"{found.label} cannot be cut by {name}: what it is counted from has no such column"
    if found.population == "customers" and any(
        name == "customer" and value.lower() == "false" for name, value in query.filters
    ):
        return f"{found.label} is about customers, as of then: prospects are refused"
    for name in found.measure.requires:
        one = any(filtered == name and "," not in value for filtered, value in query.filters)
        if name not in query.by and not one and not (name == "stage" and len(query.stages) == 1):
            return f"{found.label} needs a breakdown by {name}"
    return ""


def _expected(query: Query, known: Context) -> list[dict[str, str | None]]:
    """The cells a reader looks for even where nothing was counted: every stage asked for."""
    if query.by == ("stage",):
        return [{"stage": stage} for stage in (query.stages or known.stages[query.journey])]
    return [{}] if not query.by else []


def _ordered(found: list[tuple], query: Query, known: Context) -> list[tuple[tuple, dict[str, str | None]]]:
    """Keys with their breakdown, stages in journey order with the empty ones, anything else by name, unknown last."""
    names = [alias(name) for name in query.by]
    keys = {tuple(by[name] for name in names): by for by in _expected(query, known)}
    keys |= {key: dict(zip(names, key)) for key in found if key not in keys}
    places = {stage: place for place, stage in enumerate(known.stages[query.journey])}

    def order(key: tuple) -> list:
        return [
            (part is None, places.get(part, len(places)) if name == "stage" else 0, part or "")
            for name, part in zip(names, key)
        ]

    return [(key, keys[key]) for key in sorted(keys, key=order)]


def cell_of(
    found: Definition,
    query: Query,
    known: Context,
    generation: Generation,
    by: dict,
    now: Sums | None,
    then: Sums | None,
    asked: Ways | None = None,
) -> Cell:
    """One cell, before privacy. `asked` is how its answers of both periods were asked; None for what is not asked."""
    result = estimate(found, now, query.level)
    by = {name: "unmapped" if name == "stage" and value is None else value for name, value in by.items()}
    kind = kind_of(found)
    special = kind.state(found, now, result)
    if result.value is None:
        state, reason = special or context.why_empty(found, query, by, known, generation)
        blank = _blank(found, by, State(state), reason)
        return replace(blank, low=result.low, n=now.n, persons=now.persons) if special and now else blank
    state, reason = special or reliability(found, result, query.level, lambda level: estimate(found, now, level))
    compare_, said = _compared(found, query, result, now, then, asked, generation) if query.compare else (None, ())
    return Cell(
        found.id,
        by,
        result.value,
        result.low,
        result.high,
        kind.count(found, now),
        now.persons,
        state,
        reason,
        result.n_eff,
        result.se,
        result.df,
        now.top if found.unit == "money" else None,
        compare_,
        (*kind.warnings(found, now, result), *said),
        kind.beside(found, now, result, query.level),
        now.who,
    )


def _compared(
    found: Definition,
    query: Query,
    result: Estimate,
    now: Sums,
    then: Sums | None,
    asked: Ways | None,
    generation: Generation,
) -> tuple[Compare, tuple[str, ...]]:
    """The other period and the difference, with what must be said of it."""
    start, end = other_period(query)
    before = estimate(found, then, query.level)
    if before.value is None:
        return Compare(start, end, None, None, None, None, note="nothing to compare with in that period"), ()
    refused = Compare(
        start, end, before.value, None, None, None, note=comparability.REFUSED, persons=then.persons, who=then.who
    )
    if asked and asked.shared < comparability.LEAST:
        return refused, ()
    if broken := recording_breaks.blocked(found, (query.start, query.end), (start, end), generation):
        return replace(refused, note=broken), ()
    measured = compare(found, now, then, query.level)
    alike = comparability.like_with_like(found, asked, measured, query.level) if asked else measured
    if alike is None:
        return refused, ()
    within = alike is not measured
    own, other = alike.sides or (None, before.value)
    gap = alike.estimate
    return Compare(
        start,
        end,
        other,
        gap.value,
        gap.low,
        gap.high,
        alike.test.p,
        persons=then.persons,
        who=then.who,
        within=within,
        alike=own,
    ), (comparability.said(asked),) if within else (CAPPED,) if own is not None else ()


def _blank(found: Definition, by: dict, state: State, reason: str) -> Cell:
    return Cell(found.id, dict(by), None, None, None, 0, 0, state, reason)


def _data_warnings(query: Query, definitions: list[Definition], known: Context) -> list[str]:
    found = []
    apart = [DIMENSIONS[name] for name in query.by if name in ASKED and any(d.measure.survey for d in definitions)]
    if apart:
        found.append(f"asked in different ways: rows by {' and '.join(apart)} are not to be compared with each other")
    if query.filters or query.stages:
        found.append("exploratory: a filtered view, not adjusted for multiple comparisons")
    if not any(known.signals.get(signal) for signal in FRICTION) and any(
        d.measure.table == "occasions" and "has_goal" in d.measure.where for d in definitions
    ):
        found.append("no source records errors or dead clicks: smooth means no more than that the goal was reached")
    if known.weighted and (left := [d.short for d in definitions if d.measure.survey and not _weighs(d, known)]):
        found.append(
            f"{known.weighted:,} answers bring weights of their own: not applied to {', '.join(left)}, where every answer counts once"
        )
    if query.confidential:
        found.append(privacy.CONFIDENTIAL)
    if query.compare and query.start:
        found += _holidays_apart(query, known)
    if known.simulated:
        found.append("simulated data")
    return found


def _weighs(found: Definition, known: Context) -> bool:
    """Whether the metric takes the weights a source brings."""
    return bool(kind_of(found).weighted) and not found.measure.units and "weight" in known.columns[found.measure.fact]


def _holidays_apart(query: Query, known: Context) -> list[str]:
    """What the compared periods do not share of holidays: a difference may be theirs."""
    now, then = holiday_dates.apart(known.holidays, (query.start, query.end), other_period(query))
    said = [
        f"{', '.join(names)} in {where} only"
        for names, where in ((now, "this period"), (then, "the compared one"))
        if names
    ]
    return [f"other holidays: {'; '.join(said)}"] if said else []
