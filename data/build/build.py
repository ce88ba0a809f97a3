"""Read, refuse, model, check, publish. What fails before the last step leaves the old generation serving."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from data import room
from data.build import identity, unchanged
from data.build.costs import SETTLING, Costs, of_last_build
from data.build.load import create_tables
from data.build.load import load_sources as read_all
from data.build.models import MODELS, POPULATIONS, SERVED, VIEWS
from data.build.readings import Readings
from data.build.reasons import why_nothing
from data.build.resume import WORK, Steps, open_work
from data.build.urls import match_urls
from data.concepts import create_functions
from data.errors import Problems
from data.masking import masked
from data.masking.orders import Orders
from data.masking.shown import shown_file
from data.masking.table import mask_landing, mask_refused, mask_unmapped
from data.questions import Question, ask
from data.readers import READERS
from data.settings.journey import Journeys, load_journeys
from data.settings.sources import Sources, load_sources
from data.settings.tables import write_settings
from data.sqlfile import ROOT, sql
from data.store import erased, generations, version
from data.store.opened import Generation
from data.store.parts import write_event_parts
from data.texts.learned.kept import write as write_learned
from data.texts.table import score_texts, write_ignored, write_topics
from data.texts.topics.load import Topic, beside, load_ignored, load_topics

Progress = Callable[[str], None]
Settings = tuple[Sources, Journeys, tuple[Topic, ...], frozenset[str]]  # and the words that are never a found topic
# What Python does once a model stands: the next ones read its table.
AFTER = {"int_texts": score_texts, "fct_unmapped": mask_unmapped}


@dataclass(frozen=True)
class Summary:
    """What a build did: per file its account, the generation (None when not published), what the checks found, what to look at."""

    files: list[dict[str, Any]]
    generation: str | None
    failed_checks: list[str]
    questions: tuple[Question, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)  # source → why nothing of it was loaded
    unchanged: bool = False  # nothing was built: what serves was made of just this

    @property
    def open_questions(self) -> list[Question]:
        """What nobody answered yet, severe ones first."""
        return [question for question in self.questions if not question.confirmed]

    @property
    def loaded(self) -> int:
        return sum(file["loaded"] for file in self.files)

    @property
    def barren(self) -> dict[str, int]:
        """Source → its records, of every source that brought some and loaded none."""
        totals = {file["source"]: [0, 0] for file in self.files}
        for file in self.files:
            totals[file["source"]][0] += file["rows_in"]
            totals[file["source"]][1] += file["loaded"]
        return {source: rows for source, (rows, loaded) in totals.items() if rows and not loaded}


def build(
    sources_file: Path,
    journey_file: Path | None,
    store_dir: Path,
    progress: Progress = lambda text: None,
    memory: int | None = None,
    again: bool = True,
) -> Summary:
    """Build and publish a generation. Raises UserError for settings that cannot be used; no file stops the build. `memory`: bytes the
    engine may hold ([limits] memory_mb, else data.room.for_build). Unless `again`, nothing is built where all it is made of is as it was,
    and a build of just this that was killed is gone on with."""
    sources, journeys, topics = _settings(sources_file, journey_file)
    settings = (sources, journeys, topics, load_ignored(beside(sources_file)))
    with room.told(store_dir), generations.building(store_dir) as scratch:
        digests = unchanged.Digests()
        made_of = unchanged.fingerprint(sources, journey_file or _beside(sources_file), store_dir, digests)
        if not again and (serving := unchanged.still_serves(store_dir, made_of)):
            return _as_before(serving)
        costs = Costs(progress, of_last_build(store_dir))
        kept = Readings(store_dir, scratch, sources, digests)
        try:
            with open_work(store_dir, scratch, made_of, not again) as con:
                room.bound_build(con, memory or (int(sources.limits.memory_mb or 0) << 20))
                con.execute("set temp_directory = '" + str(scratch / "spill").replace("'", "''") + "'")
                con.execute("set TimeZone = 'UTC'")
                con.execute("set enable_progress_bar = false")
                return _built(con, settings, journey_file, scratch, store_dir, costs, made_of, kept)
        finally:
            costs.stop()


def _built(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    journey_file: Path | None,
    scratch: Path,
    store_dir: Path,
    costs: Costs,
    made_of: str | None,
    kept: Readings,
) -> Summary:
    sources, steps = settings[0], Steps(con, costs)
    if SETTLING in steps:
        kept.recall(con)
    else:
        _read(con, settings, scratch, store_dir, costs, kept)
        steps.all_read()
    files = account(con)
    failed = _fill(con, settings, steps, costs) if any(file["loaded"] for file in files) else []
    reasons = {source: why_nothing(con, source) for source in Summary(files, None, []).barren}
    if failed or not any(file["loaded"] for file in files):
        return Summary(files, None, failed, reasons=reasons)
    steps("asking what is implausible", lambda: _ask(con, sources, bool(journey_file or _beside(sources.file))))
    steps.make_sure()
    questions = _questions(con)
    costs("publishing")
    write_event_parts(con, scratch)
    _copy_served(con, scratch / "generation.duckdb", sources.file, journey_file, made_of, costs)
    con.close()
    published = generations.publish(store_dir, scratch / "generation.duckdb")
    kept.sweep()
    return Summary(files, published, [], questions, reasons)


def _as_before(serving: Generation) -> Summary:
    """The account of the generation that serves on."""
    con = serving.cursor()
    files = account(con)
    reasons = {source: why_nothing(con, source) for source in Summary(files, None, []).barren}
    questions = _questions(con)
    serving.connection.close()
    return Summary(files, serving.name, [], questions, reasons, unchanged=True)


def _ask(con: duckdb.DuckDBPyConnection, sources: Sources, own_journey: bool) -> None:
    """The table `questions`; then nothing asks for refused cells any more, and they are masked."""
    ask(con, own_journey)
    mask_refused(con, Orders(sources.company.order_number))


def _questions(con: duckdb.DuckDBPyConnection) -> tuple[Question, ...]:
    columns = ", ".join(one.name for one in fields(Question)).replace("name", "question", 1)
    return tuple(Question(*row) for row in con.execute(f"select {columns} from questions").fetchall())


def _settings(sources_file: Path, journey_file: Path | None) -> tuple[Sources, Journeys, tuple[Topic, ...]]:
    """The settings files; what is wrong with any is said at once."""
    problems = Problems()
    sources = problems.of(load_sources, sources_file, READERS)
    journeys = problems.of(load_journeys, journey_file or _beside(sources_file))
    stages = tuple(dict.fromkeys(stage.name for stage in journeys.stages)) if journeys else ()
    topics = problems.of(load_topics, beside(sources_file), stages)
    problems.end()
    assert sources and journeys and topics is not None
    return sources, journeys, topics


def _copy_served(
    con: duckdb.DuckDBPyConnection, path: Path, sources: Path, journey: Path | None, made_of: str | None, costs: Costs
) -> None:
    """The served tables into a file of their own, sorted as they are asked for: small, and without dead blocks."""
    con.execute("attach $path as generation", {"path": str(path)})
    with ThreadPoolExecutor(2) as pool:  # sorting and writing a table keeps one core busy
        for done in [
            pool.submit(_copy, con.cursor(), *table) for table in (SERVED | {"parts": ("parts", "1")}).items()
        ]:
            done.result()
    create_functions(con, "generation.")
    _serve_populations(con)
    version.write(con, sources, journey, made_of)
    costs.write(con)
    con.execute("create table generation.costs as select * from costs order by place")
    con.execute("checkpoint generation")
    con.execute("detach generation")


def _serve_populations(con: duckdb.DuckDBPyConnection) -> None:
    """The populations as views of the generation: the model's own text, over the names its tables are served under."""
    served = {model: name for name, (model, _) in SERVED.items()} | {model: name for name, model in POPULATIONS.items()}
    con.execute("use generation")
    for name, model in POPULATIONS.items():
        text = re.sub(r"\b(?:fct|int|pop|src)_\w+", lambda found: served[found[0]], _code(sql("data/model", model)))
        con.execute(f"create view {name} as {text}")
    con.execute(f"use {Path(WORK).stem}")


