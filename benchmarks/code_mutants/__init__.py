"""Rules of the code broken one at a time, and the tests that ought to see it: the list (list/*.toml), the run in a copy of the tree, the table (docs/CODE_MUTANTS.md)."""

from benchmarks.code_mutants.mutant import Mutant, mutants, problems
from benchmarks.code_mutants.run import Outcome, measure
from benchmarks.code_mutants.table import failed, render

__all__ = ["Mutant", "Outcome", "failed", "measure", "mutants", "problems", "render"]
