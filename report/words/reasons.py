"""The reasons of metrics in words: one table from code to sentence (metrics/codes.py says which numbers a code has)."""

from collections.abc import Callable, Mapping
from typing import Any

from metrics.codes import Reason, ReasonCode
from metrics.thresholds import PERSONS
from report.numbers import fixed, percent, short, whole

Numbers = Mapping[str, Any]
# What the company has to say itself: signal → what to set where it is missing.
SET = {
    "contact_costs": "no cost per contact is set: write cost_per_contact = … under [company] in sources.toml",
    "visits to help pages": "no visit to a help page is recorded: no page seen fits help_paths of journey.toml or, without it, the addresses "
    'help pages usually have; write yours there, as help_paths = ["/help*", "/faq*"]',
    "promises about tickets": "no promise about requests is set: write a [[promise]] with "
    'evidence = "tickets: first_reply_at <= created_at + 24 h" (name and stage beside it) in journey.toml',
}
# What a source has to bring where none does: signal → what to add.
ADD = {
    "invitations": "add a source that fills survey_invitations: survey, invited_at and an id of who was asked",
    "ticket transfers": "add how often each request was passed on: Zendesk's ticket metrics, or column transfers of support_tickets",
    "order margins": "add the contribution margin of each order: column margin of orders",
}
SAMPLES = {
    "stage": "of a stage",
    "relationship": "about the relationship",
    "contact": "after a contact",
    "research": "of research",
    "outcome": "asked on exit or after friction",
    None: "of surveys without a kind: add [[survey]] to journey.toml",
}


def reason_text(reason: Reason | None) -> str:
    """The reason as people read it; empty where there is none."""
    if reason is None:
        return ""
    template = SENTENCES[reason.code]
    return template.format(**reason.numbers) if isinstance(template, str) else template(reason.numbers)


def _promises(numbers: Numbers) -> str:
    names = numbers["promises"]
    return f"{len(names)} promises, never pooled: ask by promise ({', '.join(names)})"


def _not_recorded(numbers: Numbers) -> str:
    signals = numbers["signals"]
    return "; ".join([f"no source records {' or '.join(signals)}", *(ADD[name] for name in signals if name in ADD)])


def _asked_otherwise(numbers: Numbers) -> str:
    ways = "; ".join(_way(way) for way in numbers["ways"])
    where = f" in {numbers['stage']}" if numbers["stage"] else ""
    return f"not asked in this form{where}: {ways}{_ask(numbers)}"


def _way(way: Numbers) -> str:
    count = f"{whole(way['answers'])} answers" if way["answers"] >= PERSONS else f"fewer than {PERSONS} answers"
    if way["unscored_because"]:
        return f"{count} not counted: {way['unscored_because']}"
    scale = f" on {short(float(way['lowest']))} to {short(float(way['top']))}" if way["lowest"] and way["top"] else ""
    where = f", counted by {' and '.join(way['counted_by'][:2])}" if way["counted_by"] else ""
    return f"{count}{scale} {SAMPLES.get(way['asked_about'], way['asked_about'])}{where}"


def _not_asked(numbers: Numbers) -> str:
    where = f" in {numbers['stage']}" if numbers["stage"] else ""
    undeclared = numbers["undeclared"]
    hint = (
        f"; {whole(undeclared)} answers belong to surveys without a kind: add [[survey]] to journey.toml"
        if undeclared
        else ""
    )
    return f"no survey asks this{where}{hint}{_ask(numbers)}"


def _ask(numbers: Numbers) -> str:
    return f"; ask: {numbers['question']}" if numbers["question"] else ""


def _where(numbers: Numbers) -> str:
    return "in this period" + (" and selection" if numbers["filtered"] else "")


def _reached(numbers: Numbers) -> str:
    return f"not reached: {percent(numbers['reached'])} by now, and surely later than {fixed(numbers['later_than'], 1)} {numbers['unit']}"


def asked_how(survey: str, via: str) -> str:
    """How most answers of a channel were asked: `checkout-csat by email`."""
    return f"{survey} by {via or 'an unknown way'}"


def _no_shared_way(numbers: Numbers) -> str:
    each = "; ".join(f"{name}: {asked_how(survey, via)}" for name, survey, via in numbers["channels"])
    return f"asked in another way in each channel ({each}), so a difference could be a mode effect"


