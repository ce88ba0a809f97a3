"""Times a vendor always writes one way become timestamps at once; a column with any other value is left as text."""

import duckdb

PLAIN = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$"
ZONED = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$"


def with_times(con: duckdb.DuckDBPyConnection, relation: str, columns: tuple[str, ...], zone: str) -> str:
    """A view on `relation` with these ISO columns as UTC timestamps. `zone` is for values without an offset.

    The connection's TimeZone must be UTC. Columns that hold anything else stay text and are cast, or refused, by rule.
    """
    counts = con.execute(
        "select "
        + ", ".join(
            f"count({name}), "
            f"count(*) filter (regexp_matches({name}, '{PLAIN}') and try_cast({name} as timestamp) is not null), "
            f"count(*) filter (regexp_matches({name}, '{ZONED}') and try_cast({name} as timestamptz) is not null)"
            for name in columns
        )
        + f" from {relation}"
    ).fetchone()
    typed = [_typed(name, *counts[3 * number : 3 * number + 3], zone) for number, name in enumerate(columns)]
    con.execute(
        f"create or replace temp view {relation}_timed as select * replace ({', '.join(typed)}) from {relation}"
    )
    return f"{relation}_timed"


def _typed(name: str, given: int, plain: int, zoned: int, zone: str) -> str:
    if given == plain:
        return f"cast(timezone('{zone}', cast({name} as timestamp)) as timestamp) as {name}"
    return f"cast(cast({name} as timestamptz) as timestamp) as {name}" if given == zoned else f"{name} as {name}"
