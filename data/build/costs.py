"""What a build costs, step by step, and how long it still takes by what the last one took."""

import resource
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from data.errors import UserError
from data.files.relation import insert_rows
from data.store.names import current_name

MB = 1 << 20
LOOK = 0.05  # seconds between two looks at the memory held
COLUMNS = "place INTEGER, step VARCHAR, rows BIGINT, cpu_seconds DOUBLE, seconds DOUBLE, peak_mb DOUBLE"
READING, TAKING = "reading ", "taking what was read of "  # how steps begin that put files into the tables
SETTLING = "settling what several files say"  # the step that ends the reading
SOON = 3.0  # seconds that are not worth a word
Step = tuple[int, str, int | None, float, float, float]  # a row of COLUMNS


class Costs:
    """Stands between a build and its progress: each message ends the step before it. `past` are the seconds of the last build's steps;
    a step that is new to it is taken to cost nothing."""

    def __init__(self, progress: Callable[[str], None], past: dict[str, float]) -> None:
        self._progress, self._past, self._left = progress, past, sum(past.values())
        self._step: str | None = "settings"
        self._peak = 0.0
        self._rows: int | None = None
        self._began = _now()
        self._ended = threading.Event()
        self.steps: list[Step] = []
        self._watch = threading.Thread(target=self._look, daemon=True, name="memory of the build")
        self._watch.start()

    def __call__(self, step: str) -> None:
        """A step begins: it is told, with the time left where the last build tells it."""
        self.end()
        self._step, self._began = step, _now()
        left = f" (about {_words(self._left)} left)" if self._left > SOON else ""
        self._progress(step + left)
        spared = self._past.get(READING + step.removeprefix(TAKING), 0.0) if step.startswith(TAKING) else 0.0
        self._left = max(self._left - self._past.get(step, 0.0) - spared, 0.0)

    def counted(self, rows: int) -> None:
        """How many rows the running step made."""
        self._rows = rows

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """The steps so far as the table `costs`."""
        self.end()
        con.execute(f"create or replace table costs ({COLUMNS})")
        insert_rows(con, "costs", self.steps)

    def stop(self) -> None:
        self._ended.set()
        self._watch.join()

    def took_over(self, rows: list[Step]) -> None:
        """These steps were done by a build that was killed: they are no longer waited for, and what they cost is told with the others."""
        if rows:
            self._step, self.steps = None, list(rows)
            self._left = max(self._left - sum(self._past.get(row[1], 0.0) for row in rows), 0.0)

    def end(self) -> None:
        """The running step, if any, is done: it is the last of `steps`."""
        if self._step is None:
            return
        now = _now()
        peak, self._peak = max(self._peak, _held()), 0.0
        cpu, seconds = (after - before for after, before in zip(now, self._began))
        self.steps.append((len(self.steps), self._step, self._rows, round(cpu, 3), round(seconds, 3), round(peak, 1)))
        self._began, self._rows, self._step = now, None, None

    def _look(self) -> None:
        while not self._ended.wait(LOOK):
            self._peak = max(self._peak, _held())


def of_last_build(store: Path) -> dict[str, float]:
    """Step → seconds of the build whose generation serves; nothing where there is none, or one that did not note them."""
    try:
        if (name := current_name(store)) is None:
            return {}
        with duckdb.connect(str(store / name), read_only=True) as con:
            return dict(con.execute("select step, sum(seconds) from costs group by step").fetchall())
    except (UserError, duckdb.Error, OSError, ValueError):
        return {}


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _held() -> float:
    """Megabytes this process holds now; where the system does not say, the most it ever held."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / MB
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _words(seconds: float) -> str:
    return f"{round(seconds)} s" if seconds < 90 else f"{round(seconds / 60)} min"
