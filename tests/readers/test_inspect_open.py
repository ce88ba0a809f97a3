"""What inspect asks, what it never shows, what it says when nothing loads, and that no file makes it fall over."""

import json
import tomllib

import pytest

from commands.data import main
from data.inspection import inspect, render
from data.inspection.block import Block
from data.settings.sources import SOURCE_KEYS
from tests.readers.inspected import as_pasted, days, table

KEYS = {
    "file",
    "problem",
    "matches",
    "table",
    "what",
    "readings",
    "mapping",
    "constants",
    "questions",
    "unused",
    "rows_in",
    "loaded",
    "refused",
    "tables",
    "refusals",
    "notes",
    "why",
    "speaks",
    "sources_toml",
    "journey_toml",
}


def orders(dates: list[str], **more) -> list[dict]:
    return [
        {"Order ID": f"A{n}", "Order date": date, "Total": n + 1} | {key: value(n) for key, value in more.items()}
        for n, date in enumerate(dates)
    ]


def test_the_json_holds_what_is_promised(tmp_path, capsys):
    file = table(tmp_path / "orders.csv", orders([days(n) for n in range(5)]))
    assert main(["inspect", str(file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == KEYS
    assert set(found["mapping"][0]) == {"column", "from", "evidence"} and set(found["matches"][0]) == {
        "reader",
        "confidence",
        "evidence",
    }
    assert set(found["tables"]["orders"]) == {"rows", "sample"} and found["readings"][0]["table"] == "orders"


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["03/07/2026", "05/03/2026", "04/07/2026"], None),  # nothing tells
        (["03.07.2026", "05.03.2026", "04.07.2026"], "2026-07-03"),  # dots: the day first
        ([f"03/{n:02}/2026" for n in range(1, 11)], None),  # in order either way: daily, or monthly
        (
            [f"03/{n:02}/2026" for n in range(5, 12)] + ["04/01/2026", "04/02/2026"],
            "2026-03-05",
        ),  # in order only if the month is first
        (
            [f"{n:02}/03/2026 10:00" for n in range(5, 12)] + ["01/04/2026 10:00", "02/04/2026 10:00"],
            "2026-03-05",
        ),  # only if the day is
    ],
)
def test_day_and_month_are_asked_unless_the_file_tells(tmp_path, dates, first):
    file = table(tmp_path / "orders.csv", orders(dates))
    found = inspect(file)
    asked = any("day and month cannot be told apart" in question for question in found["questions"])
    assert asked == (first is None)
    if first:
        loaded = as_pasted(file, found)
        assert loaded.one("select strftime(min_by(ordered_at, row), '%Y-%m-%d') from src_orders") == first and found[
            "loaded"
        ] == len(dates)
    else:
        assert (
            found["loaded"] == 0
            and "day and month" in found["why"]
            and '# dates = "%d/%m/%Y"' in found["sources_toml"]
            and '# dates = "%m/%d/%Y"' in found["sources_toml"]
        )
        answered = found | {"sources_toml": found["sources_toml"].replace('# dates = "%d/%m/%Y"', 'dates = "%d/%m/%Y"')}
        assert as_pasted(file, answered).account() == (len(dates), len(dates), 0)


def test_another_column_of_the_file_tells_the_order(tmp_path):
    file = table(
        tmp_path / "orders.csv",
        orders(["03/07/2026", "05/03/2026"], **{"Delivered at": lambda n: ["25/07/2026", "30/03/2026"][n]}),
    )
    found = inspect(file)
    assert (
        found["loaded"] == 2
        and as_pasted(file, found).one("select strftime(max(ordered_at), '%d %m') from src_orders") == "03 07"
    )


def test_decimal_commas_are_seen_and_a_lone_thousand_is_asked(tmp_path):
    found = inspect(
        table(tmp_path / "orders.csv", orders([days(n) for n in range(4)], Total=lambda n: ["19,90", "7,50"][n % 2]))
    )
    assert (
        tomllib.loads(found["sources_toml"])["source"][0]["decimal"] == ","
        and found["tables"]["orders"]["sample"][0]["amount"] == 19.9
    )
    found = inspect(
        table(tmp_path / "orders.csv", orders([days(n) for n in range(4)], Total=lambda n: ["1.250", "3.400"][n % 2]))
    )
    assert any("'1.250' more than a thousand" in question for question in found["questions"])


def test_times_without_a_zone_are_asked_for_one_and_others_are_not(tmp_path):
    bare = inspect(table(tmp_path / "orders.csv", orders([f"{days(n)} 10:00" for n in range(4)])))
    told = inspect(table(tmp_path / "orders.csv", orders([f"{days(n)}T10:00:00Z" for n in range(4)])))
    assert any("which zone" in question for question in bare["questions"]) and "# timezone =" in bare["sources_toml"]
    assert (
        not any("which zone" in question for question in told["questions"]) and "timezone" not in told["sources_toml"]
    )


def test_ids_a_spreadsheet_rounded_are_named(tmp_path):
    rows = [
        {"Ticket ID": "1.23457E+17", "Created at": f"{days(n)} 10:00", "Status": "open", "Subject": f"help {n}"}
        for n in range(5)
    ]
    assert any("rounded" in question for question in inspect(table(tmp_path / "tickets.csv", rows))["questions"])


