"""A portfolio in words: what each line is, how it is known, what it is worth alone and beside the others."""

from __future__ import annotations

from dataclasses import replace

from metrics.analyses.case.case import Case, Grade, Removes
from metrics.analyses.case.routes import Gain
from metrics.analyses.causes.model import Cause
from metrics.analyses.causes.quotes import Quote
from metrics.analyses.portfolio.model import Gap, Ground, Portfolio, Stake
from metrics.analyses.portfolio.of_causes import Beside
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


def label(stake: Stake) -> str:
    """What a line does away with."""
    if stake.cause is not None:
        return say("words.portfolio_words.unhappy_people_who", met=cause_words.exposure_clause(stake.cause))
    if stake.ground is Ground.FRICTION:
        return say("words.portfolio_words.all_friction")
    less = case_words.LESS[stake.removes]
    if stake.target is None:
        return less
    target = words.level(stake.target.target, stake.target.definition)
    return say("words.portfolio_words.to_target", less=less, short=stake.target.definition.short, target=target)


def money(outcome: Outcome) -> str:
    """P10 to P90, `nothing to €5,800` where it may be nothing."""
    if outcome.p10 is None or outcome.p90 is None:
        return "–"
    if outcome.p90 <= 0:
        return say("words.portfolio_words.nothing")
    low = say("words.portfolio_words.nothing") if outcome.p10 <= 0 else case_words.money(outcome.p10)
    return say("words.case_words.to", money=low, money2=case_words.money(outcome.p90))


def people(stake: Stake) -> str:
    """`40 to 90 no longer unhappy`."""
    found = stake.people
    if found.p10 is not None and found.p10 < 0:  # below nothing is nothing
        found = replace(found, p10=0.0, p90=max(found.p90 or 0.0, 0.0))
    return say("words.portfolio_words.people", count=case_words.count_range(found), said=PEOPLE[stake.removes])


def evidence(stake: Stake) -> str:
    """The evidence for the cause, and the weakest step to the money."""
    if stake.by_definition:
        return say("words.portfolio_words.finishing_is_buying")
    grade = case_words.GRADE_NAMES[stake.grade]
    if stake.cause is None:
        return grade
    return _chain(stake.cause, stake.grade)


def _chain(cause: Cause, grade: Grade) -> str:
    """The evidence for the cause, then for what it costs."""
    return say(
        "words.portfolio_words.cause_then_leaving", evidence=str(cause.grade), grade=case_words.GRADE_NAMES[grade]
    )


def row(stake: Stake) -> list[str]:
    """A line as cells under HEADS."""
    gain = say("words.portfolio_words.time_set_free") if stake.gain is Gain.COST else ""
    text = label(stake)
    return [
        words.capitalised(text),
        stake.stage,
        money(stake.more) + gain,
        money(stake.alone),
        people(stake),
        evidence(stake),
    ]


def beside(stake: Stake) -> str:
    """What a line is alone, for whom, how it is known, and what of it the lines above claim."""
    said = [say("words.portfolio_words.alone_worth", money=money(stake.alone)), people(stake), evidence(stake)]
    if stake.kept < 0.995:
        said.insert(1, say("words.portfolio_words.claimed_above", part=numbers.percent(1 - stake.kept)))
    return " · ".join(said)


def title(portfolio: Portfolio) -> str:
    """Where the next euro goes, in one sentence."""
    if not portfolio.stakes:
        return say("words.portfolio_words.nothing_can_be_valued")
    first = portfolio.stakes[0]
    return say(
        "words.portfolio_words.the_next_euro_goes_to", stage=first.stage, label=label(first), money=money(first.more)
    )


def standfirst(portfolio: Portfolio) -> str:
    """All of them together, and that nobody's money is counted twice."""
    span = numbers.span(portfolio.period.start, portfolio.period.end)
    if not portfolio.stakes:
        return say("words.portfolio_words.measured", span=span)
    parts = []
    if portfolio.margin.p50 is not None:
        parts.append(say("words.portfolio_words.of_margin", money=money(portfolio.margin)))
    if portfolio.capacity.p50 is not None:
        parts.append(say("words.portfolio_words.of_time", money=money(portfolio.capacity)))
    return say("words.portfolio_words.together", parts=words.listed(parts), span=span)


def method() -> str:
    """How the lines are ranked and why they do not add up."""
    return say("words.portfolio_words.ranked_by")


def missing(portfolio: Portfolio) -> list[str]:
    """What would have to be set, asked or recorded, the same reason once."""
    found: dict[str, list[str]] = {}
    for gap in portfolio.missing:
        found.setdefault(_why(gap), []).append(gap.stage)
    return [
        say("words.portfolio_words.missing_in", stages=words.listed(list(dict.fromkeys(stages))), why=why)
        for why, stages in found.items()
    ]


def _why(gap: Gap) -> str:
    return f"{case_words.LESS[gap.removes]}: {reason_text(gap.reason)}"


def case_of(stake: Stake, journey: str) -> Case:
    """The line as a business case of its own: what it is worth alone, with everything that can be changed about it."""
    text = label(stake)
    name = words.capitalised(text)
    if stake.ground is Ground.TARGET and stake.target is not None:
        metric, target = stake.target.definition.id, stake.target.target
        return Case(name, stake.stage, stake.removes, journey, None, metric, target)
    return Case(name, stake.stage, stake.removes, journey, round(stake.share, 4))


def cause_amount(beside: Beside) -> str:
    """`€60 to €720` a year, nothing where it cannot be said."""
    return "" if beside.missing or beside.grade is None else money(beside.amount)


def cause_worth(cause: Cause, beside: Beside) -> str:
    """What a year is worth if nobody met the cause any more, with its grade; or what is missing to say it."""
    if beside.missing is not None:
        return say("words.portfolio_words.worth_cannot_be_said", why=reason_text(beside.missing))
    if beside.grade is None or beside.period is None:
        return ""
    return say(
        "words.portfolio_words.margin_if_it_went_away",
        money=money(beside.amount),
        evidence=_chain(cause, beside.grade),
        span=numbers.span(beside.period.start, beside.period.end),
    )


def cause_quote(quote: Quote) -> str:
    """Whose words a quote is, and how it was drawn."""
    return say("words.portfolio_words.drawn_of", writers=numbers.whole(quote.writers))
