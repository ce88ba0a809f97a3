"""The package needs numpy and scipy only, and of the store no more than how many groups of persons it has."""

import subprocess
import sys

FOREIGN = "duckdb", "pandas", "streamlit", "plotly", "statsmodels"


def test_no_store_no_frames_no_screen():
    code = """
import importlib, pkgutil, sys
import metrics.statistics as package
for module in pkgutil.walk_packages(package.__path__, "metrics.statistics."):
    importlib.import_module(module.name)
print(*sorted({name.split(".")[0] if not name.startswith("data.") else name for name in sys.modules}))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "scipy" in loaded
    assert not set(FOREIGN) & set(loaded)
    assert {name for name in loaded if name.startswith("data.")} <= {"data.groups"}
