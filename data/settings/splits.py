"""Into which shares an experiment was meant to divide people: `split` of an [[experiment]] in journey.toml."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import UserError, check_keys


@dataclass(frozen=True)
class Split:
    """`shares`: variant → its share of the people, in any unit (80 and 20, .8 and .2)."""

    experiment: str
    shares: dict[str, float]


def read_split(spec: dict[str, Any], file: Path) -> Split:
    """One [[experiment]]. Raises UserError where it has no name, or no share above 0 for two variants or more."""
    name = spec.get("name")
    where = f"[[experiment]] {name or ''!r}"
    check_keys(spec, ("name", "split"), file=file, where=where)
    if not isinstance(name, str) or not name.strip():
        raise UserError("an [[experiment]] has no name", file=file, fix='Add name = "…", as exposures write it')
    shares = spec.get("split")
    if (
        not isinstance(shares, dict)
        or len(shares) < 2
        or any(
            isinstance(one, bool) or not isinstance(one, int | float) or not 0 < one < 1e9 for one in shares.values()
        )
    ):
        raise UserError(
            "the split of an experiment cannot be read",
            file=file,
            where=where,
            found=repr(shares),
            allowed="a share above 0 for each of its variants: split = { old = 80, new = 20 }",
        )
    return Split(name.strip(), {variant: float(share) for variant, share in shares.items()})
