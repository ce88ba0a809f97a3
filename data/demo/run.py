"""Makes the company: blocks of people in parallel into pieces, then the pieces into the export files."""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from data.demo.calendar import window
from data.demo.customers.asking import ask
from data.demo.customers.block import Outcome
from data.demo.customers.world import make_world
from data.demo.effects import chosen
from data.demo.formats import ga4, plain, qualtrics, zendesk
from data.demo.plan import Plan
from data.demo.planted import truth
from data.demo.tracking import track

COMPANY = Path(__file__).parent / "company"
PIECES = ".pieces"
EVENTS_PER_PERSON_DAY = 46.5 / 546
ZENDESK = ("tickets", "ticket_metrics", "users", "satisfaction_ratings")
Progress = Callable[[str, int, int], None]


Item = TypeVar("Item")
Made = TypeVar("Made")


def people_for(events: int, days: int) -> int:
    """How many people make roughly this many web events."""
    return max(200, round(events / (EVENTS_PER_PERSON_DAY * days)))


def make(plan: Plan, workers: int, progress: Progress) -> dict[str, Any]:
    """Writes every file of the company and returns its truth."""
    _clear(plan.out)
    pieces = plan.out / PIECES
    pieces.mkdir(parents=True)
    sums = _in_parallel(partial(make_block, plan), range(plan.blocks), workers, "people", progress)
    months = list(ga4.months(window(plan.days)).items())
    (plan.out / "ga4").mkdir()
    _in_parallel(partial(_write_month, plan), months, workers, "web events", progress)
    _join(plan, progress)
    shutil.rmtree(pieces)
    facts = truth.settle(sums, plan)
    (plan.out / "truth.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return facts


def _clear(out: Path) -> None:
    """Removes what an earlier run left, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("ga4", "qualtrics", "zendesk", "plain", PIECES):
        shutil.rmtree(out / name, ignore_errors=True)


def _in_parallel(
    work: Callable[[Item], Made], items: Iterable[Item], workers: int, label: str, progress: Progress
) -> list[Made]:
    items = list(items)
    if workers <= 1 or len(items) == 1:
        done = []
        for item in items:
            done.append(work(item))
            progress(label, len(done), len(items))
        return done
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: list[Future[Made]] = [pool.submit(work, item) for item in items]
        done = []
        for future in waiting:
            done.append(future.result())
            progress(label, len(done), len(items))
        return done


def make_block(plan: Plan, block: int) -> dict[str, Any]:
    """Simulates one block, writes its pieces and returns the sums its truth needs."""
    world = make_world(plan.seed, block, plan.people, window(plan.days))
    outcome = Outcome(world, plan.on)
    tracked = track(outcome)
    heads, rows, sessions = tracked
    rows = rows[np.argsort(rows["at"], kind="stable")]
    folder = plan.out / PIECES
    np.save(folder / f"heads-{block}.npy", heads)
    np.save(folder / f"rows-{block}.npy", rows)
    asked = ask(outcome)
    by_name = {batch.survey: batch for batch in asked}
    for form in qualtrics.FORMS:
        _piece(folder, form.file, block, qualtrics.rows(form, by_name[form.survey], outcome, sessions))
    for name, text in zendesk.objects(outcome).items():
        _piece(folder, name, block, text)
    for name, text in (
        ("orders", plain.orders(outcome)),
        ("people", plain.people(outcome)),
        ("invitations", plain.invitations(outcome, asked)),
        ("exposures", plain.exposures(outcome)),
    ):
        _piece(folder, name, block, text)
    return truth.sums(outcome, tracked)


def _piece(folder: Path, name: str, block: int, text: str) -> None:
    (folder / f"{name}-{block}.txt").write_text(text, encoding="utf-8")


def _write_month(plan: Plan, month: tuple[str, list[int]]) -> int:
    folder, (name, weeks) = plan.out / PIECES, month
    sources = [(folder / f"heads-{b}.npy", folder / f"rows-{b}.npy") for b in range(plan.blocks)]
    return ga4.write_weeks(plan.out / "ga4" / f"events-{name}.parquet", weeks, sources, window(plan.days))


def _join(plan: Plan, progress: Progress) -> None:
    when = window(plan.days)
    for form in qualtrics.FORMS:
        _concatenate(plan, f"qualtrics/{form.file}.csv", form.file, qualtrics.header(form))
    agents = "".join(json.dumps(agent, separators=(",", ":")) + "\n" for agent in zendesk.agents())
    for name in ZENDESK:
        _concatenate(plan, f"zendesk/{name}.ndjson", name, agents if name == "users" else "")
    for name, columns in plain.COLUMNS.items():
        _concatenate(plan, f"plain/{name}.csv", name, plain.lines([columns]))
    for name, text in (("annotations", plain.annotations(when)), ("research_notes", plain.research_notes(when))):
        with (plan.out / f"plain/{name}.csv").open("a", encoding="utf-8") as file:
            file.write(text)
    for name in ("sources.toml", "journey.toml", "topics.toml"):
        shutil.copyfile(COMPANY / name, plan.out / name)
    progress("files", 1, 1)


def _concatenate(plan: Plan, target: str, name: str, head: str) -> None:
    path = plan.out / target
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.write(head.encode())
        for block in range(plan.blocks):
            piece = plan.out / PIECES / f"{name}-{block}.txt"
            if piece.exists():
                file.write(piece.read_bytes())


def cores() -> int:
    return min(2, len(os.sched_getaffinity(0)))


def generate(
    out: Path,
    *,
    people: int = 60_000,
    days: int = 546,
    events: int | None = None,
    seed: int = 1,
    effects: str | set[str] = "all",
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, Any]:
    """Writes the company's exports into `out` and returns its truth (also in truth.json).

    people: how many there are; days: length of the window from 2025-05-26; events: instead of people, roughly how many
    web events; effects: "all", "none" or the ids to switch on; workers: processes, at most 2 by default. The output
    depends on people, days, seed and effects only. Raises ValueError for sizes below 1 and unknown effects.
    """
    if events is not None:
        people = people_for(events, days)
    if min(people, days) < 1 or seed < 0:
        raise ValueError("people and days must be at least 1, seed at least 0")
    plan = Plan(Path(out), people, days, seed, chosen(effects))
    return make(plan, workers or cores(), progress or (lambda label, done, total: None))
