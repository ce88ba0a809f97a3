"""Text from the data made harmless before it enters a spreadsheet, a chart's workbook or a CSV file."""

import re

# What spreadsheets read as the start of a formula, ASCII and full width, and what hides one from the eye (OWASP, CSV injection).
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
BEHIND = re.compile(
    "([;|\t\r\n][\"' \u00a0]*)(?=[=+\\-@＝＋－＠])"
)  # where a program that splits elsewhere would begin a cell

BEHIND_COMMA = re.compile(BEHIND.pattern.replace("[;|", "[,;|"))


def plain(text: str) -> str:
    """The text without what XML cannot hold and signs that nobody sees."""
    return CONTROL.sub("", text)


def one_line(text: str) -> str:
    """The same in one line; a dash where nothing is left."""
    return " ".join(plain(text).split()) or "–"


def neutral(value: object) -> object:
    """Text that begins like a formula gets a leading apostrophe; what XML cannot hold goes; all but text is left alone."""
    if not isinstance(value, str):
        return value
    text = CONTROL.sub("", value)
    return "'" + text if text.lstrip(" \u00a0").startswith(STARTS) or text.startswith(STARTS) else text


def neutral_in_csv(value: object) -> object:
    """The same for a cell of a CSV, which may be split at semicolons, bars or tabs: what would then begin like a formula is marked, too."""
    found = neutral(value)
    return BEHIND.sub(r"\1'", found) if isinstance(found, str) else found


def comment(value: object) -> str:
    """A line of small print in front of a CSV's table, in one line without quotes: no program that splits it anywhere finds a formula."""
    return " ".join(BEHIND_COMMA.sub(r"\1'", str(neutral_in_csv(value))).split())
