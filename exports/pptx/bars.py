"""Native bars on a slide, a row each: what is a list and no metric, sized by one of its columns."""

from dataclasses import dataclass

from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from charts import tokens
from exports import office_style
from exports.cards.grid import Grid, Marks
from exports.cards.safe import neutral, plain
from exports.pptx.native import chart_data, refer, workbook
from report import numbers, office

GAP = 45  # of a bar's width, in per cent


@dataclass(frozen=True)
class Bars:
    """`labels` from top to bottom, one value each, in `unit`; `counts` are what each value is of."""

    head: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    counted: str
    counts: tuple[int, ...]


def add_bars(slide, bars: Bars, box: tuple[int, int, int, int], token: str, alt: str):
    """Draw into a box (left, top, width, height in EMU) and return the graphic frame; the numbers stay editable."""
    labels = tuple(f"{neutral(label)}  ·  {numbers.whole(count)}" for label, count in zip(bars.labels, bars.counts))
    marks = Marks(str(neutral(bars.head)), "both", "plain", 0, 0, tuple(map(float, bars.values)), (), ())
    grid = Grid(labels, (marks,), (bars.counts,), (bars.counted,))
    data = chart_data(bars.unit)
    data.categories = list(labels)
    data.add_series(marks.name, marks.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(alt))
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(grid, bars.unit))
    plot = chart.plots[0]
    refer(plot.series[0], marks, grid)
    _axes(chart, len(labels))
    plot.gap_width = GAP
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(office_style.colour(token))
    plot.has_data_labels = True
    said = plot.data_labels
    said.show_value, said.position = True, XL_LABEL_POSITION.OUTSIDE_END
    said.number_format, said.number_format_is_linked = office.number_format(bars.unit), False
    said.font.size, said.font.bold = Pt(12), True
    said.font.color.rgb = RGBColor.from_string(office_style.colour(tokens.INK))
    return frame


def _axes(chart, rows: int) -> None:
    """The first row on top, bars from 0, no axis that the labels make needless."""
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(13 if rows <= 10 else 11), office_style.SANS
    chart.font.color.rgb = RGBColor.from_string(office_style.colour(tokens.INK))
    value, category = chart.value_axis, chart.category_axis
    value.minimum_scale, value.visible, value.has_major_gridlines = 0, False, False
    category.reverse_order, category.has_major_gridlines = True, False
    category.major_tick_mark, category.tick_label_position = XL_TICK_MARK.NONE, XL_TICK_LABEL_POSITION.LOW
    category.format.line.color.rgb = RGBColor.from_string(office_style.colour(tokens.RULE))
