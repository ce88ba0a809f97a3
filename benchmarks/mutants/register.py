"""The list of what is done to a file, each act deterministic by the random generator it is given."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.mutants.formats import inner
from benchmarks.mutants.seeds import Seed

SEPARATED = ("csv", "tsv", "semicolon")
JSON = ("json", "ndjson", "page")
PARTS = ("zip", "xlsx", "ods")
ALL, COUNT, NOTHING = "all", "count", ""  # what is known: every record still loads; how many there are; neither


@dataclass(frozen=True)
class Operator:
    """`level`: what it takes: rows, text, bytes, parts (of an archive) or name. `kinds`: the kinds of file it fits, () for any.
    `holds`: what must be true of the spoiled file's account (ALL, COUNT, NOTHING)."""

    name: str
    level: str
    act: Callable
    holds: str
    kinds: tuple[str, ...]

    def fits(self, seed: Seed) -> bool:
        """Whether it can be done to this seed."""
        if self.level == "name":
            return not seed.name
        if self.level == "parts":
            return seed.kind in PARTS
        kind = inner(seed.kind)
        if self.level == "text" and kind not in SEPARATED + JSON:
            return False
        return not self.kinds or kind in self.kinds


REGISTER: list[Operator] = []


def operator(name: str, level: str, holds: str = NOTHING, kinds: tuple[str, ...] = ()):
    """Enter a function into the list."""

    def enter(act: Callable) -> Callable:
        REGISTER.append(Operator(name, level, act, holds, kinds))
        return act

    return enter
