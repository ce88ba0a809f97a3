"""A workbook: a Read me with the definitions, then a sheet a card or list with its table, its small print and a native chart."""

import io
import re
from collections.abc import Sequence

import xlsxwriter

from data.errors import UserError
from exports.cards.card import small_print
from exports.cards.item import Made
from exports.cards.listing import Listing
from exports.cards.notes import definition_lines
from exports.cards.safe import neutral
from exports.xlsx.list_sheet import write_list
from exports.xlsx.sheet import Formats, on_paper, write_card
from report.text.catalogue import say

LETTERS, LINE = 110, 15  # width of the text column, height of its lines in points

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def build(found: Sequence[Made]) -> bytes:
    """The XLSX of cards and lists in order. Raises UserError for none."""
    if not found:
        raise UserError(
            say("exports.workbook.there_is_nothing_to_put_into"),
            fix=say("exports.workbook.collect_at_least_one_chart_or"),
        )
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": str(neutral(found[0].title)), "author": "Throughline"})
        formats = Formats(book)
        read_me = book.add_worksheet("Read me")
        names = sheet_names(found)
        _read_me(read_me, found, names, formats)
        for made, name in zip(found, names):
            (write_list if isinstance(made, Listing) else write_card)(book, book.add_worksheet(name), made, formats)
    return buffer.getvalue()


def sheet_names(found: Sequence[Made]) -> list[str]:
    """1 completion_rate by stage: numbered, at most 31 characters, without what Excel forbids."""
    return [
        re.sub(r"[\[\]:*?/\\']", " ", f"{place} {_named(made)}")[:31].strip() for place, made in enumerate(found, 1)
    ]


def _named(made: Made) -> str:
    if isinstance(made, Listing):
        return made.name
    metrics = made.result.query.metrics
    return made.form if len(metrics) > 1 else f"{metrics[0]} {made.form}"


def _read_me(sheet, found: Sequence[Made], names: Sequence[str], formats: Formats) -> None:
    """Contents with their findings, then every metric in full."""
    sheet.hide_gridlines(2)
    on_paper(sheet)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, LETTERS)
    sheet.write_string(0, 0, "Throughline", formats.title)
    row = 2
    for made, name in zip(found, names):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.text, string=name)
        sheet.write_string(row, 1, str(neutral(made.title)), formats.wrap)
        row += 1
    row = _pairs(
        sheet,
        row + 1,
        say("exports.workbook.small_print_of_sheet_1"),
        found[0].print if isinstance(found[0], Listing) else small_print(found[0]),
        formats,
    )
    for definition in {d.id: d for made in found if not isinstance(made, Listing) for d in made.definitions}.values():
        row = _pairs(sheet, row + 1, definition.label, definition_lines(definition), formats)
    for made in {made.name: made for made in found if isinstance(made, Listing)}.values():
        row = _pairs(sheet, row + 1, made.subtitle, made.method, formats)


def _pairs(sheet, row: int, head: str, pairs: Sequence[tuple[str, str]], formats: Formats) -> int:
    sheet.write_string(row, 0, head, formats.head)
    sheet.write_blank(row, 1, None, formats.head)
    for name, text in pairs:
        row += 1
        sheet.set_row(row, LINE * -(-len(text) // LETTERS))
        sheet.write_string(row, 0, name, formats.muted)
        sheet.write_string(row, 1, str(neutral(text)), formats.wrap)
    return row + 1
