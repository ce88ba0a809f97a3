"""Causes of a stage in sentences: what goes with unhappiness, how much, among whom, how sure. Never a word of cause for what was only observed."""

from collections.abc import Callable

from metrics.analyses.causes.arms import UNEVEN
from metrics.analyses.causes.model import WRITTEN, Cause, Echo, Grade, Kind, StageCauses
from metrics.codes import WarningCode
from metrics.statistics.core import Estimate
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts

PLACES = {
    "web": say("words.cause_words.on_the_web"),
    "app": say("words.cause_words.in_the_app"),
    "phone": say("words.cause_words.by_phone"),
    "store": say("words.cause_words.in_the_store"),
}
FRICTION = {
    "error": say("words.cause_words.met_an_error"),
    "rage_click": say("words.cause_words.clicked_again_and_again_on_one"),
    "dead_click": say("words.cause_words.clicked_where_nothing_happened"),
    "backtrack": say("words.cause_words.went_back"),
    "goal_missed": say("words.cause_words.did_not_get_it_done"),
}
WAITING = {
    "visit": say("words.cause_words.spent_long_on_it_the_longest"),
    "delivery": say("words.cause_words.waited_long_for_the_delivery_the"),
    "reply": say("words.cause_words.waited_more_than_24_hours_for"),
}
# What those who met it did or met, after "people who …".
MET: dict[Kind, Callable[[str, str], str]] = {
    Kind.PROMISE_SAID: lambda name, part: say("words.cause_words.say_was_not_kept", name=name),
    Kind.PROMISE: lambda name, part: say("words.cause_words.had_the_promise_broken", name=name),
    Kind.FRICTION: lambda name, part: FRICTION.get(name, say("words.cause_words.met", name=name)),
    Kind.WAITING: lambda name, part: WAITING.get(name, say("words.cause_words.waited", name=name)),
    Kind.PAGE: lambda name, part: say("words.cause_words.saw", name=name),
    Kind.REASON: lambda name, part: say("words.cause_words.had_asked_for_help", part=words.part("category", name)),
    Kind.CARRIER: lambda name, part: say("words.cause_words.had_it_brought_by", name=name),
    Kind.CHANNEL: lambda name, part: say("words.cause_words.came", name=PLACES.get(name, "by " + name)),
    Kind.DEVICE: lambda name, part: say("words.cause_words.used_a_device", name=name),
    Kind.RELEASE: lambda name, part: say("words.cause_words.used_release", name=name),
    Kind.ARM: lambda name, part: say("words.cause_words.were_in_of_the_experiment", part=part, name=name),
    Kind.WORD: lambda name, part: say("words.cause_words.wrote", name=name),
    Kind.TOPIC: lambda name, part: say("words.cause_words.wrote_about", name=name),
}
GRADES = {
    Grade.EXPERIMENT: "experiment",
    Grade.MATCHED: say("words.cause_words.matched_not_proven"),
    Grade.CORRELATIONAL: say("words.cause_words.goes_together_nothing_more_is_known"),
    Grade.SAID: say("words.cause_words.said_by_the_same_people_in"),
}
HELD = {
    "way": say("words.cause_words.way_of_asking"),
    "task": "task",
    "touch_channel": say("words.cause_words.channel"),
    "segment": "segment",
    "customer": say("words.cause_words.customers_and_others"),
    "quarter": say("words.cause_words.quarter_of_the_year"),
}


def exposure_clause(cause: Cause | Echo) -> str:
    """What people met, as it follows “people who”."""
    return MET[cause.kind](cause.name, cause.part)


def name(cause: Cause | Echo) -> str:
    """The same as a heading."""
    text = exposure_clause(cause)
    return words.capitalised(text)


def title(causes: StageCauses) -> str:
    """The strongest, or that nothing holds."""
    if causes.refused:
        return say("words.cause_words.what_goes_with_unhappiness_in", stage=causes.stage)
    if not causes.causes:
        return say("words.cause_words.nothing_measured_surely_goes_with_unhappiness", stage=causes.stage)
    top = causes.causes[0]
    shares = {"unhappy": numbers.percent(top.unhappy), "unhappy_else": numbers.percent(top.unhappy_else)}
    if top.kind in WRITTEN:
        return say(
            "words.cause_words.in_of_those_who_wrote_are_unhappy",
            stage=causes.stage,
            met=exposure_clause(top),
            **shares,
        )
    return say("words.cause_words.in_of_those_who_are_unhappy", stage=causes.stage, met=exposure_clause(top), **shares)


def population(causes: StageCauses) -> str:
    """Who is unhappy, over which days, and what was looked at; or why nothing is looked for."""
    if causes.refused:
        return say("words.cause_words.not_looked_for", reason_text=reason_text(causes.refused))
    text = say(
        "words.cause_words.of_answers_are_unhappy_decides",
        unhappy=numbers.percent(causes.unhappy / causes.answers),
        answers=numbers.whole(causes.answers),
        outcome=causes.outcome.upper(),
        span=words.span(causes.query.start, causes.query.end),
    )
    return text if causes.causes else f"{text} {_looked(causes)}"


def subtitle(causes: StageCauses) -> str:
    """The same, and what the bars are."""
    if not causes.causes:
        return population(causes)
    return say(
        "words.cause_words.bar_how_many_points_more_of",
        counted=population(causes),
        level=numbers.percent(causes.query.level),
    )


