"""What a file is, tried by the real load: reader, table, mapping, questions, and the blocks to paste."""

from data.inspection.look import inspect
from data.inspection.show import render, shown

__all__ = ["inspect", "render", "shown"]
