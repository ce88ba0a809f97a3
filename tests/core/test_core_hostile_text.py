"""Names from files in a terminal, a CSV and a filter: text stays text."""

import csv
import io

import pytest

from commands.data import main as data
from commands.metrics import main
from data.terminal import harmless
from metrics.query.filter_values import joined, parts
from report.neutral import neutral_in_csv
from report.tables import csv_of

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
"""
NAMES = ("a, b", "=1+1;=2+2", "c\x1b[31m\x07d")


@pytest.fixture(scope="module")
def shop(module_company):
    """Ten people with each of three hostile names of a segment."""
    rows = io.StringIO()
    write = csv.writer(rows)
    write.writerow(["event_id", "occurred_at", "customer_id", "event_name", "url", "device"])
    write.writerows(
        [f"{d}{n}", "2026-03-02T10:00", f"k{d}{n}", "page_view", "/cart", device]
        for d, device in enumerate(NAMES)
        for n in range(10)
    )
    block = '\n[[source]]\nname = "e"\nreader = "table"\npath = "e.csv"\ntable = "web_events"\n'
    return module_company(journey=JOURNEY, sources=block, files={"e.csv": rows.getvalue()})


def shown(shop, capsys, *words: str) -> tuple[str, str]:
    assert main(["show", "completion_rate", "--store", str(shop.folder / "store"), "--all", *words]) == 0
    return capsys.readouterr()


def test_a_value_with_a_comma_is_one_value(shop, capsys):
    """Asked by itself, beside another, and from the command line."""
    assert shop.one("completion_rate", filters=(("device", r"a\, b"),)).n == 10
    assert shop.one("completion_rate", filters=(("device", joined(["a, b", NAMES[1].lower()])),)).n == 20
    assert '"n": 10,' in shown(shop, capsys, "--where", r"device=a\, b", "--format", "json")[0]


@pytest.mark.parametrize("values", [["a", "b"], ["a, b"], ["a\\b"], ["a\\"], ["", "x"], ["\\,", ","], [""]])
def test_values_of_a_filter_come_back(values):
    assert parts(joined(values)) == values


def test_a_terminal_gets_no_control_signs_and_is_told(shop, capsys):
    out, said = shown(shop, capsys, "--by", "device")
    assert "c[31md" in out and not set(out) & {"\x1b", "\x07"} and "control signs" in said
    assert data(["doctor", "--store", str(shop.folder / "store")]) == 0
    assert harmless("a\x1b]0;x\x07\u202eb\x9bc\td\n") == "a]0;xbc\td\n"


def test_no_cell_of_a_csv_begins_like_a_formula_wherever_it_is_split(shop, capsys):
    """Split at commas, semicolons and tabs, as spreadsheets of different countries do."""
    out, _ = shown(shop, capsys, "--by", "device", "--format", "csv")
    assert "'=1+1;'=2+2" in out
    text = csv_of([{"a": "=1", "b": "x;=1\t+2| @z", "c": -5}]) + "\n" + out
    for sign in ",;\t|":
        for row in csv.reader(io.StringIO(text), delimiter=sign):
            assert not [cell for cell in row if cell.strip().startswith(("=", "+", "@"))], (sign, row)
    assert neutral_in_csv(-5) == -5 and neutral_in_csv("fast; cheap") == "fast; cheap"
