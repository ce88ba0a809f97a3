"""Which metric a question measures: stated by the company, said by the vendor, or wording and values together."""

import re
from dataclasses import dataclass, field

from data.readers.qualtrics_labels import scales_of

BEFORE = r"do you expect|what are your expectations|erwarten sie|erwartest du"
PERCEIVED = r"^how good (is|are) .*\bnow that\b|^wie gut (ist|sind) .*\bjetzt,? wo\b"
DISCONFIRMATION = r"fall short|fell short|met,? or exceed|expectations?|(than|what) (you |i )?expected|erwart"
# The Single Ease Question is about one task, between two ends: "How easy or difficult was this task?". CES is about the company's part.
SEQ = (
    r"\b(easy|difficult|hard)\b.{1,12}\b(easy|difficult|hard)\b.*\btask\b|\btask\b.*\b(easy|difficult|hard)\b.{1,12}\b(easy|difficult|hard)\b"
    r"|\b(einfach|leicht|schwer|schwierig)\b.{1,12}\b(einfach|leicht|schwer|schwierig)\b.*\baufgabe\b"
)
RESOLVED = r"^(was|were|is|has|have|did)\b.*\b(resolved?|solved?|fixed)\b|^(wurden?|konnten?|ist|haben)\b.*\b(gelöst|lösen|behoben|geklärt)\b"
WORDING = (
    ("resolved", RESOLVED),
    ("expectation_before", BEFORE),
    ("perceived", PERCEIVED),
    ("disconfirmation", DISCONFIRMATION),
    ("nps", r"how likely.*recommend|recomm?end.*(friend|colleague)|wie wahrscheinlich.*empfehl|recommander|recomendar"),
    ("seq", SEQ),
    ("ces", r"\beas(y|ier|ily)\b|\beffort\b|\beinfach\b|\bleicht\b|\baufwand\b|\bmühe\b"),
    ("csat", r"satisf(ied|action)|how (was|would you rate)|zufrieden"),
)
EFFORT = r"how much (personal )?effort|wie ?viel (aufwand|mühe)|effort did you"
LABELLED = {"csat", "ces", "disconfirmation", "resolved"}
TOPS = {
    "csat": 5,
    "ces": 7,
    "seq": 7,
    "expectation_before": 7,
    "perceived": 7,
}  # the top of the scale a metric has where none is declared
EFFORT_TOP = 5  # CES 1.0 by definition
DECLARED = (
    r"\b(\d{1,2})\s*(?:=|:|–|-)\s*[^\W\d][^\d]*?[,;/ ]+(\d{1,2})\s*(?:=|:|–|-)\s*[^\W\d]",
    r"(?:scale|skala|rate|rating|score)[^\d]{0,20}(\d{1,2})\s*(?:to|bis|-|–)\s*(\d{1,2})\b",
)
KNOWN_RANGE = {"nps": (0.0, 10.0)}
UNANSWERED = "-99"  # Qualtrics' code for seen and not answered


@dataclass
class Decision:
    """How one column is read. `scores`: the answer as written → its score; an answer without one stays a choice."""

    metric: str | None = None
    low: float | None = None
    high: float | None = None
    higher_is_better: bool | None = None
    scores: dict[str, float] = field(default_factory=dict)
    note: str | None = None
    why: str = ""


def declared(wording: str) -> tuple[float, float] | None:
    """The scale a question names itself: (1 = very difficult, 7 = very easy), on a scale from 0 to 10."""
    for pattern in DECLARED:
        found = re.search(pattern, wording, re.IGNORECASE)
        if found and int(found[1]) in (0, 1) and int(found[2]) > 1:
            return float(found[1]), float(found[2])
    return None


def number(answer: str) -> float | None:
    """The number an answer is or starts with: 9, 10 - Extremely likely, 7 (very easy)."""
    found = re.match(r"^(-?\d+(?:\.\d+)?)\s*(?:$|[-–—=:(.)].*)", answer.strip())
    return float(found[1]) if found else None


def decide(
    name: str,
    wording: str,
    says_nps: bool,
    answers: list[str],
    stated: str | None,
    scale: tuple[float, float] | None,
    higher: bool | None,
    labels: dict[str, float],
) -> Decision:
    """(a) stated or the vendor's word, then (b) wording with (c) fitting values; values alone never make a metric."""
    if stated or says_nps:
        metric = stated or "nps"
        why = "stated in sources.toml" if stated else "twin column _NPS_GROUP"
        return _stated(metric, answers, scale, higher, labels, wording, why)
    worded = next((metric for metric, pattern in WORDING if re.search(pattern, wording, re.IGNORECASE)), None)
    if worded is None:
        return _scored_without_metric(answers, scale, higher, labels)
    decision = by_values(worded, wording, answers, scale)
    if decision is None:
        shown = ", ".join(answers[:6]) or "no answer"
        return Decision(
            note=f"{name} is worded like {worded}, but its answers ({shown}) do not settle the scale: loaded "
            f'as choices. If it is, state options = {{ metrics = {{ {name} = "{worded}" }}, '
            f"scales = {{ {name} = [1, 5] }} }}"
        )
    decision.higher_is_better = higher if higher is not None else decision.higher_is_better
    return decision


