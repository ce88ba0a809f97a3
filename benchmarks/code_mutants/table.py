"""The outcomes as a table a reader can check, or as JSON."""

import json

from benchmarks.code_mutants.run import Outcome

ENOUGH = 0.9  # of the mutants must be killed


def failed(found: list[Outcome]) -> bool:
    """Whether fewer than nine in ten were killed."""
    return sum(one.killed for one in found) < ENOUGH * len(found)


def render(found: list[Outcome], how: str) -> str:
    """Markdown with a row a mutant and the counts by room; or everything as JSON."""
    killed = sum(one.killed for one in found)
    if how == "json":
        return json.dumps(
            {"mutants": len(found), "killed": killed, "each": [_plain(one) for one in found]},
            ensure_ascii=False,
            indent=1,
        )
    rooms = dict.fromkeys(one.mutant.room for one in found)
    counts = (
        f"{room} {sum(o.killed for o in found if o.mutant.room == room)} of {sum(o.mutant.room == room for o in found)}"
        for room in rooms
    )
    head = [
        f"{killed} of {len(found)} killed: {', '.join(counts)}.",
        "",
        "| mutant | the rule it breaks | killed by |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *(_row(one) for one in found)])


def _row(one: Outcome) -> str:
    by = one.by.removeprefix("tests/").replace("|", "\\|") if one.killed else "**survived**"
    return f"| {one.mutant.id} | {one.mutant.rule} | {by} |"


def _plain(one: Outcome) -> dict:
    return {
        "id": one.mutant.id,
        "room": one.mutant.room,
        "file": one.mutant.file,
        "rule": one.mutant.rule,
        "killed": one.killed,
        "by": one.by or None,
        "words": one.words or None,
        "seconds": round(one.seconds, 1),
    }
