"""What a finding is: one sentence, the numbers behind it, where to look, how pressing."""

from dataclasses import dataclass

from report.text.catalogue import say

URGENT, WATCH, GOOD, INFORMATION = "urgent", "watch", say("findings.finding.good_news"), "information"
ORDER = (URGENT, WATCH, GOOD, INFORMATION)
LABELS = {
    URGENT: "urgent",
    WATCH: say("findings.finding.needs_a_decision"),
    GOOD: say("findings.finding.good_news"),
    INFORMATION: say("findings.finding.for_your_knowledge"),
}  # as readers see them


@dataclass(frozen=True)
class Finding:
    """`claim` is the sentence, `evidence` the numbers behind it, `view` where to look, `weight` ranks within a class, `step`
    what its owner can do next, `worth` what reaching the target is worth a year, or why that cannot be said, `case` the
    keys and values of that business case. For a card the same in parts: `problem` without its cause, `facts` in plain numbers,
    `cause` where one is sure, `amount` and `basis` of what it is worth."""

    kind: str
    claim: str
    evidence: str
    view: str
    stage: str | None
    metric: str | None
    owner: str | None
    weight: float = 0.0
    step: str = ""
    worth: str = ""
    case: tuple[tuple[str, str], ...] = ()
    facts: str = ""
    cause: str = ""
    amount: str = ""
    basis: str = ""
    problem: str = ""

    @property
    def label(self) -> str:
        """The kind as readers see it; `kind` itself stays what programs read."""
        return LABELS[self.kind]
