"""The import graph, read by `ast` from every file: no circle, rooms import to the left only, no folder too full to find things in.

tests/core/test_core_boundaries.py looks at what is loaded; here late imports and those for types count, too.
"""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from tests.core.company import ROOT

TOP = ("data", "metrics", "report", "charts", "exports", "commands", "ui", "pages", "benchmarks")
MOST = 16  # .py files in a folder

# From the left to the right: a module imports from its own room and from rooms before it. A name that is a module counts as a room.
# What a metric is (definition, dimensions) comes before the kinds, which take one; that a file names a kind there is (load) after them.
METRICS = (
    "metrics.thresholds",
    "metrics.states",
    "metrics.present",
    "metrics.codes",
    "metrics.statistics",
    "metrics.catalogue.definition",
    "metrics.catalogue.dimensions",
    "metrics.kinds",
    "metrics.catalogue",
    "metrics.query",
    "metrics.rules",
    "metrics.compute",
    "metrics.analyses",
)
# What leaves metrics by its own name is worded by report: `python -m metrics`, and `metrics.open`, which imports the notebook late.
ABOVE = {"metrics.__main__", "metrics"}

# Imports of folders (or of a module that lies beside folders) that close a circle of folders, with the reason. Their modules close none.
AGAINST = {
    (
        "metrics/kinds",
        "metrics/catalogue",
    ): "kinds take a definition, which is a leaf; loading one asks which kinds there are",
    (
        "data/values",
        "data/masking",
    ): "refused cells are masked by what finds people in texts, whose table masks addresses of pages",
    ("ui/widgets", "ui.warm"): "the tiles are named where they are asked before the first visitor comes",
}


def graph(files: Mapping[str, Path]) -> dict[str, set[str]]:
    """Module → modules of `files` it imports, wherever in the file: at the top, late, or for types only."""
    found: dict[str, set[str]] = {}
    for name, file in files.items():
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        found[name] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                if node.level:
                    parts = package.split(".")
                    base = ".".join([*parts[: len(parts) - node.level + 1], *([base] if base else [])])
                named = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in files else base for alias in node.names]
            else:
                continue
            found[name] |= {one for one in named if one in files and one != name}
    return found


def circles(edges: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """The sets of two or more nodes each of which reaches each other (Tarjan)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        number[node] = low[node] = len(number)
        stack.append(node)
        for other in edges.get(node, ()):
            if other not in number:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], number[other])
        if low[node] == number[node]:
            members = set(stack[stack.index(node) :])
            del stack[stack.index(node) :]
            if len(members) > 1:
                found.append(members)

    for node in edges:
        if node not in number:
            visit(node)
    return found


def modules() -> dict[str, Path]:
    """Module → file, of all rooms."""
    files = [file for room in TOP for file in sorted((ROOT / room).rglob("*.py"))]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def room_of(module: str) -> str:
    """The room of metrics a module belongs to: the longest name that it begins with."""
    return max((room for room in METRICS if module == room or module.startswith(room + ".")), key=len)


def folder_of(module: str) -> str:
    """The folder of a module; one that lies beside folders stands for itself."""
    folder = modules_[module].parent
    return module if folder in parents_ else folder.relative_to(ROOT).as_posix()


modules_ = modules()
parents_ = {file.parent.parent for file in modules_.values()}  # folders that hold folders of modules


@cache
def edges_() -> dict[str, set[str]]:
    """The graph of all rooms; not read where these tests are only collected, as each process of a run does."""
    return graph(modules_)


def test_the_reader_sees_every_way_of_importing(tmp_path):
    """Late, for types, relative, and of a module by its package: all are edges; the circle they make is found."""
    texts = {
        "r.a": "def f():\n    from r import b\n",
        "r.b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .c import C\n",
        "r.c": "import r.a\n",
        "r.d": "from r.a import f\n",
    }
    files = {name: tmp_path / f"{name}.py" for name in texts}
    for name, file in files.items():
        file.write_text(texts[name])
    edges = graph(files)
    assert edges == {"r.a": {"r.b"}, "r.b": {"r.c"}, "r.c": {"r.a"}, "r.d": {"r.a"}}
    assert circles(edges) == [{"r.a", "r.b", "r.c"}]


def test_no_module_imports_itself_by_a_detour():
    assert len(edges_()) > 300 and sum(map(len, edges_().values())) > 1000
    assert circles(edges_()) == []


def test_rooms_of_metrics_import_to_the_left_only():
    place = {room: number for number, room in enumerate(METRICS)}
    own = {name: others for name, others in edges_().items() if name.startswith("metrics") and name not in ABOVE}
    climbs = {
        (name, other)
        for name, others in own.items()
        for other in others
        if not other.startswith("data")
        and (not other.startswith("metrics") or place[room_of(other)] > place[room_of(name)])
    }
    assert climbs == set()
    assert {room_of(name) for name in own} == set(METRICS)


def test_folders_of_a_room_import_one_way():
    """No circle among folders but those named above."""
    edges: dict[str, set[str]] = {}
    for name, others in edges_().items():
        for other in others:
            pair = folder_of(name), folder_of(other)
            if pair[0] != pair[1]:
                edges.setdefault(pair[0], set()).add(pair[1])
    assert circles({one: others - {b for a, b in AGAINST if a == one} for one, others in edges.items()}) == []


def test_no_folder_holds_more_files_than_can_be_surveyed():
    folders = Counter(file.parent.relative_to(ROOT).as_posix() for file in modules_.values())
    assert {folder: size for folder, size in folders.items() if size > MOST} == {}
