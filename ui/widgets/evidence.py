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
from metrics.query.result import Cell
from report import numbers
from report.text.catalogue import say
from report.words import change_words, words
from report.words.reasons import reason_text
from report.words.warnings import note_text
from ui.session import source
from ui.session.state import Frame
from ui.widgets.spark import spark_mask


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
    more = [words.silent(cell), reason_text(cell.reason) if cell.reason else ""]
    lines = "".join(f"<p>{escape(words.full(text))}</p>" for text in (said, *more) if text)
    return f'<p class="big"><b>{words.value(cell.value, definition)}</b></p>{lines}'


def _change(seen: Evidence) -> str:
    other, definition = seen.cell.compare, seen.definition
    if not seen.cell.valued or other is None:
        return ""
    if other.diff is None:
        return f"<p>{escape(words.full(note_text(other.note)))}</p>" if other.note else ""
    digits = 1 if definition.unit == "points" else None  # whole points would not add up
    said = say(
        "ui.evidence.moved",
        size=numbers.difference(other.diff, definition.unit, plus=True, digits=1),
        before=words.number(other.value, definition.unit, digits=1) if digits else words.value(other.value, definition),
        days=words.span(other.start, other.end),
        judged=note_text(standing.standing_of(seen.change)),
    )
    reach = change_words.reach(seen.change)
    tail = " " + words.full(say("ui.tiles.a_change_of_would_have_been", reach=reach)) if reach else ""
    return f"<p>{escape(words.full(said) + tail)}</p>"


def _weeks(seen: Evidence) -> str:
    values = [c.value if c.valued else None for c in seen.weeks]
    if sum(v is not None for v in values) < 4:
        return ""
    mask = spark_mask(values, [c.se for c in seen.weeks if c.valued and c.se], 100, 34)
    return f'<i class="wk {seen.definition.side}" style="--m:url({mask})"></i><p class="small">{say("ui.evidence.weeks", count=len(values))}</p>'


def _target(seen: Evidence) -> str:
    if seen.part is None:
        return ""
    said = say("ui.evidence.ours", levels=words.levels(seen.part.line, seen.part.target, seen.definition))
    return f"<p>{escape(words.full(said))}</p>"


def _ways(seen: Evidence, frame: Frame) -> str:
    """Where to go on, with the frame as it stands."""
    stage, metric = seen.cell.by.get("stage"), seen.definition.id
    ways = [(frame.link("stage", at=stage), say("ui.evidence.open_stage", stage=stage))] if stage else []
    if supports_dimension(seen.definition, source.known().columns[seen.definition.measure.fact], "touch_channel"):
        ways.append((frame.link("explore", xm=metric, xb="touch_channel"), say("ui.evidence.by_channel")))
    ways.append((frame.link("definitions", metric=metric), say("ui.evidence.definition")))
    return (
        '<ul class="ways">'
        + "".join(f'<li><a href="{escape(link)}" target="_self">{escape(said)}</a></li>' for link, said in ways)
        + "</ul>"
    )
