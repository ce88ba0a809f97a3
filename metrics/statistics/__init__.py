"""Statistics from sums that add up: pure numpy and scipy, no store, no frames, no screen.

One module per family; every method returns a small frozen result whose missing parts carry a reason (`core.Note`).
"""

from metrics.statistics.core import Comparison, Estimate, Note, Test
from metrics.statistics.jackknife import Jackknife, jackknife
from metrics.statistics.moments import GROUPS, Moments, NpsMoments

__all__ = ["GROUPS", "Comparison", "Estimate", "Jackknife", "Moments", "Note", "NpsMoments", "Test", "jackknife"]
