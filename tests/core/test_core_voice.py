"""What people write about: topics a company names and topics found, counted by person, compared by stage, and the words where eight people wrote."""

import json
from datetime import date

import numpy as np
import pytest

from commands.data import main as data_main
from commands.metrics import main
from data.errors import UserError
from data.store.opened import GROUPS
from data.texts.topics.found import found_topics
from data.texts.topics.load import Topic, load_topics
from data.texts.topics.tag import Tagger
from metrics.analyses.voice.box import complaint_box
from metrics.analyses.voice.comments import Cut, comments
from metrics.analyses.voice.orders import ORDERS, put
from metrics.analyses.voice.texts import texts
from metrics.analyses.voice.topics import voice
from metrics.codes import NoteCode, ReasonCode
from metrics.query.named_sql import ask_rows
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import viewed
from metrics.rules.few_writers import beside, told_of
from metrics.statistics.weeks.shared import shared_by_weeks
from report.voice import words

JOURNEY = """
    [[journey]]
    name = "Purchase"
    [[journey.stage]]
    name = "Choose"
    paths = ["/p*"]
    surveys = ["browse"]
    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    [[journey.stage]]
    name = "Use"
    paths = ["/use*"]
    surveys = ["usage"]
    tickets = ["*"]
    [[survey]]
    name = "browse"
    kind = "intercept"
    trigger = "random"
    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
    [[survey]]
    name = "usage"
    kind = "transactional"
    trigger = "random"
"""
TOPICS = """
version = 1
[[topic]]
name = "Delivery"
stage = "Use"
en = ["deliver*", "courier"]
[[topic]]
name = "Fee"
stage = "Buy"
en = ["delivery fee", "surcharge*"]
[[topic]]
name = "Shop"
place = "Shop"
en = ["store"]
"""
# survey, text, how often: of 40 asked about Buy 16 write of delivery, of 60 asked about Choose 6 do
SAID = (
    ("checkout", "The courier was terrible", 16),
    ("checkout", "Terrible delivery fee", 10),
    ("checkout", "Great checkout", 14),
    ("browse", "The delivery was great", 6),
    ("browse", "Great lamps and garden chairs", 50),
    ("browse", "Rude man in the store", 4),
    ("usage", "The courier was terrible", 20),
)


def answers() -> str:
    """One comment a person; the first person of Buy wrote another a day before."""
    lines, number = ["response_id  customer_id  responded_at  survey  question_id  question  language  comment"], 0
    for survey, text, times in SAID:
        for _ in range(times):
            number += 1
            said = f"{text} {number}" if "lamps" in text else text
            lines.append(f"r{number}  c{number}  2026-03-02T10:00  {survey}  why  Why?  en  {said}")
    return "\n".join([*lines, "r0  c1  2026-03-01T10:00  checkout  why  Why?  en  Great checkout"])


@pytest.fixture(scope="module")
def built(module_company):
    tickets = ["ticket_id  customer_id  created_at  contact_via  category  body"]
    tickets += [f"t{n}  k{n}  2026-03-03T09:00  email  other  My parcel of the courier is lost" for n in range(9)]
    tickets.append("t-1  k1  2026-03-18T09:00  email  other  -")  # so that the weeks of the texts are over
    return module_company(
        journey=JOURNEY,
        files={"topics.toml": TOPICS},
        survey_answers=answers(),
        support_tickets="\n".join(tickets),
    )


def ask(built, **more):
    return voice(Query((), "Purchase", **more), built.store.generation())


def test_a_phrase_counts_instead_of_its_words_and_a_stem_for_its_endings():
    tagger = Tagger(
        [
            Topic("Delivery", {"en": ("deliver*",), "de": ("liefer*",)}),
            Topic("Fee", {"en": ("delivery fee",), "all": ("dhl",)}),
        ]
    )
    assert tagger.topics("the delivery fee was hidden".split(), "en") == ["Fee"]
    assert tagger.topics("a delivery fee and a late delivery".split(), "en") == ["Delivery", "Fee"]
    assert tagger.topics("dhl delivers".split(), "en") == ["Delivery", "Fee"]
    assert tagger.topics("die lieferung kam".split(), "en") == []
    assert tagger.topics("die lieferung kam".split(), None) == ["Delivery"]
    assert tagger.topics("dhl was late".split(), "fr") == ["Fee"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[topic]]\nname = "A"\nen = ["x*y"]', "stands at its end only"),
        ('[[topic]]\nname = "A"', "without words"),
        ('[[topic]]\nname = "A"\nstage = "Byu"\nen = ["ab"]', "no journey has such a stage"),
        ('[[topic]]\nname = "A"\nen = ["ab"]\n[[topic]]\nname = "A"\nen = ["cd"]', "there twice"),
        ('[[topic]]\nname = "A"\nxx = ["ab"]', "unknown key"),
        ('topic = "A"', "blocks of their own"),
    ],
)
def test_a_slip_in_topics_is_one_sentence(tmp_path, text, said):
    (tmp_path / "topics.toml").write_text("version = 1\n" + text, encoding="utf-8")
    with pytest.raises(UserError, match=said):
        load_topics(tmp_path / "topics.toml", ("Buy",))


