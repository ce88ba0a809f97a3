"""From a path of unknown content to something DuckDB can read: kind, encoding, compression, one clear message else."""

import codecs
import gzip
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from data.errors import FileProblem

SAMPLE = 1 << 20
MIXED = "utf-8 with lines of another"
CHUNK = 1 << 22
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NOT_TEXT = {b"PK\x03\x04": "a ZIP or Excel file", b"%PDF": "a PDF", b"\x89PNG": "a picture",
            b"\xff\xd8\xff": "a picture", b"SQLite format 3": "a SQLite database", b"\xd0\xcf\x11\xe0": "an old Excel file"}


@dataclass
class InputFile:
    """A file made readable: `text` is UTF-8 (the file itself where possible), `kind` is text or parquet."""

    path: Path
    label: str
    text: Path
    kind: str = "text"
    encoding: str = "utf-8"
    notes: list[str] = field(default_factory=list)

    @property
    def stem(self) -> str:
        return self.path.name.split(".")[0]


def prepare(path: Path, label: str, scratch: Path, encoding: str | None = None) -> InputFile:
    """Check that `path` is readable and give it as UTF-8 text or Parquet. Raises FileProblem."""
    _check_readable(path, label)
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"PAR1":
        return InputFile(path, label, path, kind="parquet", encoding="")
    if head[:2] == b"\x1f\x8b":
        path = _unpack(path, label, scratch)
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if encoding and encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8"
        _check_utf8(path, label)
    encoding = encoding or _encoding(sample, path, label)
    result = InputFile(path, label, path, encoding=encoding)
    if encoding == MIXED:
        result.text = _text_in(scratch, path)
        result.notes.append(_mend(path, result.text))
        result.encoding = "utf-8"
    elif encoding != "utf-8":
        result.text = _transcode(path, label, encoding, scratch)
        if encoding != "utf-8-sig":
            result.notes.append(f"read as {encoding}")
    return result


def _check_readable(path: Path, label: str) -> None:
    if not path.exists():
        raise FileProblem("there is no such file", file=label, fix="Check the path in sources.toml")
    if path.is_dir():
        raise FileProblem("this is a folder, not a file", file=label,
                          fix="Name the files in it, for example with *.csv at the end of the path")
    if not path.is_file():
        raise FileProblem("this is not a regular file", file=label, fix="Name a file")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise FileProblem(f"cannot be opened: {error.strerror}", file=label, fix="Check its permissions") from None
    if empty:
        raise FileProblem("the file is empty (0 bytes)", file=label, fix="Export it again")


def _unpack(path: Path, label: str, scratch: Path) -> Path:
    target = scratch / f"unpacked-{abs(hash(label))}-{path.stem}"
    try:
        with gzip.open(path, "rb") as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, CHUNK)
    except (OSError, EOFError, zlib.error) as error:
        raise FileProblem(f"the gzip file is damaged: {error}", file=label, fix="Export it again") from None
    if not target.stat().st_size:
        raise FileProblem("the file is empty once unpacked", file=label, fix="Export it again")
    return target


def _encoding(sample: bytes, path: Path, label: str) -> str:
    for bom, name in BOMS:
        if sample.startswith(bom):
            return name
    for magic, what in NOT_TEXT.items():
        if sample.startswith(magic):
            raise FileProblem(f"this is {what}, not text", file=label, fix="Export it as CSV, JSON or Parquet")
    if b"\0" in sample:
        for parity, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            # Latin text in UTF-16 without a byte order mark: every second byte is 0, and no other
            if sample[parity::2].count(0) > len(sample) * 0.3 and not sample[1 - parity::2].count(0):
                return name
        raise FileProblem("this is binary data, not text", file=label, found=f"byte 0 at position {sample.index(0)}",
                          allowed="CSV, TSV, JSON, NDJSON, Parquet", fix="Export it in one of these formats")
    if _is_utf8(path):
        return "utf-8"
    return MIXED if _mostly_utf8(path) else _single_byte(path, label)


