"""The reasons of metrics in words: one table from code to sentence (metrics/codes.py says which numbers a code has)."""

from collections.abc import Callable, Mapping
from typing import Any

from metrics.codes import Reason, ReasonCode
from metrics.thresholds import PERSONS
from report.numbers import fixed, percent, short, whole
from report.text.catalogue import say

Numbers = Mapping[str, Any]
# What the company has to say itself: signal → what to set where it is missing.
SET = {
    "contact_costs": say("words.reasons.no_cost_per_contact_is_set"),
    "visits to help pages": say("words.reasons.no_visit_to_a_help_page"),
    "promises about tickets": say("words.reasons.no_promise_about_requests_is_set"),
}
# What a source has to bring where none does: signal → what to add.
ADD = {
    "invitations": say("words.reasons.add_a_source_that_fills_survey"),
    "ticket transfers": say("words.reasons.add_how_often_each_request_was"),
    "order margins": say("words.reasons.add_the_contribution_margin_of_each"),
}
SAMPLES = {
    "stage": say("words.reasons.of_a_stage"),
    "relationship": say("words.reasons.about_the_relationship"),
    "contact": say("words.reasons.after_a_contact"),
    "research": say("words.reasons.of_research"),
    "outcome": say("words.reasons.asked_on_exit_or_after_friction"),
    None: say("words.reasons.of_surveys_without_a_kind_add"),
}


def reason_text(reason: Reason | None) -> str:
    """The reason as people read it; empty where there is none."""
    if reason is None:
        return ""
    template = SENTENCES[reason.code]
    return template.format(**reason.numbers) if isinstance(template, str) else template(reason.numbers)


def _promises(numbers: Numbers) -> str:
    names = numbers["promises"]
    return say("words.reasons.promises_never_pooled_ask_by_promise", names=len(names), names2=", ".join(names))


def _not_recorded(numbers: Numbers) -> str:
    signals = numbers["signals"]
    return "; ".join(
        [
            say("words.reasons.no_source_records", signals=" or ".join(signals)),
            *(ADD[name] for name in signals if name in ADD),
        ]
    )


def _asked_otherwise(numbers: Numbers) -> str:
    ways = "; ".join(_way(way) for way in numbers["ways"])
    where = say("words.reasons.in", stage=numbers["stage"]) if numbers["stage"] else ""
    return say("words.reasons.not_asked_in_this_form", where=where, ways=ways, ask=_ask(numbers))


def _way(way: Numbers) -> str:
    count = (
        say("words.reasons.answers", answers=whole(way["answers"]))
        if way["answers"] >= PERSONS
        else say("words.reasons.fewer_than_answers", persons=PERSONS)
    )
    if way["unscored_because"]:
        return say("words.reasons.not_counted", count_=count, unscored_because=way["unscored_because"])
    scale = (
        say("words.reasons.on_to", float=short(float(way["lowest"])), float2=short(float(way["top"])))
        if way["lowest"] and way["top"]
        else ""
    )
    where = (
        say("words.reasons.counted_by", counted_by=say("words.and").join(way["counted_by"][:2]))
        if way["counted_by"]
        else ""
    )
    return f"{count}{scale} {SAMPLES.get(way['asked_about'], way['asked_about'])}{where}"


def _not_asked(numbers: Numbers) -> str:
    where = say("words.reasons.in", stage=numbers["stage"]) if numbers["stage"] else ""
    undeclared = numbers["undeclared"]
    hint = say("words.reasons.answers_belong_to_surveys_without_a", undeclared=whole(undeclared)) if undeclared else ""
    return say("words.reasons.no_survey_asks_this", where=where, hint=hint, ask=_ask(numbers))


def _ask(numbers: Numbers) -> str:
    return say("words.reasons.ask", question=numbers["question"]) if numbers["question"] else ""


def _where(numbers: Numbers) -> str:
    return say("words.reasons.in_this_period") + (say("words.reasons.and_selection") if numbers["filtered"] else "")


def _reached(numbers: Numbers) -> str:
    return say(
        "words.reasons.not_reached_by_now_and_surely",
        reached=percent(numbers["reached"]),
        later_than=fixed(numbers["later_than"], 1),
        unit=numbers["unit"],
    )


def asked_how(survey: str, via: str) -> str:
    """How most answers of a channel were asked: `checkout-csat by email`."""
    return say("words.reasons.by", survey=survey, way=via or say("words.reasons.an_unknown_way"))


def _no_shared_way(numbers: Numbers) -> str:
    each = "; ".join(f"{name}: {asked_how(survey, via)}" for name, survey, via in numbers["channels"])
    return say("words.reasons.asked_in_another_way_in_each", each=each)


