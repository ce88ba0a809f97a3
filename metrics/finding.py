"""What a finding is: one sentence, the numbers behind it, where to look, how pressing."""

from dataclasses import dataclass

URGENT, WATCH, GOOD, INFORMATION = "urgent", "watch", "good news", "information"
ORDER = (URGENT, WATCH, GOOD, INFORMATION)


@dataclass(frozen=True)
class Finding:
    """`claim` is the sentence, `evidence` the numbers behind it, `view` where to look, `weight` ranks within a class, `step`
    what its owner can do next."""

    kind: str
    claim: str
    evidence: str
    view: str
    stage: str | None
    metric: str | None
    owner: str | None
    weight: float = 0.0
    step: str = ""
