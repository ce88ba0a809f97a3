"""Do channels serve people alike at the same task? Standardised to one mix of tasks and people, asked in the same way.

A channel is chosen by what people come for, so a raw difference is no better or worse channel (docs/STATISTICS.md C).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from data.errors import UserError
from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.channel_strata import Strata, asked_alike, asked_ways, most_asked, strata
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import definition
from metrics.codes import Reason, ReasonCode, Warning, WarningCode, because, warn
from metrics.compute.run import run
from metrics.present import present
from metrics.query import context
from metrics.query.plan import plan
from metrics.query.query import Query
from metrics.query.result import Cell
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.statistics.core import Estimate, Note, missing
from metrics.statistics.groups.channels import Equality, equivalence, spread_between, standardise

HELD = (
    "shared_device",
    "task",
    "segment",
    "customer",
)  # held equal; where too little is left in common the last is given up first
ASKED = ("survey", "asked_via")  # how an answer was asked for is never compared across
LEAST = 0.5  # with less than this in common nothing is compared
KINDS = ("share", "mean", "nps")


class Standing(StrEnum):
    """What may be said of a channel beside the reference, the largest channel."""

    REFERENCE = "reference"
    EQUIVALENT = "equivalent"  # the 90 % interval of the difference lies within ± margin
    BETTER = "better"  # the interval of the difference excludes 0
    WORSE = "worse"
    CANNOT_TELL = "cannot tell"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Channel:
    """One channel: `raw` is the metric's cell as everywhere, `standardised` on the common mix, in the metric's unit."""

    name: str
    raw: Cell
    standing: Standing
    reason: Reason | None = None
    standardised: Estimate | None = None
    difference: Estimate | None = None  # to the reference; 95 % over all differences together (Bonferroni)
    narrow: Estimate | None = None  # the 90 % interval the equivalence is read from


@dataclass(frozen=True)
class ChannelComparison:
    """Channels of one metric, the largest first. `refused` says why none was compared.

    `held` names what was held equal; `outside` is the share without its like in every channel, `asked_otherwise` the
    share asked in a way the channels do not share; `tau` is the SD between channels (DerSimonian–Laird), 95 % limits.
    """

    query: Query
    definition: Definition
    channels: tuple[Channel, ...]
    refused: Reason | None = None
    held: tuple[str, ...] = ()
    tau: Estimate = missing(Note.EMPTY)
    outside: float | None = None
    asked_otherwise: float | None = None
    named: float | None = None  # share of what is compared that names its task, where the task is held equal
    warnings: tuple[Warning, ...] = ()
    generation: str = ""
    sql: str = ""

    @property
    def margin(self) -> float:
        """The smallest difference worth acting on: `matters` of the definition."""
        return self.definition.matters

    @property
    def reference(self) -> Channel | None:
        return next(iter(self.of(Standing.REFERENCE)), None)

    def of(self, *standings: Standing) -> list[Channel]:
        """The channels of these standings, the largest first."""
        return [channel for channel in self.channels if channel.standing in standings]


@understood
@within_rights
def compare_channels(query: Query, generation: Generation) -> ChannelComparison:
    """The query's one metric over the touch channels of its one stage and period. Raises UserError as run() does."""
    found, known = definition(query.metrics[0]), context.read(generation)
    columns = known.columns[found.measure.fact]
    if found.scope == "stage" and "stage" in columns and len(query.stages) != 1:
        raise UserError(
            "channels are compared within one stage",
            where="stage",
            fix="For example --stage " + next(iter(known.stages.values()))[0],
        )
    result = run(replace(query, metrics=(found.id,), by=("touch_channel",), compare=None), generation)
    cells = sorted((cell for cell in result.cells if cell.by.get("touch_channel")), key=lambda cell: -cell.n)
    made = ChannelComparison(
        replace(result.query, by=()),
        found,
        _as_measured(found, cells),
        warnings=result.warnings,
        generation=generation.name,
    )
    if found.measure.kind not in KINDS:
        return replace(made, refused=because(ReasonCode.NO_SINGLE_ROWS, label=found.label, grain=found.grain))
    if not cells:
        reasons = [cell.reason for cell in result.cells if cell.reason and not cell.valued]
        return replace(made, refused=next(iter(reasons), because(ReasonCode.NO_CHANNEL_NAMED, grain=found.grain)))
    asked = tuple(name for name in ASKED if found.measure.survey and name in columns)
    dims = tuple(name for name in HELD if name in columns)
    statement = plan(found, replace(made.query, by=("touch_channel", *asked, *dims)), columns)
    rows = generation.cursor().execute(statement.text, statement.parameters).df()
    return _compared(replace(made, sql=statement.text), rows, asked, dims, known.groups_only)


