"""Spoiled files of every reader: the short run holds what the long one promises, and each broken promise would be seen."""

import hashlib
import subprocess
import sys

import pytest

from benchmarks.mutants import Order, batch, failed, judge, measure, render
from benchmarks.mutants import run as runs
from benchmarks.mutants.operators import operators
from benchmarks.mutants.plan import mutant, mutants
from benchmarks.mutants.seeds import seeds
from data.readers import READERS
from data.sqlfile import ROOT

DIGEST = """
import hashlib, time
time.sleep(1.1)
from benchmarks.mutants.plan import mutants
print(hashlib.sha1(b"".join(e.content for k in ("csv", "xlsx", "parquet") for e in mutants(0, 80, 5) if e.seed.kind == k)).hexdigest())
"""
FILES, SEED = 105, 20261127


def told(first: int, count: int, every: int = 0) -> list[dict]:
    lines: list[dict] = []
    batch.run(mutants(first, count, SEED), every, lines.append)
    return [line for line in lines if "part" in line]


@pytest.fixture(scope="module")
def lines() -> list[dict]:
    return told(0, FILES, every=15)


def test_no_spoiled_file_breaks_a_promise(lines):
    faults = [
        (line["number"], line["reader"], line["kind"], line["operator"], fault)
        for line in lines
        for fault in line["faults"]
        if not fault.endswith("of CPU time")  # how long it takes is the long run's business: this machine may be busy
    ]
    assert faults == []
    assert (
        sum(line["part"] == "load" for line in lines) == FILES
        and sum(line["part"] == "inspect" for line in lines) == FILES // 15
    )


def test_the_short_run_has_every_reader_and_most_of_what_can_be_done(lines):
    loads = [line for line in lines if line["part"] == "load"]
    assert {line["reader"] for line in loads} == set(READERS)
    assert {line["operator"] for line in loads} > {
        "cut off",
        "bytes flipped",
        "line ends mixed",
        "huge numbers",
        "quote too many",
        "encoding UTF-16",
    }
    assert sum(line["loaded"] > 0 for line in loads) > FILES / 2 and any(line["problem"] for line in loads)


def test_the_same_seed_gives_the_same_files_in_any_process_and_hour():
    """A workbook notes when it was made, and Python orders sets anew in each process: neither may show."""
    content = b"".join(
        each.content for kind in ("csv", "xlsx", "parquet") for each in mutants(0, 80, 5) if each.seed.kind == kind
    )
    other = subprocess.run(
        [sys.executable, "-c", DIGEST], capture_output=True, text=True, cwd=ROOT, env={"PYTHONHASHSEED": "7"}
    ).stdout.strip()
    assert other == hashlib.sha1(content).hexdigest()
    assert sum(mutant(number, 5).content != mutant(number, 6).content for number in range(40)) > 35


def test_every_act_fits_a_file_and_every_file_has_acts():
    for act in operators():
        assert any(act.fits(seed) for seed in seeds()), act.name
    assert {seed.reader for seed in seeds()} == set(READERS)


def test_a_record_lost_in_silence_is_seen(monkeypatch):
    real = READERS["table"].read

    def loses(con, source, file):
        reading = real(con, source, file)
        con.execute("delete from _mapped where _row = 1")
        return reading

    monkeypatch.setattr(READERS["table"], "read", loses)
    number = next(
        n
        for n in range(500)
        if mutant(n, SEED).seed.reader == "table" and mutant(n, SEED).operator.name == "columns shuffled"
    )
    assert "1 records are neither loaded nor refused by the reader" in told(number, 1)[0]["faults"]


def test_a_record_counted_twice_is_seen(monkeypatch):
    real = READERS["ga4"].read

    def counts(con, source, file):
        reading = real(con, source, file)
        reading.records -= 1
        return reading

    monkeypatch.setattr(READERS["ga4"], "read", counts)
    number = next(
        n for n in range(2000) if mutant(n, SEED).seed.reader == "ga4" and mutant(n, SEED).operator.name == "as it is"
    )
    assert "1 records beyond the 23 of the file" in told(number, 1)[0]["faults"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x.csv: cannot be read: Conversion Error: Could not convert", "in the engine's words (Conversion Error)"),
        ("Traceback (most recent call last):", "a trace"),
        ("cannot open /srv/app/scratch/x.csv", "a path of this machine"),
        ("unknown column in _ga4_raw", "in the engine's words (_ga4_raw)"),
        ("x.csv: the file is empty (0 bytes). Export it again.", None),
    ],
)
def test_what_a_message_may_say(text, says):
    found = judge.spoken([text], ("/srv/app",))
    assert found == [] if says is None else says in found[0]


def test_too_slow_is_seen():
    assert judge.slow(5.1, 5.0) == ["5.1 s of CPU time"] and judge.slow(4.9, 5.0) == []


def test_a_process_that_dies_is_done_again_file_by_file_and_the_one_is_named(monkeypatch):
    good = told(0, 1)[0]

    def dies_at_two(first, count, order):
        if first <= 2 < first + count:
            return [], "crash, signal 11"
        return [good | {"number": number} for number in range(first, first + count)], None

    monkeypatch.setattr(runs, "_batch", dies_at_two)
    found = measure(Order(4, SEED), lambda text: None)
    assert [(line["number"], line["faults"]) for line in found] == [
        (0, []),
        (1, []),
        (2, ["crash, signal 11"]),
        (3, []),
    ]
    assert failed(found) and "crash, signal 11" in render(found, "text")
