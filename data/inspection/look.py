"""python -m data inspect FILE: every reading tried by the real load, the best one's blocks, and what only the company can say."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from data.errors import FileProblem, UserError
from data.files.archives import is_workbook, is_zip
from data.files.prepare import InputFile, prepare
from data.inspection import journeys
from data.inspection.alike import nameless
from data.inspection.archive import inspect_archive
from data.inspection.beside import ALONE, propose_ratings, side_tags
from data.inspection.block import Block, skeleton, source_name
from data.inspection.check import check, problem_of
from data.inspection.fit import readings, usable
from data.inspection.profile.country import speaks
from data.inspection.profile.opening import Opened, open_file
from data.inspection.profile.patterns import EMAIL, TIME, URL
from data.inspection.profile.values import shown
from data.inspection.propose import Proposal, propose
from data.readers.recognise import Match, recognise
from data.settings.sources import Source

COLUMNS_SHOWN = 40  # of a file without a header row
TRIED = 3  # readings loaded to compare them
SQL = re.compile(r"^\s*(--|/\*|(insert into|create table|drop table|copy|set|begin|use|lock tables)\b)", re.IGNORECASE)
YAML = re.compile(r"^(---|[\w-]+:)\s*$")


def inspect(path: Path, con: duckdb.DuckDBPyConnection | None = None) -> dict[str, Any]:
    """Everything known of one file, by the real load into `con` (a fresh in-memory database unless given).

    Keys: file, problem, matches, table, what, readings, mapping, constants, questions, unused, rows_in, loaded, refused, tables, refusals,
    notes, why, speaks (language of the headers, currencies), sources_toml, journey_toml. Never raises for a file: what cannot be read is a sentence under `problem`.
    """
    con, path = con or duckdb.connect(), path.absolute()
    con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            return _inspect(con, path, Path(scratch))
        except (
            UserError,
            duckdb.Error,
            OSError,
            ValueError,
            RecursionError,
            MemoryError,
            KeyError,
            TypeError,
            IndexError,
        ) as error:
            return {"file": path.name, "problem": problem_of(error), "matches": [], "why": problem_of(error)}


def _inspect(con: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> dict[str, Any]:
    if is_zip(path) and not is_workbook(path):
        return inspect_archive(path, scratch, lambda member: _inspect(con, member, scratch))
    file = prepare(path, path.name, scratch)
    matches = recognise(file, con)
    vendor = _vendor(con, path, file, matches[0])
    if vendor and (vendor["loaded"] or not vendor["problem"]):
        return _found(path, matches, vendor)
    tables = _tables(con, path, file)
    if vendor and not tables["loaded"]:
        return _found(path, matches, vendor)
    if vendor:
        matches = sorted(matches, key=lambda match: match.reader != "table")
        tables["notes"] = "; ".join(
            filter(None, [f"not for the {matches[1].reader} reader: {vendor['problem']}", tables["notes"]])
        )
    return _found(path, matches, tables)


def _found(path: Path, matches: list[Match], rest: dict[str, Any]) -> dict[str, Any]:
    return {
        "file": path.name,
        "problem": rest.pop("problem", None),
        "matches": [vars(match) for match in matches],
    } | rest


def _vendor(con: duckdb.DuckDBPyConnection, path: Path, file: InputFile, match: Match) -> dict[str, Any] | None:
    """The file through a vendor's own reader; None where no vendor's marks are on it."""
    if match.reader == "table":
        return None
    block = Block(source_name(_stem(path, file)), match.reader, path.name)
    try:
        result = check(con, [block.text(str(path))])
    except FileProblem as problem:
        result = {
            "rows_in": 0,
            "loaded": 0,
            "refused": 0,
            "problem": str(problem),
            "notes": None,
            "tables": {},
            "refusals": [],
            "why": str(problem),
        }
    surveys = journeys.from_answers(con) if result["loaded"] else []
    currencies = _currencies(con) if result["loaded"] else []
    asked = [journeys.question(survey) for survey in surveys]
    return {
        "table": None,
        "what": ", ".join(result["tables"]),
        "readings": [],
        "mapping": [],
        "constants": {},
        "questions": asked,
        "unused": [],
        **result,
        "speaks": {"language": "any", "currencies": currencies},
        "sources_toml": block.text(),
        "journey_toml": journeys.text(surveys),
    }


def _stem(path: Path, file: InputFile) -> str:
    """What the file is called; the parts of a table are called by their folder."""
    return path.parent.name if nameless(file.stem) else str(file.stem)


def _currencies(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The currencies of the orders that were just loaded, the commonest first."""
    rows = con.execute(
        "select upper(currency) from src_orders where currency is not null group by 1 order by count(*) desc, 1"
    ).fetchall()
    return [row[0] for row in rows]


