"""Locks on files of a store. The system lets a lock go when its process ends, however it ends, and whatever number the process
has: two containers on one volume see each other's, where a process's number means nothing to the other."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import UserError

FILE = "lock"  # in the store: held while something is published, swept or begun; in a build's folder: as long as the build lives
PATIENCE = 120.0  # seconds


def hold(file: Path) -> int:
    """Take the lock of a file nobody else holds; the descriptor holds it until it is closed. On a file system without locks
    the file is there and nothing is held: `free` then calls nobody dead."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pass
    return descriptor


def free(file: Path) -> bool:
    """Whether nobody alive holds the lock of this file. False where that cannot be told, or there is no such file."""
    try:
        descriptor = os.open(file, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)


@contextmanager
def alone(store: Path, patience: float = PATIENCE) -> Iterator[None]:
    """One at a time in a store, over processes and containers: what it holds is moved, named or swept in here only. Seconds at
    most are waited for another, then UserError; a file system without locks holds nobody off."""
    descriptor = os.open(store / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() > end:
                raise UserError(
                    f"another process has held this store for {patience:.0f} s",
                    file=store,
                    fix="Look for a build that hangs, end it, and build again",
                )
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # no locks here
        return True
    return True
