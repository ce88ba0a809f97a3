"""From a path of unknown content to something DuckDB can read: kind, encoding, compression, one clear message else."""

import codecs
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.errors import FileProblem
from data.files.archives import is_workbook, unpack_gzip
from data.files.limits import Limits
from data.files.logs import refuse_log
from data.files.sheets import OLE, to_csv

SAMPLE = 1 << 20
MIXED = "utf-8 with lines of another"
CHUNK = 1 << 22
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NOT_TEXT = {
    b"PK\x03\x04": "a ZIP archive",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a SQLite database",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}
# what old tools give as .xls: a page of HTML, or the XML of a spreadsheet
PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|meta|style|\?xml)\b", re.I)


@dataclass(frozen=True)
class Shape:
    """How a file is laid out, where its [[source]] says so; None is found by itself. `wanted`: the columns it maps."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    skip_rows: int | None = None
    comment: str | None = None
    header_rows: int | None = None
    decimal: str = "."
    wanted: tuple[str, ...] = ()


@dataclass
class InputFile:
    """A file made readable: `text` is UTF-8 (the file itself where possible), `kind` is text or parquet."""

    path: Path
    label: str
    text: Path
    kind: str = "text"
    encoding: str = "utf-8"
    notes: list[str] = field(default_factory=list)
    shape: Shape = Shape()
    limits: Limits = Limits()
    delimiter: str | None = None  # of a text we wrote ourselves, from a workbook: never guessed, nor stated otherwise
    scratch: Path = field(kw_only=True)  # where a tidied copy may lie
    layouts: dict[Any, Any] = field(default_factory=dict)  # data.layout keeps here what it found

    @property
    def stem(self) -> str:
        return self.path.name.split(".")[0]

    @property
    def engine_name(self) -> str:
        """The name of `text` as the engine takes it."""
        return engine_name(self.text)


def engine_name(path: Path) -> str:
    """A file's name so that the engine takes it for itself: in its own names, * ? and [ begin patterns."""
    return re.sub(r"([*?\[])", r"[\1]", str(path.absolute()))