def _code(text: str) -> str:
    """SQL without its comments, which name models."""
    return re.sub(r"--.*", "", text)


def _copy(con: duckdb.DuckDBPyConnection, name: str, source: tuple[str, str]) -> None:
    con.execute(f"create table generation.{name} as select * from {source[0]} order by {source[1]}")


def _beside(sources_file: Path) -> Path | None:
    """journey.toml next to sources.toml, if the company keeps one there."""
    candidate = sources_file.parent / "journey.toml"
    return candidate if candidate.exists() else None


def _read(
    con: duckdb.DuckDBPyConnection, settings: Settings, scratch: Path, store: Path, costs: Costs, kept: Readings
) -> None:
    """The settings and everything the sources name, as tables."""
    sources, journeys, topics, ignored = settings
    write_settings(con, sources, journeys)
    write_topics(con, topics)
    write_ignored(con, ignored)
    write_learned(con, store)
    create_tables(con)
    read_all(con, sources, scratch, generations.salt(store), costs, erased.marks(store), kept, costs.counted)


def _fill(con: duckdb.DuckDBPyConnection, settings: Settings, steps: Steps, costs: Costs) -> list[str]:
    """Everything between reading and publishing; the checks that failed."""
    sources, journeys = settings[:2]

    def mask() -> None:
        mask_landing(con, Orders(sources.company.order_number))
        con.execute(sql("data/model", "needed_offsets"))
        create_functions(con)

    def match() -> None:
        identity.resolve(con)
        match_urls(con, journeys)

    steps("masking what could name somebody", mask)
    # records are numbered by now; tables may be written in parallel
    con.execute("set preserve_insertion_order = false")
    steps("matching people", match)
    for model in MODELS:
        steps(f"modelling {model}", partial(_make, con, model, costs))
    costs("checking")
    return failed_checks(con)


