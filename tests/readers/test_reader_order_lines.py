"""Orders that stand on several lines of a file: items are added up where it is said, lines without an amount are kept with the one that has it."""

import duckdb
import pytest

from data.errors import UserError
from data.inspection.look import inspect
from data.readers import READERS
from data.settings.sources import load_sources
from tests.readers.inspected import as_pasted
from tests.readers.loading import load

HEAD = "order_id,ordered_at,amount,margin,delivered_at,cancelled_at,task\n"
LINES = HEAD + "\n".join(
    [
        "o1,2026-03-01T10:00,20,5,2026-03-03T10:00,,lamp",
        "o1,2026-03-01T10:00,30.5,6,2026-03-04T10:00,,sofa",
        "o1,2026-03-01T10:00,-5,-1,2026-03-04T10:00,,",  # a discount: part of the order
        "o1,2026-03-09T10:00,-30.5,,,,",  # a week later: a refund
        "o2,2026-03-02T10:00,10,2,,,lamp",
        "o2,2026-03-02T10:00,10,2,,,lamp",  # two of the same
        "o3,2026-03-02T11:00,7,1,,,lamp",
        "o3,2026-03-02T11:00,,1,,,lamp",  # the only amount stands in the other line
        "o4,2026-03-02T12:00,40,9,,2026-03-02T13:00,lamp",
        "o4,2026-03-02T12:00,15,3,,,sofa",  # the other was cancelled
        "o5,2026-03-03T10:00,1,1,,,",
        "o5,2026-03-03T10:00,2,1,,,",
        "o5,2026-03-03T10:00,,1,,,",  # what it cost nobody knows
        "o6,2026-03-03T10:00,9,1,,,",
    ]
)  # fmt: skip


def orders(path, **source):
    """The orders of the file by number: amount, margin, refunded, delivered, cancelled, task."""
    loaded = load(path, "table", table="orders", **source)
    read, kept, refused = loaded.account()
    assert read == 14 == kept + refused
    return loaded, {row[0]: row[1:] for row in loaded.rows(
        "select order_id, amount, margin, refunded, cast(delivered_at as varchar)[:10], cancelled_at is not null, task from src_orders")}  # fmt: skip


def test_items_are_added_up_where_it_is_said(tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text(LINES)
    loaded, found = orders(path, lines="items")
    assert found == {
        "o1": (45.5, 10, 30.5, "2026-03-04", False, "sofa"),
        "o2": (20, 4, None, None, False, "lamp"),
        "o3": (7, 2, None, None, False, "lamp"),
        "o4": (15, 3, None, None, False, "lamp"),
        "o5": (None, 3, None, None, False, None),
        "o6": (9, 1, None, None, False, None),
    }
    reasons = {reason for _, kind, _, reason, _ in loaded.refusals() if kind == "excluded"}
    assert reasons == {
        "an item of an order, added to it",
        "a line of an order without an amount of its own, kept with its order",
        "a refund in a line of its own, kept with its order",
    }


def test_unsaid_one_line_counts_but_lines_without_an_amount_are_kept_with_theirs(tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text(LINES)
    _, found = orders(path)
    assert found["o3"] == (7, 2, None, None, False, "lamp") and found["o2"][0] == 10


@pytest.mark.parametrize("said", ['lines = "sum"', 'lines = "items"\ntable = "web_events"'])
def test_lines_is_one_of_two_words_and_of_orders_alone(tmp_path, said):
    path = tmp_path / "sources.toml"
    fills = "" if "table" in said else 'table = "orders"\n'
    path.write_text(f'[[source]]\nname = "a"\nreader = "table"\npath = "a.csv"\n{fills}{said}\n')
    with pytest.raises(UserError, match='"items"'):
        load_sources(path, tuple(READERS))


def lined(tmp_path, amount):
    """What inspect says of twelve orders of two lines each. `amount`: of order and line."""
    path = tmp_path / "shop.csv"
    path.write_text(
        "Order Number,Order Date,Email,Amount,Item\n"
        + "\n".join(f"A{n // 2},2026-03-{1 + n // 2:02} 10:00,k{n // 2}@x.example,{amount(n // 2, n % 2)},thing" for n in range(24))
    )  # fmt: skip
    with duckdb.connect() as con:
        return inspect(path, con), path


def test_inspect_asks_what_a_line_is_or_tells_by_the_amounts(tmp_path):
    items, _ = lined(tmp_path, lambda order, line: 10 + order + 7 * line)
    assert '# lines = "items"' in items["sources_toml"] and any(
        "is a line an order's item" in q for q in items["questions"]
    )
    total, path = lined(tmp_path, lambda order, line: 10 + order)
    assert 'lines = "total"' in total["sources_toml"] and any("whole order's total" in q for q in total["questions"])
    assert as_pasted(path, total).rows("select count(*), sum(amount) from src_orders") == [(12, 186)]
    first, path = lined(tmp_path, lambda order, line: "" if line else 10 + order)
    assert not any("line" in question for question in first["questions"]), first["questions"]
    assert as_pasted(path, first).rows("select count(*), sum(amount) from src_orders") == [(12, 186)]
