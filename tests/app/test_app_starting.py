"""The benchmark of a start sees what somebody waits for: a healthy server, then the whole Overview."""

import subprocess
import sys

from benchmarks import report
from benchmarks.start import Start
from tests.app.served import ROOT


def test_a_later_start_is_timed_in_a_real_browser(store):
    """One start on the small company's store; the screen cannot stand before the server is healthy. A process of its own, for it
    drives a browser of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks", "start", "--later", "1", "--store", str(store)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert said.returncode == 0, said.stderr
    head, _, row = said.stdout.strip().splitlines()
    name, healthy, screen = (cell.strip() for cell in row.strip("|").split("|"))
    assert name == "later start 1" and 0 < float(healthy) < float(screen)


def test_a_table_of_starts():
    assert (
        report.starts([Start("first start", 40.21, 46.07)], "text").splitlines()[-1]
        == "| first start | 40.2            | 46.1                 |"
    )
