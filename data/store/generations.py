"""Generations: a store is published whole, by a pointer; readers see the old one or the new one, never a mix."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import UserError
from data.store import locks
from data.store.names import PARTS, POINTER, SALT, current_name
from data.store.opened import Generation, Store, asking, open_generation
from data.store.sweep import sweep

__all__ = ["Generation", "PARTS", "Store", "asking", "current_name", "open_generation"]


def salt(store: Path) -> str:
    """The store's secret for hashing e-mails and phones: made once, readable by the owner only."""
    if value := os.environ.get("THROUGHLINE_SALT"):
        return value
    file = store / SALT
    if not file.exists():
        with locks.alone(store):
            if not file.exists():  # another build was faster: its salt is the store's
                _write_whole(file, secrets.token_hex(32))
    return file.read_text()


def _write_whole(file: Path, text: str) -> None:
    """Written whole or not at all, however the process ends; readable by the owner only."""
    written = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    written.replace(file)


@contextmanager
def building(store: Path) -> Iterator[Path]:
    """A folder for one build to work in, which no reader looks at and no other build sweeps while this one lives; gone at the end."""
    folder = store / f"building-{time.time_ns()}-{secrets.token_hex(4)}"
    lock = None
    try:
        store.mkdir(parents=True, exist_ok=True)
        with locks.alone(store):
            folder.mkdir(mode=0o700)  # what is read lies here before names in it are masked
            lock = locks.hold(folder / locks.FILE)
    except (NotADirectoryError, FileExistsError):
        raise UserError("this is not a folder", file=store, fix="Name a folder with --store") from None
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(
            f"cannot be written to: {error.strerror}", file=store, fix="Name another folder with --store"
        ) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def publish(store: Path, built: Path) -> str:
    """Make a closed, checkpointed file the current generation, with the new parts that lie beside it in the folder `parts`.
    Atomic: parts, then the file, then the pointer."""
    _sync(built)
    new_parts = sorted((built.parent / PARTS).glob("*.parquet"))
    for part in new_parts:
        _sync(part)
    with locks.alone(store):
        (store / PARTS).mkdir(exist_ok=True)
        for part in new_parts:
            part.replace(store / PARTS / part.name)  # named by its content: what is there is the same, or damaged
        _sync(store / PARTS)
        name = f"gen-{time.time_ns()}.duckdb"
        built.rename(store / name)
        _sync(store)
        point_to(store, name)
        sweep(store, store / name, [part.name for part in new_parts])
    return name


def point_to(store: Path, name: str) -> None:
    """Make a generation that lies in the store the one that serves. Only where the store is held (`locks.alone`)."""
    if (store / POINTER).is_dir():
        shutil.rmtree(store / POINTER)
    _write_whole(store / POINTER, name)
    _sync(store)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
