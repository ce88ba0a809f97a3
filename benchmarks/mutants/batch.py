"""Some spoiled files through the real loader, in a process of their own: python -m benchmarks.mutants.batch FIRST COUNT SEED EVERY.

Written to standard output, a JSON line each: {"at": number} when a file is begun, then what came of each file.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from benchmarks.mutants import judge
from benchmarks.mutants.lay import block, path_of, write
from benchmarks.mutants.plan import Mutant, mutants
from data.build.load import create_tables, load_sources
from data.inspection import inspect, render
from data.readers import READERS
from data.settings.sources import load_sources as read_settings

STOP = 30  # CPU seconds after which a file is given up
LIMIT = 5.0  # CPU seconds a file may take


def cpu() -> float:
    """CPU seconds of this process, its threads, and the processes it started and waited for."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def run(batch: list[Mutant], every: int, say: Callable[[dict], None]) -> None:
    """Load all, say what came of each, and inspect each whose number is a multiple of `every` (0: none)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        seconds = {each.number: 0.0 for each in batch}
        con = loaded(batch, folder, seconds, say)
        hidden = judge.places(folder)
        for each in batch:
            say(judge.judged(con, each, seconds[each.number], LIMIT, hidden))
        for each in batch:
            if every and each.number % every == 0:
                say({"at": each.number, "inspecting": True})
                say(_inspected(each, path_of(each, folder), hidden))


def loaded(
    batch: list[Mutant], folder: Path, seconds: dict[int, float], say: Callable[[dict], None]
) -> duckdb.DuckDBPyConnection:
    """The landing tables after one load of the batch, each file a source of its own. Adds up the CPU `seconds` of each."""
    for each in batch:
        write(each, folder)
    (folder / "sources.toml").write_text("\n".join(block(each) for each in batch), encoding="utf-8")
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
    create_tables(con)
    clock = _Clock(seconds, say)
    scratch = folder / "scratch"
    scratch.mkdir()
    load_sources(con, read_settings(folder / "sources.toml", READERS), scratch, "salt", clock.progress)
    clock.stop()
    return con


class _Clock:
    """CPU seconds from one file's first word of progress to the next step's; what is settled over all files is nobody's."""

    def __init__(self, seconds: dict[int, float], say: Callable[[dict], None]):
        self.seconds, self.say, self.at, self.since = seconds, say, None, cpu()

    def progress(self, text: str) -> None:
        self.stop()
        _, of_file, number = text.rpartition("(m")
        self.at = int(number.rstrip(")")) if of_file else None
        if self.at is not None:
            self.say({"at": self.at})

    def stop(self) -> None:
        now = cpu()
        if self.at is not None:
            self.seconds[self.at] += now - self.since
        self.since = now


def _inspected(each: Mutant, path: Path, hidden: Iterable[str]) -> dict:
    begun = cpu()
    try:
        found = inspect(path)
        text = render(found)
        json.dumps(found, default=str)
    except Exception as error:  # whatever it is: it is what is looked for
        return judge.line(
            each, "inspect", [f"inspect ends in {type(error).__name__}: {str(error)[:150]}"], seconds=cpu() - begun
        )
    return judge.looked_at(each, found, text, cpu() - begun, LIMIT, hidden)


def _say(line: dict) -> None:
    if "at" in line:
        resource.setrlimit(resource.RLIMIT_CPU, (int(cpu()) + STOP, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    print(json.dumps(line, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first, count, seed, every = map(int, sys.argv[1:])
    run(mutants(first, count, seed), every, _say)