def _lines(path: Path) -> Iterator[tuple[int, bytes, int | None]]:
    """(number, line, place of its first byte that is no UTF-8, or None) of a file, from 1."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                yield number, line, error.start
            else:
                yield number, line, None


def _mostly_utf8(path: Path) -> bool:
    """Whether more of the lines with foreign letters are UTF-8 than not: a UTF-8 file into which another one was pasted."""
    faults = [fault for _, line, fault in _lines(path) if not line.isascii()]
    return faults.count(None) > len(faults) / 2


def _mend(path: Path, target: Path) -> str:
    """Line by line as UTF-8, else as Windows-1252; says which lines were not UTF-8."""
    bad = []
    with target.open("wb") as out:
        for number, line, fault in _lines(path):
            if fault is not None:
                bad.append(number)
                line = line.decode("cp1252", errors="replace").encode("utf-8")
            out.write(line)
    return f"UTF-8, but {len(bad):,} lines read as cp1252, the first of them line {bad[0]:,}"


def _check_utf8(path: Path, label: str) -> None:
    """Refuse a file that was said to be UTF-8 and is not, with the line."""
    for number, line, fault in _lines(path):
        if fault is not None:
            raise FileProblem("not valid utf-8", file=label, where=f"line {number:,}", found=f"byte {line[fault]:#04x}",
                              fix='Leave encoding out of sources.toml, or name the right one, for example encoding = "cp1252"')


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _single_byte(path: Path, label: str) -> str:
    """Windows-1252 or Mac Roman, by the evidence of the lines that hold the foreign bytes."""
    lines = []
    with path.open("rb") as file:
        for line in file:
            if re.search(rb"[\x80-\xff]", line):
                lines.append(line[:4096])
            if len(lines) >= 2000:
                break
    text = b"".join(lines)
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1f]", text))
    if controls > len(text) * 0.01:
        raise FileProblem("this is binary data, not text", file=label,
                          allowed="CSV, TSV, JSON, NDJSON, Parquet", fix="Export it in one of these formats")
    return "mac_roman" if _letters(text, "mac_roman") > _letters(text, "cp1252") else "cp1252"


def _letters(sample: bytes, encoding: str) -> int:
    """How many foreign bytes read as what people write: letters inside words, quotes and dashes, the euro."""
    text = sample.decode(encoding, errors="replace")
    inside = len(re.findall(r"(?<=[a-zA-Z])[à-öø-ÿœß](?=[a-zA-Z\s,.;:!?'\"-]|$)|\b[À-ÖØ-ÞŒà-öø-ÿ](?=[a-z])", text))
    signs = len(re.findall(r"[‘’“”„–—…€]", text))
    strange = len(re.findall(r"[�ŽžŠšŸˆ˜†‡‰‹›ƒ¤¦¨¯´¸¹²³¼½¾∂∑∏π∫Ω√≈∆◊\uf8ffˇ˘˙˚˝˛]", text))
    return 2 * inside + signs - 3 * strange


def _text_in(scratch: Path, path: Path) -> Path:
    return scratch / f"utf8-{abs(hash(str(path)))}-{path.name}"


def _transcode(path: Path, label: str, encoding: str, scratch: Path) -> Path:
    target = _text_in(scratch, path)
    try:
        with path.open("r", encoding=encoding, newline="") as source, \
                target.open("w", encoding="utf-8", newline="") as out:
            shutil.copyfileobj(source, out, CHUNK)
    except LookupError:
        raise FileProblem(f"unknown encoding {encoding!r}", file=label, allowed="utf-8, utf-16, cp1252, mac_roman, …",
                          fix="Mend encoding in sources.toml") from None
    except (UnicodeError, OSError) as error:
        raise FileProblem(f"not valid {encoding}: {error}", file=label, fix="State encoding in sources.toml") from None
    return target
