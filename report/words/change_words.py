"""How a change is spoken of that is told, and how one that is not: one place for pages, files and the digest.

What is not told may still have happened. So it is never called nothing, never "did not move": it is within its normal range,
or beyond it and not sure, or too small to matter, or not judged; and what would have been seen is said.
"""

from collections.abc import Iterable, Sequence

from metrics.analyses.changes import Change
from metrics.analyses.standing import standing_of
from metrics.catalogue.definition import Definition
from metrics.codes import NoteCode
from report import numbers
from report.reference import amount

NONE = "No change is sure enough to report"


def none(moved: Iterable[Change], place: str = "") -> str:
    """The sentence where no change is told, without its full stop: with those that lie beyond their own range and are not sure.

    `place` is put after "change": " in Buy".
    """
    near = sorted(
        (c for c in moved if not c.channel and c.p is not None and standing_of(c).code is NoteCode.UNSURE),
        key=lambda c: c.p,
    )
    said = f"No change{place} is sure enough to report"
    if not near:
        return said
    where = [c.definition.label + (f" in {c.stage}" if c.stage and not place else "") for c in near[:2]]
    return f"{said}; beyond {'its' if len(where) == 1 else 'their'} own normal range: {' and '.join(where)}"


def reach(change: Change | None) -> str:
    """What would have been seen of a metric: "±3.2 points"; empty where nothing was judged."""
    if change is None or change.seen is None:
        return ""
    unit = change.definition.unit
    return f"±{numbers.difference(change.seen, unit, digits=1)}"


def reaches(moved: Sequence[Change], metrics: Sequence[str], stage: str | None) -> str:
    """One sentence on what would have been seen of these metrics in a stage, or nothing."""
    found = {
        c.metric: c for c in moved if c.metric in metrics and c.stage == stage and not c.channel and c.seen is not None
    }
    said = [f"{found[m].definition.short} {reach(found[m])}" for m in metrics if m in found]
    return f"Would have been seen, four times in five: {', '.join(said)}." if said else ""


def chances(moved: Iterable[Change], found: Definition) -> str:
    """How often a change of what matters would be told, and the size told four times in five: by stage, or of the journey where it has
    none. Empty where no normal range is known. It is that of a change alone; where more moves, more is told."""
    own = [c for c in moved if c.metric == found.id and not c.channel and c.power is not None and c.seen is not None]
    own = [c for c in own if c.stage] or own
    if not own:
        return ""
    said = [
        f"{c.stage + ': ' if c.stage else ''}{numbers.fixed(100 * c.power)} of 100, four in five from {reach(c)}"
        for c in own
    ]
    return f"Of changes of {amount(found.matters, found)} in this period – {'; '.join(said)}"


def beside(change: Change | None) -> str:
    """The ground on which the two values beside a difference stand where it is not as measured."""
    other = change.now.compare if change else None
    return ground(other)


def ground(other) -> str:
    """As `beside`, of a comparison."""
    if other is None or other.alike is None:
        return ""
    return "asked alike" if other.within else "large amounts capped"


def season(change: Change) -> str:
    """The season's part of the difference of the two values, taken out of what is told; nothing where there is none."""
    if not change.season:
        return ""
    unit = change.definition.unit
    return f"{numbers.difference(change.season, unit, plus=True, digits=1)} of it by the time of year, taken out"
