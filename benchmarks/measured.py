"""python -m benchmarks build | page: what a build and pages cost, each beside a floor measured in the same run.

The floor is one bare DuckDB scan of the ten columns a build needs of the same events. CPU of all threads; a machine that others use makes
every number larger, the ratios less so.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

import duckdb

from data.errors import UserError
from data.sqlfile import ROOT, sql
from data.store.generations import open_generation
from metrics.query import context

TIMES = 5
PAGES = ("overview", "journey", "stage")
WEEKS = 10  # of a period nobody has asked for


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU and of the clock, as multiples of the floor's CPU; megabytes of memory at most; what a number beside them means."""

    what: str
    cpu: float
    wall: float
    ratio: float | None = None
    peak_mb: float | None = None
    note: str = ""


def building(sources: Path, memory: str, say: Callable[[str], None]) -> list[Cost]:
    """The scan of the events' Parquet beside sources.toml (folder ga4), then a build in a process of its own, and one of nothing new."""
    files = sorted((sources.parent / "ga4").glob("*.parquet"))
    if not files:
        raise UserError("no Parquet to scan", file=sources.parent / "ga4", fix="See: python -m data demo")
    say("scanning")
    floor = _scan(files)
    events = duckdb.connect().execute("select count(*) from read_parquet($files)", {"files": list(map(str, files))})
    with tempfile.TemporaryDirectory(prefix="build-") as name:
        store = Path(name) / "store"
        command = [sys.executable, "-m", "data", "build", "--sources", str(sources.resolve()), "--store", str(store)]
        say("building")
        made = _run([*command, "--memory", memory])
        size = sum(file.stat().st_size for file in (*store.glob("gen-*.duckdb"), *store.glob("parts/*")))
        say("building what is there")
        again = _run(command)
        kept = sum(file.stat().st_size for file in store.glob("readings/*/*"))
        parquet = sum(file.stat().st_size for file in files)
        generation = open_generation(store)
        steps = generation.cursor().execute(
            "select step, cpu_seconds, seconds, peak_mb from costs order by cpu_seconds desc limit 8"
        )
        longest = [Cost(f"  {step}", cpu, wall, cpu / floor.cpu, peak) for step, cpu, wall, peak in steps.fetchall()]
        generation.connection.close()
        say("building anew of files that are known")
        known = _run([*command, "--memory", memory, "--again"])
    count = events.fetchall()[0][0]
    return [
        _floor(floor, f"{count:,} events"),
        Cost(
            "build", *made[:2], made[0] / floor.cpu, made[2], f"memory {memory}; store ÷ Parquet {size / parquet:.2f}"
        ),
        Cost("build, nothing changed", *again[:2], again[0] / floor.cpu, again[2]),
        Cost(
            "build anew, events as they were",
            *known[:2],
            known[0] / floor.cpu,
            known[2],
            f"kept readings ÷ Parquet {kept / parquet:.2f}",
        ),
        *longest,
    ]


def paging(store: Path, periods: int, say: Callable[[str], None]) -> list[Cost]:
    """The scan of the store's events, then each page warm, and with periods nobody has asked for, in a process of its own on a copy of
    the store. What a page asks in the background is part of its CPU."""
    generation = open_generation(store)
    floor, last = _scan(generation.parts("events")), context.read(generation).last_day
    generation.connection.close()
    if last is None:
        raise UserError("a store without days", file=store)
    ends = [last - timedelta(days=last.weekday() + 1 + 7 * (3 + 2 * place)) for place in range(periods)]
    asked = [{"p": "dates", "from": str(end - timedelta(days=7 * WEEKS - 1)), "to": str(end)} for end in ends]
    say("opening pages")
    with tempfile.TemporaryDirectory(prefix="page-") as name:
        copy = Path(name) / "store"
        subprocess.run(["cp", "-r", str(store), str(copy)], check=True)
        (copy / "answers.sqlite").unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, json.dumps([PAGES, asked])],
            env={**os.environ, "THROUGHLINE_STORE": str(copy)},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise UserError("a page failed", found=done.stderr.strip().splitlines()[-1:])
    taken: dict[str, dict[str, list[list[float]]]] = json.loads(done.stdout.splitlines()[-1])
    found = [_floor(floor, "the store's events")]
    for page in PAGES:
        for kind, note in (("warm", ""), ("cold", f"{periods} periods, each for the first time")):
            cpu, wall = (median(one[place] for one in taken[page][kind]) for place in (0, 1))
            found.append(Cost(f"{page}, {kind}", cpu, wall, cpu / floor.cpu, None, note))
    return found


SCRIPT = """
import json, os, sys, time
import ui  # first, as in app.py
from streamlit.testing.v1 import AppTest

def run(page, address):
    test = AppTest.from_file(os.path.abspath("ui/frame.py"), default_timeout=600)
    test.query_params.update(address)
    if page != "overview":
        test.switch_page("../pages/" + page + ".py")
    cpu, wall = time.process_time(), time.perf_counter()
    test.run()
    assert not test.exception, test.exception
    return [time.process_time() - cpu, time.perf_counter() - wall]

pages, periods = json.loads(sys.argv[1])
for page in pages:
    run(page, {})
time.sleep(5)  # what the first pages asked in the background
found = {page: {"warm": [run(page, {}) for _ in range(3)], "cold": []} for page in pages}
for address in periods:
    for page in pages:
        found[page]["cold"].append(run(page, address))
print(json.dumps(found))
"""


def render(costs: Sequence[Cost], form: str) -> str:
    """A Markdown table, or JSON lines."""
    if form == "json":
        return "\n".join(json.dumps(asdict(cost), ensure_ascii=False) for cost in costs)
    lines = ["| what | CPU s | ÷ floor | clock s | peak MB | |", "|---|---|---|---|---|---|"]
    for cost in costs:
        ratio, peak = ("" if one is None else f"{one:,.1f}" for one in (cost.ratio, cost.peak_mb))
        lines.append(f"| {cost.what} | {cost.cpu:,.2f} | {ratio} | {cost.wall:,.2f} | {peak} | {cost.note} |")
    return "\n".join(lines)


def _floor(floor: Cost, note: str) -> Cost:
    return Cost(floor.what, floor.cpu, floor.wall, 1.0, None, note)


def _scan(files: Sequence[Path]) -> Cost:
    """Median of five after one to warm up."""
    with duckdb.connect() as con:
        con.execute("set enable_progress_bar = false")
        have = {
            row[0]
            for row in con.execute("describe from read_parquet($files)", {"files": list(map(str, files))}).fetchall()
        }
        text = (
            sql("benchmarks/sql", "scan")
            if "event_timestamp" in have
            else "select count(columns(*)) from read_parquet($files)"
        )
        taken = []
        for _ in range(TIMES + 1):
            cpu, wall = time.process_time(), time.perf_counter()
            con.execute(text, {"files": [str(file) for file in files]}).fetchall()
            taken.append((time.process_time() - cpu, time.perf_counter() - wall))
    return Cost("floor: bare scan", median(cpu for cpu, _ in taken[1:]), median(wall for _, wall in taken[1:]))


def _run(command: Sequence[str]) -> tuple[float, float, float]:
    """CPU and clock seconds of a process of its own, and the most memory it held, in MB."""
    wall = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise UserError("the build failed", found=said.strip().splitlines()[-1:])
    return used.ru_utime + used.ru_stime, time.perf_counter() - wall, used.ru_maxrss / 1024
