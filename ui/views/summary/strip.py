"""The stages at a glance: did it work, were they happy, in per cent beside the company's minimum and target, and one word a stage."""

from dataclasses import dataclass, replace
from html import escape

from metrics.analyses.stage_scores import Position, Target
from metrics.query.query import Query
from metrics.query.result import Cell, Result, State
from report import placement
from report.findings.calls import CALL_WORDS, Call, call
from report.text.catalogue import say
from report.words import words
from report.words.position_words import position_name
from ui.session import source
from ui.session.state import Frame
from ui.widgets.evidence import Evidence, opener, sheet


@dataclass(frozen=True)
class Glance:
    """What the strip shows: `sides` by stage, of each stage the word and its position."""

    stages: list[str]
    sides: Result
    calls: dict[str, Call]
    places: dict[str, Position]


def glance(level: Query, stages: list[str], places: list[Position]) -> Glance:
    """The strip's numbers over the days of the positions."""
    did, felt = placement.shown("sides")
    judged = [part.definition.id for place in places for part in place.parts]
    result = source.ask(replace(level, metrics=tuple(dict.fromkeys([did, felt, *judged])), by=("stage",)))
    if not any(cell.valued for cell in result.of(felt)) and (other := _felt(level)):
        felt = other
        result = source.ask(replace(level, metrics=tuple(dict.fromkeys([did, felt, *judged])), by=("stage",)))
    calls = {}
    for place in places:
        cells = {cell.metric: cell for cell in result.cells if cell.by.get("stage") == place.stage}
        if (word := call(place, cells)) is not None:
            calls[place.stage] = word
    kept = replace(result, query=replace(result.query, metrics=(did, felt)))
    return Glance(stages, kept, calls, {place.stage: place for place in places})


def _felt(level: Query) -> str | None:
    """The share that says how it felt where people are not asked the usual way: the first way of asking that has answers, if any."""
    shares = placement.shown("felt")
    result = source.ask(replace(level, metrics=shares, by=("stage",)))
    told = [m for m in shares if result.definitions[m].unit == "rate" and any(c.valued for c in result.of(m))]
    return told[0] if told else None


def strip(seen: Glance, frame: Frame) -> str:
    """The strip as HTML: a list of stages, each a link to its page."""
    rows = "".join(_stage(seen, stage, frame) for stage in seen.stages)
    return f'<ol class="strip" style="--n:{len(seen.stages)}">{rows}</ol>'


def _stage(seen: Glance, stage: str, frame: Frame) -> str:
    word, place = seen.calls.get(stage), seen.places.get(stage)
    said = f'<span class="call {word.value}">{CALL_WORDS[word]}</span>' if word else ""
    named = (
        f'<p class="named">{escape(position_name(place))}</p>'
        if place and word and _telling(place)
        else '<p class="named">&nbsp;</p>'
    )
    link = escape(frame.link("stage", at=stage))
    bars = "".join(_bar(seen, stage, metric, frame) for metric in seen.sides.query.metrics)
    return f'<li><h3><a href="{link}" target="_self">{escape(stage)}</a>{said}</h3>{named}{bars}</li>'


def _telling(place: Position) -> bool:
    return place.parted or str(place.verdict.state) == "agree"


def _bar(seen: Glance, stage: str, metric: str, frame: Frame) -> str:
    definition, cell = seen.sides.definitions[metric], seen.sides.cell(metric, stage=stage)
    label = f'<span class="what">{escape(definition.short)}</span>'
    if cell is None or not cell.valued:
        state = words.state_word(cell) if cell is not None else words.STATE_WORDS[State.NOT_APPLICABLE]
        return f'<div class="b {definition.side} none">{label}<b class="na">{state}</b><i></i></div>'
    part = (
        next((p for p in seen.places[stage].parts if p.definition.id == metric), None) if stage in seen.places else None
    )
    few = " few" if cell.state is State.FEW else ""
    told = words.sentence(cell, definition)
    value = words.value(cell.value, definition)
    rough = f" <small>{say('ui.summary.rough')}</small>" if few else ""
    key = f"strip-{definition.side}-{seen.stages.index(stage)}"
    inner = f'{label}<b>{value}{rough}</b><i style="{_style(cell, part)}"></i>{_spoken(part)}'
    over = words.span(seen.sides.query.start, seen.sides.query.end)
    shown = sheet(key, Evidence(definition, cell, part=part, over=over), frame)
    return opener(key, inner, f"b {definition.side}{few}", told) + shown


def _style(cell: Cell, part: Target | None) -> str:
    """Where the bar ends, and the marks of the minimum and the target, in per cent of the track."""
    style = f"--v:{100 * cell.value:.1f}%"
    return f"{style};--m:{100 * part.line:.1f}%;--g:{100 * part.target:.1f}%" if part else style


def _spoken(part: Target | None) -> str:
    return f'<span class="sr">{words.levels(part.line, part.target, part.definition)}</span>' if part else ""


def title(seen: Glance) -> str:
    """Which stages to fix, to protect; else that none surely needs it."""
    fix, protect = _with(seen, Call.FIX), _with(seen, Call.PROTECT)
    said = [say("ui.summary.to_fix", stages=words.listed(fix))] if fix else []
    said += [say("ui.summary.to_protect", stages=words.listed(protect))] if protect else []
    if said:
        return "; ".join(said)
    return say("ui.summary.nothing_to_fix") if seen.calls else say("pages.overview.what_people_did_beside_how_it")


def _with(seen: Glance, word: Call) -> list[str]:
    return [stage for stage in seen.stages if seen.calls.get(stage) is word]


def what(seen: Glance, level: Query) -> str:
    """What the two bars are, over which days."""
    did, felt = (seen.sides.definitions[metric].short.lower() for metric in seen.sides.query.metrics)
    over = words.over(level.start, level.end)
    return say("ui.summary.bars", did=did, felt=felt, over=over[:1].lower() + over[1:])
