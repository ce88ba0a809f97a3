"""How many cores a linear algebra of small matrices takes."""

import os

LIBRARY = "OPENBLAS_NUM_THREADS"  # of the wheels of NumPy and SciPy


def one_each() -> None:
    """One core for each matrix operation, unless the environment says otherwise; before NumPy is loaded. The matrices here are of some 70
    weeks: shared out among cores, decomposing one took fifteen to forty times the CPU, and the result is the same to the last digit."""
    os.environ.setdefault(LIBRARY, "1")
