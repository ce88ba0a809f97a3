"""A business case in words: its sentence, the names of its links, why each assumption has the default it has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from metrics.analyses.case.case import Grade, Removes
from metrics.analyses.case.routes import Basis, Gain, Link
from metrics.analyses.case.worth import Worth
from metrics.analyses.stage_scores import Target
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.statistics.business import Outcome, union_of_fixes
from report import numbers
from report.text.catalogue import say
from report.words.reasons import reason_text

ROUTES = {
    "loyalty": say("words.case_words.customers_who_come_back"),
    "purchase": say("words.case_words.people_who_buy"),
    "help": say("words.case_words.requests_for_help_avoided"),
    "time": say("words.case_words.customers_time_saved"),
}
HELPED = {
    "loyalty": say("words.case_words.people_no_longer_unhappy"),
    "purchase": say("words.case_words.more_people_finish_the_stage"),
    "help": say("words.case_words.requests_for_help_avoided"),
    "time": say("words.case_words.hours_of_customers_time_saved"),
}
REMOVED = {
    Removes.UNHAPPY: say("words.case_words.share_of_the_unhappy_who_no"),
    Removes.UNFINISHED: say("words.case_words.share_of_those_who_did_not"),
    Removes.FRICTION: say("words.case_words.share_of_visits_with_friction_that"),
}
LINKS = {
    "customers": say("words.case_words.customers_who_come_through_the_stage"),
    "unhappy_share": say("words.case_words.of_these_unhappy_about_it"),
    "reach": say("words.case_words.reached_after_what_other_cases_remove"),
    "leave_gap": say("words.case_words.more_of_the_unhappy_order_nothing"),
    "causal_share": say("words.case_words.share_of_the_difference_taken_as"),
    "margin_of_90_days": say("words.case_words.margin_in_90_days_of_a"),
    "quarters_away": say("words.case_words.times_90_days_a_lost_customer"),
    "people": say("words.case_words.people_a_year_in_the_stage"),
    "unfinished_share": say("words.case_words.of_these_never_finished_it"),
    "purchase_gap": say("words.case_words.more_of_those_who_finish_buy", days="{days}"),
    "margin_a_buyer": say("words.case_words.margin_of_a_buyer_in_30", days="{days}"),
    "struggles": say("words.case_words.visits_a_year_with_friction"),
    "contacts_beyond": say("words.case_words.requests_for_help_it_brings_beyond"),
    "cost_of_a_contact": say("words.case_words.cost_of_a_request_for_help"),
    "hours_beyond": say("words.case_words.hours_lost_per_such_visit_beyond"),
}
GRADES = {
    Grade.EXPERIMENT: say("words.case_words.tested_in_an_experiment"),
    Grade.MATCHED: say("words.case_words.matched_not_proven"),
    Grade.CORRELATIONAL: say("words.case_words.correlational_not_proven"),
    Grade.ASSUMED: say("words.case_words.assumed_by_the_author"),
}
GRADE_NAMES = {
    Grade.EXPERIMENT: say("words.case_words.grade_experiment"),
    Grade.MATCHED: say("words.case_words.grade_matched"),
    Grade.CORRELATIONAL: say("words.case_words.grade_correlational"),
    Grade.ASSUMED: say("words.case_words.grade_assumed"),
}
LESS = {
    Removes.UNHAPPY: say("words.case_words.unhappy_people"),
    Removes.UNFINISHED: say("words.case_words.people_who_never_finish"),
    Removes.FRICTION: say("words.case_words.visits_with_friction"),
}
ASSUMPTIONS = {
    "years": say("words.case_words.years"),
    "discount_rate": say("words.case_words.discount_rate_a_year"),
    "reach": say("words.case_words.of_those_concerned_reached"),
    "buyer_days": say("words.case_words.days_in_which_a_buyers"),
    "fades": say("words.case_words.effect_lost_from_each_year_to"),
    "months_away": say("words.case_words.months_a_customer_who_stays_away"),
    "margin_rate": say("words.case_words.margin_of_orders_without_one_of"),
    "cost_per_contact": say("words.case_words.cost_of_a_request_for_help_2"),
    "contacts_are_cashable": say("words.case_words.fewer_requests_for_help_end_contracts"),
}
BASES = {
    Basis.MEASURED: "measured",
    Basis.ASSUMED: "assumed",
    Basis.TARGET: say("words.case_words.as_planned"),
    Basis.DEFINITION: say("words.case_words.by_definition"),
}
WHY = {
    "years": say("words.case_words.three_years_longer_than_most_changes"),
    "discount_rate": say("words.case_words.n_10_a_year_put_in_your"),
    "reach": say("words.case_words.everybody_concerned_write_less_where_the"),
    "months_away": say("words.case_words.n_3_months_what_was_measured_and"),
    "buyer_days": say("words.case_words.n_30_days_the_purchase"),
    "fades": say("words.case_words.the_effect_stays_write_the_part"),
    "causal_share": say("words.case_words.by_the_grade_of_evidence_experiment"),
    "cost_per_contact": say("words.case_words.as_set_under_company_in_sources"),
    "margin_rate": say("words.case_words.orders_without_a_margin_are_left"),
    "contacts_are_cashable": say("words.case_words.no_fewer_requests_free_peoples_time"),
}


def title(worth: Worth) -> str:
    """The page's one sentence: which stage, which change, what it is worth."""
    case = worth.case
    less = LESS[case.removes]
    if worth.benefit.p10 is None:
        return say("words.case_words.fewer_in_what_it_is_worth", less=less, stage=case.stage)
    low = "nothing" if worth.benefit.p10 <= 0 else money(worth.benefit.p10)
    return say(
        "words.case_words.fewer_in_worth_to_a_year",
        less=less,
        stage=case.stage,
        low=low,
        money=money(worth.benefit.p90),
    )


