"""Money that unhappy customers stand for: what is exposed, and how much of it would be missed beyond what leaves anyway.

Both are known of those who answered only and scaled to all buyers of the cell; the jackknife by person group carries the
uncertainty of every step together (margin, answering, leaving).
"""

import numpy as np

from metrics.catalogue import Definition
from metrics.estimate import Sums
from metrics.kinds import Kind
from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.jackknife import jackknife, ratio

COLUMNS = ("n", "respondents", "unhappy_margin", "unhappy", "unhappy_left", "content", "content_left")


def exposed(totals: np.ndarray) -> float:
    """Σ margin of the unhappy ÷ respondents × buyers."""
    return ratio(totals[2], totals[1]) * totals[0]


def lost(totals: np.ndarray) -> float:
    """The exposed margin × (share of the unhappy who stayed away − share of the content who did)."""
    return exposed(totals) * (ratio(totals[4], totals[3]) - ratio(totals[6], totals[5]))


def estimate(found: Definition, sums: Sums, level: float) -> Estimate:
    """The amount in the company's currency, t over the 40 person groups."""
    rows = np.vstack([sums.vector(name) for name in COLUMNS])
    statistic = lost if found.measure.field == "lost" else exposed
    result = jackknife(rows, statistic)
    if not np.isfinite(result.value[0]):
        return missing(Note.UNDEFINED, sums.n)
    if result.groups < 2 or not np.isfinite(result.covariance).all():
        return Estimate(float(result.value[0]), n=sums.n, note=Note.ONE_GROUP)
    amount = result.estimate(level=level)
    return Estimate(amount.value, amount.low, amount.high, sums.n, None, amount.se, amount.df, amount.note)


def state(found: Definition, sums: Sums | None, result: Estimate) -> tuple[str, str] | None:
    """Why there is no amount although people bought: nobody among them answered, or too recently to know who left."""
    if sums is None or result.value is not None:
        return None
    if not sums.rows["respondents"].sum():
        return "not_asked", f"none of these buyers answered a survey; ask: {found.suggested_question}"
    return "immature", "answers of the last 90 days are too recent to know who stayed away"


def warnings(found: Definition, sums: Sums, result: Estimate) -> tuple[str, ...]:
    asked = int(sums.rows["respondents"].sum())
    said = [f"known of {asked:,} buyers who answered and scaled to all {sums.n:,}, as though the silent felt alike"]
    if found.measure.field == "lost":
        said.append("who is unhappy differs in more than that: a comparison of two groups, not an effect")
    return tuple(said)


KINDS = {"exposure": Kind("exposure", estimate, state=state, warnings=warnings)}
