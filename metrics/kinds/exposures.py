"""Money that unhappy customers stand for: what is exposed, and how much of it would be missed beyond what leaves anyway.

Both are known of those who answered only and scaled to all customers of the cell; the interval carries
the uncertainty of every step together (margin, answering, leaving). The exposed margin is that of the cell (exposure.sql);
what would be missed is the margin of the 90 days before an answer and the orders of the 90 days after it (margin_lost.sql).
"""

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.kinds import Kind, money
from metrics.kinds.sums import Sums
from metrics.states import State
from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.jackknife import jackknife, ratio
from metrics.statistics.levels.skewed import Amounts, gamma_draws, gamma_limits

EXPOSED = ("n", "respondents", "unhappy_margin")
LOST = (*EXPOSED, "unhappy", "unhappy_left", "content", "content_left")
SEED, DRAWS = 20_031, 10_000


def exposed(totals: np.ndarray) -> float:
    """Σ margin of the unhappy ÷ respondents × buyers."""
    return float(ratio(totals[2], totals[1]) * totals[0])


def lost(totals: np.ndarray) -> float:
    """The exposed margin × (share of the unhappy who stayed away − share of the content who did)."""
    return exposed(totals) * (ratio(totals[4], totals[3]) - ratio(totals[6], totals[5]))


def estimate(definition: Definition, sums: Sums, level: float) -> Estimate:
    """The amount in the company's currency. Of margins that are never negative the limits are those of unequal amounts, and for
    what would be missed they flow through with the two shares that stayed away; else t over the person groups."""
    if sums.too_little_known:
        return missing(Note.UNDEFINED, sums.n)
    forward = definition.measure.kind == "margin_lost"
    rows = np.vstack([sums.vector(name) for name in (LOST if forward else EXPOSED)])
    statistic = lost if forward else exposed
    result = jackknife(rows, statistic)
    if not np.isfinite(result.value[0]):
        return missing(Note.UNDEFINED, sums.n)
    if result.groups < 2 or not np.isfinite(result.covariance).all():
        return Estimate(float(result.value[0]), n=sums.n, note=Note.ONE_GROUP)
    amount = result.unequal(level)
    low, high = _limits(definition, sums, rows.sum(axis=1), level) or (amount.low, amount.high)
    return Estimate(amount.value, low, high, sums.n, None, amount.se, amount.df, amount.note)


def _limits(definition: Definition, sums: Sums, totals: np.ndarray, level: float) -> tuple[float, float] | None:
    """None where a margin is negative or nobody is unhappy: the jackknife's are taken."""
    customers, asked, margin = totals[:3]
    squares = float(sums.rows["squares"].sum())
    variance = (squares - margin**2 / asked) * asked / max(asked - 1, 1)
    if margin <= 0 or variance <= 0 or sums.rows["mass"].sum() > margin * (1 + 1e-9):
        return None
    amounts, scale = Amounts(float(margin), squares, float(sums.rows["top"].max()), float(variance)), customers / asked
    if definition.measure.kind == "exposure":
        low, high = gamma_limits(amounts, level)
        return low * scale, high * scale
    return _missed(amounts, scale, totals[3:], level)


def _missed(amounts: Amounts, scale: float, people: np.ndarray, level: float) -> tuple[float, float]:
    """Quantiles of amount × (share of the unhappy who stayed away − share of the content who did): the amount from its gamma
    distributions (the lower, and the upper one), the shares from Jeffreys' posteriors, 10,000 draws of one seed."""
    rng, (unhappy, away, content, left) = np.random.default_rng(SEED), people
    gap = rng.beta(away + 0.5, unhappy - away + 0.5, DRAWS) - rng.beta(left + 0.5, content - left + 0.5, DRAWS)
    drawn = [scale * gap * side for side in gamma_draws(amounts, rng.random(DRAWS), level)]
    tails = [np.quantile(side, [(1 - level) / 2, (1 + level) / 2]) for side in drawn]
    return float(min(side[0] for side in tails)), float(max(side[1] for side in tails))


def state(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    """Why there is no amount although there are customers: of too many orders it is not known, nobody among them answered, or all of them
    felt alike."""
    if sums is not None and sums.too_little_known:
        return money.state(definition, sums, result)
    if sums is None or result.value is not None:
        return None
    if not sums.rows["respondents"].sum():
        return State.NOT_ASKED, because(ReasonCode.NONE_ANSWERED_IN_TIME, question=definition.suggested_question)
    return State.NO_DATA, because(ReasonCode.ALL_FELT_ALIKE, unhappy=bool(sums.rows["unhappy"].sum()))


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """Of how many customers it is known, and that two groups are compared."""
    answered = int(sums.rows["respondents"].sum())
    said = [warn(WarningCode.SCALED_TO_ALL, answered=answered, customers=sums.n)]
    if definition.measure.kind == "margin_lost":
        said.append(warn(WarningCode.NOT_AN_EFFECT))
    return (*said, *money.unknown(sums))


KINDS = {kind: Kind(kind, estimate, state=state, warnings=warnings) for kind in ("exposure", "margin_lost")}
