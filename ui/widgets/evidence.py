"""The evidence of a number at the side of the page: a click opens it, Escape closes it, no page is left and no server asked.

A sheet is HTML's own popover: what it says is in the page already, so it opens at once and works with a keyboard and a screen reader.
"""

from dataclasses import dataclass
from html import escape

from metrics.analyses import standing
from metrics.analyses.changes import Change
from metrics.analyses.stage_scores import Target
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import supports_dimension
from metrics.query.result import Cell, Compare
from report import numbers
from report.findings.change_findings import mix_name
from report.text.catalogue import say
from report.words import change_words, words
from report.words.reasons import reason_text
from report.words.warnings import note_text
from ui.session import source, viewer
from ui.session.filtering import narrow
from ui.session.state import Frame
from ui.widgets.spark import TALL, enough, weeks_line


@dataclass(frozen=True)
class Evidence:
    """What is known of one number: the cell with its change, its weeks in order and, where the company has set one, its target."""

    definition: Definition
    cell: Cell
    change: Change | None = None
    weeks: tuple[Cell, ...] = ()
    part: Target | None = None
    over: str = ""  # the days, in words


def opener(key: str, inner: str, kind: str = "", told: str = "") -> str:
    """The number as a button that opens the sheet of the same key; `inner` is HTML, `told` what a pointer is told."""
    title = f' title="{escape(told, quote=True)}"' if told else ""
    return f'<button type="button" class="opens {kind}" popovertarget="e-{key}"{title}>{inner}</button>'


def sheet(key: str, seen: Evidence, frame: Frame) -> str:
    """The sheet as HTML: value, how sure, against what, since when, what it is, where to go on."""
    definition, cell = seen.definition, seen.cell
    stage = cell.by.get("stage")
    name = say("ui.evidence.in_stage", name=definition.label, stage=stage) if stage else definition.label
    return (
        f'<aside popover id="e-{key}" class="sheet" role="dialog" aria-label="{escape(name, quote=True)}">'
        f'<button type="button" class="shut" popovertarget="e-{key}" popovertargetaction="hide" aria-label="{say("ui.evidence.close")}">×</button>'
        f"<h3>{escape(name)}</h3>{_value(seen)}{_change(seen)}{_weeks(seen)}{_target(seen)}"
        f"<h4>{say('ui.evidence.what_it_is')}</h4><p>{escape(definition.sentence)}</p>{_ways(seen, frame)}</aside>"
    )


def _value(seen: Evidence) -> str:
    definition, cell = seen.definition, seen.cell
    if not cell.valued:
        reason = reason_text(cell.reason)
        return f'<p class="big"><b>{words.state_word(cell)}</b></p>' + (f"<p>{escape(reason)}.</p>" if reason else "")
    said = say(
        "ui.evidence.sure",
        interval=words.interval(cell.low, cell.high, definition.unit),
        n=numbers.whole(cell.n),
        over=seen.over,
    )
    more = [words.response_words(cell), reason_text(cell.reason) if cell.reason else ""]
    lines = "".join(f"<p>{escape(words.as_sentence(text))}</p>" for text in (said, *more) if text)
    return f'<p class="big"><b>{words.value(cell.value, definition)}</b></p>{lines}'


def _change(seen: Evidence) -> str:
    """The change, and against which days."""
    line, other = change_line(seen.definition, seen.cell, seen.change), seen.cell.compare
    if not line or other is None or other.diff is None:
        return line
    return f"{line}<p>{escape(say('ui.evidence.against', days=words.span(other.start, other.end)))}</p>"


def change_line(definition: Definition, cell: Cell, change: Change | None) -> str:
    """Red only for what holds and matters; a change that does not hold is grey, and says so and what would have been reported."""
    other = cell.compare
    if cell.valued and other is not None and other.diff is None and other.note:
        return f'<p class="d">{escape(note_text(other.note))}</p>'
    if not cell.valued or other is None or other.diff is None:
        return ""
    digits = 1 if definition.unit == "points" else None  # whole points would not add up
    size = numbers.difference(other.diff, definition.unit, plus=True, digits=digits)
    before = say(
        "ui.tiles.from",
        part=words.number(other.value, definition.unit, digits=1) if digits else words.value(other.value, definition),
    )
    before = _alike(other, definition, before)
    if change is not None and change.notable and change.better is None:
        return say("ui.tiles.with_another_mix_of", size=size, before=before, mix_name=mix_name(change))
    season = change_words.season_words(change) if change is not None else ""
    before += f" · {season}" if season else ""
    if change is not None and change.notable:
        tone = "better" if change.better else "worse"
        return f'<p class="d {tone}"><span>{mark(change)} {size}</span> {before}</p>'
    reach = change_words.detectable(change)
    seen = "; " + say("ui.tiles.a_change_of_would_have_been", reach=reach) if reach else ""
    return f'<p class="d"><span>{size}</span> {before} · {note_text(standing.standing_of(change))}{seen}</p>'


def _alike(other: Compare, definition: Definition, before: str) -> str:
    """The compared value, with this period's on the same ground where that is not the value above."""
    ground = change_words.ground(other)
    return (
        say("ui.tiles.to", before=before, alike=words.value(other.alike, definition), ground=ground)
        if ground
        else before
    )


def mark(change: Change) -> str:
    """The sign of a change that holds and is better or worse: solid is worse, hollow is better; up or down is the direction."""
    return ("△▽" if change.better else "▲▼")[change.diff < 0]


def _weeks(seen: Evidence) -> str:
    if not enough(seen.weeks):
        return ""
    line = weeks_line(seen.weeks, f"wk {seen.definition.side}", TALL)
    return f'{line}<p class="small">{say("ui.evidence.weeks", count=len(seen.weeks))}</p>'


def _target(seen: Evidence) -> str:
    if seen.part is None:
        return ""
    said = say("ui.evidence.ours", levels=words.levels(seen.part.line, seen.part.target, seen.definition))
    return f"<p>{escape(words.as_sentence(said))}</p>"


def _ways(seen: Evidence, frame: Frame) -> str:
    """Where to go on, with the frame as it stands."""
    stage, metric = seen.cell.by.get("stage"), seen.definition.id
    ways = [(frame.link("stage", at=stage), say("ui.evidence.open_stage", stage=stage))] if stage else []
    if supports_dimension(seen.definition, source.known().columns[seen.definition.measure.fact], "touch_channel"):
        ways.append((frame.link("explore", xm=metric, xb="touch_channel"), say("ui.evidence.by_channel")))
    ways.append((frame.link("definitions", metric=metric), say("ui.evidence.definition")))
    if viewer.may_see("reconcile", viewer.current()):
        of_stage = narrow.link(frame, "reconcile", {"stage": stage}, metric=metric) if stage else ""
        ways.append((of_stage or frame.link("reconcile", metric=metric), say("ui.evidence.reconcile")))
    return (
        '<ul class="ways">'
        + "".join(f'<li><a href="{escape(link)}" target="_self">{escape(said)}</a></li>' for link, said in ways)
        + "</ul>"
    )
