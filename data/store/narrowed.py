"""A generation as somebody sees it who may see part of it: the same tables under the same names, each holding the rows granted.

Every question asks a generation and nothing else, so what is left out here is left out of every number, list, comparison and file
alike: the answers are those of a store that holds only these rows. A table nobody has described is of rows; where it lacks a column
that a grant is limited by, none of its rows is granted.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

import duckdb
from pyarrow import dataset

from data.concepts import create_functions
from data.store.opened import Generation, confine

LIMITS = ("journey", "stage", "segment", "region")  # columns a grant can be limited by
# Seen whole: settings, the calendar, what is recorded and since when, and who is a colleague or did not agree to be looked at
WHOLE = frozenset(
    "cfg_company cfg_confirmed cfg_contact_costs cfg_event_kinds cfg_holidays cfg_offsets cfg_retention cfg_sources cfg_splits cfg_surveys cfg_unanswered "
    "breaks costs coverage made meta parts people questions scales topics".split()
)
# Settings of a journey or stage: seen with it, whatever the rows are limited by beside; those of no stage are everybody's
SETTINGS = frozenset(
    "annotations cfg_goals cfg_outcomes cfg_promises cfg_rules cfg_stages cfg_targets cfg_weights outcomes".split()
)
WRITTEN = {"comment", "subject", "body"}  # columns of people's own words
OF_WORDS = frozenset({"people_comments"})  # tables of which a row is somebody's words
KEPT = 16  # parts of one generation held open
# By the generation's own connection, weakly: its parts are closed with it
_OPEN: "WeakKeyDictionary[duckdb.DuckDBPyConnection, OrderedDict[tuple[Grant, ...], duckdb.DuckDBPyConnection]]"
_OPEN = WeakKeyDictionary()
_OPENING = threading.Lock()


@dataclass(frozen=True, order=True)
class Grant:
    """Rows of these journeys, stages, segments and regions (each None: of all and of none), and whether with people's words."""

    journey: tuple[str, ...] | None = None
    stage: tuple[str, ...] | None = None
    segment: tuple[str, ...] | None = None
    region: tuple[str, ...] | None = None
    words: bool = False

    @property
    def limits(self) -> tuple[str, ...]:
        """What it is limited by."""
        return tuple(name for name in LIMITS if getattr(self, name) is not None)


@dataclass(frozen=True)
class Narrowed(Generation):
    """A part of a generation, under the generation's own name; a row is seen where at least one of the grants holds it."""

    grants: tuple[Grant, ...] | None = None  # None: of every row
    whole: Generation | None = None  # what it is a part of

    def _bring(self, cursor: duckdb.DuckDBPyConnection, table: str) -> None:
        if self.grants is None or any(not grant.limits for grant in self.grants):
            return super()._bring(cursor, table)
        cursor.register("_whole", dataset.dataset(self.parts(table)))
        if table == "events":
            cursor.execute("create or replace temp view events as select e.* from _whole e where " + _EVENTS)
        else:
            cursor.execute(f'create or replace temp view "{table}" as select * from _whole where false')


# An event is seen with a visit of its session: the visit of its own stage (parts know the first journey's), or of any where a grant
# is not limited to stages.
_EVENTS = (
    "exists (select 1 from visits v where v.session_key = e.session_key and v.stage = e.stage "
    "and v.journey = (select journey from whole.main.cfg_journeys order by position limit 1)) "
    "or e.session_key in (select session_key from seen_sessions)"
)


def narrowed(generation: Generation, grants: tuple[Grant, ...]) -> Generation:
    """The part of a generation that these grants let see; the same part is opened once."""
    grants = tuple(sorted(set(grants), key=repr))
    if any(not grant.limits and grant.words for grant in grants):
        return generation
    with _OPENING:
        opened = _OPEN.setdefault(generation.connection, OrderedDict())
        if grants not in opened:
            opened[grants] = _open(generation.path, grants)
            while len(opened) > KEPT:
                opened.popitem(last=False)
        opened.move_to_end(grants)
        connection = opened[grants]
    seen = hashlib.sha256(repr(grants).encode()).hexdigest()[:16]
    return Narrowed(
        generation.name,
        generation.path,
        connection,
        generation.trouble,
        seen=seen,
        shows=generation.shows,
        grants=grants,
        whole=generation,
    )


