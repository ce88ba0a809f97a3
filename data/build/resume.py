"""A build that was killed is gone on with by the next of just the same: every step it had finished stays done. What does not serve is left out:
another machine's uptime (what the disk had not yet got is lost with it), other files, settings or code."""

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import duckdb

from data.build.costs import COLUMNS, SETTLING, Costs, Step
from data.store import locks
from data.store.sweep import dead

WORK = "work.duckdb"  # in the build's folder
SIGN = "made_of"  # beside it: what the build is made of, and since when the machine is up
LOST = 0.5  # seconds
BOOT = Path("/proc/sys/kernel/random/boot_id")


def open_work(store: Path, scratch: Path, made_of: str | None, take_over: bool) -> duckdb.DuckDBPyConnection:
    """The database a build works in: that of a killed build of just this which had read everything, where there is one and `take_over`;
    else an empty one. A database of its own on the disk: what does not fit into memory is there compressed, and nothing outlives
    the build; so nothing waits for the disk before publish() makes the finished file sure."""
    sign = _sign(made_of)
    con = _taken_over(scratch) if sign and take_over and _moved(store, scratch, sign) else None
    if con is None:
        for file in scratch.glob(f"{WORK}*"):
            file.unlink()
        con = _connect(scratch)
    if sign:
        (scratch / SIGN).write_text(sign)
    return con


def _taken_over(scratch: Path) -> duckdb.DuckDBPyConnection | None:
    """The work that was moved here, if it can be opened and had read everything."""
    try:
        con = _connect(scratch)
    except duckdb.Error:
        return None
    with suppress(duckdb.Error):
        if con.execute("select 1 from done where step = $step", {"step": SETTLING}).fetchone():
            return con
    con.close()
    return None


def _connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(scratch / WORK), config={"fsync_mode": "NONE"})
    con.execute("pragma disable_checkpoint_on_shutdown")  # it is deleted then; what goes on after a kill reads the log
    return con


def _sign(made_of: str | None) -> str | None:
    """None where nothing tells what a build is made of, or whether the machine was started anew since."""
    try:
        return made_of and f"{made_of} {BOOT.read_text().strip()}"
    except OSError:
        return None


def _moved(store: Path, scratch: Path, sign: str) -> bool:
    """Whether a dead build's work of this sign now lies in `scratch`; its folder is gone then."""
    with locks.alone(store):
        for folder in sorted(store.glob("building-*"), reverse=True):
            try:
                if folder == scratch or not dead(folder) or (folder / SIGN).read_text() != sign:
                    continue
                (folder / SIGN).unlink()  # first: half of what is moved here is nobody's to go on with
                for file in folder.glob(f"{WORK}*"):  # with what was written, and is not yet in it
                    file.rename(scratch / file.name)
            except OSError:
                continue
            shutil.rmtree(folder, ignore_errors=True)
            return (scratch / WORK).exists()
    return False


class Steps:
    """Does each step of a build whole or not at all, and once, however often the build is killed; with what it cost. Steps that follow each
    other fast are made sure together: a build that is killed loses at most the step it was in and less than LOST seconds before it."""

    def __init__(self, con: duckdb.DuckDBPyConnection, costs: Costs) -> None:
        self._con, self._costs = con, costs
        con.execute(f"create table if not exists done ({COLUMNS})")
        rows = con.execute("select * from done order by place").fetchall()
        costs.took_over(rows)
        self._done = {row[1] for row in rows}
        self._unsure: list[Step] = []  # what is done in the open transaction
        self._since: float | None = None  # when the open transaction began

    def __contains__(self, step: str) -> bool:
        return step in self._done

    def __call__(self, step: str, work: Callable[[], object]) -> None:
        """Do a step that was not done yet. It must not begin or end a transaction, and reads only by the build's own connection."""
        if step in self._done:
            return
        self._costs(step)
        if self._since is None:
            self._con.execute("begin")
            self._since = time.monotonic()
        try:
            work()
            self._costs.end()
            self._unsure += self._costs.steps[-1:]
            if time.monotonic() - self._since >= LOST:
                self.make_sure()
        except BaseException:
            self._since, self._unsure = None, []
            with suppress(duckdb.Error):
                self._con.execute("rollback")
            raise

    def make_sure(self) -> None:
        """Everything so far is done: another connection sees it, and a killed build does not do it again."""
        if self._unsure:
            marks = "(" + ", ".join("?" * len(self._unsure[0])) + ")"
            text = f"insert into done values {', '.join([marks] * len(self._unsure))}"
            self._con.execute(text, [value for step in self._unsure for value in step])
        if self._since is not None:
            self._con.execute("commit")
        self._since, self._unsure = None, []

    def all_read(self) -> None:
        """Everything so far was done, in transactions of its own."""
        self._costs.end()
        self._unsure = list(self._costs.steps)
        self.make_sure()
