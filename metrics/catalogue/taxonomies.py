"""The catalogue in other frames: lenses, HEART, effectiveness–ease–emotion–loyalty (taxonomies.toml). No metric is computed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from data.errors import UserError, nearest
from data.settings.sources import load_toml
from metrics.catalogue.definition import Definition

FILE = Path(__file__).with_name("taxonomies.toml")
OUTSIDE = "Outside this frame"


@dataclass(frozen=True)
class Group:
    """One part of a frame; it holds a lens, a HEART letter, or the ids that match a pattern."""

    name: str
    question: str
    lens: str | None = None
    heart: str | None = None
    metrics: tuple[str, ...] = ()

    def holds(self, definition: Definition) -> bool:
        if self.lens or self.heart:
            return (definition.lens == self.lens) if self.lens else (definition.heart == self.heart)
        return any(fnmatchcase(definition.id, pattern) for pattern in self.metrics)


@dataclass(frozen=True)
class Frame:
    """A view on the catalogue: its groups in order, and where it comes from."""

    id: str
    name: str
    source: str
    groups: tuple[Group, ...]

    def sort(self, definitions: Mapping[str, Definition]) -> dict[Group, list[Definition]]:
        """Every metric under the first group that holds it; the rest last, outside."""
        sorted_: dict[Group, list[Definition]] = {group: [] for group in (*self.groups, Group(OUTSIDE, ""))}
        for definition in definitions.values():
            group = next((group for group in self.groups if group.holds(definition)), Group(OUTSIDE, ""))
            sorted_[group].append(definition)
        return {group: members for group, members in sorted_.items() if members}


@cache
def frames() -> dict[str, Frame]:
    """Every frame by id."""
    return {
        spec["id"]: Frame(
            spec["id"],
            spec["name"],
            spec["source"],
            tuple(Group(**group | {"metrics": tuple(group.get("metrics", ()))}) for group in spec["group"]),
        )
        for spec in load_toml(FILE)["view"]
    }


def frame(name: str) -> Frame:
    """The frame of that id. Raises UserError naming those there are."""
    if name not in frames():
        raise UserError(
            "there is no such frame", where="--as", found=name, allowed=", ".join(frames()), fix=nearest(name, frames())
        )
    return frames()[name]
