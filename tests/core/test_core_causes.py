"""What goes with unhappiness: compared within what is held equal, only what was met before, silent where nothing holds."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from commands.metrics import main
from data.errors import UserError
from data.store.opened import GROUPS
from metrics.analyses.causes import gather, judge
from metrics.analyses.causes.find import causes
from metrics.analyses.causes.gather import Candidate
from metrics.analyses.causes.model import Grade, Kind
from metrics.analyses.causes.quotes import quotes
from metrics.analyses.causes.words import words_of
from metrics.codes import ReasonCode
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import viewed
from report.words import cause_words

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    tickets = ["*"]

    [[journey.stage]]
    name = "Use"
    paths = ["/use*"]
    surveys = ["usage"]

    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"

    [[survey]]
    name = "usage"
    kind = "transactional"
    trigger = "random"

    [[promise]]
    name = "The price"
    stage = "Buy"
    felt = "answers: checkout/price = yes"
"""
# task  price as promised  unhappy  of
CELLS = (("easy", "yes", 32, 160), ("easy", "no", 20, 40), ("hard", "yes", 16, 40), ("hard", "no", 96, 160))


def tables() -> dict[str, str]:
    """Each person orders once by web or app, in turn, and answers once. Whoever is unhappy asks for help the day after; every fourth asked
    the day before. Of stage Use twelve people answered."""
    orders = ["order_id  customer_id  ordered_at  touch_channel  task"]
    answers = [
        "response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score  choice  order_id"
    ]
    tickets = ["ticket_id  customer_id  created_at  category"]
    for task, kept, unhappy, count in CELLS:
        for n in range(count):
            who = f"{task}{kept}{n}"
            orders.append(f"o{who}  {who}  2026-03-02T10:00  {('web', 'app')[n % 2]}  {task}")
            answers.append(
                f"r{who}  {who}  2026-03-04T10:00  checkout  q1  csat  1  5  {2 if n < unhappy else 5}  -  o{who}"
            )
            answers.append(f"r{who}  {who}  2026-03-04T10:00  checkout  price  -  -  -  -  {kept}  o{who}")
            if n < unhappy:
                tickets.append(f"a{who}  {who}  2026-03-05T10:00  complaint")
            if n % 4 == 0:
                tickets.append(f"b{who}  {who}  2026-03-03T10:00  invoice")
    answers += [f"u{n}  u{n}  2026-03-04T10:00  usage  q1  csat  1  5  {1 + n % 5}  -  -" for n in range(12)]
    return {"orders": "\n".join(orders), "survey_answers": "\n".join(answers), "support_tickets": "\n".join(tickets)}


@pytest.fixture(scope="module")
def built(module_company):
    return module_company(journey=JOURNEY, **tables())


def found(built, **query):
    return causes(Query((), **({"stages": ("Buy",)} | query)), built.store.generation())


def test_the_difference_is_that_within_the_same_task(built):
    """As counted 116 of 200 against 48 of 200: 34 points. Easy .5 − .2, hard .6 − .4, both weigh 32: 25 points."""
    made = found(built)
    (one,) = made.causes
    assert (one.kind, one.name, one.grade) == (Kind.PROMISE_SAID, "The price", Grade.SAID)
    assert (one.persons, one.answers, one.known, one.affected) == (200, 200, 1.0, 200)
    assert (one.unhappy, one.unhappy_else) == (0.58, 0.24)
    assert one.difference.value == pytest.approx(0.25) and one.difference.low > 0.1
    assert one.covers == pytest.approx(116 / 164) and one.rank == pytest.approx(200 * one.difference.low)
    assert {"way", "task"} <= set(one.held) and one.compared == 1.0
    assert (made.outcome, made.answers, made.persons, made.unhappy) == ("csat", 400, 400, 164)


def test_what_comes_after_the_answer_is_no_cause(built):
    """All 164 unhappy ask for help the day after: told of nobody, since it came after. Those who asked the day before were looked at."""
    made = found(built)
    assert [one.name for one in made.causes] == ["The price"]
    assert made.scanned == 3  # price, invoice, and web or app, which are one comparison


