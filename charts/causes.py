"""The causes of a stage as marks in their intervals on one scale from 0, the strongest first; the name above its mark, so that it reads at 390 px."""

from html import escape
from textwrap import wrap

from charts.axes import round_marks
from charts.figure import Figure
from charts.tokens import CX, CX_TINT, FAINT, GRID, MUTED, PAPER
from metrics.analyses.causes.model import Grade, StageCauses
from report import numbers
from report.text.catalogue import say
from report.words import cause_words

LINE, WIDE = 17, 92  # pixels of a line of text, letters in one
ROW = 58


def figure(made: StageCauses) -> Figure:
    """One row a cause. What the same people said in the same survey is hollow: it is the weakest evidence."""
    bounds = [
        bound for cause in made.causes for bound in (cause.difference.low, cause.difference.high) if bound is not None
    ]
    low, high = min([0.0, *bounds]), max([0.1, *bounds])
    marks = round_marks(low, high)
    drawn = Figure(
        ROW * max(len(made.causes), 1) + 34,
        top=4,
        bottom=26,
        xaxis={
            "range": [low - (high - low) * 0.02, high + (high - low) * 0.16],
            "showgrid": True,
            "gridcolor": GRID,
            "tickvals": marks,
            "ticktext": [numbers.difference(mark, "rate", digits=0) if mark else "0" for mark in marks],
        },
        yaxis={"range": [-max(len(made.causes), 1) + 0.3, 0.6], "visible": False},
    )
    drawn.rule(0, -len(made.causes) + 0.4, 0, 0.5, color=FAINT)
    for place, cause in enumerate(made.causes):
        found = cause.difference
        head = wrap(cause_words.name(cause), WIDE)
        aside = say(
            "charts.causes.people_of_the_unhappy",
            persons=numbers.whole(cause.persons),
            covers=cause_words.covered(cause),
        )
        drawn.note(
            0,
            -place + 0.28,
            f"<b>{escape(head[0])}{' …' if len(head) > 1 else ''}</b>  <span style='color:{MUTED}'>{aside}</span>",
            xref="paper",
            bgcolor=PAPER,
            borderpad=1,
        )
        drawn.whisker([(-place - 0.12, found.low, found.high)], CX_TINT, width=9)
        drawn.points(
            [found.value],
            [-place - 0.12],
            CX,
            symbol="diamond",
            size=11,
            fill=PAPER if cause.grade is Grade.SAID else None,
            hover=[f"{cause_words.name(cause)}: {cause_words.points(found)}. {cause_words.size(cause)}"],
        )
        drawn.note(
            found.high, -place - 0.12, f"<b>+{numbers.fixed(100 * (found.value or 0), 0)}</b>", color=CX, xshift=8
        )
    return drawn
