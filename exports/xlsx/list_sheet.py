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


def write_list(book: xlsxwriter.Workbook, sheet: Worksheet, listing: Listing, formats: Formats) -> None:
    """Fill a sheet. Text from the data is neutralised: nothing somebody wrote is a formula."""
    sheet.hide_gridlines(2)
    on_paper(sheet)
    sheet.write_string(0, 0, str(neutral(listing.title)), formats.title)
    sheet.write_string(1, 0, str(neutral(listing.subtitle)), formats.muted)
    below = _table(sheet, listing, formats)
    for row, (name, text) in enumerate(listing.print, below + 1):
        sheet.write_string(row, 0, name, formats.muted)
        sheet.write_string(row, 1, str(neutral(text)), formats.muted)
    if (share := _sized(listing)) is not None and listing.rows:
        _chart(book, sheet, listing, share, below + len(listing.print) + 2)


def _table(sheet, listing: Listing, formats: Formats) -> int:
    """Returns the row below the table."""
    last = TABLE_ROW + max(len(listing.rows), 1)
    sheet.add_table(
        TABLE_ROW,
        0,
        last,
        len(listing.columns) - 1,
        {
            "columns": [{"header": column.head, "header_format": formats.head} for column in listing.columns],
            "style": "Table Style Light 1",
            "banded_rows": False,
        },
    )
    for place, row in enumerate(listing.rows, TABLE_ROW + 1):
        for i, (value, column) in enumerate(zip(row, listing.columns)):
            _cell(sheet, place, i, value, column.kind, formats)
    sheet.set_column(0, 0, WIDE if listing.name == "words" else 30)
    sheet.set_column(1, len(listing.columns) - 1, 18)
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


def _sized(listing: Listing) -> int | None:
    return next((i for i, column in enumerate(listing.columns) if column.kind in SIZES), None)


def _chart(workbook: xlsxwriter.Workbook, sheet, listing: Listing, share: int, row: int) -> None:
    """Bars on the table's own cells; where a name needs two columns, both are the category."""
    chart, name, last = workbook.add_chart({"type": "bar"}), sheet.get_name(), TABLE_ROW + len(listing.rows)
    names = 1 if listing.name == "moves" else 0
    chart.add_series(
        {
            "categories": [name, TABLE_ROW + 1, 0, last, names],
            "values": [name, TABLE_ROW + 1, share, last, share],
            "fill": {"color": "#" + office_style.colour(tokens.CX if listing.side == "cx" else tokens.UX)},
            "gap": 60,
            "data_labels": {"value": True, "num_format": _code(listing.columns[share].kind)},
        }
    )
    chart.set_title({"name": str(neutral(listing.title)), "name_font": {"name": office_style.SERIF, "size": 13}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 900, "height": max(240, 20 * min(len(listing.rows) + 4, CHART_ROWS))})
    sheet.insert_chart(row, 0, chart, {"description": plain(f"{listing.title}. {listing.subtitle}")})


def _code(kind: str) -> str:
    """The number format of a kind of column."""
    fixed = {"count": "#,##0", "number": "0.00", "day": office.day_format()}
    return fixed.get(kind) or office.number_format(kind)