def _stated(
    metric: str,
    answers: list[str],
    scale: tuple[float, float] | None,
    higher: bool | None,
    labels: dict[str, float],
    wording: str,
    why: str,
) -> Decision:
    scores = {answer: value for answer in answers if (value := number(answer)) is not None and answer != UNANSWERED}
    scores |= {answer: labels[answer.strip().lower()] for answer in answers if answer.strip().lower() in labels}
    low, high = scale or declared(wording) or KNOWN_RANGE.get(metric) or (None, None)
    direction = higher if higher is not None else _direction(metric, wording)
    if not scores and metric in LABELLED:
        read_labels = _by_labels(metric, answers)
        if read_labels:
            return Decision(metric, read_labels.low, read_labels.high, direction, read_labels.scores, None, why)
    note = None
    if high is None and scores:
        low, high = 1.0, next((float(top) for top in (5, 7, 10, 100) if max(scores.values()) <= top), None)
        note = (
            f"{metric}: no scale stated, read as 1 to {high:g} by the highest answer, state scales to be sure"
            if high
            else None
        )
    return Decision(metric, low, high, direction, scores, note, why)


def _scored_without_metric(
    answers: list[str], scale: tuple[float, float] | None, higher: bool | None, labels: dict[str, float]
) -> Decision:
    """A scale without a metric's name: the company wants the number, whatever it measures."""
    if not scale:
        return Decision()
    scores = {answer: value for answer in answers if (value := number(answer)) is not None and answer != UNANSWERED}
    scores |= {answer: labels[answer.strip().lower()] for answer in answers if answer.strip().lower() in labels}
    return Decision(None, scale[0], scale[1], higher, scores, None, "scale stated in sources.toml")


def by_values(
    metric: str, wording: str, answers: list[str], scale: tuple[float, float] | None = None
) -> Decision | None:
    """Wording has spoken for `metric`; only values that fit let it be."""
    given = [answer for answer in answers if answer != UNANSWERED]
    numbers = {answer: value for answer in given if (value := number(answer)) is not None}
    if len(numbers) < len(given):
        return _by_labels(metric, given) if metric in LABELLED else None
    picked = {answer: value for answer, value in numbers.items() if value >= 0}
    whole = picked and all(value == int(value) for value in picked.values())
    span = scale or (_range(metric, wording, set(picked.values())) if whole else None)
    if not span or not picked or max(picked.values()) > span[1] or min(picked.values()) < span[0]:
        return None
    return Decision(
        metric, float(span[0]), float(span[1]), _direction(metric, wording), picked, None, "wording and values"
    )


def _range(metric: str, wording: str, seen: set[float]) -> tuple[float, float] | None:
    """The scale the question declares, else the metric's usual one where its top has been picked."""
    said = declared(wording)
    if metric == "nps":
        shown = said == (0.0, 10.0) or (0 in seen and max(seen) > 5)
        return (0.0, 10.0) if shown and said in (None, (0.0, 10.0)) and max(seen) <= 10 else None
    if said:
        return said
    top = EFFORT_TOP if not _direction(metric, wording) else TOPS.get(metric)
    return (1.0, float(top)) if top == max(seen) and min(seen) >= 1 else None


def _by_labels(metric: str, answers: list[str]) -> Decision | None:
    words = {answer.strip().lower() for answer in answers}
    found = scales_of(metric, words)
    if len(found) != 1:
        return None
    scale = found[0]
    scores = {
        answer: float(scale.low + scale.labels.index(answer.strip().lower()))
        for answer in answers
        if answer.strip().lower() in scale.labels
    }
    unknown = sorted(words - set(scale.labels))
    note = f"labels without a score, kept as choices: {', '.join(unknown[:6])}" if unknown else None
    return Decision(
        metric, float(scale.range[0]), float(scale.range[1]), scale.higher_is_better, scores, note, "wording and labels"
    )


def _direction(metric: str, wording: str) -> bool:
    """Effort asked for runs the other way: more is worse (CES 1.0); ease and agreement run up (CES 2.0)."""
    return not (metric == "ces" and re.search(EFFORT, wording, re.IGNORECASE))
