"""An estimate as columns."""

from metrics.statistics.core import Estimate


def bounds(name: str, found: Estimate | None) -> dict[str, float | None]:
    """Value and limits of an estimate as three columns: `name`, `name_low`, `name_high`."""
    own = (found.value, found.low, found.high) if found else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), own))
