"""A concept is written once: the group of a person, the stand-in for one nobody knows, the week, friction, the thresholds of privacy.

SQL calls the functions of data/model/functions; Python imports data.concepts, metrics.period and metrics.thresholds. A second
spelling is refused wherever it stands: two of them drift apart.
"""

import hashlib
import re
from datetime import date, timedelta

import duckdb
import pytest
import sqlglot
from sqlglot import ErrorLevel

from data.concepts import FRICTION, FUNCTIONS, GROUPS, create_functions, statement
from metrics.query.company_week import last_whole_day, week_end, week_start
from metrics.thresholds import DOMINANT, PERSONS, VERBATIMS
from tests.core.company import ROOT

SQL = sorted(
    path
    for folder in ("data", "metrics", "exports", "ui")
    for path in (ROOT / folder).rglob("*.sql")
    if path.parent.name != "functions"
)
PYTHON = sorted(
    path
    for folder in ("data", "metrics", "ui", "exports", "pages", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "demo" not in path.parts
)  # the simulation is somebody else's company: it shares no rule with the product
DEFINITIONS = sorted((ROOT / "metrics" / "definitions").glob("*.toml"))
# What is refused in SQL, in expressions of definitions, and in SQL inside Python strings. `unstable_hash`: DuckDB's own hash
# may be another one in its next version, so nothing a reader sees may follow from its value.
SPELLINGS = {
    "person_group": r"[\w)]\s*%\s*40\b",
    "unstable_hash": r"1000000007|\bhash\s*\([^)]*\)\s*%|order by hash\s*\(",
    "stand_in": r"sha256\s*\([^$]|0x'\s*\|\|\s*substr\(sha256",
    "week_of": r"date '2024-01-01'|\bdayofweek\b|\bisodow\b|\bweekday\s*\(|date_trunc\s*\(\s*'week'|%\s*7\b|cfg_company\w*\.first_weekday",
    "is_friction": r"\bin\s*\((?=[^)]*'rage')(?=[^)]*'dead')(?=[^)]*'error')[^)]*\)",
    "frictions": r"errors\W[^,;]{0,30}\+[^,;]{0,30}rage_clicks",
    "thresholds": rf"\b(?:persons|people|writers|c|who|person_id\))\s*(?:>=|<)\s*(?:{PERSONS}|{VERBATIMS})\b|count\(distinct [\w.]*person_id\)\s*(?:>=|<|>|<=)\s*\d"
    rf"|person_id,\s*{PERSONS - 1}\)",
}


def found(text: str) -> dict[str, str]:
    """Concept → the second spelling found in a text of SQL without its comments."""
    code = re.sub(r"--.*", "", text)
    return {name: hit[0] for name, spelled in SPELLINGS.items() if (hit := re.search(spelled, code, re.IGNORECASE))}


@pytest.mark.parametrize(
    "text, concept",
    [
        ("select person_id % 40 as g", "person_group"),
        ("select hash(ticket_key) % 1000000007", "unstable_hash"),
        ("hash(k) % 20", "unstable_hash"),
        ("order by hash(a.answer_key)", "unstable_hash"),
        ("cast('0x' || substr(sha256(t.ticket_key), 1, 15) as bigint)", "stand_in"),
        ("date_diff('day', date '2024-01-01', day) % 7", "week_of"),
        ("date_trunc('week', day)", "week_of"),
        ("where kind in ('dead', 'view', 'error', 'rage')", "is_friction"),
        ("coalesce(f.errors, 0) + coalesce(f.rage_clicks, 0) > 0", "frictions"),
        ("having count(distinct person_id) >= 5", "thresholds"),
        ("where persons < 8", "thresholds"),
        ("min(person_id, 4) as who", "thresholds"),
    ],
)
def test_a_second_spelling_is_seen(text, concept):
    """What the search below would say of each concept written out."""
    assert concept in found(text)


@pytest.mark.parametrize("path", [*SQL, *DEFINITIONS], ids=lambda path: path.stem)
def test_sql_calls_the_function(path):
    assert not found(path.read_text(encoding="utf-8"))


def test_sql_inside_python_calls_the_function():
    """And Python writes neither the groups, nor the kinds of friction, nor a company's weekday a second time."""
    own = {"data/groups.py", "data/concepts.py", "metrics/thresholds.py", "metrics/query/company_week.py"}
    for path in PYTHON:
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        strings = " ; ".join(re.findall(r"\"\"\".*?\"\"\"|\"[^\"\n]*\"", text, re.DOTALL))
        assert not {key: hit for key, hit in found(strings).items() if key != "stand_in"}, name
        if name not in own:
            again = re.search(
                r"^(?:GROUPS|FRICTION|PERSONS|VERBATIMS|DOMINANT) = |\.weekday\(\) [-+] (?:\w+\.)?first_weekday",
                text,
                re.MULTILINE,
            )
            assert not again, (name, again)


def test_every_function_is_called():
    """A concept nobody asks for is no concept."""
    text = " ".join(re.sub(r"--.*", "", path.read_text(encoding="utf-8")) for path in SQL) + (
        ROOT / "metrics" / "query" / "plan.py"
    ).read_text(encoding="utf-8")
    assert not {name for name in FUNCTIONS if f"{name}(" not in text}


@pytest.mark.parametrize("name", list(FUNCTIONS))
def test_a_function_is_one_expression_that_spark_parses(name):
    """An engine that brings its own functions gets them from the same text."""
    body = re.split(r"\sas\s", re.sub(r"--.*", "", statement(name, 0)), maxsplit=1)[1]
    text = sqlglot.parse_one(body, read="duckdb").sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    assert sqlglot.parse_one(text, read="spark")


@pytest.fixture(scope="module", params=range(7))
def week(request):
    """A connection with the functions of a company whose week begins on that weekday, and the weekday."""
    with duckdb.connect() as con:
        con.execute("create table cfg_company as select $first as first_weekday", {"first": request.param})
        create_functions(con)
        yield con, request.param


def test_the_week_is_the_same_in_sql_and_python(week):
    """Four hundred days around a turn of the year, before and after the Monday the SQL counts from."""
    con, first = week
    days = [date(2023, 6, 1) + timedelta(days=n) for n in range(400)]
    for day in days:
        start = con.execute("select week_of($day::date)", {"day": day}).fetchone()[0]
        assert (
            start == week_start(day, first)
            and start.weekday() == first
            and start <= day <= week_end(day, first) == start + timedelta(days=6)
        )
    sunday = date(2024, 6, 30)
    assert [last_whole_day(sunday + timedelta(days=n), 0) for n in range(8)] == [sunday] * 7 + [
        sunday + timedelta(days=7)
    ]


def test_the_functions_say_what_they_said_before(week):
    """Values written into stores: a person's group, stand-ins, friction."""
    con, _ = week
    row = con.execute(
        "select person_group(85), person_group(null), stand_in('shop:1'), frictions(null, 2, 1), frictions(null, null, null)"
    ).fetchone()
    assert row == (5, None, int(hashlib.sha256(b"shop:1").hexdigest()[:15], 16), 3, 0)
    kinds = ("view", "click", "error", "rage", "dead", "search")
    assert [kind for kind in kinds if con.execute("select is_friction($kind)", {"kind": kind}).fetchone()[0]] == [
        "error",
        "rage",
        "dead",
    ]
    assert (GROUPS, set(FRICTION), PERSONS, VERBATIMS, DOMINANT) == (40, {"error", "rage", "dead"}, 5, 8, 0.5)