def test_topics_nobody_named_are_found_in_any_order():
    """Words that stand together are one topic; a word that judges or binds is none; the order of the texts does not matter."""
    texts = [*[["the", "garden", "chair", "wobbles"]] * 20, *[["great", "lamp", "shade"]] * 18, *[["sofa"]] * 3]
    found = found_topics(texts)
    assert [set(topic.words["all"]) for topic in found] == [
        {"garden chair", "chair wobbles"},
        {"lamp shade"},
    ]
    assert found_topics(texts[::-1]) == found


def test_topics_are_counted_by_person_and_by_stage(built):
    """130 texts of surveys, 9 of tickets; of delivery are 16 + 6 + 20 + 9 = 51 of 130 + 1 + 9 − … texts."""
    made = ask(built)
    by_name = {topic.name: topic for topic in made.topics}
    assert (made.texts, made.persons, made.linked) == (130, 129, 1.0)
    delivery = by_name["Delivery"].whole
    assert (delivery.texts, delivery.persons) == (51, 51)
    assert delivery.share.value == pytest.approx(51 / 130)
    assert delivery.share.low < 51 / 130 < delivery.share.high
    assert by_name["Delivery"].by_stage["Buy"].share.value == pytest.approx(16 / 41)
    assert by_name["Fee"].whole.net.value == -100
    assert "Shop" not in by_name and made.left_out >= 1, "four people are too few"
    assert [topic.name for topic in made.topics if topic.found], "lamps and garden chairs are found"
    only = ask(built, stages=("Buy",))
    assert only.texts == 41 and {t.name: t.whole.texts for t in only.topics}["Fee"] == 10


def test_seven_writers_are_too_few_and_an_unknown_filter_is_refused(built):
    assert ask(built, filters=(("survey", "nobody"),)).refused.code is ReasonCode.FEW_PEOPLE
    refused = ask(built, filters=(("promise", "Price"),)).refused
    assert refused.code is ReasonCode.NO_SUCH_BREAKDOWN


def test_the_complaint_box_holds_different_people_against_each_other(built):
    """16 of 40 asked about Buy write of Use, against 6 of 60 asked about Choose: 30 points more (Newcombe), surely."""
    box = complaint_box(Query((), "Purchase"), built.store.generation())
    first = box.found[0]
    assert (first.asked, first.about, first.told) == ("Buy", "Use", True)
    assert (first.persons, first.of, first.other_of) == (16, 40, 60)
    assert first.share.value == pytest.approx(0.4) and first.other == pytest.approx(0.1)
    # Newcombe's method 10 of 16/40 against 6/60: Wilson limits .2635–.5542 and .0466–.2015
    l1, u1, l2, u2 = 0.263487, 0.554187, 0.046648, 0.201486
    low, high = 0.3 - ((0.4 - l1) ** 2 + (u2 - 0.1) ** 2) ** 0.5, 0.3 + ((u1 - 0.4) ** 2 + (0.1 - l2) ** 2) ** 0.5
    assert (first.difference.low, first.difference.high) == pytest.approx((low, high), abs=2e-4)
    assert ("Choose", "Use") not in box.counts, "six people are too few to be shown"
    assert "Asked about Buy, 40 % write about Use; asked elsewhere 10 % do" in words.box_title(box)


def test_without_stages_there_is_no_complaint_box(module_company):
    """The product's own topics are of no journey."""
    plain = module_company(journey=JOURNEY, survey_answers=answers())
    assert (
        complaint_box(Query((), "Purchase"), plain.store.generation()).refused.code is ReasonCode.NO_TOPIC_HAS_A_STAGE
    )
    assert "Delivery" in {topic.name for topic in voice(Query((), "Purchase"), plain.store.generation()).topics}