def native_caption(causes: StageCauses) -> str:
    """What a native chart of it shows."""
    if causes.refused or not causes.causes:
        return subtitle(causes)
    return say(
        "words.cause_words.share_of_unhappy_people_who_met",
        level=numbers.percent(causes.query.level),
        span=words.span(causes.query.start, causes.query.end),
    )


def _looked(causes: StageCauses) -> str:
    if not causes.scanned:
        return say("words.cause_words.too_few_met_any_one_thing")
    return say("words.cause_words.things_measured_were_looked_at_together", scanned=causes.scanned)


def points(estimate: Estimate) -> str:
    """+19 points (14 to 24)."""
    sign = numbers.difference(estimate.value, "rate")
    return f"{'+' if (estimate.value or 0) > 0 else ''}{sign} ({words.interval(estimate.low, estimate.high, 'rate')})"


def size(cause: Cause) -> str:
    """How many, how unhappy they are and the others, and which part of the unhappy they are."""
    whose = (
        say("words.cause_words.the_experiment_holds") if cause.kind is Kind.ARM else say("words.cause_words.known_of")
    )
    known = (
        ""
        if cause.known > 0.995
        else say("words.cause_words.of_the_answers", whose=whose, known=numbers.percent(cause.known))
    )
    return say(
        "words.cause_words.people_of_the_unhappy_of_them",
        persons=numbers.whole(cause.persons),
        covers=covered(cause),
        known=known,
        unhappy=numbers.percent(cause.unhappy),
        unhappy_else=numbers.percent(cause.unhappy_else),
    )


def covered(cause: Cause) -> str:
    """Which part of the unhappy met it: of all of them, of those of whom it is known, or of those who wrote."""
    share = numbers.percent(cause.covers)
    if cause.kind in WRITTEN:
        return say("words.cause_words.of_the_unhappy_who_wrote", share=share)
    if cause.known > 0.995 or cause.kind is Kind.ARM:
        return say("words.cause_words.of_the_unhappy", share=share)
    return say("words.cause_words.of_the_unhappy_known", share=share)


def held_equal(cause: Cause) -> str:
    """What was held equal, and of whom."""
    left = (
        ""
        if cause.compared > 0.995
        else say("words.cause_words.have_their_like", compared=numbers.percent(cause.compared))
    )
    text = say("words.cause_words.held_equal", listed=words.listed([HELD[one] for one in cause.held]), left=left)
    if cause.caution == UNEVEN:
        text += say("words.cause_words.the_arms_answered_in_other_numbers")
    return text


def evidence(cause: Cause) -> str:
    """The grade and what was held equal."""
    return f"{GRADES[cause.grade]}; {held_equal(cause)}"


def shared(cause: Cause, causes: StageCauses) -> list[str]:
    """What it shares with the others of the list, and what is left of it beside those above; nothing where it is alone."""
    said = [
        say(
            "words.cause_words.of_them_also",
            share=numbers.percent(one.share),
            met=exposure_clause(causes.causes[one.place]),
        )
        for one in cause.overlaps
        if one.share is not None and one.share >= 0.05
    ]
    if cause.beside is not None and cause.beside.value is not None and cause.beside.low is not None:
        said.append(say("words.cause_words.with_those_above_held_equal_as", points=points(cause.beside)))
    return said


def echo_sentence(echo: Echo, causes: StageCauses) -> str:
    """What goes along with a cause and adds nothing to it."""
    return say(
        "words.cause_words.people_who_are_not_unhappier_once",
        met=exposure_clause(echo),
        met2=exposure_clause(causes.causes[echo.place]),
    )


def footnote(causes: StageCauses) -> str:
    """How it was found."""
    if causes.refused or not causes.scanned:
        return ""
    said = [echo_sentence(one, causes) for one in causes.echoes]
    if causes.causes:
        said.append(say("words.cause_words.ranked_by_the_low_end_people", scanned=causes.scanned))
        said.append(say("words.cause_words.people_who_differ_in_what_nobody"))
    said += [say("words.cause_words.exploratory_a_filtered_view_corrected_for")] if causes.query.filters else []
    said += [
        words.capitalised(text)
        for text in warning_texts(one for one in causes.warnings if one.code is not WarningCode.SIMULATED)
    ]
    return ". ".join(said) + "." if said else ""


def claim(causes: StageCauses) -> str:
    """The strongest cause as a sentence beside a finding: who, and how unhappy they are beside the others."""
    top = causes.causes[0]
    share = numbers.percent(top.answers / (top.known * causes.answers))
    return say(
        "words.cause_words.of_them_are_unhappy_of_the",
        share=share,
        met=exposure_clause(top),
        unhappy=numbers.percent(top.unhappy),
        unhappy_else=numbers.percent(top.unhappy_else),
    )


def proof(causes: StageCauses) -> str:
    """The numbers behind that sentence."""
    top = causes.causes[0]
    found = top.difference
    return say(
        "words.cause_words.more_of_them_n_are_unhappy",
        over=words.over(causes.query.start, causes.query.end),
        value=numbers.difference(found.value, "rate"),
        interval=words.interval(found.low, found.high, "rate"),
        answers=numbers.whole(top.answers),
        grades=GRADES[top.grade],
    )


def next_step(causes: StageCauses) -> str:
    """What an owner can do next about the strongest cause."""
    top = causes.causes[0]
    if top.kind in (Kind.PROMISE_SAID, Kind.PROMISE):
        return say("words.cause_words.see_where_says_and_what_people", stage=causes.stage, name=top.name)
    return say("words.cause_words.see_what_those_meet_who_in", met=exposure_clause(top), stage=causes.stage)
