"""Whether a build would make what is there already: files are known by their content, not by their date."""

import functools
import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data.errors import UserError
from data.settings.lines import DEFINITIONS
from data.settings.sources import Sources
from data.sqlfile import ROOT
from data.store import erased, version
from data.store.generations import current_name, salt
from data.store.opened import Generation, open_generation
from data.texts.learned.kept import newest
from data.texts.topics.load import beside

OWN = ("THROUGHLINE_WORDS", "THROUGHLINE_METRICS")  # folders of a company's own word lists and metrics


class Digests:
    """The digest of each file, read once in a build."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], str]] = {}

    def of(self, file: Path) -> str:
        """Raises OSError or ValueError for what cannot be read to its end."""
        if file not in self._known:
            seen = _seen(file)  # before it is read: what is written meanwhile shows
            self._known[file] = (seen, _digest(file))
        return self._known[file][1]

    def same(self, file: Path) -> bool:
        """Whether nothing was written to a file since its digest was made."""
        return self._known[file][0] == _seen(file)


def _seen(file: Path) -> tuple[int, ...]:
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def fingerprint(sources: Sources, journey: Path | None, store: Path, digests: Digests | None = None) -> str | None:
    """A digest of all a build depends on: every file's content and name, the settings, who was erased, the store's salt, the code,
    the engine, and the day where that decides what is kept. None where a file cannot be read: then the build says so."""
    digest = hashlib.sha256()
    try:
        for name, content in _everything(sources, journey, store, digests or Digests()):
            digest.update(f"{name}\0{content}\n".encode())
    except (OSError, ValueError, UserError):
        return None
    return digest.hexdigest()


def still_serves(store: Path, wanted: str | None) -> Generation | None:
    """The generation that serves, if it is sound and was made of just this; else None."""
    if wanted is None:
        return None
    try:
        current_name(store)
        generation = open_generation(store)
        found = generation.cursor().execute("select fingerprint, model from made").fetchone()
    except (UserError, OSError, duckdb.Error):
        return None
    same = found == (wanted, version.model()) and not generation.trouble
    if not same or not all(part.is_file() for part in generation.parts("events")):
        generation.connection.close()
        return None
    return generation


def environment() -> Iterator[tuple[str, str]]:
    """What of this program and its surroundings a build depends on: the engine, the code, a company's own words and metrics."""
    yield "engine", duckdb.__version__
    yield from _ours()
    for folder in [Path(os.environ[name]) for name in OWN if os.environ.get(name)]:
        yield from _texts(folder)


def _everything(sources: Sources, journey: Path | None, store: Path, digests: Digests) -> Iterator[tuple[str, str]]:
    today = datetime.now(UTC).date()
    yield "day", str(today if sources.retention.days else today.year)  # dates without a century go by the year
    yield "salt", hashlib.sha256(salt(store).encode()).hexdigest()
    yield from ((f"erased {mark}", "") for mark in sorted(erased.marks(store)))
    for file in (sources.file, journey, beside(sources.file), newest(store)):
        if file is not None:
            yield str(file.resolve()), _digest(file)
    yield from environment()
    for source in sources.sources:
        for file in sources.files(source):
            yield f"{source.name}: {sources.label(file)}", digests.of(file)


@functools.cache
def _ours() -> tuple[tuple[str, str], ...]:
    """The code of this process, which stays as it was when it began."""
    return (*_texts(ROOT / "data"), *_texts(DEFINITIONS))


def _texts(folder: Path) -> list[tuple[str, str]]:
    files = [file for file in sorted(folder.rglob("*")) if file.suffix in (".py", ".sql", ".toml")]
    return [(file.relative_to(folder).as_posix(), _digest(file)) for file in files]


def _digest(file: Path) -> str:
    if not file.is_file():  # a device or a pipe has no end
        raise ValueError(f"{file} is no regular file")
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
