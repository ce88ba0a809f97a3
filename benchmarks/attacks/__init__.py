"""python -m benchmarks attacks: a viewer without the right to single persons tries to compute what is withheld from what is shown."""

from benchmarks.attacks.measure import Line, company, failed, measure, render

__all__ = ["Line", "company", "failed", "measure", "render"]
