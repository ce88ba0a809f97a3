"""What an edit would move, before it is published: cell for cell what a rebuild, or the edited catalogue, then gives."""

import json

import pytest

from benchmarks import preview
from commands.metrics import main
from data.build.build import build
from data.store.generations import Store
from metrics.catalogue import load
from report.preview.differences import alike, differences
from report.preview.run import filled, of_definitions, of_journey
from report.preview.snapshot import SnapshotRequest, take_snapshot
from tests.core.company import Company

RENAMED = [('name = "Buy"\nowner = "shop team"', 'name = "Checkout"\nowner = "web team"')]
PAGES = [('"/cart*"', '"/cart"'), ('"/help*"', '"/help*", "/cart/pay"')]
GOAL = [('goal = "event:purchase"', 'goal = "path:/cart/pay"')]
SURVEY = [('surveys = ["s"]\n', ""), ('paths = ["/help*"', 'surveys = ["s"]\npaths = ["/help*"')]
TARGETS = [('name = "Care"\n', 'name = "Care"\ntargets = { csat_t2b_5 = { line = 0.7, target = 0.9 } }\n')]
EDIT = [*RENAMED, *PAGES, *GOAL, *SURVEY, *TARGETS]


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Company:
    """The company of the benchmark: 80 people in Buy, 40 pay, 30 buy, 50 answer; 12 come to Care."""
    folder = tmp_path_factory.mktemp("preview") / "company"
    preview.write(folder)
    return Company(folder, build(folder / "sources.toml", None, folder / "store"), Store(folder / "store"))


def test_a_journey_tried_is_the_rebuild_cell_for_cell(shop, tmp_path):
    """Every number, name and claim of the preview is that of a store then built by the file; nothing of the live store was touched."""
    text = preview.edited((shop.folder / "journey.toml").read_text(), EDIT)
    (tmp_path / "journey.toml").write_text(text)
    store, live = shop.store.path, shop.store.generation().name
    asked = filled(SnapshotRequest(preview.METRICS), shop.store.generation(), False)
    seen = of_journey(tmp_path / "journey.toml", store, asked, lambda line: None)
    after = preview.rebuilt(shop.folder, tmp_path / "rebuilt", text, asked)
    before = preview.as_read(take_snapshot(shop.store.generation(), asked, store))
    assert seen.after == after and not differences(seen.after, after)
    assert seen.before == before and len(before["numbers"]) >= 10
    moved = seen.moved
    kinds = {one.kind for one in moved}
    assert {"numbers", "names"} <= kinds, moved
    assert shop.store.generation().name == live and not list(store.glob("preview*"))


def write(folder, metric: str, changes: list[tuple[str, str]], name: str = "") -> None:
    text = (load.FOLDER / f"{metric}.toml").read_text(encoding="utf-8")
    folder.mkdir(exist_ok=True)
    (folder / f"{name or metric}.toml").write_text(preview.edited(text, changes), encoding="utf-8")


def test_edited_definitions_are_tried_as_the_catalogue_would_have_them(shop, tmp_path, monkeypatch):
    """One counts otherwise, one is only called otherwise, one is new, one is the same: what moves is what the edited catalogue then gives."""
    folder = tmp_path / "definitions"
    csat, completion = ((load.FOLDER / f"{one}.toml").read_text() for one in ("csat_t2b_5", "completion_rate"))
    value = next(line for line in csat.splitlines() if line.startswith("value = "))
    label = next(line for line in completion.splitlines() if line.startswith("label = "))
    write(folder, "csat_t2b_5", [(value, value.replace("4", "5"))])
    write(folder, "completion_rate", [(label, 'label = "Got there"')])
    write(folder, "drop_off_rate", [])
    write(
        folder,
        "csat_t2b_5",
        [('id = "csat_t2b_5"', 'id = "csat_own"'), (csat_label(csat), 'label = "Our own"')],
        "csat_own",
    )
    asked = filled(SnapshotRequest(claims=False), shop.store.generation(), True)
    seen = of_definitions(folder, shop.store.path, asked)
    moved = {(one.kind, one.where) for one in seen.moved}
    assert ("names", "completion_rate, label") in moved and ("numbers", "csat_t2b_5, J, Buy") in moved
    assert ("numbers", "csat_own, J, Buy") in moved and not any("drop_off" in where for _, where in moved)
    assert not any(kind == "numbers" and where.startswith("completion_rate") for kind, where in moved)
    assert seen.notes and seen.notes[0].startswith("csat_t2b_5: counts otherwise, and its version is the same")
    monkeypatch.setenv(load.OVERLAY, str(folder))
    load.catalogue.cache_clear()
    try:
        now = take_snapshot(
            shop.store.generation(),
            SnapshotRequest(("csat_t2b_5", "completion_rate", "csat_own"), claims=False),
            shop.store.path,
        )
    finally:
        monkeypatch.undo()
        load.catalogue.cache_clear()
    assert seen.after["numbers"] == json.loads(json.dumps(now))["numbers"]


def csat_label(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("label = "))


def test_the_command_says_what_moves_and_what_is_wrong(shop, tmp_path, capsys):
    write(tmp_path / "same", "csat_t2b_5", [])
    words = ["preview", "--store", str(shop.store.path)]
    assert main([*words, "--definitions", str(tmp_path / "same")]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "no definition of this folder differs from the one in force"
    (tmp_path / "same" / "csat_t2b_5.toml").write_text("id = 3")
    assert main([*words, "--definitions", str(tmp_path / "same")]) == 2
    assert main([*words, "--definitions", str(tmp_path / "nowhere")]) == 2
    assert "no definitions in this folder" in capsys.readouterr().err
    (tmp_path / "journey.toml").write_text("[[journey]]\nname = 3")
    assert main([*words, "--journey", str(tmp_path / "journey.toml"), "--no-claims"]) == 2


def test_what_is_alike():
    """The last digit of a sum moves nothing; a state, a reason or a value does."""
    assert alike({"value": 0.1 + 0.2}, {"value": 0.3}) and not alike({"value": 0.3}, {"value": 0.31})
    assert not alike({"state": "few"}, {"state": "shown"}) and not alike(None, {"value": None}) and alike("a", "a")
