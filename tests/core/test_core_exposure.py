"""What a finding is worth: the same number as `metrics value`, or the reason why it cannot be said; nothing under filters."""

from dataclasses import replace
from datetime import date

import pytest

from exports.digest import build
from metrics.analyses.case.case import case_of
from metrics.analyses.case.worth import worth
from metrics.analyses.stage_scores import level_query, positions
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report.findings.exposure import with_worth
from report.findings.findings import findings
from report.words.case_words import money
from tests.core.test_core_case import tables
from tests.core.test_core_golden import JOURNEY

TARGETS = JOURNEY.replace(
    'goal = "event:purchase"',
    'goal = "event:purchase"\n    targets = { csat_t2b_5 = { line = 0.75, target = 0.85 }, completion_rate = { line = 0.6, target = 0.9 } }',
)


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(journey=TARGETS, **tables())


def told(shop):
    generation = shop.store.generation()
    known = context.read(generation)
    query = resolve(Query(("completion_rate",), start=date(2026, 1, 1), end=date(2026, 7, 1)), known)
    level = level_query(query, known)
    found = findings(query, generation, positions(level, generation), [], level)
    (one,) = [finding for finding in found if finding.stage == "Buy" and finding.kind == "watch"]
    return one


def test_a_level_below_the_minimum_says_what_the_target_is_worth(shop):
    """50 % satisfied against a target of 85 %: the case that removes 70 % of the unhappy, by correlation."""
    one = told(shop)
    spec = {"stage": "Buy", "removes": "unhappy", "metric": "csat_t2b_5", "target": 0.85}
    made = worth(case_of(spec), shop.store.generation())
    assert one.worth == (
        f"Worth {money(made.benefit.p10)} to {money(made.benefit.p90)} of margin a year if 85 % were satisfied; "
        "the two go together, not proven."
    )
    assert 0 < made.benefit.p10 < made.benefit.p90


def test_under_a_filter_no_money_is_named(shop):
    """A case is about everyone; beside a number of some it would be read as theirs."""
    generation = shop.store.generation()
    query = resolve(Query(("completion_rate",), start=date(2026, 1, 1), end=date(2026, 7, 1)), context.read(generation))
    places, bare = positions(query, generation), [replace(told(shop), worth="")]
    assert with_worth(bare, places, query, generation)[0].worth == told(shop).worth
    assert with_worth(bare, places, replace(query, filters=(("device", "mobile"),)), generation)[0].worth == ""


def test_a_digest_carries_it(shop):
    digest = build(Query(("completion_rate",), start=date(2026, 1, 1), end=date(2026, 7, 1)), shop.store.generation())
    assert told(shop).worth in digest.text and told(shop).worth in digest.html


def test_what_is_missing_to_say_it_is_said(module_company):
    """No order has a margin: the finding says what to bring, never 0."""
    bare = tables()
    bare["orders"] = "\n".join("  ".join(line.split()[:-1]) for line in bare["orders"].splitlines())
    one = told(module_company(journey=TARGETS, **bare))
    assert one.worth.startswith("What it is worth cannot be said: the margin is known of 0 of them")
