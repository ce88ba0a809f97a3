"""The channels of one stage beside each other: as measured, light; at the same task, strong; and what may be said of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from metrics.analyses.channels import Channel, ChannelComparison, Standing
from metrics.catalogue.definition import definition
from metrics.query import period
from report import words
from report.channel_words import APART, finding, size, small_print
from ui.charts.charts import ticks
from ui.charts.figure import Figure
from ui.session import source
from ui.tokens import FAINT, GRID, MUTED, PAPER, SIDE

if TYPE_CHECKING:
    from ui.session.state import Frame  # it needs Streamlit, and files are made of these words without it

METRICS = ("completion_rate", "csat_t2b_5")
ROW = 62


def comparison(frame: Frame, metric: str, stage: str) -> ChannelComparison:
    """The comparison a block draws: over the period what people did, over the last two years to its end what they were asked."""
    query = replace(frame.query, metrics=(metric,), stages=(stage,), compare=None)
    return source.ask_channels(period.of_answers(query, source.known()) if definition(metric).measure.survey else query)


def telling(frame: Frame, stages: list[str]) -> str:
    """The stage to open: the first in which a channel surely felt better or worse, else the last."""
    return next((stage for stage in stages if comparison(frame, METRICS[1], stage).of(*APART)), stages[-1])


def title(made: ChannelComparison) -> str:
    """The finding, or that there is none to make."""
    head = f"{made.definition.short} in {next(iter(made.query.stages))}"
    if made.refused:
        return f"{head}, by channel"
    said = finding(made).rstrip(".")
    return f"{head}: {said[0].lower()}{said[1:]}"


def what(made: ChannelComparison) -> str:
    """What is drawn and over which days, or why channels are not compared."""
    if made.refused:
        return f"As measured. Not compared at the same task: {made.refused}."
    days = words.span(made.query.start, made.query.end)
    if not made.held:
        return f"Large marks: asked in the same way. Small marks: as measured. {days}."
    return f"Large marks: as if every channel had the same mix of {_mix(made)}. Small marks: as measured. {days}."


def native(made: ChannelComparison) -> str:
    """The same, for a chart that draws what was measured as a dash."""
    level = f"with {100 * made.query.level:.0f} % intervals, {words.span(made.query.start, made.query.end)}"
    if made.refused:
        return f"As measured; not compared at the same task: {made.refused}"
    return (
        f"Asked in the same way, {level}"
        if not made.held
        else f"As if every channel had the same mix of {_mix(made)}, {level}"
    )


def _mix(made: ChannelComparison) -> str:
    return "tasks and people" if "task" in made.held else "people"


def foot(made: ChannelComparison) -> str:
    """How it was compared."""
    own = [text for text in made.warnings if text != "simulated data" and not text.startswith("exploratory")]
    return (
        ". ".join(text[0].upper() + text[1:] for text in [*small_print(made), *own]) + "."
        if made.channels and not made.refused
        else ""
    )


def spoken(made: ChannelComparison) -> str:
    """The chart for a screen reader."""
    return title(made) + ". " + "; ".join(f"{c.name}: {_aside(c, made)}" for c in made.channels)


def figure(made: ChannelComparison) -> Figure:
    """One row a channel, the largest first: its name and standing above, the two marks in their intervals below."""
    found = made.definition
    both = [
        e for c in made.channels for e in (c.standardised, c.raw if c.raw.valued else None) if e and e.value is not None
    ]
    bounds = [v for e in both for v in (e.low, e.high, e.value) if v is not None]
    low, high = (min(bounds), max(bounds)) if bounds else (0, 1)
    pad = (high - low) * 0.08 or 0.05
    drawn = Figure(
        ROW * len(made.channels) + 30,
        top=4,
        bottom=26,
        xaxis={
            "range": [low - pad, high + pad * 2.2],
            "showgrid": True,
            "gridcolor": GRID,
            "nticks": 5,
            **ticks(found, low, high),
        },
        yaxis={"range": [-len(made.channels) + 0.35, 0.55], "visible": False},
    )
    reference = made.reference
    if reference:
        drawn.rule(
            reference.standardised.value,
            -len(made.channels) + 0.4,
            reference.standardised.value,
            0.2,
            color=FAINT,
            dash="dot",
        )
    for place, channel in enumerate(made.channels):
        drawn.note(
            0,
            -place + 0.3,
            f"<b>{channel.name}</b>  <span style='color:{MUTED}'>{_aside(channel, made)}</span>",
            xref="paper",
            bgcolor=PAPER,
            borderpad=1,
        )
        _marks(drawn, -place, channel, made)
    return drawn


def _marks(drawn: Figure, at: float, channel: Channel, made: ChannelComparison) -> None:
    found = made.definition
    color, tint = SIDE[found.side]
    symbol = "circle" if found.side == "ux" else "diamond"
    raw, fair = channel.raw, channel.standardised
    if raw.valued:
        drawn.whisker([(at - 0.3, raw.low, raw.high)], FAINT, width=1)
        drawn.points(
            [raw.value],
            [at - 0.3],
            MUTED,
            symbol=symbol,
            size=7,
            fill=PAPER,
            hover=[f"as measured: {words.sentence(raw, found)}"],
        )
    if fair and fair.value is not None:
        sure = channel.standing is not Standing.CANNOT_TELL
        drawn.whisker([(at - 0.08, fair.low, fair.high)], tint if sure else FAINT, width=9 if sure else 3)
        drawn.points(
            [fair.value],
            [at - 0.08],
            color,
            symbol=symbol,
            size=11,
            fill=None if sure else PAPER,
            hover=[
                f"{channel.name}, at the same mix: {words.value(fair.value, found)} ({words.interval(fair.low, fair.high, found.unit)})"
            ],
        )
        drawn.note(
            fair.high if fair.high is not None else fair.value,
            at - 0.08,
            f"<b>{words.value(fair.value, found)}</b>",
            color=color,
            xshift=8,
        )


def _aside(channel: Channel, made: ChannelComparison) -> str:
    """What may be said of a channel, then how many rows it has."""
    count = f" · n {channel.raw.n:,}" if channel.raw.valued else ""
    if made.refused:
        return (
            words.value(channel.raw.value, made.definition) + count
            if channel.raw.valued
            else words.state_word(channel.raw)
        )
    if channel.standing is Standing.NOT_COMPARED:
        return (channel.reason if channel.raw.valued else words.state_word(channel.raw)) + count
    if channel.standing is Standing.REFERENCE:
        return "reference" + count
    gap, unit = channel.difference, made.definition.unit
    if channel.standing is Standing.EQUIVALENT:
        return f"alike, within {size(made.margin, made)}{count}"
    told = f"{words.interval(gap.low, gap.high, unit, plus=True)}{words.difference_unit(unit)}"
    return ("cannot tell" if channel.standing is Standing.CANNOT_TELL else str(channel.standing)) + f", {told}{count}"
