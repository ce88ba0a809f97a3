"""What stands in a text without being the writer's words: markup, links, handles, marks of what was redacted, stand-ins for no answer."""

import html
import re
from functools import cache

from data.masking import MARK
from data.settings.sources import load_toml
from data.texts.lists import LANGUAGES, plain

# In this order: markup may hold links, and a link may hold what looks like a handle.
NO_WORDS = (
    re.compile(r"</?[A-Za-z][^<>]{0,400}>"),  # tags
    re.compile(r"(?i)\b(?:https?|ftp|mailto):\S+|\bwww\.\S+"),  # links
    re.compile(r"\b(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|eu|gov|edu|de|fr|es|nl|pt|pl|uk)\b(?:/\S*)?"),
    re.compile(r"(?<![\w@])@\w[\w.-]*"),  # handles: a brand may be called "united"
    re.compile(r"(?<!\w)RT(?=\s|$)"),  # a passed-on message
    MARK,  # what the masker put there
)


def own_words(text: str) -> str:
    """The text with what is nobody's words taken out; a hashtag's word is the writer's and stays."""
    text = html.unescape(text) if "&" in text else text
    for pattern in NO_WORDS:
        text = pattern.sub(" ", text)
    return text


def is_no_answer(spelt: list[str]) -> bool:
    """Whether the words (lower case, plain spelling) are what a form or a writer puts in place of an answer, in any language."""
    return " ".join(spelt) in _stand_ins()


@cache
def _stand_ins() -> frozenset[str]:
    return frozenset(plain(words) for words in load_toml(LANGUAGES)["no_answer"])
