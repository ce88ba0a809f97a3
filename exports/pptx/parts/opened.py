"""A file of an office program somebody brings, opened: what would fill the memory once it is unpacked is refused before it does."""

from __future__ import annotations

import io
import shutil
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError

from data.files.archives import BOUNDED, DAMAGED
from report.text.catalogue import say

MOST = 512 * 1024 * 1024  # bytes of all parts unpacked; the library holds every one
PARTS = 20_000
CHUNK = 1 << 20
# What the libraries raise of a file that is not what it says it is: parts that lack what others name, elements in a wrong place, texts for numbers
FAULTS = (*DAMAGED, PythonPptxError, etree.LxmlError, LookupError, AttributeError, TypeError, AssertionError)


def opened(content: bytes) -> Any:
    """The presentation. Raises one of FAULTS for what is none, or unpacks to more than MOST."""
    return Presentation(io.BytesIO(unpacked(content)))


def unpacked(content: bytes) -> bytes:
    """The same archive with its parts unpacked and counted as they came: what an archive says of a part's size is no bound, a library that reads
    it whole unpacks a gigabyte before it cuts it. Raises BadZipFile for what is none, is damaged, or is more than MOST."""
    held = io.BytesIO()
    try:
        with ZipFile(io.BytesIO(content)) as archive, ZipFile(held, "w", ZIP_STORED) as plain:
            parts = {part.filename: part for part in archive.infolist()}  # of two of one name the last is meant
            size = sum(part.file_size for part in parts.values())
            if len(parts) > PARTS or size > MOST:
                raise BadZipFile(f"{len(parts)} parts, {size} bytes unpacked")
            for name, part in parts.items():
                if part.compress_type not in BOUNDED:
                    raise BadZipFile(say("exports.refresh.packed_otherwise", name=name))
                with archive.open(part) as packed, plain.open(name, "w") as part_of:
                    shutil.copyfileobj(packed, part_of, CHUNK)
    except (*DAMAGED, RuntimeError) as error:  # RuntimeError: a password
        raise BadZipFile(str(error)) from None
    return held.getvalue()
