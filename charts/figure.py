"""The one figure helper: every chart is graph objects on this layout, with labels above marks so that it reads at 390 px."""

from html import escape

import plotly.graph_objects as go
import plotly.io as pio

from charts.tokens import GRID, INK, MUTED, PAPER, RULE
from report import numbers

FONT = '"Source Sans", "Source Sans 3", sans-serif'
DAY = 86_400_000  # milliseconds
SERIF = '"Source Serif", "Source Serif 4", serif'


def _said(hover: list[str] | None) -> list[str] | None:
    """Sentences as text: plotly would read markup and entities of names in them."""
    return [escape(text, quote=False) for text in hover] if hover else hover


class Figure:
    """A plotly figure whose annotations and shapes are set once: adding them one by one re-validates the whole list."""

    def __init__(self, height: int, *, left: int = 0, right: int = 0, top: int = 8, bottom: int = 28, **layout):
        axis = {
            "showgrid": False,
            "zeroline": False,
            "showline": False,
            "ticks": "",
            "fixedrange": True,
            "automargin": False,
            "tickangle": 0,
            "tickfont": {"size": 12, "color": MUTED},
            "gridcolor": GRID,
        }
        self.notes: list[dict] = []
        self.shapes: list[dict] = []
        self.traces: list[go.Scatter] = []
        self.fields: list[dict] = []
        base = {
            "template": "none",
            "height": height,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "showlegend": False,
            "separators": numbers.separators(),
            "hovermode": "closest",
            "dragmode": False,
            "font": {"family": FONT, "size": 13, "color": INK},
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": RULE, "font": {"family": FONT, "size": 13, "color": INK}},
        }
        axes = {name: axis | (layout.pop(name, None) or {}) for name in ("xaxis", "yaxis")}
        axes |= {name: axis | value for name, value in layout.items() if name[:5] in ("xaxis", "yaxis")}
        self.layout = base | layout | axes

    def line(
        self,
        x: list,
        y: list,
        color: str,
        *,
        width: float = 2,
        dash: str = "solid",
        hover: list[str] | None = None,
        **more,
    ):
        """A line; None breaks it. Straight: a spline invents values between points."""
        self.traces.append(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": color, "width": width, "dash": dash},
                text=_said(hover),
                hoverinfo="text" if hover else "skip",
                **more,
            )
        )

    def points(
        self,
        x: list,
        y: list,
        color: str | list,
        *,
        symbol="circle",
        size: int | list = 10,
        hover: list[str] | None = None,
        fill=None,
        **more,
    ):
        """Marks with a paper rim, hover text as sentences."""
        self.traces.append(
            go.Scatter(
                x=x,
                y=y,
                mode="markers",
                text=_said(hover),
                hoverinfo="text" if hover else "skip",
                cliponaxis=False,
                marker={
                    "color": fill or color,
                    "symbol": symbol,
                    "size": size,
                    "line": {"color": color if fill else PAPER, "width": 1.5},
                },
                **more,
            )
        )

    def whisker(self, rows: list[tuple[float, float, float]], color: str, *, horizontal: bool = True, width: float = 3):
        """All intervals (at, low, high) of one colour as one broken line."""
        a, b = [], []
        for at, low, high in rows:
            if low is not None and high is not None:
                a, b = a + [low, high, None], b + [at, at, None]
        x, y = (a, b) if horizontal else (b, a)
        self.traces.append(go.Scatter(x=x, y=y, mode="lines", line={"color": color, "width": width}, hoverinfo="skip"))

    def ribbon(self, x: list, low: list, high: list, color: str, **more):
        """The interval along a line as a band, one band a run without gaps."""
        run: list[int] = []
        for i in [*range(len(x)), None]:
            if i is not None and low[i] is not None and high[i] is not None:
                run.append(i)
                continue
            if len(run) > 1:
                self.traces.append(
                    go.Scatter(
                        x=[x[j] for j in run] + [x[j] for j in reversed(run)],
                        y=[low[j] for j in run] + [high[j] for j in reversed(run)],
                        mode="none",
                        fill="toself",
                        fillcolor=color,
                        hoverinfo="skip",
                        **more,
                    )
                )
            run = []

    def note(
        self,
        x,
        y,
        text: str,
        *,
        color: str = INK,
        size: int = 13,
        anchor: str = "left",
        v: str = "middle",
        xref: str = "x",
        yref: str = "y",
        **more,
    ):
        """Text in the figure."""
        font = {"color": color, "size": size} | more.pop("font", {})
        self.notes.append(
            {
                "x": x,
                "y": y,
                "text": text,
                "showarrow": False,
                "font": font,
                "xanchor": anchor,
                "yanchor": v,
                "xref": xref,
                "yref": yref,
                "align": anchor,
            }
            | more
        )

    def rule(self, x0, y0, x1, y1, *, color: str = RULE, width: float = 1, dash: str = "solid", **more):
        """A straight rule below the marks."""
        self.shapes.append(
            {
                "type": "line",
                "x0": x0,
                "y0": y0,
                "x1": x1,
                "y1": y1,
                "layer": "below",
                "line": {"color": color, "width": width, "dash": dash},
            }
            | more
        )

    def box(self, x0, y0, x1, y1, fill: str, **more):
        """A filled area below the marks."""
        self.shapes.append(
            {
                "type": "rect",
                "x0": x0,
                "y0": y0,
                "x1": x1,
                "y1": y1,
                "layer": "below",
                "fillcolor": fill,
                "line": {"width": 0},
            }
            | more
        )

    def field(self, x0: float, y0: float, x1: float, y1: float, value: str, yaxis: str = "y"):
        """An area that, where the figure can be clicked, stands for `value`: a row, a bar, a week. Nobody sees it."""
        self.fields.append(
            {"x": x1 - x0, "base": x0, "y": (y0 + y1) / 2, "width": y1 - y0, "customdata": value, "yaxis": yaxis}
        )

    def week(self, start: str, low: float, high: float, value: str, yaxis: str = "y", days: float = 7):
        """As `field`, of an axis of days: from half a week before the day to half a week after it."""
        self.fields.append(
            {"x": start, "base": low, "y": high - low, "width": days * DAY, "customdata": value, "yaxis": yaxis}
        )

    def _clickable(self) -> list[go.Bar]:
        """The areas as bars without ink, one trace an axis; a click on one leaves the marks as bright as they were."""
        found = []
        for yaxis in dict.fromkeys(field["yaxis"] for field in self.fields):
            fields = [field for field in self.fields if field["yaxis"] == yaxis]
            columns = {key: [field[key] for field in fields] for key in ("x", "y", "base", "width", "customdata")}
            upright = isinstance(fields[0]["x"], str)
            found.append(
                go.Bar(
                    **columns,
                    yaxis=yaxis,
                    orientation="v" if upright else "h",
                    opacity=0,
                    hoverinfo="none",
                    showlegend=False,
                )
            )
        return found

    def build(self, clickable: bool = False, checked: bool = True) -> go.Figure:
        """The plotly figure; `clickable` with its areas to click. Not `checked`: as it is, which writes the same and takes a fifth of the time."""
        more = {} if checked else {"_validate": False}
        drawn = {"annotations": self.notes, "shapes": self.shapes}
        layout = self.layout | {name: each for name, each in drawn.items() if each}
        if not checked:
            layout["template"] = pio.templates["none"].to_plotly_json()
        if not clickable or not self.fields:
            return go.Figure(data=self.traces, layout=layout, **more)
        for trace in self.traces:
            if "markers" in trace.mode:
                trace.unselected = trace.selected = {"marker": {"opacity": 1}}
        return go.Figure(data=[*self._clickable(), *self.traces], layout=layout | {"barmode": "overlay"}, **more)
