"""python -m exports: see commands/exports."""

from data import room  # first: where memory is too small for the libraries below, it says so

room.check()

from commands.command import end
from commands.exports import main

if __name__ == "__main__":
    end(main)
