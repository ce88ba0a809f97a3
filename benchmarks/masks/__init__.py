"""How much of what could name somebody the masker finds, and how much it masks for nothing, on texts labelled by hand.

`texts/*.txt`: one text a line, one file a language; `{kind|words}` is what must be masked, `\\n` a new line. Every third text is
held out: the masker was not looked at with it. `hostile` was written to get past the masker and the masker mended with it, so none of it is held
out; `hostile_after` was written once that was done, and all of it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from data.masking import KINDS, find

TEXTS = Path(__file__).parent / "texts"
LABEL = re.compile(r"\{([\w-]+)\|([^}]*)\}")
PARTS = ("all", "seen", "held out")
LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "nl": "Dutch",
    "hostile": "written to get past it",
    "hostile_after": "the same, after it was mended",
}
HELD_OUT = {"hostile": False, "hostile_after": True}  # of the other files every third text


@dataclass(frozen=True)
class Labelled:
    """A text as somebody wrote it, what of it must be masked as (start, end, kind), its language, whether it is held out."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    language: str
    held_out: bool


@dataclass
class Score:
    """Of one kind or language: labelled, of these wholly masked, of these under their own kind, masks, of these for nothing."""

    labelled: int = 0
    masked: int = 0
    own_kind: int = 0
    masks: int = 0
    for_nothing: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        return self.masked / self.labelled if self.labelled else None

    @property
    def precision(self) -> float | None:
        return 1 - self.for_nothing / self.masks if self.masks else None


def labelled() -> list[Labelled]:
    """Every text of the set."""
    return [
        _parsed(line.replace("\\n", "\n"), file.stem, HELD_OUT.get(file.stem, number % 3 == 0))
        for file in sorted(TEXTS.glob("*.txt"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    ]


def _parsed(line: str, language: str, held_out: bool) -> Labelled:
    text, spans, last = "", [], 0
    for found in LABEL.finditer(line):
        text += line[last : found.start()]
        spans.append((len(text), len(text) + len(found[2]), found[1]))
        text, last = text + found[2], found.end()
    return Labelled(text + line[last:], tuple(spans), language, held_out)


def measure(texts: Iterable[Labelled]) -> dict[str, Score]:
    """A score a kind of KINDS, and one a language that occurs. A label counts as masked when none of its letters and digits is left."""
    scores = {kind: Score() for kind in KINDS}
    for one in texts:
        masks = find(one.text)
        whole = scores.setdefault(one.language, Score())
        for start, end, kind in one.spans:
            left = [i for i in range(start, end) if one.text[i].isalnum() and not any(a <= i < b for a, b, _ in masks)]
            for score in (scores[kind], whole):
                score.labelled += 1
                score.masked += not left
                score.own_kind += not left and any(k == kind and a < end and b > start for a, b, k in masks)
                score.missed += [one.text] if left else []
        for a, b, kind in masks:
            for score in (scores[kind], whole):
                score.masks += 1
                wrong = not any(a < end and b > start for start, end, _ in one.spans)
                score.for_nothing += wrong
                score.missed += [f"{one.text} ← {one.text[a:b]}"] if wrong else []
    return scores


def part(name: str) -> list[Labelled]:
    """The texts of one of PARTS."""
    return [one for one in labelled() if name == "all" or one.held_out == (name == "held out")]


def render() -> str:
    """A Markdown table: a row a kind and a language, recall and precision on all texts and on the held-out ones."""
    whole, held = measure(part("all")), measure(part("held out"))
    lines = [
        "| kind | labelled | recall | under its own kind | masks | precision | held out: recall | precision |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for key, score in whole.items():
        other = held.get(key, Score())
        lines.append(
            f"| {LANGUAGES.get(key, key)} | {score.labelled} | {_share(score.recall)} | {score.own_kind} | {score.masks} | {_share(score.precision)} "
            f"| {_share(other.recall)} of {other.labelled} | {_share(other.precision)} of {other.masks} |"
        )
    return "\n".join(lines)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"
