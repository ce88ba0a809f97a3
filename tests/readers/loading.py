"""One source through its reader and the real loader into an in-memory database."""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.build.load import create_tables, load_sources
from data.settings.sources import Company, Source, Sources

FIXTURES = Path(__file__).with_name("fixtures")


@dataclass
class Loaded:
    """The landing tables after one load."""

    con: duckdb.DuckDBPyConnection

    def rows(self, text: str) -> list[tuple]:
        return self.con.execute(text).fetchall()

    def one(self, text: str) -> object:
        ((value,),) = self.rows(text)
        return value

    def account(self) -> tuple[int, int, int]:
        """Records in, loaded and refused, over all files; what does not balance fails here."""
        rows_in, loaded, refused = self.rows("select sum(rows_in), sum(loaded), sum(refused) from loads")[0]
        assert rows_in == loaded + refused
        unloaded = self.one(
            "select count(*) from (select distinct file, row from refusals except select file, row from _landed)"
        )
        assert unloaded == refused
        return rows_in, loaded, refused

    def notes(self) -> str:
        return self.one("select string_agg(notes, ' | ') from loads") or ""

    def problem(self) -> str | None:
        return self.one("select string_agg(problem, ' | ') from loads")

    def refusals(self) -> list[tuple]:
        return self.rows('select row, kind, "column", reason, found from refusals order by row')


def load(path: Path, reader: str, pattern: str | None = None, **source) -> Loaded:
    """Load a file, or the files of a folder that match `pattern`."""
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
    create_tables(con)
    folder = path.parent if path.is_file() else path
    block = Source("test", reader, str(path / pattern if pattern else path), **source)
    with tempfile.TemporaryDirectory() as scratch:
        load_sources(con, Sources(Company(), (block,), folder / "sources.toml"), Path(scratch), salt="salt")
    return Loaded(con)


def ndjson(path: Path, *records: dict) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return path
