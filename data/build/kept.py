"""What does not stay of what was read: records older than the company keeps them, texts likewise, and everything of who was erased.
Before anything is made of them; each such record is counted as refused, with its reason and nothing of its content."""

from collections.abc import Collection
from datetime import date

import duckdb

from data.contract import Table, contract
from data.settings.retention import Retention, kept_from
from data.sqlfile import run_sql

# kind → the landing tables it covers, each with the time its age is told by
TIMES = {
    "events": {"web_events": "occurred_at", "page_vitals": "occurred_at", "exposures": "exposed_at"},
    "answers": {
        "survey_answers": "coalesce(responded_at, invited_at, experienced_at)",
        "survey_invitations": "invited_at",
    },
    "tickets": {"support_tickets": "created_at"},
    "orders": {"orders": "ordered_at"},
}
KEYS = {"support_tickets": "ticket_id", "web_events": "session_id"}  # what other records name a record of these by
OF_ANOTHER = {
    "ticket_id": ("ticket_status_changes", "ticket_tags"),
    "session_id": ("web_events", "page_vitals", "survey_answers"),
}
OWN_IDS = ("response_id", "ticket_id", "order_id")  # a person's records, which may carry no other id


def leave_out(
    con: duckdb.DuckDBPyConnection, retention: Retention, erased: Collection[str], salt: str, today: date | None = None
) -> None:
    """Take out of the landing tables what is older than it is kept, and what carries an id of somebody erased (`erased`: their marks, see
    data.store.erased) or hangs on such a record. What carries no time stays: nothing tells its age."""
    if not retention.days and not erased:
        return
    con.execute("create or replace temp table _gone (source VARCHAR, name VARCHAR, value VARCHAR)")
    con.execute("create or replace temp table _erased as select unnest($marks) as mark", {"marks": sorted(erased)})
    for kind, days in retention.days.items():
        for table, time in TIMES.get(kind, {}).items():
            _take(con, table, f"{time} < $before", _old(days, today))
    if retention.texts_days:
        run_sql(con, "data/model", "leave_out_texts", _old(retention.texts_days, today))
    for contract_table in contract().tables.values() if erased else ():
        if tests := _marked(contract_table):
            _take(con, contract_table.name, " or ".join(tests), _whose(salt))
    for key, tables in OF_ANOTHER.items():
        for table in tables:
            _take(
                con, table, f"(source, '{key}', \"{key}\") in (select (source, name, value) from _gone)", _whose(salt)
            )
    con.execute("drop table _gone; drop table _erased")


def _old(days: int, today: date | None) -> dict[str, object]:
    return {
        "before": kept_from(days, today),
        "kind": "retention",
        "reason": "older than it is kept",
        "allowed": f"{days:,} days",
    }


def _whose(salt: str) -> dict[str, object]:
    return {"salt": salt, "kind": "erased", "reason": "of a person who was erased", "allowed": None}


def _marked(table: Table) -> list[str]:
    """SQL of each test whether a record carries a marked id."""
    kinds = {f"id_{kind}": f"'{kind}'" for kind in table.ids if kind != "account"}
    kinds |= {name: f"'{name}@' || source" for name in OWN_IDS if name in table.columns}
    kinds |= {"exposures": {"unit": "unit_kind"}, "identity_edges": {"value_a": "kind_a", "value_b": "kind_b"}}.get(
        table.name, {}
    )
    kinds |= {"customer_id": "'customer_id'"} if "customer_id" in table.columns else {}
    return [
        f"sha256($salt || ':erased:' || {kind} || ':' || \"{name}\") in (select mark from _erased)"
        for name, kind in kinds.items()
    ]


def _take(con: duckdb.DuckDBPyConnection, table: str, where: str, given: dict[str, object]) -> None:
    """Count the records a condition names as refused and delete them; note the keys that others name them by."""
    if (key := KEYS.get(table)) and (table == "support_tickets" or given["kind"] == "erased"):
        wanted = {name: value for name, value in given.items() if f"${name}" in where}
        con.execute(
            f'insert into _gone select distinct source, \'{key}\', "{key}" from src_{table} where "{key}" is not null and ({where})',
            wanted,
        )
    run_sql(con, "data/model", "leave_out", given, table=f"src_{table}", where=where)
