"""Text that holds names from data or addresses, for places that read Markdown: nothing in it becomes a link, an image, a formula or markup of a page."""

import re

# Code between backticks stays; of the rest what would open a link, an image, a formula, a tag or a reference is escaped. Our own sentences have
# bold, colours and code, and no such thing.
LIVE = re.compile(r"(`[^`\n]*`)|(\\.)|(\$)|(\]\()|(\]\[)|(\]:)|(://)|(www\.)|(@)|(<)", re.I)
SIGNS = "\\`*_{}[]()#+-.!|<>$:~@"


def inert(text: str) -> str:
    """A sentence of ours with names in it: our marks stay, a name's are harmless."""
    return LIVE.sub(_quiet, text)


def _quiet(found: re.Match[str]) -> str:
    kept = found[1] or found[2]
    if kept is not None:
        return kept
    text = found[0]
    return text[0] + "\\" + text[1:] if text[0] == "]" else "\\" + text if len(text) == 1 else _split(text)


def _split(text: str) -> str:
    """`://` and `www.`: escaped where a browser's eye would see an address begin."""
    return text[:-1] + "\\" + text[-1] if text.endswith(".") else "\\" + text


def plain(text: str) -> str:
    """A name alone, as it is written: no sign of it means anything."""
    for sign in SIGNS:
        text = text.replace(sign, "\\" + sign)
    return text
