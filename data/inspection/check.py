"""A proposal proved: its blocks, as text, through the settings' reader and the real load; what came of it, with reasons."""

import tempfile
from pathlib import Path
from typing import Any

import duckdb

from data.build.load import create_tables, load_sources
from data.build.reasons import refusals, why_nothing
from data.contract import contract
from data.errors import UserError, in_words
from data.files.relation import count_rows
from data.masking.shown import masked_row
from data.readers import READERS
from data.settings.sources import load_sources as read_settings

SAMPLES = 3  # rows shown of each table
SCHEMA = "inspected"


def check(con: duckdb.DuckDBPyConnection, texts: list[str], company: str = "") -> dict[str, Any]:
    """Load the blocks into fresh tables of `con`. Keys: rows_in, loaded, refused, problem, notes, tables, refusals, why.

    `why` is None where something was loaded, else the commonest reason in one sentence. Raises UserError where the text is no settings file.
    """
    clean(con)
    create_tables(con)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sources.toml"
        file.write_text("\n".join([company, *texts]), encoding="utf-8")
        load_sources(con, read_settings(file, tuple(READERS)), Path(folder), salt="inspect")
    return _account(con)


def _account(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    rows_in = con.execute("select coalesce(max(rows_in), 0) from loads").fetchall()[0][0]
    problems, notes = con.execute(
        "select list(distinct problem) filter (problem is not null), list(distinct notes) filter (notes is not null) from loads"
    ).fetchall()[0]
    loaded = min(con.execute("select count(distinct row) from _landed").fetchall()[0][0], rows_in)
    return {
        "rows_in": rows_in,
        "loaded": loaded,
        "refused": rows_in - loaded,
        "problem": "; ".join(problems) if problems else None,
        "notes": "; ".join(notes) if notes else None,
        "tables": _tables(con),
        "refusals": refusals(con),
        "why": None if loaded else why_nothing(con),
    }


def _tables(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    found = {}
    counts = count_rows(con, (f"src_{name}" for name in contract().tables))
    for name in contract().tables:
        if count := counts[f"src_{name}"]:
            rows = con.execute(f"select * exclude (source, file, load) from src_{name} order by row limit {SAMPLES}")
            names = [column[0] for column in rows.description]
            found[name] = {"rows": count, "sample": [masked_row(dict(zip(names, row))) for row in rows.fetchall()]}
    return found


def clean(con: duckdb.DuckDBPyConnection) -> None:
    """An empty schema of its own, in which the tables of the next check stand."""
    con.execute("set schema = 'main'")
    con.execute(f"drop schema if exists {SCHEMA} cascade; create schema {SCHEMA}; set schema = '{SCHEMA}'")


def problem_of(error: Exception) -> str:
    """One sentence of any failure; never a trace of the program."""
    if isinstance(error, UserError):
        return str(error)
    return f"cannot be read: {in_words(error)}. Check how the file is written, or export it again."
