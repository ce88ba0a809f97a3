"""What was learned from comments, without the one who is erased: learned anew of those that are left, the files before deleted."""

from pathlib import Path

from data.errors import UserError
from data.store.generations import open_generation
from data.texts.learned import kept
from data.texts.learned.fit import calibrate


def anew(store: Path) -> dict[str, list[str] | str | None]:
    """Learn again from the generation that serves, the person already out of it, and delete every calibration before: nothing where there is none.
    Where too few rated comments are left, or what serves cannot be read, nothing is kept and texts are read by the word lists from the
    next build on. Returns which files were deleted, which took their place (None: none), and why none did."""
    before, why = kept.files(store), ""
    if not before:
        return {"deleted": [], "learned_anew": None, "why_not": ""}
    try:
        generation = open_generation(store)
        try:
            calibrate(generation, store)
        finally:
            generation.connection.close()
    except UserError as error:
        why = str(error).splitlines()[0]
    for file in before:
        file.unlink(missing_ok=True)
    left = kept.newest(store)
    return {
        "deleted": [_named(file) for file in before],
        "learned_anew": _named(left) if left else None,
        "why_not": why,
    }


def _named(file: Path) -> str:
    return f"{kept.FOLDER}/{file.name}"


def lines(learned: dict[str, list[str] | str | None]) -> list[str]:
    """Of a receipt, for a terminal; none where nothing had been learned."""
    if not learned["deleted"]:
        return []
    gone = ", ".join(learned["deleted"])
    if learned["learned_anew"]:
        return [
            f"Learned from comments anew without theirs: {learned['learned_anew']} in place of {gone}. The next build reads by it."
        ]
    return [
        f"Learned from comments, deleted: {gone}. Not learned anew: {learned['why_not']}. The next build reads by the word lists."
    ]
