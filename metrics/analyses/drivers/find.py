"""drivers(query): what goes with a raw score, or with coming back, of what was recorded of the same people before."""

from dataclasses import replace

import numpy as np
import pandas as pd

from data.sqlfile import sql
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.causes.find import standing_query
from metrics.analyses.drivers.model import BLOCKS, COUNTS, Dose, Driver, Drivers, Encounter, EveryDriver, Share
from metrics.catalogue.load import definition
from metrics.codes import ReasonCode, WarningCode, because, warn
from metrics.query import context
from metrics.query.filter_values import parts
from metrics.query.query import Query, check
from metrics.query.resolve import ResolvedQuery, resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure import edges
from metrics.rules.whole_result import unweighted
from metrics.statistics.core import Estimate, symmetric
from metrics.statistics.groups.held_alike import Rows, combined, held_alike
from metrics.statistics.groups.importance import clustered_regression
from metrics.statistics.groups.ranking import ranked
from metrics.statistics.weeks.looks import benjamini_hochberg, holm

OUTCOMES = {
    "experience_score": ("nps", "stage"),
    "relationship_score": ("nps", "relationship"),
    "repeat_purchase": ("", ""),
}  # the outcome's name → form of the answer, what it is about; raw scores, never the three classes
PROMOTER, DETRACTOR = 9, 6
LEAST, EACH = 200, 50  # people: max(LEAST, EACH · drivers)
RARE = 30  # people who met something, and who did not, for it to be a driver
Q = 0.05
FILTERS = ("touch_channel", "segment", "task")
CONTROLS = ("way", "quarter", "segment", "touch_channel", "stage", "task", "tenure")
ALIKE = ("way", "quarter", "touch_channel")  # what is held equal where the two ends are compared
DOSES = (1, 2, 3)
A_WEEK = 7


@understood
@within_rights
def drivers_of_every_outcome(query: Query, generation: Generation) -> EveryDriver:
    """The drivers of every outcome, over at least a year up to the query's end: a quarter has too few people of each kind."""
    known = context.read(generation)
    asked = standing_query(resolve(query, known), known)
    each = tuple(drivers(replace(asked, metrics=(outcome,)), generation) for outcome in OUTCOMES)
    return EveryDriver(each[0].query, each, each[0].warnings)


