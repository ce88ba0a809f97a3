"""journey.toml's [[survey]] blocks for what was found: name, kind and trigger, to be confirmed."""

from typing import Any

import duckdb

from data.contract import contract
from data.inspection.profile.kinds import kind_of, trigger_of
from data.settings.written import toml


def from_answers(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The surveys a vendor's reader has loaded, each with a kind by its name and metric."""
    rows = con.execute(
        "select survey, list(distinct metric) filter (metric is not null), max(survey_kind), max(trigger), bool_or(ticket_id is not null), "
        "bool_or(url is not null or session_id is not null) from src_survey_answers group by survey order by survey"
    ).fetchall()
    found = []
    for name, metrics, kind, trigger, tickets, pages in rows:
        if not kind:
            columns = {"ticket_id"} if tickets else {"url"} if pages else set()
            said = kind_of([name], columns, set(metrics or ()))
            told = {"kind": said.kind, "why": said.why, "likely": said.likely}
            found.append({"name": name, "trigger": trigger or trigger_of([name])} | told)
    return found


def proposed(survey: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry a survey of a table that was mapped; a kind that its own name says goes before that of the whole file."""
    found = []
    for name in survey["names"]:
        own = kind_of([name], set(), set())
        told = (
            {"kind": own.kind, "why": own.why}
            if own.kind
            else {key: survey.get(key) for key in ("kind", "why", "likely")}
        )
        found.append({"name": name, "trigger": trigger_of([name])} | told)
    return found


def question(survey: dict[str, Any]) -> str:
    """What is to be confirmed of one."""
    if not survey["kind"]:
        hint = f" Perhaps {survey['likely']}: {survey['why']}." if survey.get("likely") else ""
        return (
            f"of what kind is the survey {survey['name']!r}? Nothing in the file says it.{hint} State kind and trigger in journey.toml; "
            "without a kind its answers stand in no stage and no score"
        )
    return f"is {survey['name']!r} a {survey['kind']} survey ({survey['why']})? Confirm kind and trigger in journey.toml: they decide where answers stand"


def text(surveys: list[dict[str, Any]]) -> str:
    """The blocks as TOML. A trigger nobody knows stands as a comment: answers then count as asked at random."""
    kinds, triggers = (", ".join(contract().allowed[key]) for key in ("survey_kind", "trigger"))
    lines: list[str] = []
    seen: set[str] = set()
    for survey in surveys:
        if survey["name"].lower() in seen:
            continue
        seen.add(survey["name"].lower())
        kind, known = survey["kind"], survey["trigger"]
        lines += [
            "[[survey]]",
            f"name = {toml(survey['name'])}",
            f"{'' if kind else '# '}kind = {toml(kind or survey.get('likely') or 'transactional')}   # {'confirm' if kind else 'which one'}: {kinds}",
            f"{'' if known else '# '}trigger = {toml(known or 'random')}   # confirm: {triggers}",
            "",
        ]
    return "\n".join(lines)
