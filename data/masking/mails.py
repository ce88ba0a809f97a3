"""E-mail addresses as people write them, and addresses of machines."""

import re
from collections.abc import Iterator

NAME, LABEL = r"[\w.!#$%&'*+/=?^`{|}~-]", r"[\w-]"
ENDS = "com|org|net|io|eu|info|biz|edu|gov|mil|me|tv|co|app|dev|shop|online|cloud|email|de|at|ch|li|fr|be|lu|es|pt|mx|ar|cl|nl|uk|ie|us|ca|au|nz|it|pl|cz|sk|dk|se|no|fi|ru|ua|tr|gr|ro|hu|br|jp|cn|in|example|test"
# a quoted name is one, too; a comma is a slip for the full stop where an ending everybody knows follows
PLAIN = re.compile(rf"(?:{NAME}+|\"[^\"\n@]{{1,64}}\")(?:@|%40){LABEL}+(?:,(?:{ENDS})\b|(?:\.{LABEL}+)*\.?)")
JOINED = re.compile(
    rf"[A-Za-z0-9.+-]+(?:_[A-Za-z0-9.+-]+)*[_-]at[_-][A-Za-z0-9-]+[_-]dot[_-](?:{ENDS})\b", re.IGNORECASE
)
# apart: "anna @ shop . com"; an ending everybody knows, since a full stop may follow "@ home"
AT = r"(?:\s?@\s?|\s?[(\[{]\s?(?:at|ät|arroba|arobase|apenstaartje|@)\s?[)\]}]\s?)"
DOT = r"(?:\s?\.\s?|\s?[(\[{]\s?(?:dot|punkt|punto|point|punt|\.)\s?[)\]}]\s?)"
APART = re.compile(rf"[\w+-]+(?:{DOT}[\w+-]+)*{AT}{LABEL}+(?:{DOT}{LABEL}+)*?{DOT}(?:{ENDS})\b", re.IGNORECASE)
SPOKEN = re.compile(
    rf"[\w.+-]+\s(?:at|ät|arroba|arobase|apenstaartje)\s[\w-]+(?:\.|\s\.\s|\s(?:dot|punkt|punto|point|punt)\s)(?:{ENDS})\b",
    re.IGNORECASE,
)
FOUR = re.compile(r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)")
SIX = re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4}){1,4}(?![\w:])", re.IGNORECASE)


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Where an address stands: plain, with spaces, or with "(at)" and "dot" spelt out."""
    if "@" in text or "%40" in text:
        for found in PLAIN.finditer(text):
            yield found.start(), found.end() - (found[0].endswith("."))
    for pattern in (APART, SPOKEN) if "@" in text or " at " in text.lower() or _spelt(text) else ():
        yield from (found.span() for found in pattern.finditer(text))
    if "dot" in text.lower():
        yield from (found.span() for found in JOINED.finditer(text))


def _spelt(text: str) -> bool:
    lower = text.lower()
    return any(
        word in lower for word in ("(at", "[at", "{at", "( at", "[ at", "ät", "arroba", "arobase", "apenstaartje")
    )


def machines(text: str) -> Iterator[tuple[int, int]]:
    """Where an IP address of version 4 or 6 stands."""
    if text.count(".") >= 3:
        yield from (found.span() for found in FOUR.finditer(text))
    if text.count(":") >= 4:
        yield from (found.span() for found in SIX.finditer(text))
