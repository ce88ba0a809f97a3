"""A business case in words: its sentence, the names of its links, why each assumption has the default it has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from metrics.analyses.case.case import Grade, Removes
from metrics.analyses.case.removed import fits as says_how_much
from metrics.analyses.case.routes import Basis, Gain, Link
from metrics.analyses.case.worth import Worth
from metrics.analyses.stage_scores import Target
from metrics.catalogue.definition import Definition
from metrics.statistics.business import Outcome
from report import numbers
from report.words.reasons import reason_text

ROUTES = {
    "loyalty": "customers who come back",
    "purchase": "people who buy",
    "help": "requests for help avoided",
    "time": "customers' time saved",
}
HELPED = {
    "loyalty": "people no longer unhappy",
    "purchase": "more people finish the stage",
    "help": "requests for help avoided",
    "time": "hours of customers' time saved",
}
REMOVED = {
    Removes.UNHAPPY: "share of the unhappy who no longer are",
    Removes.UNFINISHED: "share of those who did not finish who now do",
    Removes.FRICTION: "share of visits with friction that have none",
}
LINKS = {
    "customers": "customers who come through the stage",
    "unhappy_share": "of these, unhappy about it",
    "reach": "reached, after what other cases remove",
    "leave_gap": "more of the unhappy order nothing for 90 days",
    "causal_share": "share of the difference taken as effect",
    "margin_of_90_days": "margin in 90 days of a customer who comes back",
    "quarters_away": "times 90 days a lost customer stays away",
    "people": "people a year in the stage",
    "unfinished_share": "of these, never finished it",
    "purchase_gap": "more of those who finish buy within 30 days",
    "margin_a_buyer": "margin of a buyer in 30 days",
    "struggles": "visits a year with friction",
    "contacts_beyond": "requests for help it brings beyond the expected",
    "cost_of_a_contact": "cost of a request for help",
    "hours_beyond": "hours lost per such visit, beyond visits alike",
}
GRADES = {
    Grade.EXPERIMENT: "tested in an experiment",
    Grade.MATCHED: "matched, not proven",
    Grade.CORRELATIONAL: "correlational, not proven",
    Grade.ASSUMED: "assumed by the author",
}
GRADE_NAMES = {
    Grade.EXPERIMENT: "experiment",
    Grade.MATCHED: "matched",
    Grade.CORRELATIONAL: "correlational",
    Grade.ASSUMED: "assumed",
}
LESS = {
    Removes.UNHAPPY: "unhappy people",
    Removes.UNFINISHED: "people who never finish",
    Removes.FRICTION: "visits with friction",
}
ASSUMPTIONS = {
    "years": "Years",
    "discount_rate": "Discount rate a year",
    "reach": "Of those concerned, reached",
    "fades": "Effect lost from each year to the next",
    "months_away": "Months a customer who stays away is away",
    "margin_rate": "Margin of orders without one, of revenue",
    "cost_per_contact": "Cost of a request for help",
    "contacts_are_cashable": "Fewer requests for help end contracts",
}
BASES = {
    Basis.MEASURED: "measured",
    Basis.ASSUMED: "assumed",
    Basis.TARGET: "as planned",
    Basis.DEFINITION: "by definition",
}
WHY = {
    "years": "three years: longer than most changes last unaltered, the usual horizon of such cases",
    "discount_rate": "10 % a year: put in your finance department's own rate",
    "reach": "everybody concerned: write less where the change serves some only",
    "months_away": "3 months: what was measured, and no more; who leaves for good is worth more",
    "fades": "the effect stays; write the part lost each year where others will follow",
    "causal_share": "by the grade of evidence: experiment all of it, matched 40 to 100 %, correlational 0 to 50 %",
    "cost_per_contact": "as set under [company] in sources.toml for the way each request came in",
    "margin_rate": "orders without a margin are left out; write the margin as a share of revenue to count them",
    "contacts_are_cashable": "no: fewer requests free people's time, they do not end contracts by themselves",
}


def title(made: Worth) -> str:
    """The page's one sentence: which stage, which change, what it is worth."""
    case = made.case
    less = LESS[case.removes]
    if made.benefit.p10 is None:
        return f"Fewer {less} in {case.stage}: what it is worth cannot be said"
    low = "nothing" if made.benefit.p10 <= 0 else money(made.benefit.p10)
    return f"Fewer {less} in {case.stage}: worth {low} to {money(made.benefit.p90)} a year"


