"""The notebook of examples/notebook is run cell by cell in an empty folder, as a reader runs it."""

import ast
import json

from tests.core.company import ROOT

NOTEBOOK = ROOT / "examples" / "notebook" / "own-files.ipynb"


def run(source: str, space: dict) -> object:
    """A cell: what it shows is its last expression, as in a notebook."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, str(NOTEBOOK), "exec"), space)
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), space) if last else None


def test_the_notebook_goes_from_own_files_to_a_cause_and_a_case(tmp_path, monkeypatch, capsys):
    """About ten cells; what was planted (phones are unhappy twice as often) is the first cause; nothing was kept of an earlier run."""
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert 8 <= len(code) <= 10 and not any(cell.get("outputs") for cell in cells)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    space: dict = {}
    shown = [run(source, space) for source in code]
    said = capsys.readouterr().out
    assert "published gen-" in said and "error" not in said
    table, by_device, causes, benefit = shown[3], shown[4], shown[5], shown[6]
    buy = table[(table["stage"] == "Buy") & (table["metric"] == "csat_t2b_5")].iloc[0]
    assert buy["n"] == 1200 and buy["low"] < buy["value"] < buy["high"]
    told = by_device.set_index("device")["value"]
    assert told["phone"] < 0.6 < 0.7 < told["desktop"]
    assert "phone" in causes["cause"].iloc[0] and 0.15 < causes["difference"].iloc[0] < 0.35
    assert 0 < benefit["p10"] < benefit["p50"] < benefit["p90"] and "Worth" in said
    assert {"value", "low", "high", "n", "state", "generation"} <= set(shown[7])
