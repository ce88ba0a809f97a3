"""From words to a compound in −1 … 1 and to emotions: negation, emphasis and "but" as VADER has them, phrases counted once."""

import math
import re
from dataclasses import dataclass

from data.texts.lists import Lists

TOKEN = re.compile(r"[:;=]['-]?[()DP|/]|\w+(?:'\w+)*|[.!?;,]+|[\u2600-\u27BF\U0001F300-\U0001FAFF]")
NEAR = 3  # so many words a negation or an intensifier reaches, within its part of the sentence
NEGATED, CAPITALS, EXCLAIMED, ALPHA = -0.74, 0.733, 0.292, 15
APOSTROPHES = str.maketrans("’‘`", "'''")
FADING = (1.0, 0.95, 0.9)
STRONG = 3


@dataclass(frozen=True)
class Reading:
    """`compound` −1 … 1, `cues`: words or phrases that said something, emotion → intensity 0 … 1, mentions of effort."""

    compound: float
    cues: int
    emotions: dict[str, float]
    effort: int


def tokens(text: str) -> list[str]:
    """Words, emoticons, emojis and marks, as written."""
    return TOKEN.findall(text if text.isascii() else text.translate(APOSTROPHES))


def read(words: list[str], spelt: list[str], lists: Lists, wishes: bool = False) -> Reading:
    """What the words (as written, and in plain spelling) say. `wishes`: the question asked for faults, so better is no praise."""
    compound, said = _sentiment(words, spelt, lists, wishes)
    return Reading(compound, said, *_cues(spelt, lists))


def _sentiment(words: list[str], spelt: list[str], lists: Lists, wishes: bool) -> tuple[float, int]:
    """(compound, how many words or phrases said something)."""
    shouted = any(word.isupper() and len(word) > 1 for word in words) and any(word.islower() for word in words)
    table, units, strengths, loud, place = lists.strengths, [], [], [], 0
    while place < len(words):
        unit, used, strength = spelt[place], 0, None
        if unit in table.phrases:
            strength, used = table.phrase(spelt, place)
        if used:
            unit = " ".join(spelt[place : place + used])
        else:
            used, strength = 1, table.word(unit) if unit[0].isalnum() else table.words.get(words[place])
        units.append(unit)
        strengths.append(strength or 0.0)
        loud.append(shouted and len(words[place]) > 1 and words[place].isupper())
        place += used
    weighed = [_strength(units, i, s, loud[i], lists, wishes) if s else 0.0 for i, s in enumerate(strengths)]
    return _compound(_contrasted(weighed, units, lists), words), sum(1 for s in strengths if s)


def _strength(units: list[str], place: int, strength: float, loud: bool, lists: Lists, wishes: bool) -> float:
    sign = math.copysign(1.0, strength)
    if loud:
        strength += sign * CAPITALS
    for distance, other in enumerate(_before(units, place)):
        strength += sign * lists.boosters.get(other, 0.0) * FADING[distance]
    strength = strength * NEGATED if _negated(units, place, lists) else strength
    return 0.0 if wishes and strength > 0 and _wished(units[place], lists) else strength


def _before(units: list[str], place: int) -> list[str]:
    """The words before, nearest first, no further than the last mark."""
    found = []
    for other in reversed(units[max(place - NEAR, 0) : place]):
        if other[0] in ".!?;,":
            break
        found.append(other)
    return found


def _negated(units: list[str], place: int, lists: Lists) -> bool:
    """A negation before within reach; after some verbs (gefällt mir nicht) also behind."""
    if any(_denies(other, lists) for other in _before(units, place)):
        return True
    return units[place] in lists.after and any(
        _denies(other, lists) for other in _before(units[::-1], len(units) - 1 - place)
    )


def _denies(unit: str, lists: Lists) -> bool:
    return unit in lists.negations or unit.endswith("n't")


def _wished(text: str, lists: Lists) -> bool:
    return text in lists.wishes or any(wish[-1] == "*" and text.startswith(wish[:-1]) for wish in lists.wishes)


def _contrasted(strengths: list[float], units: list[str], lists: Lists) -> list[float]:
    """What follows the last "but" weighs half as much again, what stands before it half."""
    at = next((place for place in range(len(units) - 1, 0, -1) if units[place] in lists.but), None)
    return strengths if at is None else [0.5 * s if place < at else 1.5 * s for place, s in enumerate(strengths)]


def _compound(strengths: list[float], words: list[str]) -> float:
    total = sum(strengths)
    if not total:
        return 0.0
    total += math.copysign(EXCLAIMED * min(sum(word.count("!") for word in words), 4), total)
    return total / math.sqrt(total * total + ALPHA)


def _cues(spelt: list[str], lists: Lists) -> tuple[dict[str, float], int]:
    """(emotion → intensity, mentions of effort); what is negated is not felt. A phrase counts instead of its words."""
    table, effort, place = lists.cues, 0, 0
    emotions: dict[str, float] = {}
    while place < len(spelt):
        cue, used = table.phrase(spelt, place) if spelt[place] in table.phrases else (None, 0)
        if not used:
            cue, used = table.word(spelt[place]), 1
        if cue and not any(_denies(other, lists) for other in _before(spelt, place)):
            effort += cue.effort
            louder = any(lists.boosters.get(other, 0.0) > 0 for other in _before(spelt, place)[:1])
            for emotion, size in cue.emotions.items():
                emotions[emotion] = max(emotions.get(emotion, 0.0), min(1.0, round((size + louder / 2) / STRONG, 2)))
        place += used
    return emotions, effort
