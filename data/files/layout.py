"""Where the table begins in a text file: delimiter, title rows, comments, a `sep=` line, one header row or two.

What is found (or stated) is taken out of a copy, so that every reader meets a header and records, and it is said.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from data.errors import FileProblem
from data.files.backslashes import backslashed, rewritten
from data.files.prepare import InputFile

DELIMITERS = (",", ";", "\t", "|")
LOOK = 60  # records by which a layout is found
LINES, WIDTH, TOTAL = (
    400,
    1_000_000,
    4_000_000,
)  # what is read of a file to find it: lines, letters of each, letters in all
SEP = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*$", re.I)
COMMENT = re.compile(r"^#[#=*\-\s]+.")  # a column may be named # or #no; a remark leaves room
NUMBER = re.compile(r"^[^\w]*\d[\d.,\s'’]*\s*[%€$£]?$")
DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$")
# What survey tools write under a question: the kind of its answer, in the languages they are used in.
ANSWER_WORDS = {
    "response",
    "open-ended response",
    "antwort",
    "offene antwort",
    "antwort mit offenem ende",
    "réponse",
    "réponse ouverte",
    "respuesta",
    "respuesta abierta",
    "resposta",
    "resposta aberta",
    "risposta",
    "risposta aperta",
    "antwoord",
    "open antwoord",
    "svar",
}


@dataclass(frozen=True)
class Layout:
    """`text` begins with the header; `columns` are its cells; `notes` say what was left out before it."""

    delimiter: str
    text: Path
    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()


def layout(file: InputFile, delimiter: str | None = None, header_rows: int | None = None) -> Layout:
    """The layout of a text file, found once. A stated key of its source is never overruled. Raises FileProblem."""
    stated = file.shape.header_rows if header_rows is None else header_rows
    key = (file.delimiter or delimiter or file.shape.delimiter, stated)
    if key not in file.layouts:
        file.layouts[key] = _find(file, *key)
    known: Layout = file.layouts[key]
    return known


def csv_rows(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Records of CSV text that hold a cell; lines without any are none."""
    csv.field_size_limit(1 << 30)
    return (row for row in csv.reader(lines, delimiter=delimiter) if row)


def _find(file: InputFile, delimiter: str | None, header_rows: int | None) -> Layout:
    lines, notes = _first_lines(file), []
    start = 0
    if lines and (marked := SEP.match(lines[0])):
        delimiter, start = delimiter or marked[1], 1
        notes.append(f"columns are apart by {marked[1]!r}, as its first line says")
    given = _without_comments(lines[start:], file.shape.comment)
    delimiter = delimiter or _delimiter([line for _, line in given])
    if backslashed([line for _, line in given], delimiter):
        file.text = rewritten(file.text, file.scratch / f"quotes-{file.text.name[-80:]}", delimiter)
        notes.append("quotes inside cells stand behind a backslash")
        given = _without_comments(_first_lines(file)[start:], file.shape.comment)
    rows = _records(given, delimiter)
    if header_rows == 0:
        return _headless(file, delimiter, rows, start)
    skip = file.shape.skip_rows if file.shape.skip_rows is not None else _titles(rows, notes)
    if skip and file.shape.skip_rows is not None:
        notes.append(f"{skip} rows above the header skipped, as stated")
    body = rows[skip:]
    while body and not any(cell.strip() for cell in body[0][0]):
        body = body[1:]
    header = body[0][0] if body else []
    _check_width(header, file)
    above = (
        _groups([row for row, _ in rows[:skip]], header)
        if header_rows is None and file.shape.skip_rows is None
        else None
    )
    if above:
        header = [" - ".join(filter(None, names)) for names in zip(above, header)]
        notes[:] = [note for note in notes if "title row" not in note] + ["2 header rows read as one"]
    named = _named_by_total([row for row, _ in body]) if header_rows is None else None
    if named:
        header = [named, *header[1:]]
        notes.append("its first column is named in the row of totals below the header, which is no record")
    taken = header_rows or (
        2 if named else 2 if file.shape.skip_rows is None and _second_header([row for row, _ in body]) else 1
    )
    if taken > 1 and body and not named:
        header = _joined([row for row, _ in body[:taken]])
        notes.append(f"{taken} header rows read as one")
    width = _trailing(header, [row for row, _ in body[taken:]])
    if not (skip or start or named or taken > 1 or file.shape.comment or width > len(header) or body[:1] != rows[:1]):
        return Layout(delimiter, file.text, tuple(header))
    header = header + [""] * (width - len(header))
    if not body:
        return Layout(delimiter, file.text, (), tuple(notes))
    return Layout(
        delimiter,
        _tidied(file, delimiter, header, body[min(taken, len(body)) - 1][1] + start),
        tuple(header),
        tuple(notes),
    )


