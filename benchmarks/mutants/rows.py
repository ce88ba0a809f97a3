"""A small table for each table of the contract: every column filled with values of its kind."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.contract import Table, contract

ROWS = 24
START = datetime(2026, 3, 2, 8, 15)
WORDS = ("Lieferung", "fine, thanks", "pas mal", "Größe passt", 'it broke "again"', "sehr gut", "5 stars", "todo bien")
KINDS = {
    "email": "person{n}@example.org",
    "phone": "+49 30 55501{n:02}",
    "customer_id": "C-{n}",
    "vendor_id": "v{n}",
    "anonymous_id": "GA1.1.{n}77",
    "account": "acc-{n}",
}
FIXED = {
    "score": lambda n: str(n % 11),
    "scale_min": lambda n: "0",
    "scale_max": lambda n: "10",
    "metric": lambda n: "nps",
    "url": lambda n: f"https://shop.example/p/{n}?q=a,b",
    "survey": lambda n: ("checkout", "delivery")[n % 2],
    "currency": lambda n: "EUR",
    "cls": lambda n: f"0.{n:02}",
    "status": lambda n: ("open", "solved")[n % 2],
    "event_name": lambda n: ("page_view", "purchase", "scroll")[n % 3],
    "language": lambda n: ("de", "en")[n % 2],
    "unit_kind": lambda n: "anonymous_id",
}


@dataclass(frozen=True)
class Rows:
    """A header and its records; a cell is a text, a number, None, or a nested value as JSON has it. `above`: further header rows."""

    header: list[str]
    rows: list[list]
    above: tuple[list[str], ...] = ()

    def with_rows(self, rows: list[list]) -> "Rows":
        return replace(self, rows=rows)


def of_table(name: str, count: int = ROWS) -> Rows:
    """Records of a contract table, under the contract's own column names."""
    table = contract().tables[name]
    header = list(table.fillable)
    return Rows(
        header,
        [
            [_value(table, column, kind, number) for column, kind in table.fillable.items()]
            for number in range(1, count + 1)
        ],
    )


def _value(table: Table, column: str, kind: str, number: int) -> str:
    if column in FIXED:
        return FIXED[column](number)
    if column in contract().allowed:
        words = contract().allowed[column]
        return words[number % len(words)]
    if column in ("value_a", "value_b"):
        allowed = contract().allowed[f"kind_{column[-1]}"]
        return KINDS[allowed[number % len(allowed)]].format(n=number)
    if column in KINDS:
        return KINDS[column].format(n=number)
    if kind == "time":
        shift = timedelta(hours=7 * number, minutes=list(table.fillable).index(column))
        return (START + shift).strftime("%Y-%m-%d" if column == "date" else "%Y-%m-%d %H:%M:%S")
    return {
        "id": f"{column}-{number}",
        "number": f"{number * 3}.25",
        "whole": str(number % 7),
        "truth": ("true", "false")[number % 2],
        "json": '{"colour": "blue", "n": [1, 2]}',
        "list": "payment|late",
    }.get(kind, WORDS[number % len(WORDS)])
