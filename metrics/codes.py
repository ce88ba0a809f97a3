"""Why a number looks as it does and what must be said of it, as a code and its numbers. A leaf: metrics says what is so, report/words
says it in words."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ReasonCode(StrEnum):
    """Why a cell has no value, or only a rough one, or why channels are not compared; beside each the names of its numbers."""

    # rights, and what has no meaning
    NO_ACCESS = "no_access"
    NEEDS_ALL_OF = "needs_all_of"  # label, limits: journeys, stages, segments, regions of which the viewer sees some
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
    NOBODY_DIFFERS = "nobody_differs"
    AMOUNTS_UNKNOWN = "amounts_unknown"  # unknown, orders
    NOBODY_LIKE_THEM = "nobody_like_them"
    NO_VISIT_LIKE_THEM = "no_visit_like_them"
    # initiatives
    NO_WEEKLY_METRIC = "no_weekly_metric"  # metric
    NO_CONTROL_STAGE = "no_control_stage"
    HISTORY_TOO_SHORT = "history_too_short"  # weeks
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
    SINGLE_PERSONS_ONLY = "single_persons_only"
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
    NO_TOPIC_HAS_A_STAGE = "no_topic_has_a_stage"
    NO_OUTCOME = "no_outcome"
    # a business case without a value, or one to be read with care
    CASE_NO_CUSTOMERS = "case_no_customers"
    CASE_FEW_ANSWERS = "case_few_answers"  # have, need
    CASE_FEW_PEOPLE = "case_few_people"  # have, need
    CASE_NO_MARGIN = "case_no_margin"  # have, need
    CASE_AT_TARGET = "case_at_target"  # value, target
    CASE_SHORT = "case_short"  # days
    CASE_NO_TARGET = "case_no_target"  # stage
    CASE_OF_EVERYONE = "case_of_everyone"
    CASE_AMOUNTS_UNKNOWN = "case_amounts_unknown"  # share of the orders


@dataclass(frozen=True)
class Reason:
    """A code and what it needs to be said: `numbers` by the names beside the code, plain data only (a start of the app reads
    answers back from a file)."""

    code: ReasonCode
    numbers: dict[str, Any] = field(default_factory=dict)


def because(code: ReasonCode, **numbers: object) -> Reason:
    """A reason of this code."""
    return Reason(code, numbers)


class WarningCode(StrEnum):
    """What a number or an answer must not be read without; beside each the names of its numbers."""

    # how it was counted
    STILL_OPEN = "still_open"  # waiting, tickets
    MERGED = "merged"  # tickets
    LIST_NOT_CALIBRATED = "list_not_calibrated"
    LEARNED_FROM_RATINGS = "learned_from_ratings"  # share of the texts
    LIST_CALIBRATED = "list_calibrated"  # labelled: texts, sensitivity, specificity
    TEXTS_NOT_SCORED = "texts_not_scored"  # texts, because, of_texts, lower, upper: shares, or −1 to 1 of a score
    SCORES_NOT_SCORED = "scores_not_scored"  # as above, of a score of −100 to 100
    NO_WORD_OF_LIST = "no_word_of_list"  # share
    COUNT_OF_ALL = "count_of_all"
    SCALED_TO_ALL = "scaled_to_all"  # answered, customers
    NOT_AN_EFFECT = "not_an_effect"
    TESTS_CAP = "tests_cap"  # capped, persons, cap: an amount
    WEIGHTS_APPLIED = "weights_applied"  # weighted, answers, effective
    TWO_GROUPS = "two_groups"
    SHARES_CHANGED = "shares_changed"  # p
    SHARES_UNCHANGED = "shares_unchanged"  # p
    DETRACTORS_MOVED = "detractors_moved"  # share
    PROMOTERS_MOVED = "promoters_moved"  # share
    EARLIER_WEEKS = "earlier_weeks"  # start, end: ISO days, days
    POOLED_STAGES = "pooled_stages"  # metric, stages: how many
    # compared with people or visits like them
    EXPECTED_OF_LIKE = "expected_of_like"  # observed, expected: shares, crude: a difference of shares
    AFTER_FRICTION = "after_friction"
    UNMATCHED = "unmatched"  # share
    HIDDEN_CAUSE = "hidden_cause"  # e_value, e_limit or None
    NEGATIVE_CONTROL = "negative_control"  # gap, low, high: differences of shares
    NEGATIVE_CONTROL_FAILED = "negative_control_failed"  # as above
    UNKNOWN_SENDERS = "unknown_senders"  # share, at_most: a difference of shares
    UNBALANCED = "unbalanced"  # sides: (name, standard deviations) of each
    CRUDE_SECONDS = "crude_seconds"  # seconds, visits
    LONGER_VISITS = "longer_visits"
    LOST_HOURS = "lost_hours"  # visiting, waited: hours, tickets
    # the comparison with the other period
    WITHIN_INSTRUMENTS = "within_instruments"  # share
    CAPPED = "capped"
    OTHER_HOLIDAYS = "other_holidays"  # now, then: their names
    # the answer as a whole
    WAYS_APART = "ways_apart"  # dimensions: their names
    EXPLORATORY = "exploratory"
    SMOOTH_IS_GOAL = "smooth_is_goal"
    WEIGHTS_NOT_APPLIED = "weights_not_applied"  # answers, metrics: their names
    CONFIDENTIAL = "confidential"
    SIMULATED = "simulated"
    PART_OF_DATA = "part_of_data"  # rows: for each grant, what each limit is → its values
    PUT_TOGETHER = "put_together"
    TICKETS_LEFT_OUT = "tickets_left_out"  # left_out, tickets, reasons: (reason, tickets) of each
    ORDERS_CANCELLED = "orders_cancelled"  # cancelled, orders
    AMOUNTS_UNKNOWN = "amounts_unknown"  # unknown, orders
    NO_DATE = "no_date"  # undated, answers
    NO_DATE_IN_PERIOD = "no_date_in_period"  # undated, answers
    RECORDS_NOT_KEPT = "records_not_kept"  # kind, days, start: ISO
    SERIES_BREAK = "series_break"  # label, stage or None, day: ISO
    HOLDS_BOTH_WAYS = "holds_both_ways"  # label, stage or None, day: ISO
    OPEN_QUESTION = "open_question"  # question
    # channels
    TASK_UNKNOWN = "task_unknown"
    TASK_NOT_HELD = "task_not_held"
    NOT_HELD = "not_held"  # dimensions
    SOME_TASKS_UNKNOWN = "some_tasks_unknown"  # share


@dataclass(frozen=True)
class Warning:
    """A code and what it needs to be said, as in Reason."""

    code: WarningCode
    numbers: dict[str, Any] = field(default_factory=dict)


def warn(code: WarningCode, **numbers: object) -> Warning:
    """A warning of this code."""
    return Warning(code, numbers)


class BesideCode(StrEnum):
    """What a number beside another is; beside each the names of its numbers."""

    UNWEIGHTED = "unweighted"
    PROMOTERS = "promoters"
    PASSIVES = "passives"
    DETRACTORS = "detractors"
    PUBLISHED_MEAN = "published_mean"  # norm: its name
    PERCENTILE = "percentile"  # norm, grade
    IF_RECORDED = "if_recorded"  # recorded: share of friction, 0–1
    RESPONSE_RATE = "response_rate"
    RESPONSE_UNKNOWN = "response_unknown"
    RESPONSE_TOO_RECENT = "response_too_recent"
    # how much lower the silent would have to be for all invited together to be at the minimum; negative: higher
    SILENT_LOWER = "silent_lower"  # minimum, in the metric's unit, as everywhere here
    SILENT_HIGHER = "silent_higher"  # minimum
    ABOVE_WHATEVER = "above_whatever"  # minimum
    BELOW_WHATEVER = "below_whatever"  # minimum
    ALL_INVITED = "all_invited"  # lower: by how much the silent are taken to be lower


@dataclass(frozen=True)
class Beside:
    """A number without which the cell's value must not be read: which one it is, its value and interval, and what else it takes to
    say it (`numbers`, by the names beside the code)."""

    code: BesideCode
    value: float | None
    low: float | None
    high: float | None
    unit: str
    numbers: dict[str, Any] = field(default_factory=dict)


class NoteCode(StrEnum):
    """Why a difference is not taken, how a change stands, or what is assumed; beside each the names of its numbers."""

    # no difference
    NOTHING_THEN = "nothing_then"
    ASKED_OTHERWISE_THEN = "asked_otherwise_then"
    RECORDED_OTHERWISE = "recorded_otherwise"  # day, until or None: ISO, text
    OTHER_PERIOD_WITHHELD = "other_period_withheld"
    # how a change stands; `exploratory` where it is of a filtered view
    TOLD = "told"
    WITHIN_RANGE = "within_range"
    UNSURE = "unsure"
    TOO_SMALL = "too_small"
    NO_RANGE_YET = "no_range_yet"
    TOO_VOLATILE = "too_volatile"
    # why it is not judged
    PARTIAL_WEEKS = "partial_weeks"
    NOT_SCANNED = "not_scanned"
    OTHER_BREAKDOWN = "other_breakdown"
    NO_VALUE_IN_BOTH = "no_value_in_both"
    # no score of a stage
    NO_TARGETS = "no_targets"  # sides: UX, CX
    NOT_ENOUGH_DATA = "not_enough_data"
    WITHHELD = "withheld"
    # what a list leaves out
    MOVES_LEFT_OUT = "moves_left_out"
    REASONS_LEFT_OUT = "reasons_left_out"
    PAGES_LEFT_OUT = "pages_left_out"
    WORDS_OF_SEVERAL = "words_of_several"  # least
    CONFIDENTIAL = "confidential"
    SOME_STAGES = "some_stages"
    OTHER_ROWS_ELSEWHERE = "other_rows_elsewhere"
    NO_COMMENTS = "no_comments"
    # no normal range of a series
    RANGE_OF_NO_PERIOD = "range_of_no_period"
    RANGE_OF_NO_SHARE = "range_of_no_share"  # label
    RANGE_TOO_EARLY = "range_too_early"  # weeks, needed
    NOTHING_VARIES = "nothing_varies"


@dataclass(frozen=True)
class Note:
    """A code and what it needs to be said, as in Reason."""

    code: NoteCode
    numbers: dict[str, Any] = field(default_factory=dict)


def remark(code: NoteCode, **numbers: object) -> Note:
    """A note of this code."""
    return Note(code, numbers)


# What a number of a code is, by its name: how it is written, and in which steps it is shown in confidential mode.
UNITS = {
    "count": (
        "waiting",
        "tickets",
        "texts",
        "of_texts",
        "answered",
        "customers",
        "capped",
        "persons",
        "weighted",
        "answers",
        "effective",
        "visits",
        "left_out",
        "undated",
        "cancelled",
        "unknown",
        "orders",
        "undeclared",
        "have",
    ),
    "rate": ("share", "observed", "expected", "lower", "upper", "reached", "open", "ended"),
    "points": ("crude", "gap", "low", "high", "at_most"),  # differences of shares, 0–1
    "seconds": ("seconds",),
    "hours": ("visiting", "waited", "later_than"),
    "money": ("cap",),
    "p": ("p",),
    "factor": ("e_value", "e_limit"),
}
# Numbers that are of no person's doing: settings, thresholds, published errors; they stay exact.
EXACT = (
    "days",
    "most",
    "need",
    "target",
    "value",
    "stages",
    "labelled",
    "sensitivity",
    "specificity",
    "least",
    "weeks",
    "needed",
    "recorded",
    "percentile",
)
