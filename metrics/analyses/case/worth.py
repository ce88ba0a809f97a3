"""What a case is worth a year and over its years: the distribution of the result itself, never a product of lows and of highs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.case import frictions, routes
from metrics.analyses.case.case import CAUSAL, Case, Grade, Removes
from metrics.analyses.case.measured import Sums, Window, sums_by_stage, window
from metrics.analyses.case.removed import removed
from metrics.analyses.case.routes import Basis, Gain, Given, Link, Made, Route
from metrics.codes import Reason, ReasonCode, because
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, resolve
from metrics.rules import privacy
from metrics.rules.access import rights_of
from metrics.statistics import business
from metrics.statistics.business import Outcome, of_replicates
from metrics.statistics.groups import replicates

SHORT = 26 * 7  # days: from less than half a year, a year is a guess
# How it is known that the one brings the other, where the author of a case does not say: by the way each route is measured.
GRADES = {
    Removes.UNHAPPY: Grade.CORRELATIONAL,
    Removes.UNFINISHED: Grade.CORRELATIONAL,
    Removes.FRICTION: Grade.MATCHED,
}


@dataclass(frozen=True)
class Swing:
    """One link of the tornado: the yearly benefit with this link at its P10 and at its P90, all others at their medians."""

    route: str
    link: str
    low: float
    high: float


@dataclass(frozen=True)
class Worth:
    """The answer to a case. Money is in `currency`, `missing` says per route why it has no value.

    `benefit`, `cashable`, `capacity` are a year's; `present` is the net present value over the years, costs taken off, `pays` the
    share of replicates in which it is above 0. `payback` are years until the costs of the start are repaid at the median, None where
    they never are; `break_even` the yearly benefit at which the costs are just earned; `enough` the part of the planned change that
    would do at the median. `helped` counts people, contacts and hours a year by route.
    """

    case: Case
    grade: Grade
    currency: str
    period: Window
    generation: str
    routes: tuple[Route, ...] = ()
    missing: tuple[tuple[str, Reason], ...] = ()
    benefit: Outcome = of_replicates([])
    cashable: Outcome = of_replicates([])
    capacity: Outcome = of_replicates([])
    present: Outcome = of_replicates([])
    pays: float | None = None
    payback: float | None = None
    break_even: float | None = None
    enough: float | None = None
    helped: tuple[tuple[str, Outcome], ...] = ()
    tornado: tuple[Swing, ...] = ()
    warnings: tuple[Reason, ...] = ()


@understood
def worth(case: Case, generation: Generation) -> Worth:
    """The value of a case on one generation. Raises UserError for an unknown journey, stage or metric, and for a store without days."""
    known = context.read(generation)
    query = resolve(Query((), case.journey, (case.stage,), filters=case.filters), known)
    case = replace(case, journey=query.journey)
    days = window(case, generation)
    if days is None:
        raise UserError("the store holds no dated records, so nothing can be counted by the year")
    if known.groups_only and (case.start or case.end or case.filters or case.like):
        raise UserError(
            "a period or a part of one's own is for who may see single persons",
            where="from",
            allowed="the last 52 weeks of everybody: leave from, to, filters and like out",
        )
    weights = replicates.weights()
    grade = case.evidence or GRADES[case.removes]
    bare = Worth(case, grade, known.currency, days, generation.name, warnings=short_period(days))
    if limits := rights_of(generation).limits:  # what an order brought is nobody's stage
        refused = because(ReasonCode.NEEDS_ALL_OF, label=case.stage, limits=tuple(sorted(limits)))
        return replace(bare, missing=((case.removes.value, refused),))
    share = removed(case, query, days, generation, weights)
    if isinstance(share, Reason):
        return replace(bare, missing=((case.removes.value, _stepped(share) if known.confidential else share),))
    made, sums = _routes(case, query, days, generation, weights, _given(case, grade, share, len(weights)))
    bare = replace(bare, warnings=(*bare.warnings, *_amounts_unknown(sums)))
    missing = tuple((name, found) for name, found in made.items() if isinstance(found, Reason))
    whole = tuple(found for found in made.values() if isinstance(found, Route))
    if known.groups_only or known.confidential:
        whole = tuple(_uncounted(route) for route in whole)
    if any(route.gain is Gain.COST and not route.priced for route in whole):
        missing = (*missing, ("cost", because(ReasonCode.NOT_SET, signal="contact_costs")))
    found = _valued(replace(bare, routes=whole, missing=missing))
    return _in_steps(found) if known.groups_only or known.confidential else found


def _uncounted(route: Route) -> Route:
    """The route without exact counts: what it was measured on, rounded, and what was measured in two digits, or two cases that differ by a day of
    buying would tell of the few who bought on it."""
    return replace(
        route,
        links=tuple(
            replace(
                link,
                n=link.n if link.n is None else privacy.rounded(link.n),
                draws=link.draws if link.basis is Basis.ASSUMED else _two_digits(link.draws),
            )
            for link in route.links
        ),
    )


def _stepped(reason: Reason) -> Reason:
    """The reason with the metric's value to the percent."""
    value = reason.numbers.get("value")
    return reason if value is None else replace(reason, numbers=reason.numbers | {"value": privacy.step(value, "rate")})


