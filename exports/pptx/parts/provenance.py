"""What a deck knows of itself: a custom part of the file with each slide's question, definition versions and data, and what was written
where, so that the deck can be renewed and what people changed in it be told from what was made."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

NAMESPACE = "urn:throughline:deck"
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
CONTENT_TYPE = "application/xml"
VERSION = 1
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)  # the file may be anybody's


def attach(deck: Any, record: dict[str, Any]) -> None:
    """Put the record into the deck, in place of one that is there."""
    root = etree.Element(f"{{{NAMESPACE}}}deck", nsmap={None: NAMESPACE})
    # in ASCII: what XML cannot hold (a name with U+FFFE, half of a pair) stands escaped, and is read again as it was
    root.text = json.dumps({"version": VERSION} | record, separators=(",", ":"))
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = _part(deck)
    if part is not None:
        part._blob = blob
        return
    taken = {str(one.partname) for one in deck.part.package.iter_parts()}
    name = next(uri for n in range(1, 1000) if (uri := f"/customXml/item{n}.xml") not in taken)
    deck.part.relate_to(Part(PackURI(name), CONTENT_TYPE, deck.part.package, blob), RELATIONSHIP)


def read(deck: Any) -> dict[str, Any] | None:
    """The record of a deck that was made here, None of any other. Raises ValueError for one that is damaged or of a later version."""
    part = _part(deck)
    if part is None:
        return None
    record = json.loads(etree.fromstring(part.blob, SAFE).text or "")
    if not isinstance(record, dict) or record.get("version") != VERSION or not isinstance(record.get("slides"), list):
        raise ValueError("not a record of this version")
    return record


def _part(deck: Any) -> Any:
    """The part itself: office programs rename parts, so it is known by what it holds."""
    for relation in deck.part.rels.values():
        if (
            relation.reltype == RELATIONSHIP
            and not relation.is_external
            and NAMESPACE.encode() in relation.target_part.blob
        ):
            return relation.target_part
    return None


def digest(element: Any) -> str:
    """A short digest of an element, whatever prefixes and spacing its writer prefers."""
    return hashlib.sha256(etree.tostring(element, method="c14n")).hexdigest()[:16]