def standfirst(made: Worth, page: bool = True) -> str:
    """How sure, measured on whom and when; on a page also that its filters do not apply."""
    span = numbers.span(made.period.start, made.period.end) + ("; the filters above do not apply" if page else "")
    if made.benefit.p50 is None:
        why = "; ".join(reason_text(reason) for _, reason in made.missing)
        return f"{why[:1].upper()}{why[1:]}. Measured on everyone, {span}."
    return (
        f"Four of five chances lie in that range, as likely above as below {money(made.benefit.p50)}; {grade(made)}. "
        f"Measured on everyone, {span}."
    )


def split(made: Worth) -> list[str]:
    """Money that reaches the accounts apart from time set free."""
    if not any(route.gain is Gain.COST for route in made.routes) or made.benefit.p50 is None:
        return []
    if made.case.assumptions.contacts_are_cashable:
        return [f"cashable: {money_range(made.cashable)} a year"]
    return [f"time of your team set free, no cash by itself: {money_range(made.capacity)} a year"]


def fits(removes: Removes, found: Definition) -> bool:
    """Whether a metric's target says how much of that is removed."""
    return says_how_much(removes, found)


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


def money_range(found: Outcome) -> str:
    """P10 to P90: `€600 to €5,800`."""
    return f"{money(found.p10)} to {money(found.p90)}"


def count_range(found: Outcome) -> str:
    """P10 to P90 of a count, `330 to 420`."""
    if found.p10 is None or found.p90 is None:
        return "–"
    low, high = (numbers.fixed(rounded(limit)) for limit in (found.p10, found.p90))
    return low if low == high else f"{low} to {high}"


def headline(made: Worth) -> str:
    """What the case is worth, in one sentence, or why that cannot be said."""
    if made.benefit.p50 is None:
        return "What it is worth cannot be said: " + "; ".join(reason_text(reason) for _, reason in made.missing)
    sure = "" if made.benefit.p10 is not None and made.benefit.p10 > 0 else " It may also bring nothing."
    return (
        f"Worth {money_range(made.benefit)} a year (four of five chances; as likely above as below {money(made.benefit.p50)}); "
        f"{grade(made)}.{sure}"
    )


def grade(made: Worth) -> str:
    """How it is known; where finishing is buying there is nothing to prove but that the change gets there."""
    if any(link.basis is Basis.DEFINITION for route in made.routes for link in route.links):
        return "finishing this stage is the purchase itself; whether the change gets there is the plan's"
    return GRADES[made.grade]


def helped(made: Worth) -> list[str]:
    """What people gain, a year."""
    return [f"{HELPED[name]}: {count_range(found)} a year" for name, found in made.helped]


def returns(made: Worth) -> list[str]:
    """Net present value, chance to pay, payback, and what would be enough."""
    case, assumed = made.case, made.case.assumptions
    if made.present.p50 is None or not (case.once or case.yearly):
        return ["costs: none given, so no return is worked out"] if made.benefit.p50 is not None else []
    said = [
        f"over {assumed.years} years at {numbers.percent(assumed.discount_rate)}, costs taken off: {money_range(made.present)}, "
        f"as likely above as below {money(made.present.p50)}",
        f"pays in {numbers.percent(made.pays)} of what the data allow",
    ]
    if made.break_even is not None:
        said.append(f"breaks even at {money(made.break_even)} a year" + _enough(made.enough))
    said.append("is not repaid at the median" if case.once and made.payback is None else _payback(made.payback))
    return [text for text in said if text]


def _enough(part: float | None) -> str:
    if part is None:
        return ""
    if part > 1:
        return f": {numbers.fixed(part, 1)} times what is planned would be needed"
    return f": {numbers.percent(part)} of what is planned would do"


def _payback(years: float | None) -> str:
    return (
        ""
        if years is None
        else f"the costs of the start are repaid after {numbers.fixed(years, 1)} years at the median"
    )


def link_label(link: Link, removes: Removes) -> str:
    """The name of a link as people read it."""
    return REMOVED[removes] if link.name == "removed" else LINKS[link.name]


def link_value(value: float, link: Link) -> str:
    """One value of a link in its unit."""
    if link.unit == "money":
        return numbers.amount(value)
    if link.unit == "rate":
        return numbers.percent(value, 1).replace(" ", "\u00a0")  # a number and its sign stay on one line
    return numbers.fixed(value, 0 if abs(value) >= 10 else 2)


def ranged(row: dict[str, str]) -> str:
    """The median of a row with its range where it has one."""
    return f"{row['middle']} ({row['low']} to {row['high']})" if row["low"] else row["middle"]


def basis(link: Link) -> str:
    """Where a link comes from, with how many it was measured on."""
    return BASES[link.basis] + (f", n\u00a0{numbers.whole(link.n)}" if link.n is not None else "")
