"""python -m data inspect: its parts are in data/inspection."""

from data.inspection import inspect, render

__all__ = ["inspect", "render"]