@understood
@within_rights
def drivers(query: Query, generation: Generation) -> Drivers:
    """The drivers of the query's one metric (a key of OUTCOMES; the raw 0–10, or whether people came back), over its days and filters.

    Answers of one way in time only: the one most people answered in. Everything was recorded in the thirty days before; nothing of the
    same questionnaire, and no sentiment of what the same people wrote, which follows their score. Least squares with the controls always
    in (way of asking, quarter, segment, channel, stage, task, tenure), in blocks by the order of the lenses, so that what friction does by
    way of waiting counts as friction's. Whether a driver holds is Wald's test, clustered by person, corrected for all (Holm), and a
    permutation; its part of R² is no test. Raises UserError for another metric.
    """
    check(replace(query, metrics=query.metrics or ("experience_score",)))
    known = context.read(generation)
    query = replace(resolve(query, known), compare=None, by=())
    start, end = edges.whole_quarters(query.start, query.end, generation)
    query = replace(query, start=start, end=end)
    outcome = query.metrics[0] if query.metrics else "experience_score"
    said = [WarningCode.CONFIDENTIAL] if query.confidential or known.groups_only else []
    said += [WarningCode.SIMULATED] if known.simulated else []
    caveats = tuple(map(warn, said)) + tuple(
        unweighted(known, definition("nps_relationship"), definition("nps_transactional"))
    )
    made = Drivers(query, outcome, generation=generation.name, warnings=caveats)
    if outcome not in OUTCOMES:
        return replace(made, refused=because(ReasonCode.NO_OUTCOME))
    for name, _ in query.filters:
        if name not in FILTERS:
            return replace(made, refused=because(ReasonCode.NO_SUCH_BREAKDOWN, label="Drivers", dimension=name))
    rows = _rows(query, outcome, generation)
    if rows.empty:
        return replace(made, refused=because(ReasonCode.NOBODY_ANSWERED, filtered=bool(query.filters)))
    lags = rows["lag"].value_counts()
    made = replace(made, lag=str(lags.index[0]), lags=tuple((str(name), int(n)) for name, n in lags.items()))
    rows = rows[rows["lag"] == made.lag]
    made = replace(made, asked=len(rows), linked=float(rows["linked"].mean()))
    if "days" in rows and rows["days"].notna().any():
        made = replace(made, days=int(rows["days"].iloc[0]))
    rows = rows[rows["linked"].astype(bool) & rows["visits"].notna()].reset_index(drop=True)
    table = _measured(rows)
    blocks = [[one for one in block if _varies(table.get(one))] for block in BLOCKS]
    chosen = [one for block in blocks for one in block]
    left_out = tuple(one for block in BLOCKS for one in block if one not in chosen)
    kept = np.ones(len(rows), dtype=bool)
    for one in chosen:
        kept &= ~np.isnan(table[one])
    rows, table = rows[kept].reset_index(drop=True), {one: values[kept] for one, values in table.items()}
    made = replace(made, persons=len(rows), left_out=left_out)
    need = max(LEAST, EACH * len(chosen))
    if chosen and len(rows) >= need and rows["y"].nunique() < 2:
        return replace(made, refused=because(ReasonCode.NOBODY_DIFFERS))
    if not chosen or len(rows) < need:
        return replace(made, refused=because(ReasonCode.FEW_PEOPLE, least=need))
    made = _judged(made, rows, table, [block for block in blocks if block])
    return _rounded(made) if query.confidential or known.groups_only else made


def _rows(query: ResolvedQuery, outcome: str, generation: Generation) -> pd.DataFrame:
    form, about = OUTCOMES[outcome]
    text = sql("metrics/sql", "driver_answers" if form else "driver_orders")
    given: dict[str, object] = {
        "journey": query.journey,
        "form": form,
        "about": about,
        "stages": [] if about == "relationship" else list(query.stages),
        "start": query.start,
        "end": query.end,
    }
    rows: pd.DataFrame = (
        generation.cursor().execute(text, {key: value for key, value in given.items() if f"${key}" in text}).df()
    )
    for name, value in query.filters:
        rows = rows[rows[name].astype(object).where(rows[name].notna(), "").astype(str).isin(parts(value))]
    if not rows.empty:
        rows = rows.assign(quarter=pd.to_datetime(rows["day"]).dt.to_period("Q").astype(str))
    return rows.reset_index(drop=True)


def _measured(rows: pd.DataFrame) -> dict[Driver, np.ndarray]:
    """Each driver as it enters the model, NaN where nothing is recorded of it."""
    columns = {
        Driver.FRICTION: "frictions",
        Driver.BACKTRACKS: "backtracks",
        Driver.MISSED: "missed",
        Driver.LATE: "late",
        Driver.WAIT: "wait_days",
        Driver.CONTACTS: "contacts",
        Driver.SLOW_REPLY: "slow_reply",
    }
    found = {}
    for driver, name in columns.items():
        values = pd.to_numeric(rows[name].astype(object), errors="coerce").to_numpy(dtype=float)
        found[driver] = np.log1p(np.clip(values, 0, None)) if driver in COUNTS else values
    return found


def _had(driver: Driver, values: np.ndarray) -> np.ndarray:
    """Who met it; of a wait who waited a week."""
    had: np.ndarray = values >= np.log1p(A_WEEK) - 1e-9 if driver is Driver.WAIT else values > 0
    return had


def _varies(values: np.ndarray | None) -> bool:
    """Whether enough people met it and enough did not, and it is known of half of them: what is known of few would leave few."""
    if values is None or np.isnan(values).mean() > 0.5:
        return False
    known = values[~np.isnan(values)]
    met = known > np.median(known) if (known > 0).mean() > 0.95 else known > 0
    return bool(min(met.sum(), (~met).sum()) >= RARE)


