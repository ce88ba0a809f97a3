"""Notable changes in words: what moved, where and where not, since when. What only its mix moved is information."""

from datetime import timedelta
from typing import Any

from data.store.generations import Generation
from metrics.analyses.changes import Change
from metrics.present import present
from metrics.query.context import Context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from report import numbers, placement
from report.findings.finding import GOOD, INFORMATION, URGENT, WATCH, Finding
from report.text.catalogue import say
from report.words import change_words, words

PLACES = {
    "web": say("findings.change_findings.on_the_web"),
    "app": say("findings.change_findings.in_the_app"),
    "phone": say("findings.change_findings.by_phone"),
    "store": say("findings.change_findings.in_the_store"),
}
NEAR = timedelta(days=7)  # a release within a week of the first week that stands apart is printed beside it
BESIDE = ("release", "incident", "campaign")
MEETING = ("release", "incident")
MIX_FIRST = 6.0  # a change of mix is read before the other information


def findings_of(changes: list[Change], query: Query, known: Context, generation: Generation) -> list[Finding]:
    """One finding a movement of the family."""
    dated = ask_rows(generation, "annotations", {"start": None, "end": None, "stage": None})
    return [_finding(change, changes, query, known, dated) for change in without_echoes(changes)]


def without_echoes(changes: list[Change]) -> list[Change]:
    """The notable changes without their echoes: drop-off beside completion, a whole beside the one channel that moved,
    the journey beside its stages."""
    notable = [change for change in changes if change.notable]
    finished = {(c.stage, c.channel) for c in notable if c.metric == placement.role("completed")}
    notable = [c for c in notable if c.metric != placement.role("left") or (c.stage, c.channel) not in finished]
    return [change for change in notable if not _echoes(change, notable)]


def _echoes(change: Change, notable: list[Change]) -> bool:
    alike = [
        c
        for c in notable
        if c is not change and c.metric == change.metric and (present(c.diff) > 0) == (present(change.diff) > 0)
    ]
    channels = [c for c in alike if c.stage == change.stage and c.channel]
    if change.stage is None:
        return any(c.stage for c in alike)
    if change.channel is None:
        return len(channels) == 1
    # more than one channel moved: the whole says it, if it did too
    return bool(channels) and any(c.stage == change.stage and c.channel is None for c in alike)


def _finding(
    change: Change, changes: list[Change], query: Query, known: Context, dated: list[dict[str, Any]]
) -> Finding:
    definition = change.definition
    mixed = change.mix is not None and change.mix.composition_only
    ground = change_words.beside(change)
    said = [
        (f"{ground} " if ground else "")
        + f"{words.value(change.before, definition)} → {words.value(change.now_value, definition)} "
        f"({words.interval(change.low, change.high, definition.unit, plus=True)}), "
        + (
            say("findings.change_findings.goes_with_another_mix_of", mix_name=mix_name(change))
            if mixed
            else say("notes.told")
        )
        + (say("findings.change_findings.within_the_same_ways_of_asking") if change.within else "")
    ]
    said += [text for text in (change_words.season_words(change),) if text]
    said += [say("findings.change_findings.exploratory_of_a_filtered_view")] if change.exploratory else []
    said += _elsewhere(change, changes) + _of_the_mix(change) + _since(change, dated)
    owner = known.owners.get((str(query.journey), change.stage)) if change.stage else None
    weight = MIX_FIRST if mixed else float(change.rank)
    return Finding(
        _class(change, _beside(change, dated)),
        _claim(change),
        "; ".join(said) + ".",
        "stage" if change.stage else "journey",
        change.stage,
        change.metric,
        owner,
        weight,
    )


def _class(change: Change, beside: list[dict[str, Any]]) -> str:
    """Urgent is worse, at least twice what matters, and still so in the last two complete weeks or met by a release or
    incident of that time and stage."""
    if change.better is None:
        return INFORMATION
    if change.better:
        return GOOD
    met = change.standing or any(note["kind"] in MEETING and note["stage"] == change.stage for note in beside)
    return URGENT if met and abs(present(change.diff)) >= 2 * change.definition.matters else WATCH


def _claim(change: Change) -> str:
    definition = change.definition
    place = f"{change.stage or ''} {place_of(change.channel) if change.channel else ''}".strip()
    name = definition.label if definition.label[:2].isupper() else definition.label[0].lower() + definition.label[1:]
    size = numbers.difference(abs(present(change.diff)), definition.unit, digits=1)
    claim = say(
        "findings.change_findings.by",
        part=place + ": " if place else "",
        part2=name if place else definition.label,
        part3=say("findings.change_findings.rose")
        if present(change.diff) > 0
        else say("findings.change_findings.fell"),
        size=size,
    )
    if change.mix is None or not change.mix.composition_only:
        return claim + "."
    part, by = change.mix.grown, change.mix.by.removeprefix("touch_")
    opposite = all(
        (p.rate_after - p.rate_before) * present(change.diff) < 0
        for p in change.mix.parts
        if p.rate_before is not None and p.rate_after is not None
    )
    inside = (
        say(
            "findings.change_findings.each",
            by=by,
            part=say("findings.change_findings.rose")
            if present(change.diff) < 0
            else say("findings.change_findings.fell"),
        )
        if opposite
        else say("findings.change_findings.hardly_within_any", by=by)
    )
    return say("findings.change_findings.more_visits_came_by", claim=claim, inside=inside, name=part.name)


def place_of(channel: str) -> str:
    """A channel as a place: in the app."""
    return PLACES.get(channel, f"({channel})")


def _elsewhere(change: Change, changes: list[Change]) -> list[str]:
    """Where the same did not move: the other channels of the stage."""
    if not change.channel:
        return []
    still = [
        PLACES.get(c.channel, str(c.channel))
        for c in changes
        if c.metric == change.metric
        and c.stage == change.stage
        and c.channel
        and c.channel != change.channel
        and not c.notable
    ]
    return [say("findings.change_findings.nothing_notable", still=words.listed(still))] if still else []


def mix_name(change: Change) -> str:
    """What is mixed: devices, channels, segments."""
    return present(change.mix).by.removeprefix("touch_") + "s"


def _of_the_mix(change: Change) -> list[str]:
    if change.mix is None:
        return []
    mix, unit = change.mix, change.definition.unit
    shift = words.difference_unit(unit)
    grown = mix.grown
    return [
        say(
            "findings.change_findings.within_each_with_the_mix",
            rate=words.number(mix.rate, unit, plus=True, digits=1),
            shift=shift,
            by=mix.by.removeprefix("touch_"),
            mix=words.number(mix.mix, unit, plus=True, digits=1),
            interval=words.interval(mix.shift.low, mix.shift.high, unit, plus=True),
            name=grown.name,
            weight_before=numbers.fixed(100 * grown.weight_before),
            weight_after=numbers.percent(grown.weight_after),
        )
    ]


def _beside(change: Change, dated: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the company wrote down of the time the level changed, for this stage or for all."""
    return [
        note
        for note in dated
        if change.since
        and note["kind"] in BESIDE
        and note["stage"] in (None, change.stage)
        and abs(note["day"] - change.since) <= NEAR
    ]


def _since(change: Change, dated: list[dict[str, Any]]) -> list[str]:
    """Since when, and what was written down at that time: beside it, never as its cause."""
    if change.since is None:
        return [say("findings.change_findings.still_as_a_week_ago")] if change.held else []
    near = [note["text"] for note in _beside(change, dated)]
    return [
        say("findings.change_findings.since", since=words.day(change.since))
        + (say("findings.change_findings.at_that_time", near=words.listed(near)) if near else "")
    ]
