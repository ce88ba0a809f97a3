"""The stage ledger as a native table of a slide: stages in columns, a metric a row, each number over its interval."""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from charts import tokens
from exports import office_style
from exports.cards.card import Card
from exports.cards.safe import plain
from metrics.query.result import Cell, State
from report.text.catalogue import say
from report.words import words

SIDES = {"ux": tokens.UX, "cx": tokens.CX, "both": tokens.INK}
ROW, NONE_STYLE = Inches(0.36), "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # Office's "No Style, No Grid"


def add_table(slide, card: Card, box: tuple[int, int, int, int]) -> None:
    """Draw the ledger into a box; as many rows as fit, the rest is in the workbook."""
    left, top, width, height = box
    stages = list(dict.fromkeys(cell.by["stage"] for cell in card.result.cells if cell.by.get("stage")))
    found = card.definitions
    row = min(ROW, Emu(height // (len(found) + 1)))
    frame = slide.shapes.add_table(len(found) + 1, len(stages) + 1, left, top, width, row * (len(found) + 1))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(f"{card.title}. {card.subtitle}"))
    table = frame.table
    table.columns[0].width = Inches(3.2)
    for i in range(len(stages)):
        table.columns[i + 1].width = Emu((width - Inches(3.2)) // len(stages))
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NONE_STYLE
    for place, stage in enumerate(stages, 1):
        _write(table.cell(0, place), [(stage, 13, tokens.INK, True)], right=True, rule=tokens.INK)
    _write(table.cell(0, 0), [("", 13, tokens.INK, True)], rule=tokens.INK)
    for i, definition in enumerate(found, 1):
        table.rows[i].height = row
        _write(table.cell(i, 0), [(definition.label, 12, SIDES[definition.side], True)])
        for place, stage in enumerate(stages, 1):
            _write(table.cell(i, place), _parts(card.result.cell(definition.id, stage=stage), definition), right=True)


def plain_table(
    slide,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    box: tuple[int, int, int, int],
    widths: Sequence[int],
    alt: str,
) -> None:
    """A native table of texts, a line under each row; rows grow with their text."""
    frame = slide.shapes.add_table(len(rows) + 1, len(heads), *box)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(alt))
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NONE_STYLE
    for i, (head, width) in enumerate(zip(heads, widths)):
        table.columns[i].width = width
        _write(table.cell(0, i), [(head, 12, tokens.INK, True)], rule=tokens.INK)
    for place, row in enumerate(rows, 1):
        table.rows[place].height = Emu(1)  # no taller than its text
        for i, text in enumerate(row):
            _write(table.cell(place, i), [(text, 12 if i == 0 else 11, tokens.INK if i == 0 else tokens.MUTED, False)])


def _parts(cell: Cell | None, definition) -> list[tuple]:
    """Number and interval, grey where few, a word where there is no number."""
    if cell is None or not cell.valued:
        return [(words.state_word(cell) if cell else say("exports.ledger_table.no_data"), 11, tokens.MUTED, False)]
    token = tokens.MUTED if cell.state is State.FEW else tokens.INK
    mark = "○ " if cell.state is State.FEW else ""
    return [
        (mark + words.value(cell.value, definition), 12, token, cell.state is not State.FEW),
        ("  " + words.interval(cell.low, cell.high, definition.unit), 9, tokens.MUTED, False),
    ]


def _write(cell, parts: list[tuple], *, right: bool = False, rule: str = tokens.RULE) -> None:
    cell.margin_left = cell.margin_right = Inches(0.04)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for text, size, token, bold in parts:
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = plain(text), Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(office_style.colour(token))
    _rule_below(cell, rule)


def _rule_below(cell, token: str) -> None:
    """A hairline under the cell: python-pptx has no borders, DrawingML's a:lnB is one."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": "12700" if token == tokens.INK else "6350"})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": office_style.colour(token)}))
    line.append(fill)
    properties.insert(0, line)
