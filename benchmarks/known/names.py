"""Whether a stage is called what it is not: five stages that surely work, and whose customers are exactly as content as the company's minimum asks."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binom

from benchmarks.known.ask import opened
from benchmarks.known.files import Company
from benchmarks.known.worlds import FIRST
from metrics.analyses.stage_scores import positions
from metrics.query.query import Query

LINES = (0.75, 0.90, 0.95, 0.98)
STAGES = ("find", "evaluate", "decide", "buy", "engage")
LEAST_FALSE = 0.05


@dataclass(frozen=True)
class Named:
    """Companies in which some stage was named, of `runs`, at one minimum; `true` = its customers are far below (then every stage should be named)."""

    line: float
    true: bool
    runs: int
    named: int

    @property
    def verdict(self) -> str:
        """within or outside: at most 5 % of the companies where nothing is so, at least 90 % where it is (one-sided 1 % for chance)."""
        if self.true:
            return "within" if binom.cdf(self.named, self.runs, 0.9) > 0.01 else "outside"
        return "within" if binom.sf(self.named - 1, self.runs, LEAST_FALSE) > 0.01 else "outside"


def company_at(line: float, share: float, random: np.random.Generator, answers: int = 120) -> Company:
    """Five stages: every visit with a goal reached in 97 of 100 (minimum 80), one answer each with the given share of content."""
    company = Company(FIRST)
    for stage in STAGES:
        company.stage(
            stage,
            f"targets = {{ completion_rate = {{ line = 0.8, target = 0.9 }}, csat_t2b_5 = {{ line = {line}, target = {(1 + line) / 2} }} }}",
        )
        for _ in range(answers):
            day, name = random.uniform(0, 80), company.next("c")
            session = company.visit(stage, day, company.next("b"), name, reached=random.random() < 0.97)
            company.answer(stage, day + 0.01, 5 if random.random() < share else 2, "csat", (1, 5), name, session)
    return company


def names(runs: int, seed: int, folder: Path, say) -> list[Named]:
    """Build so many companies at every minimum, exactly on it, and as many 25 points below the lowest."""
    found = []
    for line, share in [*((line, line) for line in LINES), (LINES[0], LINES[0] - 0.25)]:
        named = 0
        for run in range(runs):
            say(f"names at {line:.0%}, {share:.0%} content: company {run + 1} of {runs}")
            random = np.random.default_rng((seed, run, round(1000 * line), round(1000 * share)))
            with opened(company_at(line, share, random), folder / "names") as generation:
                named += any(place.parted for place in positions(Query(("completion_rate",)), generation))
        found.append(Named(line, share < line, runs, named))
    return found
