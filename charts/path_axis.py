"""One person's path on one time axis: a row a stage for their visits, then answers, help, orders."""

from datetime import timedelta
from html import escape

from charts.axes import time_ticks
from charts.figure import Figure
from charts.tokens import CX, CX_TINT, FAINT, INK, PAPER, UX
from metrics.analyses.person_path import PersonPath
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.answer_words import score

ROW = 30


def axis(path: PersonPath, stages: list[str]) -> Figure:
    """Visits as dots in their stage's row, hollow where nothing was hard; answers with their score; help from asking to solved."""
    lanes = [
        *[s for s in stages if any(t.stage == s for v in path.visits for t in v.stages)],
        *[
            name
            for kind, name in (("answer", "Answers"), ("ticket", "Help"), ("order", "Orders"))
            if any(m.kind == kind for m in path.moments)
        ],
    ]
    row = {lane: -place for place, lane in enumerate(lanes)}
    times = [*(v.at for v in path.visits), *(m.at for m in path.moments)]
    wide = max(times) - min(times) or timedelta(days=1)
    figure = Figure(
        ROW * len(lanes) + 46,
        left=74,
        right=14,
        top=8,
        bottom=28,
        xaxis={
            "type": "date",
            "range": [(min(times) - wide * 0.03).isoformat(), (max(times) + wide * 0.05).isoformat()],
            **time_ticks(min(times).date(), max(times).date(), 5, year=wide > timedelta(days=300)),
        },
        yaxis={"range": [-len(lanes) + 0.4, 0.6], "visible": False},
    )
    for lane, y in row.items():
        figure.rule(0, y, 1, y, color=FAINT, width=0.5, xref="paper")
        figure.note(0, y, escape(lane), xref="paper", xshift=-8, anchor="right", size=13)
    _visits(figure, path, row)
    _answers(figure, path, row)
    _help(figure, path, row)
    orders = [m for m in path.moments if m.kind == "order"]
    if orders:
        figure.points(
            [m.at.isoformat() for m in orders],
            [row["Orders"]] * len(orders),
            INK,
            symbol="square",
            size=9,
            hover=[say("charts.path_axis.order", date=words.day(m.at.date())) for m in orders],
        )
    return figure


def _visits(figure: Figure, path: PersonPath, row: dict[str, int]) -> None:
    for hard in (False, True):
        found = [(t.at, t) for v in path.visits for t in v.stages if t.stage in row and bool(t.friction) is hard]
        figure.points(
            [at.isoformat() for at, _ in found],
            [row[t.stage] for _, t in found],
            UX,
            size=10 if hard else 9,
            fill=None if hard else PAPER,
            hover=[
                f"{t.stage}, {words.day(at.date())}"
                + (say("charts.path_axis.marks_of_friction", friction=t.friction) if hard else "")
                for at, t in found
            ],
        )


def _answers(figure: Figure, path: PersonPath, row: dict[str, int]) -> None:
    found = [m for m in path.moments if m.kind == "answer"]
    if not found:
        return
    said = [
        "; ".join(s for r in m.rows if (s := score(r["metric"], r["score"], r["scale_max"])))
        or say("charts.path_axis.words_only")
        for m in found
    ]
    figure.points(
        [m.at.isoformat() for m in found],
        [row["Answers"]] * len(found),
        CX,
        symbol="diamond",
        size=11,
        hover=[f"{words.day(m.at.date())}: {text}" for m, text in zip(found, said)],
    )
    for m in found if len(found) <= 12 else ():
        if (first := next((r for r in m.rows if r["score"] is not None and r["scale_max"] != 1), None)) is not None:
            figure.note(
                m.at.isoformat(),
                row["Answers"],
                numbers.short(first["score"]),
                anchor="center",
                v="bottom",
                yshift=5,
                size=11,
                color=CX,
            )


def _help(figure: Figure, path: PersonPath, row: dict[str, int]) -> None:
    found = [m for m in path.moments if m.kind == "ticket"]
    if not found:
        return
    spans = [
        (row["Help"], m.at.isoformat(), m.rows[0]["solved_at"].isoformat()) for m in found if m.rows[0]["solved_at"]
    ]
    figure.whisker(spans, CX_TINT, width=9)
    figure.points(
        [m.at.isoformat() for m in found],
        [row["Help"]] * len(found),
        CX,
        symbol="diamond-open",
        size=9,
        hover=[say("charts.path_axis.asked_for_help", date=words.day(m.at.date())) for m in found],
    )


def key() -> str:
    """What the marks mean, in one line."""
    return say("charts.path_axis.a_visit_with_friction_an_answer")