def test_deleted_records_are_left_out(tmp_path):
    rows = [
        {
            "Ticket ID": n,
            "Created at": f"{days(n)} 10:00",
            "Status": "open",
            "Subject": f"help {n}",
            "_fivetran_deleted": ["false", "TRUE"][n % 2],
        }
        for n in range(6)
    ]
    found = inspect(table(tmp_path / "tickets.csv", rows))
    assert (found["loaded"], found["refused"]) == (3, 3) and "deleted records" in found["notes"]


@pytest.mark.parametrize("header", ["comment", "Subject"])
def test_nothing_personal_is_shown(tmp_path, header):
    secrets = ["kim.roe@example.org", "Kim Roe", "+49 30 123456789", "CUSTOMER77", "Elm Street 5", "token=abc"]
    rows = [
        {
            "Ticket ID": f"T{n}1",
            "Created at": f"{days(n)} 10:00",
            "Status": "open",
            header: f"I am {secrets[1]}, {secrets[4]}, write to {secrets[0]} or {secrets[2]}",
            "Requester email": secrets[0],
            "Full name": secrets[1],
            "Phone": secrets[2],
            "Customer ID": secrets[3],
            "Page URL": f"https://a.example/x?{secrets[5]}",
            "Category": secrets[1],
            "Solved at": secrets[1],
        }
        for n in range(5)
    ]
    found = inspect(table(tmp_path / "tickets.csv", rows))
    said = render(found) + json.dumps(found, default=str)
    assert found["loaded"] == 5 and not [secret for secret in secrets if secret in said]


def test_a_refused_value_of_a_person_is_not_shown(tmp_path):
    rows = [
        {
            "Order ID": f"A{n}",
            "Order date": days(n),
            "Total": 5,
            "Refunded": ["Kim Roe", "5", "6", "7", "8", "9", "1", "2", "3", "4", "5"][n],
        }
        for n in range(11)
    ]
    said = render(inspect(table(tmp_path / "orders.csv", rows)))
    assert "Kim Roe" not in said and "[name]" in said


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty (0 bytes)"),
        ("header.csv", b"Order ID,Order date,Total\n", "no table of the contract fits"),
        ("looks.csv", b"PAR1 is the name of our shop,second\n1,2\n", ""),
        ("deep.json", b"[" * 100_000, "JSON"),
        ("deeper.ndjson", b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n", ""),
        ("cut.json", b'[{"a": 1}, {"a', ""),
        ("scalar.json", b"[1, 2, 3]", ""),
        ("noise.bin", bytes(range(256)) * 50, "binary"),
        ("gzip.gz", b"\x1f\x8b\x08\x00broken", "damaged"),
        ("control.csv", b"a\x01b,c\x7fd\n1,2\n", ""),
        ("quotes.csv", b'"a,b\n1,2\n3,4\n', ""),
        ("one.txt", b"x", ""),
        (
            "wide.csv",
            b",".join(b"c%d" % n for n in range(3000)) + b"\n" + b",".join(b"1" for _ in range(3000)) + b"\n",
            "",
        ),
    ],
)
def test_no_file_makes_it_fall_over(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    found = inspect(tmp_path / name)
    said = render(found)
    assert "Traceback" not in said and says in said and (found["problem"] or found["why"] or found["loaded"])


def test_any_header_makes_a_block_that_is_toml(tmp_path):
    """Quotes, backslashes, brackets, line breaks, keys with dots and letters of every script."""
    header = 'How "satisfied" \\ were you [with]\nthe {shop}, in % — 你好 #1?'
    file = table(tmp_path / "csat #1.csv", [{header: [1, 5, 3][n % 3], "Date": days(n)} for n in range(9)])
    found = inspect(file)
    blocks = tomllib.loads(found["sources_toml"])["source"]
    assert found["loaded"] == 9 and all(set(block) <= set(SOURCE_KEYS) for block in blocks)
    assert (
        tomllib.loads(Block("a\x7fb", "table", "p", "orders", {'x"y': "\x00"}, comments=["a\nb"]).text())["source"][0][
            "name"
        ]
        == "a\x7fb"
    )


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (
            "soon",
            "24 of 24 records: not a readable date; first in row 1, column When, found 'soon', allowed a date such as 2026-03-31 14:05",
        ),
        ("02/03/2026", "x.csv: column When: day and month cannot be told apart: no value has a part above 12"),
    ],
)
def test_when_nothing_loads_inspect_and_build_say_why(tmp_path, capsys, bad, why):
    table(tmp_path / "x.csv", [{"Ticket": n, "When": bad} for n in range(24)])
    block = '[[source]]\nname = "t"\nreader = "table"\npath = "x.csv"\ntable = "support_tickets"\ncolumns = { ticket_id = "Ticket", created_at = "When" }\n'
    (tmp_path / "sources.toml").write_text(block)
    assert main(["build", "--sources", str(tmp_path / "sources.toml"), "--store", str(tmp_path / "store")]) == 1
    said = capsys.readouterr().out
    assert f"! source 't': 24 records, none loaded: {why}" in said
    assert main(["doctor", "--store", str(tmp_path / "store")]) == 2
    assert "python -m data inspect FILE" in capsys.readouterr().err
