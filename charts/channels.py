"""The channels of one stage beside each other: as measured, light; at the same task, strong."""

from html import escape

from charts.axes import ticks
from charts.figure import Figure
from charts.tokens import FAINT, GRID, MUTED, PAPER, SIDE
from metrics.analyses.channels import Channel, ChannelComparison, Standing
from report.text.catalogue import say
from report.words import words
from report.words.channel_words import verdict_and_rows

ROW = 62


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
        drawn.field(low - pad, -place - 0.48, high + pad * 2.2, -place + 0.48, channel.name)
        drawn.note(
            0,
            -place + 0.3,
            f"<b>{escape(channel.name)}</b>  <span style='color:{MUTED}'>{verdict_and_rows(channel, made)}</span>",
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
            hover=[say("charts.channels.as_measured", sentence=words.sentence(raw, found))],
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
                say(
                    "charts.channels.at_the_same_mix",
                    name=channel.name,
                    value=words.value(fair.value, found),
                    interval=words.interval(fair.low, fair.high, found.unit),
                )
            ],
        )
        drawn.note(
            fair.high if fair.high is not None else fair.value,
            at - 0.08,
            f"<b>{words.value(fair.value, found)}</b>",
            color=color,
            xshift=8,
        )
