"""One text to its score, or to the reason why it has none: which language, whether it says anything, what it says."""

import re
from dataclasses import dataclass

from data.texts.clean import is_no_answer, own_words
from data.texts.lists import Lists, languages, lists, plain
from data.texts.rules import read, tokens

THRESHOLD = 0.05  # VADER's: between −.05 and .05 is neutral
SAID_BY_QUESTION = 0.3  # compound of "nothing" under a question that makes it praise or complaint
CLEARLY, SHORT = 3, 6  # evidence for a language: so many words, where there are more than so many
LENGTHS = ((4, "a few words"), (15, "a sentence"))
EMPTY, NO_WORDS = "says nothing", "no words"
OTHER_SCRIPT, UNKNOWN = "no list for its script", "language not told"


@dataclass(frozen=True)
class Score:
    """`not_scored` is the reason where `sentiment` is None. `language` is the writer's, as far as it could be told."""

    language: str | None = None
    length: str = LENGTHS[0][1]
    not_scored: str | None = None
    sentiment: str | None = None
    compound: float | None = None
    cues: int | None = None
    effort: int | None = None
    emotions: tuple[tuple[str, float], ...] = ()
    scorer: str | None = None


def score(text: str, question: str = "", declared: str = "") -> Score:
    """Score a redacted text; `declared` is the language its source names ("en", "de-AT", "PT-BR" or nothing)."""
    text = own_words(text)
    words = tokens(text)
    plainly = [plain(word) for word in words]
    spelt = [word for word in plainly if word[0].isalnum()]
    length = next((name for most, name in LENGTHS if len(spelt) <= most), "longer")
    if not any(c.isalpha() for word in spelt for c in word):
        return _signs(words, plainly, length)
    if _other_script(text):
        return Score(length=length, not_scored=OTHER_SCRIPT)
    if is_no_answer(spelt):
        return Score(length=length, not_scored=EMPTY)
    language = language_of(spelt, declared or _answer_of(spelt))
    if language is None:
        return Score(length=length, not_scored=UNKNOWN)
    if language not in lists():
        return Score(language, length, f"no list for {languages()[1].get(language, language)}")
    return _scored(words, plainly, spelt, plain(question), lists()[language], length)


def _signs(words: list[str], plainly: list[str], length: str) -> Score:
    """A text of emoticons or emojis alone: they say the same in every language."""
    found = next(iter(lists().values()))
    if not any(word in found.strengths.words for word in words if not word[0].isalnum()):
        return Score(length=length, not_scored=NO_WORDS)
    reading = read(words, plainly, found)
    return Score(
        None, length, None, label(reading.compound), round(reading.compound, 4), reading.cues, 0, (), found.scorer
    )


def _scored(words: list[str], plainly: list[str], spelt: list[str], question: str, lists: Lists, length: str) -> Score:
    faults = any(part in question for part in lists.faults)
    if " ".join(spelt) in lists.answers:
        if not faults and not any(part in question for part in lists.merits):
            return Score(lists.language, length, EMPTY)
        compound = SAID_BY_QUESTION if faults else -SAID_BY_QUESTION
        return Score(lists.language, length, None, label(compound), compound, 1, 0, (), lists.scorer)
    reading = read(words, plainly, lists, wishes=faults)
    return Score(
        lists.language,
        length,
        None,
        label(reading.compound),
        round(reading.compound, 4),
        reading.cues,
        reading.effort,
        tuple(sorted(reading.emotions.items())),
        lists.scorer,
    )


def label(compound: float) -> str:
    """positive, neutral or negative."""
    return "positive" if compound >= THRESHOLD else "negative" if compound <= -THRESHOLD else "neutral"


def _other_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = [c for c in text if c.isalpha()]
    return sum(ord(c) < 0x250 for c in letters) * 2 < len(letters)


def language_of(spelt: list[str], declared: str = "") -> str | None:
    """The declared language unless the words clearly speak another; without one, that of most small and listed words."""
    told = re.split(r"[-_ ]", declared.strip().lower())[0]
    small, names = languages()
    told = next((code for code, name in names.items() if name.lower() == told), told)
    hits = dict.fromkeys(names, 0)
    for word in set(spelt):
        for code in small.get(word, ()):
            hits[code] += 1
    best = max(hits, key=lambda code: (hits[code], code == told))
    if told:
        return best if hits[best] >= CLEARLY and hits[best] > 2 * hits.get(told, 0) else told
    if hits[best] >= CLEARLY and list(hits.values()).count(hits[best]) == 1:
        return best
    seen = {code: 2 * hits[code] + (_listed(spelt, lists()[code]) if code in lists() else 0) for code in hits}
    best = max(seen, key=lambda code: (seen[code], code in lists()))
    return best if seen[best] and (len(spelt) <= SHORT or seen[best] >= CLEARLY) else None


def _answer_of(spelt: list[str]) -> str:
    """The language in which the text is one of the answers that say nothing."""
    return next((code for code, found in lists().items() if " ".join(spelt) in found.answers), "")


def _listed(spelt: list[str], lists: Lists) -> int:
    """How many words a list knows, alone or as the beginning of a phrase."""
    return sum(
        lists.strengths.word(word) is not None
        or lists.cues.word(word) is not None
        or lists.strengths.phrase(spelt, place)[1] > 0
        for place, word in enumerate(spelt)
    )
