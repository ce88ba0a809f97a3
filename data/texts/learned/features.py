"""Texts as rows of hashed words, pairs and beginnings of words: no word of anybody is kept, and no language is asked for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from zlib import crc32

import numpy as np
from scipy.sparse import csr_array

from data.texts.clean import own_words
from data.texts.lists import plain
from data.texts.rules import tokens

BUCKETS = 1 << 15
STEM = 5  # letters: the beginning of a longer word stands for its endings
SHORT = 4  # words: what so short an answer means hangs on the question
UNBROKEN = 0x2E80  # from here on scripts do not part words


@dataclass(frozen=True)
class Told:
    """A text to be read: its words in plain spelling, its question, and what a word list reads in it (−1 … 1), None where none could."""

    words: tuple[str, ...]
    question: str
    compound: float | None


def told(text: str, question: str, compound: float | None) -> Told:
    """A redacted text as it is read."""
    return Told(tuple(plain(word) for word in tokens(own_words(text))), plain(question), compound)


def counted(texts: Sequence[Told]) -> csr_array:
    """Shape (texts, BUCKETS): 1 + log of how often each feature is there."""
    data: list[float] = []
    place: list[int] = []
    ends = [0]
    for text in texts:
        found = Counter(crc32(one.encode()) % BUCKETS for one in _features(text))
        place += found
        data += [1.0 + log(count) for count in found.values()]
        ends.append(len(place))
    return csr_array((data, place, ends), shape=(len(texts), BUCKETS))


def weighed(counts: csr_array, rarity: np.ndarray, texts: Sequence[Told]) -> csr_array:
    """Shape (texts, BUCKETS + 1): each row at length 1, weighed by how rare its features are; the last column is what a word list reads."""
    from scipy.sparse import diags_array, hstack

    rows = counts @ diags_array(rarity)
    size = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scaled = diags_array(1.0 / np.where(size > 0, size, 1.0)) @ rows
    read = csr_array(np.array([[text.compound or 0.0] for text in texts]))
    return csr_array(hstack([scaled, read], format="csr"))


def rarity_of(counts: csr_array) -> np.ndarray:
    """Inverse document frequency, smoothed: log((1 + texts) ÷ (1 + texts with it)) + 1; 0 for what no text has, which nothing is known of."""
    having = np.bincount(counts.indices, minlength=BUCKETS)
    found: np.ndarray = np.where(having > 0, np.log((1 + counts.shape[0]) / (1 + having)) + 1.0, 0.0)
    return found


def _features(text: Told) -> list[str]:
    words = text.words
    found = [*words, *(f"{a} {b}" for a, b in zip(words, words[1:]))]
    for word in words:
        if len(word) > STEM:
            found.append(word[:STEM] + "*")
        if ord(word[0]) >= UNBROKEN:
            found += [word[at : at + 2] + "**" for at in range(len(word) - 1)]
    if len(words) <= SHORT and text.question:
        found += [f"{text.question}? {word}" for word in words]
    return found