def _two_digits(draws: np.ndarray) -> np.ndarray:
    """Each number to two significant digits; 0, NaN and the infinite as they are."""
    size = np.zeros_like(draws)
    there = np.isfinite(draws) & (draws != 0)
    size[there] = 10.0 ** (np.floor(np.log10(np.abs(draws[there]))) - 1)
    made = draws.astype(float).copy()
    made[there] = np.round(draws[there] / size[there]) * size[there]
    return made


def _in_steps(worth: Worth) -> Worth:
    """The case as it is told where no exact count may be: amounts and counts in two digits, shares to the percent; of how many people there
    are too few, in fives."""

    def of(outcome: Outcome) -> Outcome:
        p10, p50, p90, mean = (privacy.step(part, "") for part in (outcome.p10, outcome.p50, outcome.p90, outcome.mean))
        return Outcome(p10, p50, p90, mean, outcome.note)

    return replace(
        worth,
        missing=tuple((name, privacy.blurred(reason)) for name, reason in worth.missing),
        benefit=of(worth.benefit),
        cashable=of(worth.cashable),
        capacity=of(worth.capacity),
        present=of(worth.present),
        pays=privacy.step(worth.pays, "rate"),
        payback=privacy.step(worth.payback, ""),
        enough=privacy.step(worth.enough, "rate"),
        helped=tuple((name, of(outcome)) for name, outcome in worth.helped),
        tornado=tuple(
            replace(one, low=privacy.step(one.low, "") or 0.0, high=privacy.step(one.high, "") or 0.0)
            for one in worth.tornado
        ),
    )


def _given(case: Case, grade: Grade, share: Link, draws: int) -> Given:
    """What all routes share. What other cases remove first is taken off the reach: 1 − Π(1 − share), never a sum."""
    low, high = case.assumptions.causal_share or CAUSAL.get(grade, (0.0, 1.0))
    spread = np.random.default_rng(replicates.SEED + 1).uniform(low, high, draws) if high > low else np.full(draws, low)
    reach = case.assumptions.reach * (1 - business.union_of_fixes(case.overlaps))
    return Given(
        share,
        Link("reach", np.full(draws, reach), Basis.ASSUMED, None, "rate"),
        Link("causal_share", spread, Basis.ASSUMED, None, "rate"),
    )


def _routes(
    case: Case, query: ResolvedQuery, days: Window, generation: Generation, weights: np.ndarray, given: Given
) -> tuple[dict[str, Made], Sums | None]:
    """Every route the case takes, or why it cannot be taken; and the sums its orders are in, where it counts any."""
    assumed, known = case.assumptions, context.read(generation)
    if case.removes is Removes.UNHAPPY:
        away = Link("quarters_away", np.full(len(weights), assumed.months_away / 3), Basis.ASSUMED)
        stages = sums_by_stage("case_loyalty", case, days, generation, weights)
        return {"loyalty": routes.loyalty(stages, case.stage, days, given, away)}, stages.get(case.stage)
    if case.removes is Removes.UNFINISHED:
        found = sums_by_stage("case_purchase", case, days, generation, weights).get(case.stage)
        bought = routes.purchase(found, case.stage, days, given, _is_the_purchase(query, generation))
        return {"purchase": bought}, found
    contacts, hours = (
        frictions.beyond(metric, query, days, generation, weights) for metric in (frictions.CONTACTS, frictions.TIME)
    )
    cost = assumed.cost_per_contact if assumed.cost_per_contact is not None else _cost(query, days, generation, known)
    return {
        "help": routes.contacts(contacts, given, cost, assumed.cost_per_contact is not None),
        "time": routes.time(hours, given),
    }, None


