"""The members of ZIP archives, and of workbooks, which are such archives: lost, spoiled, doubled, oddly named."""

import io
import warnings
import zipfile
from random import Random

from benchmarks.mutants.formats import zipped
from benchmarks.mutants.register import operator

ODD = (
    "../../../outside.csv",
    "/absolute.csv",
    "C:\\x\\y.csv",
    "a/" * 60 + "b.csv",
    "a[1].csv",
    "*.csv",
    "nul\x01.csv",
    "日本.csv",
    ".hidden",
    "__MACOSX/._export.csv",
    "x.csv/",
    "..",
    "\u202evsc.csv",
    "-x.csv",
    "e\x1bx.csv",
    "empty.csv",
)


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@operator("member lost", "parts")
def lost(content: bytes, random: Random) -> bytes:
    members = _members(content)
    members.pop(random.choice(list(members)))
    return zipped(members)


@operator("member spoiled", "parts")
def spoiled(content: bytes, random: Random) -> bytes:
    members = _members(content)
    name = random.choice(list(members))
    changed = bytearray(members[name])
    for _ in range(random.choice((1, 4, 40)) if changed else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return zipped(members | {name: bytes(changed)})


@operator("member cut off", "parts")
def cut(content: bytes, random: Random) -> bytes:
    members = _members(content)
    name = random.choice(list(members))
    return zipped(members | {name: members[name][: random.randrange(len(members[name]) + 1)]})


@operator("member odd", "parts")
def odd(content: bytes, random: Random) -> bytes:
    members = _members(content)
    inside = random.choice((next(iter(members.values())), b"", b"a,b\n1,2\n", content, bytes(300), b"PAR1" + bytes(9)))
    return zipped(members | {random.choice(ODD): inside})


@operator("member twice", "parts")
def twice(content: bytes, random: Random) -> bytes:
    out = io.BytesIO(content)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")  # of the name that is there already: that is what is wanted
        name = random.choice(archive.namelist())
        archive.writestr(zipfile.ZipInfo(name), random.choice((b"", archive.read(name), b"a,b\n1,2\n")))
    return out.getvalue()


@operator("member's entry untrue", "parts")
def untrue(content: bytes, random: Random) -> bytes:
    """Flags, method, date, sizes and places in the archive's own list of members."""
    changed = bytearray(content)
    start = changed.find(b"PK\x01\x02")
    for _ in range(random.choice((1, 2))):
        changed[start + random.randrange(4, 46)] = random.choice((0, 1, 9, 99, 255))
    return bytes(changed)


@operator("many members", "parts")
def many(content: bytes, random: Random) -> bytes:
    return zipped(_members(content) | {f"more/{number}.csv": b"" for number in range(random.randrange(20, 120))})


@operator("text put into a member", "parts")
def put_in(content: bytes, random: Random) -> bytes:
    members = _members(content)
    name = random.choice([name for name in members if name.endswith((".xml", ".csv", ".rels"))])
    text = members[name]
    place = random.randrange(len(text))
    word = random.choice(
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]>&a;',
            b"&#0;",
            b'<c r="XFD1048576"><v>1e999</v></c>',
            b"]]>",
            b"<a>" * 3000,
            b'repeated="1000000"',
            b"99999999999",
            b'<row r="0">',
            b"\xff",
        )
    )
    return zipped(members | {name: text[:place] + word + text[place:]})
