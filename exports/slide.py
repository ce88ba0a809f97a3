"""One slide: finding, what is drawn, the native chart or table, small print at the foot, the method in the notes."""

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from exports import look
from exports.card import Card, print_line
from exports.grid import grid_of
from exports.ledgertable import add_table
from exports.native import add_chart
from exports.notes import notes_of
from exports.shape import shape_of
from exports.theme import HEIGHT, INNER, MARGIN, TITLE_TOP, WIDTH, title_size
from ui import tokens, words

FOOT_TOP = Inches(6.62)
HUES = {"UX": tokens.UX, "CX": tokens.CX}


def add_slide(deck, card: Card, place: int, *, cover: bool = False) -> None:
    """Append a card's slide. `cover`: the first slide, with a larger title and the company above it."""
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    _head(slide, card, cover)
    below = _title(slide, card.title, cover)
    text = card.subtitle + ("" if card.form == "ledger" else grid_of(shape_of(card)).key)
    _coloured(_text(slide, MARGIN, below, INNER, Inches(0.32), text, 14 if len(text) < 125 else 12 if len(text) < 180 else 10.5, tokens.MUTED), card.form)
    top = below + Inches(0.46)
    box = (MARGIN, top, INNER, FOOT_TOP - top - Inches(0.1))
    if card.form == "ledger":
        add_table(slide, card, box)
    else:
        _chart(slide, card, box)
    _foot(slide, card, place)
    slide.notes_slide.notes_text_frame.text = notes_of(card)


def _head(slide, card: Card, cover: bool) -> None:
    """Whose numbers these are, above the rule that every block of the product begins with."""
    text = f"{card.result.company}  ·  {card.result.query.journey}  ·  {words.span(*card.result.period)}"
    _text(slide, MARGIN, Inches(0.24), INNER, Inches(0.26), text, 12 if cover else 10.5, tokens.MUTED)
    if "simulated data" in card.result.warnings:
        tag = _text(slide, WIDTH - MARGIN - Inches(3), Inches(0.24), Inches(3), Inches(0.26), "simulated data", 10.5, tokens.ALERT)
        tag.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    rule = slide.shapes.add_connector(1, MARGIN, Inches(0.53), WIDTH - MARGIN, Inches(0.53))
    rule._element.remove(rule._element.find(qn("p:style")))         # the style brings a shadow
    rule.line.color.rgb, rule.line.width = RGBColor.from_string(look.colour(tokens.INK)), Pt(1)


def _title(slide, text: str, cover: bool) -> int:
    """The finding; returns where it ends, so that what follows keeps its distance."""
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = MARGIN, TITLE_TOP, INNER, Inches(1)
    title.text_frame.word_wrap, title.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
    title.text_frame.text = text
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 0.95
    font = paragraph.runs[0].font
    size, lines = title_size(text, cover=cover)
    font.size, font.bold, font.color.rgb = size, True, RGBColor.from_string(look.colour(tokens.INK))
    title.height = int(size * 1.2 * lines)
    return title.top + title.height + Inches(0.08)


def _text(slide, left, top, width, height, text: str, size: float, token: str):
    """A text box without insets, so that its text stands on the margin."""
    box = slide.shapes.add_textbox(left, top, width, height)
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = text, Pt(size), RGBColor.from_string(look.colour(token))
    return box


def _coloured(box, form: str) -> None:
    """On a throughline the words UX and CX are the legend."""
    if form != "throughline":
        return
    paragraph = box.text_frame.paragraphs[0]
    text = paragraph.runs[0].text
    size = paragraph.runs[0].font.size
    paragraph.runs[0].text = ""
    for part in text.replace("UX,", "\0UX\0,").replace("CX,", "\0CX\0,").split("\0"):
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = part, size, part in HUES
        run.font.color.rgb = RGBColor.from_string(look.colour(HUES.get(part, tokens.MUTED)))


def _chart(slide, card: Card, box: tuple) -> None:
    shape = shape_of(card)
    if not any(p.value is not None for series in shape.series for p in series.points):
        _text(slide, *box, "Nothing to draw: " + "; ".join(dict.fromkeys(c.reason or str(c.state) for c in card.result.cells)), 16, tokens.MUTED)
        return
    add_chart(slide, shape, box, f"{card.title}. {card.subtitle}")
    if shape.left_out:
        _text(slide, MARGIN, FOOT_TOP - Inches(0.2), INNER, Inches(0.2), f"{shape.left_out} more with fewer rows are in the workbook.", 10, tokens.MUTED)


def _foot(slide, card: Card, place: int) -> None:
    """The small print and the link, in a size that two or three lines hold."""
    text = print_line(card, link=False)
    box = _text(slide, MARGIN, FOOT_TOP, INNER - Inches(0.5), HEIGHT - FOOT_TOP - Inches(0.18), text, 8.5 if len(text) < 640 else 7, tokens.MUTED)
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = " · Link: " + card.link, Pt(8.5 if len(text) < 640 else 7)
    run.font.color.rgb = RGBColor.from_string(look.colour(tokens.MUTED))
    if card.link.startswith(("http://", "https://")):
        run.hyperlink.address = card.link
    number = _text(slide, WIDTH - MARGIN - Inches(0.5), FOOT_TOP, Inches(0.5), Inches(0.2), str(place), 9, tokens.MUTED)
    number.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
