"""metrics says what is so in codes and numbers; what people read is written in report. These modules of metrics still hold sentences."""

import ast
import re
from pathlib import Path

from tests.core.company import ROOT

# May only become fewer. Errors of a request (UserError, help of the command line) are no part of it: they are said where they arise.
STILL = {
    "catalogue/dimensions.py",
    "query/context.py",
    "rules/access/seen.py",
    "rules/access/viewer.py",
    "rules/pooled_stages.py",
}
SENTENCE = re.compile(r"(?:[A-Za-z’',;:()-]+ ){3,}[a-z]{2,}")  # four words in a row
SQL = re.compile(
    r"\b(?:select|from|join|case|over|coalesce|count|sum|cast)\b.*[(*=]|\bselect\b|\bend as\b|\bwhere\b|\bfilter \(|\bf\.\w"
)
SAID_THERE = {"UserError", "ValueError", "add_argument", "add_parser", "ArgumentTypeError", "_check_types"}


def sentences(file: Path) -> list[str]:
    """The texts of a module that read like a sentence: no docstring, no SQL, no message of an error."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAID_THERE:
            skipped |= {id(part) for part in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in skipped
        and SENTENCE.search(node.value)
        and not SQL.search(node.value)
    ]


def test_a_sentence_is_told_from_sql_docstrings_and_errors(tmp_path):
    file = tmp_path / "m.py"
    file.write_text(
        '"""What this module does in a few words."""\n'
        'TEXT = f"{3} answers were asked on exit and are left out"\n'
        'SQL = "select day, name from cfg_holidays where day is not null"\n'
        'def f():\n    """Nothing to see in here at all."""\n    raise UserError("there is no such metric here")\n'
    )
    assert sentences(file) == [" answers were asked on exit and are left out"]


def test_sentences_leave_metrics():
    files = sorted((ROOT / "metrics").rglob("*.py"))
    found = {file.relative_to(ROOT / "metrics").as_posix() for file in files if sentences(file)}
    assert found <= STILL, sorted(found - STILL)
    assert STILL <= found, "strike out what holds none any more"
