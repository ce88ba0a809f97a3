"""A list as CSV. Text from the data is neutralised: nothing somebody wrote is a formula in a spreadsheet."""

import csv
import io

from exports.cards.listing import Listing
from exports.cards.safe import comment, neutral_in_csv


def table(listing: Listing) -> bytes:
    """The CSV: small print as comment lines, then the columns by their keys. Shares are 0–1, days ISO."""
    buffer = io.StringIO()
    lines = [listing.title, listing.subtitle, *(f"{name}: {text}" for name, text in listing.print)]
    buffer.writelines(f"# {comment(line)}\r\n" for line in lines)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([column.key for column in listing.columns])
    writer.writerows([neutral_in_csv(value) for value in row] for row in listing.rows)
    return buffer.getvalue().encode("utf-8-sig")
