"""One card on a sheet: finding, table of every cell, what the chart draws, the chart, small print."""

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from charts import tokens
from exports import office_style
from exports.cards.bounds import axis_bounds
from exports.cards.card import Card, small_print
from exports.cards.grid import LEVELS, Grid, Marks, grid_of
from exports.cards.safe import neutral, plain
from exports.cards.shape import Shape, shape_of
from exports.csv.table import rows_of
from report import office
from report.text.catalogue import say

VALUES, GAPS = ("value", "low", "high"), ("diff", "diff_low", "diff_high")
TABLE_ROW = 4  # the row of the heads, counted from 0
CHART_ROWS = 22
A4 = 9


class Formats:
    """The cell formats of a workbook, made once; `number(unit)` gives those of a metric's unit."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book, self.made = book, {}
        ink, muted = "#" + office_style.colour(tokens.INK), "#" + office_style.colour(tokens.MUTED)
        base = {"font_name": office_style.SANS, "font_color": ink, "valign": "top"}
        self.title = book.add_format(base | {"font_name": office_style.SERIF, "font_size": 16, "bold": True})
        self.text = book.add_format(base)
        self.wrap = book.add_format(base | {"text_wrap": True})
        self.muted = book.add_format(base | {"font_color": muted})
        self.head = book.add_format(base | {"bold": True, "bottom": 1})
        self.base = base

    def number(self, code: str):
        if code not in self.made:
            self.made[code] = self.book.add_format(self.base | {"num_format": code})
        return self.made[code]


def on_paper(sheet: Worksheet) -> None:
    """A4 across, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def write_card(book: xlsxwriter.Workbook, sheet: Worksheet, card: Card, formats: Formats) -> None:
    """Fill a sheet; a ledger has no chart."""
    sheet.hide_gridlines(2)
    on_paper(sheet)
    sheet.write_string(0, 0, str(neutral(card.title)), formats.title)
    sheet.write_string(1, 0, str(neutral(card.subtitle)), formats.muted)
    row, width = _table(sheet, card, formats)
    row = _small_print(sheet, card, row + 1, formats)
    if card.form == "ledger":
        return
    shape = shape_of(card)
    grid = grid_of(shape)
    chart_row = row + 1
    _grid(sheet, grid, shape.unit, chart_row + CHART_ROWS, formats)
    if any(p.value is not None for series in shape.series for p in series.points):
        chart = _chart(book, sheet.get_name(), card, shape, grid, chart_row + CHART_ROWS)
        sheet.insert_chart(chart_row, 0, chart, {"description": plain(f"{card.title}. {card.subtitle}")})


CHANCE = '[<0.00005]"< 0.0001";0.0000'  # p and q: never as whole numbers, and never as 0


def _table(sheet: Worksheet, card: Card, formats: Formats) -> tuple[int, int]:
    """Every column of a cell; numbers stay numbers. Returns the row below the table and its width."""
    rows = rows_of(card)
    heads = list(rows[0]) if rows else ["metric"]
    columns = [{"header": str(neutral(head)), "header_format": formats.head} for head in heads]
    last = TABLE_ROW + max(len(rows), 1)
    sheet.add_table(
        TABLE_ROW, 0, last, len(heads) - 1, {"columns": columns, "style": "Table Style Light 1", "banded_rows": False}
    )
    for place, row in enumerate(rows, TABLE_ROW + 1):
        unit = card.result.definitions[row["metric"]].unit
        for column, (name, value) in enumerate(row.items()):
            _cell(sheet, place, column, name, value, unit, formats)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(heads) - 1, 13)
    sheet.freeze_panes(TABLE_ROW + 1, 0)
    return last + 1, len(heads)


def _cell(sheet: Worksheet, row: int, column: int, name: str, value: object, unit: str, formats: Formats) -> None:
    if value is None:
        sheet.write_blank(row, column, None, formats.text)
    elif isinstance(value, str):
        sheet.write_string(row, column, str(neutral(value)), formats.text)
    else:
        code = (
            office.number_format(unit)
            if name in VALUES
            else office.difference_format(unit)
            if name in GAPS
            else CHANCE
            if name in ("p", "q")
            else "#,##0"
        )
        sheet.write_number(row, column, value, formats.number(code))


def _small_print(sheet: Worksheet, card: Card, row: int, formats: Formats) -> int:
    for name, text in small_print(card):
        sheet.write_string(row, 0, name, formats.muted)
        sheet.write_string(row, 1, str(neutral(text)), formats.muted)
        row += 1
    return row


