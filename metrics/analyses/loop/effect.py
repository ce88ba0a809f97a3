"""What contacting caused: the share no longer unhappy among people to be contacted less that among people held out by chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import special

LEAST = 30  # people in each arm with a later answer
POWER, LEVEL = 0.90, 0.95
TARGET = 0.10  # the difference worth seeing


@dataclass(frozen=True)
class Arm:
    """People with an unhappy answer since the holdout began (their first), of these with a later answer, of these content then."""

    people: int
    answered: int
    content: int

    @property
    def share(self) -> float | None:
        return self.content / self.answered if self.answered else None


@dataclass(frozen=True)
class Effect:
    """`difference` with its 95 % limits is None below 30 answered in an arm. `needed` is how many have to answer in the smaller arm for
    ten points to be seen in nine cases of ten; `uneven` that the arms answered in shares that differ more than chance makes, so that who
    answered may be the difference."""

    contacted: Arm
    held: Arm
    difference: float | None
    low: float | None
    high: float | None
    needed: int
    uneven: bool = False

    @property
    def sure(self) -> bool:
        """Whether the limits exclude 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def effect(contacted: Arm, held: Arm) -> Effect:
    """By intention: everybody who was to be contacted counts, whether it came to it or not (Newcombe's hybrid score limits, 1998)."""
    base = (
        held.share if held.answered >= LEAST else 0.4
    )  # of people left alone: what time alone does, two in five as a start
    size = needed(base if base is not None else 0.4, held.people / max(contacted.people + held.people, 1) or 0.5)
    uneven = _uneven(contacted, held)
    if min(contacted.answered, held.answered) < LEAST:
        return Effect(contacted, held, None, None, None, size, uneven)
    first, second = (one.content / one.answered for one in (contacted, held))
    (l1, u1), (l2, u2) = (_wilson(one.content, one.answered) for one in (contacted, held))
    gap = first - second
    low = gap - math.hypot(first - l1, u2 - second)
    high = gap + math.hypot(u1 - first, second - l2)
    return Effect(contacted, held, gap, low, high, size, uneven)


def needed(base: float, part: float = 0.5, gain: float = TARGET) -> int:
    """How many people have to answer in the smaller arm, which has `part` of all, for `gain` to be seen with power .9."""
    part = min(max(part, 0.01), 0.5)
    other = min(base + gain, 1.0)
    z = special.ndtri(1 - (1 - LEVEL) / 2) + special.ndtri(POWER)
    ratio = part / (1 - part)  # of the held to the contacted
    return math.ceil(float(z**2 * (base * (1 - base) + ratio * other * (1 - other)) / gain**2))


def _wilson(hits: int, n: int) -> tuple[float, float]:
    z = special.ndtri(1 - (1 - LEVEL) / 2)
    centre = (hits + z**2 / 2) / (n + z**2)
    half = z * math.sqrt(hits * (n - hits) / n + z**2 / 4) / (n + z**2)
    return centre - half, centre + half


def _uneven(contacted: Arm, held: Arm) -> bool:
    """Whether the arms answered in other shares (p < .01)."""
    if not min(contacted.people, held.people):
        return False
    together = (contacted.answered + held.answered) / (contacted.people + held.people)
    spread = math.sqrt(together * (1 - together) * (1 / contacted.people + 1 / held.people))
    if not spread:
        return False
    gap = contacted.answered / contacted.people - held.answered / held.people
    return bool(2 * special.ndtr(-abs(gap) / spread) < 0.01)


def arms(rows: Sequence[tuple[int, bool, bool | None]]) -> tuple[Arm, Arm]:
    """The two arms of (person, held out, next answer unhappy): a person counts once, by their first unhappy answer."""
    first: dict[int, tuple[bool, bool | None]] = {}
    for person, held, unhappy in rows:
        first.setdefault(person, (held, unhappy))
    made = []
    for side in (False, True):
        own = [unhappy for held, unhappy in first.values() if held is side]
        known = [unhappy for unhappy in own if unhappy is not None]
        made.append(Arm(len(own), len(known), sum(not unhappy for unhappy in known)))
    return made[0], made[1]
