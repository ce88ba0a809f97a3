"""The ratings that tickets hold, as survey answers of their own: a block beside the tickets'."""

import re
from pathlib import Path

from data.inspection.block import Block, source_name, where_name
from data.inspection.profile.opening import Opened
from data.inspection.profile.ratings import NOT_RATED, Rated, answers, rated
from data.inspection.profile.values import Column, shown
from data.inspection.propose import Proposal, zones
from data.inspection.survey import rated_help

RECORD, PARENT = "_dlt_id", "_dlt_parent_id"
ALONE = "tags of tickets, in a table of their own"
PERSON = ("customer_id", "email", "vendor_id", "anonymous_id", "phone")


def propose_ratings(tickets: Proposal, columns: list[Column], opened: Opened, path: Path, stem: str) -> Proposal | None:
    """The ratings beside proposed tickets as survey answers about the help: a block, its survey and what is to be confirmed."""
    found = rated(columns)
    block = tickets.blocks[0]
    if not found or "ticket_id" not in block.columns:
        return None
    asked = rated_help(answers(found.score))
    at, why = _when(found, block)
    mapped = {"ticket_id": block.columns["ticket_id"], "response_id": block.columns["ticket_id"]}
    mapped |= {name: block.columns[name] for name in PERSON if name in block.columns}
    mapped |= {"responded_at": at} if at else {}
    mapped |= {"score": found.score.name} | ({"comment": found.comment.name} if found.comment else {})
    survey = f"{stem} ratings"
    made = Block(
        source_name(survey),
        "table",
        path.name,
        "survey_answers",
        mapped,
        {"survey": survey} | asked.constants,
        {"score": asked.values} if asked.values else {},
        _where(found.score, block.where),
        block.dates,
        opened.records,
    )
    if "timezone" in block.keys:
        made.keys["timezone"] = block.keys["timezone"]
    made.comments += [line for line in (zones(made, columns),) if line and "timezone" not in made.keys]
    proposal = Proposal("survey_answers", "ratings of the help in them, as answers to a survey", [made])
    proposal.columns = {"score": (found.score.name, shown(found.score))}
    proposal.constants = dict(made.constants)
    proposal.questions = asked.asks + ([why] if why else [])
    proposal.survey = {"names": [survey], "kind": "post_contact", "why": "it stands in tickets"}
    return proposal


def side_tags(tickets: Proposal | None, opened: Opened, path: Path, stem: str) -> list[Proposal]:
    """What ties tags in a table of their own, as dlt lays lists out, to their tickets: the tickets' numbers in the loader's own, or of such a
    table (`tickets__tags`) the tag and the loader's number of its record."""
    names = set(opened.headers)
    if PARENT in names and re.search(r"__(tags?|labels?)\d*$", stem.lower()):
        tag = next((name for name in ("value", "name", "tag", "label") if name in names), None)
        made = Block(source_name(stem), "table", path.name, "ticket_tags", {"record": PARENT, "tag": tag or ""})
        proposal = Proposal("ticket_tags", ALONE, [made] if tag else [])
        proposal.columns = {name: (column, "as dlt lays lists out") for name, column in made.columns.items()}
        return [proposal] if tag else []
    block = tickets.blocks[0] if tickets and tickets.table == "support_tickets" else None
    if not block or RECORD not in names or "ticket_id" not in block.columns or "tags" in block.columns:
        return []
    mapped = {"ticket_id": block.columns["ticket_id"], "record": RECORD}
    tied = Block(source_name(f"{stem} records"), "table", path.name, "ticket_tags", mapped, where=block.where)
    return [
        Proposal("ticket_tags", "their numbers in the loader's own, to which tags in a table beside them tie", [tied])
    ]


def _when(rated: Rated, block: Block) -> tuple[str | None, str | None]:
    """(column of the time of rating, question): the rating's own, else the end of the ticket."""
    if rated.at:
        return rated.at.name, None
    name = next((name for name in ("closed_at", "solved_at", "created_at") if name in block.columns), None)
    if not name:
        return None, None
    return block.columns[name], (
        f"when was {rated.score.name!r} given? Nothing says it: {block.columns[name]!r} is taken, which is the ticket's"
    )


def _where(score: Column, tickets: str | None) -> str:
    """Only records that were rated, of those that are tickets."""
    name = where_name(score.name)
    said = sorted({cell.lower() for cell in score.values} & set(NOT_RATED))
    words = ", ".join(f"'{word}'" for word in said)
    return " and ".join(
        part for part in (tickets, f"{name} is not null", f"lower({name}) not in ({words})" if said else None) if part
    )