def test_the_words_of_a_cut_need_eight_writers_for_who_may_not_see_single_people(built):
    query, whole = Query((), "Purchase"), built.store.generation()
    seen = comments(query, Cut(topic="Delivery"), viewed(whole, Rights()))
    assert (seen.texts, seen.writers, len(seen.rows), seen.pages) == (51, 51, 20, 3)
    second = comments(query, Cut(topic="Delivery", page=2), viewed(whole, Rights()))
    assert len(second.rows) == 11
    few = comments(query, Cut(search="rude man"), viewed(whole, Rights()))
    assert few.rows == () and few.note.code is NoteCode.WORDS_OF_SEVERAL
    nobody = comments(query, Cut(search="nobody wrote this"), viewed(whole, Rights()))
    assert (
        nobody == comments(query, Cut(search="nobody wrote this"), viewed(whole, Rights())) and nobody.note == few.note
    )
    told = comments(query, Cut(search="RUDE"), viewed(whole, Rights(see_persons=True)))
    assert told.texts == 4 and {row["comment"] for row in told.rows} == {"Rude man in the store"}
    assert comments(query, Cut(written_in="ticket"), viewed(whole, Rights())).texts == 9
    assert comments(query, Cut(topic="", search="checkout"), viewed(whole, Rights())).texts == 15
    assert viewed(whole, Rights()).shows == GROUPS
    assert all(row["day"] is None for row in seen.rows) and told.rows[0]["day"]


def test_words_stand_in_the_order_asked_for_and_by_no_day_where_days_are_not_told(built):
    """By the day of the text, newest or oldest, by its length; the order drawn else, also where none of that name is. A group is told no day, and a
    confidential company's reader neither: for them the order by day is not there and that drawn stands."""
    query, whole = Query((), "Purchase"), built.store.generation()

    def rows(order: str, rights: Rights = Rights(see_persons=True), **more):
        return comments(query, Cut(order=order, each=200, **more), viewed(whole, rights))

    drawn = rows("drawn")
    newest, oldest = ([row["day"] for row in rows(order).rows] for order in ("newest", "oldest"))
    assert newest == sorted(newest, reverse=True) and oldest == sorted(oldest) and newest != oldest
    longest = [len(row["comment"]) for row in rows("longest").rows]
    assert longest == sorted(longest, reverse=True)
    assert rows("by shoe size").rows == drawn.rows and rows("by shoe size").cut.order == "drawn"
    assert {row["comment"] for row in rows("longest").rows} == {row["comment"] for row in drawn.rows}
    second = rows("longest", page=1, written_in="survey")
    assert second.rows == () or len(second.rows[0]["comment"]) <= longest[0]
    group = rows("newest", Rights())
    assert group.orders == ("drawn", "low", "longest") and group.cut.order == "drawn"
    assert [row["comment"] for row in group.rows] == [row["comment"] for row in rows("drawn", Rights()).rows]
    assert drawn.orders == ORDERS


def test_lists_already_at_hand_are_put_in_the_same_orders():
    """By score within its own scale (4 of 10 before 3 of 5), what has none last; equal ones stay as they came."""
    rows = [
        {"day": date(2026, 3, 2), "score": 3, "scale_max": 5, "comment": "bb"},
        {"day": None, "score": None, "scale_max": 5, "comment": "a"},
        {"day": date(2026, 3, 4), "score": 4, "scale_max": 10, "comment": "ccc"},
        {"day": date(2026, 3, 3), "score": 0, "scale_max": None, "comment": "dd"},
    ]
    got = {order: "".join(row["comment"][0] for row in put(rows, order, lambda row: row)) for order in ORDERS}
    assert got == {"drawn": "bacd", "newest": "cdba", "oldest": "bdca", "low": "cbad", "longest": "cbda"}


def test_what_fewer_than_eight_writers_share_does_not_stand_beside_their_words():
    """Ten wrote of Buy, one of Care: named, Care would tell who that one was, and left out alone it would be told by what is left of two stages.
    With eight of no stage beside it the one is one of nine; a stage eight wrote of stays."""
    rows = [{"writer": n, "stage": "Buy", "survey": "s"} for n in range(10)] + [
        {"writer": 10, "stage": "Care", "survey": "s"}
    ]
    empty = {"stage": ""}

    def shown(rows: list[dict], *columns: str) -> list[dict]:
        return beside(rows, told_of(rows, columns, empty), empty)

    told = shown(rows, "stage", "survey")
    assert {row["stage"] for row in told} == {""} and {row["survey"] for row in told} == {"s"}
    more = rows + [{"writer": n, "stage": "", "survey": "s"} for n in range(11, 18)]
    assert [row["stage"] for row in shown(more, "stage")] == ["Buy"] * 10 + [""] * 8
    two = [{"writer": n % 8, "stage": "Buy"} for n in range(16)] + [
        {"writer": n, "stage": "Care"} for n in range(8, 16)
    ]
    assert shown(two, "stage") == two
    often = [{"writer": 1, "stage": "Buy"} for _ in range(20)]
    assert {row["stage"] for row in shown(often, "stage")} == {""}
    one = [{"writer": n, "stage": ("Buy", "Care")[n % 2]} for n in range(40)] + [{"writer": 40, "stage": ""}]
    assert (
        shown(one, "stage") == one
    )  # that nobody knows of one takes nothing away, as a cell withheld in a table would


