"""Text that holds names from data or addresses, for places that read Markdown: nothing in it becomes a link, an image, a formula or markup of a page."""

import re

from report.numbers import unbroken

# Code between backticks stays; of the rest what would open a link, an image, a formula, a tag or a reference is escaped. Our own sentences have
# bold, colours and code, and no such thing. Addresses that stand bare are linked after escapes are read, so a word joiner, which nobody sees, parts them;
# a backslash before a letter is no escape, and www behind it would be linked.
LIVE = re.compile(
    r"(`[^`\n]*`)|(\\[!-/:-@\[-`{-~])|(?P<sign>[$<])|(?P<bracket>\][(\[:])|(?P<bare>:(?=//)|\bwww(?=\.)|(?<=\w)(?=@))",
    re.I,
)
JOINER = "\u2060"
MEANT = re.compile(r"[\\`*\[\]<>$~@]|:\S+:|://|\bwww\.|^\s*(?:[-+#]|\d+[.)]\s)|(?<!\w)_|_(?!\w)|\s{2}|[\n\r\t]", re.I)
SIGNS = "\\`*_{}[]()#+-.!|<>$:~@"


def inert(text: str) -> str:
    """A sentence of ours with names in it: our marks stay, a name's are harmless, and a number stays on one line with its unit."""
    return unbroken(LIVE.sub(_quiet, text))


def _quiet(found: re.Match[str]) -> str:
    if found["sign"]:
        return "\\" + found["sign"]
    if found["bracket"]:
        return "]\\" + found["bracket"][1]
    return found[0] + JOINER if found["bare"] is not None else found[0]


def plain(text: str) -> str:
    """A name alone, as it is written: no sign of it means anything."""
    for sign in SIGNS:
        text = text.replace(sign, "\\" + sign)
    return re.sub(r"(\\:)(?=/)|\bwww(?=\\\.)|(?<=\w)(?=\\@)", lambda found: found[0] + JOINER, text, flags=re.I)


def calm(name: str) -> bool:
    """Whether Markdown shows a name as it is written: nothing in it means anything."""
    return not MEANT.search(name)
