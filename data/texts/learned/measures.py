"""How well what was learned reads texts it was not made of: rank correlation, area under the curve, F1."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.texts.check import macro_f1


@dataclass(frozen=True)
class Reached:
    """Out of fold by person: macro-F1 of negative, neutral, positive; AUC of positive against negative ratings; Spearman's rank correlation
    with the ratings. None where it cannot be said."""

    macro_f1: float | None
    auc: float | None
    spearman: float | None


def reached(read: np.ndarray, said: Sequence[str], ratings: np.ndarray, labels: Sequence[str]) -> Reached:
    """`read` and `said`: what the model reads and how it names it; `ratings` and `labels`: what people gave."""
    own = np.array(labels)
    return Reached(
        macro_f1(list(zip(labels, said))),
        auc(read[own == "positive"], read[own == "negative"]),
        spearman(read, ratings),
    )


def auc(above: np.ndarray, below: np.ndarray) -> float | None:
    """How often one of `above` reads higher than one of `below`, ties half (Mann & Whitney 1947)."""
    from scipy.stats import rankdata

    if not len(above) or not len(below):
        return None
    ranks = rankdata(np.concatenate([above, below]))[: len(above)]
    return float((ranks.sum() - len(above) * (len(above) + 1) / 2) / (len(above) * len(below)))


def spearman(a: np.ndarray, b: np.ndarray) -> float | None:
    """Pearson's correlation of the ranks; None where either does not vary."""
    from scipy.stats import rankdata

    first, second = rankdata(a), rankdata(b)
    if first.std() == 0 or second.std() == 0:
        return None
    return float(np.corrcoef(first, second)[0, 1])
