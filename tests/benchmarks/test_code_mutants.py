"""The list of broken rules is honest: each text stands exactly once in its file; a rule no test sees is told, and so is a test that never passes."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.code_mutants import Mutant, Outcome, failed, measure, mutants, problems, render
from data.errors import UserError
from data.sqlfile import ROOT

RULE = "def dearest(prices):\n    return max(prices)\n"
TEST = """
from shop import dearest
def test_the_dearest_of_two():
    assert dearest([1, 2]) == 2
def test_of_one():
    assert dearest([1]) == 1
"""


def test_every_text_of_the_list_stands_exactly_once_and_every_test_file_is_there():
    found = mutants()
    assert [str(one) for one in problems(found, ROOT)] == []
    assert len(found) >= 60
    rooms = {one.file.partition("/")[0] for one in found}
    assert rooms >= {"data", "metrics", "report", "exports", "ui"}


def one(text: str = "max(prices)", becomes: str = "min(prices)", tests: tuple[str, ...] = ("test_shop.py",)) -> Mutant:
    return Mutant("dearest", "shop", "shop.py", text, becomes, "the dearest price is found", tests)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small tree with one rule and its test; and the plugin that writes down what failed."""
    (tmp_path / "shop.py").write_text(RULE, encoding="utf-8")
    (tmp_path / "test_shop.py").write_text(TEST, encoding="utf-8")
    plugin = tmp_path / "benchmarks" / "code_mutants"
    plugin.mkdir(parents=True)
    for folder in (plugin.parent, plugin):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    (plugin / "witness.py").write_text(
        (ROOT / "benchmarks/code_mutants/witness.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    return tmp_path


def told(tree: Path, *found: Mutant) -> list[tuple[str, str]]:
    return [(outcome.by, outcome.words) for outcome in measure(list(found), lambda text: None, tree)]


def test_the_killing_test_is_named_and_the_tree_stays_as_it_was(tree):
    """Smallest for largest dies by the test of two prices; a change that changes nothing survives."""
    same = one(becomes="max(list(prices))")
    assert told(tree, one(), same) == [("test_shop.py::test_the_dearest_of_two", "assert 1 == 2"), ("", "")]
    assert (tree / "shop.py").read_text(encoding="utf-8") == RULE


def test_a_test_that_fails_without_the_mutant_kills_nothing(tree):
    (tree / "test_shop.py").write_text(TEST + "\ndef test_never():\n    assert False\n", encoding="utf-8")
    with pytest.raises(UserError, match="fails without a mutant"):
        told(tree, one(becomes="max(list(prices))"))


@pytest.mark.parametrize(
    ("mutant", "says"),
    [
        (one(text="sum(prices)"), "found exactly once"),
        (one(text="prices"), "2 times"),
        (one(tests=("test_gone.py",)), "names what is not there"),
        (one(tests=("test_shop.py::test_of_three",)), "names what is not there"),
    ],
)
def test_a_mutant_that_cannot_be_applied_is_an_error_that_says_so(tree, mutant, says):
    with pytest.raises(UserError, match=says):
        told(tree, mutant)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[mutant]]\nid = "a"\nrules = "b"\n', "unknown key 'rules'"),
        ('[[mutant]]\nid = "a"\nfile = "x"\ntext = "b"\nbecomes = "c"\nrule = "d"\ntests = []\n', "at least one test"),
        (
            '[[mutant]]\nid = "a"\nfile = "x"\ntext = "b"\nbecomes = "b"\nrule = "d"\ntests = ["t"]\n',
            "changes something",
        ),
    ],
)
def test_a_slip_in_the_list_is_refused(tmp_path, text, says):
    (tmp_path / "model.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=says):
        mutants(folder=tmp_path)


def test_nine_in_ten_must_be_killed():
    """17 of 19 are too few, 18 of 20 are enough; the table says by room how many."""
    killed, survived = Outcome(one(), "tests/core/test_x.py::test_y", "assert 1 == 2", 1.0), Outcome(one(), "", "", 1.0)
    assert failed([killed] * 17 + [survived] * 2) and not failed([killed] * 18 + [survived] * 2)
    text = render([killed, survived], "text")
    assert "1 of 2 killed: shop 1 of 2." in text and "core/test_x.py::test_y" in text and "**survived**" in text


def test_the_command_refuses_a_text_no_mutant_holds(cli):
    done = cli("benchmarks", "code-mutants", "--only", "no such rule")
    assert (done.returncode, done.stdout) == (2, "") and "no mutant holds this text" in done.stderr


def test_no_bytecode_of_a_broken_rule_is_left(tree):
    """Broken twice within a second, each time as long: the second is run as it is written, not as the first was compiled."""
    assert told(tree, one(), one(becomes="sum(prices)"))[1] == (
        "test_shop.py::test_the_dearest_of_two",
        "assert 3 == 2",
    )
    assert not list(tree.rglob("__pycache__"))
    assert (
        subprocess.run(
            [sys.executable, "-c", "import shop; print(shop.dearest([1, 2]))"], cwd=tree, capture_output=True, text=True
        ).stdout
        == "2\n"
    )
