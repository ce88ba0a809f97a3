"""Causes of a stage as plain data: a flat row a cause."""

from collections.abc import Sequence
from typing import Any

from metrics.analyses.causes.model import Cause, StageCauses
from metrics.analyses.portfolio.of_causes import Beside
from report.rows.estimates import bounds
from report.words import cause_words, portfolio_words


def rows(causes: StageCauses, beside: Sequence[Beside] = ()) -> list[dict[str, Any]]:
    """One flat row a cause, strongest first; differences are shares (0.19 = 19 points), `difference_beside` with those above held equal.
    `beside`, one a cause, adds what each is worth a year and a customer's words."""
    found = [_row(place, cause, causes) for place, cause in enumerate(causes.causes, 1)]
    if not beside:
        return found
    return [row | _beside(cause, one) for row, cause, one in zip(found, causes.causes, beside, strict=True)]


def _beside(cause: Cause, beside: Beside) -> dict[str, Any]:
    return {
        "worth_p10": beside.amount.p10,
        "worth_p50": beside.amount.p50,
        "worth_p90": beside.amount.p90,
        "worth_mean": beside.amount.mean,
        "currency": beside.currency,
        "worth_evidence": beside.grade and str(beside.grade.value),
        "worth": portfolio_words.cause_worth(cause, beside),
        "quote": beside.quote and beside.quote.comment,
        "quote_drawn_of": beside.quote and beside.quote.writers,
    }


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
