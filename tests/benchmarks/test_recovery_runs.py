"""The harness from end to end, on two tiny companies built for real."""

import contextlib
import io
import json

import pytest

from benchmarks.__main__ import main

TINY = ["--runs", "2", "--people", "300", "--days", "98", "--reference", "1", "--effects", "none", "--seed", "7"]


@pytest.fixture(scope="module")
def table() -> tuple[int, dict, dict]:
    """The exit code, the plan and the marks of two runs without effects, by what they mark and against what."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main(["recovery", *TINY, "--format", "json"])
    found = json.loads(out.getvalue())
    return code, found["plan"], {(mark["what"], mark["against"]): mark for mark in found["marks"]}


def test_every_company_is_asked(table):
    code, plan, marks = table
    assert (plan["runs"], plan["people"], plan["effects"]) == (2, 300, "none")
    assert {mark["asked"] for mark in marks.values()} == {2}
    assert code == int(any(mark["verdict"] == "outside" for mark in marks.values()))


def test_every_mark_has_its_share_and_limits(table):
    for mark in table[2].values():
        assert 0 <= mark["hits"] <= mark["runs"] <= mark["asked"]
        if mark["runs"]:
            assert mark["share"] == mark["hits"] / mark["runs"]
            assert (mark["verdict"] == "within") == (mark["low"] <= mark["share"] <= mark["high"])
        else:
            assert (mark["share"], mark["verdict"]) == (None, "unknown")


def test_what_is_always_counted_has_an_interval_in_every_run(table):
    seen = {what: mark["runs"] for (what, _), mark in table[2].items()}
    for stage in ("Find", "Evaluate", "Decide", "Buy", "Engage"):
        assert seen[f"completion_rate {stage}"] == 2
    assert seen["conversion_visit"] == 2


@pytest.mark.parametrize("wrong", [["--runs", "0"], ["--runs", "x"], ["--runs", "1", "--effects", "E1"], []])
def test_a_wrong_request_is_refused_in_one_sentence(wrong, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["recovery", *wrong])
    assert stopped.value.code == 2
    assert "error:" in capsys.readouterr().err
