"""Mix against rate: how much of a change is a change within the parts, and how much other parts weighing more."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.compute.sums import sums
from metrics.kinds.sums import Sums
from metrics.present import present
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, other_period, resolve
from metrics.rules import recording_breaks
from metrics.rules.access import within_rights
from metrics.rules.disclosure.withheld import everything_told, guards
from metrics.rules.privacy import least_persons
from metrics.statistics.core import Estimate
from metrics.statistics.groups.mix import kitagawa, kitagawa_by_group

PARTS = ("touch_channel", "device", "segment")
OF_PERSONS = ("segment", "account", "customer")  # known of a visit only where its person is


@dataclass(frozen=True)
class Part:
    """One value of the dimension: its weights (shares of the rows) and rates before and after, in the metric's unit."""

    name: str
    weight_before: float
    weight_after: float
    rate_before: float | None
    rate_after: float | None


@dataclass(frozen=True)
class Split:
    """`diff` = `rate` + `mix` (Kitagawa 1955, symmetric), over the parts of one dimension, heaviest first. `shift` is the mix part with
    its interval by jackknife over persons, at the level of one of the dimensions looked at (Bonferroni)."""

    metric: str
    by: str
    before: float
    after: float
    rate: float
    mix: float
    parts: tuple[Part, ...]
    matters: float
    shift: Estimate
    within: Estimate | None = None  # the rate part, likewise

    @property
    def sure(self) -> bool:
        """Whether the mix surely moved the total, one way or the other: else nothing is said of it."""
        return (
            self.shift.low is not None and self.shift.high is not None and (self.shift.low > 0 or self.shift.high < 0)
        )

    @property
    def diff(self) -> float:
        return self.after - self.before

    @property
    def composition_only(self) -> bool:
        """Whether the mix surely moved the total this way and nothing changed within the parts that would matter in it: never better,
        never worse."""
        return (
            bool(self.diff)
            and self.sure
            and self.mix * self.diff > 0
            and self.rate * np.sign(self.diff) < min(self.matters, abs(self.diff) / 2)
        )

    @property
    def grown(self) -> Part:
        """The part that gained most weight."""
        return max(self.parts, key=lambda part: part.weight_after - part.weight_before)


@within_rights
def split(query: Query, metric: str, by: str, generation: Generation) -> Split | None:
    """The change of a share, mean or NPS between the query's periods, split by one dimension.

    None without a comparison, where the metric has no such column, where a period is empty, where a part has fewer
    people than privacy asks for (it would show by subtraction), where there is one part only, or where the share of visits
    whose person is known broke between the periods and the dimension is the person's: “unknown” grew, nobody came or went.
    """
    found, known = definition(metric), context.read(generation)
    query = resolve(query, known)
    if (
        not query.compare
        or by not in known.columns[found.measure.fact]
        or found.measure.kind not in ("share", "mean", "nps")
    ):
        return None
    start, end = other_period(query)
    if (
        by in OF_PERSONS
        and found.measure.table == "visits"
        and _link_broke((query.start, query.end), (start, end), generation)
    ):
        return None
    now, then = (
        sums(found, replace(asked, by=(by,), compare=None), generation, known)[0]
        for asked in (query, replace(query, start=start, end=end))
    )
    names = sorted({key[0] or "unknown" for key in (*now, *then)})
    if (
        len(names) < 2
        or not now
        or not then
        or not everything_told(query, generation)
        and min(part.persons for part in (*now.values(), *then.values())) < least_persons(found)
        or generation.shows == GROUPS
        and _closed(found, replace(query, by=(by,)), {*now, *then}, generation)
    ):
        return None
    scale = 100 if found.measure.kind == "nps" else 1
    rows = [[_of(side, name, scale) for name in names] for side in (then, now)]
    (w0, r0), (w1, r1) = (np.array(side, dtype=float).T for side in rows)
    parts = kitagawa(w0, r0, w1, r1)
    both, level = (
        kitagawa_by_group(*(_by_group(side, names, scale) for side in (then, now))),
        1 - (1 - query.level) / len(PARTS),
    )
    within, shift = both.estimate(0, level), both.estimate(1, level)
    shares = w0 / w0.sum(), w1 / w1.sum()
    listed = [
        Part(
            name,
            *(float(share[i]) for share in shares),
            *(float(r[i]) if np.isfinite(r[i]) else None for r in (r0, r1)),
        )
        for i, name in enumerate(names)
    ]
    return Split(
        metric,
        by,
        present(parts.before),
        present(parts.after),
        present(parts.rate),
        present(parts.mix),
        tuple(sorted(listed, key=lambda part: -part.weight_after)),
        found.matters,
        shift,
        within,
    )


def _by_group(side: dict[tuple[str | None, ...], Sums], names: list[str], scale: float) -> np.ndarray:
    """Rows and value sums by part and person group, shape (2, k, G): the same person is in the same group of both periods."""
    found = [side.get((name,)) or (side.get((None,)) if name == "unknown" else None) for name in names]
    groups = next(part for part in found if part).vector("n").size
    return np.array(
        [
            [part.vector("n") if part else np.zeros(groups) for part in found],
            [scale * part.vector("y") if part else np.zeros(groups) for part in found],
        ]
    )


def _closed(definition: Definition, query: ResolvedQuery, keys: set[tuple[Any, ...]], generation: Generation) -> bool:
    """Whether a part is withheld from a viewer of groups in one of the periods: the others beside the total would tell it."""
    told = guards(definition, query, generation)
    return any(one.why({query.by[0]: key[0]}, shifted) for one in told for key in keys for shifted in (False, True))


def _link_broke(now: tuple[Any, ...], then: tuple[Any, ...], generation: Generation) -> bool:
    return any(
        one.kind == "linked" and recording_breaks.parts(one, now, then) for one in recording_breaks.breaks(generation)
    )


def _of(side: dict[tuple[str | None, ...], Sums], name: str, scale: float) -> tuple[float, float]:
    found = side.get((name,)) or (side.get((None,)) if name == "unknown" else None)
    return (found.n, scale * float(found.vector("y").sum()) / found.n) if found else (0.0, float("nan"))


@within_rights
def largest_mix_effect(query: Query, definition: Definition, diff: float, generation: Generation) -> Split | None:
    """Of the splits by channel, device and segment that with the largest mix part, if that is sure and worth a word: its interval
    excludes 0, and it makes at least a third of the change, or hides as much."""
    taken = {name for name, _ in query.filters}
    splits = [s for by in PARTS if by not in taken and (s := split(query, definition.id, by, generation)) and s.sure]
    best = max(splits, key=lambda s: abs(s.mix), default=None)
    return best if best and abs(best.mix) >= max(abs(diff) / 3, definition.matters / 2) else None
