"""One core for each matrix operation, unless somebody said otherwise."""

import subprocess
import sys

import pytest

from data.cores import LIBRARY


@pytest.mark.parametrize("given, expected", [({}, "1"), ({LIBRARY: "3"}, "3")], ids=["usual", "as set"])
@pytest.mark.parametrize("room", ["ui", "commands"])
def test_every_way_in_says_so_before_numpy_is_loaded(room, given, expected):
    text = f"import os, sys, {room}; print(os.environ[{LIBRARY!r}], 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", text], env=given, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [expected, "False"]
