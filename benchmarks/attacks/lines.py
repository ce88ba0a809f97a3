"""What came of attacks: a line a kind and way of protecting."""

from collections.abc import Callable
from dataclasses import dataclass

from data.store.opened import GROUPS

MODES = {"": "each answer by itself", GROUPS: "for a viewer of groups"}
Say = Callable[[str], None]


@dataclass
class Line:
    """Of one kind of attack, protected in one way: tried, computed exactly, left with fewer than five counts (or too few people)."""

    kind: str
    mode: str
    tried: int = 0
    exact: int = 0
    narrowed: int = 0
