"""Unhappy answers looked after: owner, status, history, two at a time; the arms counted from a store; and who may not see single persons is refused."""

from dataclasses import replace
from datetime import date

import pytest

from data.errors import UserError
from data.store.opened import GROUPS
from data.store.saved.followups import Followup, Followups, Holdout
from metrics.analyses.loop.answers import contacting, unhappy_answers
from report.loop import words
from tests.core.test_core_golden import JOURNEY


def answers() -> str:
    """80 people are unhappy about Buy on 12 May. On 12 June those with an even number answer again: of c0–c39 three in four are content,
    of c40–c79 half."""
    rows = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score  comment"]
    rows += [f"c{n}  2026-05-12T10:00  after order  csat  1  5  1  -" for n in range(80)]
    rows += ["refused  2026-05-12T10:00  after order  csat  1  5  1  -"]
    rows += [
        f"c{n}  2026-06-12T10:00  after order  csat  1  5  {5 if n % 8 or n >= 40 and n % 4 else 1}  too slow, I am at jo@example.com"
        for n in range(0, 80, 2)
    ]
    return "\n".join(rows)


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(
        journey=JOURNEY, survey_answers=answers(), people="customer_id  consent\nrefused  false\nc0  true"
    )


@pytest.fixture
def records(tmp_path):
    return Followups(tmp_path / "users.sqlite")


def test_an_answer_gets_an_owner_a_status_and_an_age(records):
    records.take(Followup("a1", "Purchase", "Buy", "ana"), "ana")
    with pytest.raises(UserError, match="ana looks after this answer already"):
        records.take(Followup("a1", "Purchase", "Buy", "ben"), "ben")
    (one,) = records.all("Purchase")
    records.change(one, "ben", status="contacted", notes="called")
    with pytest.raises(UserError, match="meanwhile"):
        records.change(one, "ana", status="closed")
    (one,) = records.all("Purchase")
    assert (one.status, one.version, one.updated_by) == ("contacted", 2, "ben")
    assert words.looked_after(one) == "Buy: ana, contacted, taken today" and "1 is not closed" in words.in_hand([one])
    with pytest.raises(UserError, match="no such status"):
        records.change(one, "ana", status="gone")


def test_a_holdout_begins_and_ends(records):
    assert records.holdout() is None
    records.hold_out(0.2, "ana")
    assert (records.holdout().share, records.holdout().who) == (0.2, "ana")
    assert records.salt() == records.salt()
    records.hold_out(0.0, "ben")
    assert records.holdout() is None
    with pytest.raises(UserError, match="a share of people"):
        records.hold_out(0.9, "ana")


def test_the_arms_are_counted_from_the_store(shop):
    """By the first unhappy answer since 1 May: everybody once; half answered again within 180 days. Who was unhappy again counts by the first."""
    generation = shop.store.generation()
    waiting = unhappy_answers("Purchase", generation, 60)
    assert {one.stage for one in waiting} == {"Buy"} and len(waiting) >= 80
    assert {one.comment for one in waiting} == {"", "too slow, I am at [e-mail]"}, (
        "as kept, and nothing where nothing was written"
    )
    assert words.answer(waiting[0], "K7") == "Buy · CSAT 1 of 5 · today · person K7" and words.ago(1) == "1 day ago"
    people = sorted({one.person for one in waiting})
    assert len(people) == 80, "who did not agree to be looked at is offered to nobody"
    held = set(people[::2])
    found = contacting("Purchase", generation, date(2026, 5, 1), lambda person: person in held)
    assert found.contacted.people + found.held.people == 80
    assert found.contacted.answered + found.held.answered == 40
    assert found.difference is None and found.needed > 30
    said = words.effect(found, Holdout(0.5, date(2026, 5, 1), "ana"))
    assert "too few to say anything" in said and "of 30 answers" in said


def test_who_may_not_see_single_persons_is_refused(shop):
    with pytest.raises(UserError, match="a right of its own"):
        unhappy_answers("Purchase", replace(shop.store.generation(), shows=GROUPS))
