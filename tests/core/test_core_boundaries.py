"""Imports point one way: pages → ui, exports → metrics → data. A subprocess imports a room and looks at sys.modules."""

import subprocess
import sys

import pytest

from tests.core.company import ROOT

FORBIDDEN = {
    "data": {"metrics", "ui", "exports", "pages", "app", "streamlit", "plotly"},
    "metrics": {"ui", "exports", "pages", "app", "streamlit", "plotly"},
    "exports": {"pages", "app", "streamlit"},   # of ui only what draws and words, and imports no Streamlit
    "ui": {"pages", "exports", "app"},
}
IMPORT = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sorted({n.split('.')[0] for n in sys.modules}))"


def modules(room: str) -> list[str]:
    """Every module of a room, by its files; scripts that run when imported apart."""
    files = sorted((ROOT / room).rglob("*.py"))
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files]
    return [name for name in names if not name.endswith("__main__") and name != "ui.frame"]


@pytest.mark.parametrize("room", [room for room in FORBIDDEN if modules(room)])
def test_a_room_imports_nothing_to_its_right(room):
    """All modules of the room in one process: none of the forbidden names is loaded, and the room itself is."""
    done = subprocess.run([sys.executable, "-c", IMPORT, *modules(room)], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert room in loaded
    assert not FORBIDDEN[room] & loaded
