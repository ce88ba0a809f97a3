"""A number walked from the records of its files: every step by eye on a small company, the last one what `metrics show` gives, for every metric."""

import json
import re
from argparse import Namespace
from datetime import date

import pytest

from commands.exports.asked import charts
from data.sqlfile import sql
from metrics.analyses.reconcile import readings, walk
from metrics.analyses.reconcile.find import UNITS, reconcile
from metrics.analyses.reconcile.walk import Counted, narrowing
from metrics.catalogue.load import catalogue, others
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import viewed
from report.address import decode
from report.sheets import reconcile as words
from report.text.catalogue import ENGLISH, entries

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    surveys = ["early"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    tickets = ["payment"]
    surveys = ["s"]
    goal = "event:purchase"
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "early"
    kind = "transactional"
    trigger = "random"
"""
SETTINGS = '[company]\nname = "Test"\ntimezone = "Europe/Berlin"\n'


def asked(metric: str, **more) -> Query:
    """Of March, in Berlin."""
    return Query((metric,), start=date(2026, 3, 2), end=date(2026, 3, 29), **more)


@pytest.fixture(scope="module")
def shop(module_company):
    """Twelve customers come to Buy at noon and six of them buy; two robots that say so; six colleagues, none of whom buys; one customer comes
    at 23:40 in Berlin and buys at 00:10 the next day; one comes at 00:30 on 30 March in Berlin, which is 29 March in UTC, and buys; one came in February.

    answers  s, csat: ten of customers (six of them 4 or 5), one of them answers again and then 1; six of colleagues, all 5; one without
             a score; one of another stage; one row twice in the file
    tickets  six requests, one spam, one merged
    """
    events = ["occurred_at  customer_id  session_id  event_name  url  is_bot"]
    for n in range(12):
        events.append(f"2026-03-10T12:00:00+01:00  k{n}  s{n}  page_view  /cart  -")
        events += [f"2026-03-10T12:05:00+01:00  k{n}  s{n}  purchase  -  -"] if n < 6 else []
    events += [f"2026-03-10T12:00:00+01:00  -  robot{n}  page_view  /cart  true" for n in range(2)]
    events += [f"2026-03-10T12:00:00+01:00  staff{n}  w{n}  page_view  /cart  -" for n in range(6)]
    events += [
        "2026-03-11T23:40:00+01:00  k0  night  page_view  /cart  -",
        "2026-03-12T00:05:00+01:00  k0  night  page_view  /cart  -",
        "2026-03-12T00:10:00+01:00  k0  night  purchase  -  -",
    ]
    events += [
        "2026-03-30T00:30:00+02:00  k1  late  page_view  /cart  -",
        "2026-03-30T00:35:00+02:00  k1  late  purchase  -  -",
    ]
    events += ["2026-02-10T12:00:00+01:00  k2  past  page_view  /cart  -"]
    events += ["2026-04-02T12:00:00+02:00  k3  after  page_view  /  -"]
    rows = ["responded_at  customer_id  response_id  survey  metric  scale_min  scale_max  score"]
    rows += [f"2026-03-10T13:00:00+01:00  k{n}  r{n}  s  csat  1  5  {5 if n < 6 else 2}" for n in range(10)]
    rows += [
        "2026-03-10T14:00:00+01:00  k0  again  s  csat  1  5  1",
        "2026-03-10T14:00:00+01:00  k0  again  s  csat  1  5  1",
    ]
    rows += [f"2026-03-10T13:00:00+01:00  staff{n}  w{n}  s  csat  1  5  5" for n in range(6)]
    rows += [
        "2026-03-10T13:00:00+01:00  k11  silent  s  csat  1  5  -",
        "2026-03-10T13:00:00+01:00  k11  find  early  csat  1  5  3",
    ]
    tickets = ["ticket_id  created_at  customer_id  category  status  tags"]
    tickets += [f"t{n}  2026-03-10T15:00:00+01:00  k{n}  payment  open  -" for n in range(6)]
    tickets += [
        "t6  2026-03-10T15:00:00+01:00  k6  payment  spam  -",
        "t7  2026-03-11T15:00:00+01:00  k7  payment  closed  merged",
    ]
    people = ["customer_id  staff_test", *(f"staff{n}  true" for n in range(6))]
    return module_company(
        journey=JOURNEY,
        settings=SETTINGS,
        web_events="\n".join(events),
        survey_answers="\n".join(rows),
        support_tickets="\n".join(tickets),
        people="\n".join(people),
    )


def steps(found) -> list[tuple]:
    """(unit, reasons, taken out, left) of each step."""
    return [(one.unit, tuple(b.code for b in one.because), one.removed, one.left) for one in found.walk]


def test_a_share_of_visits_from_its_events(shop):
    """Visits of another period, of robots and of colleagues leave; seven of the thirteen left reached the goal, the one across midnight among them."""
    found = reconcile(asked("completion_rate", stages=("Buy",)), shop.store.generation())
    assert (found.walk[0].unit, found.walk[0].left) == ("records", shop.account("web_events.csv")[0])
    own = [step for step in steps(found) if step[0] == "visits"]
    assert own == [
        ("visits", (), None, 24),
        ("visits", ("outside_period",), 3, 21),
        ("visits", ("bot_declared",), 2, 19),
        ("visits", ("staff",), 6, 13),
    ]
    assert found.made_of == (("counting", 7),) and (found.cell.value, found.cell.n) == (7 / 13, 13)


def test_a_plain_count_takes_one_rule_after_another_out(shop):
    """Colleagues: 7 of 19. Robots: 7 of 21. The visit across midnight is two, one with the goal: 7 of 22. By UTC 30 March 00:30 is in March: 8 of
    23, and midnight in Berlin is none there: 23:40 and 00:10 are 22:40 and 23:10."""
    found = reconcile(asked("completion_rate", stages=("Buy",)), shop.store.generation())
    assert [(one.rule, one.n, one.value) for one in found.plain] == [
        ("", 13, 7 / 13),
        ("staff", 19, 7 / 19),
        ("bots_declared", 21, 7 / 21),
        ("midnight", 22, 7 / 22),
        ("utc", 22, 8 / 22),
    ]
    assert found.alike == ("bots_by_behaviour",)


def test_what_another_tool_leaves_in(shop):
    """GA4 leaves known robots out and colleagues in; by its definition alone it is what --as-others gives."""
    generation = shop.store.generation()
    query = asked("completion_rate", stages=("Buy",))
    ga4 = reconcile(query, generation).others[0]
    variant = next(v for entry, v in others(catalogue()["completion_rate"]) if entry["tool"] == "GA4")
    assert (
        ga4.by_definition
        == run(Query((variant.id,), stages=("Buy",), start=query.start, end=query.end), generation).cells[0].value
    )
    assert (ga4.by_definition, ga4.as_kept, ga4.keeps) == (7 / 13, 7 / 19, ("staff",))


def test_a_score_from_its_answers(shop):
    """Twenty records: one twice, one without an answer, six of colleagues, one of another stage, one of who has answered again; of ten left five satisfied."""
    found = reconcile(asked("csat_t2b_5", stages=("Buy",)), shop.store.generation())
    assert steps(found) == [
        ("records", (), None, 20),
        ("records", ("refused_duplicate",), 1, 19),
        ("records", ("refused_excluded",), 1, 18),
        ("answers", (), None, 18),
        ("answers", ("staff",), 6, 12),
        ("answers", ("other_stages",), 1, 11),
        ("answers", ("voted_again",), 1, 10),
    ]
    assert found.cell.n == 10 and found.made_of == (("counting", 5),)
    assert [(one.rule, one.n, round(one.value * one.n)) for one in found.plain] == [
        ("", 10, 5),
        ("every_vote", 11, 6),
        ("staff", 17, 12),
    ]


def test_requests_for_help_from_tickets(shop):
    """Of eight tickets the spam and the merged one are no requests."""
    found = reconcile(asked("reopen_rate", stages=("Buy",)), shop.store.generation())
    lines = walk.population(catalogue()["fcr_recontact_7d"], found.query, shop.store.generation(), _known(shop))
    assert [(one.code, one.said, one.rows) for one in lines] == [
        ("no_request", "merged into another ticket", 1),
        ("no_request", "spam or deleted", 1),
        (None, "", 6),
    ]


def _known(shop):
    return context.read(shop.store.generation())


@pytest.mark.parametrize("metric", sorted(catalogue()))
def test_every_metric_ends_at_what_is_shown(shop, metric):
    """The last step is the n of `metrics show`, the first reading its value, the steps add up, and what cannot be walked says why."""
    generation = shop.store.generation()
    for more in ({}, {"stages": ("Buy",), "filters": (("touch_channel", "web"),)}):
        query = asked(metric, **more)
        found, (shown, *_) = reconcile(query, generation), run(query, generation).of(metric)
        assert found.cell == shown and (found.walk or found.reasons)
        if not found.walk:
            continue
        assert found.walk[-1].left == shown.n
        for before, step in zip(found.walk, found.walk[1:]):
            assert step.removed is None or (before.unit, before.left - step.removed) == (step.unit, step.left)
        ours = readings.read(catalogue()[metric], found.query, frozenset(), generation, _known(shop))
        assert (ours.value, ours.n) == (pytest.approx(shown.value), shown.n) and found.plain[0].value == shown.value
        assert words.sheets_of(found).sheets


def test_a_population_kept_whole_is_the_population(shop):
    """With no rule left out the rows a reading counts are those every number counts: each of kept_*.sql beside its view."""
    for name in [path.stem.removeprefix("kept_") for path in (walk.ROOT / walk.FOLDER).glob("kept_*.sql")]:
        text = sql(walk.FOLDER, f"kept_{name}")
        values = {rule: False for rule in readings.RULES if f"${rule}" in text}
        columns = [row[0] for row in shop.rows(f"describe {name}")]
        listed = ", ".join(f'"{one}"' for one in columns)
        same = f"select count(*) from (select {listed} from ({text}) except all select {listed} from {name})"
        assert shop.value(same, values) == 0, name
        assert shop.value(f"select count(*) from ({text})", values) == shop.value(f"select count(*) from {name}"), name


def test_every_code_has_its_words():
    """Units, reasons, classes and rules, wherever they are named: in the statements, the code, the definitions."""
    every = " ".join(path.read_text(encoding="utf-8") for path in (walk.ROOT / walk.FOLDER).glob("*.sql"))
    codes = set(re.findall(r"(?:then|else) '([a-z_]+)'", every)) | {
        "other_stages",
        "filter",
        "not_of_it",
        "too_recent",
        "without_id",
    }
    codes |= {f"refused_{kind}" for kind in ("bad", "excluded", "duplicate", "superseded", "several")}
    tables = [UNITS.get(one.measure.table, one.measure.table) for one in catalogue().values()]
    units = {
        "records",
        "events",
        "sessions",
        "counted",
        *tables,
        *(one.grain.replace(" ", "_") for one in catalogue().values()),
    }
    wanted = [f"because.{code}" for code in codes] + [f"rule.{rule}" for rule in ("ours", *readings.RULES)]
    wanted += [f"{group}.{unit}" for group in ("unit", "short") for unit in units]
    texts = entries(ENGLISH)
    assert [name for name in wanted if f"reconcile.{name}" not in texts] == []
    known = {name.split(".", 1)[1] for name in texts if name.startswith(("reconcile.because.", "reconcile.rule."))}
    assert known <= set(wanted)
    assert {rule for keeps in readings.tools().values() for rule in keeps} <= set(readings.RULES)


def test_reasons_of_few_people_stand_together():
    """Two people here and two there: one step of both, never which two; a single last reason goes with the one before it."""
    lines = [Counted("a", "", 3, 2), Counted("b", "", 4, 2), Counted("c", "", 9, 6), Counted("d", "", 1, 1)]
    told = narrowing("visits", 40, lines, least=5)
    assert [(tuple(b.code for b in one.because), one.removed, one.left) for one in told] == [
        ((), None, 40),
        (("a", "b", "c", "d"), 17, 23),
    ]
    alone = narrowing("visits", 40, [Counted("d", "", 1, 1)], least=5)
    assert [(one.removed, one.left) for one in alone] == [(None, 39)]


def test_who_may_not_see_persons_sees_no_count_of_few(shop):
    """Counts to five, reasons of fewer than five people together (two robots, the colleagues), no reading rule by rule; the number itself as everywhere."""
    part = viewed(shop.store.generation(), Rights())
    query = Query(("completion_rate",), stages=("Buy",))
    found, (shown, *_) = reconcile(query, part), run(query, part).cells
    assert found.quiet and found.cell == shown and shown.valued and found.walk[-1].left == shown.n
    assert not found.plain and dict(found.reasons)["readings"]
    assert len(found.walk) > 3 and all(step.left % 5 == 0 for step in found.walk[:-1])
    assert not any(step.removed == 0 for step in found.walk[:-1])
    reasons = [{b.code for b in step.because} for step in found.walk if not step.by_store and step.because]
    assert {"bot_declared"} not in reasons and any({"bot_declared", "staff"} <= one for one in reasons)
    told = words.sheets_of(found)
    assert "next five" in told.sheets[0].foot and told.sheets[0].records and told.sheets[1].rows == ()


def test_the_command_gives_the_steps_as_data(cli, shop):
    done = cli("metrics", "reconcile", "csat_t2b_5", "--stage", "Buy", "--from", "2026-03-02", "--to", "2026-03-29", "--store", shop.store.path, "--format", "json")  # fmt: skip
    told = json.loads(done.stdout)
    (steps_told, plain, tools) = told["sheets"]
    assert steps_told["rows"][-1]["value"] == 0.5 and steps_told["rows"][0]["left"] == 20
    assert plain["rows"][-1]["left_out"] == "staff" and tools["rows"][0]["tool"] == "Zendesk"


def test_who_sees_one_stage_walks_that_part_alone(shop):
    """No files and no other stage: the walk begins at the visits granted, and ends at the number this viewer is shown."""
    part = viewed(shop.store.generation(), Rights(grants=(Grant(stages=("Buy",)),)))
    query = Query(("completion_rate",))
    found, (shown, *_) = reconcile(query, part), run(query, part).cells
    assert found.cell == shown and found.walk[-1].left == shown.n
    assert {step.unit for step in found.walk} == {"visits"} and not any(step.by_store for step in found.walk)


def test_a_walk_leaves_the_house_with_its_chart(shop):
    """As a file of one metric each, by the words of the command line, with a link that opens the same walk."""
    args = Namespace(
        form="walk", metric=["completion_rate", "csat_t2b_5"], by="", where=["stage=Buy"], journey=None, start=date(2026, 3, 2), end=date(2026, 3, 29),
        compare=None, everything=False, basket=None, address="",
    )  # fmt: skip
    visits, answers = charts(args, shop.store.generation())
    assert visits.figure is not None and answers.rows[-1][2] == "50.0 %"
    opened = decode(answers.link)
    assert (opened.page, opened.query.metrics, opened.query.stages) == ("reconcile", ("csat_t2b_5",), ("Buy",))
