"""Why a number looks as it does, as a code and its numbers. A leaf: metrics says what is so, report/words/reasons.py says it in words."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ReasonCode(StrEnum):
    """Why a cell has no value, or only a rough one, or why channels are not compared; beside each the names of its numbers."""

    # rights, and what has no meaning
    NO_ACCESS = "no_access"
    STORE_TOO_OLD = "store_too_old"
    NO_SINGLE_DAYS = "no_single_days"
    JOURNEY_ONLY = "journey_only"  # label
    NO_SUCH_BREAKDOWN = "no_such_breakdown"  # label, dimension
    CUSTOMERS_ONLY = "customers_only"  # label
    NEEDS_BREAKDOWN = "needs_breakdown"  # label, dimension
    PROMISES_POOLED = "promises_pooled"  # promises: their names
    NO_GOAL = "no_goal"  # stage
    NO_GOAL_IN_JOURNEY = "no_goal_in_journey"  # journey
    LAST_STAGE = "last_stage"  # stage
    # not collected
    NOT_SET = "not_set"  # signal
    NOT_RECORDED = "not_recorded"  # signals
    NO_FRICTION_RECORDED = "no_friction_recorded"
    PROMISE_NOT_MEASURED = "promise_not_measured"  # stage, asked: whether people are asked about one
    # not asked, or nothing there
    SAMPLED_BY_OUTCOME = "sampled_by_outcome"  # answers
    ASKED_OTHERWISE = "asked_otherwise"  # stage or None, ways (of metrics.query.unscored), question
    NOT_ASKED = "not_asked"  # stage or None, undeclared: answers of surveys without a kind, question
    NONE_ANSWERED_IN_TIME = "none_answered_in_time"  # question
    NOBODY_ANSWERED = "nobody_answered"  # filtered
    NOTHING_THERE = "nothing_there"  # filtered
    ALL_FELT_ALIKE = "all_felt_alike"  # unhappy
    NOBODY_LIKE_THEM = "nobody_like_them"
    NO_VISIT_LIKE_THEM = "no_visit_like_them"
    # texts
    LIST_AT_CHANCE = "list_at_chance"
    TEXTS_UNSCORED = "texts_unscored"  # texts, because
    # too early
    WINDOW_OPEN = "window_open"  # days
    NOT_REACHED_YET = "not_reached_yet"  # reached, later_than, unit, open
    NEVER_REACHED = "never_reached"  # reached, later_than, unit, ended
    # rough estimates
    SMALL = "small"
    WIDE = "wide"
    UPPER_END_OPEN = "upper_end_open"  # open: whether some are still open
    # privacy
    FEW_PEOPLE = "few_people"  # least
    PROTECTS_OTHERS = "protects_others"  # least
    ONE_PERSON = "one_person"
    TELLS_OTHERS = "tells_others"  # least
    TOO_FINE = "too_fine"  # most: parts of a question
    WEEKS_ONLY = "weeks_only"
    # channels that are not set beside each other
    NO_VALUE = "no_value"
    FEW_ROWS = "few_rows"  # least, grain
    ANOTHER_WAY = "another_way"  # survey, via or ""
    NO_SINGLE_ROWS = "no_single_rows"  # label, grain
    ASKED_OTHERWISE_FROM_HERE = "asked_otherwise_from_here"
    NO_CHANNEL_NAMED = "no_channel_named"  # grain
    FEW_CHANNELS = "few_channels"  # least, grain
    NO_SHARED_WAY = "no_shared_way"  # channels: (name, survey, via) of each
    NO_COMMON_SUPPORT = "no_common_support"  # share, 0–1
    # a business case without a value, or one to be read with care
    CASE_NO_CUSTOMERS = "case_no_customers"
    CASE_FEW_ANSWERS = "case_few_answers"  # have, need
    CASE_FEW_PEOPLE = "case_few_people"  # have, need
    CASE_NO_MARGIN = "case_no_margin"  # have, need
    CASE_AT_TARGET = "case_at_target"  # value, target
    CASE_SHORT = "case_short"  # days


@dataclass(frozen=True)
class Reason:
    """A code and what it needs to be said: `numbers` by the names beside the code, plain data only (a start of the app reads
    answers back from a file)."""

    code: ReasonCode
    numbers: dict[str, Any] = field(default_factory=dict)


def because(code: ReasonCode, **numbers: object) -> Reason:
    """A reason of this code."""
    return Reason(code, numbers)
