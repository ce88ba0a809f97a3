"""What a metric is, in full: for the notes of a slide and the Read me of a workbook."""

from exports.cards.card import Card, small_print
from metrics.catalogue.definition import Definition
from report.words.reasons import reason_text


def definition_lines(found: Definition) -> list[tuple[str, str]]:
    """(name, text) of everything a reader may ask about a metric."""
    known = "; ".join(f"{other['tool']}: {other['name']} ({other['difference']})" for other in found.also_known_as)
    lines = [
        ("Metric", f"{found.label} ({found.id} v{found.version})"),
        ("Definition", found.sentence),
        ("Formula", found.formula),
        ("Interval", found.interval),
        ("Estimates", found.estimand),
        ("Population", f"{found.population}, counted by {found.grain}"),
        ("Better", found.better),
        ("Source", found.source),
        ("Also known as", known),
    ]
    return [(name, text) for name, text in lines if text]


def notes_of(card: Card) -> str:
    """The speaker's notes: the finding, the small print, each metric's definition and method."""
    parts = [card.title, card.subtitle, "\n".join(f"{name}: {text}" for name, text in small_print(card))]
    parts += ["\n".join(f"{name}: {text}" for name, text in definition_lines(found)) for found in card.definitions]
    states = [
        f"{c.metric}, {', '.join(str(v) for v in c.by.values()) or 'all'}: {reason_text(c.reason)}"
        for c in card.result.cells
        if c.reason
    ]
    if states:
        parts.append("Marked or not shown:\n" + "\n".join(dict.fromkeys(states)))
    return "\n\n".join(parts)
