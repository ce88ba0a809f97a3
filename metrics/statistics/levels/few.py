"""A mean on a bounded scale (a share, a rating, a score) when there are few people, some of whom come far more often.

Three things make the usual interval too short there, and each has its own remedy:

- the linearised variance is too small, since every person pulls the mean towards themselves, the heavy ones most: it is divided
  by what it is expected to be of the true variance (`Unequal.bias`; Bell & McCaffrey, Survey Methodology 2002, under an
  exchangeable working model);
- it is known from fewer people than there are: Satterthwaite's degrees of freedom under the same model (`Unequal.df`);
- near an end of the scale it rests on the few who are not at that end, and with none of them it is 0: it is drawn towards the
  largest there can be, everybody's rows alike and at the ends only, with the weight of `PRIOR` person.

The interval is Wilson's on the number of independent yes-or-no answers of that variance (Korn & Graubard, Survey Methodology 1998,
for the idea), so that it stays on the scale and has a width also where all say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from metrics.statistics.core import Estimate, Note, critical, missing
from metrics.statistics.levels.means import ratio_of_sums
from metrics.statistics.levels.nps import NpsCounts, clustered_counts
from metrics.statistics.levels.shares import wilson, wilson_bounds
from metrics.statistics.levels.skewed import Amounts, gamma_limits
from metrics.statistics.moments import Moments, NpsMoments

PRIOR = 1.0  # persons' worth of doubt about the variance: simulated, 0 leaves 86 % at 150 people, 2 makes 99 % of 95


@dataclass(frozen=True, slots=True)
class Unequal:
    """How unequally often people come: persons C, rows N and Σn_i², Σn_i³, Σn_i⁴ over persons."""

    persons: float
    rows: float
    n2: float
    n3: float
    n4: float

    @property
    def worst(self) -> float:
        """Design effect if all rows of a person are alike, Σn_i²/N."""
        return self.n2 / self.rows

    def alike(self, deff: float) -> float:
        """Correlation of two rows of a person that brings this design effect, 0…1."""
        return min(max((deff - 1) / (self.worst - 1), 0.0), 1.0) if self.worst > 1 + 1e-9 else 0.0

    def bias(self, alike: float) -> float:
        """What Σ(y_i − r·n_i)²/N² is expected to be of the variance of r; 1 − 1/C where all come equally often."""
        spread = alike * self.n2 + (1 - alike) * self.rows
        pulled = (alike * self.n3 + (1 - alike) * self.n2) / self.rows
        return max(1 - 2 * pulled / spread + self.n2 / self.rows**2, 1 / self.rows)

    def df(self, alike: float) -> float:
        """Satterthwaite's degrees of freedom of that variance, between 1 and C − 1."""
        spread = alike * self.n2 + (1 - alike) * self.rows
        square = alike**2 * self.n4 + 2 * alike * (1 - alike) * self.n3 + (1 - alike) ** 2 * self.n2
        return max(min(spread**2 / square, self.persons) - 1, 1.0)


def unequal(moments: Moments) -> Unequal:
    """From the sums by person group; without n3 and n4 everybody is taken to come as often as Σn²/N says."""
    rows, n2 = moments.total("n"), moments.total("nn")
    alike = n2 / rows
    n3, n4 = (n2 * alike, n2 * alike**2) if moments.n4 is None else (moments.total("n3"), moments.total("n4"))
    return Unequal(moments.total("c"), rows, n2, n3, n4)


def spread_of(moments: Moments, known: Unequal, iid: float) -> tuple[float, float]:
    """(variance, correlation of a person's rows) of Σy/Σn without the prior: the linearised one over its bias. `iid` is what it
    would be if rows were independent, 0 where nothing varies."""
    plain = moments.residual_square() / known.rows**2
    alike = 1.0
    if iid > 0:
        for _ in range(3):  # the bias hangs on the correlation, which hangs on the bias: settled after three rounds
            alike = known.alike(plain / known.bias(alike) / iid)
    return plain / known.bias(alike), alike


def drawn_to_worst(ratio: float, worst: float, share: float, persons: float) -> float:
    """`ratio`, a variance over that of independent yes-or-no answers with the same mean, drawn towards `worst`; `share` is the
    mean's place on the scale, 0…1. The persons it rests on are those not at the nearer end."""
    held = persons * min(share, 1 - share)
    return (held * ratio + PRIOR * worst) / (held + PRIOR)


