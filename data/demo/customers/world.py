"""Everything about a block that no effect changes: people, potential episodes, shocks and all random numbers."""

from dataclasses import dataclass

import numpy as np

from data.demo.calendar import Window
from data.demo.customers.episodes import Episodes, episodes
from data.demo.customers.people import BLOCK, People, people
from data.demo.draws import Draws, weekly_shocks

SHOCKED = ("find", "evaluate", "decide", "buy", "engage", "csat")


@dataclass(frozen=True)
class World:
    block: int
    draws: Draws
    window: Window
    people: People
    episodes: Episodes
    shocks: dict[str, np.ndarray]

    def shock(self, name: str) -> np.ndarray:
        """The week's common shock, per episode."""
        return self.shocks[name][self.episodes.week]

    def u(self, name: str) -> np.ndarray:
        return self.draws.uniform(name, self.episodes.n)

    def z(self, name: str) -> np.ndarray:
        return self.draws.normal(name, self.episodes.n)

    def of(self, trait: np.ndarray) -> np.ndarray:
        """A person's trait, per episode."""
        return trait[self.episodes.person]


def make_world(seed: int, block: int, total_people: int, window: Window) -> World:
    first = block * BLOCK
    draws = Draws(seed, block)
    folk = people(draws, first, min(BLOCK, total_people - first))
    shocks = {name: weekly_shocks(seed, name, window.weeks) for name in SHOCKED}
    return World(block, draws, window, folk, episodes(draws, folk, window), shocks)
