"""What several files, tables or lines say of one record, once everything is read: one row a key, tags joined, the customer's words alone."""

from collections.abc import Collection

import duckdb

from data.contract import Table, contract
from data.files.relation import count_rows
from data.sqlfile import run_sql, sql
from data.values.remarks import remark
from data.values.speakers import keep_customers

LEAST, AGREED = (
    3,
    0.1,
)  # shared keys that say something, and the share of them that may agree by chance where numbers restart


def settle(con: duckdb.DuckDBPyConnection, items: Collection[str] = ()) -> None:
    """Settle repeated records of every contract table, join tags from side tables, and take agents' lines out of transcripts. `items`: the
    sources that state lines = "items"."""
    if con.execute("select 1 from files where reader = 'ga4' and file ilike '%intraday%' limit 1").fetchone():
        for filled, name in (("web_events", "event_name"), ("page_vitals", "url")):
            run_sql(con, "data/model", "settle_intraday", table=f"src_{filled}", what=name)
    if con.execute("select 1 from src_orders group by source, file, order_id having count(*) > 1 limit 1").fetchone():
        run_sql(con, "data/model", "settle_order_lines", {"items": list(items)})
    for filled, what in (("web_events", "event_name"), ("page_vitals", "url")):
        if len(con.execute(f"select distinct source from src_{filled} limit 2").fetchall()) > 1:
            run_sql(con, "data/model", "settle_overlaps", table=f"src_{filled}", what=what)
    if con.execute("select 1 from src_orders where amount < 0 limit 1").fetchone():
        run_sql(con, "data/model", "settle_refunds")
    held = count_rows(con, (f"src_{name}" for name in contract().tables))
    for table in contract().tables.values():
        if not held[f"src_{table.name}"]:
            continue
        if _repeated(con, table) and _restarts(con, table):
            _repeated(con, table)
            if table.name == "support_tickets":
                _rejoin(con)
        _settle_repeats(con, table)
    if con.execute("select 1 from files where reader = 'zendesk' limit 1").fetchone():
        run_sql(con, "data/readers/sql", "zendesk_given_twice")
    if con.execute("select 1 from src_ticket_tags limit 1").fetchone():
        con.execute(sql("data/model", "join_tags"))
    keep_customers(con)


def _rejoin(con: duckdb.DuckDBPyConnection) -> None:
    """Answers name the bare number of a ticket whose key now holds its file: they go to the ticket that can be meant."""
    con.execute("""create or replace temp table restarted_tickets as
        select t.*, regexp_replace(t.ticket_id, '^.*#', '') as bare from src_support_tickets t
        where exists (select 1 from remarks r where r.kind = 'restarted_key' and r.contract_table = 'support_tickets' and r.source = t.source)
          and contains(t.ticket_id, '#')""")
    run_sql(con, "data/readers/sql", "rejoin_tickets", table="src_survey_answers", time="responded_at")


def _keys(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.stored_key)


def _repeated(con: duckdb.DuckDBPyConnection, table: Table) -> int:
    con.execute(
        f"create or replace temp table _repeated as select hash(source, {_keys(table)}) as repeated "
        f"from src_{table.name} group by 1 having count(*) > 1"
    )
    return int(con.execute("select count(*) from _repeated").fetchall()[0][0])


def _restarts(con: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Keys that begin anew in each file, or in each form of one, hold it: where they overlap and hardly any that overlap has the
    same time or the same person, they are no versions of one record. Says whether any did."""
    key = table.key[0]
    if key not in table.made or not table.time or table.time in table.key or not table.ids:
        return False
    done = False
    for what, part in (("file", "file"), ("form", "survey")) if table.name == "survey_answers" else (("file", "file"),):
        found = con.execute(f"""
            with parts as (
                select source, "{key}" as key, "{part}" as part, min("{table.time}") as t, min(coalesce(id_customer_id, id_email, id_phone, id_vendor_id, id_anonymous_id)) as who
                from src_{table.name} where hash(source, {_keys(table)}) in (select repeated from _repeated) and "{part}" is not null group by 1, 2, 3),
            keys as (
                select source, key, count(*) as parts, min(t) = max(t) as same_time, min(who) = max(who) and count(who) = count(*) as same_person,
                       count(t) = count(*) or count(who) = count(*) as known
                from parts group by 1, 2 having count(*) > 1)
            select source, count(*), count(*) filter (where coalesce(same_time, false) or coalesce(same_person, false)), sum(parts)
            from keys where known group by source""").fetchall()
        for source, shared, same, records in found:
            if shared < LEAST or same > AGREED * shared:
                continue
            prefix = "regexp_replace(file, '\\.[^.]*$', '')" if part == "file" else part
            con.execute(
                f"""update src_{table.name} set "{key}" = {prefix} || '#' || "{key}"
                where source = $source and not starts_with("{key}", {prefix} || '#')""",
                {"source": source},
            )
            remark(con, source, "", table.name, key, "restarted_key", what, records, records)
            done = True
        if done:
            return True
    return done


def _settle_repeats(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """One row a key: the same row again is a duplicate, another version of it is superseded by the latest."""
    made_only = set(table.key) <= set(table.made)
    order = f'"{table.time}" desc nulls last' if table.time and table.time not in table.key else "load desc"
    content = ", ".join(f'"{name}"' for name in table.stored)
    if con.execute("select count(*) from _repeated").fetchall()[0][0]:
        run_sql(
            con,
            "data/model",
            "settle_repeats",
            table=f"src_{table.name}",
            keys=_keys(table),
            order=order,
            content=content,
            shown="made from file and row" if made_only else "/".join(table.key),
        )
