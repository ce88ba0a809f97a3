"""What a file must not do, whatever stands in it: one sentence for each thing that is wrong."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser

from lxml import etree

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
FORMULA = ("=", "+", "@", "＝", "＋", "＠")
NUMBER = re.compile(r"[-+]?[\d.,\u202f\u00a0 ]*\d[\d.,]*[%\w ]{0,6}|-")
OWN = "https://cx.example"
LIVE = ("script", "iframe", "object", "embed", "foreignobject", "base", "meta", "link", "form", "input", "button")
ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")


def office(content: bytes, name: str = "") -> Iterator[str]:
    """Slides and workbooks, and the workbooks inside of slides."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            inner = archive.read(part)
            if part.endswith(".xlsx"):
                yield from office(inner, f"{name}{part}!")
            elif part.endswith((".xml", ".rels")):
                yield from _part(inner, name + part)
            elif "vba" in part.lower() or part.endswith(".bin") and "printerSettings" not in part:
                yield f"{name}{part}: a part that can run"


def _part(content: bytes, name: str) -> Iterator[str]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"{name}: not well-formed: {error}"
        return
    if root.getroottree().docinfo.doctype:
        yield f"{name}: a document type"
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if (
            tag == "Relationship"
            and element.get("TargetMode") == "External"
            and not element.get("Target", "").startswith(OWN)
        ):
            yield f"{name}: a link to {element.get('Target')!r}"
        if tag == "f" and "/worksheets/" in name:
            yield f"{name}: a formula {element.text!r}"
        if tag in ("t", "v") and "sheet" in name.lower() and formula(element.text or ""):
            yield f"{name}: a cell begins {element.text[:20]!r}"
        if CONTROL.search(element.text or "") or "\x1b" in "".join(element.attrib.values()):
            yield f"{name}: a control sign"


def formula(cell: str) -> bool:
    """Whether a spreadsheet would read a cell as a formula."""
    found = cell.lstrip(" \u00a0\t\r\n")
    return (
        found.startswith(FORMULA)
        and not (found[:1] == "+" and NUMBER.fullmatch(found))
        or (found.startswith("-") and not NUMBER.fullmatch(found))
    )


def table(content: bytes) -> Iterator[str]:
    """A CSV, split as spreadsheets of different countries do."""
    text = content.decode("utf-8-sig")
    if CONTROL.search(text):
        yield f"a control sign {CONTROL.search(text)[0]!r}"
    for sign in ",;\t|":
        for row in csv.reader(io.StringIO(text), delimiter=sign):
            yield from (f"split at {sign!r} a cell begins {cell[:20]!r}" for cell in row if formula(cell))


def svg(content: bytes) -> Iterator[str]:
    """A picture: XML that holds neither script nor link."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        yield f"not well-formed: {error}"
        return
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname.lower()
        if tag in LIVE or tag == "a":
            yield f"an element {tag}"
        for key, value in element.attrib.items():
            name = etree.QName(key).localname.lower()
            if (
                name.startswith("on")
                or name == "href"
                and not value.startswith(("#", "data:image/"))
                or "javascript:" in value.lower()
            ):
                yield f"an attribute {name}={value[:30]!r}"
        if CONTROL.search(element.text or ""):
            yield "a control sign"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LIVE and not (tag == "meta" and dict(attrs).keys() <= {"charset", "name", "content"}):
            self.found.append(f"an element {tag}")
        for name, value in attrs:
            if (
                name.startswith("on")
                or name in ("href", "src", "srcset")
                and not (value or "").startswith((OWN, "#", "data:image/"))
            ):
                self.found.append(f"an attribute {name}={(value or '')[:30]!r}")


def page(text: str) -> Iterator[str]:
    """HTML that a mail or a page shows."""
    reader = _Page()
    reader.feed(text)
    yield from reader.found
    if CONTROL.search(text):
        yield "a control sign"


def mail(subject: str, text: str) -> Iterator[str]:
    """A mail in plain text: its subject is one line, so that no head follows from a name."""
    if len(subject.splitlines()) != 1:
        yield "a subject of several lines"
    if CONTROL.search(subject + text):
        yield "a control sign"


def plain(text: str) -> Iterator[str]:
    """What a terminal prints."""
    if found := re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
        yield f"a control sign {found[0]!r}"
