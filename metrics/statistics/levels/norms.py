"""Published norms of standard questionnaires: where a mean stands among others. Only what a source states."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Norm:
    """`mean` of the norm's studies; `grades`: (lowest score, share of studies below it, grade), where the source has them."""

    mean: float
    grades: tuple[tuple[float, float, str], ...] = ()
    best: float = 100.0

    def percentile(self, score: float | None) -> float | None:
        """Share of the norm's studies below this mean, 0…1: straight between the ends of the published grades."""
        if score is None or not self.grades:
            return None
        ends = [(low, share) for low, share, _ in self.grades] + [(self.best, 1.0)]
        place = min(max(bisect_right([low for low, _ in ends], score), 1), len(ends) - 1)
        (low, below), (high, above) = ends[place - 1], ends[place]
        return min(max(below + (score - low) / (high - low) * (above - below), 0.0), 1.0)

    def grade(self, score: float) -> str:
        """The published grade of a mean, empty where the source has none."""
        return self.grades[max(bisect_right([low for low, *_ in self.grades], score), 1) - 1][2] if self.grades else ""


NORMS = {
    "sus": Norm(
        68.0,  # curved grading scale of 446 studies: Sauro, Lewis, Quantifying the User Experience, 2nd ed. 2016
        (
            (0.0, 0.0, "F"),
            (51.7, 0.15, "D"),
            (62.7, 0.35, "C−"),
            (65.0, 0.41, "C"),
            (71.1, 0.60, "C+"),
            (72.6, 0.65, "B−"),
            (74.1, 0.70, "B"),
            (77.2, 0.80, "B+"),
            (78.9, 0.85, "A−"),
            (80.8, 0.90, "A"),
            (84.1, 0.96, "A+"),
        ),
    ),
    # mean of over 400 tasks, without published percentiles: Sauro, 10 Things to Know about the Single Ease Question, MeasuringU 2012
    "seq": Norm(5.5),
}