def _make(con: duckdb.DuckDBPyConnection, model: str, costs: Costs) -> None:
    view = model.startswith(VIEWS)
    made = con.execute(f"create {'view' if view else 'table'} {model} as {sql('data/model', model)}").fetchone()
    if made and not view:
        costs.counted(made[0])
    if model in AFTER:
        AFTER[model](con)


def account(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Per file: source, file, rows_in, loaded, refused, and its problem where it has one."""
    rows = con.execute(
        "select source, file, rows_in, loaded, refused, problem, notes from loads order by place"
    ).fetchall()
    names = ("source", "file", "rows_in", "loaded", "refused", "problem", "notes")
    return [{name: value for name, value in zip(names, row) if value is not None or name in names[:5]} for row in rows]


def failed_checks(con: duckdb.DuckDBPyConnection) -> list[str]:
    """One sentence a check that returned rows."""
    failures = []
    for path in sorted((ROOT / "data" / "checks").glob("*.sql")):
        rows = con.execute(path.read_text(encoding="utf-8")).fetchmany(3)
        if rows:
            failures.append(f"{path.stem}: {path.read_text(encoding='utf-8').splitlines()[0][3:]}; first: {rows[0]}")
    return failures


_SHOWN: dict[str, Callable[[str], str]] = {"file": shown_file, "problem": masked, "notes": masked}


def as_json(summary: Summary) -> str:
    """One line a file, then one summary line."""
    total = {
        "rows_in": sum(f["rows_in"] for f in summary.files),
        "loaded": summary.loaded,
        "refused": sum(f["refused"] for f in summary.files),
    }
    last = {
        "summary": True,
        "files": len(summary.files),
        **total,
        "generation": summary.generation,
        "problems": [masked(f["problem"]) for f in summary.files if f.get("problem")],
        "failed_checks": summary.failed_checks,
        "unchanged": summary.unchanged,
        "nothing_loaded": {name: masked(reason) for name, reason in summary.reasons.items()},
    }
    last |= {"questions": [q.record | {"of": q.source} for q in summary.open_questions]}
    files = [
        {key: _SHOWN.get(key, str)(value) if isinstance(value, str) else value for key, value in file.items()}
        for file in summary.files
    ]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in [*files, last])
