"""Finding metrics by words: names, ids, sentences and what other tools call them. The page of definitions and assistants search alike."""

import re

from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue


def matches(definition: Definition, text: str) -> bool:
    """Whether every word of the text begins a word of a name, the id, the sentence, or another tool's name for it: rage is not in average."""
    known = " ".join(
        (
            definition.label,
            definition.short,
            definition.id,
            definition.sentence,
            *(f"{a['tool']} {a['name']}" for a in definition.also_known_as),
        )
    )
    spaced = " " + _words(known)
    return all(f" {word}" in spaced for word in _words(text).split())


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold())


def search(text: str) -> dict[str, Definition]:
    """The metrics a text finds, all for an empty one; those named so before those merely described so."""
    found = [d for d in catalogue().values() if matches(d, text)]
    return {d.id: d for d in sorted(found, key=lambda d: text.casefold().strip() not in f"{d.label} {d.id}".casefold())}


def near(text: str, most: int) -> dict[str, Definition]:
    """Where no metric has every word: those that have most of them, those named so first; empty where none has any."""
    wanted = _words(text).split()

    def score(definition: Definition) -> tuple[int, int]:
        named = sum(
            f" {word}" in " " + _words(f"{definition.label} {definition.short} {definition.id}") for word in wanted
        )
        return sum(matches(definition, word) for word in wanted), named

    scored = sorted(((score(found), found) for found in catalogue().values()), key=lambda pair: pair[0], reverse=True)
    return {found.id: found for (words, _), found in scored[:most] if words}