# A sentence with the names of its numbers, or what makes one of them.
SENTENCES: dict[ReasonCode, str | Callable[[Numbers], str]] = {
    ReasonCode.NO_ACCESS: "no access to this metric",
    ReasonCode.STORE_TOO_OLD: "the store was built before this was measured: build again",
    ReasonCode.NO_SINGLE_DAYS: "confidential: single days are not shown; ask by week",
    ReasonCode.JOURNEY_ONLY: "{label} belongs to the journey as a whole, not to a stage",
    ReasonCode.NO_SUCH_BREAKDOWN: "{label} cannot be cut by {dimension}: what it is counted from has no such column",
    ReasonCode.CUSTOMERS_ONLY: "{label} is about customers, as of then: prospects are refused",
    ReasonCode.NEEDS_BREAKDOWN: "{label} needs a breakdown by {dimension}",
    ReasonCode.PROMISES_POOLED: _promises,
    ReasonCode.NO_GOAL: "{stage} has no goal in journey.toml",
    ReasonCode.NO_GOAL_IN_JOURNEY: "no stage of {journey} has a goal in journey.toml",
    ReasonCode.LAST_STAGE: "{stage} is the last stage: none follows it",
    ReasonCode.NOT_SET: lambda numbers: SET[numbers["signal"]],
    ReasonCode.NOT_RECORDED: _not_recorded,
    ReasonCode.NO_FRICTION_RECORDED: "no source records rage clicks, dead clicks or errors",
    ReasonCode.PROMISE_NOT_MEASURED: lambda numbers: (
        f"the promise of {numbers['stage']} is asked about, not measured: see Promises felt kept"
        if numbers["asked"]
        else f"no promise of {numbers['stage']} is named: write a [[promise]] in journey.toml"
    ),
    ReasonCode.SAMPLED_BY_OUTCOME: lambda numbers: (
        f"{whole(numbers['answers'])} answers were asked on exit or after friction: excluded from every stage score, their "
        "sample was selected by the outcome"
    ),
    ReasonCode.ASKED_OTHERWISE: _asked_otherwise,
    ReasonCode.NOT_ASKED: _not_asked,
    ReasonCode.NONE_ANSWERED_IN_TIME: "none of these customers answered a survey in time; ask: {question}",
    ReasonCode.NOBODY_ANSWERED: lambda numbers: f"nobody answered {_where(numbers)}",
    ReasonCode.NOTHING_THERE: lambda numbers: f"nothing {_where(numbers)}",
    ReasonCode.ALL_FELT_ALIKE: lambda numbers: (
        "all who answered were "
        + ("unhappy" if numbers["unhappy"] else "content")
        + ": there is nobody to compare them with"
    ),
    ReasonCode.NOBODY_LIKE_THEM: "nobody in the same situation to compare with",
    ReasonCode.NO_VISIT_LIKE_THEM: "no visit met friction in a situation in which others met none: nothing to compare",
    ReasonCode.LIST_AT_CHANCE: "the word list tells no better than chance: sensitivity + specificity ≤ 1",
    ReasonCode.TEXTS_UNSCORED: lambda numbers: (
        f"none of {whole(numbers['texts'])} texts could be scored: {numbers['because']}"
    ),
    ReasonCode.WINDOW_OPEN: "the last {days} days are too recent: the follow-up window is still open",
    ReasonCode.NOT_REACHED_YET: lambda numbers: f"{_reached(numbers)}; {percent(numbers['open'])} are still open",
    ReasonCode.NEVER_REACHED: lambda numbers: f"{_reached(numbers)}; {percent(numbers['ended'])} ended without it",
    ReasonCode.CASE_NO_CUSTOMERS: "no customer came through the stage in this period",
    ReasonCode.CASE_FEW_ANSWERS: lambda numbers: (
        f"at least {numbers['need']} unhappy and {numbers['need']} content customers are needed whose answer is older than 90 days, "
        f"and the smaller group has {whole(numbers['have'])}"
    ),
    ReasonCode.CASE_FEW_PEOPLE: lambda numbers: (
        f"at least {numbers['need']} people are needed on each side, and the smaller has {whole(numbers['have'])}"
    ),
    ReasonCode.CASE_NO_MARGIN: lambda numbers: (
        f"the margin is known of {whole(numbers['have'])} of them, and {numbers['need']} are needed: bring the column margin of orders, "
        "or assume a margin_rate"
    ),
    ReasonCode.CASE_AT_TARGET: lambda numbers: (
        f"the metric stands at {percent(numbers['value'], 1)}, and the target of {percent(numbers['target'], 1)} is reached"
    ),
    ReasonCode.CASE_SHORT: lambda numbers: (
        f"a year is reckoned from {whole(numbers['days'])} days: season is not in it"
    ),
    ReasonCode.SMALL: "sample too small",
    ReasonCode.WIDE: "interval far wider than the precision target",
    ReasonCode.UPPER_END_OPEN: lambda numbers: (
        "sample too small: the upper end is not reached" + (", and some are still open" if numbers["open"] else "")
    ),
    ReasonCode.FEW_PEOPLE: "fewer than {least} people",
    ReasonCode.PROTECTS_OTHERS: "withheld so that a cell with fewer than {least} people cannot be worked out from the others",
    ReasonCode.ONE_PERSON: "one person makes up more than half of this amount",
    ReasonCode.TELLS_OTHERS: "withheld because, beside a neighbouring week or group, it would tell of fewer than {least} people",
    ReasonCode.TOO_FINE: "not shown: cut by more than {most} things at once, which would tell of single people",
    ReasonCode.WEEKS_ONLY: "single days and months are not shown to you, since two periods could differ by a few people; ask by week",
    ReasonCode.NO_VALUE: "no value",
    ReasonCode.FEW_ROWS: "fewer than {least} {grain}s",
    ReasonCode.ANOTHER_WAY: lambda numbers: f"asked in another way ({asked_how(numbers['survey'], numbers['via'])})",
    ReasonCode.NO_SINGLE_ROWS: "{label} is no share, mean or score of single {grain}s",
    ReasonCode.ASKED_OTHERWISE_FROM_HERE: "asked in another way from here",
    ReasonCode.NO_CHANNEL_NAMED: "no {grain} names the channel the person was in",
    ReasonCode.FEW_CHANNELS: "fewer than two channels with {least} {grain}s each",
    ReasonCode.NO_SHARED_WAY: _no_shared_way,
    ReasonCode.NO_COMMON_SUPPORT: lambda numbers: (
        f"no common support: only {percent(numbers['share'])} have a counterpart in every channel"
    ),
}