def _controls(rows: pd.DataFrame) -> np.ndarray:
    """Dummies of CONTROLS, rare values together, and how often people came (log): who comes more meets more of everything."""
    columns = [np.log1p(rows["visits"].to_numpy(dtype=float))]
    for name in CONTROLS:
        values = rows[name].astype(object).where(rows[name].notna(), "").astype(str)
        often = values.value_counts()
        values = values.where(values.isin(often[often >= RARE].index), "")
        columns += [(values == one).to_numpy(dtype=float) for one in sorted(values.unique())[1:]]
    return _independent(np.column_stack(columns))


def _independent(design: np.ndarray) -> np.ndarray:
    """The columns that are no combination of those before them (and of an intercept)."""
    kept: list[int] = []
    base = np.ones((len(design), 1))
    for place in range(design.shape[1]):
        column = design[:, place]
        rest = column - base @ np.linalg.lstsq(base, column, rcond=None)[0]
        if float(rest @ rest) > 1e-8 * max(float(column @ column), 1e-12):
            kept.append(place)
            base = np.column_stack([base, column])
    return design[:, kept]


def _judged(
    drivers: Drivers, rows: pd.DataFrame, table: dict[Driver, np.ndarray], blocks: list[list[Driver]]
) -> Drivers:
    y = rows["y"].to_numpy(dtype=float)
    person, controls = rows["person_id"].to_numpy(), _controls(rows)
    values = [np.column_stack([table[one] for one in block]) for block in blocks]
    order = ranked(values, y, controls)
    fixed, fits = controls, []
    for block, own in zip(blocks, values):
        fit = clustered_regression(np.column_stack([own, fixed]), y, person)
        fits += [(one, place, fit) for place, one in enumerate(block)]
        fixed = np.column_stack([fixed, own])
    adjusted = holm([float(fit.p[place]) for _, place, fit in fits])
    shares = tuple(
        Share(
            one,
            next(number for number, block in enumerate(BLOCKS) if one in block),
            float(_had(one, table[one]).mean()),
            _effect(one, fit.coefficient[place], fit.se[place], fit.df, drivers.query.level),
            float(p),
            float(order.p[nth]),
            Estimate(float(order.share[nth]), float(order.low[nth]), float(order.high[nth])),
            bool(p <= Q and order.p[nth] <= Q),
        )
        for nth, ((one, place, fit), p) in enumerate(zip(fits, adjusted))
    )
    found = replace(
        drivers,
        mean=float(y.mean()),
        shares=shares,
        r2=Estimate(order.r2, order.r2_low, order.r2_high),
        r2_controls=order.r2_controls,
        top=order.top,
        order=order.order,
        doses=_doses(rows, y, controls, drivers.query.level),
    )
    return _ends(found, rows, table)


def _effect(driver: Driver, coefficient: float, se: float, df: int, level: float) -> Estimate:
    """From none to one; of a wait from none to a week."""
    size = np.log1p(A_WEEK) if driver is Driver.WAIT else np.log(2) if driver in COUNTS else 1.0
    return symmetric(float(size * coefficient), float(size * se), df=float(df), level=level)


def _doses(rows: pd.DataFrame, y: np.ndarray, controls: np.ndarray, level: float) -> tuple[Dose, ...]:
    """The outcome by number of marks of friction, against none, the controls held equal."""
    marks = np.minimum(rows["frictions"].to_numpy(dtype=float), DOSES[-1])
    steps = [dose for dose in DOSES if (marks == dose).sum() >= RARE]
    if (marks == 0).sum() < RARE or not steps:
        return ()
    design = np.column_stack([np.column_stack([(marks == dose).astype(float) for dose in steps]), controls])
    kept = np.isin(marks, [0, *steps])
    fit = clustered_regression(_independent(design[kept]), y[kept], rows["person_id"].to_numpy()[kept])
    found = [Dose(0, False, int((marks == 0).sum()), float(y[marks == 0].mean()), None)]
    for place, dose in enumerate(steps):
        estimate = symmetric(float(fit.coefficient[place]), float(fit.se[place]), df=float(fit.df), level=level)
        found.append(
            Dose(dose, dose == DOSES[-1], int((marks == dose).sum()), float(y[marks == dose].mean()), estimate)
        )
    return tuple(found)


