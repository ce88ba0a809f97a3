"""The two results every method returns, the reasons a number can be missing, and the critical values all share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from scipy import special


class Note(StrEnum):
    """Why a value, a bound or a test is missing or special. Compares equal to its plain string."""

    EMPTY = "empty"  # nothing was counted
    ONE_CLUSTER = "one_cluster"  # a single person: no variance between persons
    ONE_GROUP = "one_group"  # a single jackknife group: no variance between groups
    ONE_ROW = "one_row"  # a single observation: no variance
    NO_VARIATION = "no_variation"  # every replicate is equal: the variance cannot be estimated
    BOUNDARY = "boundary"  # all or none: persons counted once instead of an estimated design effect
    UNDEFINED = "undefined"  # a denominator is zero somewhere
    NOT_REACHED = "not_reached"  # the curve or sample ends before the percentile; low is its lower bound
    HIGH_NOT_REACHED = "high_not_reached"  # the upper bound lies beyond what was observed
    NO_NORMAL_RANGE = "no_normal_range"  # too few complete weeks before
    TOO_NOISY = "too_noisy"  # the weeks before vary too much to say what is normal
    EMPTY_MARGIN = "empty_margin"  # a target share has nobody to carry it
    NOT_CONVERGED = "not_converged"
    NO_OVERLAP = "no_overlap"  # strata without anybody to compare with
    UNINFORMATIVE = "uninformative"  # a classifier or an instrument no better than chance
    LINE_IS_TARGET = "line_is_target"  # the scale has no length
    TOO_FEW_ROWS = "too_few_rows"  # fewer observations than the model needs
    COLLINEAR = "collinear"  # one predictor is a combination of the others
    NEVER_PAYS = "never_pays"  # no positive cash flow can repay the outlay


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval, in the units of the value.

    `n` counts rows (answers, visits, denominators), `n_eff` what they are worth in independent rows, `se` is the
    standard error, `df` the degrees of freedom of the t interval (None: normal). Whatever is unknown is None and
    `note` says why; a value can be known although its interval is not.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    n_eff: float | None = None
    se: float | None = None
    df: float | None = None
    note: Note | None = None

    @property
    def deff(self) -> float | None:
        """Design effect n / n_eff, or None where either is unknown."""
        return self.n / self.n_eff if self.n and self.n_eff else None


@dataclass(frozen=True, slots=True)
class Test:
    """A test statistic with its two-sided p-value (chi-squared statistics have one tail by nature)."""

    __test__ = False  # not a pytest class

    statistic: float | None
    df: float | None
    p: float | None
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A difference (first minus second) with its interval and the test of no difference.

    `sides` are the two values whose difference it is, where they are not the estimates as measured: both on one ground.
    """

    estimate: Estimate
    test: Test
    sides: tuple[float, float] | None = None


def value_and_se(estimate: Estimate) -> tuple[float, float]:
    """Value and standard error of an estimate that has both. Raises ValueError for one that lacks either."""
    if estimate.value is None or estimate.se is None:
        raise ValueError(f"an estimate without value or standard error: {estimate}")
    return estimate.value, estimate.se


def missing(note: Note, n: float | None = 0) -> Estimate:
    """An estimate without a value, for the reason given."""
    return Estimate(None, n=n, note=note)


def untestable(note: Note) -> Test:
    """A test that could not be made, for the reason given."""
    return Test(None, None, None, note)


@lru_cache(maxsize=4096)
def critical(level: float = 0.95, df: float | None = None) -> float:
    """Two-sided critical value at confidence `level`: Student's t with `df` degrees of freedom, normal if None."""
    tail = (1 + level) / 2
    return float(special.ndtri(tail) if df is None else special.stdtrit(df, tail))


def two_sided(statistic: float, df: float | None = None) -> float:
    """Two-sided p-value of a z (df None) or t statistic."""
    return float(2 * (special.ndtr(-abs(statistic)) if df is None else special.stdtr(df, -abs(statistic))))


def upper_tail(distance: float, df: float | None = None) -> float:
    """Probability of a z (df None) or t statistic above `distance`."""
    return float(special.ndtr(-distance) if df is None else special.stdtr(df, -distance))


def symmetric(
    value: float,
    se: float,
    *,
    df: float | None = None,
    n: float | None = None,
    level: float = 0.95,
    n_eff: float | None = None,
) -> Estimate:
    """value ± critical · se."""
    half = critical(level, df) * se
    return Estimate(value, value - half, value + half, n, n_eff, se, df)


def zero_test(estimate: Estimate, null: float = 0.0) -> Test:
    """z or t test that the estimate equals `null`, from its own standard error."""
    if estimate.value is None or estimate.se is None:
        return untestable(estimate.note or Note.UNDEFINED)
    if estimate.se == 0:
        return untestable(Note.NO_VARIATION)
    statistic = (estimate.value - null) / estimate.se
    return Test(statistic, estimate.df, two_sided(statistic, estimate.df))


def welch_df(se_a: float, df_a: float | None, se_b: float, df_b: float | None) -> float | None:
    """Welch–Satterthwaite degrees of freedom of a difference; an estimate without df counts as exactly known."""
    spread = sum(se**4 / df for se, df in ((se_a, df_a), (se_b, df_b)) if df)
    return (se_a**2 + se_b**2) ** 2 / spread if spread > 0 else None
