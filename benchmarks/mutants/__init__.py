"""Spoiled files through the real loader: seed files of every reader, changed in one way each, and what is held against the outcome (docs/MUTANTS.md)."""

from benchmarks.mutants.run import Order, measure
from benchmarks.mutants.table import failed, render

__all__ = ["Order", "failed", "measure", "render"]