# A sentence with the names of its numbers, or what makes one of them.
SENTENCES: dict[ReasonCode, str | Callable[[Numbers], str]] = {
    ReasonCode.NO_ACCESS: say("words.reasons.no_access_to_this_metric"),
    ReasonCode.NEEDS_ALL_OF: lambda numbers: say(
        "words.reasons.is_counted_over_all_and_your",
        label=numbers["label"],
        limits=say("words.and").join(numbers["limits"]),
    ),
    ReasonCode.STORE_TOO_OLD: say("words.reasons.the_store_was_built_before_this"),
    ReasonCode.NO_SINGLE_DAYS: say("words.reasons.confidential_single_days_are_not_shown"),
    ReasonCode.JOURNEY_ONLY: lambda numbers: say("words.reasons.belongs_to_the_journey_as_a", **numbers),
    ReasonCode.NO_SUCH_BREAKDOWN: lambda numbers: say("words.reasons.cannot_be_cut_by_what_it", **numbers),
    ReasonCode.NO_WEEKLY_METRIC: lambda numbers: say("words.reasons.no_weekly_metric", metric=numbers["metric"]),
    ReasonCode.NO_CONTROL_STAGE: say("words.reasons.no_control_stage"),
    ReasonCode.HISTORY_TOO_SHORT: lambda numbers: say("words.reasons.history_too_short", weeks=numbers["weeks"]),
    ReasonCode.CUSTOMERS_ONLY: lambda numbers: say("words.reasons.is_about_customers_as_of_then", **numbers),
    ReasonCode.NEEDS_BREAKDOWN: lambda numbers: say("words.reasons.needs_a_breakdown_by", **numbers),
    ReasonCode.PROMISES_POOLED: _promises,
    ReasonCode.NO_GOAL: lambda numbers: say("words.reasons.has_no_goal_in_journey_toml", **numbers),
    ReasonCode.NO_GOAL_IN_JOURNEY: lambda numbers: say("words.reasons.no_stage_of_has_a_goal", **numbers),
    ReasonCode.LAST_STAGE: lambda numbers: say("words.reasons.is_the_last_stage_none_follows", **numbers),
    ReasonCode.NOT_SET: lambda numbers: SET[numbers["signal"]],
    ReasonCode.NOT_RECORDED: _not_recorded,
    ReasonCode.NO_FRICTION_RECORDED: say("words.reasons.no_source_records_rage_clicks_dead"),
    ReasonCode.PROMISE_NOT_MEASURED: lambda numbers: (
        say("words.reasons.the_promise_of_is_asked_about", stage=numbers["stage"])
        if numbers["asked"]
        else say("words.reasons.no_promise_of_is_named_write", stage=numbers["stage"])
    ),
    ReasonCode.SAMPLED_BY_OUTCOME: lambda numbers: say(
        "words.reasons.answers_were_asked_on_exit_or", answers=whole(numbers["answers"])
    ),
    ReasonCode.ASKED_OTHERWISE: _asked_otherwise,
    ReasonCode.NOT_ASKED: _not_asked,
    ReasonCode.NONE_ANSWERED_IN_TIME: lambda numbers: say(
        "words.reasons.none_of_these_customers_answered_a", **numbers
    ),
    ReasonCode.NOBODY_ANSWERED: lambda numbers: say("words.reasons.nobody_answered", where=_where(numbers)),
    ReasonCode.NOTHING_THERE: lambda numbers: say("words.reasons.nothing", where=_where(numbers)),
    ReasonCode.ALL_FELT_ALIKE: lambda numbers: (
        say("words.reasons.all_who_answered_were")
        + (say("words.reasons.unhappy") if numbers["unhappy"] else say("words.reasons.content"))
        + say("words.reasons.there_is_nobody_to_compare_them")
    ),
    ReasonCode.NOBODY_DIFFERS: say("words.reasons.nobody_differs"),
    ReasonCode.AMOUNTS_UNKNOWN: lambda numbers: say("words.reasons.amounts_unknown", **numbers),
    ReasonCode.NOBODY_LIKE_THEM: say("words.reasons.nobody_in_the_same_situation_to"),
    ReasonCode.NO_VISIT_LIKE_THEM: say("words.reasons.no_visit_met_friction_in_a"),
    ReasonCode.LIST_AT_CHANCE: say("words.reasons.the_word_list_tells_no_better"),
    ReasonCode.TEXTS_UNSCORED: lambda numbers: say(
        "words.reasons.none_of_texts_could_be_scored", texts=whole(numbers["texts"]), because=numbers["because"]
    ),
    ReasonCode.WINDOW_OPEN: lambda numbers: say("words.reasons.the_last_days_are_too_recent", **numbers),
    ReasonCode.NOT_REACHED_YET: lambda numbers: say(
        "words.reasons.are_still_open", reached=_reached(numbers), open=percent(numbers["open"])
    ),
    ReasonCode.NEVER_REACHED: lambda numbers: say(
        "words.reasons.ended_without_it", reached=_reached(numbers), ended=percent(numbers["ended"])
    ),
    ReasonCode.CASE_NO_CUSTOMERS: say("words.reasons.no_customer_came_through_the_stage"),
    ReasonCode.CASE_FEW_ANSWERS: lambda numbers: say(
        "words.reasons.at_least_unhappy_and_content_customers", need=numbers["need"], have=whole(numbers["have"])
    ),
    ReasonCode.CASE_FEW_PEOPLE: lambda numbers: say(
        "words.reasons.at_least_people_are_needed_on", need=numbers["need"], have=whole(numbers["have"])
    ),
    ReasonCode.CASE_NO_MARGIN: lambda numbers: say(
        "words.reasons.the_margin_is_known_of_of", have=whole(numbers["have"]), need=numbers["need"]
    ),
    ReasonCode.CASE_AT_TARGET: lambda numbers: say(
        "words.reasons.the_metric_stands_at_and_the",
        value=percent(numbers["value"], 1),
        target=percent(numbers["target"], 1),
    ),
    ReasonCode.CASE_NO_TARGET: lambda numbers: say("words.reasons.no_target_is_set_for_what", stage=numbers["stage"]),
    ReasonCode.CASE_AMOUNTS_UNKNOWN: lambda numbers: say(
        "words.reasons.orders_without_margin", share=percent(numbers["share"], 1)
    ),
    ReasonCode.CASE_OF_EVERYONE: say("words.reasons.worth_is_of_everyone"),
    ReasonCode.CASE_SHORT: lambda numbers: say(
        "words.reasons.a_year_is_reckoned_from_days", days=whole(numbers["days"])
    ),
    ReasonCode.SMALL: say("words.reasons.sample_too_small"),
    ReasonCode.WIDE: say("words.reasons.interval_far_wider_than_the_precision"),
    ReasonCode.UPPER_END_OPEN: lambda numbers: (
        say("words.reasons.sample_too_small_the_upper_end")
        + (say("words.reasons.and_some_are_still_open") if numbers["open"] else "")
    ),
    ReasonCode.NO_OUTCOME: say("words.reasons.no_outcome"),
    ReasonCode.NO_TOPIC_HAS_A_STAGE: say("voice.box.no_stage"),
    ReasonCode.FEW_PEOPLE: lambda numbers: say("words.reasons.fewer_than_people", **numbers),
    ReasonCode.PROTECTS_OTHERS: lambda numbers: say("words.reasons.withheld_so_that_a_cell_with", **numbers),
    ReasonCode.ONE_PERSON: say("words.reasons.one_person_makes_up_more_than"),
    ReasonCode.TELLS_OTHERS: lambda numbers: say(
        "words.reasons.withheld_because_beside_a_neighbouring_week", **numbers
    ),
    ReasonCode.TOO_FINE: lambda numbers: say("words.reasons.not_shown_cut_by_more_than", **numbers),
    ReasonCode.WEEKS_ONLY: say("words.reasons.single_days_and_months_are_not"),
    ReasonCode.SINGLE_PERSONS_ONLY: say("words.reasons.single_persons_only"),
    ReasonCode.NO_VALUE: say("words.reasons.no_value"),
    ReasonCode.FEW_ROWS: lambda numbers: say("words.reasons.fewer_than_s", **numbers),
    ReasonCode.ANOTHER_WAY: lambda numbers: say(
        "words.reasons.asked_in_another_way", asked_how=asked_how(numbers["survey"], numbers["via"])
    ),
    ReasonCode.NO_SINGLE_ROWS: lambda numbers: say("words.reasons.is_no_share_mean_or_score", **numbers),
    ReasonCode.ASKED_OTHERWISE_FROM_HERE: say("words.reasons.asked_in_another_way_from_here"),
    ReasonCode.NO_CHANNEL_NAMED: lambda numbers: say("words.reasons.no_names_the_channel_the_person", **numbers),
    ReasonCode.FEW_CHANNELS: lambda numbers: say("words.reasons.fewer_than_two_channels_with_s", **numbers),
    ReasonCode.NO_SHARED_WAY: _no_shared_way,
    ReasonCode.NO_COMMON_SUPPORT: lambda numbers: say(
        "words.reasons.no_common_support_only_have_a", share=percent(numbers["share"])
    ),
}
