"""What no reader can need any more: old generations, parts none of the kept ones names, what dead builds left."""

import os
import shutil
import time
from collections.abc import Collection
from pathlib import Path

import duckdb

from data.store import locks
from data.store.names import GENERATION, KEPT, PARTS, POINTER, SALT, current_name

DAY = 86_400  # seconds


def sweep(store: Path, new: Path | None = None, parts: Collection[str] = ()) -> None:
    """Remove it; `parts` are those of the generation `new`, which is not asked again. Only where the store is held (`locks.alone`):
    nothing is begun or published meanwhile."""
    current = current_name(store)
    for path in generations(store)[:-KEPT]:
        if path.name != current:
            path.unlink(missing_ok=True)
    for folder in store.glob("building-*"):
        if dead(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for file in (*store.glob(f"{POINTER}.*"), *store.glob(f"{SALT}.*")):
        file.unlink(missing_ok=True)  # both are written where the store is held, so who began this one is gone
    _sweep_parts(store, new, parts)


def generations(store: Path) -> list[Path]:
    """The files of the generations on the disk, oldest first."""
    return sorted((path for path in store.iterdir() if GENERATION.match(path.name)), key=lambda path: path.name)


def dead(folder: Path) -> bool:
    """Whether the build that works in a folder has ended. One without a lock was ended before it could take one, and is empty;
    or an older version made it, which has none: it counts as dead when nothing was written there for a day."""
    if (folder / locks.FILE).exists():
        return locks.free(folder / locks.FILE)
    try:
        return not os.listdir(folder) or time.time() - folder.stat().st_mtime > DAY
    except OSError:
        return False


def _sweep_parts(store: Path, new: Path | None, parts: Collection[str]) -> None:
    named = set(parts)
    for path in generations(store):
        if path == new:
            continue
        try:
            with duckdb.connect(str(path), read_only=True) as con:
                named |= {part for (part,) in con.execute("select part from parts").fetchall()}
        except duckdb.Error:
            return  # what cannot be asked may need any of them; it goes with its age
    for path in (store / PARTS).glob("*.parquet"):
        if path.name not in named:
            path.unlink(missing_ok=True)