def variance_at(
    line: float, value: float, variance: float, rows: float, persons: float, low: float, high: float
) -> float:
    """What the variance of a mean on a scale from `low` to `high` would be if the truth stood at `line`: for a test against the line.

    Near an end of the scale a sample that lies better than the truth also varies less: 98 of 98 vary not at all. Score form, from the
    variance found (drawn towards the worst as in `rating`) times the line's own place(1 − place). 0 where the line is at an end.
    """
    here, there = ((min(max(at, low), high) - low) / (high - low) for at in (value, line))
    limit, worst = here * (1 - here) * (high - low) ** 2 / rows, rows / max(min(persons, rows), 1)
    ratio = drawn_to_worst(variance / limit if limit > 1e-15 else worst, worst, here, persons)
    return ratio * there * (1 - there) * (high - low) ** 2 / rows


def share(moments: Moments, level: float = 0.95) -> Estimate:
    """Σy/Σn where every row is 0 or 1: plain Wilson where nobody has two rows, else as `rating` on 0…1."""
    rows = moments.total("n")
    if rows > 0 and moments.total("c") == rows:
        return wilson(moments.total("y"), rows, level=level)
    return rating(moments, moments.total("y"), 0.0, 1.0, level)


def rating(moments: Moments, squares: float, low: float, high: float, level: float = 0.95) -> Estimate:
    """Mean per row of values between `low` and `high`, clustered by person; `squares` is Σ value² over rows.

    `n_eff` are rows worth of independent ones, `se` the standard error the interval rests on; at an end of the scale, where
    nothing varies, it is None ("boundary"). One person alone has no interval ("one_cluster").
    """
    rows, persons = moments.total("n"), moments.total("c")
    if rows <= 0:
        return missing(Note.EMPTY)
    value, length = moments.total("y") / rows, high - low
    if persons < 2:
        return Estimate(value, n=rows, note=Note.ONE_CLUSTER)
    place = min(max((value - low) / length, 0.0), 1.0)
    known, limit = unequal(moments), place * (1 - place) / rows
    row = max(squares / rows - value**2, 0.0) / length**2
    found, alike = spread_of(moments, known, row / rows)
    ratio = drawn_to_worst(found / length**2 / limit if limit > 1e-15 else known.worst, known.worst, place, persons)
    df = known.df(alike)
    below, above = wilson_bounds(place, rows / ratio, critical(level, df))
    se, deff = (
        (None, known.worst)
        if limit <= 1e-15
        else (length * (ratio * limit) ** 0.5, ratio * limit * rows / row if row > 0 else known.worst)
    )
    return Estimate(
        value,
        low + length * below,
        low + length * above,
        rows,
        rows / max(deff, 1.0),
        se,
        df,
        None if se else Note.BOUNDARY,
    )


def nps_counts(moments: NpsMoments) -> NpsCounts:
    """Promoters, detractors, answers, design effect and its degrees of freedom: iid where everybody answered once."""
    rows, persons, pro, con = (moments.total(name) for name in ("n", "c", "p", "d"))
    if rows <= 0 or persons == rows or persons < 2:
        return clustered_counts(moments)
    found = rating(moments.scores(), pro + con, -1.0, 1.0)
    row = (pro + con) / rows - ((pro - con) / rows) ** 2
    if not found.se or row <= 0:
        return clustered_counts(moments)
    return NpsCounts(pro, con, rows, max(found.se**2 * rows / row, 1.0), found.df)


def per_row(moments: Moments, largest: float, level: float = 0.95, squares: float | None = None) -> Estimate:
    """Σy/Σn of amounts or counts that are never negative and have no upper end, clustered by person: gamma limits.

    `largest` is the largest y of a person; `squares` (Σ value² over rows) is what n_eff needs where n counts rows.
    """
    found = ratio_of_sums(moments, squares, level)
    if not found.se:
        return found
    known, rows = unequal(moments), moments.total("n")
    variance = moments.residual_square() / known.bias(1.0)
    sums = Amounts(moments.total("y"), moments.total("yy"), largest, variance)
    low, high = (limit / rows for limit in gamma_limits(sums, level))
    return replace(found, low=low, high=high)
