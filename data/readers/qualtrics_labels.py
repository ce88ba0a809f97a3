"""Labels of common answer scales, lowest first. A label no scale knows stays a choice and gets no score."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scale:
    """`labels[i]` has the score `low + i`. `higher_is_better` is the direction of the score, not of the mood."""

    metric: str
    labels: tuple[str, ...]
    low: int = 1
    higher_is_better: bool = True

    @property
    def range(self) -> tuple[int, int]:
        return self.low, self.low + len(self.labels) - 1


def _scale(metric: str, text: str, low: int = 1, higher_is_better: bool = True) -> Scale:
    return Scale(metric, tuple(label.strip() for label in text.split("|")), low, higher_is_better)


SCALES = (
    _scale("csat", "very dissatisfied|dissatisfied|neutral|satisfied|very satisfied"),
    _scale("csat", "very dissatisfied|dissatisfied|neither satisfied nor dissatisfied|satisfied|very satisfied"),
    _scale(
        "csat",
        "very dissatisfied|somewhat dissatisfied|neither satisfied nor dissatisfied|somewhat satisfied|very satisfied",
    ),
    _scale(
        "csat",
        "extremely dissatisfied|somewhat dissatisfied|neither satisfied nor dissatisfied|somewhat satisfied|"
        "extremely satisfied",
    ),
    _scale(
        "csat",
        "extremely dissatisfied|moderately dissatisfied|slightly dissatisfied|neither satisfied nor dissatisfied|"
        "slightly satisfied|moderately satisfied|extremely satisfied",
    ),
    _scale("csat", "very poor|poor|fair|good|very good"),
    _scale("csat", "terrible|poor|average|good|excellent"),
    _scale("csat", "sehr unzufrieden|unzufrieden|neutral|zufrieden|sehr zufrieden"),
    _scale("csat", "sehr unzufrieden|eher unzufrieden|teils/teils|eher zufrieden|sehr zufrieden"),
    _scale("csat", "sehr unzufrieden|eher unzufrieden|weder noch|eher zufrieden|sehr zufrieden"),
    _scale("ces", "very difficult|difficult|neutral|easy|very easy"),
    _scale("ces", "very difficult|difficult|neither easy nor difficult|easy|very easy"),
    _scale("ces", "extremely difficult|somewhat difficult|neither easy nor difficult|somewhat easy|extremely easy"),
    _scale(
        "ces",
        "extremely difficult|moderately difficult|slightly difficult|neither easy nor difficult|slightly easy|"
        "moderately easy|extremely easy",
    ),
    _scale("ces", "very difficult|difficult|somewhat difficult|neutral|somewhat easy|easy|very easy"),
    _scale("ces", "sehr schwierig|schwierig|weder noch|einfach|sehr einfach"),
    _scale(
        "ces",
        "strongly disagree|disagree|somewhat disagree|neither agree nor disagree|somewhat agree|agree|strongly agree",
    ),
    _scale("ces", "strongly disagree|disagree|somewhat disagree|neutral|somewhat agree|agree|strongly agree"),
    _scale("ces", "strongly disagree|somewhat disagree|neither agree nor disagree|somewhat agree|strongly agree"),
    _scale("ces", "strongly disagree|disagree|neither agree nor disagree|agree|strongly agree"),
    _scale(
        "ces",
        "stimme überhaupt nicht zu|stimme nicht zu|stimme eher nicht zu|weder noch|stimme eher zu|stimme zu|"
        "stimme voll und ganz zu",
    ),
    _scale("ces", "very low effort|low effort|neutral|high effort|very high effort", higher_is_better=False),
    _scale("resolved", "no|yes", low=0),
    _scale("resolved", "nein|ja", low=0),
    _scale("disconfirmation", "fell short|met|exceeded", low=-1),
    _scale("disconfirmation", "fell short of expectations|met expectations|exceeded expectations", low=-1),
    _scale("disconfirmation", "fell short of my expectations|met my expectations|exceeded my expectations", low=-1),
    _scale("disconfirmation", "fell short|met my expectations|exceeded my expectations", low=-1),
    _scale("disconfirmation", "worse than expected|as expected|better than expected", low=-1),
    _scale("disconfirmation", "worse than i expected|as i expected|better than i expected", low=-1),
    _scale(
        "disconfirmation",
        "much worse than expected|worse than expected|as expected|better than expected|much better than expected",
        low=-2,
    ),
    _scale("disconfirmation", "nicht erfüllt|erfüllt|übertroffen", low=-1),
    _scale("disconfirmation", "schlechter als erwartet|wie erwartet|besser als erwartet", low=-1),
)


def scales_of(metric: str, labels: set[str]) -> list[Scale]:
    """The scales of a metric that know the most of these labels (at least one), told apart by range and direction."""
    known = [(len(labels & set(scale.labels)), scale) for scale in SCALES if scale.metric == metric]
    most = max((count for count, _ in known), default=0)
    found: dict[tuple[Any, ...], Scale] = {}
    for count, scale in known:
        if count == most and most:
            scores = tuple(sorted((label, scale.labels.index(label)) for label in labels & set(scale.labels)))
            found.setdefault((scale.range, scale.higher_is_better, scores), scale)
    return list(found.values())
