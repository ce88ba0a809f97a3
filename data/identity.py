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

GROUPS = 40                         # for the delete-a-group jackknife
# An id met with more different customers than this is a shared device or a placeholder address, not a person.
SHARED_FROM = {"anonymous_id": 4, "email": 6, "phone": 6, "vendor_id": 6}


def resolve(con: duckdb.DuckDBPyConnection) -> None:
    """Create int_edges, int_shared and int_person_map (kind, value → person_id, linked, when linked and by what)."""
    con.execute(f"create table int_edges as {sql('data/model', 'int_edges')}")
    con.execute(f"create table int_nodes as {sql('data/model', 'int_nodes')}")
    con.execute("create temp table _limits (kind VARCHAR, least_customers INTEGER)")
    con.executemany("insert into _limits values (?, ?)", list(SHARED_FROM.items()))
    con.execute(f"create table int_shared as {sql('data/model', 'int_shared')}")
    _components(con)
    con.execute(f"create table int_person_map as {sql('data/model', 'int_person_map')}")


def _components(con: duckdb.DuckDBPyConnection) -> None:
    nodes = con.execute("select count(*) from int_nodes").fetchone()[0]
    edges = con.execute(sql("data/model", "identity_edges_kept")).fetchnumpy()
    matrix = coo_array((np.ones(len(edges["a"]), dtype=np.int8), (edges["a"], edges["b"])), shape=(nodes, nodes))
    component = connected_components(matrix, directed=False)[1] if nodes else np.array([], dtype=np.int32)
    con.register("_component", {"node": np.arange(nodes), "component": component.astype(np.int64)})
    con.execute("create temp table _components as select * from _component")
    con.unregister("_component")
    con.execute("create temp table _strength (kind VARCHAR, strength INTEGER)")
    con.executemany("insert into _strength values (?, ?)", [(kind, n) for n, kind in enumerate(contract().linking)])
