"""The metric layer: a Query in, a Result out. Views, exports and the command line all use it; none computes a number.

In a notebook: `import metrics; m = metrics.open(".store"); m.show("csat_t2b_5", by="stage")` (docs/LIBRARY.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report.notebook import Metrics


def open(store: str | Path = ".store") -> Metrics:
    """The current generation of a store, to be asked. Raises data.errors.UserError where there is none."""
    from report.notebook import Metrics  # only here: a notebook is a way out, and worded by report

    return Metrics(store)
