"""The url dictionary: each distinct url meets each rule once, never each event."""

import re

import duckdb

from data.journey import Journeys
from data.settings import rule_rows
from data.sqlfile import sql
from data.tabular import insert_rows

CHUNK = 50_000
TABLES = {"int_url_rules": "url VARCHAR, journey VARCHAR, rule INTEGER",
          "int_url_stage": "url VARCHAR, journey VARCHAR, stage VARCHAR",
          "int_url_goals": "url VARCHAR, journey VARCHAR, stage VARCHAR"}


def match_urls(con: duckdb.DuckDBPyConnection, journeys: Journeys) -> None:
    """Create int_url_rules and int_url_stage (the first rule a url fits) and int_url_goals (each goal it reaches)."""
    rules = {journey: [(rule, stage, re.compile(pattern)) for owner, rule, stage, _, kind, pattern in rule_rows(journeys)
                       if owner == journey and kind == "path"] for journey in journeys.names}
    goals = [(s.journey, s.name, re.compile(pattern)) for s in journeys.stages for kind, pattern in s.goals
             if kind == "path"]
    for table, columns in TABLES.items():
        con.execute(f"create table {table} ({columns})")
    urls = con.execute(sql("data/model", "urls")).fetchall()
    for start in range(0, len(urls), CHUNK):
        chunk = urls[start:start + CHUNK]
        first = [(url, journey, *hit) for url, location, full in chunk for journey in rules
                 if (hit := _first(rules[journey], location, full))]
        insert_rows(con, "int_url_rules", [(url, journey, rule) for url, journey, rule, _ in first])
        insert_rows(con, "int_url_stage", [(url, journey, stage) for url, journey, _, stage in first])
        insert_rows(con, "int_url_goals", [(url, journey, stage) for url, location, full in chunk
                                           for journey, stage, pattern in goals if _fits(pattern, location, full)])


def _fits(pattern: re.Pattern, location: str, full: str) -> bool:
    return bool(pattern.search(full if pattern.pattern.startswith("//") else location))


def _first(rules: list[tuple], location: str, full: str) -> tuple[int, str] | None:
    return next(((rule, stage) for rule, stage, pattern in rules if _fits(pattern, location, full)), None)
