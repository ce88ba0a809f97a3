"""causes(query): what goes with unhappiness in one stage over the query's days, ranked and silent where nothing holds."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.causes import gather, judge
from metrics.analyses.causes.arms import doubted
from metrics.analyses.causes.model import Cause, StageCauses
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.query import context
from metrics.query.query import Query, check
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure import edges

YEAR = 52  # weeks


def standing_query(query: Query, known: context.Context) -> Query:
    """The question over at least a year of answers up to its end: one window for pages, slides and the command line. A quarter has too
    few of each kind, and what goes with unhappiness is of a level, not of a change."""
    if not (query.start and query.end and known.first_day):
        return reopened(query, compare=None, by=())
    start = max(min(query.start, query.end - timedelta(days=7 * YEAR - 1)), known.first_day)
    return reopened(query, start=start, compare=None, by=())


@understood
@within_rights
def causes(query: Query, generation: Generation) -> StageCauses:
    """The causes of the query's one stage, over exactly its days (standing_query makes them a year; of a viewer of groups the whole quarters around them) and under its filters.

    Unhappy is what the stage's deciding metric says (`outcomes`). Every candidate is compared within strata that are named, the
    candidates are corrected for together (Benjamini–Hochberg, q = .05), and those are listed whose interval excludes 0 and whose
    difference matters. Raises UserError for a question without one stage, and for a filter answers do not have.
    """
    check(replace(query, metrics=query.metrics or ("causes",)))
    known = context.read(generation)
    query = replace(resolve(query, known), compare=None, by=())
    start, end = edges.whole_quarters(query.start, query.end, generation)
    query = replace(query, start=start, end=end)
    if len(query.stages) != 1:
        raise UserError(
            "causes are looked for in one stage",
            where="stage",
            found=", ".join(query.stages) or "none",
            allowed=", ".join(known.stages[query.journey or known.journeys[0]]),
            fix="For example --stage " + known.stages[query.journey or known.journeys[0]][0],
        )
    made = StageCauses(query, query.stages[0], generation=generation.name, warnings=_said(query, known))
    for name, _ in query.filters:
        if name not in gather.FILTERS:
            reason = because(ReasonCode.NO_SUCH_BREAKDOWN, label="Unhappiness", dimension=name)
            return replace(made, refused=reason)
    rows = gather.answers(query, generation)
    if rows["person_id"].nunique() < judge.LEAST_PERSONS:
        return replace(made, refused=_too_few(made, rows))
    made = replace(
        made,
        outcome=str(rows["metric"].iloc[0]),
        answers=len(rows),
        persons=int(rows["person_id"].nunique()),
        unhappy=int(rows["unhappy"].sum()),
    )
    if not 0 < made.unhappy < made.answers:
        return replace(made, refused=because(ReasonCode.ALL_FELT_ALIKE, unhappy=made.unhappy > 0))
    tested = judge.tested_candidates(rows, gather.candidates(rows, query, generation, known), query.level)
    found, echoes = judge.ranked(rows, tested, query.level)
    made = replace(made, causes=doubted(found, rows, query, generation), echoes=echoes, scanned=len(tested))
    return _rounded(made) if query.confidential or known.groups_only else made


def _too_few(causes: StageCauses, rows: pd.DataFrame) -> Reason:
    if rows.empty:
        return because(ReasonCode.NOBODY_ANSWERED, filtered=bool(causes.query.filters))
    return because(ReasonCode.FEW_PEOPLE, least=judge.LEAST_PERSONS)


def _said(query: ResolvedQuery, known: context.Context) -> tuple[Warning, ...]:
    """What must be said whatever is found."""
    said = [WarningCode.CONFIDENTIAL] if query.confidential or known.groups_only else []
    return tuple(warn(code) for code in (*said, *([WarningCode.SIMULATED] if known.simulated else [])))


def _rounded(causes: StageCauses) -> StageCauses:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""
    return replace(
        causes,
        answers=privacy.rounded(causes.answers),
        persons=privacy.rounded(causes.persons),
        unhappy=privacy.rounded(causes.unhappy),
        causes=tuple(_blurred(cause) for cause in causes.causes),
    )


def _blurred(cause: Cause) -> Cause:
    def share(value: float) -> float:
        return privacy.step(value, "rate") or 0.0

    return replace(
        cause,
        persons=privacy.rounded(cause.persons),
        answers=privacy.rounded(cause.answers),
        affected=privacy.rounded(cause.affected),
        known=share(cause.known),
        unhappy=share(cause.unhappy),
        unhappy_else=share(cause.unhappy_else),
        covers=share(cause.covers),
        compared=share(cause.compared),
        difference=privacy.stepped(cause.difference, "rate"),
        beside=cause.beside and privacy.stepped(cause.beside, "rate"),
        overlaps=tuple(replace(one, share=privacy.step(one.share, "rate")) for one in cause.overlaps),
    )