def standfirst(worth: Worth, page: bool = True) -> str:
    """How sure, measured on whom and when; on a page also that its filters do not apply."""
    span = numbers.span(worth.period.start, worth.period.end) + (
        say("words.case_words.the_filters_above_do_not_apply") if page else ""
    )
    if worth.benefit.p50 is None:
        why = "; ".join(reason_text(reason) for _, reason in worth.missing)
        return say("words.case_words.measured_on", why=why[:1].upper(), why2=why[1:], whom=population(worth), span=span)
    return say(
        "words.case_words.four_of_five_chances_lie_in_2",
        money=money(worth.benefit.p50),
        grade=grade(worth),
        whom=population(worth),
        span=span,
    )


def population(worth: Worth) -> str:
    """Who the case is of: everyone, or what its filters say; what it is to be like; what other cases leave of it."""
    case = worth.case
    text = ", ".join(f"{DIMENSIONS.get(name, name)} {value}" for name, value in case.filters)
    text = text or say("words.case_words.everyone")
    if case.like is not None:
        held = [f"{DIMENSIONS.get(name, name)} {value}" for name, value in case.like.filters]
        like = ", ".join([numbers.span(case.like.start, case.like.end), *held])
        text += say("words.case_words.what_is_removed_was", like=like)
    if case.overlaps:
        left = numbers.percent(1 - union_of_fixes(case.overlaps))
        text += say("words.case_words.after_others", part=left)
    return text


def cash_and_time(worth: Worth) -> list[str]:
    """Money that reaches the accounts apart from time set free."""
    if not any(route.gain is Gain.COST for route in worth.routes) or worth.benefit.p50 is None:
        return []
    if worth.case.assumptions.contacts_are_cashable:
        return [say("words.case_words.cashable_a_year", money_range=money_range(worth.cashable))]
    return [say("words.case_words.time_of_your_team_set_free", money_range=money_range(worth.capacity))]


def with_target(spec: dict[str, Any], targets: Sequence[Target]) -> dict[str, Any]:
    """The case with the company's own target beside the metric it names; without a fitting one, a share."""
    part = next((part for part in targets if part.definition.id == spec.get("metric")), None)
    if part is not None:
        return {**{k: v for k, v in spec.items() if k != "share"}, "target": spec.get("target", part.target)}
    return spec


def rounded(value: float) -> float:
    """To two significant digits: what is not known better is not written as though it were."""
    if not value or not math.isfinite(value):
        return 0.0
    places = 1 - math.floor(math.log10(abs(value)))
    return round(value, places)


def money(value: float | None) -> str:
    """An amount of the company's currency, to two digits."""
    return "–" if value is None else numbers.value(rounded(value), "money")


