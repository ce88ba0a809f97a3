"""One person across sources: connected components of ids seen together, with a guard against ids that many share.

The result does not depend on the order of files or rows: the person's number comes from the strongest, smallest id
of the component.
"""

import duckdb
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.contract import contract
from data.sqlfile import sql

# (kind, others' kind) → an id met with so many of them is a shared device, a form's sender or a placeholder, not a person.
SHARED_FROM = {("anonymous_id", "customer_id"): 4} | {
    (kind, other): 6
    for kind in ("customer_id", "email", "phone", "vendor_id")
    for other in ("customer_id", "email", "phone", "vendor_id")
    if kind != other
}


def resolve(con: duckdb.DuckDBPyConnection) -> None:
    """Create int_edges, int_shared and int_person_map (kind, value → person_id, linked, when linked and by what).

    An id that too many share is taken off the records that carry it, so that the next id of each says whose it is; a shared
    browser stays, for its sessions are told apart.
    """
    con.execute(f"create table int_edges as {sql('data/model', 'int_edges')}")
    con.execute("create temp table _limits (kind VARCHAR, other_kind VARCHAR, least INTEGER)")
    con.executemany("insert into _limits values (?, ?, ?)", [(*pair, least) for pair, least in SHARED_FROM.items()])
    con.execute(f"create table int_shared as {sql('data/model', 'int_shared')}")
    _take_off(con)
    con.execute(f"create table int_nodes as {sql('data/model', 'int_nodes')}")
    _components(con)
    con.execute(f"create table int_person_map as {sql('data/model', 'int_person_map')}")


def _take_off(con: duckdb.DuckDBPyConnection) -> None:
    kinds = {
        kind for (kind,) in con.execute("select distinct kind from int_shared where kind <> 'anonymous_id'").fetchall()
    }
    con.execute('create table int_shared_records (kind VARCHAR, value VARCHAR, records BIGINT, "of" BIGINT)')
    for table in contract().tables.values() if kinds else ():
        for kind in sorted(kinds & set(table.ids)) if table.name != "people" else ():
            con.execute(
                f"insert into int_shared_records select '{kind}', id_{kind}, count(*), (select count(id_{kind}) from src_{table.name}) from src_{table.name} "
                f"where id_{kind} in (select value from int_shared where kind = '{kind}') group by 2"
            )
            con.execute(
                f"update src_{table.name} set id_{kind} = null where id_{kind} in (select value from int_shared where kind = '{kind}')"
            )
    if kinds:  # what a shared id hid: the other ids of the same record, seen together
        con.execute(f"create or replace table int_edges as {sql('data/model', 'int_edges')}")


def _components(con: duckdb.DuckDBPyConnection) -> None:
    nodes = con.execute("select count(*) from int_nodes").fetchall()[0][0]
    edges = con.execute(sql("data/model", "identity_edges_kept")).fetchnumpy()
    matrix = coo_array((np.ones(len(edges["a"]), dtype=np.int8), (edges["a"], edges["b"])), shape=(nodes, nodes))
    component = connected_components(matrix, directed=False)[1] if nodes else np.array([], dtype=np.int32)
    con.register("_component", {"node": np.arange(nodes), "component": component.astype(np.int64)})
    con.execute("create temp table _components as select * from _component")
    con.unregister("_component")
    con.execute("create temp table _strength (kind VARCHAR, strength INTEGER)")
    con.executemany("insert into _strength values (?, ?)", [(kind, n) for n, kind in enumerate(contract().linking)])
