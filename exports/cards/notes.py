"""What a metric is, in full: for the notes of a slide and the Read me of a workbook."""

from exports.cards.card import Card, small_print
from metrics.catalogue.definition import Definition
from report.text.catalogue import say
from report.words.reasons import reason_text


def definition_lines(definition: Definition) -> list[tuple[str, str]]:
    """(name, text) of everything a reader may ask about a metric."""
    known = "; ".join(f"{other['tool']}: {other['name']} ({other['difference']})" for other in definition.also_known_as)
    lines = [
        (say("exports.notes.metric"), f"{definition.label} ({definition.id} v{definition.version})"),
        (say("exports.notes.definition"), definition.sentence),
        (say("exports.notes.formula"), definition.formula),
        (say("exports.notes.interval"), definition.interval),
        (say("exports.notes.estimates"), definition.estimand),
        (
            say("exports.notes.population"),
            say("exports.notes.counted_by", population=definition.population, grain=definition.grain),
        ),
        (say("exports.notes.better"), definition.better),
        (say("exports.notes.source"), definition.source),
        (say("exports.notes.also_known_as"), known),
    ]
    return [(name, text) for name, text in lines if text]


def notes_of(card: Card) -> str:
    """The speaker's notes: the finding, the small print, each metric's definition and method."""
    parts = [card.title, card.subtitle, "\n".join(f"{name}: {text}" for name, text in small_print(card))]
    parts += ["\n".join(f"{name}: {text}" for name, text in definition_lines(found)) for found in card.definitions]
    states = [
        f"{c.metric}, {', '.join(str(v) for v in c.by.values()) or say('exports.notes.all')}: {reason_text(c.reason)}"
        for c in card.result.cells
        if c.reason
    ]
    if states:
        parts.append(say("exports.notes.marked_or_not_shown") + "\n".join(dict.fromkeys(states)))
    return "\n\n".join(parts)
