"""python -m data inspect FILE: which reader and why, the mapping proposed, what loads and what is refused."""

import json
import re
import tempfile
from pathlib import Path

import duckdb

from data.config import Company, Source, Sources
from data.contract import contract
from data.errors import FileProblem
from data.files import InputFile, prepare
from data.load import create_tables, load_sources
from data.readers.proposal import Proposal, propose
from data.readers.recognise import recognise
from data.tabular import Relation, is_json, open_csv, open_json, open_parquet

SAMPLES = 3  # rows shown of each table
WIDTH = 60  # characters shown of a text
SECRET = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\+?\d[\d\s/-]{7,}\d")  # an address or a number to call, in free text


def inspect(path: Path, con: duckdb.DuckDBPyConnection | None = None) -> dict:
    """Everything known of one file, by the real load into `con` (a fresh in-memory database unless given).

    Keys: file, problem, matches, mapping, constants, questions, rows_in, loaded, refused, tables, refusals,
    notes, sources_toml.
    """
    con, path = con or duckdb.connect(), path.absolute()
    con.execute("set TimeZone = 'UTC'; set enable_progress_bar = false")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            file = prepare(path, path.name, Path(scratch))
            matches = recognise(file, con)
            source, proposal = _source(con, path, file, matches[0].reader)
        except FileProblem as problem:
            return {"file": path.name, "problem": str(problem), "matches": []}
        found = {
            "file": path.name,
            "problem": None,
            "matches": [vars(match) for match in matches],
            "mapping": [
                {"column": name, "from": column, "evidence": evidence}
                for name, (column, evidence) in proposal.columns.items()
            ],
            "constants": proposal.constants,
            "questions": proposal.questions,
            "unused": proposal.unused,
        }
        if source:
            found |= _load(con, source, path, Path(scratch)) | {"sources_toml": sources_block(source)}
        else:
            found["sources_toml"] = skeleton(path, file.stem, proposal.unused)
    return found


def _source(con: duckdb.DuckDBPyConnection, path: Path, file: InputFile, reader: str) -> tuple[Source | None, Proposal]:
    name = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "source"
    if reader != "table":
        return Source(name, reader, str(path)), Proposal()
    proposal = propose(con, _flat(con, file), file.stem)
    if not proposal.table:
        return None, proposal
    columns = {column: found for column, (found, _) in proposal.columns.items()}
    return Source(name, "table", str(path), proposal.table, columns=columns, constants=proposal.constants), proposal


def _flat(con: duckdb.DuckDBPyConnection, file: InputFile) -> Relation:
    """The file as columns; JSON objects by their first-level keys."""
    if file.kind == "parquet":
        return open_parquet(con, file, "_inspected")
    if not is_json(file):
        return open_csv(con, file, "_inspected")
    relation = open_json(con, file, "_inspected_doc")
    keys = [
        row[0]
        for row in con.execute(
            "select distinct unnest(json_keys(doc)) from (select doc from _inspected_doc "
            "limit 1000) where json_type(doc) = 'OBJECT' order by 1"
        ).fetchall()
    ]
    cells = "".join(f", {_member(key)}" for key in keys)
    con.execute(f"create or replace temp table _inspected as select _row{cells} from _inspected_doc")
    return Relation("_inspected", keys, relation.records, relation.broken)


def _member(key: str) -> str:
    """SQL of one key of `doc` as a column of that name."""
    path, name = key.replace('"', "").replace("'", "''"), key.replace('"', '""')
    return f"""json_extract_string(doc, '$."{path}"') as "{name}" """


def _load(con: duckdb.DuckDBPyConnection, source: Source, path: Path, scratch: Path) -> dict:
    """The real load of this one file."""
    create_tables(con)
    load_sources(con, Sources(Company(), (source,), path.parent / "sources.toml"), scratch, salt="inspect")
    rows_in, loaded, refused, problem, notes = con.execute(
        "select rows_in, loaded, refused, problem, notes from loads"
    ).fetchone()
    tables = {}
    for name in contract().tables:
        count = con.execute(f"select count(*) from src_{name}").fetchone()[0]
        if count:
            tables[name] = {"rows": count, "sample": _sample(con, name)}
    refusals = [
        dict(zip(("kind", "column", "reason", "found", "allowed", "records"), row))
        for row in con.execute(
            'select kind, "column", reason, min(found), min(allowed), count(*) from refusals group by 1, 2, 3 '
            "order by 6 desc, 3"
        ).fetchall()
    ]
    return {
        "rows_in": rows_in,
        "loaded": loaded,
        "refused": refused,
        "problem": problem,
        "notes": notes,
        "tables": tables,
        "refusals": [row | {"found": _masked("found", row["found"])} for row in refusals],
    }


