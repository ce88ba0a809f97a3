"""The package needs numpy and scipy only."""

import subprocess
import sys

FOREIGN = "duckdb", "pandas", "streamlit", "plotly", "statsmodels", "data"


def test_no_store_no_frames_no_screen():
    code = """
import importlib, pkgutil, sys
import metrics.statistics as package
for module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"metrics.statistics.{module.name}")
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "scipy" in loaded
    assert not set(FOREIGN) & set(loaded)
