"""Imports point one way: pages → ui → commands → exports → charts → report → metrics → data. A subprocess imports a room and looks at sys.modules."""

import re
import subprocess
import sys

import pytest

from tests.core.company import ROOT

FORBIDDEN = {
    "data": {"metrics", "report", "charts", "exports", "commands", "ui", "pages", "app", "streamlit", "plotly"},
    "metrics": {"report", "charts", "exports", "commands", "ui", "pages", "app", "streamlit", "plotly"},
    "report": {"charts", "exports", "commands", "ui", "pages", "app", "streamlit", "plotly", "pptx", "xlsxwriter"},
    "charts": {"exports", "commands", "ui", "pages", "app", "streamlit", "pptx", "xlsxwriter"},
    "exports": {"commands", "ui", "pages", "app", "streamlit"},
    "commands": {"ui", "pages", "app", "streamlit"},
    "ui": {"pages", "app"},
}
IMPORT = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sorted(sys.modules))"
SLOW = {"scipy.stats", "scipy.optimize"}  # half of what a command took to start: imported where they are needed


def modules(room: str) -> list[str]:
    """Every module of a room, by its files; scripts that run when imported apart."""
    files = sorted((ROOT / room).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]
    return [name for name in names if not name.endswith("__main__") and name != "ui.frame"]


@pytest.mark.parametrize("room", [room for room in FORBIDDEN if modules(room)])
def test_a_room_imports_nothing_to_its_right(room):
    """All modules of the room in one process: none of the forbidden names is loaded, and the room itself is."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, *modules(room)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    modules_loaded = set(done.stdout.split())
    loaded = {name.split(".")[0] for name in modules_loaded}
    assert room in loaded
    assert not SLOW & modules_loaded
    assert not FORBIDDEN[room] & loaded


def test_nobody_uses_the_connection_all_modules_share():
    """duckdb.sql() and con.sql() fail while a result of the same connection was not read to its end: whether they do then hangs on
    what ran before. Everybody opens a connection of their own and calls execute()."""
    shared = re.compile(r"\b(?:duckdb\.(?:sql|execute|query)|(?:con|connection|cursor)\.(?:sql|query))\(")
    files = [
        file
        for room in ("data", "metrics", "report", "charts", "exports", "commands", "ui", "pages", "tests", "benchmarks")
        for file in (ROOT / room).rglob("*.py")
    ]
    assert len(files) > 300
    assert [
        str(file.relative_to(ROOT))
        for file in files
        if file.name != "test_core_boundaries.py" and shared.search(file.read_text(encoding="utf-8"))
    ] == []
