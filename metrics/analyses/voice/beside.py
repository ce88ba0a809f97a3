"""What may stand beside a text of who may not be singled out, judged once of all texts of a journey and its days: every list of words and
every quote tells the same of the same text, whatever it was looked for by."""

from datetime import date

from data.store.generations import Generation
from metrics.query.named_sql import ask_rows
from metrics.query.of_generation import of_generation
from metrics.rules.few_writers import Told, told_of

# of whoever wrote, not of the words
BESIDE = ("stage", "written_in", "survey", "category", "contact_via", "touch_channel", "language")
EMPTY = {"stage": ""}
EVERY = 100_000
ALL_TEXTS: dict[str, object] = {
    "stages": [], "topic": None, "untold": False, "sentiment": None, "written_in": None, "search": None, "by": None, "most": EVERY, "skip": 0,
}  # fmt: skip


@of_generation(most=64)
def told_beside(journey: str, start: date | None, end: date | None, generation: Generation) -> Told:
    """Column of BESIDE → its values that may be told of a text of these days (both, or neither: all)."""
    rows = ask_rows(generation, "voice_comments", {"journey": journey, "start": start, "end": end} | ALL_TEXTS)
    return told_of(rows, BESIDE, EMPTY)
