"""What comments are about, as single words: those many people use that neither judge nor bind a sentence together."""

import re
from collections import defaultdict
from collections.abc import Iterable

from data.texts.lists import plain
from data.texts.topics.found import says_of_what

MOST_WORDS = 25
WORD = re.compile(r"[^\W\d_]{4,}")


def words_of(comments: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Word → keys of the comments that hold it, the most used MOST_WORDS, alphabetically.

    Words by which a language is told and words that say good or bad themselves are left out: that the unhappy write "bad" tells
    nothing of why.
    """
    held: dict[str, set[str]] = defaultdict(set)
    for key, comment in comments:
        for word in set(WORD.findall(comment.lower())):
            held[word].add(key)
    found: dict[str, set[str]] = {}
    for word in sorted(held, key=lambda word: (-len(held[word]), word)):
        if len(found) == MOST_WORDS:
            break
        if says_of_what(plain(word)):
            found[word] = held[word]
    return dict(sorted(found.items()))
