"""How a change at a stage reaches money and people: routes, each a product of links measured on the same people.

loyalty   customers × share unhappy × share removed × how much more often the unhappy stay away for 90 days × causal share
          × margin of the 90 days after of those who come back × how long they stay away
purchase  people a year × share who never finished × share removed × how much more often finishers buy × causal share × margin of 30 days
help      visits with friction a year × share removed × contacts beyond the expected × causal share × cost of a contact
time      visits with friction a year × share removed × hours beyond the like × causal share
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from metrics.analyses.case import gaps
from metrics.analyses.case.frictions import Beyond
from metrics.analyses.case.measured import Sums, Window
from metrics.codes import Reason, ReasonCode, because
from metrics.statistics.groups import replicates
from metrics.thresholds import DOMINANT

LEAST = 30  # people on each side of a difference before money rests on it (docs/STATISTICS.md, reliability)


class Gain(StrEnum):
    """What the product of a route is."""

    MARGIN = "margin"  # cashable
    COST = "cost"  # of contacts: capacity released, or cashable where the company says so
    HOURS = "hours"  # of customers' time: no money


class Basis(StrEnum):
    """Where a link comes from."""

    MEASURED = "measured"
    ASSUMED = "assumed"
    TARGET = "target"
    DEFINITION = "definition"  # true by what the words mean


@dataclass(frozen=True)
class Link:
    """One factor of a route: its replicates, and how many it was measured on."""

    name: str
    draws: np.ndarray
    basis: Basis
    n: int | None = None
    unit: str = "number"  # number | rate | money


@dataclass(frozen=True)
class Route:
    """A product of links. `helped` names the links whose product counts who or what is helped: people, contacts, hours."""

    name: str
    gain: Gain
    links: tuple[Link, ...]
    helped: tuple[str, ...]
    priced: bool = True  # whether it ends in money

    def product(self, only: tuple[str, ...] | None = None) -> np.ndarray:
        """The product of the links, of those named only."""
        return np.asarray(np.prod([link.draws for link in self.links if only is None or link.name in only], axis=0))


@dataclass(frozen=True)
class Given:
    """The links every route shares: how much is removed, whom the change reaches, which share of a difference is effect."""

    removed: Link
    reach: Link
    causal: Link


Made = Route | Reason


def _one_makes_it(sums: Sums, top: str, mass: str) -> bool:
    """Whether one person makes up more than half of an amount: a range drawn from it is drawn from whether that person is in the draw."""
    return float(sums.by_group[top].max()) > DOMINANT * sums.total(mass)


def loyalty(stages: dict[str, Sums], stage: str, window: Window, given: Given, away: Link) -> Made:
    """Who is no longer unhappy comes back as often as the content, as far as the one brings the other. Customers are people, not a
    count that grows with the days: a window shorter than a year knows fewer of them than the year has, and they are not multiplied.
    `away` is for how many stretches of 90 days a customer who stays away is taken to be away: one is what was measured."""
    sums = stages.get(stage)
    if sums is None or not sums.total("customers"):
        return because(ReasonCode.CASE_NO_CUSTOMERS)
    if not gaps.enough(sums, LEAST):
        have = int(min(sums.total("unhappy_then"), sums.total("content_then")))
        return because(ReasonCode.CASE_FEW_ANSWERS, have=have, need=LEAST)
    back = int(sums.total("content_back"))
    if back < LEAST:
        return because(ReasonCode.CASE_NO_MARGIN, have=back, need=LEAST)
    if _one_makes_it(sums, "content_top", "content_mass"):
        return because(ReasonCode.ONE_PERSON)
    judged = int(sums.total("unhappy_then") + sums.total("content_then"))
    customers = sums.drawn["customers"] * min(1.0, window.yearly)
    links = (
        Link("customers", customers, Basis.MEASURED, int(sums.total("customers"))),
        Link("unhappy_share", sums.ratio("unhappy", "answered"), Basis.MEASURED, int(sums.total("answered")), "rate"),
        given.removed,
        given.reach,
        Link("leave_gap", gaps.shrunken(stages, stage, LEAST), Basis.MEASURED, judged, "rate"),
        given.causal,
        Link("margin_of_90_days", sums.ratio("content_earned", "content_back"), Basis.MEASURED, back, "money"),
        away,
    )
    return Route("loyalty", Gain.MARGIN, links, ("customers", "unhappy_share", "removed", "reach"))


def purchase(sums: Sums | None, stage: str, window: Window, given: Given, is_the_purchase: bool) -> Made:
    """Who finishes the stage buys as often within 30 days as others who finish, as far as the one brings the other; where finishing
    the stage is the purchase, it does by definition."""
    if sums is None or not sums.total("people"):
        return because(ReasonCode.NO_GOAL, stage=stage)
    reached, people, buyers = (int(sums.total(name)) for name in ("reached", "people", "buyers"))
    if buyers < LEAST:
        return because(ReasonCode.CASE_NO_MARGIN, have=buyers, need=LEAST)
    if _one_makes_it(sums, "top", "mass"):
        return because(ReasonCode.ONE_PERSON)
    if min(reached, people - reached) < LEAST:
        return because(ReasonCode.CASE_FEW_PEOPLE, have=min(reached, people - reached), need=LEAST)
    missed = sums.drawn["people"] - sums.drawn["reached"]
    gap = sums.ratio("reached_bought", "reached") - replicates.over(sums.drawn["unreached_bought"], missed)
    causal = given.causal
    if is_the_purchase:
        causal = Link("causal_share", np.ones_like(gap), Basis.DEFINITION, None, "rate")
    links = (
        Link("people", sums.drawn["people"] * window.yearly_ripe, Basis.MEASURED, people),
        Link("unfinished_share", replicates.over(missed, sums.drawn["people"]), Basis.MEASURED, people, "rate"),
        given.removed,
        given.reach,
        Link("purchase_gap", gap, Basis.MEASURED, people, "rate"),
        causal,
        Link("margin_a_buyer", sums.ratio("earned", "buyers"), Basis.MEASURED, buyers, "money"),
    )
    return Route("purchase", Gain.MARGIN, links, ("people", "unfinished_share", "removed", "reach"))


def _enough(found: Beyond | Reason) -> Beyond | Reason:
    """The same, or that too few met it."""
    if isinstance(found, Reason) or found.n >= LEAST:
        return found
    return because(ReasonCode.CASE_FEW_PEOPLE, have=found.n, need=LEAST)


def contacts(found: Beyond | Reason, given: Given, cost: float | None, assumed: bool) -> Made:
    """Requests for help that follow friction beyond what the same situation would lead to expect."""
    found = _enough(found)
    if isinstance(found, Reason):
        return found
    price = np.full(len(found.effect), cost or 0.0)
    links = (
        Link("struggles", found.struggles, Basis.MEASURED, found.n),
        given.removed,
        given.reach,
        Link("contacts_beyond", found.effect, Basis.MEASURED, found.n, "rate"),
        given.causal,
        Link("cost_of_a_contact", price, Basis.ASSUMED if assumed else Basis.MEASURED, None, "money"),
    )
    helped = ("struggles", "removed", "reach", "contacts_beyond", "causal_share")
    return Route("help", Gain.COST, links, helped, cost is not None)


def time(found: Beyond | Reason, given: Given) -> Made:
    """Hours of customers' own time, beyond visits alike without friction; never turned into money."""
    found = _enough(found)
    if isinstance(found, Reason):
        return found
    links = (
        Link("struggles", found.struggles, Basis.MEASURED, found.n),
        given.removed,
        given.reach,
        Link("hours_beyond", found.effect / 3600, Basis.MEASURED, found.n),
        given.causal,
    )
    return Route("time", Gain.HOURS, links, tuple(link.name for link in links), False)
