"""The table of measured costs says each as a multiple of the floor, in both forms."""

import json

from benchmarks.__main__ import main
from benchmarks.measured import Cost, render

COSTS = [
    Cost("floor: bare scan", 0.5, 0.25, 1.0, None, "2,000 events"),
    Cost("build", 1250.0, 700.5, 2500.0, 1208.4, "memory 1GB"),
]


def test_a_table_to_read_and_lines_for_programs():
    assert render(COSTS, "text").splitlines()[2:] == [
        "| floor: bare scan | 0.50 | 1.0 | 0.25 |  | 2,000 events |",
        "| build | 1,250.00 | 2,500.0 | 700.50 | 1,208.4 | memory 1GB |",
    ]
    assert [json.loads(line)["ratio"] for line in render(COSTS, "json").splitlines()] == [1.0, 2500.0]


def test_without_a_store_or_its_files_it_says_so(tmp_path, capsys):
    assert main(["page", "--store", str(tmp_path / "none")]) == 2
    assert "there is no store yet" in capsys.readouterr().err
    assert main(["build", "--sources", str(tmp_path / "sources.toml")]) == 2
    assert "no Parquet to scan" in capsys.readouterr().err
