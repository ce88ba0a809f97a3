"""The url dictionary: each distinct url meets each rule once, never each event."""

import duckdb

from data.settings.journey import Journeys
from data.settings.tables import rule_rows
from data.sqlfile import sql

TABLES = {
    "int_url_rules": "url VARCHAR, journey VARCHAR, rule INTEGER",
    "int_url_stage": "url VARCHAR, journey VARCHAR, stage VARCHAR",
    "int_url_goals": "url VARCHAR, journey VARCHAR, stage VARCHAR",
    "int_help_urls": "url VARCHAR",
}


def match_urls(con: duckdb.DuckDBPyConnection, journeys: Journeys) -> None:
    """Create int_url_rules and int_url_stage (the first rule a url fits), int_url_goals (each goal it reaches) and int_help_urls
    (the help pages).

    By the engine's expressions, which take a time in proportion to the text: visitors choose addresses, and one of them
    must not hold a build.
    """
    for table, columns in TABLES.items():
        con.execute(f"create table {table} ({columns})")
    con.execute(f"create or replace temp table _urls as {sql('data/model', 'urls')}")
    for journey in journeys.names:
        _first_rule(
            con,
            journey,
            [
                (rule, stage, pattern)
                for owner, rule, stage, _, kind, pattern in rule_rows(journeys)
                if owner == journey and kind == "path"
            ],
        )
    if journeys.help_paths:
        fits = " or ".join(_fits(pattern, f"p{place}") for place, pattern in enumerate(journeys.help_paths))
        con.execute(
            f"insert into int_help_urls select url from _urls where {fits}",
            {f"p{place}": pattern for place, pattern in enumerate(journeys.help_paths)},
        )
    for stage in journeys.stages:
        for pattern in (pattern for kind, pattern in stage.goals if kind == "path"):
            con.execute(
                f"insert into int_url_goals select url, $journey, $stage from _urls where {_fits(pattern, 'pattern')}",
                {"journey": stage.journey, "stage": stage.name, "pattern": pattern},
            )


def _fits(pattern: str, parameter: str) -> str:
    return f"regexp_matches({'full_location' if pattern.removeprefix('(?i)').startswith('//') else 'location'}, ${parameter})"


def _first_rule(con: duckdb.DuckDBPyConnection, journey: str, rules: list[tuple[int, str, str]]) -> None:
    if not rules:
        return
    arms = " ".join(
        f"when {_fits(pattern, f'p{place}')} then {place}" for place, (_, _, pattern) in enumerate(rules, 1)
    )
    con.execute(
        f"create or replace temp table _hits as select url, case {arms} end as place from _urls",
        {f"p{place}": pattern for place, (_, _, pattern) in enumerate(rules, 1)},
    )
    for table, values in (
        ("int_url_rules", [rule for rule, _, _ in rules]),
        ("int_url_stage", [stage for _, stage, _ in rules]),
    ):
        con.execute(
            f"insert into {table} select url, $journey, $found[place] from _hits where place is not null",
            {"journey": journey, "found": values},
        )
