"""A list as CSV. Text from the data is neutralised: nothing somebody wrote is a formula in a spreadsheet."""

import csv
import io

from exports.cards.listing import Listing
from exports.cards.safe import comment, neutral_in_csv


def table(found: Listing) -> bytes:
    """The CSV: small print as comment lines, then the columns by their keys. Shares are 0–1, days ISO."""
    buffer = io.StringIO()
    lines = [found.title, found.subtitle, *(f"{name}: {text}" for name, text in found.print)]
    buffer.writelines(f"# {comment(line)}\r\n" for line in lines)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.key for column in found.columns])
    writer.writerows([neutral_in_csv(value) for value in row] for row in found.rows)
    return buffer.getvalue().encode("utf-8-sig")
