"""Memory and disk: said in one sentence where they do not suffice. The standard library alone, so that it can be asked before
anything large is imported."""

import errno
import os
import resource
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from data.errors import UserError

LEAST = 5 << 29  # bytes of address space below which not even the libraries load, or end the process without a word
FEWEST = 1 << 30  # bytes a build may hold on the smallest machine
SHARE = 0.5  # of a limit on memory, what the engine may take: the rest is for the libraries and for what Python holds
CGROUP = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
MEMORY = ("out of memory", "bad allocation", "failed to allocate", "cannot allocate memory", "can't start new thread")
DISK = ("no space left on device", "disk quota exceeded", "max_temp_directory_size")


def limit() -> int | None:
    """The bytes this process may have by its limits or its container's; None where nothing but the machine limits it."""
    found = [value for value in resource.getrlimit(resource.RLIMIT_AS)[:1] if value != resource.RLIM_INFINITY]
    for file in CGROUP:
        with suppress(OSError, ValueError):
            found.append(int(file.read_text()))
    smallest = min(found, default=None)
    return smallest if smallest and smallest < 1 << 50 else None


def check() -> None:
    """End the command in one sentence where the address space is too small for the libraries."""
    given = resource.getrlimit(resource.RLIMIT_AS)[0]
    if given != resource.RLIM_INFINITY and given < LEAST:
        print(f"error: {_no_memory()}", file=sys.stderr)
        sys.exit(2)


def for_build(wanted: int | None = None) -> int:
    """The bytes the engine of a build may hold, beyond which it works on the disk: those wanted, else a quarter of the machine and at
    least 1 GB; never more than its share of the process's limit."""
    with suppress(OSError, ValueError, AttributeError):
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        wanted = wanted or max(machine // 4, FEWEST)
    given = limit()
    return min(wanted or FEWEST, int(SHARE * given)) if given else wanted or FEWEST


def bound_build(con: Any, wanted: int | None = None) -> None:
    """Keep the engine of a build within `for_build`."""
    bound(con)
    con.execute(f"set global memory_limit = '{max(for_build(wanted) >> 20, 64)}MiB'")


def bound(con: Any) -> None:
    """Keep the engine of a DuckDB connection within its share of the limit; without a limit its own rule stands (80 % of the machine)."""
    if given := limit():
        con.execute(f"set global memory_limit = '{max(int(SHARE * given) >> 20, 64)}MB'")
        if given < 2 * LEAST:
            con.execute("set global threads = 1")


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """What runs out of memory or disk in here ends in a UserError; `folder` is where it writes."""
    before = _free(folder)
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        found = shortage(error, folder, before)
        if found is None:
            raise
        raise found from None


def shortage(error: BaseException, folder: Path, before: int | None = None) -> UserError | None:
    """The sentence for an error that comes of too little memory or disk; None for any other. `before`: bytes that were free."""
    text = str(error).lower()
    if disk_is_full(error):
        return _no_disk(folder, before)
    if isinstance(error, MemoryError) or isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return _no_memory()
    return _no_memory() if any(mark in text for mark in MEMORY) else None


def disk_is_full(error: BaseException) -> bool:
    """Whether an error comes of a disk without room."""
    number = error.errno if isinstance(error, OSError) else None
    return number in (errno.ENOSPC, errno.EDQUOT) or any(mark in str(error).lower() for mark in DISK)


def _no_memory() -> UserError:
    given = limit()
    return UserError(
        "not enough memory",
        found=f"{_size(given)} for this process, by its limit or its container's"
        if given
        else "all of the machine's in use",
        allowed=f"at least {_size(LEAST if given and given < LEAST else 2 * (given or LEAST))}",
        fix="Give it more, or split the sources into several stores",
    )


def _no_disk(folder: Path, before: int | None) -> UserError:
    written = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0
    free = before if before is not None else _free(folder) or 0
    return UserError(
        "the disk of the store is full",
        found=f"{_size(free)} were free, which is too little",
        allowed=f"at least {_size(max(2 * free, 2 * written, 64 << 20))} free: three states of the data and one in the making lie there",
        fix="Free as much, or name a folder on another disk with --store; nothing of this attempt is left",
    )


def _free(folder: Path) -> int | None:
    for near in (folder, *folder.absolute().parents):
        with suppress(OSError):
            return shutil.disk_usage(near).free
    return None


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GB" if count >= 1 << 30 else f"{count / (1 << 20):.0f} MB"
