r"""CSV text whose quotes inside cells are written \" (databases and some warehouses write so) instead of "".

Read the standard way such a cell ends at its first inner quote: a comma behind it moves every column that follows.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

ESCAPED = re.compile(r'\\"(?=[^,;\t|\r\n])')  # a quote behind a backslash that ends no cell
DOUBLED = re.compile(r'[^,;\t|\r\n"\\]""')
NULL = re.compile(r"(?:(?<=^)|(?<=[,;\t|]))\\N(?=[,;\t|\r\n]|$)")  # what databases write where there is no value


def backslashed(lines: list[str], delimiter: str) -> bool:
    """Whether the first lines have quotes behind backslashes: read so, every record is as wide as the first."""
    if not any(ESCAPED.search(line) for line in lines):
        return False
    escaped = [len(row) for row in _rows(lines[:-1] or lines, delimiter) if row]
    if len(escaped) < 2 or set(escaped) != {escaped[0]} or escaped[0] < 2:
        return False
    plain = {len(row) for row in csv.reader(lines[:-1] or lines, delimiter=delimiter) if row}
    return plain != {escaped[0]} or not any(DOUBLED.search(line) for line in lines)


def rewritten(text: Path, target: Path, delimiter: str) -> Path:
    """A copy of the text in the standard way, quotes inside cells doubled."""
    with (
        text.open("r", encoding="utf-8-sig", newline="", errors="replace") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(_rows(source, delimiter))
    return target


def _rows(lines: Iterable[str], delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(1 << 30)
    without_nulls = (NULL.sub("", line) for line in lines)
    return csv.reader(without_nulls, delimiter=delimiter, escapechar="\\", doublequote=False)
