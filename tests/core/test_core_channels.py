"""Channels at the same task: what is chosen for another task, asked in another way or by too few is not set beside the rest."""

import json

import pytest

import metrics
from commands.metrics import main
from data.errors import UserError
from metrics.analyses.channels import Standing, compare_channels
from metrics.query.query import Query
from report.words.channel_words import finding, small_print
from report.words.reasons import reason_text
from tests.core.company import warned

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    surveys = ["checkout"]
    goal = "event:purchase"

    [[survey]]
    name = "checkout"
    kind = "transactional"
    trigger = "random"
"""
# channel  task  satisfied  of
SIMPSON = (("app", "easy", 180, 200), ("app", "hard", 480, 800), ("web", "easy", 680, 800), ("web", "hard", 100, 200))


def asked(*cells: tuple, via: dict[str, str] | None = None, segments: dict[str, str] | None = None) -> dict[str, str]:
    """Tables in which each person orders once on a channel and rates it 5 or 2: (channel, task, satisfied, answers)."""
    orders = ["order_id  customer_id  ordered_at  touch_channel  task"]
    answers = ["customer_id  responded_at  survey  metric  scale_min  scale_max  score  order_id  asked_via"]
    people = ["customer_id  segment"]
    for channel, task, satisfied, count in cells:
        for n in range(count):
            who = f"{channel}{task}{n}"
            orders.append(f"o{who}  {who}  2026-03-02T10:00  {channel}  {task}")
            answers.append(
                f"{who}  2026-03-03T10:00  checkout  csat  1  5  {5 if n < satisfied else 2}  o{who}  {(via or {}).get(channel, 'email')}"
            )
            people.append(f"{who}  {(segments or {}).get(channel, 'consumer')}")
    return {"orders": "\n".join(orders), "survey_answers": "\n".join(answers), "people": "\n".join(people)}


def of(built, metric: str = "csat_t2b_5", **query):
    return compare_channels(Query((metric,), stages=("Buy",), **query), built.store.generation())


@pytest.fixture(scope="module")
def simpson(module_company):
    return module_company(journey=JOURNEY, **asked(*SIMPSON))


def test_raw_and_standardised_differ_in_sign(simpson):
    """App .66 against web .78 as measured; on the mix 1:1 of easy and hard (.9 + .6)/2 = .75 against (.85 + .5)/2 = .675."""
    made = of(simpson)
    app, web = (next(c for c in made.channels if c.name == name) for name in ("app", "web"))
    assert (app.raw.value, web.raw.value) == pytest.approx((0.66, 0.78))
    assert (app.standardised.value, web.standardised.value) == pytest.approx((0.75, 0.675))
    other = app if made.reference is web else web
    assert other.difference.value == pytest.approx(0.075 if other is app else -0.075)
    assert other.difference.low < other.difference.value < other.difference.high
    # ¼ of .09/200 + .24/800 + .1275/800 + .25/200 is .0232²
    assert other.difference.se == pytest.approx(0.0232, rel=0.25)
    assert other.standing is (Standing.BETTER if other is app else Standing.WORSE)
    assert (
        made.held == ("task", "segment", "customer") and made.outside == pytest.approx(0) and made.asked_otherwise == 0
    )
    assert "points below app at the same task." in finding(made)


def test_a_channel_of_four_people_is_withheld_and_not_compared(company):
    """Nor is the one beside it told, which would give it away; the other two are compared."""
    cells = [("web", "a", 70, 100), ("app", "a", 60, 90), ("store", "a", 30, 40), ("phone", "a", 2, 4)]
    built = company(journey=JOURNEY, **asked(*cells))
    made = of(built)
    hidden = [c for c in made.channels if c.raw.state == "suppressed"]
    assert {c.name for c in hidden} == {"phone", "store"}
    assert all(c.standing is Standing.NOT_COMPARED and c.standardised is None for c in hidden)
    lines = metrics.open(built.store.path).channels("csat_t2b_5", "Buy").set_index("touch_channel")
    assert lines.loc[["phone", "store"], ["measured_value", "n", "value", "diff"]].isna().all(axis=None)
    assert lines.loc["app", "standing"] == "cannot tell" and lines.loc["web", "n"] == 100


def test_with_the_tasks_alike_nothing_is_moved(company):
    """The same mix everywhere: standardised is as measured, .8, .7 and .5; DerSimonian–Laird over three channels."""
    cells = [
        (channel, task, round(rate * 100), 100)
        for channel, rate in (("web", 0.8), ("app", 0.7), ("phone", 0.5))
        for task in ("a", "b")
    ]
    made = of(company(journey=JOURNEY, **asked(*cells)))
    assert {c.name: round(c.standardised.value, 6) for c in made.channels} == {"web": 0.8, "app": 0.7, "phone": 0.5}
    assert made.tau.low < made.tau.value < made.tau.high
    assert made.tau.value == pytest.approx(0.15, abs=0.015)  # SD of .8 .7 .5 is .153, less sampling
    assert any("standard deviation between channels" in line for line in small_print(made))


def test_who_is_asked_in_another_way_is_not_compared(company):
    """Interviews by telephone score higher for being interviews: phone leaves, app and web stay."""
    cells = [("web", "a", 70, 100), ("app", "a", 60, 100), ("phone", "a", 95, 100)]
    made = of(company(journey=JOURNEY, **asked(*cells, via={"phone": "phone"})))
    assert {c.name: c.standing == "not compared" for c in made.channels} == {"web": False, "app": False, "phone": True}
    assert (
        next(reason_text(c.reason) for c in made.channels if c.name == "phone")
        == "asked in another way (checkout by phone)"
    )
    assert "hone" not in finding(made)


def test_no_channel_asked_like_another_is_refused_with_the_reason(company):
    """Phone by telephone, web by e-mail: nothing to set beside each other, and the numbers as measured stay. A survey's name may
    hold any sign."""
    tables = asked(("web", "a", 70, 100), ("phone", "a", 95, 100), via={"phone": "phone"})
    tables["survey_answers"] = tables["survey_answers"].replace("  checkout  ", "  exit | web  ")
    made = of(company(journey=JOURNEY.replace('"checkout"', '"exit | web"'), **tables))
    assert "asked in another way in each channel" in reason_text(
        made.refused
    ) and "phone: exit | web by phone" in reason_text(made.refused)
    assert [c.raw.value for c in made.channels] == [0.95, 0.7] or [c.raw.value for c in made.channels] == [0.7, 0.95]
    assert finding(made) == f"Channels are not compared: {reason_text(made.refused)}."


def test_less_is_held_equal_where_channels_have_other_people(company):
    """B2B comes by phone only: with segment nothing is common, by task all is; what nobody else serves is left out."""
    cells = [
        ("web", "a", 70, 100),
        ("web", "b", 50, 100),
        ("phone", "a", 70, 100),
        ("phone", "b", 50, 90),
        ("phone", "c", 0, 10),
    ]
    made = of(company(journey=JOURNEY, **asked(*cells, segments={"phone": "B2B"})))
    assert made.held == ("task",) and made.outside == pytest.approx(10 / 400)
    assert any("segment, customer" in warning for warning in warned(made))


def test_too_little_in_common_is_refused(company):
    made = of(
        company(journey=JOURNEY, **asked(("web", "a", 70, 100), ("app", "a", 60, 100))),
        filters=(("touch_channel", "web"),),
    )
    assert reason_text(made.refused) == "fewer than two channels with 30 answers each"


def test_alike_is_said_only_within_the_margin(company):
    """Completion .98 of 800 visits each: ± 1.2 points lie within the margin of 2; of 100 visits each nothing can be told."""

    def visits(count: int) -> str:
        lines = ["occurred_at  session_id  customer_id  event_name  url  touch_channel  task"]
        for channel in ("web", "app"):
            for n in range(count):
                who = f"{channel}{n}"
                lines.append(f"2026-03-02T10:00  {who}  {who}  page_view  /checkout  {channel}  sofa")
                lines += [f"2026-03-02T10:05  {who}  {who}  purchase  /checkout  {channel}  sofa"] if n % 50 else []
        return "\n".join(lines)

    many = of(company(journey=JOURNEY, web_events=visits(800)), "completion_rate")
    assert [c.standing for c in many.channels if c is not many.reference] == [Standing.EQUIVALENT]
    assert (
        finding(many) == "App and web are alike at the same task."
        or finding(many) == "Web and app are alike at the same task."
    )


def test_few_answers_say_nothing_of_alike(company):
    made = of(company(journey=JOURNEY, **asked(("web", "a", 70, 100), ("app", "a", 60, 90))))
    assert [c.standing for c in made.channels if c is not made.reference] == [Standing.CANNOT_TELL]
    assert finding(made) == "No channel surely differs from web at the same task."


def test_confidential_tells_whole_steps(simpson):
    made = of(simpson, confidential=True)
    told = [getattr(c.standardised, name) for c in made.channels if c.standardised for name in ("value", "low", "high")]
    assert told and all(round(value * 100, 6) == round(value * 100) for value in told)
    assert all(c.standardised is None or c.standardised.se is None for c in made.channels)


def test_the_command_line_gives_the_same_numbers(simpson, capsys):
    """json, csv and table; a stage is needed, and a file for parquet."""

    def told(*more: str) -> tuple[int, str]:
        code = main(["channels", "csat_t2b_5", "--store", str(simpson.store.path), *more])
        return code, "".join(capsys.readouterr())

    made, said = of(simpson), json.loads(told("--stage", "Buy", "--format", "json")[1])
    assert (
        said["finding"] == finding(made)
        and said["margin"] == 0.03
        and said["held_equal"] == ["task", "segment", "customer"]
    )
    assert [c["value"] for c in said["channels"]] == [c.standardised.value for c in made.channels]
    code, text = told("--where", "stage=Buy", "--format", "csv")
    assert code == 0 and text.startswith("metric,stage,touch_channel,measured_value") and len(text.splitlines()) == 3
    code, text = told("--stage", "Buy")
    assert code == 0 and "as measured" in text and "± 3 points" in text
    assert told() == (2, "error: stage: channels are compared within one stage. For example --stage Buy.\n")
    assert told("--stage", "Buy", "--format", "parquet")[0] == 2


def test_what_is_no_share_mean_or_score_is_refused(simpson):
    assert "no share, mean or score" in reason_text(of(simpson, "dwell_p50").refused)
    with pytest.raises(UserError, match="no such metric"):
        of(simpson, "csat_t2b")
