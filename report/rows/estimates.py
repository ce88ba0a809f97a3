"""An estimate, or a cell with one, as columns."""

from metrics.query.result import Cell
from metrics.statistics.core import Estimate


def bounds(name: str, estimate: Estimate | Cell | None) -> dict[str, float | None]:
    """Value and limits of an estimate as three columns: `name`, `name_low`, `name_high`."""
    own = (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), own))
