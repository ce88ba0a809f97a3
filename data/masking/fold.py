"""A text as it is searched: full-width, spaced-out and invisible characters made plain, each still knowing where it stood."""

import re
import unicodedata
from dataclasses import dataclass

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
AS_IT_IS = re.compile("[\x01-\x7fÀ-ɏ’‘“”„€]*")  # nothing in it to make plain
GONE = "\0"  # stands where something was found already: no pattern matches it


@dataclass
class Folded:
    """`text` is searched; `place[i]` is where its i-th character stood in the text as written."""

    written: str
    text: str
    place: range | list[int]

    def take(self, start: int, end: int) -> tuple[int, int]:
        """Where start to end stood in the text as written; what was found is not found a second time."""
        self.text = self.text[:start] + GONE * (end - start) + self.text[end:]
        return self.place[start], self.place[end - 1] + 1


def fold(text: str) -> Folded:
    """NFKC character by character (full-width, mathematical and Arabic-Indic digits become 0–9), dashes and spaces plain,
    format characters (zero-width, soft hyphen) left out."""
    if AS_IT_IS.fullmatch(text):
        return Folded(text, text, range(len(text)))
    plain, place = [], []
    for i, character in enumerate(text):
        for found in _plain(character):
            plain.append(found)
            place.append(i)
    return Folded(text, "".join(plain), place)


def _plain(character: str) -> str:
    if character < "\x80":
        return " " if character == GONE else character
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", character).translate(DASHES)
    return "".join(
        str(unicodedata.digit(c, c)) if c.isdigit() else " " if c.isspace() and c != "\n" else c for c in plain
    )
