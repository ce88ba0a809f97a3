"""Run every question on a build, leave out what the company confirmed, and keep all of it in the table `questions`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from data.contract import contract
from data.files.relation import count_rows
from data.masking.shown import shown_file
from data.questions.labels import write_label_places
from data.settings.journey import DEFAULT_FILE, load_journeys
from data.sqlfile import run_sql, sql

FOLDER = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.sql")))
PREPARED = ("value_shape", "landed_tables")  # what several questions read
# Tables that are empty where a company has nothing of the kind
COUNTED = frozenset(
    (*(f"src_{name}" for name in contract().tables), "refusals", "remarks", "int_answers", "int_tickets")
)
SEVERITIES = ("severe", "look")
HEAD = re.compile(r"(?m)^-- (severity|asks|remedy): (.+)$")
TABLE = (
    "create table questions (question VARCHAR, source VARCHAR, touches VARCHAR, metric VARCHAR, subject VARCHAR, records BIGINT, total BIGINT, "
    "severity VARCHAR, asks VARCHAR, remedy VARCHAR, confirmed BOOLEAN)"
)


@dataclass(frozen=True)
class Question:
    """One thing to ask about records that were loaded. `asks` and `remedy` are sentences; `records` of `total` are concerned."""

    name: str
    source: str | None
    touches: str
    metric: str | None
    subject: str
    records: int
    total: int
    severity: str
    asks: str
    remedy: str
    confirmed: bool = False

    @property
    def severe(self) -> bool:
        return self.severity == "severe"

    @property
    def key(self) -> str:
        """What `confirmed` takes to answer it."""
        return f"{self.name}:{self.subject}" if self.subject else self.name

    @property
    def record(self) -> dict[str, Any]:
        """It as JSON tells it, without its source."""
        return {
            "question": self.key,
            "severity": self.severity,
            "records": self.records,
            "total": self.total,
            "asks": self.asks,
            "remedy": self.remedy,
        }

    @property
    def sentence(self) -> str:
        """What is asked and what to do."""
        return f"{self.asks} {self.remedy}"


@cache
def head(name: str) -> dict[str, str]:
    """severity, asks and remedy of a question's file."""
    found = dict(HEAD.findall(sql("data/questions", name)))
    assert set(found) == {"severity", "asks", "remedy"} and found["severity"] in SEVERITIES, name
    return found


@cache
def tables(name: str) -> frozenset[str]:
    """The tables a question reads. Where all are of COUNTED and without a row, there is nothing to ask about."""
    text = re.sub(r"--.*", "", sql("data/questions", name))
    own = re.findall(r"(\w+) as (?:materialized )?\(", text)
    return frozenset(re.findall(r"\b(?:from|join)\s+(\w+)", text)) - frozenset(own)


def ask(con: duckdb.DuckDBPyConnection, own_journey: bool) -> list[Question]:
    """Every question that the records of this build raise, severe ones first, also kept in the table `questions`.

    `own_journey`: the company wrote the rules, so one that matches nothing is a slip; the standard stages, also unchanged in a file, are nobody's.
    """
    write_label_places(con)
    for name in PREPARED:
        run_sql(con, "data/questions/prepare", name)
    confirmed = set(con.execute("select source, question from cfg_confirmed").fetchall())
    filled = {name for name, rows in count_rows(con, COUNTED).items() if rows}
    found = [
        question
        for name in NAMES
        if (own_journey or name != "rules_without_match") and tables(name) - COUNTED | tables(name) & filled
        for question in _asked(con, name, confirmed)
    ]
    found.sort(key=lambda q: (not q.severe, -q.records / max(q.total, 1), q.name, q.source or "", q.subject))
    con.execute(TABLE)
    if found:
        con.executemany(
            "insert into questions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                [
                    q.name,
                    q.source,
                    q.touches,
                    q.metric,
                    q.subject,
                    q.records,
                    q.total,
                    q.severity,
                    q.asks,
                    q.remedy,
                    q.confirmed,
                ]
                for q in found
            ],
        )
    return found


def _asked(con: duckdb.DuckDBPyConnection, name: str, confirmed: set[tuple[str | None, str]]) -> list[Question]:
    cursor = con.execute(sql("data/questions", name))
    columns = [column[0] for column in cursor.description]
    rows = [dict(zip(columns, row)) for row in cursor.fetchall()]
    kept = _standard(con) if name == "rules_without_match" else set()
    return [_question(name, row, confirmed) for row in rows if not _is_standard(row, kept)]


def _standard(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Stages that stand in journey.toml as they are proposed: their events and goals are the standard ones, unchanged."""
    own = {
        (stage, tuple(events), tuple(goals))
        for stage, events, goals in con.execute(
            """select s.stage, (select coalesce(list(r.pattern order by r.pattern), []) from cfg_rules r
                   where r.journey = s.journey and r.stage = s.stage and r.kind = 'event'),
                 (select coalesce(list(g.pattern order by g.pattern), []) from cfg_goals g
                   where g.journey = s.journey and g.stage = s.stage and g.kind = 'event') from cfg_stages s"""
        ).fetchall()
    }
    proposed = {
        (
            stage.name,
            tuple(sorted(event.lower() for event in stage.events)),
            tuple(sorted(pattern.lower() for kind, pattern in stage.goals if kind == "event")),
        )
        for stage in load_journeys(DEFAULT_FILE).stages
    }
    return {stage for stage, _, _ in own & proposed}


def _is_standard(row: dict[str, Any], stages: set[str]) -> bool:
    """Whether a rule that matches nothing was only proposed: nobody's slip, and many of them would bury what is to be answered."""
    what = str(row.get("what"))
    return (what == "stage" and row["pattern"] in stages) or any(
        what in (f"events of {stage}", f"goal of {stage}") for stage in stages
    )


def _question(name: str, row: dict[str, Any], confirmed: set[tuple[str | None, str]]) -> Question:
    told = {
        key: f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)
        for key, value in row.items()
    }
    told |= {"file": shown_file(told["file"])} if "file" in told else {}
    source, written = row["source"], row["subject"] or ""
    subject = shown_file(written)
    answers = (name, f"{name}:{written}", f"{name}:{subject}")
    quiet = any((where, what) in confirmed for where in {source, None} for what in answers)
    texts = head(name)
    return Question(
        name,
        source,
        row["touches"],
        row.get("metric"),
        subject,
        row["records"],
        row["total"],
        texts["severity"],
        texts["asks"].format(**told),
        texts["remedy"].format(**told),
        quiet,
    )
