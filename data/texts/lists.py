"""The word lists of data/texts/*.toml as look-up tables, checked when loaded."""

import hashlib
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SentimentIntensityAnalyzer

from data.errors import UserError, check_keys
from data.settings.sources import load_toml

FOLDER = Path(__file__).parent
LANGUAGES = FOLDER / "languages.toml"
KEYS = (
    "language",
    "version",
    "lexicon",
    "negations",
    "but",
    "after",
    "words",
    "boosters",
    "effort",
    "emotions",
    "empty",
)
SHORTEST_STEM = 3
STRENGTHS = {"mild": 1, "clear": 2, "strong": 3}
EMPTY_KEYS = ("answers", "faults", "merits", "wishes")
SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "‘": "'"})
Said = TypeVar("Said")


@dataclass
class Cue:
    """What a word or phrase tells besides its strength: emotion → 1 mild … 3 strong, whether it tells of effort."""

    emotions: dict[str, int] = field(default_factory=dict)
    effort: bool = False


@dataclass(frozen=True)
class Table(Generic[Said]):
    """Whole words, stems (written with *), and phrases by their first word, the longest first."""

    words: dict[str, Said | None]
    stems: dict[str, Said]
    phrases: dict[str, list[tuple[tuple[str, ...], Said]]]

    def word(self, word: str) -> Said | None:
        """A whole word, else its longest stem; what is found is kept, so each word is looked for once."""
        if word not in self.words:
            self.words[word] = next(
                (self.stems[word[:end]] for end in range(len(word), SHORTEST_STEM - 1, -1) if word[:end] in self.stems),
                None,
            )
        return self.words[word]

    def phrase(self, words: list[str], place: int) -> tuple[Said | None, int]:
        """The longest phrase that begins at a place, and of how many words; (None, 0) where none does."""
        for rest, said in self.phrases.get(words[place], ()):
            if len(words) - place > len(rest) and all(_same(words[place + i], part) for i, part in enumerate(rest, 1)):
                return said, 1 + len(rest)
        return None, 0


@dataclass(frozen=True)
class Lists:
    """One language. `strengths` (−4 … 4) make the sentiment, `cues` the emotions and mentions of effort."""

    language: str
    version: int
    digest: str
    strengths: Table[float]
    cues: Table[Cue]
    boosters: dict[str, float]
    negations: frozenset[str]
    but: frozenset[str]
    after: frozenset[str]
    answers: frozenset[str]
    faults: tuple[str, ...]
    merits: tuple[str, ...]
    wishes: frozenset[str]

    @property
    def scorer(self) -> str:
        """Names the list to the letter: another one is another instrument."""
        return f"{self.language} {self.version} {self.digest}"


def plain(text: str) -> str:
    """Lower case with one spelling of umlauts and apostrophes."""
    low = text.lower()
    return low if low.isascii() else low.translate(SPELLINGS)


def lists() -> dict[str, Lists]:
    """Every language by its code: the product's lists and, where THROUGHLINE_WORDS names a folder, the company's, which stand
    in their place. Raises UserError for a folder that is not there or a list with a mistake."""
    return _lists(os.environ.get("THROUGHLINE_WORDS") or "")


@cache
def _lists(own: str) -> dict[str, Lists]:
    if own and not Path(own).is_dir():
        raise UserError(
            "there is no such folder", where="THROUGHLINE_WORDS", found=own, fix="Name a folder of word lists"
        )
    folders = [FOLDER, *([Path(own)] if own else [])]
    return {
        found.language: found
        for folder in folders
        for found in (load(path) for path in sorted(folder.glob("*.toml")) if path != LANGUAGES)
    }


@cache
def emojis() -> dict[str, float]:
    """Strength by emoticon and emoji, the same in every language: ours, else VADER's, else what it says of the words one stands for."""
    known = vader().lexicon
    signs = {sign: strength for sign, strength in known.items() if not sign[0].isalnum()}
    told = {
        emoji: sum(known.get(word, 0.0) for word in words.split())
        for emoji, words in vader().emojis.items()
        if len(emoji) == 1
    }
    ours: dict[str, float] = load_toml(LANGUAGES)["emojis"]
    return signs | {emoji: max(-4.0, min(4.0, strength)) for emoji, strength in told.items() if strength} | ours


@cache
def languages() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """(small word → the languages that have it, code → name of a language)."""
    spec = load_toml(LANGUAGES)
    known: dict[str, tuple[str, ...]] = {}
    for code, words in spec["words"].items():
        known |= {word: (*known.get(word, ()), code) for word in dict.fromkeys(map(plain, words))}
    return known, spec["names"]


@cache
def vader() -> SentimentIntensityAnalyzer:
    """VADER as its authors ship it."""
    return SentimentIntensityAnalyzer()


def load(path: Path) -> Lists:
    """One list. Raises UserError with file and key."""
    spec = load_toml(path)
    check_keys(spec, KEYS, file=path.name, where="top level")
    check_keys(spec.get("empty", {}), EMPTY_KEYS, file=path.name, where="[empty]")
    if not isinstance(spec.get("version"), int) or not isinstance(spec.get("language"), str):
        raise UserError(
            "a word list needs its language and version", file=path.name, fix='Write language = "en" and version = 1'
        )
    english = spec.get("lexicon") == "vader"
    strengths = emojis() | (vader().lexicon if english else {})
    strengths |= {plain(word): _strength(value, word, path) for word, value in spec.get("words", {}).items()}
    cues: dict[str, Cue] = {}
    for word in spec.get("effort", {}).get("cues", []):
        cues.setdefault(plain(word), Cue()).effort = True
    for emotion, graded in spec.get("emotions", {}).items():
        check_keys(graded, STRENGTHS, file=path.name, where=f"[emotions.{emotion}]")
        for strength, words in graded.items():
            for word in words:
                cues.setdefault(plain(word), Cue()).emotions[emotion] = STRENGTHS[strength]
    empty = {key: [plain(word) for word in spec.get("empty", {}).get(key, [])] for key in EMPTY_KEYS}
    return Lists(
        spec["language"],
        spec["version"],
        hashlib.sha256(path.read_bytes()).hexdigest()[:8],
        table_of(strengths),
        table_of(cues),
        (BOOSTER_DICT if english else {}) | {plain(w): float(v) for w, v in spec.get("boosters", {}).items()},
        frozenset([*(NEGATE if english else ()), *map(plain, spec.get("negations", []))]),
        frozenset(map(plain, spec.get("but", []))),
        frozenset(map(plain, spec.get("after", []))),
        frozenset(empty["answers"]),
        tuple(empty["faults"]),
        tuple(empty["merits"]),
        frozenset(empty["wishes"]),
    )


def _strength(value: object, word: str, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 4:
        raise UserError(
            "a word's strength is a number from −4 to 4", file=path.name, where=f"[words] {word!r}", found=repr(value)
        )
    return float(value)


def table_of(entries: dict[str, Said]) -> Table[Said]:
    """Words, stems and phrases in plain spelling as a look-up table."""
    words: dict[str, Said | None] = {}
    stems: dict[str, Said] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Said]]] = {}
    for text, said in entries.items():
        first, *rest = text.split()
        if rest:
            phrases.setdefault(first, []).append((tuple(rest), said))
        elif text.endswith("*") and text[:-1].isalnum():
            stems[text[:-1]] = said
        else:
            words[text] = said
    for found in phrases.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return Table(words, stems, phrases)


def _same(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part