def _grid(sheet: Worksheet, grid: Grid, unit: str, top: int, formats: Formats) -> None:
    """What the chart draws, as cells it refers to."""
    sheet.write_string(top, 0, say("exports.sheet.what_the_chart_draws") + grid.key, formats.muted)
    number = formats.number(office.number_format(unit))
    for column, (head, values) in enumerate(grid.columns()):
        sheet.write_string(top + 1, column, head, formats.head)
        for row, value in enumerate(values, top + 2):
            if isinstance(value, str):
                sheet.write_string(row, column, value, formats.text)
            elif value is not None:
                sheet.write_number(row, column, value, number if isinstance(value, float) else formats.number("#,##0"))


def _chart(book: xlsxwriter.Workbook, name: str, card: Card, shape: Shape, grid: Grid, top: int):
    """A line chart on those cells; the intervals are custom error bars."""
    chart = book.add_chart({"type": "line"})
    low, high, step = axis_bounds(shape)
    font = {"name": office_style.SANS, "color": "#" + office_style.colour(tokens.MUTED), "size": 10, "bold": False}
    chart.set_title(
        {
            "name": str(neutral(card.title)),
            "overlay": False,
            "name_font": {"name": office_style.SERIF, "size": 13, "color": "#" + office_style.colour(tokens.INK)},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "min": low,
            "max": high,
            "major_unit": step,
            "num_format": office.axis_format(shape.unit),
            "num_font": font,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#" + office_style.colour(tokens.GRID)}},
        }
    )
    chart.set_x_axis(
        {
            "num_font": font,
            "label_position": "low",
            "line": {"color": "#" + office_style.colour(tokens.RULE)},
            "text_axis": True,
        }
    )
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": "#" + office_style.colour(tokens.PAPER)}})
    chart.set_size({"width": 980, "height": 20 * (CHART_ROWS - 1)})
    chart.show_blanks_as("gap")
    for marks in grid.marks:
        chart.add_series(_series(name, grid, marks, shape, top))
    return chart


def _series(name: str, grid: Grid, marks: Marks, shape: Shape, top: int) -> dict:
    """XlsxWriter's options of one manner of drawing, alike to exports.native."""
    mark, tint = ("#" + rgb for rgb in office_style.tone(marks.side, marks.shade))
    series = {
        "name": [name, top + 1, grid.column_of(marks.name)],
        "categories": _range(name, top, 0, marks),
        "values": _range(name, top, grid.column_of(marks.name), marks),
        "line": {"none": True},
        "marker": {"type": "none"},
    }
    grey = "#" + office_style.colour(tokens.MUTED)
    if marks.kind == "interval":
        bars = {
            f"{way}_values": _reference(name, top, grid.column_of(f"{marks.name}, {way}"), marks)
            for way in ("plus", "minus")
        }
        bars |= {"plus_data": list(marks.plus), "minus_data": list(marks.minus)}
        line = {
            "color": "#" + office_style.colour(tokens.FAINT) if marks.few else tint,
            "width": 1.25 if marks.few else 5,
        }
        return series | {"y_error_bars": bars | {"type": "custom", "end_style": 0, "line": line}}
    if marks.kind == "before":
        return series | {
            "marker": {"type": "long_dash", "size": 10, "fill": {"color": grey}, "border": {"color": grey}}
        }
    if marks.kind in LEVELS:
        rgb = mark if marks.kind == "minimum" else tint
        return series | {
            "marker": {
                "type": "long_dash",
                "size": 16 if marks.kind == "minimum" else 12,
                "fill": {"color": rgb},
                "border": {"color": rgb},
            }
        }
    size = 5 if len(shape.labels) > 8 and shape.joined else 9
    marker = {
        "type": office_style.SYMBOL[marks.side],
        "size": size,
        "border": {"color": grey if marks.few else mark},
        "fill": {"color": "#" + office_style.colour(tokens.G1) if marks.few else mark},
    }
    joined = shape.joined and marks.kind == "plain"
    labels = (
        {}
        if shape.joined and len(shape.labels) > 8
        else {
            "data_labels": {
                "value": True,
                "position": "right",
                "num_format": office.number_format(shape.unit),
                "font": {"bold": True, "color": grey if marks.few else mark},
            }
        }
    )
    return series | labels | {"marker": marker, "line": {"color": mark, "width": 2.25} if joined else {"none": True}}


def _range(name: str, top: int, column: int, marks: Marks) -> list:
    return [name, top + 2, column, top + 1 + len(marks.values), column]


def _reference(name: str, top: int, column: int, marks: Marks) -> str:
    letter = xl_col_to_name(column)
    return f"='{name}'!${letter}${top + 3}:${letter}${top + 2 + len(marks.values)}"
