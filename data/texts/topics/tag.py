"""Which topics a text is about: words, stems and phrases, the longest phrase first and instead of its words."""

from collections.abc import Iterable

from data.texts.lists import Table, table_of
from data.texts.topics.load import EVERY, Topic


class Tagger:
    """Made once of a company's topics; asked text by text."""

    def __init__(self, topics: Iterable[Topic]):
        topics = tuple(topics)
        self._order = {topic.name: place for place, topic in enumerate(topics)}
        codes = {code for topic in topics for code in topic.words} - {EVERY}
        self._tables = {code: _table(topics, (code, EVERY)) for code in codes}
        self._every = _table(topics, (*sorted(codes), EVERY))
        self._common = _table(topics, (EVERY,))

    def topics(self, spelt: list[str], language: str | None) -> list[str]:
        """Names of the topics in a text's words (in plain spelling), in the order of the file. Where no language is known the words
        of each count; a language without words of its own has those of every language."""
        table = self._every if language is None else self._tables.get(language, self._common)
        found: set[str] = set()
        place = 0
        while place < len(spelt):
            names, used = table.phrase(spelt, place) if spelt[place] in table.phrases else (None, 0)
            found.update(names or table.word(spelt[place]) or ())
            place += max(used, 1)
        return sorted(found, key=self._order.__getitem__)


def _table(topics: Iterable[Topic], codes: Iterable[str]) -> Table[tuple[str, ...]]:
    entries: dict[str, tuple[str, ...]] = {}
    for code in codes:
        for topic in topics:
            for word in topic.words.get(code, ()):
                entries[word] = tuple(dict.fromkeys((*entries.get(word, ()), topic.name)))
    return table_of(entries)