def _headless(file: InputFile, delimiter: str, rows: list[tuple[list[str], int]], start: int) -> Layout:
    """A file that names no columns, as stated: they are c1, c2 … by place, and every row below those skipped is a record."""
    skip = file.shape.skip_rows or 0
    columns = [f"c{place}" for place in range(1, max((len(row) for row, _ in rows[skip:]), default=0) + 1)]
    _check_width(columns, file)
    after = rows[skip - 1][1] if 0 < skip <= len(rows) else 0
    note = f"no header row, as stated: its columns are c1 to c{len(columns)}"
    return Layout(delimiter, _tidied(file, delimiter, columns, after + start), tuple(columns), (note,))


def _first_lines(file: InputFile) -> list[str]:
    lines, total = [], 0
    with file.text.open("r", encoding="utf-8-sig", newline="", errors="replace") as text:
        for line in islice(text, LINES):
            lines.append(line[:WIDTH])
            total += len(lines[-1])
            if total > TOTAL:
                break
    return lines


def _without_comments(lines: Iterable[str], comment: str | None) -> list[tuple[int, str]]:
    """(number from 1, line) without the lines that begin with `comment` outside of quotes."""
    return list(_uncommented(enumerate(lines, 1), comment))


def _uncommented(numbered: Iterable[tuple[int, str]], comment: str | None) -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in numbered:
        if comment and not inside and line.startswith(comment):
            continue
        inside ^= line.count('"') % 2 == 1
        yield number, line


def _delimiter(lines: list[str]) -> str:
    """The delimiter that splits the first records most evenly; a comma when none does. One record alone, such as one with a cell full
    of another sign, decides only where no delimiter splits two alike."""
    best, best_score = ",", (False, 1.0)
    for delimiter in DELIMITERS:
        widths = [len(row) for row in islice(csv_rows(lines, delimiter), LOOK)]
        wide = Counter(width for width in widths if width > 1)
        width, times = wide.most_common(1)[0] if wide else (1, 0)
        score = (times > 1, width * times / max(len(widths), 1))
        if score[1] > 1.0 and score > best_score:
            best, best_score = delimiter, score
    return best


def _records(numbered: list[tuple[int, str]], delimiter: str) -> list[tuple[list[str], int]]:
    """The first records, blank ones too, each with the number of the line it ends on."""
    csv.field_size_limit(1 << 30)
    reader = csv.reader((line for _, line in numbered), delimiter=delimiter)
    found = []
    for row in islice(reader, LOOK):
        found.append((row, numbered[min(reader.line_num, len(numbered)) - 1][0]))
    return found


def _filled(row: list[str]) -> int:
    return sum(cell.strip() != "" for cell in row)


def _titles(rows: list[tuple[list[str], int]], notes: list[str]) -> int:
    """How many records stand above the header: titles, comments and pairs of a word and its value, told by how few cells they fill."""
    filled = [_filled(row) for row, _ in rows]
    most = max(filled, default=0)
    if most < 2:
        return 0
    needed = 3 if most >= 4 else 2
    at = 0
    while at < len(rows):
        pairs = filled[at] < most and filled[at] <= 2 and _block_ends(filled, at, most)
        first = rows[at][0][0] if rows[at][0] else ""
        comment = COMMENT.match(first) or first.startswith("#") and filled[at] < needed
        if filled[at] >= needed and not pairs and not comment:
            break
        at += 1
    if at == len(rows) or at and not _like_header(rows[at][0]):
        return 0
    lines = [row for row, _ in rows[:at] if _filled(row)]
    comments = sum(row[0].startswith("#") for row in lines)
    for count, what in ((comments, "comment line"), (len(lines) - comments, "title row")):
        if count:
            notes.append(f"{count} {what}{'s' if count > 1 else ''} skipped")
    return at


def _block_ends(filled: list[int], at: int, most: int) -> bool:
    """Whether a blank row ends the block of narrow rows at `at`, and a wider one follows."""
    blank = next((place for place in range(at, len(filled)) if not filled[place]), None)
    return blank is not None and blank > at and max(filled[at:blank]) <= 2 and max(filled[blank:]) == most


