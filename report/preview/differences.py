"""What two snapshots part in."""

import math
from dataclasses import dataclass
from typing import Any

from report import numbers
from report.preview.snapshot import Snapshot
from report.tables import aligned
from report.text.catalogue import say

KINDS = ("numbers", "names", "claims")
SAME = 1e-9  # relative: the last digit of a sum hangs on the order of its rows


@dataclass(frozen=True)
class Difference:
    """One thing that moves: a number (a cell as plain data), a name or a claim; None on the side where it is not there."""

    kind: str
    where: str
    before: Any
    after: Any


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """In the order of the first snapshot, then what only the second has."""
    found = []
    for kind in KINDS:
        then, now = before[kind], after[kind]
        for where in dict.fromkeys([*then, *now]):
            if not alike(then.get(where), now.get(where)):
                found.append(Difference(kind, where, then.get(where), now.get(where)))
    return found


def alike(one: Any, other: Any) -> bool:
    """Whether nothing moves between two values, cells or sentences."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=SAME, abs_tol=1e-12)
    return bool(one == other)


def rows(differences: list[Difference]) -> list[dict[str, Any]]:
    """One flat row a difference, both sides as text for a table and a CSV."""
    return [
        {"moves": one.kind, "where": one.where, "before": _said(one.before), "after": _said(one.after)}
        for one in differences
    ]


def _said(side: Any) -> str:
    if side is None:
        return say("assistant.preview.not_there")
    if not isinstance(side, dict):
        return str(side)
    if side["value"] is None:
        return f"{side['state']}: {side['reason']}"
    whole = numbers.short(side["value"])
    span = f" ({numbers.short(side['low'])} – {numbers.short(side['high'])})" if side["low"] is not None else ""
    return f"{whole}{span}, n {numbers.whole(side['n'])}"


def as_table(differences: list[Difference], looked: Snapshot, notes: list[str]) -> str:
    """What moves, of how much that was looked at."""
    counts = {kind: sum(one.kind == kind for one in differences) for kind in KINDS}
    head = say(
        "assistant.preview.moves",
        numbers=numbers.whole(counts["numbers"]),
        of=numbers.whole(len(looked["numbers"])),
        names=numbers.whole(counts["names"]),
        claims=numbers.whole(counts["claims"]),
    )
    lines = [["moves", "where", "before", "after"], *(list(row.values()) for row in rows(differences))]
    return "\n".join([head, *([aligned(lines)] if differences else []), *notes])
