"""Every statement that reaches the engine, as text: no word of a hostile string may stand in one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

SEEN = re.compile(r"zq\d+zq", re.IGNORECASE)


class Spy:
    """A connection that notes the text of what it runs."""

    def __init__(self, connection: Any, said: list[str]):
        self._connection, self._said = connection, said

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, text: Any, *more: Any, **named: Any) -> Any:
        self._note(text)
        self._connection.execute(text, *more, **named)
        return self

    def executemany(self, text: Any, *more: Any) -> Any:
        self._note(text)
        self._connection.executemany(text, *more)
        return self

    def cursor(self) -> "Spy":
        return Spy(self._connection.cursor(), self._said)

    def _note(self, text: Any) -> None:
        self._said.append(str(getattr(text, "query", text)))

    def __enter__(self) -> "Spy":
        return self

    def __exit__(self, *error: Any) -> None:
        self._connection.close()


@contextmanager
def watching() -> Iterator[list[str]]:
    """All statements of the connections opened in here."""
    said: list[str] = []
    connect = duckdb.connect
    duckdb.connect = lambda *given, **named: Spy(connect(*given, **named), said)  # type: ignore[assignment, misc, return-value]
    try:
        yield said
    finally:
        duckdb.connect = connect


def unbound(statements: list[str]) -> list[str]:
    """Those that hold a word of a hostile string."""
    return [text for text in statements if SEEN.search(text)]
