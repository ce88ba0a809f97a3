"""The truth of a run: twin runs over the same random numbers, summed block by block."""

from functools import cache
from typing import Any

from data.demo.customers.block import Outcome
from data.demo.plan import Plan
from data.demo.planted.absent_claims import ABSENT
from data.demo.planted.claims import Claim, Tracked, View
from data.demo.planted.effect_claims import EFFECTS
from data.demo.planted.trap_claims import TRAPS

CLAIMS: tuple[Claim, ...] = EFFECTS + ABSENT + TRAPS
Sums = dict[str, tuple[float, float]]


def sums(outcome: Outcome, tracked: Tracked) -> Sums:
    """Numerator and denominator of every measure of one block; the twin's keys end in ' without'."""
    base = View(outcome, tracked)

    @cache
    def twin(switch: str) -> View:
        return View(Outcome(outcome.world, outcome.on - {switch}))

    found: Sums = {}
    for claim in CLAIMS:
        for name, measure in claim.measures.items():
            found[f"{claim.id}|{name}"] = measure(base, base)
            if claim.twin:
                found[f"{claim.id}|{name} without"] = measure(twin(claim.twin), base)
    return found


def settle(blocks: list[Sums], plan: Plan) -> dict[str, Any]:
    """The truth file: one entry per effect, absent effect and trap. Unknown (nobody in the population) is None."""
    total: Sums = {}
    for block in blocks:
        for key, (top, bottom) in block.items():
            old = total.get(key, (0.0, 0.0))
            total[key] = (old[0] + top, old[1] + bottom)
    company = {
        "people": plan.people,
        "days": plan.days,
        "seed": plan.seed,
        "first_day": "2025-05-26",
        "switched_on": sorted(plan.on),
    }
    return {"company": company, "claims": [_entry(claim, total, plan) for claim in CLAIMS]}


def _entry(claim: Claim, total: Sums, plan: Plan) -> dict[str, Any]:
    values: dict[str, float | None] = {}
    for name in claim.measures:
        for suffix in ("", " without") if claim.twin else ("",):
            top, bottom = total[f"{claim.id}|{name}{suffix}"]
            values[name + suffix] = top if claim.totals else top / bottom if bottom else None
    first = next(iter(claim.measures))
    known = {name: value for name, value in values.items() if value is not None}
    size = None
    if len(known) == len(values):
        size = claim.settle(known) if claim.settle else round(known[first] - known[first + " without"], 6)
    return {
        "id": claim.id,
        "text": claim.text,
        "estimand": claim.estimand,
        "population": claim.population,
        "weeks": list(claim.weeks),
        "view": claim.view,
        "twin": claim.twin or None,
        "planted": not claim.twin or claim.twin in plan.on,
        "size": size,
        "measured_on": first,
        "n": total[f"{claim.id}|{first}"][1],
        "values": {name: None if value is None else round(value, 6) for name, value in values.items()},
    }
