"""python -m metrics: see commands/metrics."""

from data import room  # first: where memory is too small for the libraries below, it says so

room.check()

from commands.command import end
from commands.metrics import main

if __name__ == "__main__":
    end(main)
