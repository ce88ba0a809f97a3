"""python -m benchmarks attacks: a viewer without the right to single persons tries to compute what is withheld from what is shown."""

from benchmarks.attacks.lines import Line
from benchmarks.attacks.measure import company, failed, measure, measure_at_once, render

__all__ = ["Line", "company", "failed", "measure", "measure_at_once", "render"]
