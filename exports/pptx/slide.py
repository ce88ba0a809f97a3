"""One slide: finding, what is drawn, a native chart or table, small print at the foot, the method in the notes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from charts import tokens
from exports import office_style
from exports.cards.safe import one_line, plain
from exports.pptx.parts import graft
from exports.pptx.theme import HEIGHT, INNER, MARGIN, TITLE_TOP, WIDTH, title_size
from report.text.catalogue import say

FOOT_TOP = Inches(6.62)
HUES = {"UX": tokens.UX, "CX": tokens.CX}


@dataclass(frozen=True)
class Leaf:
    """What one slide holds. `head` says whose numbers these are, `text` what is drawn, `foot` is the small print without its
    link; `draw(slide, box)` puts the chart or table into a box (left, top, width, height in EMU).
    """

    title: str
    text: str
    head: str
    simulated: bool
    foot: str
    link: str
    notes: str
    draw: Callable
    hues: bool = False  # the words UX and CX are the legend
    asked: dict[str, Any] | None = None  # by which it can be asked again (exports.pptx.leaves)


def add_slide(deck, leaf: Leaf, place: int, *, cover: bool = False, layout: Any = None) -> dict[str, Any]:
    """Append a slide. `cover`: the first one, with a larger title and the company above it. Returns its record: which shape is what, and
    what was written into it."""
    slide = deck.slides.add_slide(layout or deck.slide_layouts[0])
    for placeholder in list(
        slide.placeholders
    ):  # of a company's layout: what we do not fill is no empty box on the slide
        if placeholder.placeholder_format.idx != 0:
            placeholder._element.getparent().remove(placeholder._element)
    _head(slide, leaf, cover)
    below = _title(slide, leaf.title, cover)
    size = 14 if len(leaf.text) < 125 else 12 if len(leaf.text) < 180 else 10.5
    said = add_text(slide, MARGIN, below, INNER, Inches(0.32), leaf.text, size, tokens.MUTED)
    if leaf.hues:
        _coloured(said)
    top = below + Inches(0.46)
    before = {shape.shape_id for shape in slide.shapes}
    leaf.draw(slide, (MARGIN, top, INNER, FOOT_TOP - top - Inches(0.1)))
    drawn = [graft.kind_of(shape) for shape in slide.shapes if shape.shape_id not in before]
    foot = _foot(slide, leaf, place)
    slide.notes_slide.notes_text_frame.text = plain(leaf.notes)
    shapes = {"title": slide.shapes.title, "said": said, "foot": foot}
    texts = {name: shape.text_frame.text for name, shape in shapes.items()}
    return {
        "id": slide.slide_id,
        "cover": cover,
        "asked": leaf.asked,
        "link": leaf.link,
        "shapes": {name: shape.shape_id for name, shape in shapes.items()},
        "texts": texts | {"notes": slide.notes_slide.notes_text_frame.text},
        "drawn": drawn,
    }


def _head(slide, leaf: Leaf, cover: bool) -> None:
    """Whose numbers these are, above the rule that every block of the product begins with."""
    add_text(slide, MARGIN, Inches(0.24), INNER, Inches(0.26), leaf.head, 12 if cover else 10.5, tokens.MUTED)
    if leaf.simulated:
        tag = add_text(
            slide,
            WIDTH - MARGIN - Inches(3),
            Inches(0.24),
            Inches(3),
            Inches(0.26),
            say("exports.slide.simulated_data"),
            10.5,
            tokens.ALERT,
        )
        tag.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    rule = slide.shapes.add_connector(1, MARGIN, Inches(0.53), WIDTH - MARGIN, Inches(0.53))
    rule._element.remove(rule._element.find(qn("p:style")))  # the style brings a shadow
    rule.line.color.rgb, rule.line.width = RGBColor.from_string(office_style.colour(tokens.INK)), Pt(1)


def _title(slide, text: str, cover: bool) -> int:
    """The finding; returns where it ends, so that what follows keeps its distance."""
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = MARGIN, TITLE_TOP, INNER, Inches(1)
    title.text_frame.word_wrap, title.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
    title.text_frame.text = text = one_line(text)
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 0.95
    font = paragraph.runs[0].font
    size, lines = title_size(text, cover=cover)
    font.size, font.bold, font.color.rgb = size, True, RGBColor.from_string(office_style.colour(tokens.INK))
    title.height = int(size * 1.2 * lines)
    return title.top + title.height + Inches(0.08)


def add_text(slide, left, top, width, height, text: str, size: float, token: str):
    """A text box without insets, so that its text stands on the margin."""
    box = slide.shapes.add_textbox(left, top, width, height)
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = (
        plain(text),
        Pt(size),
        RGBColor.from_string(office_style.colour(token)),
    )
    return box


def _coloured(box) -> None:
    """The words UX and CX in their colours."""
    paragraph = box.text_frame.paragraphs[0]
    text = paragraph.runs[0].text
    size = paragraph.runs[0].font.size
    paragraph.runs[0].text = ""
    for part in text.replace("UX,", "\0UX\0,").replace("CX,", "\0CX\0,").split("\0"):
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = part, size, part in HUES
        run.font.color.rgb = RGBColor.from_string(office_style.colour(HUES.get(part, tokens.MUTED)))


def _foot(slide, leaf: Leaf, place: int):
    """The small print and the link, in a size that two or three lines hold."""
    size = 8.5 if len(leaf.foot) < 640 else 7
    box = add_text(
        slide, MARGIN, FOOT_TOP, INNER - Inches(0.5), HEIGHT - FOOT_TOP - Inches(0.18), leaf.foot, size, tokens.MUTED
    )
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size = plain(say("exports.slide.link") + leaf.link), Pt(size)
    run.font.color.rgb = RGBColor.from_string(office_style.colour(tokens.MUTED))
    if leaf.link.startswith(("http://", "https://")):
        run.hyperlink.address = leaf.link
    number = add_text(
        slide, WIDTH - MARGIN - Inches(0.5), FOOT_TOP, Inches(0.5), Inches(0.2), str(place), 9, tokens.MUTED
    )
    number.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return box
