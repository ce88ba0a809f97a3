"""What a run of the simulated company is to make."""

from dataclasses import dataclass
from pathlib import Path

from data.demo.customers.people import BLOCK


@dataclass(frozen=True)
class Plan:
    """Where the files go, how many people over how many days, from which seed, and which effects are switched on."""

    out: Path
    people: int
    days: int
    seed: int
    on: frozenset[str]

    @property
    def blocks(self) -> int:
        return -(-self.people // BLOCK)