def test_too_few_answers_say_so(built):
    made = found(built, stages=("Use",))
    assert made.refused.code is ReasonCode.FEW_PEOPLE and made.causes == ()


def test_a_filter_holds_or_is_refused(built):
    """Of easy orders only .5 − .2; a filter that answers do not have is never ignored."""
    (one,) = found(built, filters=(("task", "easy"),)).causes
    assert (one.answers, one.difference.value) == (40, pytest.approx(0.3))
    assert found(built, filters=(("carrier", "X"),)).refused.code is ReasonCode.NO_SUCH_BREAKDOWN


def test_one_stage_must_be_named(built):
    with pytest.raises(UserError, match="one stage"):
        found(built, stages=())


def test_confidential_rounds(built):
    (one,) = found(built, confidential=True).causes
    assert (one.persons, one.answers % 5, one.unhappy, round(100 * one.difference.low) % 1) == (200, 0, 0.58, 0)


def test_a_viewer_of_groups_is_told_whole_quarters(built):
    """Two periods of one's own that differ by a day would tell of the people of that day; who sees single persons has the days asked for."""
    days = [{"start": date(2026, 3, 3), "end": date(2026, 3, 8 + n)} for n in (0, 1)]
    asked = [Query((), stages=("Buy",), **one) for one in days]
    one, other = (causes(query, replace(built.store.generation(), shows=GROUPS)) for query in asked)
    assert one == other and one.query.start < days[0]["start"]
    assert [found(built, **each).query.end for each in days] == [each["end"] for each in days]