def _open(path: Path, grants: tuple[Grant, ...]) -> duckdb.DuckDBPyConnection:
    """A database in memory of nothing but views on the generation's file. What a grant is limited by is a table, so that no name
    becomes part of a statement."""
    con = duckdb.connect(":memory:")
    con.execute("attach $file as whole (read_only)", {"file": str(path)})
    con.execute("create table granted (place integer, limited varchar, value varchar)")
    for place, grant in enumerate(grants):
        for limited in grant.limits:
            for value in getattr(grant, limited):
                con.execute("insert into granted values ($1, $2, $3)", [place, limited, value])
    columns: dict[str, list[str]] = {}
    for table, column in con.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'whole' and not internal order by column_index"
    ).fetchall():
        columns.setdefault(table, []).append(column)
    for table, names in columns.items():
        con.execute(_view(table, names, grants))
    con.execute(f"create view seen_sessions as {_sessions(grants)}")
    create_functions(con)
    confine(con)
    return con


def _view(table: str, columns: list[str], grants: tuple[Grant, ...]) -> str:
    """The statement that puts the granted rows of a table under its name."""
    picked, rows = "*", "true"
    if table == "cfg_journeys":
        rows = (
            "journey in (select journey from whole.main.cfg_stages where "
            + _settings(["journey", "stage"], grants)
            + ")"
        )
    elif (
        table == "topics" and "stage" in columns
    ):  # people write of any topic: which stage it is about is named to who sees that stage
        picked = f"* replace (case when {_settings(['stage'], grants)} then stage end as stage)"
    elif table in SETTINGS:
        rows = _settings(columns, grants)
    elif table not in WHOLE:
        rows = _any(columns, [g for g in enumerate(grants) if g[1].words or table not in OF_WORDS])
        if written := [name for name in columns if name in WRITTEN]:
            may = _any(columns, [g for g in enumerate(grants) if g[1].words])
            picked = "* replace (" + ", ".join(f'case when {may} then "{n}" end as "{n}"' for n in written) + ")"
    return f'create view "{table}" as select {picked} from whole.main."{table}" where {rows}'


def _any(columns: list[str], grants: list[tuple[int, Grant]]) -> str:
    """Whether one of the grants holds a row of these columns."""
    return " or ".join(f"({_holds(columns, place, grant)})" for place, grant in grants) or "false"


def _holds(columns: list[str], place: int, grant: Grant) -> str:
    if not set(grant.limits) <= set(columns):
        return "false"
    return " and ".join(_among(place, name) for name in grant.limits) or "true"


def _settings(columns: list[str], grants: tuple[Grant, ...]) -> str:
    """As _any, by journey and stage alone; what is of no stage is everybody's who sees the journey."""
    each = [
        " and ".join(
            f"({name} is null or {_among(place, name)})"
            for name in grant.limits
            if name in ("journey", "stage") and name in columns
        )
        or "true"
        for place, grant in enumerate(grants)
    ]
    return " or ".join(f"({one})" for one in each) or "false"


def _among(place: int, name: str) -> str:
    return f"coalesce({name} in (select value from granted where place = {place} and limited = '{name}'), false)"


def _sessions(grants: tuple[Grant, ...]) -> str:
    """Sessions of which a grant that is limited to no journey and no stage holds the visits."""
    free = [(place, grant) for place, grant in enumerate(grants) if not {"journey", "stage"} & set(grant.limits)]
    rows = _any(list(LIMITS), free)
    return f"select session_key from whole.main.visits where {rows}"
