"""How a change is spoken of that is told, and how one that is not: one place for pages, files and the digest.

What is not told may still have happened. So it is never called nothing, never "did not move": it is within its normal range,
or beyond it and not sure, or too small to matter, or not judged; and what would have been seen is said.
"""

from collections.abc import Iterable, Sequence

from metrics.analyses.changes import Change
from metrics.analyses.standing import standing_of
from metrics.catalogue.definition import Definition
from metrics.codes import NoteCode
from metrics.query.result import Compare
from report import numbers
from report.reference import amount
from report.text.catalogue import say


def none(changes: Iterable[Change], place: str = "") -> str:
    """The sentence where no change is told, without its full stop: with those that lie beyond their own range and are not sure.

    `place` is put after "change": " in Buy".
    """
    near = sorted(
        (c for c in changes if not c.channel and c.p is not None and standing_of(c).code is NoteCode.UNSURE),
        key=lambda c: c.p or 0.0,
    )
    said = say("words.change_words.no_change_is_sure_enough_to_2", place=place)
    if not near:
        return said
    where = [
        c.definition.label + (say("words.change_words.in", stage=c.stage) if c.stage and not place else "")
        for c in near[:2]
    ]
    return say(
        "words.change_words.beyond_own_normal_range",
        said=said,
        part=say("words.change_words.its") if len(where) == 1 else say("words.change_words.their"),
        where=say("words.and").join(where),
    )


def detectable(change: Change | None) -> str:
    """What would have been seen of a metric: "±3.2 points"; empty where nothing was judged."""
    if change is None or change.seen is None:
        return ""
    unit = change.definition.unit
    return f"±{numbers.difference(change.seen, unit, digits=1)}"


def reaches(changes: Sequence[Change], metrics: Sequence[str], stage: str | None) -> str:
    """One sentence on what would have been seen of these metrics in a stage, or nothing."""
    found = {
        c.metric: c
        for c in changes
        if c.metric in metrics and c.stage == stage and not c.channel and c.seen is not None
    }
    said = [f"{found[m].definition.short} {detectable(found[m])}" for m in metrics if m in found]
    return say("words.change_words.would_have_been_seen_four_times", said=", ".join(said)) if said else ""


def chances(changes: Iterable[Change], definition: Definition) -> str:
    """How often a change of what matters would be told, and the size told four times in five: by stage, or of the journey where it has
    none. Empty where no normal range is known. It is that of a change alone; where more moves, more is told."""
    own = [
        c for c in changes if c.metric == definition.id and not c.channel and c.power is not None and c.seen is not None
    ]
    own = [c for c in own if c.stage] or own
    if not own:
        return ""
    said = [
        say(
            "words.change_words.of_100_four_in_five_from",
            part=c.stage + ": " if c.stage else "",
            power=numbers.fixed(100 * (c.power or 0.0)),
            reach=detectable(c),
        )
        for c in own
    ]
    return say(
        "words.change_words.of_changes_of_in_this_period",
        amount=amount(definition.matters, definition),
        said="; ".join(said),
    )


def beside(change: Change | None) -> str:
    """The ground on which the two values beside a difference stand where it is not as measured."""
    other = change.now.compare if change else None
    return ground(other)


def ground(other: Compare | None) -> str:
    """As `beside`, of a comparison."""
    if other is None or other.alike is None:
        return ""
    return say("words.change_words.asked_alike") if other.within else say("words.change_words.large_amounts_capped")


def season_words(change: Change) -> str:
    """The season's part of the difference of the two values, taken out of what is told; nothing where there is none."""
    if not change.season:
        return ""
    unit = change.definition.unit
    return say(
        "words.change_words.of_it_by_the_time_of", season=numbers.difference(change.season, unit, plus=True, digits=1)
    )
