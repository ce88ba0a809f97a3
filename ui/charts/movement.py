"""How people move between stages, and what became of their visits."""

from collections.abc import Sequence

from metrics.query.result import Cell, Result
from report import words
from ui.charts.figure import SERIF, Figure
from ui.tokens import BAND, FAINT, G1, INK, MUTED, PAPER, UX, UX_TINT

PLAIN = "From stage to stage"
SELDOM = 0.01  # a move of fewer visits than these is not worth a title
WHOLE = 1.0  # an interval as wide as a share can be


def said(cell: Cell | None, result: Result) -> str:
    """A cell in a table: value with interval, or the state's words; an interval as wide as the scale says nothing."""
    if cell is None:
        return "n/a"
    definition = result.definitions[cell.metric]
    if not cell.valued:
        return words.state_word(cell)
    if (
        cell.state.value == "few"
        and definition.unit == "rate"
        and cell.low is not None
        and cell.high - cell.low >= WHOLE
    ):
        return f"too few to tell (n {cell.n:,})"
    mark = "○ " if cell.state.value == "few" else ""
    return f"{mark}{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})"


def _moves(rows: Sequence[dict], stages: list[str]) -> dict[tuple[int, int], float]:
    """(from, to) → share of the visits to the first stage, for stages shown."""
    return {
        (stages.index(r["from_stage"]), stages.index(r["to_stage"])): r["share"]
        for r in rows
        if r["to_stage"] in stages and r["from_stage"] in stages
    }


def title(rows: Sequence[dict], stages: list[str]) -> str:
    """The strongest move back, in words."""
    back = {pair: share for pair, share in _moves(rows, stages).items() if pair[1] < pair[0]}
    if not back:
        return PLAIN
    (start, end), share = max(back.items(), key=lambda item: item[1])
    if share < SELDOM:
        return "Hardly any visit went back to an earlier stage"
    return f"{100 * share:.0f} % of visits in {stages[start]} went back to {stages[end]}"


def headline(rows: Sequence[dict], stages: list[str]) -> str:
    """The stage whose visits most often end without its goal, then the strongest move back: for a chart that shows both."""
    ended = [row for row in rows if row["to_stage"] is None and not row["done"] and row["from_stage"] in stages]
    most = max(ended, key=lambda row: row["share"], default=None)
    back = title(rows, stages)
    if not most or most["share"] < SELDOM:
        return back
    said = f"{100 * most['share']:.0f} % of visits to {most['from_stage']} end there without its goal"
    return said if back == PLAIN else f"{said}; {back[0].lower()}{back[1:]}"


def arcs(rows: Sequence[dict], stages: list[str]) -> Figure:
    """Forward above in grey, back below in blue; width and label are shares of the stage left."""
    moves = _moves(rows, stages)
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
                f"{100 * share:.0f} %",
                anchor="center",
                size=12,
                color=MUTED if forward else UX,
                bgcolor=PAPER,
                borderpad=1,
            )
    for i, stage in enumerate(stages):
        figure.note(
            i, 0, f"<b>{stage}</b>", anchor="center", size=14, font={"family": SERIF}, bgcolor=PAPER, borderpad=2
        )
    return figure


def outcome_title(result: Result, stages: list[str]) -> str:
    """The stage that surely loses most, by intervals that do not touch."""
    cells = [c for c in result.of("drop_off_rate") if c.valued and c.low is not None and c.by.get("stage") in stages]
    if len(cells) < 2:
        return "What became of the visits"
    most = max(cells, key=lambda c: c.value)
    share = f"{words.number(most.value, 'rate', digits=0)} % of visits end in {most.by['stage']}"
    return (
        f"{share}, more than in any other stage"
        if all(most.low > c.high for c in cells if c is not most)
        else f"{share}; no stage surely loses most"
    )


def three_title(result: Result, stages: list[str]) -> str:
    """The stages in which most of the unhappy had a smooth visit, where the interval says so."""
    sure = [
        c.by["stage"]
        for c in result.of("unhappy_though_smooth")
        if c.valued and c.low is not None and c.low > 0.5 and c.by.get("stage") in stages
    ]
    return (
        f"In {words.listed(sure)} most unhappy answers followed a smooth visit, as most visits are smooth"
        if sure
        else "In no stage is it sure that most unhappy answers followed a smooth visit"
    )


def with_friction(cell: Cell | None) -> str:
    """The share of the unhappy that goes with recorded friction, and the what-ifs beside it where the interval excludes none."""
    share, unseen = words.with_friction(cell), words.blind_spot(cell)
    if share and cell.low <= 0:
        return f"not sure: {share}"
    return (f"{share}; {unseen}" if unseen else share) or "too few to tell"


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
        done, dropped = (result.cell(metric, stage=stage) for metric in ("completion_rate", "drop_off_rate"))
        figure.note(0, -place + 0.33, f"<b>{stage}</b>", size=13)
        if not (done and dropped and done.valued and dropped.valued):
            figure.note(0, -place - 0.05, words.state_word(done) if done else "no data", color=MUTED, size=12)
            continue
        edges = [0, done.value, max(done.value, 1 - dropped.value), 1]
        for low, high, fill, text in zip(
            edges, edges[1:], (UX_TINT, BAND, G1), ("reached the goal", "went on without it", "dropped off")
        ):
            figure.box(low, -place - 0.2, high, -place + 0.12, fill)
            if high - low > 0.06:
                label = f"{100 * (high - low):.0f} %"
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
                1, 0.33, "reached the goal · went on without it · dropped off", anchor="right", size=12, color=MUTED
            )
        named = True
    return figure