def money_range(outcome: Outcome) -> str:
    """P10 to P90: `€600 to €5,800`."""
    return say("words.case_words.to", money=money(outcome.p10), money2=money(outcome.p90))


def count_range(outcome: Outcome) -> str:
    """P10 to P90 of a count, `330 to 420`."""
    if outcome.p10 is None or outcome.p90 is None:
        return "–"
    low, high = (numbers.fixed(rounded(limit)) for limit in (outcome.p10, outcome.p90))
    return low if low == high else say("words.case_words.to_2", low=low, high=high)


def headline(worth: Worth) -> str:
    """What the case is worth, in one sentence, or why that cannot be said."""
    if worth.benefit.p50 is None:
        return say("words.case_words.what_it_is_worth_cannot_be") + "; ".join(
            reason_text(reason) for _, reason in worth.missing
        )
    low, high = worth.benefit.p10, worth.benefit.p90
    if low is not None and low > 0:
        sure = ""
    elif high is not None and high < 0:
        sure = say("words.case_words.it_would_lose_money")
    else:
        sure = say("words.case_words.it_may_also_bring_nothing")
    return say(
        "words.case_words.worth_a_year_four_of_five",
        money_range=money_range(worth.benefit),
        money=money(worth.benefit.p50),
        grade=grade(worth),
        sure=sure,
    )


def grade(worth: Worth) -> str:
    """How it is known; where finishing is buying there is nothing to prove but that the change gets there."""
    if any(link.basis is Basis.DEFINITION for route in worth.routes for link in route.links):
        return say("words.case_words.finishing_this_stage_is_the_purchase")
    return GRADES[worth.grade]


def helped(worth: Worth) -> list[str]:
    """What people gain, a year."""
    return [
        say("words.case_words.a_year", helped=HELPED[name], count_range=count_range(found))
        for name, found in worth.helped
    ]


def returns(worth: Worth) -> list[str]:
    """Net present value, chance to pay, payback, and what would be enough."""
    case, assumed = worth.case, worth.case.assumptions
    if worth.present.p50 is None or not (case.once or case.yearly):
        return [say("words.case_words.costs_none_given_so_no_return")] if worth.benefit.p50 is not None else []
    said = [
        say(
            "words.case_words.over_years_at_costs_taken_off",
            years=assumed.years,
            discount_rate=numbers.percent(assumed.discount_rate),
            money_range=money_range(worth.present),
            money=money(worth.present.p50),
        ),
        say("words.case_words.pays_in_of_what_the_data", pays=numbers.percent(worth.pays)),
    ]
    if worth.break_even is not None:
        said.append(
            say("words.case_words.breaks_even_at_a_year", money=money(worth.break_even)) + _enough(worth.enough)
        )
    said.append(
        say("words.case_words.is_not_repaid_at_the_median")
        if case.once and worth.payback is None
        else _payback(worth.payback)
    )
    return [text for text in said if text]


def _enough(part: float | None) -> str:
    if part is None:
        return ""
    if part > 1:
        return say("words.case_words.times_what_is_planned_would_be", part=numbers.fixed(part, 1))
    return say("words.case_words.of_what_is_planned_would_do", part=numbers.percent(part))


def _payback(years: float | None) -> str:
    return "" if years is None else say("words.case_words.the_costs_of_the_start_are", years=numbers.fixed(years, 1))


def link_label(link: Link, removes: Removes, days: int = 30) -> str:
    """The name of a link as people read it; `days` are those in which a buyer's orders count."""
    return REMOVED[removes] if link.name == "removed" else LINKS[link.name].format(days=days)


def link_value(value: float, link: Link) -> str:
    """One value of a link in its unit."""
    if link.unit == "money":
        return numbers.amount(value)
    if link.unit == "rate":
        return numbers.percent(value, 1).replace(" ", "\u00a0")  # a number and its sign stay on one line
    return numbers.fixed(value, 0 if abs(value) >= 10 else 2)


def median_with_range(row: dict[str, str]) -> str:
    """The median of a row with its range where it has one."""
    return (
        say("words.case_words.to_3", middle=row["middle"], low=row["low"], high=row["high"])
        if row["low"]
        else row["middle"]
    )


def basis(link: Link) -> str:
    """Where a link comes from, with how many it was measured on."""
    return BASES[link.basis] + (f", n\u00a0{numbers.whole(link.n)}" if link.n is not None else "")
