"""From a definition and a resolved query to one SQL statement and its bound values."""

from dataclasses import dataclass
from string import Template
from typing import Any

from data.sqlfile import sql
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import TIMES
from metrics.kinds import kind_of
from metrics.query.filter_values import parts
from metrics.query.query import Query
from metrics.thresholds import PERSONS

PIECES = {"week": "week_of({fact}.day)", "month": "cast(date_trunc('month', {fact}.day) as date)"}


FEW = str(PERSONS - 1)  # so many ids of a cell are kept: all of one that is too small to show
# What a kind's SQL asks for and a definition need not give: no negative control; times in whole minutes, of tickets.
NO_PARTS = {"control": "null", "tick": "60000", "key": "f.ticket_key", "request": "f.counted"}


class Names(Template):
    delimiter = "@"


@dataclass(frozen=True)
class Plan:
    """`dimensions` are the columns the statement returns before its sums."""

    text: str
    parameters: dict[str, object]
    dimensions: tuple[str, ...]


def plan(
    definition: Definition, query: Query, columns: set[str], slot: str = "", unsplit: tuple[str, ...] = ()
) -> Plan:
    """The statement that returns, per cell and person group, the sums of `metrics.statistics.moments`.

    `columns` are those of the metric's fact; run() has checked that every dimension asked for is among them. `slot` is a
    stretch of time of the caller's own, an expression over {fact}.day, returned as the last dimension. `unsplit` are parts of
    the breakdown that give nobody a second vote.
    """
    measure = definition.measure
    parameters: dict[str, Any] = {}
    names = tuple(alias(name) for name in query.by)
    picks = [f"{_column(name, parameters, place)} as {alias(name)}" for place, name in enumerate(query.by)]
    if slot:
        names, picks = (*names, "slot"), [*picks, f"{slot.format(fact='f')} as slot"]
    wanted = [f"({measure.where})", *_scope(definition, query, parameters, columns), *conditions(query, parameters)]
    holes = {
        "fact": measure.fact,
        "value": measure.value,
        "where": "\n      and ".join(wanted),
        "picks": "".join(f"{pick}, " for pick in picks),
        "names": "".join(f"{name}, " for name in names),
        "qualify": _qualify(definition, tuple(name for name in names if name not in unsplit)),
        "same_time": _same_time(query, slot),
        "same_stage": _same_stage(query, parameters),
        "sessions": _sessions(query),
    }
    holes |= {"few": FEW} | NO_PARTS | measure.parts | dict(zip(("cell_start", "cell_end"), _edges(query)))
    if measure.units:
        units = Names(sql("metrics/sql", measure.units)).safe_substitute(holes)
        holes |= {"fact": f"({units})", "where": "true", "picks": holes["names"]}
    text = Names(sql("metrics/sql", template_of(definition, columns))).substitute(holes)
    return Plan(text, {key: value for key, value in parameters.items() if f"${key}" in text}, names)


def conditions(query: Query, parameters: dict[str, Any]) -> list[str]:
    """The query's filters as conditions on the fact f; their values are added to the parameters."""
    return [_equals(name, value, parameters, place) for place, (name, value) in enumerate(query.filters)]


def template_of(definition: Definition, columns: set[str]) -> str:
    """The file of metrics/sql that counts a metric: that of its kind; where rows bring weights of their own (`context.read` keeps the column only then), the weighted one."""
    weighs = kind_of(definition).weighted
    return (
        weighs
        if weighs and "weight" in columns and definition.measure.survey and not definition.measure.units
        else kind_of(definition).template
    )


def alias(name: str) -> str:
    """The column a dimension comes back under."""
    return "answer" if name.startswith("answer:") else name


def _column(name: str, parameters: dict[str, Any], place: int) -> str:
    if name.startswith("answer:"):
        parameters[f"question_{place}"] = name.removeprefix("answer:")
        return (
            f"(select min(coalesce(a.choice, cast(a.score as varchar))) from people_answers a "
            f"where a.session_key = f.session_key and a.question_id = $question_{place})"
        )
    if name in PIECES:
        return PIECES[name].format(fact="f")
    return f"cast(f.{name} as varchar)" if name not in TIMES else f"f.{name}"


def _scope(definition: Definition, query: Query, parameters: dict[str, Any], columns: set[str]) -> list[str]:
    """Journey, stages and period as conditions."""
    found = []
    parameters["journey"] = query.journey
    if "journey" in columns:
        found.append("f.journey = $journey")
    if query.stages and definition.scope == "stage" and "stage" in columns:
        parameters["stages"] = list(query.stages)
        found.append("list_contains($stages, f.stage)")
    if query.start:
        parameters |= {"start": query.start, "end": query.end}
        found.append("f.day between $start and $end")
    if definition.measure.mature_days:
        parameters["mature_days"] = definition.measure.mature_days
        found.append("f.day < (select last_day from meta) - cast($mature_days as integer)")
    return found


def _equals(name: str, value: str, parameters: dict[str, Any], place: int) -> str:
    parameters[f"filter_{place}"] = parts(value)
    return f"list_contains($filter_{place}, cast({_column(name, parameters, place + 100)} as varchar))"


def _qualify(definition: Definition, names: tuple[str, ...]) -> str:
    """One vote: the latest row of each voter within the cell."""
    if not definition.measure.vote:
        return ""
    partition = "".join(f"{name}, " for name in names)
    return (
        f"qualify row_number() over (partition by {partition}{definition.measure.vote} "
        f"order by {definition.measure.vote_order}) = 1"
    )


def _same_time(query: Query, slot: str) -> str:
    """Within a breakdown by time, what is joined must fall into the same stretch of it."""
    conditions = [
        f"{PIECES.get(name, '{fact}.day').format(fact='t')} = {PIECES.get(name, '{fact}.day').format(fact='f')}"
        for name in dict.fromkeys((*query.by, *(name for name, _ in query.filters)))
        if name in TIMES
    ]
    if slot:
        conditions.append(f"{slot.format(fact='t')} = {slot.format(fact='f')}")
    if query.start:
        conditions.append("t.day between $start and $end")
    return " and ".join(conditions) or "true"


def _edges(query: Query) -> tuple[str, str]:
    """First and last day of the cell a day c.day falls into: of its week or month if asked by one, and of the period."""
    first, last = ["(select first_day from meta)"], ["(select last_day from meta)"]
    if query.start:
        first.append("cast($start as date)")
        last.append("cast($end as date)")
    for name in (*query.by, *(name for name, _ in query.filters)):
        if name in TIMES:
            start = PIECES.get(name, "{fact}.day").format(fact="c")
            first.append(start)
            last.append({"week": f"{start} + 6", "month": "last_day(c.day)"}.get(name, start))
    return f"greatest({', '.join(first)})", f"least({', '.join(last)})"


def _sessions(query: Query) -> str:
    """The visits v that can be part of a session whose first day lies in the period: those of sessions with a visit in it. Whole sessions,
    since a session's first day is that of its first visit, in the period or before."""
    if not query.start:
        return "v.journey = $journey"
    return (
        "v.journey = $journey and v.session_key in (select p.session_key from people_visits p "
        "where p.journey = $journey and p.day between $start and $end)"
    )


def _same_stage(query: Query, parameters: dict[str, Any]) -> str:
    if "stage" in query.by:
        return "t.stage = f.stage"
    if query.stages:
        parameters["stages"] = list(query.stages)
        return "list_contains($stages, t.stage)"
    return "true"
