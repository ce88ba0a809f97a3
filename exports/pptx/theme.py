"""An empty 16:9 deck in our look: theme colours and fonts, one layout, so that slides people add look the same."""

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from charts import tokens
from exports import office_style

WIDTH, HEIGHT, MARGIN = Inches(13.333), Inches(7.5), Inches(0.6)
INNER = WIDTH - 2 * MARGIN
TITLE_TOP, TITLE_HEIGHT = Inches(0.62), Inches(0.95)
COLOURS = {
    "dk1": tokens.INK,
    "lt1": tokens.PAPER,
    "dk2": tokens.MUTED,
    "lt2": tokens.BAND,
    "accent1": tokens.UX,
    "accent2": tokens.CX,
    "accent3": tokens.INK,
    "accent4": tokens.MUTED,
    "accent5": tokens.FAINT,
    "accent6": tokens.ALERT,
    "hlink": tokens.MUTED,
    "folHlink": tokens.MUTED,
}
KEPT = "Title Only"


def new_deck():
    """A presentation with the theme and one layout whose title placeholder stands where ours does."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _theme(deck)
    for layout in list(deck.slide_layouts):
        if layout.name != KEPT:
            deck.slide_layouts.remove(layout)
    layout = deck.slide_layouts[0]
    for part in (deck.slide_master, layout):
        _place(part)
    fill = deck.slide_master.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(office_style.colour(tokens.PAPER))
    return deck


def _theme(deck) -> None:
    """Colours and the two fonts in the theme part itself."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(part.blob)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    scheme.set("name", "Throughline")
    for name, token in COLOURS.items():
        slot = scheme.find(qn(f"a:{name}"))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, qn("a:srgbClr"), val=office_style.colour(token))
    for kind, font in (("majorFont", office_style.SERIF), ("minorFont", office_style.SANS)):
        root.find(f".//{qn('a:' + kind)}/{qn('a:latin')}").set("typeface", font)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place(part) -> None:
    """Titles at the left margin, top anchored; what we do not use leaves the layout."""
    for placeholder in list(part.placeholders):
        kind = placeholder.placeholder_format.type
        if "TITLE" in str(kind):
            placeholder.left, placeholder.top, placeholder.width, placeholder.height = (
                MARGIN,
                TITLE_TOP,
                INNER,
                TITLE_HEIGHT,
            )
            _left_top(placeholder.text_frame)
        elif "BODY" in str(kind):
            placeholder.left, placeholder.top, placeholder.width, placeholder.height = (
                MARGIN,
                Inches(2),
                INNER,
                Inches(4.4),
            )
        else:
            placeholder._element.getparent().remove(placeholder._element)


def _left_top(frame) -> None:
    body = frame._txBody.bodyPr
    for name in ("lIns", "rIns", "tIns", "bIns"):
        body.set(name, "0")
    body.set("anchor", "t")


def title_size(text: str, *, cover: bool = False) -> tuple[Pt, int]:
    """A size at which the finding stays within two lines, and the lines it takes (Georgia bold: 0.56 em a letter)."""
    for size in (38, 32, 26, 22) if cover else (26, 24, 22, 20):
        room = int(INNER / Pt(1) / (0.58 * size))
        if len(text) <= room:
            return Pt(size), 1
        if len(text) <= 2 * room - 12 and size <= 26:
            return Pt(size), 2
    return Pt(18), 2