def _compared(
    comparison: ChannelComparison, rows: pd.DataFrame, asked: tuple[str, ...], dims: tuple[str, ...], groups_only: bool
) -> ChannelComparison:
    found = comparison.definition
    large = [c.name for c in comparison.channels if not c.reason]
    if len(large) < 2:
        return replace(comparison, refused=because(ReasonCode.FEW_CHANNELS, least=found.min_n, grain=found.grain))
    rows = rows[rows["touch_channel"].isin(large)]
    how = asked_ways(rows, asked)
    alike, shared = asked_alike(rows, how, large, found.min_n)
    if len(alike) < 2:
        each = tuple((name, *most_asked(rows, how, name)) for name in large)
        return replace(comparison, refused=because(ReasonCode.NO_SHARED_WAY, channels=each))
    mine = rows[rows["touch_channel"].isin(alike)]
    used = mine[how.of[mine.index].isin(shared)]
    common = strata(used, how, alike, dims)
    if common.share < LEAST:
        return replace(comparison, refused=because(ReasonCode.NO_COMMON_SUPPORT, share=common.share))
    otherwise = {
        name: because(ReasonCode.ANOTHER_WAY, **dict(zip(("survey", "via"), most_asked(rows, how, name))))
        for name in large
        if name not in alike
    }
    return _judged(
        replace(
            comparison,
            held=common.held,
            outside=1 - common.share,
            named=1 - common.unnamed if "task" in common.held else None,
            warnings=(*comparison.warnings, *_warnings(common, dims)),
            asked_otherwise=1 - float(used["n"].sum() / mine["n"].sum()),
        ),
        common,
        alike,
        otherwise,
        groups_only,
    )


def _judged(
    comparison: ChannelComparison, common: Strata, alike: list[str], otherwise: dict[str, Reason], groups_only: bool
) -> ChannelComparison:
    """Each channel against the first, on the common mix."""
    found, level = comparison.definition, comparison.query.level
    jack = standardise(common.n, (100.0 if found.measure.kind == "nps" else 1.0) * common.y)
    if isinstance(jack, Note):  # strata are common to all channels that are compared: strata_of has refused the others
        raise ValueError(f"channels without a common stratum: {jack}")
    own = [jack.estimate(place, level) for place in range(len(alike))]
    channels = []
    for channel in comparison.channels:
        if channel.name not in alike:
            channels.append(replace(channel, reason=channel.reason or otherwise[channel.name]))
            continue
        place = alike.index(channel.name)
        channel = replace(channel, standardised=own[place], standing=Standing.REFERENCE)
        if place:
            weights = [float(i == place) - float(i == 0) for i in range(len(alike))]
            gap = jack.combine(weights, level=1 - (1 - level) / (len(alike) - 1))
            equal = equivalence(gap, found.matters)
            channel = replace(
                channel, difference=gap, narrow=equal.interval, standing=_standing(found, gap, equal.verdict)
            )
        channels.append(channel)
    comparison = replace(comparison, channels=tuple(channels), tau=spread_between(own, level).tau)
    return _blurred(comparison) if comparison.query.confidential or groups_only else comparison


def _standing(definition: Definition, gap: Estimate, verdict: Equality) -> Standing:
    """Equivalent goes first: a difference smaller than what matters is none, however sure it is."""
    if verdict is Equality.EQUIVALENT:
        return Standing.EQUIVALENT
    if gap.value is None or gap.low is None or gap.high is None or gap.low <= 0 <= gap.high:
        return Standing.CANNOT_TELL
    return Standing.BETTER if (gap.value > 0) == (definition.better == "higher") else Standing.WORSE


def _as_measured(definition: Definition, cells: list[Cell]) -> tuple[Channel, ...]:
    def small(cell: Cell) -> Reason | None:
        if not cell.valued:
            return cell.reason or because(ReasonCode.NO_VALUE)
        return (
            because(ReasonCode.FEW_ROWS, least=definition.min_n, grain=definition.grain)
            if cell.n < definition.min_n
            else None
        )

    return tuple(Channel(present(cell.by["touch_channel"]), cell, Standing.NOT_COMPARED, small(cell)) for cell in cells)


def _warnings(common: Strata, dims: tuple[str, ...]) -> list[Warning]:
    if "task" not in common.held:
        return [warn(WarningCode.TASK_UNKNOWN if common.unnamed > 0.5 else WarningCode.TASK_NOT_HELD)]
    left = [name for name in dims if name not in (*common.held, "shared_device")]
    found = [warn(WarningCode.NOT_HELD, dimensions=left)] if left else []
    return found + ([warn(WarningCode.SOME_TASKS_UNKNOWN, share=common.unnamed)] if common.unnamed > 0.05 else [])


def _blurred(comparison: ChannelComparison) -> ChannelComparison:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""

    unit = comparison.definition.unit

    def step(estimate: Estimate | None) -> Estimate | None:
        return estimate and privacy.stepped(estimate, unit)

    return replace(
        comparison,
        tau=privacy.stepped(comparison.tau, unit),
        channels=tuple(
            replace(c, standardised=step(c.standardised), difference=step(c.difference), narrow=step(c.narrow))
            for c in comparison.channels
        ),
    )
