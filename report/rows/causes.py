"""Causes of a stage as plain data: a flat row a cause."""

from typing import Any

from metrics.analyses.causes.model import Cause, StageCauses
from report.rows.estimates import bounds
from report.words import cause_words


def rows(causes: StageCauses) -> list[dict[str, Any]]:
    """One flat row a cause, strongest first; differences are shares (0.19 = 19 points), `difference_beside` with those above held equal."""
    return [_row(place, cause, causes) for place, cause in enumerate(causes.causes, 1)]


def _row(place: int, cause: Cause, causes: StageCauses) -> dict[str, Any]:
    return {
        "stage": causes.stage,
        "rank": place,
        "cause": cause_words.name(cause),
        "kind": str(cause.kind),
        "name": cause.name,
        "part": cause.part,
        "evidence": str(cause.grade),
        "caution": cause.caution,
        "people": cause.persons,
        "people_affected": cause.affected,
        "n": cause.answers,
        "known": cause.known,
        "unhappy": cause.unhappy,
        "unhappy_others": cause.unhappy_else,
        **bounds("difference", cause.difference),
        "share_of_unhappy": cause.covers,
        **bounds("difference_beside", cause.beside),
        "held_equal": ", ".join(cause.held),
        "compared": cause.compared,
        "q": cause.q,
        "generation": causes.generation,
    }
