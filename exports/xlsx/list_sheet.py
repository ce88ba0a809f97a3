"""A list on a sheet: the finding, the table, its small print, a native chart of the shares where there are any."""

from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from charts import tokens
from exports import office_style
from exports.cards.listing import SIZES, Listing
from exports.cards.safe import neutral, plain
from exports.xlsx.sheet import CHART_ROWS, TABLE_ROW, Formats, on_paper
from report import office

WIDE = 90  # letters of a column of people's words


def write_list(book: xlsxwriter.Workbook, sheet: Worksheet, found: Listing, formats: Formats) -> None:
    """Fill a sheet. Text from the data is neutralised: nothing somebody wrote is a formula."""
    sheet.hide_gridlines(2)
    on_paper(sheet)
    sheet.write_string(0, 0, str(neutral(found.title)), formats.title)
    sheet.write_string(1, 0, str(neutral(found.subtitle)), formats.muted)
    below = _table(sheet, found, formats)
    for row, (name, text) in enumerate(found.print, below + 1):
        sheet.write_string(row, 0, name, formats.muted)
        sheet.write_string(row, 1, str(neutral(text)), formats.muted)
    if (share := _sized(found)) is not None and found.rows:
        _chart(book, sheet, found, share, below + len(found.print) + 2)


def _table(sheet, found: Listing, formats: Formats) -> int:
    """Returns the row below the table."""
    last = TABLE_ROW + max(len(found.rows), 1)
    sheet.add_table(
        TABLE_ROW,
        0,
        last,
        len(found.columns) - 1,
        {
            "columns": [{"header": column.head, "header_format": formats.head} for column in found.columns],
            "style": "Table Style Light 1",
            "banded_rows": False,
        },
    )
    for place, row in enumerate(found.rows, TABLE_ROW + 1):
        for i, (value, column) in enumerate(zip(row, found.columns)):
            _cell(sheet, place, i, value, column.kind, formats)
    sheet.set_column(0, 0, WIDE if found.name == "words" else 30)
    sheet.set_column(1, len(found.columns) - 1, 18)
    sheet.freeze_panes(TABLE_ROW + 1, 0)
    return last + 1


def _cell(sheet, row: int, column: int, value: object, kind: str, formats: Formats) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats.text)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.number(_code("day")))
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, formats.number(_code(kind)))
    else:
        sheet.write_string(row, column, str(neutral(value)), formats.wrap if column == 0 else formats.text)


def _sized(found: Listing) -> int | None:
    return next((i for i, column in enumerate(found.columns) if column.kind in SIZES), None)


def _chart(made: xlsxwriter.Workbook, sheet, found: Listing, share: int, row: int) -> None:
    """Bars on the table's own cells; where a name needs two columns, both are the category."""
    chart, name, last = made.add_chart({"type": "bar"}), sheet.get_name(), TABLE_ROW + len(found.rows)
    names = 1 if found.name == "moves" else 0
    chart.add_series(
        {
            "categories": [name, TABLE_ROW + 1, 0, last, names],
            "values": [name, TABLE_ROW + 1, share, last, share],
            "fill": {"color": "#" + office_style.colour(tokens.CX if found.side == "cx" else tokens.UX)},
            "gap": 60,
            "data_labels": {"value": True, "num_format": _code(found.columns[share].kind)},
        }
    )
    chart.set_title({"name": str(neutral(found.title)), "name_font": {"name": office_style.SERIF, "size": 13}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 900, "height": max(240, 20 * min(len(found.rows) + 4, CHART_ROWS))})
    sheet.insert_chart(row, 0, chart, {"description": plain(f"{found.title}. {found.subtitle}")})


def _code(kind: str) -> str:
    """The number format of a kind of column."""
    fixed = {"count": "#,##0", "number": "0.00", "day": office.day_format()}
    return fixed.get(kind) or office.number_format(kind)
