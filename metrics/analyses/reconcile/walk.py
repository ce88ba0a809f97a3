"""The walk: from the records of the files to the n of a number, one statement of metrics/sql/reconcile a stretch."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data.sqlfile import ROOT, sql
from data.store.generations import Generation
from metrics.analyses.reconcile.model import Because, Step
from metrics.catalogue.definition import Definition
from metrics.kinds import kind_of
from metrics.query.context import Context
from metrics.query.filter_values import parts
from metrics.query.plan import Names, conditions
from metrics.query.resolve import ResolvedQuery

FOLDER = "metrics/sql/reconcile"
BY_VALUE = ("moments", "histogram")  # files of metrics/sql that count the rows with a value, as they are: n is theirs


@dataclass(frozen=True)
class Counted:
    """One line of a statement: rows (and people) left out for a reason; without a code those that stay."""

    code: str | None
    said: str
    rows: int
    persons: int


def there(name: str) -> bool:
    """Whether there is such a file."""
    return (ROOT / FOLDER / f"{name}.sql").is_file()


def ask(generation: Generation, text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement; only what it names is bound."""
    bound = {key: value for key, value in values.items() if f"${key}" in text}
    return generation.cursor().execute(text, bound).fetchall()


def sources_of(definition: Definition, generation: Generation) -> tuple[str, ...]:
    """The sources the rows of a metric's table come from, where the table says so."""
    table = definition.measure.table
    if table in ("occasions", "friction_moments"):
        table = "visits"
    columns = {row[0] for row in generation.cursor().execute(f"describe {table}").fetchall()}
    if "source" not in columns:
        return ()
    return tuple(name for (name,) in ask(generation, Names(sql(FOLDER, "sources")).substitute(table=table), {}))


def records(sources: tuple[str, ...], generation: Generation) -> list[Step]:
    """Records read and refused, over the whole store; none where the viewer is shown no files."""
    found = ask(generation, sql(FOLDER, "records"), {"sources": list(sources)})
    total = sum(count or 0 for _, _, count in found)
    if not total:
        return []
    refused = [
        Counted(f"refused_{kind}", reason or "", count, count) for kind, reason, count in found if kind is not None
    ]
    return narrowing("records", total, refused, least=0, by_store=True)


def of_events(query: ResolvedQuery, generation: Generation) -> list[Step]:
    """From events to sessions, over the whole store."""
    ((events, without, sessions),) = ask(generation, sql(FOLDER, "events"), {"journey": query.journey})
    if not events:
        return []
    lost = [Counted("without_id", "", without, without)] if without else []
    return [
        *narrowing("events", events + without, lost, least=0, by_store=True),
        Step("sessions", sessions, by_store=True),
    ]


def population(definition: Definition, query: ResolvedQuery, generation: Generation, known: Context) -> list[Counted]:
    """Why rows of the table are none of the population in the period; the last line those that are."""
    fact = definition.measure.fact
    values = {"journey": query.journey, "start": query.start, "end": query.end}
    if there(f"left_out_{fact}"):
        text = sql(FOLDER, f"left_out_{fact}")
    else:
        journey = "f.journey = $journey" if "journey" in known.columns[fact] else "true"
        text = Names(sql(FOLDER, "left_out")).substitute(fact=fact, journey=journey)
    return _counted((code, said, rows, persons) for _, code, said, rows, persons in ask(generation, text, values))


def own_conditions(
    definition: Definition, query: ResolvedQuery, generation: Generation, known: Context
) -> list[Counted]:
    """Why rows of the population in the period are not counted by the metric; the last line those that are. Of a metric that counts
    something made of them (its `units`), as far as the question narrows them."""
    measure, columns = definition.measure, known.columns[definition.measure.fact]
    values: dict[str, Any] = {"journey": query.journey, "start": query.start, "end": query.end}
    tried: list[tuple[str, str]] = []
    if query.stages and definition.scope == "stage" and "stage" in columns:
        values["stages"] = list(query.stages)
        tried.append(("other_stages", "list_contains($stages, f.stage)"))
    tried += [(f"filter:{query.filters[at][0]}", one) for at, one in enumerate(conditions(query, values))]
    if not measure.units:
        tried.append(("not_of_it", f"({measure.where})"))
        if measure.mature_days:
            values["mature_days"] = measure.mature_days
            tried.append(("too_recent", "f.day < (select last_day from meta) - cast($mature_days as integer)"))
    cases = " ".join(f"when not coalesce({condition}, false) then '{code}'" for code, condition in tried)
    by_value = kind_of(definition).template in BY_VALUE and not measure.units
    voted = measure.vote and not measure.units
    turn = f"row_number() over (partition by f.not_counted is null, {measure.vote} order by {measure.vote_order})"
    text = Names(sql(FOLDER, "counted")).substitute(
        fact=measure.fact,
        left_out=f"case {cases} end" if cases else "cast(null as varchar)",
        base=" and ".join(_base(query, columns)),
        value=measure.value if by_value else "1",
        turn=turn if voted else "1",
    )
    order = {code: place for place, code in enumerate([*(code for code, _ in tried), "voted_again", "no_value"])}
    found = sorted(ask(generation, text, values), key=lambda row: order.get(row[0], len(order)))
    return _counted((code, _of(code, query, definition), rows, persons) for code, rows, persons in found)


def _base(query: ResolvedQuery, columns: set[str]) -> list[str]:
    return [
        *(["f.journey = $journey"] if "journey" in columns else []),
        *(["f.day between $start and $end"] if query.start else []),
    ] or ["true"]


def _of(code: str | None, query: ResolvedQuery, definition: Definition) -> str:
    """What the question or the metric says beside a reason."""
    if code and code.startswith("filter:"):
        name = code.removeprefix("filter:")
        return ", ".join(part for each, value in query.filters if each == name for part in parts(value))
    if code == "other_stages":
        return ", ".join(query.stages)
    return str(definition.measure.mature_days) if code == "too_recent" else ""


def _counted(rows: Iterable[tuple[Any, ...]]) -> list[Counted]:
    return [Counted(code, said or "", int(count), int(persons or 0)) for code, said, count, persons in rows]


def narrowing(unit: str, total: int, lines: list[Counted], least: int, by_store: bool = False) -> list[Step]:
    """The first step, all `total` of a unit, and one a reason that took any out. A reason of fewer people than `least` stands together
    with those after it, else with the one before, until it is of as many: of each alone it could be told what those few did."""
    steps, left, held = [Step(unit, total, by_store=by_store)], total, list[Counted]()
    for line in (one for one in lines if one.code is not None and one.rows):
        held.append(line)
        left -= line.rows
        if max(one.persons for one in held) >= least:
            steps.append(_step(unit, left, held, by_store))
            held = []
    if held:
        last = steps.pop() if len(steps) > 1 else None
        told = [*([] if last is None else [Counted(b.code, b.said, 0, 0) for b in last.because]), *held]
        removed = (last.removed or 0 if last else 0) + sum(one.rows for one in held)
        if last is None:  # nobody else was left out: only what stays is told
            return [Step(unit, left, by_store=by_store)]
        steps.append(Step(unit, left, removed, tuple(Because(str(one.code), one.said) for one in told), by_store))
    return steps


def _step(unit: str, left: int, held: list[Counted], by_store: bool) -> Step:
    reasons = tuple(dict.fromkeys(Because(str(one.code), one.said) for one in held))
    return Step(unit, left, sum(one.rows for one in held), reasons, by_store)
