"""An edit tried: of definitions in a process of their own, of journey.toml by a build that publishes nowhere."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.build.build import build
from data.errors import UserError
from data.store import generations, version
from data.store.erased import FILE as ERASED
from data.store.generations import Generation, open_generation
from data.store.names import SALT
from metrics.catalogue import load
from metrics.query import context, period
from report.preview.differences import KINDS, Difference, as_table, differences, rows
from report.preview.snapshot import Snapshot, SnapshotRequest, take_snapshot
from report.tables import delivered
from report.text.catalogue import say

ROOT = Path(__file__).resolve().parents[2]
NOTHING: Snapshot = {kind: {} for kind in KINDS}


@dataclass(frozen=True)
class Preview:
    """Both sides, what parts them, and what must be said of it."""

    before: Snapshot
    after: Snapshot
    notes: tuple[str, ...] = ()

    @property
    def moved(self) -> list[Difference]:
        return differences(self.before, self.after)

    def render(self, style: str, out: Path | None) -> str:
        """As table, json, csv or parquet; written to `out` where it is named."""
        made = self.moved
        whole = {"moves": [asdict(one) for one in made], "looked_at": {k: len(v) for k, v in self.before.items()}}
        return delivered(
            rows(made),
            lambda: as_table(made, self.before, list(self.notes)),
            lambda: whole | {"notes": self.notes},
            style,
            out,
        )


def filled(asked: SnapshotRequest, generation: Generation, everything: bool) -> SnapshotRequest:
    """The days looked at written out, so that both sides are of the same ones: the default period of every view where none is named."""
    known = context.read(generation)
    if everything:
        return asked
    if asked.start or asked.end:
        return replace(asked, start=asked.start or known.first_day, end=asked.end or known.last_day)
    start, end = period.default(known)
    return replace(asked, start=start, end=end)


def of_definitions(folder: Path, store: Path, asked: SnapshotRequest) -> Preview:
    """What moves where the definitions of a folder stand in place of those of the same id, or beside them. Raises UserError for a definition
    that cannot be used, as the catalogue does."""
    edited = load.overlaid(folder)
    changed = tuple(one for one in edited if edited[one] != load.catalogue().get(one))
    same = say("assistant.preview.same_version")
    notes = [f"{one}: {same}" for one in changed if _silent(edited[one], load.catalogue().get(one))]
    own = replace(asked, metrics=asked.metrics or changed)
    if not own.metrics:
        return Preview(NOTHING, NOTHING, (say("assistant.preview.nothing_edited"),))
    before: Snapshot = json.loads(json.dumps(take_snapshot(open_generation(store), own, store)))
    return Preview(before, _elsewhere(folder, store, own), tuple(notes))


def _silent(edited: Any, before: Any) -> bool:
    """Whether what is counted is another, and its version is not."""
    return before is not None and edited.measure != before.measure and edited.version == before.version


def _elsewhere(folder: Path, store: Path, asked: SnapshotRequest) -> Snapshot:
    """The snapshot of a new process to which the folder's definitions are the catalogue's: nothing it derived from the old ones is left."""
    days = [str(day) for day in (asked.start, asked.end) if day]
    words = [
        "preview",
        "--snapshot",
        "--store",
        str(store),
        *(["--from", days[0], "--to", days[1]] if days else ["--all"]),
    ]
    words += [word for metric in asked.metrics for word in ("--metric", metric)] + (
        [] if asked.claims else ["--no-claims"]
    )
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "metrics", *words],
        env=os.environ | {load.OVERLAY: str(folder.resolve()), "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise UserError(done.stderr.strip().removeprefix("error: ") or say("assistant.preview.failed"))
    found: Snapshot = json.loads(done.stdout)
    return found


def of_journey(file: Path, store: Path, asked: SnapshotRequest, progress: Callable[[str], None]) -> Preview:
    """What moves once the store is built by this journey.toml: both sides are built anew from the sources as they are now, with the store's own salt and its
    list of who was erased, in a folder of its own that is gone at the end. Raises UserError where the store does not know its sources."""
    made = version.made(store / str(generations.current_name(store)))
    if not (made.sources and Path(made.sources).exists()):
        raise UserError(
            "the sources the store was built from are not there",
            found=made.sources or "not known",
            fix="Build it anew first",
        )
    sides = []
    with TemporaryDirectory(prefix="throughline-preview-") as folder:
        for name, journey in (("before", made.journey and Path(made.journey)), ("after", file)):
            side = Path(folder) / name
            side.mkdir()
            for kept in (SALT, ERASED):
                if (store / kept).exists():
                    shutil.copy(store / kept, side / kept)
            if build(Path(made.sources), journey or None, side, progress).generation is None:
                raise UserError("by this file nothing can be built", file=file.name, fix="Run: python -m data build")
            generation = open_generation(side)
            sides.append(json.loads(json.dumps(take_snapshot(generation, asked, store))))
            generation.connection.close()
    return Preview(sides[0], sides[1])
