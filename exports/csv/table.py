"""One card as CSV: the small print first, as comment lines, then one head and one row a cell.

The comments stand in front, each beginning with "# ", because a second block below the table is lost as soon as somebody
sorts or appends; pandas, DuckDB and R skip them with comment="#". UTF-8 with a byte order mark, so that Excel shows € and –.
"""

import csv
import io

from exports.cards.card import WITHHELD, Card, small_print
from exports.cards.safe import comment, neutral_in_csv
from report.tables import flat


def build(card: Card) -> bytes:
    """The file. Numbers are plain (rates 0–1, NPS −100…100, durations in seconds); a withheld cell has state and reason only."""
    buffer = io.StringIO()
    lines = [card.title, card.subtitle, *(f"{name}: {text}" for name, text in small_print(card))]
    buffer.writelines(f"# {comment(line)}\r\n" for line in lines)
    rows = rows_of(card)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutral_in_csv(name) for name in (rows[0] if rows else ["metric"])])
    writer.writerows([neutral_in_csv(value) for value in row.values()] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def rows_of(card: Card) -> list[dict]:
    """Every column of metrics.render.flat; the counts of a withheld cell are empty, for they are not zero."""
    return [row | {"n": None, "persons": None} if row["state"] in WITHHELD else row for row in flat(card.result)]
