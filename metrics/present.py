"""Values that are there because a rule before has seen to it."""

from typing import TypeVar

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """The value itself. Raises ValueError where there is none: unknown is never taken for a number."""
    if value is None:
        raise ValueError("a value that the rules before say is there is unknown")
    return value
