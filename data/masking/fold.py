"""A text as it is searched: full-width, spaced-out, written as entities and invisible characters made plain, each still knowing where it stood."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
AS_IT_IS = re.compile("[\x01-\x7fÀ-ɏ’‘“”„€]*")  # nothing in it to make plain
ENTITY = re.compile(
    r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|commat|period|nbsp);"
)  # as a form or a mail programme escapes a sign
SPACED = re.compile(r"(?<!\S)\S(?: \S){3,}(?!\S)")  # a word in single characters: "a n n a"
GONE = "\0"  # stands where something was found already: no pattern matches it


@dataclass
class Folded:
    """`text` is searched; its i-th character stood from `place[i]` to before `ends[i]` in the text as written."""

    written: str
    text: str
    place: range | list[int]
    ends: range | list[int]

    def take(self, start: int, end: int) -> tuple[int, int]:
        """Where start to end stood in the text as written; what was found is not found a second time."""
        self.text = self.text[:start] + GONE * (end - start) + self.text[end:]
        return self.place[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """NFKC character by character (full-width, mathematical and Arabic-Indic digits become 0–9), dashes and spaces plain,
    entities as the sign they stand for, format characters (zero-width, soft hyphen) and the spaces of a word in single characters left out."""
    if AS_IT_IS.fullmatch(text) and not ENTITY.search(text):
        return _closed(Folded(text, text, range(len(text)), range(1, len(text) + 1)))
    plain: list[str] = []
    place: list[int] = []
    ends: list[int] = []
    for character, start, end in _signs(text):
        for found in _plain(character):
            plain.append(found)
            place.append(start)
            ends.append(end)
    return _closed(Folded(text, "".join(plain), place, ends))


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    """The characters of a text, an entity as one, with where each begins and ends."""
    last = 0
    for found in ENTITY.finditer(text):
        yield from ((text[i], i, i + 1) for i in range(last, found.start()))
        yield html.unescape(found[0])[:1], *found.span()
        last = found.end()
    yield from ((text[i], i, i + 1) for i in range(last, len(text)))


def _closed(folded: Folded) -> Folded:
    """Words in single characters as words."""
    gaps = {i for found in SPACED.finditer(folded.text) for i in range(found.start() + 1, found.end(), 2)}
    if not gaps:
        return folded
    kept = [i for i in range(len(folded.text)) if i not in gaps]
    return Folded(
        folded.written,
        "".join(folded.text[i] for i in kept),
        [folded.place[i] for i in kept],
        [folded.ends[i] for i in kept],
    )


def _plain(character: str) -> str:
    if character < "\x80":
        return " " if character == GONE else character
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", character).translate(DASHES)
    return "".join(
        str(unicodedata.digit(c, c)) if c.isdigit() else " " if c.isspace() and c != "\n" else c for c in plain
    )
