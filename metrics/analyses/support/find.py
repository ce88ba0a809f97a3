"""support(query): what help costs beyond what was to be expected, what waiting goes with, and what people ask about."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.case.frictions import CONTACTS, contact_cost
from metrics.analyses.case.measured import YEAR, Window
from metrics.analyses.lists import listed
from metrics.analyses.support import waiting
from metrics.analyses.support.model import ExcessContacts, LateReply, RequestReason, Support
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, WarningCode, because, warn
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.query.result import Cell
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure import edges
from metrics.rules.whole_result import unweighted
from metrics.statistics.core import Estimate, critical, two_sided
from metrics.statistics.weeks.looks import benjamini_hochberg

WEEKS = 52


@understood
@within_rights
def support(query: Query, generation: Generation) -> Support:
    """Over the query's days (without any: the last 52 weeks) of its journey, its stages or all of them. Filters do not apply."""
    known = context.read(generation)
    asked = reopened(query, metrics=("support",), compare=None, filters=(), by=())
    if not (asked.start and asked.end) and known.first_day and known.last_day:
        end = asked.end or known.last_day
        asked = replace(asked, start=max(end - timedelta(days=7 * WEEKS - 1), known.first_day), end=end)
    resolved = resolve(asked, known)
    first, last = edges.whole_quarters(resolved.start, resolved.end, generation)
    resolved = replace(resolved, start=first, end=last)
    quiet = resolved.confidential or known.groups_only
    codes = [*([WarningCode.CONFIDENTIAL] if quiet else []), *([WarningCode.SIMULATED] if known.simulated else [])]
    caveats = tuple(map(warn, codes)) + tuple(
        unweighted(known, definition("csat_post_contact"), definition("nps_relationship"))
    )
    made = Support(resolved, warnings=caveats, generation=generation.name)
    if not known.signals.get("counted_tickets"):
        gone = because(ReasonCode.NOT_RECORDED, signals=["tickets"])
        return replace(made, reasons=tuple((name, gone) for name in ("friction", "handling", "later", "asked")))
    window = Window(resolved.start or known.first_day, resolved.end or known.last_day, known.last_day) if known.first_day and known.last_day else None  # fmt: skip
    costs = _costs(resolved, window, generation, known)
    followed, why = _followed(resolved, window, costs, generation)
    handling = _ask(generation, "support_handling", resolved)
    waited, late = waiting.unhappy_by_wait(handling, resolved.level), waiting.late_reply(handling, resolved.level)
    later = waiting.late_reply(_ask(generation, "support_later", resolved), resolved.level)
    reasons = [
        *([("friction", why)] if why else []),
        *([] if late else [("handling", because(ReasonCode.FEW_PEOPLE, least=waiting.LEAST))]),
        *([] if later else [("later", because(ReasonCode.FEW_PEOPLE, least=waiting.LEAST))]),
    ]
    made = replace(
        made, followed=followed, waited=waited, handling=late, later=later, asked=_asked(resolved, costs, generation, known), reasons=tuple(reasons)
    )  # fmt: skip
    return _blurred(made) if quiet else made


def _stages(query: Query, known: context.Context) -> tuple[str, ...]:
    return query.stages or known.stages[str(query.journey)]


def _costs(
    query: ResolvedQuery, window: Window | None, generation: Generation, known: context.Context
) -> dict[str, float]:
    """Stage → what a request about it costs on average, where the company set that."""
    if window is None:
        return {}
    found = {
        stage: contact_cost(replace(query, stages=(stage,)), window, generation) for stage in _stages(query, known)
    }
    return {stage: cost for stage, cost in found.items() if cost is not None}


def _followed(
    query: ResolvedQuery, window: Window | None, costs: dict[str, float], generation: Generation
) -> tuple[tuple[ExcessContacts, ...], Reason | None]:
    """Stage by stage, where it can be told; else why not."""
    cells = run(reopened(query, metrics=(CONTACTS,), by=("stage",)), generation).of(CONTACTS)
    told = [cell for cell in cells if cell.valued and cell.by.get("stage")]
    if not told:
        why = next((cell.reason for cell in cells if cell.reason), None)
        return (), why or because(ReasonCode.NO_FRICTION_RECORDED)
    yearly = YEAR / window.days if window else 1.0
    return corrected([_one(cell, yearly, costs.get(str(cell.by["stage"]))) for cell in told], query.level), None


def corrected(followed: list[ExcessContacts], level: float) -> tuple[ExcessContacts, ...]:
    """Every stage that was looked at is one of the family (Benjamini–Hochberg)."""
    q = benjamini_hochberg([_p(one.cell, level) for one in followed])
    return tuple(replace(one, q=None if np.isnan(each) else float(each)) for one, each in zip(followed, q))


def _p(cell: Cell, level: float) -> float:
    """Two-sided p of no difference, from the cell's interval, which is symmetric; NaN without one."""
    if cell.value is None or cell.low is None or cell.high is None or cell.high <= cell.low:
        return float("nan")
    return two_sided(cell.value / ((cell.high - cell.low) / 2 / critical(level, cell.df)), cell.df)


def _one(cell: Cell, yearly: float, each: float | None) -> ExcessContacts:
    def times(factor: float) -> Estimate:
        value, low, high = (None if part is None else part * factor for part in (cell.value, cell.low, cell.high))
        return Estimate(value, low, high)

    requests = times(cell.n * yearly)
    return ExcessContacts(
        str(cell.by["stage"]), cell, requests, each, None if each is None else times(cell.n * yearly * each)
    )


def _asked(
    query: ResolvedQuery, costs: dict[str, float], generation: Generation, known: context.Context
) -> tuple[RequestReason, ...]:
    """The reasons of each stage, the most frequent first, by the rules of lists."""
    found = [
        RequestReason(stage, row["reason"], row["tickets"], row["persons"], row["share"], costs[stage] * row["tickets"] if stage in costs else None)
        for stage in _stages(query, known)
        for row in listed("reasons", replace(query, stages=(stage,)), generation).rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.tickets, one.stage, one.reason)))


def _ask(generation: Generation, name: str, query: Query) -> pd.DataFrame:
    text = sql("metrics/sql", name)
    values: dict[str, object] = {"journey": query.journey, "start": query.start, "end": query.end}
    found: pd.DataFrame = generation.cursor().execute(text, {key: value for key, value in values.items() if f"${key}" in text}).df()  # fmt: skip
    return found


def _blurred(support: Support) -> Support:
    """As confidential mode shows it: judged on what is exact, told in whole steps. Cells and lists are so already."""
    return replace(
        support,
        followed=tuple(
            replace(one, requests=privacy.stepped(one.requests, ""), cost=one.cost and privacy.stepped(one.cost, "")) for one in support.followed
        ),
        waited=tuple(
            replace(one, people=privacy.rounded(one.people), unhappy=privacy.stepped(one.unhappy, "rate")) for one in support.waited
        ),
        handling=support.handling and _late(support.handling),
        later=support.later and _late(support.later),
    )  # fmt: skip


def _late(one: LateReply) -> LateReply:
    return replace(
        one,
        people=privacy.rounded(one.people),
        others=privacy.rounded(one.others),
        unhappy=privacy.step(one.unhappy, "rate") or 0.0,
        unhappy_others=privacy.step(one.unhappy_others, "rate") or 0.0,
        crude=privacy.stepped(one.crude, "rate"),
        alike=privacy.stepped(one.alike, "rate"),
        compared=privacy.step(one.compared, "rate") or 0.0,
    )
