"""Shares, scores and means: all from the same sums by person (metrics/sql/moments.sql)."""

import math
from dataclasses import replace

from metrics.catalogue.definition import Definition
from metrics.codes import Beside, BesideCode, Warning, WarningCode, warn
from metrics.kinds import Kind, Within
from metrics.kinds.sums import Sums
from metrics.statistics.core import Comparison, Estimate
from metrics.statistics.groups import differences, within
from metrics.statistics.levels import few, means, norms, nps, shares

SHARE = Within(("n", "y"), lambda found, totals: within.share_of(totals), within.share_spread)
SCORE = Within(("n", "p", "d"), lambda found, totals: within.score_of(totals), within.score_spread)
MEAN = Within(("n", "y", "vv"), lambda found, totals: within.share_of(totals), within.mean_spread)
WEIGHTED = "moments_weighted"
MIN_PERSONS_DEPENDENT = 200  # five a group: below, the jackknife's correlation is noise


def share(definition: Definition, sums: Sums, level: float) -> Estimate:
    return (
        _kish(shares.clustered_share(sums.moments, level), sums) if _weighted(sums) else few.share(sums.moments, level)
    )


def compare_shares(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    """The same people may stand in both periods: their correlation is used where there are enough to know it."""
    if min(now.persons, then.persons) >= MIN_PERSONS_DEPENDENT:
        return differences.dependent_shares(now.moments, then.moments, level)
    return differences.newcombe(first, second)


def score(definition: Definition, sums: Sums, level: float) -> Estimate:
    return _kish(nps.nps(_counts(sums), level), sums)


def _counts(sums: Sums) -> nps.NpsCounts:
    return nps.clustered_counts(sums.nps_moments) if _weighted(sums) else few.nps_counts(sums.nps_moments)


def compare_scores(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return nps.nps_difference(_counts(now), _counts(then), level)


def mean(definition: Definition, sums: Sums, level: float) -> Estimate:
    """On a scale whose ends the definition names, the interval keeps within them and is there also where all say the same;
    of amounts and counts that are never negative it is as skewed as they are."""
    squares = sums.total("vv")
    if _weighted(sums):
        return _kish(means.ratio_of_sums(sums.moments, squares, level), sums)
    if definition.measure.scale:
        lowest, highest = definition.measure.scale
        return few.rating(sums.moments, squares, lowest, highest, level)
    if not sums.total("d"):
        return few.per_row(sums.moments, sums.largest("top"), level, squares)
    return means.ratio_of_sums(sums.moments, squares, level)


def _kish(estimate: Estimate, sums: Sums) -> Estimate:
    """Of weighted rows never more effective ones than (Σw)² ÷ Σw² (Kish 1965), whatever the variance says."""
    if not _weighted(sums) or estimate.value is None:
        return estimate
    kish = sums.total("n") ** 2 / sums.total("ww")
    return replace(estimate, n_eff=kish if sums.persons == sums.n else min(kish, estimate.n_eff or kish))


def _weighted(sums: Sums) -> bool:
    return sums.has("own") and bool(sums.total("own"))


def unweighted(definition: Definition, sums: Sums, result: Estimate, level: float) -> tuple[Beside, ...]:
    """Of weighted answers: what it would be if every answer counted once."""
    if not _weighted(sums):
        return ()
    plain = sums.total("plain") / sums.total("rows") * (100 if definition.measure.kind == "nps" else 1)
    return (Beside(BesideCode.UNWEIGHTED, plain, None, None, definition.unit),)


def class_shares(definition: Definition, sums: Sums, result: Estimate, level: float) -> tuple[Beside, ...]:
    """Promoters, passives and detractors as shares of the answers: the same score hides many distributions."""
    if sums.moments.total("n") <= 0:
        return unweighted(definition, sums, result, level)
    of, score = sums.nps_moments, result.n_eff or sums.n
    promoters, detractors = of.total("p") / of.total("n"), of.total("d") / of.total("n")
    parts = (
        (BesideCode.PROMOTERS, promoters),
        (BesideCode.PASSIVES, max(1 - promoters - detractors, 0.0)),
        (BesideCode.DETRACTORS, detractors),
    )
    shown = [shares.wilson(part * score, score, level=level) for _, part in parts]
    return (
        *(Beside(code, part, one.low, one.high, "rate") for (code, part), one in zip(parts, shown)),
        *unweighted(definition, sums, result, level),
    )


def published_norm(definition: Definition, sums: Sums, result: Estimate, level: float) -> tuple[Beside, ...]:
    """Where a mean stands among published ones, of the questionnaires that have a norm."""
    name = definition.measure.parts.get("norm", "")
    norm = norms.NORMS.get(name)
    if norm is None or result.value is None:
        return unweighted(definition, sums, result, level)
    place: tuple[Beside, ...] = (
        Beside(BesideCode.PUBLISHED_MEAN, norm.mean, None, None, definition.unit, {"norm": name}),
    )
    if norm.grades:
        value, low, high = (norm.percentile(x) for x in (result.value, result.low, result.high))
        told = {"norm": name, "grade": norm.grade(result.value)}
        place = (*place, Beside(BesideCode.PERCENTILE, value, low, high, "rate", told))
    return (*place, *unweighted(definition, sums, result, level))


def weighting_warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """That weights are applied, to how many of the answers counted here, and what they cost."""
    if not _weighted(sums):
        return ()
    kish = sums.total("n") ** 2 / sums.total("ww")
    weighted, answers = int(sums.total("own")), int(sums.total("rows"))
    return (warn(WarningCode.WEIGHTS_APPLIED, weighted=weighted, answers=answers, effective=kish),)


def compare_means(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    return means.difference(first, second, level=level)


def share_spread(definition: Definition) -> float:
    """Of a share of about 28 or 72 in a hundred, √.2; at one half, where it is largest, an interval is 12 % wider. Of counts: as
    large as the mean, which is what counts of about one a row have."""
    return math.sqrt(0.2) if definition.unit == "rate" else 1.0


def score_spread(definition: Definition) -> float:
    """Of an NPS: √.7 on −1 … 1 (docs/STATISTICS.md), in points."""
    return 100.0 * math.sqrt(0.7)


def mean_spread(definition: Definition) -> float:
    """Of a rating: a quarter of its scale, half of the most there can be; else as of counts."""
    return (
        (definition.measure.scale[1] - definition.measure.scale[0]) / 4
        if definition.measure.scale
        else share_spread(definition)
    )


KINDS = {
    "share": Kind(
        "moments",
        share,
        compare_shares,
        within=SHARE,
        beside=unweighted,
        warnings=weighting_warnings,
        weighted=WEIGHTED,
        spread=share_spread,
    ),
    "nps": Kind(
        "moments",
        score,
        compare_scores,
        within=SCORE,
        beside=class_shares,
        warnings=weighting_warnings,
        weighted=WEIGHTED,
        spread=score_spread,
    ),
    "mean": Kind(
        "moments",
        mean,
        compare_means,
        within=MEAN,
        beside=published_norm,
        warnings=weighting_warnings,
        weighted=WEIGHTED,
        spread=mean_spread,
    ),
}
