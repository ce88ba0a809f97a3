"""Candidates to causes: each compared alike, corrected for all that was looked at, those that only go along with a stronger one apart."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from metrics.analyses.causes.gather import Candidate
from metrics.analyses.causes.model import NO_SAMPLE, PLACED, SAID, Cause, Echo, Grade, Kind, Overlap
from metrics.statistics.core import Comparison, Estimate
from metrics.statistics.groups.held_alike import Rows, combined, compared, held_alike
from metrics.statistics.weeks.looks import benjamini_hochberg
from metrics.thresholds import PERSONS

Q = 0.05  # of the causes listed: the share that may be there by chance, over all candidates of the stage
LEAST_PERSONS = 30  # on either side
LEAST_EXPECTED = 5.0  # unhappy and content on either side; Cochran (1954): below, the normal tail is no guide
MATTERS = 0.03  # the smallest difference in the share of unhappy worth acting on, as csat_t2b_5 has it
ENOUGH = 0.8  # of those who met it must have their like, else less is held equal
HELD = ("way", "task", "touch_channel", "segment", "customer", "quarter")  # what is given up first stands last
NOT_HELD = {Kind.CHANNEL: ("touch_channel",), Kind.DEVICE: (), Kind.RELEASE: ()}
COMMON = 0.5  # of them at least must have their like in the way of asking and the task, which are never given up
MOST = 12  # causes a list can carry
KNOWN_BOTH = 0.5  # of those who met one must be known whether they met the other, else no overlap is told
KNOWN_TASK = 0.5  # of the answers must name their task, else it is not held equal


@dataclass(frozen=True, eq=False)
class TestedCandidate:
    """A candidate with its comparison over the rows of which it is known."""

    candidate: Candidate
    held: tuple[str, ...]
    compared: float
    found: Comparison
    persons: int

    @property
    def later(self) -> int:
        """Where it stands in time: where and by what, then what happened, then what people said."""
        kind = self.candidate.kind
        return 0 if kind in PLACED else 2 if kind in SAID else 1


def tested_candidates(rows: pd.DataFrame, candidates: list[Candidate], level: float) -> list[TestedCandidate]:
    """The candidates of which enough people are known on both sides, each compared within the finest strata that keep enough."""
    dims = tuple(name for name in HELD if name != "task" or rows["task"].notna().mean() >= KNOWN_TASK)
    codes = {name: pd.factorize(rows[name].astype(object).where(rows[name].notna(), ""))[0] for name in dims}
    found = []
    for one in candidates:
        persons = _enough(rows, one)
        if not persons:
            continue
        names = tuple(name for name in dims if name not in NOT_HELD.get(one.kind, ()))
        least = 2 if "task" in names else 1
        kept, share = names[:least], 0.0
        for size in range(len(names), least - 1, -1):
            kept, share = names[:size], compared(one.met[one.known], _strata(codes, names[:size], one.known))
            if share >= ENOUGH:
                break
        if share < COMMON:
            continue  # asked otherwise or there for something else: what they met cannot be told from that
        found.append(
            TestedCandidate(one, kept, share, _held(rows, one, _strata(codes, kept, one.known), level), persons)
        )
    return _once(found)


def _once(judged: list[TestedCandidate]) -> list[TestedCandidate]:
    """Of two values that are each other's rest only the unhappier: it is one comparison, and counts once among all that are looked at."""
    by = {one.candidate.met.tobytes(): place for place, one in enumerate(judged)}
    mirrors = [by.get((one.candidate.known & ~one.candidate.met).tobytes()) for one in judged]
    return [
        one
        for place, (one, other) in enumerate(zip(judged, mirrors))
        if other is None or (_size(one), -place) > (_size(judged[other]), -other)
    ]


def _size(judged: TestedCandidate) -> float:
    return judged.found.estimate.value or 0.0


def ranked(
    rows: pd.DataFrame, tested: list[TestedCandidate], level: float
) -> tuple[tuple[Cause, ...], tuple[Echo, ...]]:
    """The causes that hold, strongest first (lower bound × people), and those that hold only as long as a stronger one is not held equal."""
    q = benjamini_hochberg([_harm(one.found) for one in tested])
    strong = [
        (one, float(adjusted), _affected(rows, one))
        for one, adjusted in zip(tested, q)
        if adjusted <= Q and (one.found.estimate.value or 0) >= MATTERS and (one.found.estimate.low or 0) > 0
    ]
    strong.sort(key=lambda item: (-_rank(item[0], item[2]), item[0].candidate.kind, item[0].candidate.name))
    codes = {name: pd.factorize(rows[name].astype(object).where(rows[name].notna(), ""))[0] for name in HELD}
    kept: list[tuple[TestedCandidate, float, int, Estimate | None]] = []
    echoes: list[Echo] = []
    for one, adjusted, affected in strong:
        above = [place for place, (other, *_) in enumerate(kept) if other.later <= one.later]
        beside = _beside(rows, one, [kept[place][0] for place in above], codes, level) if above else None
        if beside is not None and not _stands(beside):
            near = max(above, key=lambda place: _phi(kept[place][0].candidate, one.candidate))
            echoes.append(Echo(one.candidate.kind, one.candidate.name, one.candidate.part, near))
        elif len(kept) < MOST:
            kept.append((one, adjusted, affected, beside.estimate if beside else None))
    causes = tuple(_cause(rows, *item) for item in kept)
    return tuple(
        replace(cause, overlaps=_overlaps(rows, [item[0].candidate for item in kept], place))
        for place, cause in enumerate(causes)
    ), tuple(echoes)


