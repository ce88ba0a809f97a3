"""The bytes of a file changed, whatever they are, and its name."""

from random import Random

from benchmarks.mutants.register import ALL, operator

MAGIC = (
    b"PAR1",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"%PDF-1.7",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"SQLite format 3\0",
    b"\0\0\xfe\xff",
)
NAMES = (
    "a[1]",
    "*",
    "b?",
    "{c,d}",
    "o'brien",
    'quo"te',
    "-rf",
    "%41",
    "März 2026 (1)",
    "\u202egnp",
    "日本語",
    "a;b",
    "$x",
    "#1",
    "..a",
    "export.csv",
    "a" * 180,
    "~",
    " lead",
    "a\tb",
    "\x1b[31m",
    "[!x]",
    "x.zip",
)
ENDINGS = ("", ".txt", ".parquet", ".xlsx", ".json", ".gz", ".CSV", ".csv.gz", ".zip", ".dat", ".json.gz")


@operator("cut off", "bytes")
def cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(1, len(content))]


@operator("beginning lost", "bytes")
def headless(content: bytes, random: Random) -> bytes:
    return content[random.randrange(1, len(content)) :]


@operator("bytes flipped", "bytes")
def flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


@operator("bytes put in", "bytes")
def inserted(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.randbytes(random.choice((1, 3, 50))) + content[place:]


@operator("block zeroed", "bytes")
def zeroed(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    length = min(random.choice((1, 16, 512)), len(content) - start)
    return content[:start] + bytes(length) + content[start + length :]


@operator("block repeated", "bytes")
def repeated(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    block = content[start : start + random.randrange(1, 400)]
    return content[:start] + block * random.randrange(2, 6) + content[start + len(block) :]


@operator("block lost", "bytes")
def lost(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randrange(1, 300) :] or b"x"


@operator("file twice", "bytes")
def twice(content: bytes, random: Random) -> bytes:
    return content + content


@operator("noise behind", "bytes")
def noise(content: bytes, random: Random) -> bytes:
    return content + random.choice((random.randbytes(40), bytes(200), b"\x1a", b"\n<!-- end -->\n"))


@operator("another kind's first bytes", "bytes")
def magic(content: bytes, random: Random) -> bytes:
    first = random.choice(MAGIC)
    return first + content[random.choice((0, len(first))) :]


@operator("hardly anything", "bytes")
def tiny(content: bytes, random: Random) -> bytes:
    return random.choice(
        (
            b"",
            b"\n",
            b" ",
            b"\0",
            b"a",
            b"{",
            b"[",
            b"[]",
            b"{}",
            b'"',
            b",",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"PAR1",
            b"PK\x03\x04",
            b"\x1f\x8b",
            b"\n\n\n",
            b"a,b\n",
            b"null",
            b"\r",
            b"\xff\xfe\xff\xff" * 3,
            b"PK\x05\x06" + bytes(18),
        )
    )


@operator("name like a pattern", "name", ALL)
def renamed(ending: str, random: Random) -> str:
    return random.choice(NAMES) + ending


@operator("another ending", "name", ALL)
def other_ending(ending: str, random: Random) -> str:
    return "export" + random.choice(ENDINGS)
