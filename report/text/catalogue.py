"""The catalogue of texts: a name gives a sentence in the company's language.

A sentence lies in a TOML file of its room, in the folder of its language beside this file, under a name; `{placeholders}` are filled in by whoever asks. Where a number decides the form
of a word, the entry is a table of the plural categories of Unicode CLDR (`one`, `other` …), and the placeholder `count` decides. What a
language lacks is said in English. A language is added by one folder with the same files and names.

One process serves one company, so the language is chosen once, before the first sentence is taken: by `THROUGHLINE_LANGUAGE`, else by
`[company] language` of its sources.toml (report/text/company_language.py).
`en-XA` is the pseudo-language: every sentence within ⟦ ⟧ and with accents, so that a test finds what does not come from here.
"""

import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from report.text import company_language

FOLDER = Path(__file__).parent
ENGLISH, PSEUDO = "en", "en-XA"
PLAIN = "abcdefghiklmnoprstuwyzABCDEFGHIKLMNOPRSTUWYZ"
ACCENTED = "àƀçðéƒĝĥîķļɱñöþŕšţûŵýžÀƁÇÐÉƑĜĤÎĶĻṀÑÖÞŔŠŢÛŴÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
# What is no word of a sentence: placeholders, tags, where a link leads, icons, entities, code.
KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]*>|\]\([^)]*\)|:material/\w+:|&\w+;|`[^`]*`)")

Entry = str | dict[str, str]


def language() -> str:
    """The language in force: English, where none is chosen, and where Unicode's CLDR knows none by that name."""
    return os.environ.get("THROUGHLINE_LANGUAGE") or _of_company()


@cache
def _of_company() -> str:
    told = company_language.configured_language() or ENGLISH
    try:
        Locale.parse(ENGLISH if told == PSEUDO else told, sep="-")
    except (ValueError, UnknownLocaleError):
        return ENGLISH  # a build refuses it in words
    return told


def say(name: str, /, **values: object) -> str:
    """The sentence of this name with its placeholders filled in. Raises KeyError for a name or a placeholder that is not there."""
    entry = entries(language())[name]
    if isinstance(entry, dict):
        entry = entry.get(plural_category(values["count"]), entry["other"])
    return entry.format(**values)


def plural_category(count: Any) -> str:
    """one, other …: by the rules of the language in force."""
    chosen = language()
    rules = Locale.parse(ENGLISH if chosen == PSEUDO else chosen, sep="-").plural_form
    return str(rules(count))


@cache
def entries(chosen: str) -> dict[str, Entry]:
    """Name → sentence, or plural category → sentence, in a language; what it lacks in English."""
    english = _read(FOLDER / ENGLISH)
    if chosen == PSEUDO:
        return {name: _changed(entry) for name, entry in english.items()}
    return english | _read(FOLDER / chosen)


def _read(folder: Path) -> dict[str, Entry]:
    """The files of a language: ROOM.GROUP.NAME → sentence."""
    found: dict[str, Entry] = {}
    for path in sorted(folder.glob("*.toml")):
        _flatten(tomllib.loads(path.read_text(encoding="utf-8")), path.stem, found)
    return found


def _flatten(table: dict[str, Any], name: str, into: dict[str, Entry]) -> None:
    for key, value in table.items():
        if isinstance(value, dict) and not ("other" in value and all(isinstance(part, str) for part in value.values())):
            _flatten(value, f"{name}.{key}", into)
        else:
            into[f"{name}.{key}"] = value


def _changed(entry: Entry) -> Entry:
    return {key: accented(value) for key, value in entry.items()} if isinstance(entry, dict) else accented(entry)


def accented(sentence: str) -> str:
    """The sentence as the pseudo-language writes it, tags and placeholders as they are: ⟦Ñö ðàţà {name}⟧."""
    parts = KEPT.split(sentence)
    words = [
        place for place, part in enumerate(parts) if part.strip() and not (place % 2 and part.startswith(("<", "]")))
    ]
    if not words:
        return sentence
    told = [part if place % 2 else part.translate(ACCENTS) for place, part in enumerate(parts)]
    told[words[0]] = "⟦" + told[words[0]]
    told[words[-1]] += "⟧"
    return "".join(told)
