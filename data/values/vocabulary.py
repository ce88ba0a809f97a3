"""The words of data/values/words.toml."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """truth: yes, no · states: canonical state → the words for it · placeholders: ids, mailboxes."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def state_words() -> tuple[list[str], list[str]]:
    """Two lists of one length: a word for a ticket's state, and the state it means."""
    pairs = [(word, state) for state, names in words()["states"].items() for word in names]
    return [word for word, _ in pairs], [state for _, state in pairs]
