"""Times a vendor always writes one way become timestamps at once; a column with any other value is left as text."""

import duckdb

# a date without a time is left to the cast: it is a day of the company, not midnight in some zone
PLAIN = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$"
CLOCK, OFFSET = r"\d:\d\d", r"(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)\s*$"
ZONED = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$"


COMPANY = "the company's zone"


def zoneless(con: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> list[str]:
    """Those of the text columns that hold a time of day without an offset: which instant it was, only a zone says."""
    found = (
        con.execute(
            "select "
            + ", ".join(
                f"""bool_or(regexp_matches("{name}", '{CLOCK}') and not regexp_matches("{name}", '{OFFSET}'))"""
                for name in columns
            )
            + f" from {relation}"
        ).fetchall()[0]
        if columns
        else ()
    )
    return [name for name, yes in zip(columns, found) if yes]


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
    ).fetchall()[0]
    typed = [_typed(name, counts[3 * number : 3 * number + 3], zone) for number, name in enumerate(columns)]
    con.execute(
        f"create or replace temp view {relation}_timed as select * replace ({', '.join(typed)}) from {relation}"
    )
    return f"{relation}_timed"


def _typed(name: str, counts: tuple[int, int, int], zone: str) -> str:
    given, plain, zoned = counts
    if given == plain:
        return f"cast(timezone('{zone}', cast({name} as timestamp)) as timestamp) as {name}"
    return f"cast(cast({name} as timestamptz) as timestamp) as {name}" if given == zoned else f"{name} as {name}"
