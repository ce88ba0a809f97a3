"""What people wrote, as a word list reads it. Any classifier shifts the level: rank and trend hold, the level only where
its errors were measured on labelled texts (Rogan & Gladen 1978)."""

from dataclasses import replace

import numpy as np

from metrics.catalogue.definition import Definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.kinds import Kind, Within, moments
from metrics.kinds.sums import Sums
from metrics.states import State
from metrics.statistics.core import Comparison, Estimate, Note, missing
from metrics.statistics.groups import within
from metrics.statistics.levels.measurement import Classifier, rogan_gladen


def net(definition: Definition, sums: Sums, level: float) -> Estimate:
    """100 × (positive − negative) ÷ scored texts, as a score of −1, 0, +1."""
    return moments.score(definition, sums, level) if sums.n else missing(Note.EMPTY)


def share(definition: Definition, sums: Sums, level: float) -> Estimate:
    """The share of scored texts, corrected where the definition holds the list's measured errors."""
    apparent = moments.share(definition, sums, level)
    known = classifier(definition)
    return rogan_gladen(apparent, known, level) if known else apparent


def compare_shares(
    definition: Definition, now: Sums, then: Sums, first: Estimate, second: Estimate, level: float
) -> Comparison:
    """The list errs alike in both periods: corrected, the difference of the apparent shares grows by 1/(se + sp − 1)."""
    first, second = (moments.share(definition, side, level) for side in (now, then))
    apparent = moments.compare_shares(definition, now, then, first, second, level)
    if not (known := classifier(definition)):
        return apparent
    grown = {
        name: getattr(apparent.estimate, name) / (known.sensitivity + known.specificity - 1)
        for name in ("value", "low", "high", "se")
        if getattr(apparent.estimate, name) is not None
    }
    return replace(apparent, estimate=replace(apparent.estimate, **grown))


def corrected(definition: Definition, totals: np.ndarray) -> np.ndarray:
    """The share of each stratum, corrected as `share` is."""
    known = classifier(definition)
    apparent = within.share_of(totals)
    return (apparent + known.specificity - 1) / (known.sensitivity + known.specificity - 1) if known else apparent


def classifier(definition: Definition) -> Classifier | None:
    """The list's errors as measured: parts = { sensitivity = "0.6", specificity = "0.9", positives = "100", negatives = "300" }."""
    parts = definition.measure.parts
    if "sensitivity" not in parts:
        return None
    counts = (float(parts[name]) if name in parts else None for name in ("positives", "negatives"))
    return Classifier(float(parts["sensitivity"]), float(parts["specificity"]), *counts)


def state(definition: Definition, sums: Sums | None, result: Estimate) -> tuple[State, Reason | None] | None:
    """Why there is no number although people wrote: no text could be read, and why most could not."""
    if sums is None or result.value is not None:
        return None
    if sums.n:
        return State.NOT_SCORED, because(ReasonCode.LIST_AT_CHANCE)
    texts = int(sums.rows["unscored"].sum())
    return State.NOT_SCORED, because(ReasonCode.TEXTS_UNSCORED, texts=texts, because=_reason(sums))


def warnings(definition: Definition, sums: Sums, result: Estimate) -> tuple[Warning, ...]:
    """Whether the level is calibrated, the texts that could not be scored, and those without a word of the list."""
    known = classifier(definition)
    said = [
        warn(
            WarningCode.LIST_CALIBRATED,
            labelled=int((known.positives or 0) + (known.negatives or 0)),
            sensitivity=known.sensitivity,
            specificity=known.specificity,
        )
        if known
        else warn(WarningCode.LIST_NOT_CALIBRATED)
    ]
    if definition.measure.kind == "text_net" and (learned := int(sums.rows["learned"].sum())):
        said = [warn(WarningCode.LEARNED_FROM_RATINGS, share=learned / sums.n), *(said if learned < sums.n else ())]
    if unscored := int(sums.rows["unscored"].sum()):
        said.append(_of_all(definition, sums, unscored))
    if blind := int(sums.rows["blind"].sum()):
        said.append(warn(WarningCode.NO_WORD_OF_LIST, share=blind / sums.n))
    return tuple(said)


def _of_all(definition: Definition, sums: Sums, unscored: int) -> Warning:
    """What the apparent value of all texts could be, whatever those say that could not be scored: no assumption, the widest range."""
    scored, total = float(sums.rows["y"].sum()), sums.n + unscored
    net = definition.measure.kind == "text_net"
    return warn(
        WarningCode.SCORES_NOT_SCORED if net else WarningCode.TEXTS_NOT_SCORED,
        texts=unscored,
        because=_reason(sums),
        of_texts=total,
        lower=(scored - unscored if net else scored) / total,
        upper=(scored + unscored) / total,
    )


def _reason(sums: Sums) -> str:
    """The commonest reason, by person group."""
    reasons = sums.rows.loc[sums.rows["unscored"] > 0, "reason"]
    return str(reasons.mode().iloc[0])


KINDS = {
    "text_net": Kind("texts", net, moments.compare_scores, state, warnings, moments.SCORE, spread=moments.score_spread),
    "text_share": Kind(
        "texts",
        share,
        compare_shares,
        state,
        warnings,
        Within(("n", "y"), corrected, within.share_spread),
        spread=moments.share_spread,
    ),
}
