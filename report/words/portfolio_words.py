"""A portfolio in words: what each line is, how it is known, what it is worth alone and beside the others."""

from __future__ import annotations

from dataclasses import replace

from metrics.analyses.case.case import Case, Removes
from metrics.analyses.case.routes import Gain
from metrics.analyses.portfolio.model import Gap, Ground, Portfolio, Stake
from metrics.statistics.business import Outcome
from report import numbers
from report.text.catalogue import say
from report.words import case_words, cause_words, words
from report.words.reasons import reason_text

HEADS = (
    say("words.portfolio_words.where_the_next_euro_goes"),
    say("words.portfolio_words.in_stage"),
    say("words.portfolio_words.adds_a_year"),
    say("words.portfolio_words.alone"),
    say("words.portfolio_words.people_or_requests"),
    say("words.portfolio_words.how_it_is_known"),
)
PEOPLE = {
    Removes.UNHAPPY: say("words.portfolio_words.no_longer_unhappy"),
    Removes.UNFINISHED: say("words.portfolio_words.more_finish"),
    Removes.FRICTION: say("words.portfolio_words.requests_avoided"),
}


def label(one: Stake) -> str:
    """What a line does away with."""
    if one.cause is not None:
        return say("words.portfolio_words.unhappy_people_who", met=cause_words.met(one.cause))
    if one.ground is Ground.FRICTION:
        return say("words.portfolio_words.all_friction")
    less = case_words.LESS[one.removes]
    if one.target is None:
        return less
    target = words.level(one.target.target, one.target.definition)
    return say("words.portfolio_words.to_target", less=less, short=one.target.definition.short, target=target)


def money(found: Outcome) -> str:
    """P10 to P90, `nothing to €5,800` where it may be nothing."""
    if found.p10 is None or found.p90 is None:
        return "–"
    if found.p90 <= 0:
        return say("words.portfolio_words.nothing")
    low = say("words.portfolio_words.nothing") if found.p10 <= 0 else case_words.money(found.p10)
    return say("words.case_words.to", money=low, money2=case_words.money(found.p90))


def people(one: Stake) -> str:
    """`40 to 90 no longer unhappy`."""
    found = one.people
    if found.p10 is not None and found.p10 < 0:  # below nothing is nothing
        found = replace(found, p10=0.0, p90=max(found.p90 or 0.0, 0.0))
    return say("words.portfolio_words.people", count=case_words.count_range(found), said=PEOPLE[one.removes])


def known(one: Stake) -> str:
    """The evidence for the cause, and the weakest step to the money."""
    if one.by_definition:
        return say("words.portfolio_words.finishing_is_buying")
    grade = case_words.GRADE_NAMES[one.grade]
    if one.cause is None:
        return grade
    return say("words.portfolio_words.cause_then_leaving", evidence=str(one.cause.grade), grade=grade)


def row(one: Stake) -> list[str]:
    """A line as cells under HEADS."""
    gain = say("words.portfolio_words.time_set_free") if one.gain is Gain.COST else ""
    text = label(one)
    return [
        words.capital(text),
        one.stage,
        money(one.more) + gain,
        money(one.alone),
        people(one),
        known(one),
    ]


def beside(one: Stake) -> str:
    """What a line is alone, for whom, how it is known, and what of it the lines above claim."""
    said = [say("words.portfolio_words.alone_worth", money=money(one.alone)), people(one), known(one)]
    if one.kept < 0.995:
        said.insert(1, say("words.portfolio_words.claimed_above", part=numbers.percent(1 - one.kept)))
    return " · ".join(said)


def title(made: Portfolio) -> str:
    """Where the next euro goes, in one sentence."""
    if not made.stakes:
        return say("words.portfolio_words.nothing_can_be_valued")
    first = made.stakes[0]
    return say(
        "words.portfolio_words.the_next_euro_goes_to", stage=first.stage, label=label(first), money=money(first.more)
    )


def standfirst(made: Portfolio) -> str:
    """All of them together, and that nobody's money is counted twice."""
    span = numbers.span(made.period.start, made.period.end)
    if not made.stakes:
        return say("words.portfolio_words.measured", span=span)
    parts = []
    if made.margin.p50 is not None:
        parts.append(say("words.portfolio_words.of_margin", money=money(made.margin)))
    if made.capacity.p50 is not None:
        parts.append(say("words.portfolio_words.of_time", money=money(made.capacity)))
    return say("words.portfolio_words.together", parts=words.listed(parts), span=span)


def method() -> str:
    """How the lines are ranked and why they do not add up."""
    return say("words.portfolio_words.ranked_by")


def missing(made: Portfolio) -> list[str]:
    """What would have to be set, asked or recorded, the same reason once."""
    found: dict[str, list[str]] = {}
    for gap in made.missing:
        found.setdefault(_why(gap), []).append(gap.stage)
    return [
        say("words.portfolio_words.missing_in", stages=words.listed(list(dict.fromkeys(stages))), why=why)
        for why, stages in found.items()
    ]


def _why(gap: Gap) -> str:
    return f"{case_words.LESS[gap.removes]}: {reason_text(gap.reason)}"


def case_of(one: Stake, journey: str) -> Case:
    """The line as a business case of its own: what it is worth alone, with everything that can be changed about it."""
    text = label(one)
    name = words.capital(text)
    if one.ground is Ground.TARGET and one.target is not None:
        metric, target = one.target.definition.id, one.target.target
        return Case(name, one.stage, one.removes, journey, None, metric, target)
    return Case(name, one.stage, one.removes, journey, round(one.share, 4))
