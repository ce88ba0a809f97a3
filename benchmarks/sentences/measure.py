"""How many of the true sentences are supported, and how many of the false ones wrongly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from benchmarks.sentences.make import Sentence, sentences
from data.store.generations import Generation
from exports.check.judge import Verdict, judge_all
from exports.check.read import Passage
from metrics.query import context, period
from metrics.query.query import Query

MOST_WRONG, LEAST_SUPPORTED = 0.02, 0.9  # of the false ones, of the true ones


@dataclass(frozen=True)
class Measured:
    """By kind of sentence: (true ones, of these supported, false ones, of these wrongly supported); and the sentences judged wrong."""

    kinds: dict[str, tuple[int, int, int, int]]
    wrong: tuple[tuple[Sentence, str], ...]

    @property
    def supported(self) -> float:
        """Share of the true sentences that are supported."""
        return sum(one[1] for one in self.kinds.values()) / max(1, sum(one[0] for one in self.kinds.values()))

    @property
    def wrongly(self) -> float:
        """Share of the false sentences that are supported."""
        return sum(one[3] for one in self.kinds.values()) / max(1, sum(one[2] for one in self.kinds.values()))


def measure(count: int, generation: Generation, seed: int = 7) -> Measured:
    """Sentences made and judged. A sentence is supported where every number in it is."""
    made = sentences(count, generation, seed)
    known = context.read(generation)
    query = period.with_default_period(Query(()), known, False)
    found = judge_all([Passage(str(place), one.text) for place, one in enumerate(made)], query, generation)
    by_place: dict[int, list[Verdict]] = defaultdict(list)
    for one in found:
        by_place[int(one.passage.where)].append(one.verdict)
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    wrong = []
    for place, sentence in enumerate(made):
        verdicts = by_place[place]
        supported = bool(verdicts) and all(one is Verdict.SUPPORTED for one in verdicts)
        counts = kinds[sentence.kind]
        counts[0 if sentence.true else 2] += 1
        counts[1 if sentence.true else 3] += supported
        if supported != sentence.true:
            wrong.append((sentence, ", ".join(verdicts) or "no number"))
    return Measured({kind: (a, b, c, d) for kind, (a, b, c, d) in sorted(kinds.items())}, tuple(wrong))


def table(found: Measured) -> str:
    """As Markdown."""
    lines = ["| kind | true | of these supported | false | wrongly supported |", "|---|---|---|---|---|"]
    lines += [f"| {kind} | {a} | {b} | {c} | {d} |" for kind, (a, b, c, d) in found.kinds.items()]
    return "\n".join(
        [
            *lines,
            "",
            f"Of the true sentences {found.supported:.1%} are supported, of the false ones {found.wrongly:.1%} wrongly.",
        ]
    )