def _tables(con: duckdb.DuckDBPyConnection, path: Path, file: InputFile) -> dict[str, Any]:
    """The best reading as tables of the contract, and how the others did."""
    opened = open_file(con, file, Source("inspected", "table", str(path)))
    stem = _stem(path, file)
    best, tried = _best(con, opened, path, stem)
    parts = _with_ratings(con, best, opened, path, stem)
    parts += [
        (tags, check(con, [tags.blocks[0].text(str(path))])) for tags in side_tags(best and best[0], opened, path, stem)
    ]
    if parts and parts[-1][0].what == ALONE:
        parts = parts[-1:]
    for other in opened.others:
        found, more = _best(con, other, path, stem)
        tried += more
        parts += _with_ratings(con, found, other, path, stem)
    if not parts:
        return _nothing(path, file, opened, tried)
    _rename(parts)
    proposals = [proposal for proposal, _ in parts]
    result = check(con, [block.text(str(path)) for proposal in proposals for block in proposal.blocks])
    surveys = [survey for proposal in proposals if proposal.survey for survey in journeys.proposed(proposal.survey)]
    columns = [found for each in (opened, *opened.others) for found in usable(each)]
    amounts = [
        block.columns["amount"] for proposal in proposals for block in proposal.blocks if "amount" in block.columns
    ]
    return _described(proposals, tried, result) | {
        "speaks": speaks(columns, amounts, _currencies(con)),
        "sources_toml": "\n".join(block.text() for proposal in proposals for block in proposal.blocks),
        "journey_toml": journeys.text(surveys),
    }


def _best(
    con: duckdb.DuckDBPyConnection, opened: Opened, path: Path, stem: str
) -> tuple[tuple[Proposal, dict[str, Any]] | None, list[dict[str, Any]]]:
    """The reading that words, values and the load itself speak for, and a line on every one there is."""
    found = readings(opened, stem)
    tried: list[Any] = []
    done: list[Any] = []
    for reading in found:
        if reading.lacks or len(done) == TRIED or done and reading.strength < 0.4 * found[0].strength:
            tried.append(
                {
                    "table": reading.table,
                    "strength": round(reading.strength, 2),
                    "loaded": None,
                    "why": reading.lacks or "much weaker than the first",
                }
            )
            continue
        proposal = propose(reading, opened, path, stem)
        if not proposal.blocks:
            tried.append(
                {
                    "table": reading.table,
                    "strength": round(reading.strength, 2),
                    "loaded": None,
                    "why": "no question in it",
                }
            )
            continue
        result = check(con, [block.text(str(path)) for block in proposal.blocks])
        share = _share(proposal, result)
        done.append((proposal.strength * (0.3 + 0.7 * max(share, _open_dates(proposal))), proposal, result))
        tried.append(
            {
                "table": reading.table,
                "strength": round(reading.strength, 2),
                "loaded": result["loaded"],
                "why": result["why"],
            }
        )
    if not done:
        return None, tried
    _, proposal, result = max(done, key=lambda each: each[0])
    return (proposal, result), tried


def _share(proposal: Proposal, result: dict[str, Any]) -> float:
    """How many of the records that the reading means load: what its own `where` leaves out is not meant."""
    left_out = sum(row["records"] for row in result["refusals"] if row["kind"] == "excluded")
    left_out = min(left_out, result["refused"])  # what one block leaves out, another may load
    meant = result["rows_in"] - (left_out if proposal.blocks[0].where else 0)
    return min(1.0, result["loaded"] / meant) if meant > 0 else 0.0


def _with_ratings(
    con: duckdb.DuckDBPyConnection,
    found: tuple[Proposal, dict[str, Any]] | None,
    opened: Opened,
    path: Path,
    stem: str,
) -> list[tuple[Proposal, dict[str, Any]]]:
    """A reading and, where it is of tickets that were rated, a second one of their ratings, if it loads."""
    if not found or found[0].table != "support_tickets":
        return [found] if found else []
    ratings = propose_ratings(found[0], usable(opened), opened, path, stem)
    result = check(con, [block.text(str(path)) for block in ratings.blocks]) if ratings else None
    return [found, (ratings, result)] if ratings and result and result["loaded"] else [found]


