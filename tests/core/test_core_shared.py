"""One stage as a part of all stages, some weeks as a part of all weeks, any period from the rows held of a fact: the sums are those of the
question asked alone."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from metrics.catalogue.load import catalogue
from metrics.compute import shared
from metrics.compute import sums as asked_in_sql
from metrics.compute.cuts import cells, cut
from metrics.compute.panel import ask as panel
from metrics.compute.panel import first, load
from metrics.compute.sums import sums
from metrics.compute.week_grid import PERIOD, WEEK, WeekGrid
from metrics.query import context
from metrics.query.plan import plan
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules import applicable

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/find*"]
    goal = "path:/cart"
    surveys = ["find"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart*"]
    tickets = ["payment"]
    goal = "event:purchase"
    surveys = ["buy"]
    [[survey]]
    name = "find"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "buy"
    kind = "transactional"
    trigger = "random"
"""
FIRST = date(2026, 3, 4)  # a Wednesday: the first week is cut off
DAYS = 30  # the last week is, too
MONDAY = date(2026, 3, 9)


def tables() -> dict[str, str]:
    """Nine people who come every other day, to one stage or both, by two channels, and are asked about both again and again."""
    events = ["occurred_at  customer_id  url  event_name  touch_channel"]
    tickets = ["ticket_id  customer_id  created_at  category"]
    orders = ["order_id  customer_id  ordered_at"] + [f"o{who}  c{who}  {FIRST}T08:00:00" for who in range(7)]
    answers = ["responded_at  customer_id  survey  metric  score  scale_min  scale_max  language"]
    for place in range(DAYS * 5):
        day, who = FIRST + timedelta(days=place // 5), f"c{place * 7 % 9}"
        channel = "app" if place % 3 else "web"
        events.append(f"{day}T09:{place % 60:02}:00  {who}  /find  page_view  {channel}")
        if place % 2:
            events.append(
                f"{day}T09:{place % 60:02}:30  {who}  /cart  {'purchase' if place % 4 == 1 else 'page_view'}  {channel}"
            )
        if place % 11 == 3:
            tickets.append(f"t{place}  {who}  {day}T09:{place % 60:02}:40  {'payment' if place % 2 else 'delivery'}")
        survey = "buy" if place % 2 else "find"
        metric, top = ("csat", 5) if place % 5 else ("nps", 10)
        score = place % (top + 1) if metric == "nps" else 1 + place % top
        answers.append(
            f"{day}T10:{place % 60:02}:00  {who}  {survey}  {metric}  {score}  {top % 5 if metric == 'nps' else 1}  {top}  {'en' if place % 4 else 'de'}"
        )
    sources = {"web_events": events, "survey_answers": answers, "support_tickets": tickets, "orders": orders}
    return {name: "\n".join(lines) for name, lines in sources.items()}


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, **tables())


QUESTIONS = [
    {"stages": ("Buy",)},
    {"stages": ("Buy",), "by": ("stage",)},
    {"stages": ("Find",), "by": ("touch_channel",)},
    {"stages": ("Find", "Buy")},
    {"by": ("week",)},
    {"by": ("week",), "start": FIRST},  # begins within a week: asked alone
    {"by": ("stage", "week", "instrument")},
    {"by": ("week", "touch_channel"), "stages": ("Buy",), "filters": (("language", "en"),)},
    {"by": ("week", "day"), "stages": ("Buy",)},
]


def test_what_is_taken_out_of_a_wider_question_is_what_was_asked(built, monkeypatch):
    """Of every metric, cell by cell and person group by person group; of those questions that are asked in a wider one."""
    generation = built.store.generation()
    known = context.read(generation)
    compared = widened = 0
    for more in QUESTIONS:
        query = resolve(Query((), **({"start": MONDAY, "end": MONDAY + timedelta(days=13)} | more)), known)
        for found in catalogue().values():
            columns = known.columns[found.measure.fact]
            unsplit = ("instrument",) if "instrument" in query.by else ()
            if applicable.not_applicable(found, query, columns) or shared.wider(found, query, known, unsplit) is query:
                continue
            widened += 1
            taken, text = sums(found, query, generation, known, unsplit)
            with monkeypatch.context() as alone:
                alone.setattr(shared, "wider", lambda found, query, known, unsplit: query)
                single, own = sums(found, query, generation, known, unsplit)
            assert text == own  # what is shown to who asks for the statement
            assert set(taken) == set(single), (found.id, more)
            for key, cell in single.items():
                assert (taken[key].n, taken[key].persons, taken[key].who, taken[key].top) == (
                    cell.n,
                    cell.persons,
                    cell.who,
                    cell.top,
                )
                for name in set(cell.rows.columns) & {"c", "n", "y", "nn", "ny", "yy", "vv", "n3", "n4", "p", "d"}:
                    assert np.array_equal(taken[key].vector(name), cell.vector(name)), (found.id, more, key, name)
                compared += 1
    assert compared > 200 and widened > 50


