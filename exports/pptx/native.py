"""A native chart on a slide: marks and lines PowerPoint can edit, intervals as error bars that refer to the chart's own cells."""

import io
from copy import deepcopy
from xml.sax.saxutils import escape

import xlsxwriter
from lxml import etree
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import LineSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.util import Pt
from xlsxwriter.utility import xl_col_to_name

from charts import tokens
from exports import office_style
from exports.cards.bounds import axis_bounds
from exports.cards.grid import LEVELS, Grid, Marks, grid_of
from exports.cards.safe import plain
from exports.cards.shape import Shape
from report import office

STYLES = {"circle": XL_MARKER_STYLE.CIRCLE, "diamond": XL_MARKER_STYLE.DIAMOND, "square": XL_MARKER_STYLE.SQUARE}
SHEET = "Sheet1"
CROWD = 30  # labels along an axis


def add_chart(slide, shape: Shape, box: tuple[int, int, int, int], alt: str):
    """Draw a shape into a box (left, top, width, height in EMU) and return the graphic frame."""
    grid = grid_of(shape)
    data = chart_data(shape.unit)
    data.categories = list(grid.labels)
    for marks in grid.marks:
        data.add_series(marks.name, marks.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(alt))
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook(grid, shape.unit))
    _frame(chart, shape)
    for series, marks in zip(chart.plots[0].series, grid.marks):
        refer(series, marks, grid)
        _series(series, marks, grid, shape)
    return frame


def chart_data(unit: str) -> CategoryChartData:
    """Empty data of a chart in a unit. python-pptx writes the format into its XML as it stands, and that of money holds `<`."""
    return CategoryChartData(number_format=escape(office.number_format(unit)))


def refer(series: LineSeries, marks: Marks, grid: Grid) -> None:
    """Name and values from the column of the sheet that holds them: intervals share the column of their marks."""
    name = xl_col_to_name(grid.column_of(marks.name))
    series._element.find(f"{qn('c:tx')}//{qn('c:f')}").text = f"{SHEET}!${name}$1"
    series._element.find(f"{qn('c:val')}//{qn('c:f')}").text = f"{SHEET}!${name}$2:${name}${len(marks.values) + 1}"


def workbook(grid: Grid, unit: str) -> bytes:
    """The chart's own workbook with the interval columns; text is never read as a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(SHEET)
        number = book.add_format({"num_format": office.number_format(unit)})
        for column, (head, values) in enumerate(grid.columns()):
            sheet.write_string(0, column, head)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write(row, column, value, number if isinstance(value, float) else None)
    return buffer.getvalue()


def _frame(chart: Chart, shape: Shape) -> None:
    """Quiet axes: hairline grid, no lines, text in muted grey; no legend, no automatic title."""
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(12), office_style.SANS
    chart.font.color.rgb = RGBColor.from_string(office_style.colour(tokens.MUTED))
    low, high, step = axis_bounds(shape)
    value, category = chart.value_axis, chart.category_axis
    value.minimum_scale, value.maximum_scale, value.major_unit = low, high, step
    value.has_major_gridlines, value.major_tick_mark = True, XL_TICK_MARK.NONE
    value.major_gridlines.format.line.color.rgb = RGBColor.from_string(office_style.colour(tokens.GRID))
    value.major_gridlines.format.line.width = Pt(0.75)
    value.format.line.fill.background()
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = (
        office.axis_format(shape.unit),
        False,
    )
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.format.line.color.rgb = RGBColor.from_string(office_style.colour(tokens.RULE))
    if len(shape.labels) <= 8:
        category.tick_labels.font.size = Pt(13)
        category.tick_labels.font.color.rgb = RGBColor.from_string(office_style.colour(tokens.INK))
    _thin_labels(category, len(shape.labels))


def _thin_labels(category, count: int) -> None:
    """Not every week needs its name, and none is turned."""
    body = category.tick_labels.font._element.getparent().getparent().getparent().find(qn("a:bodyPr"))
    body.set("rot", "0")
    body.set("vert", "horz")
    if count > CROWD:
        skip = etree.SubElement(category._element, qn("c:tickLblSkip"))
        skip.set("val", str(-(-count // CROWD)))
        before = category._element.find(qn("c:noMultiLvlLbl"))
        if before is not None:
            before.addprevious(skip)


def _series(series: LineSeries, marks: Marks, grid: Grid, shape: Shape) -> None:
    mark, tint = office_style.tone(marks.side, marks.shade)
    crowded = shape.joined and len(shape.labels) > 8
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    if marks.kind == "interval":
        _error_bars(
            series,
            marks,
            grid,
            office_style.colour(tokens.FAINT) if marks.few else tint,
            1.25 if marks.few else 4 if crowded else 7,
        )
    elif marks.kind == "before":
        _marker(series.marker, XL_MARKER_STYLE.DASH, office_style.colour(tokens.FAINT), size=14)
    elif marks.kind in LEVELS:
        _marker(
            series.marker,
            XL_MARKER_STYLE.DASH,
            mark if marks.kind == "minimum" else tint,
            size=22 if marks.kind == "minimum" else 16,
        )
    else:
        if shape.joined and marks.kind == "plain":
            _line(series, mark, 2.25, MSO_LINE_DASH_STYLE.SOLID)
        rgb = office_style.colour(tokens.MUTED) if marks.few else mark
        _marker(
            series.marker, STYLES[office_style.SYMBOL[marks.side]], rgb, hollow=marks.few, size=5 if crowded else 11
        )
        _labels(series, marks, shape, rgb)


def _line(series: LineSeries, rgb: str, points: float, dash) -> None:
    series.format.line.color.rgb, series.format.line.width, series.format.line.dash_style = (
        RGBColor.from_string(rgb),
        Pt(points),
        dash,
    )


def _marker(marker, style, rgb: str, *, size: int, hollow: bool = False) -> None:
    marker.style, marker.size = style, size
    marker.format.fill.solid()
    # pale rather than paper: LibreOffice draws no rim, and a paper mark would vanish there
    marker.format.fill.fore_color.rgb = RGBColor.from_string(office_style.colour(tokens.G1) if hollow else rgb)
    marker.format.line.color.rgb = RGBColor.from_string(rgb if hollow else office_style.colour(tokens.PAPER))
    marker.format.line.width = Pt(1.5 if hollow else 0.75)


def _labels(series: LineSeries, marks: Marks, shape: Shape, rgb: str) -> None:
    """Values beside their marks; along time only the last one, with the line's name where there are several."""
    known = [i for i, value in enumerate(marks.values) if value is not None]
    last_only = shape.joined and (len(shape.series) == 1 or len(shape.labels) > 8)
    for i in known[-1:] if last_only else known:
        if shape.joined and marks.kind == "plain" and i < len(shape.labels) and shape.series[marks.place].points[i].few:
            continue  # the hollow mark on top of it carries the label
        if marks.kind == "few" and last_only and i != len(marks.values) - 1:
            continue
        _label(
            series,
            i,
            shape,
            rgb,
            named=len(shape.series) > 1 and i == known[-1] and marks.kind == "plain",
            above=_above(marks, i, shape),
        )


