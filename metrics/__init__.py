"""The metric layer: a Query in, a Result out. Views, exports and the command line all use it; none computes a number.

In a notebook: `import metrics; m = metrics.open(".store"); m.show("csat_t2b_5", by="stage")` (docs/LIBRARY.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metrics.query.query import Rights
    from report.notebook import Metrics


def open(
    store: str | Path = ".store", *, viewer: str | Rights | None = None, access: str | Path | None = None
) -> Metrics:
    """The current generation of a store, to be asked. Raises data.errors.UserError where there is none.

    `viewer`: the confirmed e-mail address of somebody, whose rights `access` gives (access.toml; without it THROUGHLINE_ACCESS, else
    access.toml in this folder), or Rights; without it everything is answered, as who can read the store has it anyway."""
    from report.notebook import Metrics  # only here: a notebook is a way out, and worded by report

    return Metrics(store, viewer, access)
