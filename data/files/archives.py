"""Compressed files: what they hold as plain files, within the limits; each member of a ZIP archive is a file of its own."""

import gzip
import hashlib
import os
import time
import zipfile
import zlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import IO, cast

from data.errors import FileProblem, in_words
from data.files.limits import Limits

CHUNK = 1 << 20
TRIED = 256 << 20
MOST_MEMBERS = 10_000
IGNORED = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
BOUNDED = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
)  # the others unpack all of a piece at once: a few kilobytes can be gigabytes
DAMAGED = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, ValueError)
GUARD = "If the file is what it should be, raise the limit in sources.toml"


@dataclass(frozen=True)
class Input:
    """A file to read, how people name it, and why it cannot be read where that is known already."""

    path: Path
    label: str
    problem: str | None = None


def is_zip(path: Path) -> bool:
    """A ZIP archive that is no spreadsheet (which is one inside)."""
    if not path.is_file() or not _starts(path, b"PK\x03\x04", b"PK\x05\x06"):
        return False
    return not is_workbook(path)


def is_workbook(path: Path) -> bool:
    """A ZIP file with the parts of an Excel or OpenDocument workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:MOST_MEMBERS])
    except DAMAGED:
        return False
    return (
        "[Content_Types].xml" in names
        and any(name.startswith("xl/") for name in names)
        or {"content.xml", "mimetype"} <= names
    )


def _starts(path: Path, *magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in magic
    except OSError:
        return False


def members(path: Path, label: str, scratch: Path, limits: Limits, pattern: str = "**") -> list[Input]:
    """The members of an archive that fit `pattern`, unpacked into `scratch`. What cannot be is given with its problem."""
    try:
        with zipfile.ZipFile(path) as archive:
            named = [info for info in archive.infolist() if info.filename]  # a damaged entry may have no name
            infos = [info for info in named if not info.is_dir() and _wanted(info.filename, pattern)]
            if len(infos) > MOST_MEMBERS:
                return [
                    _refused(
                        path, label, f"the archive holds more than {MOST_MEMBERS:,} files", "Read them from a folder"
                    )
                ]
            if not infos:
                return [
                    _refused(
                        path,
                        label,
                        "nothing in the archive fits the path",
                        "Mend path in sources.toml",
                        found=", ".join(archive.namelist()[:8]) or "an empty archive",
                    )
                ]
            return _unpacked(archive, infos, path, label, scratch, limits)
    except DAMAGED as error:
        return [_refused(path, label, f"the ZIP archive is damaged: {in_words(error, path)}", "Export it again")]


def _wanted(name: str, pattern: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not any(part in IGNORED or part.startswith("._") for part in parts) and _fits(
        parts, PurePosixPath(pattern).parts
    )


def _fits(parts: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    """A member's path against a pattern, step by step; ** stands for any folders, and last for everything."""
    if not steps or steps == ("**",):
        return bool(steps) or not parts
    if steps[0] == "**":
        return any(_fits(parts[start:], steps[1:]) for start in range(len(parts)))
    return bool(parts) and (parts[0] == steps[0] or fnmatchcase(parts[0], steps[0])) and _fits(parts[1:], steps[1:])