def _above(marks: Marks, i: int, shape: Shape) -> bool | None:
    """Above or below the mark where two lines cross one label; beside it (None) where there is one series."""
    if len(shape.series) != 2:
        return None
    other = shape.series[1 - marks.place].points[i].value
    return other is None or marks.values[i] >= other


def _label(series: LineSeries, i: int, shape: Shape, rgb: str, *, named: bool, above: bool | None) -> None:
    label = series.points[i].data_label
    label.font.size, label.font.bold = Pt(13), True
    label.font.color.rgb = RGBColor.from_string(rgb)
    last = i == len(shape.labels) - 1
    label.position = (
        XL_LABEL_POSITION.RIGHT
        if above is None or (named and last)
        else XL_LABEL_POSITION.ABOVE
        if above
        else XL_LABEL_POSITION.BELOW
    )
    element = label._dLbl
    _switch(element, "c:showSerName", named)
    _switch(element, "c:showVal", True)
    for name in ("c:showLegendKey", "c:showCatName", "c:showPercent", "c:showBubbleSize"):
        _switch(element, name, False)
    if named:
        separator = etree.SubElement(element, qn("c:separator"))
        separator.text = " "
    _number_format(element, office.number_format(shape.unit))


def _switch(element, name: str, on: bool) -> None:
    found = element.find(qn(name))
    if found is not None:
        found.set("val", "1" if on else "0")


def _number_format(element, code: str) -> None:
    """c:numFmt stands before c:spPr and c:txPr."""
    numbers = etree.Element(qn("c:numFmt"), formatCode=code, sourceLinked="0")
    place = next(child for child in element if child.tag in (qn("c:spPr"), qn("c:txPr"), qn("c:dLblPos")))
    place.addprevious(numbers)


def _error_bars(series: LineSeries, marks: Marks, grid: Grid, rgb: str, points: float) -> None:
    """c:errBars with the distances of the interval's ends, cached and referring to the chart's workbook."""
    bars = etree.Element(qn("c:errBars"))
    for name, value in (("errDir", "y"), ("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "1")):
        etree.SubElement(bars, qn(f"c:{name}"), val=value)
    for way, values in (("plus", marks.plus), ("minus", marks.minus)):
        bars.append(_reference(way, values, grid.column_of(f"{marks.name}, {way}")))
    shape = etree.SubElement(bars, qn("c:spPr"))
    line = etree.SubElement(shape, qn("a:ln"), w=str(int(points * 12700)), cap="flat")
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=rgb)
    series._element.find(qn("c:cat")).addprevious(deepcopy(bars))


def _reference(way: str, values: tuple[float | None, ...], column: int):
    name = xl_col_to_name(column)
    element = etree.Element(qn(f"c:{way}"))
    reference = etree.SubElement(element, qn("c:numRef"))
    etree.SubElement(reference, qn("c:f")).text = f"{SHEET}!${name}$2:${name}${len(values) + 1}"
    cache = etree.SubElement(reference, qn("c:numCache"))
    etree.SubElement(cache, qn("c:formatCode")).text = "General"
    etree.SubElement(cache, qn("c:ptCount"), val=str(len(values)))
    for i, value in enumerate(values):
        if value is not None:
            etree.SubElement(etree.SubElement(cache, qn("c:pt"), idx=str(i)), qn("c:v")).text = repr(float(value))
    return element
