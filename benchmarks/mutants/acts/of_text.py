"""The text of a file changed: signs that do not belong there, delimiters and quotes."""

import csv
import io
from random import Random

from benchmarks.mutants.formats import DELIMITERS
from benchmarks.mutants.register import ALL, COUNT, SEPARATED, operator


@operator("BOMs anywhere", "text")
def boms(text: str, random: Random, kind: str) -> str:
    return _strewn(text, random, ("\ufeff", "\ufeff\ufeff"))


def _strewn(text: str, random: Random, signs: tuple[str, ...]) -> str:
    for _ in range(random.randrange(1, 6)):
        place = random.randrange(len(text) + 1)
        text = text[:place] + random.choice(signs) + text[place:]
    return text


@operator("NUL", "text")
def nul(text: str, random: Random, kind: str) -> str:
    return _strewn(text, random, ("\0",))


@operator("control characters", "text")
def controls(text: str, random: Random, kind: str) -> str:
    return _strewn(text, random, ("\x01", "\x1b[2J", "\x0b", "\x0c", "\x1a", "\x85", "\u2028", "\u202e", "\x7f"))


@operator("quote too many", "text")
def unbalanced(text: str, random: Random, kind: str) -> str:
    return _strewn(text, random, ('"', '"', '""', "'"))


@operator("quotes swapped", "text")
def swapped(text: str, random: Random, kind: str) -> str:
    return text.translate(str.maketrans("\"'", random.choice(("'\"", "“'", '`"', "''"))))


def _rewritten(text: str, kind: str, **how) -> str:
    out = io.StringIO()
    csv.writer(out, **{"delimiter": DELIMITERS[kind], "lineterminator": "\n"} | how).writerows(
        csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[kind])
    )
    return out.getvalue()


@operator("all quoted", "text", ALL, SEPARATED)
def all_quoted(text: str, random: Random, kind: str) -> str:
    return _rewritten(text, kind, quoting=csv.QUOTE_ALL)


@operator("another delimiter", "text", ALL, SEPARATED)
def delimiter(text: str, random: Random, kind: str) -> str:
    return _rewritten(text, kind, delimiter=random.choice(",;\t|"))


@operator("a delimiter nobody expects", "text", kinds=SEPARATED)
def strange_delimiter(text: str, random: Random, kind: str) -> str:
    return _rewritten(text, kind, delimiter=random.choice("^:~ #\x1f\x01"))


@operator("delimiters mixed", "text", kinds=SEPARATED)
def delimiters(text: str, random: Random, kind: str) -> str:
    return "".join(line.replace(DELIMITERS[kind], random.choice(",;\t|")) for line in text.splitlines(keepends=True))


@operator("sep= line", "text", ALL, SEPARATED)
def sep(text: str, random: Random, kind: str) -> str:
    return f"sep={DELIMITERS[kind]}\n" + text


@operator("title rows", "text", COUNT, SEPARATED)
def title(text: str, random: Random, kind: str) -> str:
    return (
        random.choice(("Monthly report\n", "Monthly report\n\n", "# exported 2026-03-31\n", "Report\nMarch 2026\n\n"))
        + text
    )


@operator("delimiter at each end", "text", ALL, SEPARATED)
def trailing(text: str, random: Random, kind: str) -> str:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[kind])
    out = io.StringIO()
    csv.writer(out, delimiter=DELIMITERS[kind], lineterminator="\n").writerows([*row, ""] for row in rows)
    return out.getvalue()


@operator("records of wrong width", "text", COUNT, SEPARATED)
def ragged(text: str, random: Random, kind: str) -> str:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[kind]))
    for row in random.sample(rows[4:-2], 3):
        row[:] = random.choice((row[:-1], row[:2], [*row, "more"], [*row, "much", "more"]))
    out = io.StringIO()
    csv.writer(out, delimiter=DELIMITERS[kind], lineterminator="\n").writerows(rows)
    return out.getvalue()


@operator("line ends lost", "text")
def joined(text: str, random: Random, kind: str) -> str:
    for _ in range(random.randrange(1, 4)):
        ends = [place for place, sign in enumerate(text) if sign == "\n"]
        place = random.choice(ends) if ends else 0
        text = text[:place] + text[place + 1 :]
    return text