def test_which_questions_are_asked_in_a_wider_one(built):
    """All stages for one of them, all weeks for whole weeks of answers; not several stages at once, weeks of visits, parts of weeks."""
    known = context.read(built.store.generation())
    weeks = {"start": MONDAY, "end": MONDAY + timedelta(days=6), "by": ("week",)}
    every = {"start": date(2026, 3, 2), "end": date(2026, 4, 5)}

    def wide(metric: str, **asked: object) -> Query:
        return shared.wider(catalogue()[metric], resolve(Query((metric,), **asked), known), known)

    def as_asked(metric: str, **asked: object) -> bool:
        query = resolve(Query((metric,), **asked), known)
        return shared.wider(catalogue()[metric], query, known) is query

    one = wide("completion_rate", stages=("Buy",))
    assert (one.stages, one.by) == ((), ("stage",))
    assert as_asked("completion_rate", stages=("Find", "Buy"))  # a person of both counts once
    assert as_asked("completion_rate", **weeks)
    answers = wide("csat_t2b_5", **weeks)
    assert {"start": answers.start, "end": answers.end} == every and answers.by == ("week",)
    assert as_asked("csat_t2b_5", **(weeks | {"start": FIRST}))
    assert as_asked("csat_t2b_5", **(weeks | {"by": ("week", "day")}))
    assert as_asked("conversion_visit")  # counts sessions of its own making
    assert replace(answers, start=MONDAY, end=MONDAY + timedelta(days=6)) == resolve(
        Query(("csat_t2b_5",), **weeks), known
    )


MOMENTS = "person_group c n y nn n3 n4 ny yy vv p d np nd pp dd pd top mass".split()
HELD = (
    "completion_rate search_refinement_rate no_fuss_rate csat_t2b_5 csat_mean nps_transactional conversion_visit "
    "stage_reach_rate survey_response_rate contact_rate"
).split()
CUTS = (
    {},
    {"filters": (("touch_channel", "app,web"),)},
    {"by": ("stage", "touch_channel")},
    {"by": ("month", "stage")},
    *QUESTIONS[1:4],
    *QUESTIONS[6:8],
)


@pytest.mark.parametrize(
    "period", [{"start": MONDAY, "end": MONDAY + timedelta(days=13)}, {}], ids=["two weeks", "all"]
)
def test_rows_held_give_the_sums_of_the_statement(built, period):
    """Cell by cell and person group by person group, down to who a few people are: of shares, scores and means, with a vote, over sessions,
    and of what must be so many days old."""
    generation = built.store.generation()
    known = context.read(generation)
    compared = {}
    for more in CUTS:
        query = resolve(Query((), **(period | more)), known)
        for found in map(catalogue().get, HELD):
            columns = known.columns[found.measure.fact]
            if applicable.not_applicable(found, query, columns):
                continue
            if found.measure.units in first.BY_FIRST and first.stage_of(found, query) is None:
                assert len(query.stages) > 1 and panel.sums(found, query, generation, known) is None
                continue
            unsplit = ("instrument",) if "instrument" in query.by else ()
            held = panel.sums(found, query, generation, known, unsplit)
            stated = asked_in_sql._cells(found, plan(found, query, columns, unsplit=unsplit), generation)
            assert held is not None and list(held) == list(stated), (found.id, more)
            for key, cell in stated.items():
                mine = held[key]
                assert (mine.n, mine.persons, mine.who, mine.top, mine.kind) == (
                    cell.n,
                    cell.persons,
                    cell.who,
                    cell.top,
                    cell.kind,
                ), (found.id, more, key)
                for name in MOMENTS:
                    assert np.array_equal(mine._numbers(name), cell._numbers(name)), (found.id, more, key, name)
                compared[found.id] = compared.get(found.id, 0) + 1
    assert compared.keys() >= {"completion_rate", "csat_t2b_5", "csat_mean", "nps_transactional", "conversion_visit"}
    assert "contact_rate" in compared
    assert sum(compared.values()) > 60


def test_rows_held_give_weeks_and_periods_of_the_statement(built):
    """What changes are judged by: each week's moments, and those of both periods; also of a metric with a vote."""
    generation = built.store.generation()
    known = context.read(generation)
    grid = WeekGrid(MONDAY + timedelta(days=7), 2, -2, -1, 1)
    columns = ["c", "n", "y", "nn", "ny", "yy"]
    for metric, by in (("completion_rate", ("stage",)), ("csat_t2b_5", ("stage",)), ("conversion_visit", ())):
        found = catalogue()[metric]
        query = resolve(Query((metric,), by=by, start=grid.start(-2), end=grid.days[1]), known)
        held = panel.weeks(found, query, grid, generation, known, tuple(columns))
        stated = cells(cut(found, query, WEEK, grid, generation, known), [*by])
        assert held is not None and len(stated) == len(held) > 0
        for key, rows in stated:
            weekly = rows.groupby("slot")[columns].sum().astype(float)
            assert weekly.to_dict() == held[key].to_dict(), (metric, key)
        periods = panel.periods(found, query, grid, generation, known)
        stated = cells(cut(found, query, PERIOD, grid, generation, known), [*by, "slot"])
        assert periods is not None and {(*key[:-1], str(int(float(key[-1])))) for key, _ in stated} == set(periods)
        for key, rows in stated:
            own = periods[*key[:-1], str(int(float(key[-1])))]
            assert [own.total(name) for name in columns] == [float(rows[name].sum()) for name in columns], (metric, key)


def test_too_many_rows_are_not_held(built, monkeypatch):
    """Nor what needs more than the rows of its cell, or is cut by an answer of the same visit: the statement is asked."""
    generation = built.store.generation()
    known = context.read(generation)

    def holds(metric: str, **asked: object) -> bool:
        query = resolve(Query((metric,), **asked), known)
        return panel.sums(catalogue()[metric], query, generation, known) is not None

    assert holds("completion_rate") and holds("contact_rate") and not holds("dwell_p50")
    assert not holds("completion_rate", by=("answer:find",)) and not holds("contact_rate", stages=("Find", "Buy"))
    monkeypatch.setattr(load, "ROWS", 10)
    assert not holds("completion_rate")