def _amounts_unknown(sums: Sums | None) -> tuple[Reason, ...]:
    """That some of the orders counted have no margin and no amount it could be reckoned from: the means are of the others."""
    orders, known = (sums.total("orders"), sums.total("amounts_known")) if sums else (0.0, 0.0)
    return (because(ReasonCode.CASE_AMOUNTS_UNKNOWN, share=1 - known / orders),) if known < orders else ()


def _cost(query: ResolvedQuery, days: Window, generation: Generation, known: Context) -> float | None:
    return frictions.contact_cost(query, days, generation) if known.signals.get("contact_costs") else None


def _is_the_purchase(query: ResolvedQuery, generation: Generation) -> bool:
    """Whether reaching the stage's goal is the order itself."""
    text = "select 1 from cfg_goals where journey = $journey and stage = $stage and (kind = 'order' or pattern = 'purchase')"
    found = generation.cursor().execute(text, {"journey": query.journey, "stage": query.stages[0]})
    return found.fetchone() is not None


def _valued(worth: Worth) -> Worth:
    """Money over the years, from the routes that end in money; people, contacts and hours from all."""
    helped = tuple((route.name, of_replicates(route.product(route.helped))) for route in worth.routes)
    priced = [route for route in worth.routes if route.priced]
    if not priced:
        return replace(worth, helped=helped)
    case, assumed = worth.case, worth.case.assumptions
    margin, cost = (_sum([route for route in priced if route.gain is gain]) for gain in (Gain.MARGIN, Gain.COST))
    cashable = margin + cost if assumed.contacts_are_cashable else margin
    yearly, middle = margin + cost, of_replicates(margin + cost)
    years = sum(
        (1 - assumed.fades) ** (year - 1) * (1 + assumed.discount_rate) ** -year for year in range(1, assumed.years + 1)
    )
    costs = case.once + case.yearly * business.annuity(assumed.discount_rate, assumed.years)
    present = yearly * years - costs
    repaid, _ = business.payback(case.once, (middle.p50 or 0.0) - case.yearly)
    need = costs / years
    return replace(
        worth,
        benefit=middle,
        cashable=of_replicates(cashable),
        capacity=of_replicates(yearly - cashable),
        present=of_replicates(present),
        pays=float((present[np.isfinite(present)] > 0).mean()) if costs else None,
        payback=repaid if case.once else None,
        break_even=need if costs else None,
        enough=need / middle.p50 if costs and middle.p50 and middle.p50 > 0 else None,
        helped=helped,
        tornado=_tornado(priced),
    )


def _sum(routes: list[Route]) -> np.ndarray:
    return np.asarray(np.sum([route.product() for route in routes], axis=0)) if routes else np.zeros(replicates.DRAWS)


def _tornado(routes: list[Route]) -> tuple[Swing, ...]:
    """How far each link alone moves the yearly benefit, the widest first; links that do not vary are left out."""
    swings = []
    middle = {(route.name, link.name): float(np.nanmedian(link.draws)) for route in routes for link in route.links}
    base = {route.name: float(np.prod([middle[route.name, link.name] for link in route.links])) for route in routes}
    for route in routes:
        others = sum(value for name, value in base.items() if name != route.name)
        for link in route.links:
            low, high = (float(limit) for limit in np.nanquantile(link.draws, [0.1, 0.9]))
            if high > low:
                rest = float(np.prod([middle[route.name, other.name] for other in route.links if other is not link]))
                swings.append(Swing(route.name, link.name, others + rest * low, others + rest * high))
    return tuple(sorted(swings, key=lambda swing: -abs(swing.high - swing.low)))


def short_period(days: Window) -> tuple[Reason, ...]:
    """That less than half a year was measured, where it was."""
    return (because(ReasonCode.CASE_SHORT, days=days.days),) if days.days < SHORT else ()
