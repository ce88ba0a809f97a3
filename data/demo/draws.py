"""Common random numbers: every decision has a stream of its own, keyed by (seed, block, name of the decision).

Switching an effect off therefore leaves every other draw untouched, and a block of people comes out the same
whichever process makes it and whatever else is made beside it.
"""

import zlib
from collections.abc import Callable

import numpy as np


class Draws:
    """The streams of one block; arrays are kept, so that twin runs see the very same numbers."""

    def __init__(self, seed: int, block: int):
        self._seed, self._block = seed, block
        self._kept: dict[tuple[str, int], np.ndarray] = {}

    def generator(self, name: str) -> np.random.Generator:
        low = (self._block << 32) | zlib.crc32(name.encode())
        return np.random.Generator(np.random.Philox(key=np.array([self._seed, low], dtype=np.uint64)))

    def uniform(self, name: str, n: int) -> np.ndarray:
        return self._keep("u:" + name, n, lambda rng: rng.random(n))

    def normal(self, name: str, n: int) -> np.ndarray:
        return self._keep("z:" + name, n, lambda rng: rng.standard_normal(n))

    def _keep(self, name: str, n: int, make: Callable[[np.random.Generator], np.ndarray]) -> np.ndarray:
        if (name, n) not in self._kept:
            self._kept[name, n] = make(self.generator(name))
            self._kept[name, n].flags.writeable = False
        return self._kept[name, n]


WORLD_BLOCK = 0xFFFF_FFFF


def weekly_shocks(seed: int, name: str, weeks: int, sd: float = 0.01, rho: float = 0.5) -> np.ndarray:
    """AR(1) shock common to everybody, index = week (1-based, entry 0 unused), stationary SD `sd`."""
    noise = Draws(seed, WORLD_BLOCK).normal("shock." + name, 4096)[: weeks + 60]
    shock = np.empty(len(noise))
    shock[0] = noise[0]
    for week in range(1, len(noise)):
        shock[week] = rho * shock[week - 1] + np.sqrt(1 - rho * rho) * noise[week]
    return sd * shock
