"""People's names: known first names with what follows, and whatever stands where a name stands (a title, a greeting, a signature)."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
LONGEST = 4  # words of one name


@cache
def _words(name: str) -> frozenset[str]:
    """A list of this folder, one word or several a line; # begins a remark."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _cues() -> dict[str, Any]:
    found = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
    sets = {
        key: frozenset(found[key].replace("\n", "|").strip("|").split("|"))
        for key in ("titles", "greetings", "particles", "nobody", "thanks")
    }
    any_of = {
        key: "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in sorted(found[key], key=len, reverse=True))
        for key in ("introductions", "spoken", "closings")
    }
    plain = {f"{key}_plain": tuple(word.lower() for word in found[key]) for key in any_of}
    return (
        sets
        | plain
        | {
            "introduced": re.compile(rf"(?<!\w)(?:{any_of['introductions']})[\s:,]+(?=\w)", re.IGNORECASE),
            "spoken": re.compile(rf"(?<!\w)(?:{any_of['spoken']})\s+(?=\w)", re.IGNORECASE),
            "closed": re.compile(rf"(?<!\w)(?:{any_of['closings']})\s*[,.!:\n-]*\s*(?=\w)", re.IGNORECASE),
        }
    )


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where a person's name stands, from its first word to its last."""
    tokens = list(TOKEN.finditer(text))
    spans = sorted({*_told(text, tokens), *_known(text, tokens)})
    end = 0
    for first, last in spans:
        if last > end:
            yield max(first, end), last
            end = last


def _known(text: str, tokens: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """A first name, alone or with surnames; a title or a greeting and the name behind it."""
    cues, place = _cues(), 0
    while place < len(tokens):
        word, taken = tokens[place][0], 0
        lower = word.lower()
        if lower in cues["titles"] and (not word.islower() or len(word) > 3):
            taken = _run(text, tokens, place + 1, LONGEST, apart=r"\.?\s+")
            place += taken > 0
        elif lower in cues["greetings"]:
            ahead = _run(text, tokens, place + 1, 2)
            follows = text[tokens[place + ahead].end() :][:1] if ahead else "x"
            if ahead and (not word.isupper() and follows in ",!\n" or _is_first(tokens[place + 1][0])):
                taken, place = ahead, place + 1
        elif word[0].isupper():
            taken = _first_and_last(text, tokens, place)
        if taken:
            yield tokens[place].start(), tokens[place + taken - 1].end()
        place += max(taken, 1)


def _first_and_last(text: str, tokens: list[re.Match[str]], place: int) -> int:
    """How many words from `place` are a first name and what belongs to it."""
    word = tokens[place][0]
    if _is_first(word):
        return 1 + _run(text, tokens, place + 1, LONGEST - 1)
    if word.title() in _words("name_words") or word in _words("name_words"):
        behind = _run(text, tokens, place + 1, LONGEST - 1)
        if behind and tokens[place + behind][0].title() in _words("surnames"):
            return 1 + behind
    return 0


def _is_first(word: str) -> bool:
    """Whether a capitalised word is a first name and hardly anything else; ANNA and Anna-Lena are, too."""
    known = _words("first_names")
    return (
        word in known
        or word.isupper()
        and len(word) > 3
        and word.title() in known
        or "-" in word
        and word.split("-")[0] in known
    )


def _run(text: str, tokens: list[re.Match[str]], place: int, most: int, apart: str = r"[ \t]+") -> int:
    """How many tokens from `place` on go on with a name: capitalised, none that is nobody's; particles only between them."""
    cues, taken, seen = _cues(), 0, 0
    while seen < most and place + seen < len(tokens):
        token = tokens[place + seen]
        earlier = tokens[place + seen - 1] if place + seen else None
        before = text[earlier.end() : token.start()] if earlier else ""
        dotted = earlier and (len(earlier[0]) == 1 or earlier[0].lower() in cues["titles"])  # an initial, "Dr."
        if not re.fullmatch(apart if seen == 0 else r"\.?[ \t]+" if dotted else r"[ \t]+", before):
            break
        lower = token[0].lower()
        initial = len(lower) == 1 and text[token.end() :].startswith(".")
        if token[0][0].isupper() and (initial or lower not in cues["nobody"]):
            taken = seen + 1
        elif lower not in cues["particles"] and not lower.startswith(("d'", "l'")):
            break
        seen += 1
    return taken


def _told(text: str, tokens: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """What stands where the writer says a name: an introduction, a colleague, the end of a letter."""
    cues = _cues()
    lower = text.lower().replace("\n", " ")
    said = {
        key: any(words in lower for words in cues[f"{key}_plain"]) for key in ("introductions", "spoken", "closings")
    }
    if not any(said.values()):
        return
    starts = {token.start(): place for place, token in enumerate(tokens)}
    for found in cues["introduced"].finditer(text) if said["introductions"] else ():
        place = starts.get(found.end())
        if place is None or tokens[place][0].lower() in cues["nobody"]:
            continue
        count = _run(text, tokens, place, 3, apart=".*|\\s*") or _lower_case(text, tokens, place)
        yield tokens[place].start(), tokens[place + count - 1].end()
    for found in cues["spoken"].finditer(text) if said["spoken"] else ():
        place = starts.get(found.end())
        if place is None:
            continue
        count = _run(text, tokens, place, 3, apart=".*")
        if count > 1 and tokens[place + count - 1][0].title() in _words("surnames"):
            yield tokens[place].start(), tokens[place + count - 1].end()
    for found in cues["closed"].finditer(text) if said["closings"] else ():
        place = starts.get(found.end())
        if (
            place is None
            or len(tokens) - place > LONGEST
            or tokens[place].start() < len(text) * 0.4
            and len(tokens) > 8
        ):
            continue
        count = _run(text, tokens, place, LONGEST, apart=r"(?s:.*)")
        broken = "," in found[0] or "\n" in found[0] or found[0].lower().strip(" .!:-\n") not in cues["thanks"]
        if count and place + count == len(tokens) and (broken or _is_first(tokens[place][0])):
            yield tokens[place].start(), tokens[place + count - 1].end()


def _lower_case(text: str, tokens: list[re.Match[str]], place: int) -> int:
    """A name written small: one word, and a second one where it is a surname or the sentence ends behind it."""
    if place + 1 < len(tokens) and text[tokens[place].end() : tokens[place + 1].start()] == " ":
        after = text[tokens[place + 1].end() :].lstrip(" ")
        goes_on = re.match(r"(?:and|und|et|y|en|e|i|och|og)\b", after)
        if tokens[place + 1][0].title() in _words("surnames") or not after or after[0] in ".,;!?\n" or goes_on:
            return 2
    return 1