def _open_dates(proposal: Proposal) -> float:
    """A reading that waits for one answer is judged as if it had been given."""
    return 0.8 if any("day and month cannot be told apart" in question for question in proposal.questions) else 0.0


def _rename(parts: list[tuple[Proposal, dict[str, Any]]]) -> None:
    taken: set[str] = set()
    for proposal, _ in parts:
        for block in proposal.blocks:
            block.name = source_name(block.name, taken)
            taken.add(block.name)


def _described(proposals: list[Proposal], tried: list[dict[str, Any]], result: dict[str, Any]) -> dict[str, Any]:
    first = proposals[0]
    mapping = [
        {"column": name, "from": column, "evidence": evidence}
        for proposal in proposals
        for name, (column, evidence) in proposal.columns.items()
    ]
    notes = [note for proposal in proposals for note in proposal.notes] + ([result["notes"]] if result["notes"] else [])
    questions = list(dict.fromkeys(question for proposal in proposals for question in proposal.questions))
    return (
        {
            "table": first.table,
            "what": ", ".join(dict.fromkeys(proposal.what for proposal in proposals)),
            "readings": tried,
            "mapping": mapping,
            "constants": first.constants,
            "questions": questions,
            "unused": first.unused,
        }
        | result
        | {"notes": "; ".join(dict.fromkeys(notes)) or None}
    )


def _nothing(path: Path, file: InputFile, opened: Opened, tried: list[dict[str, Any]]) -> dict[str, Any]:
    """No table fits: what each lacked, and a block to fill in."""
    why = _what_it_is(file, opened) or "no table of the contract fits these columns: " + "; ".join(
        f"{row['table']}: {row['why']}" for row in sorted(tried, key=lambda row: -row["strength"])[:2] if row["why"]
    )
    shown_columns = ""
    if file.kind == "text" and not opened.is_json and _headless(opened):
        shown_columns, opened = _by_place(path, file)
    headers = list(opened.headers)
    asked = "no table of the contract fits these columns: state table and columns in sources.toml"
    return {
        "table": None,
        "what": "nothing the contract has a table for",
        "readings": tried,
        "mapping": [],
        "constants": {},
        "questions": [asked],
        "unused": headers,
        "rows_in": opened.rows,
        "loaded": 0,
        "refused": opened.rows,
        "problem": None,
        "notes": None,
        "tables": {},
        "refusals": [],
        "why": why,
        "sources_toml": skeleton(path, _stem(path, file), headers) + shown_columns,
        "journey_toml": "",
    }


def _by_place(path: Path, file: InputFile) -> tuple[str, Opened]:
    """The lines a file without a header row adds to its block, with what each column holds; and the file opened so."""
    file.shape = replace(file.shape, header_rows=0)
    with duckdb.connect() as con:
        opened = open_file(con, file, Source("inspected", "table", str(path)))
    held = "\n".join(f"#   {found.name}: {shown(found)}" for found in usable(opened)[:COLUMNS_SHOWN])
    return f"header_rows = 0\n# its columns by place, and what they hold:\n{held}\n", opened


def _first_line(file: InputFile) -> str:
    with file.text.open("r", encoding="utf-8-sig", errors="replace") as text:
        return text.readline(10_000)


def _what_it_is(file: InputFile, opened: Opened) -> str | None:
    """Files that are no table at all, by their look."""
    if file.kind == "parquet" or opened.is_json:
        return None
    first = _first_line(file)
    if SQL.match(first):
        return "this looks like SQL, a dump of a database: export the table as CSV"
    if not opened.rows and len(opened.headers) > 1:
        return "it has a header and no record below it"
    if len(opened.headers) == 1 and re.search(r"\S {2,}\S", first):
        return "its columns stand apart by blanks, each of a fixed width: export it with a delimiter (CSV), or open it in a spreadsheet and save it so"
    if YAML.match(first):
        return "this looks like YAML: settings or a recording, not records; export the records themselves"
    if _headless(opened):
        return (
            "its first line reads like a record: the file has no header row; state header_rows = 0, "
            'and its columns are called c1, c2, c3 …: columns = { occurred_at = "c3", … }'
        )
    return None


def _headless(opened: Opened) -> bool:
    """Whether the header is a record: it holds a date, an address or a page, or mostly numbers among very many columns."""
    names = opened.headers
    told = [name for name in names if EMAIL.match(name) or URL.match(name) or TIME.match(name)]
    numbered = sum(bool(re.search(r"\d", name)) for name in names)
    return 1 <= len(told) <= 0.5 * len(names) or len(names) > 20 and numbered > 0.3 * len(names)
