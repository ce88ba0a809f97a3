"""Calls of a real client of the SDK over stdio beside the command line; calls under random rights; calls of random arguments."""

import asyncio
import contextlib
import io
import json
import math
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from mcp import Client, StdioServerParameters

from benchmarks.assistant import junk
from benchmarks.rights import cases
from benchmarks.rights.store import only
from commands.metrics import main as command
from data.store.generations import Generation, open_generation
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.rules.access import as_groups
from report.answers.desk import Desk, Reply

ROOT = Path(__file__).resolve().parents[2]
EACH, METRICS, PERIODS = 100, 8, 6  # questions of one access file; of so many metrics and periods
PRINTED = 20  # every so many-th is asked at the command line as well, which opens the store anew
SIDES = {"region": "regions", "segment": "segments", "stage": "stages", "journey": "journeys"}
Say = Callable[[str], None]


@dataclass
class Found:
    """`counts`: calls by what came of them; `wrong`: what must not be, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def measure(store: Path, calls: int, seed: int, say: Say, equal: int | None = None) -> Found:
    """`calls` of each kind: equal to the command line (`equal` of them, where given: each opens the store anew), under rights, and of
    random arguments."""
    found, world = Found(), cases.world(open_generation(store))
    equal = calls if equal is None else equal
    asyncio.run(_equal(store, world, equal, seed, found))
    say(f"{equal} calls over stdio beside the command line, wrong {len(found.wrong)}")
    under_rights(store, world, calls, seed, found)
    say(f"{calls} calls under rights, wrong {len(found.wrong)}")
    fuzzed(store, calls, seed, found)
    return found


async def _equal(store: Path, world: cases.World, calls: int, seed: int, found: Found) -> None:
    how = StdioServerParameters(
        command=sys.executable, args=["-m", "metrics", "serve-mcp", "--store", str(store.resolve())], cwd=ROOT
    )
    async with Client(how) as client:
        for number in range(calls):
            query = cases.question(world, Random(f"{seed}-{number}"))
            told = await client.call_tool("ask", arguments(query))
            reply = Reply(None, told.content[0].text) if told.is_error else Reply(told.structured_content)
            compare(query, reply, printed(query, store), "as the command line", found)


def under_rights(store: Path, world: cases.World, calls: int, seed: int, found: Found) -> None:
    """Questions of viewers of random groups: no number in a cell that has none, no name nobody granted; as a store answers that holds only
    what they may see; and, of some, as `metrics show --as-group`."""
    desk, done = Desk(store, lambda text: found.wrong.append(str(text))), 0
    whole = open_generation(store)
    while done < calls:
        draw = Random(f"{seed}-rights-{done}")
        groups = [cases.group(world, draw) for _ in range(draw.choice((1, 1, 2)))]
        some = cases.some(world, draw, METRICS, PERIODS)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "access.toml"
            names = cases.access_file(groups, file)
            rights = as_groups(names, file)
            alone = open_generation(only(whole, groups, Path(folder) / "store"))
            for number in range(min(EACH, calls - done)):
                query, done = cases.question(some, draw), done + 1
                reply = desk.reply("ask", arguments(query), rights)
                if number % PRINTED == 0:
                    compare(query, reply, printed(query, store, names, file), "under rights, as printed", found)
                found.wrong += [f"{groups} {query}: {one}" for one in leaks(reply, groups)]
                held(query, reply, replace(alone, shows=desk.generation(rights).shows), found)
            alone.connection.close()


def held(query: Query, reply: Reply, alone: Generation, found: Found) -> None:
    """Every number of a reply is that of a store that holds only what the viewer may see."""
    if reply.answer is None:
        found.counts["under rights: one sentence why not"] += 1
        return
    theirs = {(cell.metric, tuple(cell.by.items())): cell for cell in run(query, alone).cells}
    told = [cell for part in reply.answer["cells"] if (cell := reply.answer["common"] | part)["value"] is not None]
    for cell in told:
        own = theirs.get((cell["metric"], tuple(cell["by"].items())))
        mine = [cell[name] for name in ("value", "low", "high", "n", "persons")]
        if own is None or [*unlike(mine, [getattr(own, name) for name in ("value", "low", "high", "n", "persons")])]:
            found.wrong.append(f"under rights: {query}: {cell} beside {own}"[:800])
    found.counts["under rights: " + ("with a value" if told else "none told")] += 1


def leaks(reply: Reply, groups: list[dict[str, Any]]) -> list[str]:
    """Cells with a number they may not have, or of a name that no group grants."""
    told = []
    for cell in (reply.answer or {}).get("cells", ()):
        hidden = cell["state"] in ("suppressed", "refused")
        if cell["state"] not in ("shown", "few") and cell["value"] is not None:
            told.append(f"a value in a cell that is {cell['state']}")
        if hidden and (cell["low"] is not None or cell["high"] is not None):  # a median not reached yet has a bound
            told.append(f"an interval in a cell that is {cell['state']}")
        if hidden and (cell["n"] or cell["persons"]):
            told.append(f"a count in a cell that is {cell['state']}")
        for name, key in SIDES.items():
            limits = [one.get(key) for one in groups]
            part = cell["by"].get(name)
            if part and all(limit is not None for limit in limits) and not any(part in limit for limit in limits):
                told.append(f"{name} {part} is granted to nobody")
    return told


def fuzzed(store: Path, calls: int, seed: int, found: Found) -> None:
    """Random arguments: an answer, or one sentence; never a fault of the server."""
    desk = Desk(store, lambda text: found.wrong.append(f"a fault: {text}"))
    for number in range(calls):
        name, given = junk.call(Random(f"{seed}-junk-{number}"))
        reply = desk.reply(name, given, None)
        found.counts["random arguments: " + ("answered" if reply.answer is not None else "one sentence")] += 1
        lines = reply.error.splitlines()
        if (reply.answer is None) != bool(reply.error) or len(lines) > 1 or "Traceback" in reply.error:
            found.wrong.append(f"{name} {given!r}"[:300] + f": {reply.error[:300]}")
        json.dumps(reply.answer)


def arguments(query: Query) -> dict[str, Any]:
    """A question as an assistant sends it."""
    where: dict[str, Any] = {name: value for name, value in query.filters}
    if query.stages:
        where["stage"] = list(query.stages)
    given = {"metrics": list(query.metrics), "by": list(query.by), "where": where, "journey": query.journey}
    days = {"from": query.start and query.start.isoformat(), "to": query.end and query.end.isoformat()}
    return given | days | {"compare": query.compare}


def printed(query: Query, store: Path, groups: tuple[str, ...] = (), access: Path | None = None) -> list[Any] | str:
    """What `metrics show --format json` prints for it, or its error."""
    words = ["show", *query.metrics, "--store", str(store), "--format", "json", "--journey", str(query.journey)]
    words += ["--by", ",".join(query.by)] if query.by else []
    words += ["--from", str(query.start), "--to", str(query.end)]
    words += ["--compare", query.compare] if query.compare else []
    for name, value in (*query.filters, *(("stage", stage) for stage in query.stages)):
        words += ["--where", f"{name}={value}"]
    for name in groups:
        words += ["--as-group", name]
    out, said = io.StringIO(), io.StringIO()
    with _environment(access), contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = command(words)
    found: list[Any] | str = (
        json.loads(out.getvalue()) if code == 0 else said.getvalue().removeprefix("error: ").strip()
    )
    return found


@contextlib.contextmanager
def _environment(access: Path | None):
    before = os.environ.get("THROUGHLINE_ACCESS")
    if access:
        os.environ["THROUGHLINE_ACCESS"] = str(access)
    try:
        yield
    finally:
        os.environ.pop("THROUGHLINE_ACCESS", None)
        if before is not None:
            os.environ["THROUGHLINE_ACCESS"] = before


def compare(query: Query, reply: Reply, theirs: list[Any] | str, kind: str, found: Found) -> None:
    """Every cell put together again is the printed one; an error is the same sentence."""
    if reply.answer is None:
        mine: list[Any] | str = reply.error
    else:
        mine = [reply.answer["common"] | cell for cell in reply.answer["cells"]]
    wanted = theirs if isinstance(theirs, str) else theirs[: len(mine)]
    if parts := [*unlike(mine, wanted)]:
        found.wrong.append(f"{kind}: {query}: " + "; ".join(parts[:4]))
        return
    valued = not isinstance(mine, str) and any(cell["value"] is not None for cell in mine)
    found.counts[f"{kind}: equal, " + ("with a value" if valued else "the same reason why none")] += 1


def unlike(mine: Any, theirs: Any, place: str = "") -> Iterator[str]:
    """Where two answers part, to the twelfth digit: beyond it the matched comparisons differ between two runs of the command line, too,
    for it hangs on the order in which rows are summed."""
    if isinstance(mine, dict) and isinstance(theirs, dict) and mine.keys() == theirs.keys():
        for key in mine:
            yield from unlike(mine[key], theirs[key], f"{place}.{key}")
    elif isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        for number, (one, other) in enumerate(zip(mine, theirs)):
            yield from unlike(one, other, f"{place}[{number}]")
    elif isinstance(mine, float) and isinstance(theirs, float):
        if not math.isclose(mine, theirs, rel_tol=1e-12, abs_tol=1e-15):
            yield f"{place}: {mine} | {theirs}"
    elif mine != theirs:
        yield f"{place}: {str(mine)[:200]} | {str(theirs)[:200]}"


def failed(found: Found) -> bool:
    return bool(found.wrong)


def render(found: Found) -> str:
    lines = [f"{count:>7}  {name}" for name, count in sorted(found.counts.items())]
    return "\n".join([*lines, f"{len(found.wrong):>7}  wrong", *found.wrong[:20]])
