"""A workbook: a Read me with the definitions, then a sheet a card with its table, its small print and a native chart."""

import io
import re
from collections.abc import Sequence

import xlsxwriter

from data.errors import UserError
from exports.card import Card, small_print
from exports.notes import definition_lines
from exports.safe import neutral
from exports.sheet import Formats, on_paper, write_card

LETTERS, LINE = 110, 15           # width of the text column, height of its lines in points

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def build(cards: Sequence[Card]) -> bytes:
    """The XLSX of the cards in order. Raises UserError for no cards."""
    if not cards:
        raise UserError("there is nothing to put into a workbook", fix="Collect at least one chart, or name a metric")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": str(neutral(cards[0].title)), "author": "Throughline"})
        formats = Formats(book)
        read_me = book.add_worksheet("Read me")
        names = sheet_names(cards)
        _read_me(read_me, cards, names, formats)
        for card, name in zip(cards, names):
            write_card(book, book.add_worksheet(name), card, formats)
    return buffer.getvalue()


def sheet_names(cards: Sequence[Card]) -> list[str]:
    """1 completion_rate by stage: numbered, at most 31 characters, without what Excel forbids."""
    found = []
    for place, card in enumerate(cards, 1):
        text = card.form if len(card.result.query.metrics) > 1 else f"{card.result.query.metrics[0]} {card.form}"
        found.append(re.sub(r"[\[\]:*?/\\']", " ", f"{place} {text}")[:31].strip())
    return found


def _read_me(sheet, cards: Sequence[Card], names: Sequence[str], formats: Formats) -> None:
    """Contents with their findings, then every metric in full."""
    sheet.hide_gridlines(2)
    on_paper(sheet)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, LETTERS)
    sheet.write_string(0, 0, "Throughline", formats.title)
    row = 2
    for card, name in zip(cards, names):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.text, string=name)
        sheet.write_string(row, 1, str(neutral(card.title)), formats.wrap)
        row += 1
    row = _pairs(sheet, row + 1, "Small print of sheet 1", small_print(cards[0]), formats)
    for found in dict.fromkeys(d.id for card in cards for d in card.definitions):
        definition = next(d for card in cards for d in card.definitions if d.id == found)
        row = _pairs(sheet, row + 1, definition.label, definition_lines(definition), formats)


def _pairs(sheet, row: int, head: str, pairs: Sequence[tuple[str, str]], formats: Formats) -> int:
    sheet.write_string(row, 0, head, formats.head)
    sheet.write_blank(row, 1, None, formats.head)
    for name, text in pairs:
        row += 1
        sheet.set_row(row, LINE * -(-len(text) // LETTERS))
        sheet.write_string(row, 0, name, formats.muted)
        sheet.write_string(row, 1, str(neutral(text)), formats.wrap)
    return row + 1
