"""What is held against the account of one spoiled file."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb

from benchmarks.mutants.plan import Mutant
from data.contract import contract
from data.sqlfile import ROOT

ENGINE = re.compile(
    r"\b(Binder|Catalog|Conversion|Parser|IO|Invalid Input|Invalid|Out of Range|INTERNAL|Internal|Constraint|TransactionContext|Serialization|Syntax|"
    r"Not implemented|Out of Memory|INTERRUPT|Fatal) (Error|Exception)\b|\b[A-Z]\w+Error\b|object at 0x"
)
TRACE = re.compile(r'Traceback|File "[^"]*", line \d+')
SCRATCH = re.compile(
    r"utf8--?\d{6,}-|unpacked-[0-9a-f]{12}-|\btable-\d+-utf8-|\b_(raw|mapped|ga4|zendesk|qualtrics)_?\w*\b"
)


def places(folder: Path) -> tuple[str, ...]:
    """Paths of this machine that no message may hold."""
    return tuple({str(folder), str(ROOT), sys.prefix, str(Path.home()), str(folder.parent)} - {"/"})


def line(
    each: Mutant,
    part: str,
    faults: list[str],
    rows_in: int = 0,
    loaded: int = 0,
    problem: str | None = None,
    seconds: float = 0.0,
) -> dict:
    """What came of a file: `part` is load or inspect."""
    return {
        "number": each.number,
        "part": part,
        "reader": each.seed.reader,
        "what": each.seed.what,
        "kind": each.seed.kind,
        "operator": each.operator.name,
        "rows_in": rows_in,
        "loaded": loaded,
        "problem": problem,
        "seconds": round(seconds, 3),
        "faults": faults,
    }


def judged(con: duckdb.DuckDBPyConnection, each: Mutant, seconds: float, limit: float, hidden: Iterable[str]) -> dict:
    """The account of one file in the landing tables."""
    named = {"source": f"m{each.number}"}
    rows_in, loaded, refused, files = con.execute(
        "select coalesce(sum(rows_in), 0)::bigint, coalesce(sum(loaded), 0)::bigint, coalesce(sum(refused), 0)::bigint, count(*) from loads where source = $source",
        named,
    ).fetchone()
    problem, notes = con.execute(
        "select string_agg(problem, ' | '), string_agg(notes, ' | ') from loads where source = $source", named
    ).fetchone()
    faults = [] if files else ["the file is in no account"]
    faults += _balance(con, named, rows_in, loaded, refused)
    # spoiled copies of one file stand beside each other as sources: what another of them holds as well was read
    (elsewhere,) = con.execute(
        "select count(*) from (select distinct file, row from refusals "
        "where source = $source and reason = 'the same event in another source'"
        + "".join(f" except select file, row from src_{name} where source = $source" for name in contract().tables)
        + ")",
        named,
    ).fetchall()[0]
    faults += _promised(each, rows_in, loaded + elsewhere, problem)
    if files and not rows_in and not problem:
        faults.append("no record, and no word why")
    texts = [problem, notes] + [
        text
        for row in con.execute(
            'select distinct reason, allowed, "column" from refusals where source = $source limit 200', named
        ).fetchall()
        for text in row
    ]
    faults += spoken(texts, hidden, each.name)
    silent = con.execute(
        "select count(*) from refusals where source = $source and reason = 'nothing in it for any table'", named
    ).fetchone()[0]
    if silent and each.seed.reader in ("table", "ga4"):
        faults.append(f"{silent} records are neither loaded nor refused by the reader")
    faults += slow(seconds, limit)
    return line(each, "load", faults, rows_in, loaded, problem, seconds)


def _balance(con: duckdb.DuckDBPyConnection, named: dict, rows_in: int, loaded: int, refused: int) -> list[str]:
    """Every record from the first to the last is loaded or refused, and no other is."""
    told = con.execute(
        "select count(*) from (select distinct file, row from refusals where source = $source "
        "except select file, row from _landed where source = $source)",
        named,
    ).fetchone()[0]
    beyond = con.execute(
        "select count(*) from (select file, row from refusals where source = $source union select file, row from _landed where source = $source) r "
        "left join loads l on l.source = $source and l.file = r.file where r.row not between 1 and coalesce(l.rows_in, 0)",
        named,
    ).fetchone()[0]
    faults = (
        []
        if rows_in == loaded + refused and loaded >= 0 and refused >= 0
        else [f"{rows_in} records in, {loaded} loaded, {refused} refused"]
    )
    if told != refused:
        faults.append(f"{refused} records refused, {told} of them told")
    return faults + ([f"{beyond} records beyond the {rows_in} of the file"] if beyond else [])


def _promised(each: Mutant, rows_in: int, loaded: int, problem: str | None) -> list[str]:
    """What is known of the file beforehand: how many records it holds, and whether what was done to it spoils none."""
    if each.records is None:
        return []
    allowed = {each.records} | (
        {each.records + len(each.seed.rows.above), each.records - 1}
        if problem or each.operator.name in ("header twice", "title rows", "many columns")
        else set()
    )
    if rows_in not in allowed:
        return [f"{rows_in} records counted, {each.records} written"]
    return (
        [f"{loaded} of {each.records} records loaded, though nothing spoils any" + (f": {problem}" if problem else "")]
        if each.whole and loaded != each.records
        else []
    )


def spoken(texts: Iterable[str | None], hidden: Iterable[str], name: str = "") -> list[str]:
    """Messages are for people: no trace, no path of this machine, no word of the engine."""
    faults = []
    for text in filter(None, texts):
        plain = text.replace(name, "FILE") if len(name) > 3 else text
        if TRACE.search(plain):
            faults.append(f"a trace: {text[:200]}")
        elif any(place in plain for place in hidden):
            faults.append(f"a path of this machine: {text[:200]}")
        elif found := ENGINE.search(plain) or SCRATCH.search(plain):
            faults.append(f"in the engine's words ({found[0]}): {text[:250]}")
    return list(dict.fromkeys(faults))


def slow(seconds: float, limit: float) -> list[str]:
    """More CPU time than a file may take."""
    return [f"{seconds:.1f} s of CPU time"] if seconds > limit else []


def looked_at(each: Mutant, found: dict, shown: str, seconds: float, limit: float, hidden: Iterable[str]) -> dict:
    """What `data inspect` says of the file."""
    rows_in, loaded, refused = (found.get(key) or 0 for key in ("rows_in", "loaded", "refused"))
    faults = [] if rows_in == loaded + refused else [f"inspect: {rows_in} in, {loaded} loaded, {refused} refused"]
    if not loaded and not (found.get("problem") or found.get("why")):
        faults.append("inspect: nothing loads, and no word why")
    texts = [found.get("problem"), found.get("why"), found.get("notes"), *found.get("questions", ())]
    faults += [f"inspect: {fault}" for fault in [*spoken(texts, hidden, each.name), *slow(seconds, limit)]]
    if any(place in shown for place in hidden):
        faults.append("inspect shows a path of this machine")
    return line(each, "inspect", faults, rows_in, loaded, found.get("problem"), seconds)
