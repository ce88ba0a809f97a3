"""What the causes of a stage are worth a year, each alone, and what a customer says: what stands beside a cause wherever it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data.store.generations import Generation
from metrics.analyses.case.case import Case, Grade, Removes
from metrics.analyses.case.measured import Window, window
from metrics.analyses.causes.model import StageCauses
from metrics.analyses.causes.quotes import Quote, quotes
from metrics.analyses.portfolio.lines import Line, of_causes
from metrics.codes import Reason, ReasonCode, because
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules.access import within_rights
from metrics.statistics.business import Outcome, of_replicates

NO_AMOUNT = of_replicates([])


@dataclass(frozen=True)
class Beside:
    """What stands beside a cause. `amount`: margin a year in `currency` if it went away altogether and nothing else were done, over `period`,
    the same as the portfolio's `alone`; `grade` how the step from unhappy to money is known; `missing` why there is no amount."""

    quote: Quote | None = None
    amount: Outcome = NO_AMOUNT
    grade: Grade | None = None
    currency: str = ""
    period: Window | None = None
    missing: Reason | None = None


@within_rights
def beside_causes(query: Query, made: StageCauses, generation: Generation) -> tuple[Beside, ...]:
    """One a cause of `made`, in its order. `query` is the question that `made` answers. A case is about everyone in the last 52 weeks: under
    filters no amount is given."""
    known = context.read(generation)
    asked = resolve(query, known)
    said = quotes(query, made, generation)
    bare = Beside(currency=known.currency)
    if not made.causes:
        return ()
    if asked.filters:
        return tuple(replace(bare, quote=one, missing=because(ReasonCode.CASE_OF_EVERYONE)) for one in said)
    days = window(Case("", "", Removes.UNHAPPY), generation)
    if days is None:
        return tuple(
            replace(bare, quote=one, missing=because(ReasonCode.NOTHING_THERE, filtered=False)) for one in said
        )
    found = list(of_causes(str(asked.journey), made, generation))
    lines = {id(one.cause): one for one in found if isinstance(one, Line)}
    gap = next((one.reason for one in found if not isinstance(one, Line)), None)
    return tuple(
        _with_amount(replace(bare, quote=quote, period=days), lines.get(id(cause)), gap)
        for cause, quote in zip(made.causes, said)
    )


def _with_amount(beside: Beside, line: Line | None, gap: Reason | None) -> Beside:
    if line is None:
        return replace(beside, missing=gap or because(ReasonCode.NOTHING_THERE, filtered=False))
    return replace(beside, amount=of_replicates(line.money), grade=line.grade)
