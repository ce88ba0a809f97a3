"""From what each run showed to one mark: how often, of how many, and what chance alone allows."""

from dataclasses import dataclass

from scipy import stats

COVERAGE, POWER, FALSE = 0.95, 0.90, 0.05


@dataclass(frozen=True)
class Mark:
    """`hits` of `runs` that gave an answer, of `asked` runs in all; limits are those of the share hits ÷ runs."""

    what: str
    against: str
    asked: int
    runs: int
    hits: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        return self.hits / self.runs if self.runs else None

    @property
    def verdict(self) -> str:
        """within, outside, or unknown where no run gave an answer."""
        if self.share is None:
            return "unknown"
        return "within" if self.low <= self.share <= self.high else "outside"


def acceptance(runs: int, rate: float = COVERAGE, level: float = 0.99) -> tuple[float, float]:
    """Range in which the observed share of `runs` must lie for a method whose true rate is `rate`: two-sided, exact.

    A plain "at least 93 %" passes intervals that are far too wide.
    """
    tail = (1 - level) / 2
    low, high = (float(stats.binom.ppf(prob, runs, rate)) / runs for prob in (tail, 1 - tail))
    return low, high


def false_finding_limit(runs: int, rate: float = FALSE, level: float = 0.99) -> float:
    """Largest share of `runs` without effect that a method may flag when its true rate is `rate`: one-sided, exact."""
    return float(stats.binom.ppf(level, runs, rate)) / runs


def coverage(what: str, against: str, covered: list[bool | None]) -> Mark:
    """Share of 95 % intervals that hold the truth: two-sided 99 % limits. None: the run gave no interval."""
    return _mark(what, against, covered, acceptance)


def power(what: str, against: str, found: list[bool | None]) -> Mark:
    """Share of runs that find what is planted: not fewer than a method of 90 % power shows in 99 of 100 benchmarks."""
    return _mark(what, against, found, lambda runs: (float(stats.binom.ppf(0.01, runs, POWER)) / runs, 1.0))


def false_findings(what: str, against: str, flagged: list[bool | None]) -> Mark:
    """Share of runs with a finding that should not be: not more than a 5 % method shows in 99 of 100 benchmarks."""
    return _mark(what, against, flagged, lambda runs: (0.0, false_finding_limit(runs)))


def _mark(what: str, against: str, seen: list[bool | None], limits) -> Mark:
    known = [bool(value) for value in seen if value is not None]
    low, high = limits(len(known)) if known else (None, None)
    return Mark(what, against, len(seen), len(known), sum(known), low, high)