def test_a_viewer_of_groups_is_told_topics_of_whole_quarters_without_filters(built):
    """Topics of two periods that differ by a week with one writer would tell what that writer wrote about, and so would a filter."""
    seen = viewed(built.store.generation(), Rights())
    week, more = (
        voice(Query((), "Purchase", start=day, end=date(2026, 3, 8)), seen)
        for day in (date(2026, 3, 2), date(2026, 2, 23))
    )
    assert (
        (week.query.start, week.query.end)
        == (more.query.start, more.query.end)
        == (date(2025, 12, 15), date(2026, 3, 15))
    )
    assert week.topics == more.topics and {topic.name for topic in week.topics} >= {"Delivery", "Fee"}
    asked = Query((), "Purchase", filters=(("language", "en"),))
    for told in (voice(asked, seen), complaint_box(asked, seen)):
        assert told.refused.code is ReasonCode.TELLS_OTHERS
    assert not voice(asked, viewed(built.store.generation(), Rights(see_persons=True))).refused


def test_a_topic_names_its_stage_only_to_who_may_see_it(built):
    seen = viewed(built.store.generation(), Rights(grants=(Grant(stages=("Buy",)),)))
    about = {row["topic"]: row["about"] for row in ask_rows(seen, "voice_topics", {})}
    assert (about["Delivery"], about["Fee"], about["Shop"]) == ("", "Buy", "Shop")


def test_weeks_share_what_sampling_does_not_explain():
    """Thirty weeks of 100 rows: shares that move by sampling alone share nothing; those that jump by ±.2 share about .04."""
    n = np.full(30, 100.0)
    still = shared_by_weeks(np.full(30, 50.0), n, 0.25)
    moved = shared_by_weeks(np.where(np.arange(30) % 2, 70.0, 30.0), n, 0.25)
    assert still.variance == 0 and moved.variance == pytest.approx(0.04, abs=0.003)
    assert moved.carried == 0 and moved.of_difference(4) == pytest.approx(2 * moved.variance / 4)
    assert shared_by_weeks(n[:25] / 2, n[:25], 0.25) is None


def test_the_command_says_it_as_text_and_json(built, capsys):
    store = str(built.folder / "store")
    assert main(["voice", "--store", store, "--all"]) == 0
    said = capsys.readouterr().out
    assert "Most people write about Delivery: 39 % of 130 texts" in said and "Asked about Buy" in said
    assert main(["voice", "--store", store, "--all", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["complaint_box"]["pairs"][0]["people"] == 16
    assert {row["topic"] for row in record["topics"]} >= {"Delivery", "Fee"}


def test_the_topics_of_a_store_are_a_file_to_go_on_from(built, tmp_path, capsys):
    """What is printed can be put beside sources.toml as it is, with what was found."""
    assert data_main(["topics", "--store", str(built.folder / "store")]) == 0
    (tmp_path / "topics.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    again = load_topics(tmp_path / "topics.toml", ("Choose", "Buy", "Use"))
    assert [topic.name for topic in again[:3]] == ["Delivery", "Fee", "Shop"] and len(again) > 3
    assert (again[0].stage, again[2].place, again[0].words) == ("Use", "Shop", {"en": ("courier", "deliver*")})


def test_a_change_is_judged_only_where_the_weeks_are_known(built):
    """Two days of data: the difference stands, and no week is known to judge it by."""
    made = ask(built, start=date(2026, 3, 2), end=date(2026, 3, 2), compare="previous")
    assert made.before == (date(2026, 3, 1), date(2026, 3, 1))
    assert all(topic.share_change is None for topic in made.topics), "one person wrote the day before"


def test_where_somebody_last_was_is_not_what_they_were_asked_about(built, monkeypatch):
    """A stage that is only the last one visited before is a guess: as in every test of stages, it is left out."""

    def guessed(query, generation):
        return texts(query, generation).assign(stage_basis=lambda rows: rows["survey"].map({"browse": "last_stage"}))

    assert "Choose" in complaint_box(Query((), "Purchase"), built.store.generation()).asked
    monkeypatch.setattr("metrics.analyses.voice.box.texts", guessed)
    assert "Choose" not in complaint_box(Query((), "Purchase"), built.store.generation()).asked
