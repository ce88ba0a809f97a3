"""How people move between stages, and what became of their visits."""

from collections.abc import Sequence
from html import escape

from charts.figure import SERIF, Figure
from charts.tokens import BAND, FAINT, G1, INK, MUTED, PAPER, UX, UX_TINT
from metrics.query.result import Result
from report import numbers, placement
from report.text.catalogue import say
from report.words import words
from report.words.movement_words import transition_shares as shares


def arcs(rows: Sequence[dict], stages: list[str]) -> Figure:
    """Forward above in grey, back below in blue; width and label are shares of the stage left."""
    moves = shares(rows, stages)
    back = any(end < start for start, end in moves)
    figure = Figure(
        236 if back else 150,
        top=6,
        bottom=6,
        xaxis={"range": [-0.5, len(stages) - 0.5], "visible": False},
        yaxis={"range": [-0.95 if back else -0.2, 1.05], "visible": False},
    )
    largest = max(moves.values(), default=1)
    for (start, end), share in sorted(moves.items(), key=lambda item: -item[1]):
        forward = end > start
        height = (0.42 + 0.26 * (abs(end - start) - 1)) * (1 if forward else -1)
        figure.shapes.append(
            {
                "type": "path",
                "layer": "below",
                "line": {"color": FAINT if forward else UX, "width": max(1.2, 11 * share / largest)},
                "path": f"M {start} {0.13 if forward else -0.13} Q {(start + end) / 2} {2 * height} {end} {0.13 if forward else -0.13}",
            }
        )
        if share >= 0.03 and abs(height) <= 1.2:
            figure.note(
                (start + end) / 2,
                height + (0.1 if forward else -0.1),
                numbers.percent(share),
                anchor="center",
                size=12,
                color=MUTED if forward else UX,
                bgcolor=PAPER,
                borderpad=1,
            )
    for i, stage in enumerate(stages):
        figure.note(
            i,
            0,
            f"<b>{escape(stage)}</b>",
            anchor="center",
            size=14,
            font={"family": SERIF},
            bgcolor=PAPER,
            borderpad=2,
        )
    return figure


def outcome_bars(result: Result, stages: list[str]) -> Figure:
    """One bar a stage: reached the goal, went on without it, dropped off. Names once, in the first bar with room."""
    figure = Figure(
        46 * len(stages) + 40,
        top=24,
        bottom=10,
        xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [-len(stages) + 0.4, 0.75], "visible": False},
    )
    named = False
    for place, stage in enumerate(stages):
        done, dropped = (
            result.cell(metric, stage=stage) for metric in (placement.role("completed"), placement.role("left"))
        )
        figure.note(0, -place + 0.33, f"<b>{escape(stage)}</b>", size=13)
        figure.field(0, -place - 0.4, 1, -place + 0.5, stage)
        if not (done and dropped and done.valued and dropped.valued):
            figure.note(
                0,
                -place - 0.05,
                words.state_word(done) if done else say("charts.movement.no_data"),
                color=MUTED,
                size=12,
            )
            continue
        edges = [0, done.value, max(done.value, 1 - dropped.value), 1]
        for low, high, fill, text in zip(
            edges,
            edges[1:],
            (UX_TINT, BAND, G1),
            (
                say("charts.movement.reached_the_goal"),
                say("charts.movement.went_on_without_it"),
                say("charts.movement.dropped_off"),
            ),
        ):
            figure.box(low, -place - 0.2, high, -place + 0.12, fill)
            if high - low > 0.06:
                label = numbers.percent(high - low)
                wide = not named and high - low > 0.3
                figure.note(
                    (low + high) / 2,
                    -place - 0.04,
                    label + (f" {text}" if wide else ""),
                    anchor="center",
                    size=12,
                    color=INK,
                )
        if not named:
            figure.note(
                1, 0.33, say("charts.movement.reached_the_goal_went_on_without"), anchor="right", size=12, color=MUTED
            )
        named = True
    return figure