def _sample(con: duckdb.DuckDBPyConnection, table: str) -> list[dict]:
    rows = con.execute(f"select * exclude (source, file, load) from src_{table} order by row limit {SAMPLES}")
    names = [column[0] for column in rows.description]
    return [
        {name: _masked(name, value) for name, value in zip(names, row) if value is not None} for row in rows.fetchall()
    ]


def _masked(name: str, value: object) -> object:
    """Ids show their first characters only; texts are cut and lose addresses and numbers."""
    if not isinstance(value, str):
        return value if value is None or isinstance(value, (int, float, bool)) else str(value)
    if name.startswith("id_") or name.endswith("_id") or name in ("id", "unit", "value_a", "value_b"):
        return value[:3] + "…" if len(value) > 3 else "…"
    text = SECRET.sub("…", value) if not re.match(r"\d{4}-\d{2}-\d{2}", value) else value
    return text if len(text) <= WIDTH else text[:WIDTH] + "…"


def sources_block(source: Source) -> str:
    """The [[source]] block to paste into sources.toml."""
    lines = [
        "[[source]]",
        f"name = {_toml(source.name)}",
        f"reader = {_toml(source.reader)}",
        f"path = {_toml(Path(source.path).name)}",
    ]
    lines += [f"table = {_toml(source.table)}"] if source.table else []
    for key, values in (("columns", source.columns), ("constants", source.constants)):
        if values:
            lines.append(f"{key} = {{ {', '.join(f'{name} = {_toml(value)}' for name, value in values.items())} }}")
    return "\n".join(lines) + "\n"


def skeleton(path: Path, stem: str, columns: list[str]) -> str:
    """A block to fill in by hand, where no table fits by itself."""
    needs = "\n".join(f"#   {table.name}: {', '.join(list(table.fillable)[:9])} …" for table in contract().tables.values())
    return (f"# Which table does a record of this file belong to, and which of its columns go where? docs/SETTINGS.md has them all:\n{needs}\n"
            f"[[source]]\nname = {_toml(stem)}\nreader = \"table\"\npath = {_toml(path.name)}\ntable = \"…\"\n"
            f"columns = {{ … = {_toml(columns[0] if columns else '…')} }}\n")


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def render(found: dict) -> str:
    """The same as text for a person."""
    lines = [found["file"]]
    if not found.get("matches"):
        return "\n".join([*lines, f"  ! {found['problem']}"])
    best, *others = found["matches"]
    lines.append(f"  reader   {best['reader']} ({best['confidence']:.0%}): {best['evidence']}")
    lines += [f"           or {other['reader']} ({other['confidence']:.0%}): {other['evidence']}" for other in others]
    lines += [f"  column   {row['column']} ← {row['from']!r}: {row['evidence']}" for row in found["mapping"]]
    lines += [f"  constant {name} = {value}" for name, value in found["constants"].items()]
    lines += [f"  unused   {', '.join(found['unused'])}"] if found["unused"] else []
    lines += [f"  ?        {question}" for question in found["questions"]]
    return "\n".join(lines + _render_load(found))


def _render_load(found: dict) -> list[str]:
    if "rows_in" not in found:
        return ["", found["sources_toml"]] if "sources_toml" in found else []
    lines = [f"  ! {found['problem']}"] if found["problem"] else []
    lines += [f"  note     {note}" for note in (found["notes"] or "").split("; ") if note]
    lines.append(f"  records  {found['rows_in']:,} in, {found['loaded']:,} loaded, {found['refused']:,} refused")
    for row in found["refusals"]:
        where = f"{row['column']}: " if row["column"] else ""
        example = f" (for example {row['found']!r})" if row["found"] else ""
        lines.append(f"  {row['kind']:<8} {row['records']:,} × {where}{row['reason']}{example}")
    for name, table in found["tables"].items():
        lines.append(f"  {name}: {table['rows']:,} rows")
        lines += [f"           {json.dumps(row, ensure_ascii=False)}" for row in table["sample"]]
    return [*lines, "", found["sources_toml"]]
