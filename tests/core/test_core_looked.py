"""What changed since somebody last looked: what is kept, between which two looks, and in which words."""

from dataclasses import replace

import pytest

from data.erasure.users import ERASED, Words, without
from data.store.saved import looked
from data.store.saved.dismissed import Dismissed
from data.store.saved.looked import Looked
from report.findings.calls import Call
from report.findings.finding import INFORMATION, URGENT, WATCH, Finding
from report.loop import since

BUY = Finding(WATCH, "Buy works but disappoints: 61.3 %.", "n 910", "stage", "Buy", "csat_t2b_5", "checkout team")
USE = Finding(WATCH, "Use is below its minimum.", "n 300", "stage", "Use", "csat_t2b_5", "app team")
TOLD = since.picture("2026-11-15", [BUY], {"Buy": Call.FIX, "Use": Call.FINE}, {"contact_rate": since.STEADY})


@pytest.fixture
def kept(tmp_path):
    return Looked(tmp_path / "users.sqlite")


def test_the_look_before_is_of_another_generation_and_stays_until_the_next(kept):
    assert kept.look("browser a", "Shop", "gen-1", "one") is None
    assert kept.look("browser a", "Shop", "gen-1", "one again") is None
    assert kept.look("browser a", "Shop", "gen-2", "two").record == "one again"
    assert kept.look("browser a", "Shop", "gen-2", "two").record == "one again"  # a reload does not make it old
    assert kept.look("browser a", "Shop", "gen-3", "three").generation == "gen-2"
    assert kept.look("browser b", "Shop", "gen-3", "three") is None
    assert kept.look("browser a", "Support", "gen-3", "three") is None
    with kept.open() as con:
        rows = con.execute("select who, generation from looks where scope = 'Shop' order by at, rowid").fetchall()
    assert [generation for _, generation in rows] == ["gen-2", "gen-3", "gen-3"]
    assert all("browser" not in who for who, _ in rows)  # the name that opens a basket is not written down


def test_the_oldest_looks_go(kept, monkeypatch):
    monkeypatch.setattr(looked, "MOST", 2)
    for who in "abc":
        kept.look(who, "Shop", "gen-1", "one")
    assert kept.look("a", "Shop", "gen-2", "two") is None
    assert kept.look("c", "Shop", "gen-2", "two") is not None


def test_an_erased_name_leaves_what_was_seen(kept):
    kept.look(
        "a", "Shop", "gen-1", since.written(since.picture("2026-11-15", [replace(BUY, claim="As Erika says.")], {}, {}))
    )
    without(kept.file, Words((), ("Erika",), (), "salt"))
    assert ERASED in kept.look("a", "Shop", "gen-2", "two").record


def test_what_is_kept_is_read_back_and_what_another_version_wrote_is_nothing():
    assert since.read(since.written(TOLD)) == TOLD
    assert since.read("{}") is None and since.read("not json") is None


def test_other_numbers_in_the_same_finding_are_no_news():
    now = since.picture(
        "2026-11-22",
        [replace(BUY, claim="Buy works but disappoints: 60.9 %.")],
        {"Buy": Call.FIX, "Use": Call.FINE},
        TOLD.signs,
    )
    assert since.news(TOLD, now, ["Buy", "Use"]) == []


def test_news_is_what_began_what_ended_and_what_became_urgent():
    now = since.picture("2026-11-22", [USE, replace(BUY, kind=URGENT)], {"Buy": Call.FIX, "Use": Call.FIX}, {})
    assert since.news(TOLD, now, ["Buy", "Use"]) == [  # the word of Use says no more than its finding
        "New: Use is below its minimum.",
        "Now urgent: Buy works but disappoints: 61.3 %.",
    ]
    assert since.news(now, TOLD, ["Buy", "Use"]) == ["No longer reported: Use is below its minimum."]
    assert since.news(now, TOLD, ["Buy"]) == []  # a stage that is not there, or that may no longer be seen


def test_what_is_for_knowledge_is_not_news():
    assert since.picture("2026-11-22", [replace(BUY, kind=INFORMATION)], {}, {}).told == ()


def test_a_stage_and_a_vital_sign_that_turn_are_news():
    now = replace(TOLD, calls={"Buy": "fix", "Use": "protect"}, signs={"contact_rate": since.WORSE})
    assert since.news(TOLD, now, ["Buy", "Use"]) == [
        "Use: protect, before: fine.",
        "Contacted us: worse, beyond its usual ups and downs.",
    ]
    assert "no longer beyond" in since.news(now, TOLD, ["Buy", "Use"])[1]


def test_what_is_put_away_stays_so_for_who_did_it(tmp_path):
    """Looking makes no file; again changes nothing; somebody else still sees it; the oldest beyond the bound go."""
    away = Dismissed(tmp_path / "users.sqlite")
    assert not away.has("browser a", "tour") and not away.file.exists()
    away.keep("browser a", "tour")
    away.keep("browser a", "tour")
    assert away.has("browser a", "tour") and not away.has("browser b", "tour") and not away.has("browser a", "other")
    with away.open() as con:
        assert [who for (who,) in con.execute("select who from dismissed")] != ["browser a"]
