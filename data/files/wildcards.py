"""The files a path with * and ** stands for, found with bounded effort: no loop, no endless tree, no other order than by name."""

import os
import re
import time
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

MOST_ENTRIES = 500_000  # entries of folders looked at
MOST_SECONDS = 4.0  # and the time that may take
WILD = re.compile(r"[*?\[]")


class TooMany(ValueError):
    """The path stands for more than may be looked through."""


def find(root: Path, path: str, most: int) -> list[Path]:
    """The regular files that `path`, from `root`, stands for, sorted. One that exists under the very name is taken first.

    Raises TooMany. Links to folders are followed where the path names them, never by **.
    """
    whole = Path(root, path)
    if not WILD.search(path) or os.path.lexists(whole):
        return [whole]
    steps = Path(path).parts
    start = Path(steps[0]) if Path(path).is_absolute() else root
    budget = _Budget()
    found = []
    for hit in _walk(start, steps[1:] if Path(path).is_absolute() else steps, budget):
        if not hit.is_dir():
            found.append(hit)
        if len(found) > most:
            raise TooMany(f"more than {most:,} files")
    return sorted(set(found))


class _Budget:
    def __init__(self) -> None:
        self.entries, self.end = 0, time.monotonic() + MOST_SECONDS

    def spend(self, entries: int) -> None:
        self.entries += entries
        if self.entries > MOST_ENTRIES or time.monotonic() > self.end:
            raise TooMany(f"folders of more than {self.entries:,} entries to look through")


def _walk(folder: Path, steps: tuple[str, ...], budget: _Budget) -> Iterator[Path]:
    step, rest = steps[0], steps[1:]
    if step == "**":
        for below in _folders(folder, budget):
            yield from _walk(below, rest or ("*",), budget)
    elif not WILD.search(step) or os.path.lexists(folder / step):
        below = folder / step
        if os.path.lexists(below):
            yield from [below] if not rest else _walk(below, rest, budget) if below.is_dir() else ()
    else:
        fits = re.compile(translate(step)).match
        for entry in _entries(folder, budget):
            if fits(entry.name):
                yield from (
                    [folder / entry.name]
                    if not rest
                    else _walk(folder / entry.name, rest, budget)
                    if _is_dir(entry, True)
                    else ()
                )


def _folders(folder: Path, budget: _Budget) -> Iterator[Path]:
    """A folder and all below it, links not followed."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += [here / entry.name for entry in _entries(here, budget) if _is_dir(entry, False)]


def _entries(folder: Path, budget: _Budget) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError:  # not readable, gone meanwhile, a link to itself
        return []
    budget.spend(len(entries) + 1)
    return entries


def _is_dir(entry: os.DirEntry[str], links: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=links)
    except OSError:
        return False
