"""Small files for inspect, and its blocks put through the settings' reader and the real load as a person would paste them."""

import csv
from pathlib import Path

import duckdb

from data.build.load import create_tables
from data.build.load import load_sources as load_all
from data.readers import READERS
from data.settings.sources import load_sources
from tests.readers.loading import Loaded


def table(path: Path, rows: list[dict], delimiter: str = ",") -> Path:
    """A CSV of these rows."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def days(number: int) -> str:
    return f"2026-03-{number + 1:02}"


def as_pasted(file: Path, found: dict) -> Loaded:
    """The proposed blocks, unchanged, in a sources.toml beside the file."""
    settings = file.parent / "sources.toml"
    settings.write_text(found["sources_toml"], encoding="utf-8")
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
    create_tables(con)
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    load_all(con, load_sources(settings, tuple(READERS)), scratch, salt="salt")
    return Loaded(con)
