"""portfolio(journey): where the next euro goes. Lines are taken one after the other, each for what it adds to those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.case.case import Case, Removes
from metrics.analyses.case.measured import window
from metrics.analyses.case.routes import Gain
from metrics.analyses.case.worth import short_period
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.causes.model import StageCauses
from metrics.analyses.portfolio.lines import Line, of_stage
from metrics.analyses.portfolio.model import Gap, Portfolio, Stake
from metrics.analyses.portfolio.overlaps import Set, overlaps
from metrics.analyses.stage_scores import targets_of
from metrics.codes import ReasonCode, because
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules import privacy
from metrics.rules.access import rights_of
from metrics.statistics.business import of_replicates
from metrics.statistics.groups import replicates

Shares = Mapping[tuple[Set, Set], float]


@understood
def portfolio(journey: str | None, generation: Generation, found: Mapping[str, StageCauses] | None = None) -> Portfolio:
    """What every cause and friction of a journey is worth a year, measured over the last 52 weeks, ranked by the low end of what each
    adds. `found` are causes that are known already, by stage. Raises UserError for an unknown journey and a store without days."""
    known = context.read(generation)
    query = resolve(Query((), journey), known)
    journey = str(query.journey)
    days = window(Case("", "", Removes.UNHAPPY), generation)
    if days is None:
        raise UserError("the store holds no dated records, so nothing can be counted by the year")
    bare = Portfolio(journey, known.currency, days, generation.name, warnings=short_period(days))
    stages = known.stages[journey]
    if limits := rights_of(generation).limits:  # what an order brought is nobody's stage
        refused = because(ReasonCode.NEEDS_ALL_OF, label=journey, limits=tuple(sorted(limits)))
        return replace(bare, missing=tuple(Gap(stage, Removes.UNHAPPY, refused) for stage in stages))
    targets, held, made = targets_of(journey, generation), found or {}, []
    for stage in stages:
        asked = standing_query(Query((), journey, (stage,), days.start, days.end), known)
        told = held.get(stage) or causes(asked, generation)
        made += list(of_stage(journey, stage, targets.get(stage, ()), told, generation))
    lines = [one for one in made if isinstance(one, Line)]
    ranked, margin, capacity = in_order(lines, overlaps(journey, days.start, days.end, generation))
    if known.groups_only or known.confidential:
        ranked = [replace(one, n=None if one.n is None else privacy.rounded(one.n)) for one in ranked]
    return replace(
        bare,
        stakes=tuple(ranked),
        missing=tuple(one for one in made if isinstance(one, Gap)),
        margin=of_replicates(margin if any(one.gain is Gain.MARGIN for one in ranked) else []),
        capacity=of_replicates(capacity if any(one.gain is Gain.COST for one in ranked) else []),
        added_up=sum(one.alone.mean or 0.0 for one in ranked) if ranked else None,
    )


def in_order(lines: list[Line], shared: Shares) -> tuple[list[Stake], np.ndarray, np.ndarray]:
    """The lines, the one that surely adds most first, with the sum of what they add as margin and as cost of requests, by replicate.

    What a line adds: its money × Π(1 − share a line above removes × part of this line's people that are that line's too). Within one
    stage the people are the same, so two fixes of .3 and .2 make .44, not .5; of two causes it is counted who met both. Margin and
    the cost of requests are different euros.
    """
    left = list(lines)
    taken: list[Line] = []
    ranked: list[Stake] = []
    sums = {gain: np.zeros(replicates.DRAWS) for gain in Gain}
    while left:
        adds = [(line, _kept(line, taken, shared)) for line in left]
        line, kept = max(adds, key=lambda one: _low_end(one[0].money * one[1]))
        left.remove(line)
        taken.append(line)
        more = line.money * kept
        sums[line.gain] += np.nan_to_num(more)
        ranked.append(_stake(line, more, kept))
    return ranked, sums[Gain.MARGIN], sums[Gain.COST]


def _low_end(money: np.ndarray) -> tuple[float, float]:
    made = of_replicates(money)
    return (made.p10 if made.p10 is not None else -np.inf, made.p50 if made.p50 is not None else -np.inf)


def _kept(line: Line, taken: list[Line], shared: Shares) -> np.ndarray:
    """The part of a line's money that no line above claims, by replicate."""
    part = np.ones(replicates.DRAWS)
    own = (line.removes, line.stage)
    for other in taken:
        if other.gain is not line.gain:
            continue
        theirs = (other.removes, other.stage)
        if Removes.FRICTION in (line.removes, other.removes):
            same = 1.0 if own == theirs else 0.0  # a request counts once, to the last friction before it
        elif own == theirs:
            same = _met_both(line, other)
        else:
            same = shared.get((own, theirs), 0.0)
        part = part * np.clip(1 - np.nan_to_num(other.share) * same, 0.0, 1.0)
    return part


def _met_both(line: Line, other: Line) -> float:
    """How much likelier than by chance somebody of the line is among those a line of the same stage helps: of two causes the share of those
    who met the one that met the other as well, over the share of all that met the other. Where it is not known or may not be told
    everybody is taken to have met both, so that money is rather left out than claimed twice; without two causes chance decides."""
    if line.cause is None or other.cause is None or other.met <= 0:
        return 1.0
    share = next((one.share for one in line.cause.overlaps if one.place == other.place), None)
    return (1.0 if share is None else share) / other.met


def _stake(line: Line, more: np.ndarray, kept: np.ndarray) -> Stake:
    return Stake(
        line.stage,
        line.removes,
        line.ground,
        line.gain,
        line.grade,
        of_replicates(line.people),
        of_replicates(line.money),
        of_replicates(more),
        float(np.nanmedian(kept)),
        float(np.nanmedian(line.share)),
        line.by_definition,
        line.n,
        line.cause,
        line.target,
    )
