"""Everything that is done to a file, gathered from the modules that enter it."""

from benchmarks.mutants.acts import of_bytes, of_cells, of_json, of_lines, of_parts, of_rows, of_text  # noqa: F401  they enter themselves
from benchmarks.mutants.register import REGISTER, Operator


def operators() -> tuple[Operator, ...]:
    """All of them, in a fixed order."""
    return tuple(sorted(REGISTER, key=lambda each: (each.level, each.name)))
