"""What every query needs to know of a generation: journeys, columns, what is collected. Read once a generation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from data.questions import Question
from data.sqlfile import sql
from data.store.generations import Generation
from data.store.narrowed import Narrowed
from data.store.opened import GROUPS
from metrics.catalogue.definition import FACTS, Definition
from metrics.codes import Reason, ReasonCode, because
from metrics.query import company_week, holiday_dates, unscored
from metrics.query.of_generation import of_generation
from metrics.query.query import Query
from metrics.query.result import State

# What the company has to say itself: signal → its table, and which rows of it.
SET = {
    "contact_costs": ("cfg_contact_costs", "true"),
    "visits to help pages": ("help_visits", "true"),
    "promises about tickets": ("cfg_promises", "fact = 'tickets'"),
}

COLUMNS = "select table_name, column_name from duckdb_columns() where database_name = current_database()"
ASKED = "select question, source, touches, metric, subject, records, total, severity, asks, remedy, confirmed from questions"


@dataclass(frozen=True)
class Context:
    """`signals` counts web events by kind and the rows of each fact: what is 0 is not collected."""

    company: str
    currency: str
    simulated: bool
    notice: str | None
    mission: str
    journeys: tuple[str, ...]
    stages: dict[str, tuple[str, ...]]
    owners: dict[tuple[str, str], str]
    goals: frozenset[tuple[str, str]]
    columns: dict[str, set[str]]
    signals: dict[str, int]
    first_day: date | None
    last_day: date | None
    data_as_of: datetime | None
    first_weekday: int
    undeclared: int  # answers whose survey nobody gave a kind
    weighted: int = 0  # answers that bring a weight of their own
    recent: tuple[
        company_week.RecordCount, ...
    ] = ()  # what the last whole quarter holds of visits, answers and tickets
    confidential: bool = False  # the company wants counts rounded and whole weeks only
    questions: tuple[Question, ...] = ()  # what is implausible in loaded records, confirmed or open
    holidays: tuple[
        tuple[date, str], ...
    ] = ()  # (day, name): the company's own, else the usual ones of the data's years
    locale: str = "en"  # how the company writes numbers, amounts and days
    undated: int = 0  # answers without any date: in no period
    shows: str = ""  # whom it is shown to, as in Generation

    @property
    def groups_only(self) -> bool:
        """Whether it is shown to a viewer without the right to single persons: whole weeks that are over."""
        return self.shows == GROUPS


@of_generation(most=32)
def read(generation: Generation) -> Context:
    """The context of a generation; generations never change, so it is kept."""
    cursor = generation.cursor()

    def rows(text: str) -> list[tuple[Any, ...]]:
        return cursor.execute(text).fetchall()

    company = rows("select name, currency, simulated, notice, mission, first_weekday from cfg_company")[0]
    first, last, as_of = rows("select first_day, last_day, data_as_of from meta")[0]
    journeys = tuple(name for (name,) in rows("select journey from cfg_journeys order by position"))
    listed = rows("select journey, stage, owner from cfg_stages order by journey, position")
    served: dict[str, set[str]] = {}
    for table, column in rows(COLUMNS):
        served.setdefault(table, set()).add(column)
    facts = tuple(fact for fact in FACTS if fact in served)
    columns = {fact: served.get(fact, set()) for fact in FACTS}
    signals = dict(rows("select signal, sum(events)::bigint from coverage group by signal"))
    signals |= dict(rows(" union all ".join(f"select '{fact}', count(*) from {fact}" for fact in facts)))
    signals |= {
        name: rows(f"select count(*) from {table} where {rows_of}")[0][0]
        for name, (table, rows_of) in SET.items()
        if table in served
    }
    if (
        isinstance(generation, Narrowed) and generation.whole
    ):  # whether a thing is recorded at all is not a matter of rights
        signals = read(generation.whole).signals
    set_ = served["cfg_company"]  # generations of older versions lack some
    confidential = bool("confidential" in set_ and rows("select confidential from cfg_company")[0][0])
    locale = rows("select locale from cfg_company")[0][0] if "locale" in set_ else "en"
    undeclared = rows("select count(*) from people_answers where survey_kind is null")[0][0]
    weighted = (
        rows("select count(*) from scored_answers where weight <> 1")[0][0]
        if "weight" in columns["scored_answers"]
        else 0
    )
    if not weighted:  # every answer counts once: the plain sums will do
        columns = {fact: names - {"weight"} for fact, names in columns.items()}
    recent = (
        _recent(cursor, first, last, company[5])
        if last and {"people_visits", "people_answers", "counted_tickets"} <= served.keys()
        else ()
    )
    return Context(
        company[0],
        company[1],
        company[2],
        company[3],
        company[4],
        journeys,
        {j: tuple(stage for journey, stage, _ in listed if journey == j) for j in journeys},
        {(j, stage): owner for j, stage, owner in listed if owner},
        frozenset(rows("select distinct journey, stage from cfg_goals")),
        columns,
        signals,
        first,
        last,
        as_of,
        company[5],
        undeclared,
        weighted,
        recent,
        confidential,
        tuple(Question(*row) for row in rows(ASKED)) if "questions" in served else (),
        holiday_dates.holidays_between(
            rows("select day, name from cfg_holidays") if "cfg_holidays" in served else (), first, last
        ),
        locale,
        rows("select count(*) from people_answers where day is null")[0][0] if "people_answers" in served else 0,
        generation.shows,
    )


def _recent(
    cursor: duckdb.DuckDBPyConnection, first: date, last: date, first_weekday: int
) -> tuple[company_week.RecordCount, ...]:
    """What the last whole quarter holds of every kind of record."""
    start, end = company_week.last_weeks(company_week.WEEKS, first, last, first_weekday)
    found = cursor.execute(sql("metrics/sql", "recent"), {"start": start, "end": end}).fetchall()
    return tuple(company_week.RecordCount(*row) for row in found)


def not_collected(gone: list[str]) -> Reason:
    """Why a metric that needs these signals has no value: what to set, or that no source records them."""
    unrecorded = tuple(signal for signal in gone if signal not in SET)
    if not unrecorded:
        return because(ReasonCode.NOT_SET, signal=gone[0])
    return because(ReasonCode.NOT_RECORDED, signals=unrecorded)


def why_empty(
    definition: Definition, query: Query, by: dict[str, Any], known: Context, generation: Generation
) -> tuple[State, Reason]:
    """The reason a cell has no value: never asked, no goal to reach, or simply nothing in this cut."""
    stage = by.get("stage") or (query.stages[0] if len(query.stages) == 1 else None)
    if definition.measure.survey and not _ever_asked(definition, query, stage, generation):
        return State.NOT_ASKED, _not_asked(definition, query, stage, known, generation)
    if (
        any(word in definition.measure.value + definition.measure.where for word in ("goal_reached", "has_goal"))
        and stage
        and (query.journey, stage) not in known.goals
    ):
        return State.NOT_APPLICABLE, because(ReasonCode.NO_GOAL, stage=stage)
    if "journey_goal" in definition.measure.value and not any(journey == query.journey for journey, _ in known.goals):
        return State.NOT_APPLICABLE, because(ReasonCode.NO_GOAL_IN_JOURNEY, journey=query.journey)
    if "next_stage" in definition.measure.value and stage and stage == known.stages[str(query.journey)][-1]:
        return State.NOT_APPLICABLE, because(ReasonCode.LAST_STAGE, stage=stage)
    if definition.measure.fact == "people_promises" and stage and (missing := _no_promise(query, stage, generation)):
        return State.NOT_COLLECTED, missing
    days = definition.measure.mature_days
    if days and _still_open(definition, query, stage, known, generation):
        return State.IMMATURE, because(ReasonCode.WINDOW_OPEN, days=days)
    code = ReasonCode.NOBODY_ANSWERED if definition.measure.survey else ReasonCode.NOTHING_THERE
    return State.NO_DATA, because(code, filtered=bool(query.filters))


def _no_promise(query: Query, stage: str, generation: Generation) -> Reason | None:
    """Why no promise of the stage can be measured: none is named, or people are only asked about it. None where one is measured."""
    kinds = {
        kind
        for (kind,) in generation.cursor()
        .execute("select distinct evidence_kind from cfg_promises where stage = $stage", {"stage": stage})
        .fetchall()
    }
    return None if "measured" in kinds else because(ReasonCode.PROMISE_NOT_MEASURED, stage=stage, asked="felt" in kinds)


def _not_asked(
    definition: Definition, query: Query, stage: str | None, known: Context, generation: Generation
) -> Reason:
    """No answer at all: because none counts, because it is asked in another form, or because no survey asks."""
    if kept_out := _kept_out(definition, query, stage, generation):
        return because(ReasonCode.SAMPLED_BY_OUTCOME, answers=kept_out)
    question = definition.suggested_question
    if ways := unscored.unscored(definition, str(query.journey), stage, generation):
        return because(ReasonCode.ASKED_OTHERWISE, stage=stage, ways=ways, question=question)
    return because(ReasonCode.NOT_ASKED, stage=stage, undeclared=known.undeclared, question=question)


def _still_open(
    definition: Definition, query: Query, stage: str | None, known: Context, generation: Generation
) -> bool:
    """Whether something of the period is too recent to be judged; where nothing of the kind came lately, waiting will bring nothing."""
    days = timedelta(days=definition.measure.mature_days)
    if not known.last_day or (until := query.end or known.last_day) < known.last_day - days:
        return False
    if query.start and query.start >= known.last_day - days:
        return True
    columns, text = known.columns[definition.measure.fact], "f.day between $since and $until"
    parameters: dict[str, object] = {"since": max(query.start or date.min, known.last_day - days), "until": until}
    for name, value in (("journey", query.journey), ("stage", stage if definition.scope == "stage" else None)):
        if value and name in columns:
            text, parameters = f"{text} and f.{name} = ${name}", parameters | {name: value}
    text = f"select 1 from {definition.measure.fact} as f where {text} limit 1"
    return generation.cursor().execute(text, parameters).fetchone() is not None


def _kept_out(definition: Definition, query: Query, stage: str | None, generation: Generation) -> int:
    """How many answers of the stage no stage score counts because of what triggered the survey."""
    if definition.scope != "stage" or definition.measure.table != "answers":
        return 0
    counted = (
        generation.cursor()
        .execute(
            "select count(*) from scored_answers where journey = $journey and ($stage is null or stage = $stage) and asked_about = 'outcome'",
            {"journey": query.journey, "stage": stage},
        )
        .fetchone()
    )
    return int(counted[0]) if counted else 0


def _ever_asked(definition: Definition, query: Query, stage: str | None, generation: Generation) -> bool:
    """Whether any answer of this metric exists for the stage, at any time."""
    text = f"select 1 from {definition.measure.fact} as f where ({definition.measure.where}) and f.journey = $journey"
    parameters = {"journey": query.journey}
    if stage and definition.scope == "stage":
        text, parameters = text + " and f.stage = $stage", parameters | {"stage": stage}
    return generation.cursor().execute(text + " limit 1", parameters).fetchone() is not None
