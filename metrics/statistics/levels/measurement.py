"""Imperfect instruments: classifiers that err, answers that are missing by arm, differences of noisy items."""

from __future__ import annotations

import math
from dataclasses import dataclass

from metrics.statistics.core import Estimate, Note, critical, missing


@dataclass(frozen=True, slots=True)
class Classifier:
    """Sensitivity and specificity with the numbers of validated positives and negatives (None: taken as known)."""

    sensitivity: float
    specificity: float
    positives: float | None = None
    negatives: float | None = None


def rogan_gladen(apparent: Estimate, classifier: Classifier, level: float = 0.95) -> Estimate:
    """True share (p + sp − 1)/(se + sp − 1) behind the apparent one, clipped to 0…1 (note "boundary" when clipped).

    Rogan & Gladen, American Journal of Epidemiology 1978; delta-method variance with the classifier's own error. The
    interval is laid around the clipped value: around the raw one it could shrink to the single point 0.
    """
    informed = classifier.sensitivity + classifier.specificity - 1
    if informed <= 0:
        return missing(Note.UNINFORMATIVE, apparent.n)
    if apparent.value is None:
        return apparent
    raw = (apparent.value + classifier.specificity - 1) / informed
    note = Note.BOUNDARY if not 0 <= raw <= 1 else None
    value = min(max(raw, 0.0), 1.0)
    if apparent.se is None:
        return Estimate(value, n=apparent.n, note=note or apparent.note)
    se = math.sqrt(apparent.se**2 + _classifier_variance(classifier, value)) / informed
    half = critical(level, apparent.df) * se
    low, high = max(value - half, 0.0), min(value + half, 1.0)
    return Estimate(value, low, high, apparent.n, apparent.n_eff, se, apparent.df, note)


def _classifier_variance(classifier: Classifier, share: float) -> float:
    hit, reject = classifier.sensitivity, classifier.specificity
    variance = 0.0
    if classifier.positives:
        variance += share**2 * hit * (1 - hit) / classifier.positives
    if classifier.negatives:
        variance += (1 - share) ** 2 * reject * (1 - reject) / classifier.negatives
    return variance


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest effect the data allow (not a confidence interval)."""

    low: float | None
    high: float | None
    trimmed: float
    note: Note | None = None


def lee_bounds(share: float, response: float, control_share: float, control_response: float) -> Bounds:
    """Bounds of the effect on a share among those who answer in either arm (Lee, Review of Economic Studies 2009).

    The arm that answers more is trimmed by the excess of its answers, from the top and from the bottom. Assumes that
    the variant moves answering in one direction only. `trimmed` is the part of that arm's answers taken off.
    """
    if min(response, control_response) <= 0:
        return Bounds(None, None, 0.0, Note.EMPTY)
    if response >= control_response:
        trim = 1 - control_response / response
        low, high = _trimmed(share, trim)
        return Bounds(low - control_share, high - control_share, trim)
    trim = 1 - response / control_response
    low, high = _trimmed(control_share, trim)
    return Bounds(share - high, share - low, trim)


def _trimmed(share: float, trim: float) -> tuple[float, float]:
    """Lowest and highest share after taking off the part `trim` of the answers, all of one kind first."""
    kept = 1 - trim
    return max(share - trim, 0.0) / kept, min(share / kept, 1.0)


def difference_reliability(
    first: float, second: float, correlation: float, sd_first: float = 1.0, sd_second: float = 1.0
) -> float | None:
    """Reliability of second − first from the reliabilities and the correlation of the two (Lord 1963)."""
    shared = 2 * correlation * sd_first * sd_second
    variance = sd_first**2 + sd_second**2 - shared
    return (first * sd_first**2 + second * sd_second**2 - shared) / variance if variance > 0 else None


def correlation_with_difference(correlation: float, sd_first: float = 1.0, sd_second: float = 1.0) -> float | None:
    """corr(first, second − first), which is negative by construction: why nothing is regressed on a gap."""
    variance = sd_first**2 + sd_second**2 - 2 * correlation * sd_first * sd_second
    return (correlation * sd_second - sd_first) / math.sqrt(variance) if variance > 0 else None
