"""How far two sets of people are the same people, so that nobody's money is claimed by two lines."""

from __future__ import annotations

from datetime import date

from data.store.generations import Generation
from metrics.analyses.case.case import Removes
from metrics.query.named_sql import ask_rows

LEAST = 30  # people asked about both before their share stands for the others
Set = tuple[Removes, str]  # what is removed, and in which stage


def overlaps(journey: str, start: date, end: date, generation: Generation) -> dict[tuple[Set, Set], float]:
    """Of the people in the first set the share that is in the second, 0 for a pair that shares nobody.

    Who passed a stage and was not asked may have been unhappy about it: they count as those who were asked where these are at least 30,
    else as unhappy, so that money is rather left out than claimed twice.
    """
    rows = ask_rows(generation, "case_overlap", {"journey": journey, "start": start, "end": end})
    found: dict[tuple[Set, Set], float] = {}
    for row in rows:
        known, both = int(row["known"]), int(row["in_both"])
        guess = both / known if known >= LEAST else 1.0
        pair = (Removes(row["removes"]), str(row["stage"])), (Removes(row["other_removes"]), str(row["other_stage"]))
        found[pair] = min(1.0, (both + int(row["unknown"]) * guess) / int(row["people"]))
    return found
