"""silent(query): who answers of those invited, what can be corrected by behaviour and what cannot, and which missing answer would decide something."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.causes.find import standing_query
from metrics.analyses.silent.model import Ask, Load, Silent, Wave
from metrics.catalogue.load import definition
from metrics.codes import ReasonCode, WarningCode, because, warn
from metrics.compute.run import run
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.resolve import ResolvedQuery, reopened, resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure import edges
from metrics.rules.whole_result import unweighted
from metrics.statistics.core import Estimate, critical
from metrics.statistics.levels.shares import grouped_share
from metrics.statistics.levels.weighting import r_indicator, raked_mean, tipping_line
from metrics.statistics.moments import GROUPS
from metrics.thresholds import PERSONS

LEAST, HEAVY = 50, 5.0  # scores for a correction; the largest weight it may rest on
THIN = 8  # scores of a cell
SHIFT = 10.0  # points: how much lower the silent are supposed on the tipping line
SIDE, GAP = 0.25, 0.03  # variance of a share at most; the smallest gap to a minimum that is worth telling


@understood
@within_rights
def silent(query: Query, generation: Generation) -> Silent:
    """Over at least a year up to the query's end. Weights are for those invited and silent alone, by orders of the half-year and requests for help of
    the quarter before the invitation; whoever was never asked stays unknown. Nothing is claimed about what the silent feel."""
    known = context.read(generation)
    query = resolve(standing_query(resolve(query, known), known), known)
    start, end = edges.whole_quarters(query.start, query.end, generation)
    query = replace(query, start=start, end=end)
    said = [WarningCode.CONFIDENTIAL] if query.confidential or known.groups_only else []
    said += [WarningCode.SIMULATED] if known.simulated else []
    caveats = tuple(map(warn, said)) + tuple(
        unweighted(known, definition("nps_relationship"), definition("nps_transactional"))
    )
    made = Silent(query, warnings=caveats)
    if query.filters:
        reason = because(ReasonCode.NO_SUCH_BREAKDOWN, label="Invitations", dimension=query.filters[0][0])
        return replace(made, refused=reason)
    rows: pd.DataFrame = (
        generation.cursor()
        .execute(
            sql("metrics/sql", "silent_invited"), {"journey": query.journey, "start": query.start, "end": query.end}
        )
        .df()
    )
    waves = [_wave(str(name), own, query.level) for name, own in rows.groupby("survey")]
    load = ask_rows(generation, "silent_load", {"end": query.end})
    ask, settled = _ask_next(query, generation)
    made = replace(
        made,
        waves=tuple(sorted((wave for wave in waves if wave), key=lambda wave: -wave.invited)),
        load=tuple(
            Load(row["times"], row["persons"], row["answered"] / row["invitations"])
            for row in load
            if row["persons"] >= PERSONS
        ),
        ask=ask,
        settled=settled,
    )
    return _rounded(made) if query.confidential or known.groups_only else made


def _sums(group: np.ndarray, cell: np.ndarray, cells: int, weights: np.ndarray) -> np.ndarray:
    made: np.ndarray = np.bincount(cell * GROUPS + group, weights=weights, minlength=cells * GROUPS)
    return made.reshape(cells, GROUPS)


def _behaviour(rows: pd.DataFrame) -> np.ndarray:
    """The cell of each invitation, from 0: orders × requests for help; orders alone where some cell has too few scores to be weighed anew without
    one group of people."""
    both, _ = pd.factorize(rows["orders"].astype(int) * 2 + rows["contacts"].astype(int), sort=True)
    scores = np.bincount(both[rows["score"].notna().to_numpy()], minlength=int(both.max()) + 1)
    code = pd.factorize(rows["orders"].astype(int), sort=True)[0] if (scores < THIN).any() else both
    return np.asarray(code, dtype=np.int64)


def _wave(name: str, rows: pd.DataFrame, level: float) -> Wave | None:
    """One survey; None where fewer than five people answered, or did not: from the rate and the invited both would follow."""
    answered = rows["answered"].to_numpy(dtype=bool)
    persons = rows["person_id"].to_numpy()
    if min(len(np.unique(persons[answered])), len(np.unique(persons[~answered]))) < PERSONS:
        return None
    group = rows["person_group"].to_numpy(dtype=np.int64)
    code = _behaviour(rows)
    cells = int(code.max()) + 1
    ones = np.ones(len(rows))
    n, y = _sums(group, code * 0, 1, ones)[0], _sums(group, code * 0, 1, answered.astype(float))[0]
    invited = np.bincount(code, minlength=cells).astype(float)
    propensity = np.bincount(code, weights=answered.astype(float), minlength=cells) / invited
    made = Wave(
        name,
        len(rows),
        grouped_share(n, y, len(np.unique(persons)), level),
        r_indicator(propensity, invited),
    )
    given = rows["score"].notna().to_numpy()
    if not given.any():
        return replace(made, refused="no_score")
    if len(np.unique(persons[given])) < PERSONS:
        return replace(made, refused="few")
    score = np.where(given, rows["score"].to_numpy(dtype=float), 0.0)
    value = 100.0 * ((score >= 9) & given) - 100.0 * ((score <= 6) & given)
    counts, sums = _sums(group, code, cells, given.astype(float)), _sums(group, code, cells, value)
    raw = raked_mean(counts.sum(axis=0)[None, :], sums.sum(axis=0)[None, :], [[1.0]], level)
    made = replace(made, scored=int(given.sum()), raw=raw)
    if given.sum() < LEAST:
        return replace(made, refused="few")
    if (counts.sum(axis=1) == 0).any():
        return replace(made, refused="no_overlap")
    weights = (invited / invited.sum()) / (counts.sum(axis=1) / counts.sum())
    if weights.max() > HEAVY:
        return replace(made, refused="heavy", heaviest=float(weights.max()))
    corrected = raked_mean(counts, sums, [invited], level)
    rate, value_of = made.rate.value or 0.0, corrected.value
    lower = None if value_of is None or raw.value is None else tipping_line(rate, raw.value, value_of, -SHIFT)
    return replace(made, corrected=corrected, lower=lower, heaviest=float(weights.max()))


def _ask_next(query: ResolvedQuery, generation: Generation) -> tuple[tuple[Ask, ...], int]:
    """Stages whose minimum of a share of answers their interval straddles, or where nobody answered: what it takes to tell."""
    lines = (
        generation.cursor()
        .execute(
            "select distinct stage, metric, line from cfg_targets where journey = $journey and line is not null "
            "and metric in (select distinct metric from cfg_targets where metric like 'csat%') order by stage, metric",
            {"journey": query.journey},
        )
        .fetchall()
    )
    weekly: dict[str, dict[str, object]] = {}
    for row in ask_rows(generation, "silent_weekly", {"journey": query.journey, "least": PERSONS}):
        before = weekly.get(str(row["stage"]))
        if before is None or float(row["weekly"]) > float(str(before["weekly"])):
            weekly[str(row["stage"])] = row
    found, settled = [], 0
    for stage, metric, line in lines:
        asked = reopened(query, metrics=(metric,), stages=(stage,), by=(), compare=None)
        (cell,) = run(asked, generation).cells
        if cell.low is not None and cell.high is not None and not cell.low < line < cell.high:
            settled += 1
            continue
        known = cell.valued and cell.value is not None
        gap = max(abs((cell.value or 0.0) - line), GAP) if known else GAP * 2
        p = cell.value if known and cell.value is not None else line
        deff = cell.n / cell.n_eff if known and cell.n_eff else 1.0
        need = math.ceil(max(p * (1 - p), 0.05) * (critical(query.level) / gap) ** 2 * max(deff, 1.0))
        more = max(need - cell.n, 0) or need
        way = weekly.get(stage)
        response, pace = (float(str(way["response"])), float(str(way["weekly"]))) if way else (0.0, 0.0)
        invitations = math.ceil(more / response) if response > 0 else None
        value = Estimate(cell.value, cell.low, cell.high) if known else None
        weeks = invitations / pace if invitations is not None and pace > 0 else None
        found.append(
            Ask(stage, metric, float(line), value, cell.n, more, str(way["survey"]) if way else "", invitations, weeks)
        )
    return tuple(sorted(found, key=lambda one: (one.weeks is None, one.weeks or 0.0, one.stage))), settled


def _rounded(silent: Silent) -> Silent:
    """As confidential mode shows it: counts in fives, shares and scores in whole steps. From an exact share the exact count would follow."""
    return replace(
        silent,
        waves=tuple(_blurred(one) for one in silent.waves),
        load=tuple(
            replace(one, persons=privacy.rounded(one.persons), rate=privacy.step(one.rate, "rate") or 0.0)
            for one in silent.load
        ),
        ask=tuple(replace(one, n=privacy.rounded(one.n)) for one in silent.ask),
    )


def _blurred(wave: Wave) -> Wave:
    return replace(
        wave,
        invited=privacy.rounded(wave.invited),
        scored=privacy.rounded(wave.scored),
        rate=privacy.stepped(wave.rate, "rate"),
        indicator=privacy.step(wave.indicator, "rate"),
        raw=wave.raw and privacy.stepped(wave.raw, "points"),
        corrected=wave.corrected and privacy.stepped(wave.corrected, "points"),
        lower=privacy.step(wave.lower, "points"),
        heaviest=privacy.step(wave.heaviest, "score"),
    )