def prepare(path: Path, label: str, scratch: Path, shape: Shape = Shape(), limits: Limits = Limits()) -> InputFile:
    """Check that `path` is readable and give it as UTF-8 text or Parquet. Raises FileProblem."""
    _check_readable(path, label)
    head = _head(path)
    if head[:2] == b"\x1f\x8b":
        path = unpack_gzip(path, label, scratch, limits)
        head = _head(path)
    if head[:4] == b"PAR1" and _is_parquet(path, label):
        return InputFile(path, label, path, kind="parquet", encoding="", limits=limits, scratch=scratch)
    result = InputFile(path, label, path, shape=shape, limits=limits, scratch=scratch)
    if head[:8] == OLE or head[:4] == b"PK\x03\x04" and is_workbook(path):
        result.text, result.delimiter = _text_in(scratch, path), ","
        result.notes = to_csv(
            path, label, result.text, limits, sheet=shape.sheet, wanted=shape.wanted, decimal=shape.decimal
        )
        return result
    refuse_log(path, label)
    _make_utf8(result, shape.encoding)
    return result


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _is_parquet(path: Path, label: str) -> bool:
    """Whether it also ends as Parquet does; text may begin with the same letters, and a torn file has only them."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        file.seek(max(os.path.getsize(path) - 4, 0))
        if file.read() == b"PAR1":
            return True
    if b"\0" in sample or not re.search(rb"[\r\n]", sample):
        raise FileProblem("not a readable Parquet file: its end is missing", file=label, fix="Export it again")
    return False


def _make_utf8(result: InputFile, encoding: str | None) -> None:
    """Give `result` its text as UTF-8, and say in its notes how it was read."""
    path, label = result.path, result.label
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if _few_zeros(sample):
        path, sample = _without_zeros(result), sample.replace(b"\0", b"")
    if encoding and encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8"
        _check_utf8(path, label)
    encoding = result.encoding = encoding or _encoding(sample, path, label)
    if encoding == MIXED:
        result.text = _text_in(result.scratch, path)
        result.notes.append(_mend(path, result.text))
        result.encoding = "utf-8"
    elif encoding != "utf-8":
        result.text = _transcode(path, label, encoding, result.scratch)
        if encoding != "utf-8-sig":
            result.notes.append(f"read as {encoding}")


def _few_zeros(sample: bytes) -> bool:
    """Whether single zero bytes are strewn in what is text else: some databases write them. A run of them is a hole, many are no text."""
    zeros = sample.count(0)
    return (
        0 < zeros <= max(1, len(sample) // 1000)
        and b"\0\0" not in sample
        and len(sample) > 40
        and not sample.startswith(tuple(bom for bom, _ in BOMS[1:]))
    )


def _without_zeros(result: InputFile) -> Path:
    """A copy without the zero bytes, which is said."""
    target, gone = result.scratch / f"zeros-{_text_in(result.scratch, result.path).name}", 0
    with result.path.open("rb") as given, target.open("wb") as out:
        while chunk := given.read(CHUNK):
            gone += chunk.count(0)
            out.write(chunk.replace(b"\0", b""))
    result.text = target
    result.notes.append(f"{gone} zero byte{'s' if gone > 1 else ''} left out")
    return target


def _check_readable(path: Path, label: str) -> None:
    try:
        _check_is_file(path, label)
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise FileProblem(
            f"cannot be opened: {error.strerror}", file=label, fix="Check its permissions and its name"
        ) from None
    if empty:
        raise FileProblem("the file is empty (0 bytes)", file=label, fix="Export it again")


def _check_is_file(path: Path, label: str) -> None:
    """What is no file is never opened: a pipe or a device would be waited for without end."""
    if not path.exists():
        link = path.is_symlink()
        raise FileProblem(
            "this is a link that leads to no file" if link else "there is no such file",
            file=label,
            fix="Mend the link" if link else "Check the path in sources.toml",
        )
    if path.is_dir():
        raise FileProblem(
            "this is a folder, not a file",
            file=label,
            fix="Name the files in it, for example with *.csv at the end of the path",
        )
    if not path.is_file():
        raise FileProblem(
            "this is not a regular file", file=label, found="a pipe, a socket or a device", fix="Name a file"
        )


def _encoding(sample: bytes, path: Path, label: str) -> str:
    for bom, name in BOMS:
        if sample.startswith(bom):
            # a mark promises UTF-8, and one line pasted from elsewhere does not unmake it
            return MIXED if name == "utf-8-sig" and not _is_utf8(path) and _mostly_utf8(path) else name
    for magic, what in NOT_TEXT.items():
        if sample.startswith(magic):
            fix = (
                "Name what is in it, for example archive.zip/*.csv"
                if what == "a ZIP archive"
                else "Export it as CSV, JSON, Parquet or a workbook"
            )
            raise FileProblem(f"this is {what}, not text", file=label, fix=fix)
    if PAGE.match(sample):
        raise FileProblem(
            "this is a web page or an XML file, whatever its name says",
            file=label,
            found=sample.lstrip()[:20].decode("ascii", "replace"),
            allowed="CSV, TSV, JSON, NDJSON, Parquet, a workbook",
            fix="Open it in a spreadsheet and save it as .xlsx or CSV",
        )
    if b"\0" in sample:
        for parity, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            # Latin text in UTF-16 without a byte order mark: every second byte is 0, and no other
            if sample[parity::2].count(0) > len(sample) * 0.3 and not sample[1 - parity :: 2].count(0):
                return name
        raise FileProblem(
            "this is binary data, not text",
            file=label,
            found=f"byte 0 at position {sample.index(0)}",
            allowed="CSV, TSV, JSON, NDJSON, Parquet",
            fix="Export it in one of these formats",
        )
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
            raise FileProblem(
                "not valid utf-8",
                file=label,
                where=f"line {number:,}",
                found=f"byte {line[fault]:#04x}",
                fix='Leave encoding out of sources.toml, or name the right one, for example encoding = "cp1252"',
            )


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
        raise FileProblem(
            "this is binary data, not text",
            file=label,
            allowed="CSV, TSV, JSON, NDJSON, Parquet",
            fix="Export it in one of these formats",
        )
    return "mac_roman" if _letters(text, "mac_roman") > _letters(text, "cp1252") else "cp1252"


def _letters(sample: bytes, encoding: str) -> int:
    """How many foreign bytes read as what people write: letters inside words, quotes and dashes, the euro."""
    text = sample.decode(encoding, errors="replace")
    inside = len(re.findall(r"(?<=[a-zA-Z])[à-öø-ÿœß](?=[a-zA-Z\s,.;:!?'\"-]|$)|\b[À-ÖØ-ÞŒà-öø-ÿ](?=[a-z])", text))
    signs = len(re.findall(r"[‘’“”„–—…€]", text))
    strange = len(re.findall(r"[�ŽžŠšŸˆ˜†‡‰‹›ƒ¤¦¨¯´¸¹²³¼½¾∂∑∏π∫Ω√≈∆◊\uf8ffˇ˘˙˚˝˛]", text))
    return 2 * inside + signs - 3 * strange


def _text_in(scratch: Path, path: Path) -> Path:
    return scratch / f"utf8-{abs(hash(str(path)))}-{path.name[-80:]}"


def _transcode(path: Path, label: str, encoding: str, scratch: Path) -> Path:
    target = _text_in(scratch, path)
    try:
        with (
            path.open("r", encoding=encoding, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as out,
        ):
            shutil.copyfileobj(source, out, CHUNK)
    except LookupError:
        raise FileProblem(
            f"unknown encoding {encoding!r}",
            file=label,
            allowed="utf-8, utf-16, cp1252, mac_roman, …",
            fix="Mend encoding in sources.toml",
        ) from None
    except (UnicodeError, OSError) as error:
        raise FileProblem(f"not valid {encoding}: {error}", file=label, fix="State encoding in sources.toml") from None
    return target
