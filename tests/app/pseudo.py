"""What a page shows in the pseudo-language, and which of its words come from no catalogue of texts."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from babel import Locale

from metrics.catalogue.load import catalogue
from report.text.catalogue import PLAIN

ROOT = Path(__file__).resolve().parents[2]
# Every text a reader or a screen reader meets: text nodes, titles, labels, placeholders, descriptions.
TEXTS = """() => {
  const found = new Set(), skip = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'CODE', 'PRE']);
  const walk = (node) => {
    if (node.nodeType === 3) { const text = node.textContent.trim(); if (text) found.add(text); return; }
    if (node.nodeType === 1) {
      if (skip.has(node.tagName)) return;
      if (node.dataset && node.dataset.testid === 'stIconMaterial') return;
      for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description']) {
        const text = node.getAttribute(name); if (text && text.trim()) found.add(text.trim());
      }
      for (const child of [...node.childNodes, ...(node.shadowRoot ? node.shadowRoot.childNodes : [])]) walk(child);
    }
  };
  walk(document.body); found.add(document.title);
  return [...found];
}"""
WORD = re.compile(r"[^\W\d_]+")


def english_words(text: str, known: re.Pattern[str]) -> list[str]:
    """The words of a text that no catalogue made: plain letters throughout, and no name from data, definitions or settings."""
    return [
        word
        for word in WORD.findall(known.sub(" ", text))
        if len(word) > 1 and word.isascii() and set(word) & set(PLAIN)
    ]


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """These phrases as whole words, the longest first."""
    wanted = sorted({phrase.strip() for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)


def strings(found: Any) -> Iterable[str]:
    """Every text in a nested value."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(found, list | tuple):
        for value in found:
            yield from strings(value)


def of_definitions() -> list[str]:
    """What definitions and orders of the catalogue say, whole, and by clause."""
    found = list(catalogue())
    for path in [*(ROOT / "metrics").rglob("*.toml"), *(ROOT / "data").glob("*.toml")]:
        found += strings(tomllib.loads(path.read_text(encoding="utf-8")))
    return found + [clause for text in found for clause in re.split(r"[;.] ?", text) if len(clause) > 3]


def of_store(path: Path) -> list[str]:
    """Every name and text the store holds: stages, pages, surveys, reasons, comments, files, columns."""
    with duckdb.connect(str(path), read_only=True) as con:
        columns = con.execute(
            "select table_name, column_name from information_schema.columns where data_type in ('VARCHAR', 'VARCHAR[]')"
        ).fetchall()
        found = [name for pair in columns for name in pair]
        for table, column in columns:
            found += [
                text
                for row in con.execute(f'select distinct "{column}" from "{table}" limit 5000').fetchall()
                for text in strings(row[0] if not isinstance(row[0], list) else row[0])
            ]
    return found


def of_calendar() -> list[str]:
    """Months and days as English writes them, and the signs of units."""
    english = Locale.parse("en")
    names = [name for months in english.months["format"].values() for name in months.values()]
    return [*names, *(name for days in english.days["format"].values() for name in days.values()), "UTC"]
