"""The text of a file in other encodings and with other line ends."""

from random import Random

from benchmarks.mutants.register import ALL, COUNT, SEPARATED, operator

LINES = (*SEPARATED, "ndjson")


def _line_ends(ends: tuple[str, ...]):
    def act(text: str, random: Random, kind: str) -> str:
        return "".join(line + random.choice(ends) for line in text.split("\n")[:-1])

    return act


operator("line ends mixed", "text", ALL, LINES)(_line_ends(("\n", "\r\n")))
operator("line ends CRLF", "text", ALL)(_line_ends(("\r\n",)))
operator("line ends CR", "text", ALL, SEPARATED)(_line_ends(("\r",)))
operator("line ends of three kinds", "text", COUNT, SEPARATED)(_line_ends(("\n", "\r\n", "\r")))
operator("line ends doubled", "text", ALL, LINES)(_line_ends(("\n\n",)))


@operator("one line end differs", "text", ALL, LINES)
def one_end(text: str, random: Random, kind: str) -> str:
    lines = text.split("\n")
    lines[random.randrange(len(lines) - 1)] += "\r"
    return "\n".join(lines)


@operator("no line end at the end", "text", ALL)
def no_end(text: str, random: Random, kind: str) -> str:
    return text.rstrip("\n")


@operator("blank lines", "text", COUNT, LINES)
def blank_lines(text: str, random: Random, kind: str) -> str:
    lines = text.split("\n")
    for _ in range(random.randrange(1, 30)):
        lines.insert(random.randrange(len(lines)), random.choice(("", "", " ", "\t")) if kind == "ndjson" else "")
    return "\n".join(lines)


def _encoded(encoding: str):
    def act(text: str, random: Random, kind: str) -> bytes:
        return text.encode(encoding, "replace")

    return act


for _name, _encoding, _holds in (
    ("UTF-8 with BOM", "utf-8-sig", ALL),
    ("UTF-16", "utf-16", ALL),
    ("UTF-32", "utf-32", ALL),
    ("UTF-16 without BOM", "utf-16-le", ALL),
    ("Windows-1252", "cp1252", ALL),
    ("Mac Roman", "mac_roman", COUNT),
    ("Shift-JIS", "shift_jis", COUNT),
):
    operator(f"encoding {_name}", "text", _holds)(_encoded(_encoding))


@operator("encodings mixed", "text", COUNT, LINES)
def mixed(text: str, random: Random, kind: str) -> bytes:
    return b"".join(
        line.encode(random.choice(("utf-8", "cp1252")), "replace") for line in text.splitlines(keepends=True)
    )
