"""A small company for a test: tables as people read them, the real build, and what comes out."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from data.build.build import Summary, build
from data.contract import contract
from data.store.generations import Store
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell, Result
from report.words.besides import beside_text
from report.words.warnings import note_text, warning_texts

ROOT = Path(__file__).resolve().parents[2]
BLANK = "-"
SETTINGS = '[company]\nname = "Test"\ntimezone = "UTC"\n'


def warned(holder: Cell | Result) -> list[str]:
    """The warnings of a cell or an answer as people read them."""
    return warning_texts(holder.warnings)


def noted(cell: Cell) -> str:
    """Why a cell's difference is not taken, as people read it; empty where it is."""
    return note_text(cell.compare.note)


def besides_of(cell: Cell) -> list[str]:
    """The sentences of the numbers beside a cell."""
    return [beside_text(one) for one in cell.beside]


def table(text: str) -> str:
    """A table as people read it, as CSV: columns apart by two or more spaces, a lone - is an empty cell."""
    rows = [re.split(r"\s{2,}", line.strip()) for line in text.strip().splitlines()]
    width = len(rows[0])
    assert all(len(row) == width for row in rows), [row for row in rows if len(row) != width]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["" if cell == BLANK else cell for cell in row] for row in rows])
    return out.getvalue()


def block(name: str, path: str, fills: str, *more: str) -> str:
    """A [[source]] block of the table reader; `more` are further lines of it."""
    lines = ["", "[[source]]", f'name = "{name}"', 'reader = "table"', f'path = "{path}"', f'table = "{fills}"', *more]
    return "\n".join(lines) + "\n"


@dataclass
class Company:
    """A built company. `summary` is what the build said, `store` what a reader sees."""

    folder: Path
    summary: Summary
    store: Store

    def rows(self, text: str, parameters: dict | None = None) -> list[tuple]:
        """What a statement gives on the current generation."""
        return self.store.generation().cursor().execute(text, parameters or {}).fetchall()

    def value(self, text: str, parameters: dict | None = None) -> object:
        """The one value a statement gives."""
        ((found,),) = self.rows(text, parameters)
        return found

    def show(self, metric: str, by: str = "", **query) -> list[Cell]:
        """The cells of a metric: what `metrics show` gives."""
        names = tuple(by.split(",")) if by else ()
        return list(run(Query((metric,), by=names, **query), self.store.generation()).cells)

    def ask(self, metric: str, **query) -> Result:
        """The whole answer: cells and what is said beside them."""
        return run(Query((metric,), **query), self.store.generation())

    def one(self, metric: str, **query) -> Cell:
        """The only cell of a metric."""
        (cell,) = self.show(metric, **query)
        return cell

    def shown(self, metric: str, by: str, **query) -> dict:
        """Breakdown value → (value, n), or its state where there is no value."""
        return {
            cell.by[by]: (round(cell.value, 4), cell.n) if cell.valued else str(cell.state)
            for cell in self.show(metric, by=by, **query)
        }

    def refused(self, file: str | None = None) -> list[tuple]:
        """(row, column, kind, reason, found, allowed) of every refused record, by file and row."""
        return self.rows(
            'select row, "column", kind, reason, found, allowed from refusals '
            "where $file is null or file = $file order by file, row",
            {"file": file},
        )

    def account(self, file: str) -> tuple[int, int, int]:
        """(rows in, loaded, refused) of a file; they always add up."""
        (line,) = [line for line in self.summary.files if line["file"] == file]
        assert line["rows_in"] == line["loaded"] + line["refused"]
        return line["rows_in"], line["loaded"], line["refused"]

    def problem(self, file: str) -> str:
        """What the build says is wrong with a file as a whole."""
        (line,) = [line for line in self.summary.files if line["file"] == file]
        return line.get("problem", "")


def write_company(
    folder: Path,
    sources: str | None = None,
    journey: str | None = None,
    files: dict[str, str | bytes] | None = None,
    settings: str = SETTINGS,
    **tables: str,
) -> Path:
    """Write sources.toml, journey.toml and the files. `tables` are contract tables, each a file and a source of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    assert set(tables) <= set(contract().tables), tables
    for name, content in ({f"{name}.csv": table(text) for name, text in tables.items()} | (files or {})).items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    blocks = "".join(block(name, f"{name}.csv", name) for name in tables)
    (folder / "sources.toml").write_text(settings + blocks + dedent(sources or ""), encoding="utf-8")
    if journey:
        (folder / "journey.toml").write_text(dedent(journey), encoding="utf-8")
    return folder / "sources.toml"


def build_company(folder: Path, **what) -> Company:
    """Write and build; the store lies in the same folder."""
    summary = build(write_company(folder, **what), None, folder / "store")
    return Company(folder, summary, Store(folder / "store"))
