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


@of_generation(most=64)
def told_beside(journey: str, start: date | None, end: date | None, generation: Generation) -> Told:
    """Column of BESIDE → its values that may be told of a text of these days (both, or neither: all)."""
    rows = ask_rows(generation, "texts_beside", {"journey": journey, "start": start, "end": end})
    return told_of(rows, BESIDE, EMPTY)
