"""python -m benchmarks.preview: twenty edits of a journey.toml, each tried before it is published and built afterwards: the same cell for cell?

One small company of plain files is built once; each edit is previewed on its store, then built from a copy of its folder with the same salt.
Exit codes: 0 all the same, 1 some cell differs.
"""

import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from data.build.build import build
from data.store.generations import open_generation
from report.preview.differences import differences
from report.preview.run import filled, of_journey
from report.preview.snapshot import Snapshot, SnapshotRequest, take_snapshot

METRICS = ("completion_rate", "csat_t2b_5", "drop_off_rate", "action_rate")
SOURCES = """[[source]]
name = "events"
reader = "table"
path = "events.csv"
table = "web_events"
[[source]]
name = "answers"
reader = "table"
path = "answers.csv"
table = "survey_answers"
"""
JOURNEY = """
[[journey]]
name = "J"
[[journey.stage]]
name = "Buy"
owner = "shop team"
paths = ["/cart*"]
surveys = ["s"]
goal = "event:purchase"
[[journey.stage]]
name = "Care"
paths = ["/help*"]
[[survey]]
name = "s"
kind = "transactional"
trigger = "random"
"""
CARE = '[[journey.stage]]\nname = "Care"\npaths = ["/help*"]\n'
BUY = '[[journey.stage]]\nname = "Buy"\nowner = "shop team"\npaths = ["/cart*"]\nsurveys = ["s"]\ngoal = "event:purchase"\n'
Edit = list[tuple[str, str]]
EDITS: dict[str, Edit] = {
    "a stage renamed": [('name = "Buy"', 'name = "Checkout"')],
    "the other stage renamed": [('name = "Care"', 'name = "Help"')],
    "the journey renamed": [('name = "J"', 'name = "Way"')],
    "another owner": [('owner = "shop team"', 'owner = "web team"')],
    "an owner taken out": [('owner = "shop team"\n', "")],
    "fewer pages": [('"/cart*"', '"/cart"')],
    "more pages": [('"/help*"', '"/help*", "/cart/pay"')],
    "pages nobody saw": [('"/help*"', '"/nowhere*"')],
    "pages moved between stages": [('"/cart*"', '"/cart"'), ('"/help*"', '"/help*", "/cart/pay"')],
    "another goal": [('goal = "event:purchase"', 'goal = "path:/cart/pay"')],
    "no goal": [('goal = "event:purchase"\n', "")],
    "a goal for the other stage": [('paths = ["/help*"]\n', 'paths = ["/help*"]\ngoal = "path:/help/x"\n')],
    "the survey elsewhere": [('surveys = ["s"]\n', ""), ('paths = ["/help*"', 'surveys = ["s"]\npaths = ["/help*"')],
    "the survey nowhere": [('surveys = ["s"]\n', "")],
    "another kind of survey": [('kind = "transactional"', 'kind = "intercept"')],
    "a minimum and a target": [('name = "Care"\n', 'name = "Care"\ntargets = { csat_t2b_5 = { line = 0.7, target = 0.9 } }\n')],
    "another order of stages": [(BUY + CARE, CARE + BUY)],
    "a stage taken out": [(CARE, "")],
    "a new stage": [(CARE, '[[journey.stage]]\nname = "Pay"\npaths = ["/cart/pay"]\n' + CARE)],
    "all at once": [('name = "Buy"', 'name = "Checkout"'), ('"/cart*"', '"/cart"'), ('goal = "event:purchase"', 'goal = "path:/cart"')],
}  # fmt: skip


@dataclass(frozen=True)
class Tried:
    """Of one edit: cells of the preview, how many it says move, how many are not those of the rebuild."""

    edit: str
    cells: int
    moved: int
    unlike: int


def write(folder: Path) -> None:
    """80 people in Buy over four weeks, 40 pay, 30 buy, 50 answer; 12 come to Care."""
    events, answers = ["occurred_at,customer_id,event_name,url"], []
    for n in range(80):
        day = f"2026-03-{2 + n % 28:02d}"
        seen = [("10:00", "page_view", "/cart")]
        seen += [("10:01", "page_view", "/cart/pay")] if n % 2 else []
        seen += [("10:02", "purchase", "/cart/pay")] if n % 2 and n < 60 else []
        seen += [("10:05", "page_view", "/help/x")] if n < 12 else []
        events += [f"{day}T{at},k{n},{name},{url}" for at, name, url in seen]
        answers += [f"{day}T12:00,k{n},s,csat,1,5,{2 + n % 4}"] if n < 50 else []
    folder.mkdir(parents=True)
    (folder / "events.csv").write_text("\n".join(events) + "\n")
    (folder / "answers.csv").write_text(
        "\n".join(["responded_at,customer_id,survey,metric,scale_min,scale_max,score", *answers]) + "\n"
    )
    (folder / "sources.toml").write_text(SOURCES)
    (folder / "journey.toml").write_text(JOURNEY)


def edited(text: str, edit: Edit) -> str:
    """A text with each old part replaced by its new one; an old part that is not there is a mistake of the edit."""
    for old, new in edit:
        assert old in text, old
        text = text.replace(old, new)
    return text


def rebuilt(live: Path, folder: Path, text: str, asked: SnapshotRequest) -> Snapshot:
    """What a store says that is built in `folder` of the files of `live`, with this journey.toml and the same salt."""
    shutil.copytree(live, folder, ignore=shutil.ignore_patterns("store"))
    (folder / "journey.toml").write_text(text)
    (folder / "store").mkdir()
    shutil.copy(live / "store" / "salt", folder / "store" / "salt")
    build(folder / "sources.toml", None, folder / "store")
    return as_read(take_snapshot(open_generation(folder / "store"), asked, live / "store"))


def as_read(snapshot: Snapshot) -> Snapshot:
    """A snapshot as a preview keeps it: back from JSON."""
    read: Snapshot = json.loads(json.dumps(snapshot))
    return read


def tried(name: str, edit: Edit, live: Path, folder: Path) -> Tried:
    """One edit, previewed on the store of `live` and built in `folder`."""
    text, file = edited(JOURNEY, edit), folder.with_suffix(".toml")
    file.write_text(text)
    asked = filled(SnapshotRequest(METRICS), open_generation(live / "store"), False)
    seen = of_journey(file, live / "store", asked, lambda line: None)
    after = rebuilt(live, folder, text, asked)
    numbers = seen.after["numbers"]
    same = seen.after == after
    return Tried(name, len(numbers), len(seen.moved), 0 if same else max(1, len(differences(seen.after, after))))


def main() -> int:
    """Print the table as it grows."""
    print("| edit | numbers compared | moved, says the preview | unlike the rebuild |\n|---|---|---|---|", flush=True)
    unlike = 0
    with tempfile.TemporaryDirectory() as place:
        live = Path(place) / "live"
        write(live)
        build(live / "sources.toml", None, live / "store")
        for number, (name, edit) in enumerate(EDITS.items()):
            one = tried(name, edit, live, Path(place) / str(number))
            unlike += one.unlike
            print(f"| {one.edit} | {one.cells} | {one.moved} | {one.unlike} |", flush=True)
    return 1 if unlike else 0


if __name__ == "__main__":
    sys.exit(main())
