"""What a build that went through should still be asked about: files mostly refused, rules that match nothing. Said beside the
account; nothing is stopped by it."""

import duckdb

from data.sqlfile import sql

SHARE = 0.2     # of a file's records: so many bad ones are no stray rows
MOST = 20       # lines


def doubts(con: duckdb.DuckDBPyConnection, own_journey: bool) -> list[str]:
    """One sentence each, most harmful first. `own_journey`: the company wrote the rules, so one that matches nothing is a slip."""
    said = []
    for source, file, rows, bad, reason, column, row, found, allowed in con.execute(sql("data/doubts_sql", "refused"), {"share": SHARE}).fetchall():
        where = f", column {column}" if column else ""
        said.append(f"{file} ({source}): {bad:,} of {rows:,} records are bad, most of them: {reason}{where}; first in row {row:,}, found {found!r}"
                    + (f", allowed {allowed}" if allowed else "") + ". What was loaded may be read wrongly, too")
    if own_journey:
        said += [f"journey.toml: {what}: {pattern!r} matches nothing in the data" for what, pattern in con.execute(sql("data/doubts_sql", "rules")).fetchall()]
    return said[:MOST] + ([f"and {len(said) - MOST:,} more"] if len(said) > MOST else [])