def _ends(drivers: Drivers, rows: pd.DataFrame, table: dict[Driver, np.ndarray]) -> Drivers:
    """What promoters and detractors (of coming back: who did and who did not) had met, within ALIKE."""
    y = rows["y"].to_numpy(dtype=float)
    raw = drivers.outcome != "repeat_purchase"
    high, low = (y >= PROMOTER, y <= DETRACTOR) if raw else (y == 1, y == 0)
    of = high | low
    if min(high.sum(), low.sum()) < RARE:
        return drivers
    codes = combined([pd.factorize(rows[name].astype(object).where(rows[name].notna(), ""))[0] for name in ALIKE])
    tested = []
    for share in drivers.shares:
        values = table[share.driver]
        had = _had(share.driver, values).astype(int)
        found = held_alike(
            Rows(low[of], had[of], rows["person_id"].to_numpy()[of], rows["person_group"].to_numpy(dtype=np.int64)[of]),
            codes[of],
            drivers.query.level,
        )
        tested.append((share.driver, float(had[high].mean()), float(had[low].mean()), found))
    q = benjamini_hochberg([found.test.p if found.test.p is not None else 1.0 for *_, found in tested])
    met = tuple(
        Encounter(driver, at_high, at_low, found.estimate, float(one), bool(one <= Q))
        for (driver, at_high, at_low, found), one in zip(tested, q)
    )
    return replace(drivers, met=met, ends=(int(high.sum()), int(low.sum())))


def _rounded(drivers: Drivers) -> Drivers:
    """Counts, shares and means as confidential mode shows them, the rest no finer than it is printed; judged on what is exact. From a mean with all
    its digits and the same of a week less the score of a single person would follow."""
    repeat = drivers.outcome == "repeat_purchase"
    unit, digits = ("rate", 3) if repeat else ("score", 2)

    def rate(value: float) -> float:
        return privacy.step(value, "rate") or 0.0

    def mean(value: float) -> float:
        return privacy.step(value, unit) or 0.0

    return replace(
        drivers,
        asked=privacy.rounded(drivers.asked),
        persons=privacy.rounded(drivers.persons),
        lags=tuple((name, privacy.rounded(n)) for name, n in drivers.lags),
        linked=rate(drivers.linked),
        mean=mean(drivers.mean),
        r2=drivers.r2 and _printed(drivers.r2, 3),
        r2_controls=round(drivers.r2_controls, 3),
        top=round(drivers.top, 2),
        shares=tuple(
            replace(
                one,
                met=rate(one.met),
                effect=_printed(one.effect, digits),
                p=_rough(one.p),
                chance=_rough(one.chance),
                part=_printed(one.part, 3),
            )
            for one in drivers.shares
        ),
        doses=tuple(
            replace(
                one,
                persons=privacy.rounded(one.persons),
                mean=mean(one.mean),
                difference=one.difference and _printed(one.difference, digits),
            )
            for one in drivers.doses
        ),
        met=tuple(
            replace(
                one, high=rate(one.high), low=rate(one.low), difference=_printed(one.difference, 2), q=_rough(one.q)
            )
            for one in drivers.met
        ),
        ends=(privacy.rounded(drivers.ends[0]), privacy.rounded(drivers.ends[1])),
    )


def _printed(estimate: Estimate, digits: int) -> Estimate:
    """Value and limits to so many digits, and nothing beside them."""
    value, low, high = (
        None if part is None else round(part, digits) for part in (estimate.value, estimate.low, estimate.high)
    )
    return Estimate(value, low, high, note=estimate.note)


def _rough(p: float) -> float:
    return float(f"{p:.1g}")
