"""Topics nobody named: words and pairs of words that come up together in texts no named topic covers. Counted, no model, no chance."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from data.texts.lists import languages, lists
from data.texts.topics.load import EVERY, Topic

LEAST, SHARE = 15, 0.015  # texts that must hold a word: so many, and so large a share of those not covered
MOST_TERMS, MOST = 80, 8  # words looked at; topics found
TOGETHER = 0.25  # normalised pointwise mutual information from which two words are one topic (Bouma 2009)
PAIR = 0.35  # and from which two neighbours are one phrase
LETTERS = 4
NAMED_BY = 3


def found_topics(
    texts: Sequence[list[str]], ignored: Collection[str] = (), written: Mapping[str, str] = MappingProxyType({})
) -> tuple[Topic, ...]:
    """Topics in texts given as words in plain spelling: each a group of words that stand in the same texts more than chance has it, the
    most frequent first. Deterministic: the same texts give the same topics in any order.
    `ignored` words are none; `written` says how a word in plain spelling is written, for the names."""
    texts = [[word for word in text if word not in ignored] for text in texts]
    held = Counter(term for text in texts for term in _terms(text))
    least = max(LEAST, math.ceil(SHARE * len(texts)))
    terms = [term for term, n in sorted(held.items(), key=lambda item: (-item[1], item[0])) if n >= least]
    terms = _phrases_first(terms, held)[:MOST_TERMS]
    known = set(terms)
    sets = [frozenset(term for term in _terms(text) if term in known) for text in texts]
    both = Counter(pair for terms_of in sets for pair in combinations(sorted(terms_of), 2))
    groups: list[list[str]] = []
    taken: set[str] = set()
    for seed in terms:
        if seed in taken or len(groups) == MOST:
            continue
        near = [
            term
            for term in terms
            if term not in taken
            and term != seed
            and _npmi(both[min(seed, term), max(seed, term)], held[seed], held[term], len(texts)) >= TOGETHER
        ]
        groups.append([seed, *near])
        taken.update(groups[-1])
    return tuple(
        Topic(" · ".join(_written(term, written) for term in group[:NAMED_BY]), {EVERY: tuple(group)})
        for group in groups
    )


def _written(term: str, written: Mapping[str, str]) -> str:
    return " ".join(written.get(word, word) for word in term.split())


def says_of_what(word: str) -> bool:
    """Whether a word in plain spelling can say what a text is about: none that binds a sentence together or itself judges."""
    if len(word) < LETTERS or not word.isalpha() or word in languages()[0]:
        return False
    return not any(
        one.strengths.word(word) is not None
        or one.cues.word(word) is not None
        or word in one.boosters
        or word in one.negations
        for one in lists().values()
    )


_SAYS: dict[str, bool] = {}


def _says(word: str) -> bool:
    if word not in _SAYS:
        if len(_SAYS) > 200_000:
            _SAYS.clear()
        _SAYS[word] = says_of_what(word)
    return _SAYS[word]


def _terms(text: list[str]) -> set[str]:
    """The words of a text that say of what, and its neighbours of two such."""
    words = {word for word in text if _says(word)}
    pairs = {f"{one} {other}" for one, other in zip(text, text[1:]) if one in words and other in words and one != other}
    return words | pairs


def _phrases_first(terms: list[str], held: Counter[str]) -> list[str]:
    """Pairs that are phrases stay, others go; a word that hardly stands outside its phrase goes with the phrase."""
    phrases = []
    for term in (term for term in terms if " " in term):
        one, other = term.split()
        if held[term] >= PAIR * max(held[one], held[other]):
            phrases.append(term)
    bound = {part for term in phrases for part in term.split() if held[term] >= 0.8 * held[part]}
    return [term for term in terms if (term in phrases if " " in term else term not in bound)]


def _npmi(both: int, one: int, other: int, n: int) -> float:
    if not both or both == n:
        return -1.0 if not both else 1.0
    return math.log(both * n / (one * other)) / -math.log(both / n)
