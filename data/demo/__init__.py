"""The simulated company: its exports in the vendors' formats, with planted, documented truth (docs/DEMO.md)."""

from data.demo.run import generate

__all__ = ["generate"]