def _like_header(row: list[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return sum(_typed(cell) for cell in cells) * 2 <= len(cells)


def _typed(cell: str) -> bool:
    return bool(NUMBER.match(cell) or DATE.match(cell))


def _second_header(rows: list[list[str]]) -> bool:
    """Whether the row under the header names things too: nothing typed in it where the records below are numbers or dates."""
    if len(rows) < 4 or len(rows[0]) != len(rows[1]):
        return False
    header, second, below = rows[0], rows[1], [row for row in rows[2:] if len(row) == len(rows[0]) and _filled(row)]
    typed = [column for column in range(len(header)) if _always_typed([row[column].strip() for row in below])]
    if len(below) < 2 or not typed or not _filled(second) or any(_typed(second[column].strip()) for column in typed):
        return False
    words = [cell.strip().lower() for cell in second if cell.strip()]
    if any(word in ANSWER_WORDS for word in words):
        return True
    named_below = [column for column, cell in enumerate(second) if cell.strip() and not header[column].strip()]
    return len(typed) > 1 and not second[typed[0]].strip() and len(named_below) * 2 >= len(words)


def _groups(skipped: list[list[str]], header: list[str]) -> list[str] | None:
    """The names of groups of columns in the row above the header, each over its columns, as merged cells are exported; None where none is."""
    row = [cell.strip() for cell in skipped[-1]] if skipped else []
    if not row or len(row) != len(header) or row[0] or _filled(row) < 2 or any(_typed(cell) for cell in row if cell):
        return None
    names, group = [], ""
    for cell in row:
        group = cell or group
        names.append(group)
    return names


def _named_by_total(rows: list[list[str]]) -> str | None:
    """The name of a first column without one where the row below the header holds it, beside each other column's total (Adobe's tables)."""
    if len(rows) < 4 or len({len(row) for row in rows[:4]}) != 1 or len(rows[0]) < 2 or rows[0][0].strip():
        return None
    name, totals = rows[1][0].strip(), [_digits(cell) for cell in rows[1][1:]]
    below = [[_digits(cell) for cell in row[1:]] for row in rows[2:] if len(row) == len(rows[0])]
    if not name or _typed(name) or not all(rows[0][1:]) or None in totals or any(None in row for row in below):
        return None
    columns = list(zip(totals, *below))
    largest = all(total >= max(column) for total, *column in columns)
    return name if largest and any(total > 0 and total >= sum(column) for total, *column in columns) else None


def _digits(cell: str) -> int | None:
    """The digits of a number as one, by which numbers written alike compare."""
    return int(re.sub(r"\D", "", cell)) if NUMBER.match(cell.strip()) and len(cell) < 30 else None


def _always_typed(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) >= 2 and all(map(_typed, filled))


def _joined(rows: list[list[str]]) -> list[str]:
    """One name a column: the question, and under a question of several columns the option."""
    width = max(map(len, rows))
    names: list[str] = []
    padded = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    group = ""
    for column in range(width):
        first = padded[0][column]
        group = first or group
        several = (
            not first or column + 1 < width and not padded[0][column + 1] and any(row[column + 1] for row in padded[1:])
        )
        below = [row[column] for row in padded[1:] if row[column] and row[column].lower() not in ANSWER_WORDS]
        names.append(" - ".join([group, *below]) if several and below else first or " - ".join(below))
    return names


def _trailing(header: list[str], rows: list[list[str]]) -> int:
    """The width of the records where each ends in one delimiter more than the header."""
    widths = {len(row) for row in rows if row}
    longer = all(not "".join(row[len(header) :]).strip() for row in rows)
    return max(widths) if widths and min(widths) > len(header) and longer else len(header)


def _check_width(header: list[str], file: InputFile) -> None:
    if len(header) > file.limits.columns:
        raise FileProblem(
            "too many columns for a table",
            file=file.label,
            found=f"{len(header):,} or more",
            allowed=f"{file.limits.columns:,g} ([limits] columns)",
            fix="Export fewer, or raise the limit in sources.toml",
        )


def _tidied(file: InputFile, delimiter: str, header: list[str], after: int) -> Path:
    """A copy that begins with `header` and goes on after line `after`, without stated comments."""
    target = file.scratch / f"table-{len(file.layouts)}-{file.text.name[-80:]}"
    with (
        file.text.open("r", encoding="utf-8-sig", newline="", errors="replace") as text,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerow(header)
        for number, line in _uncommented(enumerate(text, 1), file.shape.comment):
            if number > after:
                out.write(line)
    return target
