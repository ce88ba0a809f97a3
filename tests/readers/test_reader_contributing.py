"""The reader that CONTRIBUTING.md shows is a whole one: found by its name, recognised, and what it reads is cast and refused."""

import re
from types import ModuleType

import duckdb

from data import readers
from data.files.prepare import prepare
from data.readers.recognise import recognise
from tests.core.company import ROOT
from tests.readers.loading import load

FILE = """\
Response ID,Score,Comment,Survey Type,Sent At,Responded At,Email
r1,9,quick,NPS,2026-03-01 08:00,2026-03-01 09:00,a@shop.example
r2,12,,NPS,2026-03-01 08:00,2026-03-01 10:00,b@shop.example
"""


def test_the_example_reads_what_it_says(tmp_path, monkeypatch):
    """One answer loaded, and one refused for a score off its scale."""
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.S)
    module = ModuleType("delighted")
    exec(compile(example, "CONTRIBUTING.md", "exec"), module.__dict__)
    monkeypatch.setitem(readers.READERS, module.NAME, module)
    path = tmp_path / "responses.csv"
    path.write_text(FILE)
    assert recognise(prepare(path, path.name, tmp_path), duckdb.connect())[0].reader == "delighted"
    found = load(path, "delighted")
    assert found.account() == (2, 1, 1)
    assert found.rows("select response_id, metric, score, comment from src_survey_answers") == [
        ("r1", "nps", 9.0, "quick")
    ]
    assert [(row, column) for row, _, column, _, _ in found.refusals()] == [(2, "score")]


def test_every_module_with_a_name_is_a_reader():
    """Nothing but the file is needed."""
    assert {"ga4", "qualtrics", "table", "zendesk"} <= set(readers.READERS)
    assert all(callable(module.read) for module in readers.READERS.values())
