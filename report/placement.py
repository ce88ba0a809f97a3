"""Which metrics stand where, from placement.toml: no other module of report, charts, exports, ui or pages names one."""

from functools import cache
from pathlib import Path
from typing import Any

from data.errors import UserError, check_keys, nearest
from data.settings.sources import load_toml
from metrics.catalogue.load import catalogue
from report.text.catalogue import say

FILE = Path(__file__).with_name("placement.toml")


@cache
def _table() -> dict[str, dict[str, Any]]:
    """The file, every id of which a definition has. Raises UserError for one that none has."""
    spec = load_toml(FILE)
    check_keys(spec, ("roles", "places"), file=FILE.name, where="top level")
    known = catalogue()
    for place, ids in {**spec["places"], **{name: [one] for name, one in spec["roles"].items()}}.items():
        for one in ids:
            if one not in known:
                raise UserError(
                    say("report.placement.no_definition_has_this_id"),
                    file=FILE.name,
                    where=place,
                    found=one,
                    fix=nearest(one, known),
                )
    return spec


def shown(place: str) -> tuple[str, ...]:
    """The metrics of a place, in order. Raises KeyError for a place the table lacks."""
    return tuple(_table()["places"][place])


def role(name: str) -> str:
    """The metric that has a role: completed, satisfied …; KeyError for a role the table lacks."""
    return str(_table()["roles"][name])
