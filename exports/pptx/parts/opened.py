"""A deck somebody brings, opened: what would fill the memory once it is unpacked is refused before a byte of it is."""

from __future__ import annotations

import io
from typing import Any
from zipfile import BadZipFile, ZipFile

from pptx import Presentation

MOST = 512 * 1024 * 1024  # bytes of all parts unpacked; the library holds every one
PARTS = 20_000


def opened(content: bytes) -> Any:
    """The presentation. Raises BadZipFile for what is none or unpacks to more than MOST, else what the library raises."""
    with ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if len(parts) > PARTS or size > MOST:
        raise BadZipFile(f"{len(parts)} parts, {size} bytes unpacked")
    return Presentation(io.BytesIO(content))
