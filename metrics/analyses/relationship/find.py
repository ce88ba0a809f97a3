"""relationship(query): the long game of a journey's customers, over all the data there is."""

from dataclasses import replace

import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.relationship import answers, purchases
from metrics.analyses.relationship.model import After, Between, Cohort, Curve, Migration, Relationship, Windows
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, WarningCode, because, warn
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import reopened, resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure import edges
from metrics.rules.disclosure.withheld import everything_told
from metrics.rules.whole_result import unweighted
from metrics.thresholds import PERSONS

CUSTOM = 90  # days: a convention, where too few bought again to read the company's own window


@understood
@within_rights
def relationship(query: Query, generation: Generation) -> Relationship:
    """Second purchases by cohort, the company's own window, NPS by tenure and from one answer to the next, and who comes back. Stages and
    filters do not apply; a period (none on the page; of a viewer of groups whole quarters) limits only the answers after which people come back or do not."""
    known = context.read(generation)
    asked = resolve(reopened(query, metrics=("relationship",), compare=None, filters=(), stages=(), by=()), known)
    start, end = edges.whole_quarters(asked.start, asked.end, generation)
    asked = replace(asked, start=start, end=end)
    quiet = asked.confidential or known.groups_only
    codes = [*([WarningCode.CONFIDENTIAL] if quiet else []), *([WarningCode.SIMULATED] if known.simulated else [])]
    caveats = tuple(map(warn, codes)) + tuple(unweighted(known, definition("nps_relationship")))
    made = Relationship(asked, warnings=caveats, generation=generation.name)
    made = _purchases(made, generation, known)
    made = _answers(made, generation)
    window = made.windows.window if made.windows else CUSTOM
    stages = known.stages[str(asked.journey)]
    found = [one for stage in stages if (one := came_back(asked, stage, window, generation)) is not None]
    made = replace(
        made, after=answers.corrected(found), reasons=made.reasons if found else (*made.reasons, ("after", _few()))
    )
    return _blurred(made) if quiet else made if everything_told(asked, generation) else guarded(made)


def came_back(query: Query, stage: str, days: int, generation: Generation) -> After | None:
    """Whoever was unhappy with a stage beside who was not: the share back within so many days, of answers of the query's days that are as old;
    None where fewer than answers.LEAST people are on a side."""
    rows = _ask(generation, "relationship_after", query, stage=stage, days=days)
    return answers.after(stage, rows, query.level)


def _purchases(relationship: Relationship, generation: Generation, known: context.Context) -> Relationship:
    if not known.signals.get("orders"):
        gone = because(ReasonCode.NOT_RECORDED, signals=["orders"])
        return replace(relationship, reasons=(*relationship.reasons, ("purchases", gone)))
    rows = _ask(generation, "relationship_purchases", relationship.query)
    windows = purchases.windows(rows, relationship.query.level)
    cohorts = purchases.cohorts(rows, windows.window if windows else CUSTOM, relationship.query.level)
    reasons = relationship.reasons if cohorts else (*relationship.reasons, ("purchases", _few()))
    return replace(relationship, windows=windows, cohorts=cohorts, reasons=reasons)


def _answers(relationship: Relationship, generation: Generation) -> Relationship:
    tenure = answers.tenure(_ask(generation, "relationship_tenure", relationship.query), relationship.query.level)
    pairs = _ask(generation, "relationship_pairs", relationship.query)
    moved = answers.migration(pairs, relationship.query.level)
    between = answers.between(pairs, relationship.query.level) if moved else ()
    missing = [(name, _few()) for name, there in (("tenure", tenure), ("migration", moved)) if not there]
    return replace(
        relationship, tenure=tenure, migration=moved, between=between, reasons=(*relationship.reasons, *missing)
    )


def _few() -> Reason:
    return because(ReasonCode.FEW_PEOPLE, least=answers.LEAST)


def _ask(generation: Generation, name: str, query: Query, **more: object) -> pd.DataFrame:
    text = sql("metrics/sql", name)
    values: dict[str, object] = {"journey": query.journey, "start": query.start, "end": query.end} | more
    found: pd.DataFrame = generation.cursor().execute(text, {key: value for key, value in values.items() if f"${key}" in text}).df()  # fmt: skip
    return found


def _blurred(relationship: Relationship) -> Relationship:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""
    return replace(
        relationship,
        cohorts=tuple(_cohort(one) for one in relationship.cohorts),
        windows=relationship.windows and _windows(relationship.windows),
        tenure=tuple(replace(one, people=privacy.rounded(one.people), nps=privacy.stepped(one.nps, "points")) for one in relationship.tenure),
        migration=relationship.migration and _migration(relationship.migration),
        between=tuple(_between(one) for one in relationship.between),
        after=tuple(_after(one) for one in relationship.after),
    )  # fmt: skip


def guarded(relationship: Relationship) -> Relationship:
    """The moves in fives where one of them is of a few people: left out alone, it could be worked out from the others."""
    found = relationship.migration
    if found is None or not any(0 < cell < PERSONS for row in found.table for cell in row):
        return relationship
    return replace(relationship, migration=_migration(found))


def _share(value: float) -> float:
    return privacy.step(value, "rate") or 0.0


def _cohort(cohort: Cohort) -> Cohort:
    share, low, high = (tuple(map(_share, side)) for side in (cohort.curve.share, cohort.curve.low, cohort.curve.high))
    curve = Curve(cohort.curve.days, share, low, high, cohort.curve.followed)
    return Cohort(
        cohort.quarter, privacy.rounded(cohort.people), privacy.stepped(cohort.again, "rate"), cohort.median, curve
    )


def _windows(windows: Windows) -> Windows:
    return replace(windows, people=privacy.rounded(windows.people))


def _migration(migration: Migration) -> Migration:
    table = tuple(tuple(privacy.rounded(cell) for cell in row) for row in migration.table)
    return replace(
        migration,
        people=privacy.rounded(migration.people),
        table=table,
        change=privacy.stepped(migration.change, "points"),
        in_fives=True,
    )


def _between(one: Between) -> Between:
    return replace(
        one,
        people=privacy.rounded(one.people),
        others=privacy.rounded(one.others),
        share=_share(one.share),
        share_others=_share(one.share_others),
        alike=privacy.stepped(one.alike, "rate"),
        compared=_share(one.compared),
    )


def _after(one: After) -> After:
    return replace(
        one,
        people=privacy.rounded(one.people),
        others=privacy.rounded(one.others),
        p=None,
        back=_share(one.back),
        back_others=_share(one.back_others),
        crude=privacy.stepped(one.crude, "rate"),
        alike=privacy.stepped(one.alike, "rate"),
        compared=_share(one.compared),
    )
