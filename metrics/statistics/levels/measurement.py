"""Imperfect instruments: the true share behind what a classifier that errs counts."""

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
