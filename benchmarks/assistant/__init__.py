"""Do assistants get the numbers of the command line, nothing they may not see, and one clear sentence for whatever they send?"""

from benchmarks.assistant.measure import failed, measure, render

__all__ = ["failed", "measure", "render"]