def test_the_command_says_it_in_words_and_as_json(built, capsys):
    assert main(["causes", "--stage", "Buy", "--store", str(built.store.path), "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["finding"] == "In Buy, 58 % of those who say “The price” was not kept are unhappy, 24 % of the others"
    (one,) = made["causes"]
    assert (one["kind"], one["n"], one["evidence"]) == ("promise_said", 200, "said")
    assert one["difference"] == pytest.approx(0.25) and one["overlaps"] == {}
    assert main(["causes", "--stage", "Buy", "--store", str(built.store.path)]) == 0
    assert "+25.0 points" in capsys.readouterr().out
    assert main(["causes", "--store", str(built.store.path)]) == 2


def frame(n: int = 800, seed: int = 3) -> tuple[pd.DataFrame, np.ndarray]:
    """Answers of one way of asking and one task, and a fair random choice for each."""
    random = np.random.default_rng(seed)
    rows = pd.DataFrame({name: ["same"] * n for name in judge.HELD} | {"person_id": range(n), "current": True})
    rows["person_group"] = rows["person_id"] % 40
    return rows, random.random((4, n))


def told(rows: pd.DataFrame, *candidates: Candidate):
    return judge.ranked(rows, judge.tested_candidates(rows, list(candidates), 0.95), 0.95)


def everywhere(kind: Kind, name: str, met: np.ndarray) -> Candidate:
    return Candidate(kind, name, "", np.ones(len(met), dtype=bool), met)


def test_what_only_goes_along_is_told_apart():
    """Late parcels make unhappy; a page is seen mostly by those whose parcel is late, and makes nobody unhappy."""
    rows, draw = frame()
    late = draw[0] < 0.4
    page = draw[1] < np.where(late, 0.7, 0.1)
    rows["unhappy"] = (draw[2] < np.where(late, 0.7, 0.2)).astype(int)
    made, echoes = told(rows, everywhere(Kind.PAGE, "/track", page), everywhere(Kind.PROMISE, "On the day", late))
    assert [one.name for one in made] == ["On the day"]
    assert [(one.name, one.place) for one in echoes] == [("/track", 0)]
    assert made[0].grade is Grade.MATCHED


def test_two_causes_show_what_they_share():
    """Both make unhappy by themselves; a third of those with the one met the other, and each stands with the other held equal."""
    rows, draw = frame(1600)
    late, error = draw[0] < 0.3, draw[1] < 0.3
    rows["unhappy"] = (draw[2] < 0.15 + 0.4 * late + 0.25 * error).astype(int)
    made, echoes = told(rows, everywhere(Kind.FRICTION, "error", error), everywhere(Kind.PROMISE, "On the day", late))
    assert [one.name for one in made] == ["On the day", "error"] and not echoes
    assert made[0].beside is None and made[1].beside.value == pytest.approx(0.25, abs=0.08)
    (shared,) = made[1].overlaps
    assert shared.place == 0 and shared.share == pytest.approx((late & error).sum() / error.sum())


def test_the_earlier_is_not_explained_away_by_what_was_said_later():
    """Late parcels are what makes people say they were late: the said holds more people and stands first, the late still is a cause."""
    rows, draw = frame(1600)
    late = draw[0] < 0.3
    said = late | (draw[1] < 0.25)
    rows["unhappy"] = (draw[2] < 0.1 + 0.6 * said).astype(int)
    made, echoes = told(rows, everywhere(Kind.PROMISE, "day", late), everywhere(Kind.PROMISE_SAID, "day", said))
    assert [one.kind for one in made] == [Kind.PROMISE_SAID, Kind.PROMISE] and not echoes
    assert made[1].beside is None


def test_noise_a_small_difference_and_a_thing_of_the_past_are_silent():
    rows, draw = frame(1600)
    rows["unhappy"] = (draw[2] < 0.3).astype(int)
    assert told(rows, everywhere(Kind.PAGE, "/a", draw[0] < 0.3), everywhere(Kind.PAGE, "/b", draw[1] < 0.5)) == (
        (),
        (),
    )
    met = draw[0] < 0.3
    rows["unhappy"] = (draw[2] < 0.2 + 0.5 * met).astype(int)
    rows["current"] = ~met
    assert told(rows, everywhere(Kind.PAGE, "/gone", met)) == ((), ())


def test_unknown_is_not_unmet():
    """Known of half the answers only: the others count on neither side, and people affected are scaled to all who answered."""
    rows, draw = frame(1600)
    known = draw[3] < 0.5
    met = known & (draw[0] < 0.4)
    rows["unhappy"] = np.where(known, draw[2] < 0.1 + 0.5 * met, True).astype(int)  # all others unhappy
    (one,) = told(rows, Candidate(Kind.FRICTION, "error", "", known, met))[0]
    assert one.known == pytest.approx(known.mean()) and one.unhappy_else == pytest.approx(0.1, abs=0.05)
    assert one.affected == round(met.sum() / known.sum() * 1600)


def test_words_say_what_not_how_bad():
    """Words that judge, bind or are short are no topics; the others come with the comments that hold them."""
    found = words_of(
        [("a", "Terrible delivery, the parcel was late"), ("b", "Delivery was good and the parcel nice"), ("c", "ok")]
    )
    assert found == {"delivery": {"a", "b"}, "parcel": {"a", "b"}}


def test_sentences_hold_no_word_of_cause(built):
    made = found(built)
    text = " ".join(
        [cause_words.title(made), cause_words.subtitle(made), cause_words.footnote(made), cause_words.claim(made)]
    )
    assert not any(word in text.lower() for word in ("cause", "drive", "because", "due to", "leads to"))
    nothing = replace(made, causes=())
    assert cause_words.title(nothing) == "Nothing measured surely goes with unhappiness in Buy"


def test_pages_are_those_most_answers_saw_of_the_answers_asked_about():
    """Of five answers one was tied to no visit; what answers of other stages and days saw is not looked at. Of pages as many saw, the
    first by name."""
    rows = pd.DataFrame({"answer_key": ["a", "b", "c", "d", "e"]})
    many = [(key, f"/{place:02}") for place in range(gather.MOST_PAGES) for key in "ab"]
    seen = pd.DataFrame(
        [("z", ""), ("z", "/x"), *((key, "") for key in "dcba"), *many, ("c", "/b"), ("d", "/a")],
        columns=["answer_key", "page"],
    )
    found = list(gather._pages(rows, seen.sample(frac=1, random_state=1)))
    assert [one.name for one in found] == [f"/{place:02}" for place in range(gather.MOST_PAGES)]
    fewer = list(gather._pages(rows, seen[~seen["page"].isin(["/00", "/01"])]))
    assert [one.name for one in fewer][-2:] == ["/a", "/b"]
    for one in fewer:
        assert one.known.tolist() == [True, True, True, True, False]
    assert fewer[-2].met.tolist() == [False, False, False, True, False]
    assert fewer[0].met.tolist() == [True, True, False, False, False]


def test_who_wrote_nothing_is_no_sample_of_those_who_wrote():
    """A hundred and twenty of eight hundred wrote: the sixty who wrote of it stand for nobody else."""
    rows, draw = frame()
    unhappy = draw[0] < 0.4
    rows["unhappy"] = unhappy.astype(int)
    known = np.zeros(len(rows), dtype=bool)
    known[np.concatenate([np.flatnonzero(unhappy)[:60], np.flatnonzero(~unhappy)[:60]])] = True
    met = known & unhappy
    (cause,), _ = told(rows, Candidate(Kind.WORD, "delivery", "", known, met))
    assert cause.affected == cause.persons
    assert cause_words.covered(cause) == "100 % of the unhappy who wrote"
    (asked,), _ = told(rows, Candidate(Kind.PROMISE_SAID, "price", "", known, met))
    assert asked.affected > asked.persons
    assert cause_words.covered(asked) == "100 % of the unhappy of whom it is known"


def written() -> str:
    """Forty people write about the delivery, 32 of them unhappy; forty about the colour, 7 of them unhappy."""
    lines = [
        "response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score  comment"
    ]
    for about, unhappy in (("my delivery came on thursday", 32), ("the sofa is of a green colour", 7)):
        for n in range(40):
            who = f"{about[3]}{n}"
            lines.append(
                f"r{who}  {who}  2026-03-04T10:00  checkout  q1  csat  1  5  {2 if n < unhappy else 5}  {about} {n}"
            )
    return "\n".join(lines)


def test_topics_are_looked_at_and_a_customer_says_it_where_eight_wrote(module_company, capsys):
    """80 % of those who wrote about the delivery are unhappy, 17.5 % of the others who wrote: a topic stands for who wrote, and its quote is
    one of theirs, drawn of 32 people. Who may not read comments gets none."""
    whole = module_company(journey=JOURNEY, survey_answers=written()).store
    query = Query((), stages=("Buy",))
    made = causes(query, whole.generation())
    (one,) = [cause for cause in made.causes if cause.kind is Kind.TOPIC]
    assert (one.name, one.grade, one.persons, one.affected) == ("Delivery", Grade.SAID, 40, 40)
    assert one.difference.value == pytest.approx(0.625)
    place = made.causes.index(one)
    quote = quotes(query, made, whole.generation())[place]
    assert quote.comment.startswith("my delivery") and (quote.writers, quote.score) == (32, 2)
    few = replace(
        made, causes=(replace(one, kind=Kind.WORD, name="green"), replace(one, kind=Kind.WORD, name="thursday"))
    )
    seven, many = quotes(query, few, viewed(whole.generation(), Rights()))
    assert seven is None and many.day is None and many.writers == 30
    assert quotes(query, few, viewed(whole.generation(), Rights(see_persons=True)))[0].writers == 7
    silent = viewed(whole.generation(), Rights(grants=(Grant(comments=False),)))
    assert set(quotes(query, made, silent)) == {None}
    assert main(["causes", "--stage", "Buy", "--store", str(whole.path), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["causes"][place]
    assert told["quote"] == quote.comment and told["quote_drawn_of"] == 32
    assert told["worth_p50"] is None and told["worth"].startswith("What it is worth cannot be said: ")
