"""Settings spoiled in many ways: a sentence for everything that is wrong, all in one pass; never a traceback, never a hang."""

import random
import time
from pathlib import Path

import pytest

from data.build.build import build
from data.errors import UserError
from data.readers import READERS
from data.settings.journey import load_journeys
from data.settings.sources import load_sources
from tests.core.company import ROOT

COMPANY = ROOT / "data" / "demo" / "company"
CASES, SECONDS = 200, 5
VALUES = (
    *(
        "1",
        "-1",
        "nan",
        "-inf",
        "1e400",
        "9223372036854775808",
        "true",
        '""',
        '"."',
        '".."',
        '"\\u0000"',
        '"\\u202e"',
        "[]",
        "{}",
    ),
    *(
        "[1]",
        "[[]]",
        "{ a = { b = { c = {} } } }",
        "2026-01-01",
        "07:00:00",
        '"re:("',
        '"*"',
        '["a", 1]',
        "[{}]",
        f'"{"a" * 5000}"',
    ),
    *(
        "{ nps_relationship = nan }",
        "{ ux = { completion_rate = -1 } }",
        '"event:"',
        '["event:purchase", 5]',
        "[" * 500 + "]" * 500,
    ),
)
KEYS = (
    "name",
    "path",
    "reader",
    "table",
    "targets",
    "weights",
    "owner",
    "options",
    "columns",
    "questions",
    "timezone",
    "goal",
)
HEADS = ("[limits]", "[[company]]", "[survey]", "[[survey]]", "[[journey.stage]]", "[a.b]")


def spoiled(text: str, moments: random.Random) -> str:
    """The settings with one to three of their lines changed."""
    lines = text.split("\n")
    for _ in range(moments.choice((1, 1, 1, 2, 3))):
        place = moments.randrange(len(lines))
        line = lines[place]
        act = moments.randrange(6)
        if act < 2 and "=" in line:
            lines[place] = f"{line.partition('=')[0]}= {moments.choice(VALUES)}"
        elif act == 2:
            lines.insert(place, f"{moments.choice(KEYS)} = {moments.choice(VALUES)}")
        elif act == 3:
            lines.insert(place, lines[moments.randrange(len(lines))])
        elif act == 4:
            lines[place] = moments.choice(HEADS) if line.startswith("[") else ""
        else:
            at = moments.randrange(len(line) + 1)
            lines[place] = line[:at] + moments.choice('[]{}"=\\\0\x1b#,.é') + line[at:]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["sources.toml", "journey.toml"])
def test_spoiled_settings_end_in_a_sentence_or_are_read(name, tmp_path):
    """Both files of the simulated company, 200 ways each: read, or a UserError that names the file; each within seconds."""
    text, moments, said = (COMPANY / name).read_text(encoding="utf-8"), random.Random(19), 0
    for _ in range(CASES):
        (file := tmp_path / name).write_text(spoiled(text, moments), encoding="utf-8")
        start = time.monotonic()
        try:
            load_sources(file, READERS) if name == "sources.toml" else load_journeys(file)
        except UserError as error:
            said += all(
                name in line or line.startswith("and ") for line in str(error).splitlines() if ": " in line[:200]
            )
        assert time.monotonic() - start < SECONDS
    assert CASES // 2 < said <= CASES


SOURCES = """
[company]
timezone = "Mars"
week_starts = 5

[limits]
files = nan

[[source]]
name = "a"
reader = "tabel"
path = "a.csv"
tabel = "orders"

[[source]]
name = "b"
reader = "ga4"
path = "b.parquet"
options = { speed = 1 }
confirmed = ["nobody_asks"]
"""
JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Buy"
owner = ["a", "b"]
targets = { completion_rat = { line = 1 }, csat_t2b_5 = { line = nan } }
weights = { ux = { completion_rate = -1 } }
[[survey]]
name = 5
"""


def test_everything_that_is_wrong_with_both_files_is_said_at_once(tmp_path):
    """Each in a line of its own with the file, the key, what was found and what is allowed."""
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "journey.toml").write_text(JOURNEY, encoding="utf-8")
    with pytest.raises(UserError) as raised:
        build(tmp_path / "sources.toml", None, tmp_path / "store")
    lines = str(raised.value).splitlines()
    for words in (
        ("[company] week_starts", "Found: 5"),
        ("[limits] files", "Found: nan"),
        ("[[source]] 1 'a'", "unknown key 'tabel'", "Did you mean 'table'?"),
        ("[[source]] 2 'b' options", "unknown key 'speed'"),
        ("[[source]] 2 'b' confirmed", "Found: 'nobody_asks'"),
        ("[[journey.stage]] 'Buy' owner", "Found: ['a', 'b']", "Allowed: a text"),
        ("targets", "unknown metric", "'completion_rat'", "Did you mean 'completion_rate'?"),
        ("weights.ux", "a weight is 0 or more", "-1"),
        ("a [[survey]] has no name", "Found: 5"),
    ):
        assert [line for line in lines if all(word in line for word in words)], (words, lines)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("path", [".", "..", "./", "/", "/dev", "/dev/zero", "/**"])
def test_a_path_that_is_no_file_is_a_problem_of_its_source_alone(path, tmp_path):
    """The build goes on with the other source and says of this one what is wrong."""
    (tmp_path / "good.csv").write_text("survey,score\ns,9\n")
    blocks = "".join(
        f'[[source]]\nname = "{name}"\nreader = "table"\npath = "{where}"\ntable = "survey_answers"\n'
        for name, where in (("odd", path), ("good", "good.csv"))
    )
    (tmp_path / "sources.toml").write_text("[limits]\nfiles = 50\n" + blocks)
    start = time.monotonic()
    summary = build(tmp_path / "sources.toml", None, tmp_path / "store")
    assert time.monotonic() - start < 60
    assert summary.generation and summary.loaded == 1
    problems = [file["problem"] for file in summary.files if file.get("problem")]
    assert problems and all(str(Path(tmp_path)) not in problem for problem in problems)
