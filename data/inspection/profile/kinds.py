"""What kind of survey one is and whom it asks, by what its name and its questions say."""

import re
from dataclasses import dataclass

from data.inspection.profile.words import fold, meanings


@dataclass(frozen=True)
class Kind:
    """What kind of survey it is (None where no word says so), why, and which kind is likely then: to be asked, never taken."""

    kind: str | None
    why: str
    likely: str | None = None


def kind_of(texts: list[str], columns: set[str], metrics: set[str]) -> Kind:
    """The kind of a survey where its name or its questions say it in words; else what its columns, or its one metric, let expect."""
    for kind, pattern in meanings()["kind"].items():
        for text in texts:
            if found := re.search(rf"\b({pattern})", fold(text)):
                return Kind(kind, f"the word {found[0]!r} in {text[:40]!r}")
    if "ticket_id" in columns:
        return Kind(None, "its column of tickets", "post_contact")
    if columns & {"session_id", "url"}:
        return Kind(None, "its column of pages or sessions", "intercept")
    if "order_id" in columns:
        return Kind(None, "its column of orders", "transactional")
    if len(metrics) == 1:
        metric = next(iter(metrics))
        return Kind(None, f"surveys of {metric} mostly are", {"nps": "relationship"}.get(metric, "transactional"))
    return Kind(None, "")


def trigger_of(texts: list[str]) -> str | None:
    """on_exit, after_goal or by_agent where a name says it."""
    return next(
        (
            trigger
            for trigger, pattern in meanings()["trigger"].items()
            for text in texts
            if re.search(pattern, fold(text))
        ),
        None,
    )