def _harm(comparison: Comparison) -> float:
    """The p of more unhappiness: what goes with less is no candidate that was told, and must not make room for one that was not."""
    if comparison.test.p is None:
        return float("nan")
    return comparison.test.p if (comparison.estimate.value or 0.0) > 0 else 1.0


def _enough(rows: pd.DataFrame, candidate: Candidate) -> int:
    """How many people met it, 0 where either side is too small to be compared, or nobody to speak of meets it any more."""
    if (candidate.met & rows["current"].to_numpy()).sum() < PERSONS:
        return 0
    y, persons = rows["unhappy"].to_numpy()[candidate.known], rows["person_id"].to_numpy()[candidate.known]
    met = candidate.met[candidate.known]
    sides = [len(np.unique(persons[side])) for side in (met, ~met)]
    p = y.mean() if y.size else 0.0
    expected = min(met.sum(), (~met).sum()) * min(p, 1 - p)
    return sides[0] if min(sides) >= LEAST_PERSONS and expected >= LEAST_EXPECTED else 0


def _strata(codes: dict[str, np.ndarray], names: tuple[str, ...], of: np.ndarray) -> np.ndarray:
    """The stratum of each row of `of`, numbered from 0."""
    return combined([codes[name][of] for name in names])


def _held(rows: pd.DataFrame, candidate: Candidate, stratum: np.ndarray, level: float) -> Comparison:
    of = candidate.known
    return held_alike(
        Rows(
            candidate.met[of],
            rows["unhappy"].to_numpy()[of],
            rows["person_id"].to_numpy()[of],
            rows["person_group"].to_numpy()[of].astype(np.int64),
        ),
        stratum,
        level,
    )


def _beside(
    rows: pd.DataFrame,
    judged: TestedCandidate,
    above: list[TestedCandidate],
    codes: dict[str, np.ndarray],
    level: float,
) -> Comparison:
    """The same with the causes above held equal as well: met, not met and not known apart."""
    of = judged.candidate.known
    levels = [np.where(other.candidate.known, other.candidate.met.astype(np.int64), 2)[of] for other in above]
    return _held(rows, judged.candidate, combined([_strata(codes, judged.held, of), *levels]), level)


def _stands(comparison: Comparison) -> bool:
    low, value = comparison.estimate.low, comparison.estimate.value
    return low is not None and value is not None and low > 0 and value >= MATTERS


def _affected(rows: pd.DataFrame, judged: TestedCandidate) -> int:
    """People among all who answered that met it, if it is as frequent where it is not known; of an experiment those in the arm, of words and
    topics those who wrote of them: who wrote nothing is no sample of those who did."""
    if judged.candidate.kind in NO_SAMPLE:
        return judged.persons
    persons = rows["person_id"]
    return round(judged.persons / int(persons[judged.candidate.known].nunique()) * int(persons.nunique()))


def _rank(judged: TestedCandidate, affected: int) -> float:
    return (judged.found.estimate.low or 0.0) * affected


def _phi(candidate: Candidate, other: Candidate) -> float:
    """Correlation of two yes/no candidates where both are known; −1 where either does not vary."""
    both = candidate.known & other.known
    a, b = candidate.met[both], other.met[both]
    if not a.size or a.all() or b.all() or not a.any() or not b.any():
        return -1.0
    return float(np.corrcoef(a, b)[0, 1])


def _cause(rows: pd.DataFrame, judged: TestedCandidate, q: float, affected: int, beside: Estimate | None) -> Cause:
    candidate, y = judged.candidate, rows["unhappy"].to_numpy()
    met, other = y[candidate.met], y[candidate.known & ~candidate.met]
    return Cause(
        candidate.kind,
        candidate.name,
        candidate.part,
        _grade(judged),
        judged.persons,
        int(candidate.met.sum()),
        float(candidate.known.mean()),
        float(met.mean()),
        float(other.mean()),
        judged.found.estimate,
        float(met.sum() / max(met.sum() + other.sum(), 1)),
        affected,
        judged.held,
        judged.compared,
        q,
        _rank(judged, affected),
        beside,
    )


def _grade(judged: TestedCandidate) -> Grade:
    kind = judged.candidate.kind
    if kind is Kind.ARM:
        return Grade.EXPERIMENT
    if kind in SAID:
        return Grade.SAID
    alike = "task" in judged.held and judged.compared >= ENOUGH
    return Grade.CORRELATIONAL if kind in PLACED or not alike else Grade.MATCHED


def _overlaps(rows: pd.DataFrame, causes: list[Candidate], place: int) -> tuple[Overlap, ...]:
    """Of those who met one, the share that met each other as well, where that is known; None where few people would show."""
    one, persons = causes[place], rows["person_id"].to_numpy()
    found = []
    for other_place, other in enumerate(causes):
        if other_place == place:
            continue
        of = one.met & other.known
        both, rest = (len(np.unique(persons[of & side])) for side in (other.met, ~other.met))
        few = 0 < both < PERSONS or 0 < rest < PERSONS or of.sum() < KNOWN_BOTH * one.met.sum()
        found.append(Overlap(other_place, None if few else float((of & other.met).sum() / of.sum())))
    return tuple(found)