def _unpacked(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], path: Path, label: str, scratch: Path, limits: Limits
) -> list[Input]:
    found, total, taken = [], 0, set()
    for info in sorted(
        {info.filename: info for info in infos}.values(), key=lambda info: info.filename
    ):  # of two of one name the last is meant
        name = f"{label}/{info.filename}"
        try:
            target = _place(scratch, str(PurePosixPath(name).parent), PurePosixPath(name).name)
            if target in taken:
                target = _place(scratch, name, PurePosixPath(name).name)
            taken.add(target)
            if info.compress_type not in BOUNDED:
                raise FileProblem(
                    "it is packed in a way that is not read",
                    file=name,
                    allowed="stored or deflated, as programs do by default",
                    fix="Pack it anew, or unpack it",
                )
            if info.flag_bits & 1:
                raise FileProblem(
                    "it is protected with a password", file=name, fix="Unpack it, or export it without one"
                )
            _check_told(info.compress_size, info.file_size, name, limits)
            with archive.open(info) as packed:
                total += _copy(packed, target, name, info.compress_size, limits, total)
            stamp = time.mktime((*info.date_time, 0, 0, -1))
            os.utime(target, (stamp, stamp))
        except FileProblem as problem:
            found.append(Input(path, name, str(problem)))
        except (*DAMAGED, RuntimeError, OverflowError) as error:
            if (
                target.exists()
                and isinstance(error, (ValueError, OverflowError))
                and not isinstance(error, zipfile.BadZipFile)
            ):
                found.append(Input(target, name))  # only its date is beyond the calendar
            else:
                found.append(
                    _refused(path, name, f"it is damaged in the archive: {in_words(error, path)}", "Export it again")
                )
        else:
            found.append(Input(target, name))
    return found


def unpack_gzip(path: Path, label: str, scratch: Path, limits: Limits) -> Path:
    """The content of a gzip file. Raises FileProblem where it is damaged, empty or larger than allowed."""
    target = _place(scratch, label, PurePosixPath(label).name.removesuffix(".gz"))
    try:
        if limits.too_large(path.stat().st_size, _told(path)):
            _try(path)
            _check_told(path.stat().st_size, _told(path), label, limits)
        with gzip.open(path, "rb") as packed:
            size = _copy(cast(IO[bytes], packed), target, label, path.stat().st_size, limits)
    except DAMAGED as error:
        target.unlink(missing_ok=True)
        raise FileProblem(
            f"the gzip file is damaged: {in_words(error, path)}", file=label, fix="Export it again"
        ) from None
    if not size:
        raise FileProblem("the file is empty once unpacked", file=label, fix="Export it again")
    return target


def _told(path: Path) -> int:
    """The size a gzip file says it unpacks to, in its last four bytes."""
    with path.open("rb") as file:
        file.seek(max(os.path.getsize(path) - 4, 0))
        return int.from_bytes(file.read(4), "little")


def _try(path: Path) -> None:
    """Read a part without keeping it: a torn file ends in bytes that say any size, and is to be called torn."""
    with gzip.open(path, "rb") as packed:
        for _ in range(TRIED // CHUNK):
            if not packed.read(CHUNK):
                return


def _check_told(packed: int, told: int, label: str, limits: Limits) -> None:
    """Refuse at once what says itself that it is too large. What says less is counted while it is unpacked."""
    if broken := limits.too_large(max(packed, 1), told):
        raise FileProblem(
            "it grows too large when it is unpacked",
            file=label,
            found=f"{packed:,} bytes that become {broken}",
            fix=GUARD,
        )


def _copy(packed: IO[bytes], target: Path, label: str, size: int, limits: Limits, before: int = 0) -> int:
    """Bytes written, counted as they come: what an archive says of itself is no bound."""
    written = 0
    with target.open("wb") as plain:
        while chunk := packed.read(CHUNK):
            written += len(chunk)
            broken = limits.too_large(max(size, 1), written) or limits.too_large(1 << 62, before + written)
            if broken:
                plain.close()
                target.unlink()
                raise FileProblem(
                    "it grows too large when it is unpacked",
                    file=label,
                    found=f"{size:,} bytes that become {broken}",
                    fix=GUARD,
                )
            plain.write(chunk)
    return written


def _place(scratch: Path, folder: str, name: str) -> Path:
    """A path in the scratch folder under the file's own name, which some readers go by; files of one folder lie in one folder."""
    own = scratch / f"unpacked-{hashlib.sha1(folder.encode('utf-8', 'replace')).hexdigest()[:12]}"
    own.mkdir(exist_ok=True)
    return own / (name[-60:].lstrip(".") or "file")


def _refused(path: Path, label: str, problem: str, fix: str, found: str | None = None) -> Input:
    return Input(path, label, str(FileProblem(problem, file=label, found=found, fix=fix)))
