"""Cells in HTML tables, each state with its own look, and the words that explain the states that occur."""

from collections.abc import Iterable, Sequence
from html import escape

from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, State
from report import numbers
from report.words import words
from report.words.warnings import note_text

EXPLAINED = {
    State.FEW: "grey and hollow: rough estimate, its sample too small for the precision target, or its interval far wider",
    State.SUPPRESSED: "under 5: fewer than five people; withheld: so that such a cell cannot be worked out",
    State.NO_DATA: "no data: asked or recorded, but not once in this period and selection",
    State.NOT_ASKED: "not asked: no survey puts this question there",
    State.NOT_COLLECTED: "not collected: no source records it",
    State.NOT_APPLICABLE: "n/a: the question has no meaning there",
    State.IMMATURE: "still arriving: too recent to be judged",
    State.NOT_SCORED: "not scored: no minimum and target are set",
    State.REFUSED: "no access: you may not see it",
}


def legend(cells: Iterable[Cell]) -> str:
    """One line that explains the states among these cells, or nothing where every number is plain."""
    found = {cell.state for cell in cells}
    said = [
        f'<span class="k-{state.value}">{escape(text)}</span>' for state, text in EXPLAINED.items() if state in found
    ]
    return f'<p class="states">{"".join(said)}</p>' if said else ""


def cell(found: Cell, definition: Definition, shade: str = "") -> str:
    """One td: value over interval, n and the change, hollow where few, hatched where withheld, else the state's words."""
    title = escape(words.sentence(found, definition) + (f"; surely {shade} the rest" if shade else ""), quote=True)
    if not found.valued:
        kind = "sup" if found.state is State.SUPPRESSED else "na"
        return f'<td title="{title}"><span class="{kind}">{words.state_word(found)}</span></td>'
    few = " few" if found.state is State.FEW else ""
    return (
        f'<td class="v {definition.side}{few}{" " + shade if shade else ""}" title="{title}"><b>{words.value(found.value, definition)}'
        f"{ARROW.get(shade, '')}</b><small>{words.interval(found.low, found.high, definition.unit)}</small><small>n {numbers.whole(found.n)}</small>{changed(found, definition)}</td>"
    )


def changed(found: Cell, definition: Definition) -> str:
    """The change since the compared period with its interval, or why there is none; nothing without a comparison."""
    other = found.compare
    if other is None:
        return ""
    if other.diff is None:
        return f"<small>{escape(note_text(other.note) or 'no difference')}</small>"
    size = numbers.difference(other.diff, definition.unit, plus=True)
    return f"<small>{size} ({words.interval(other.low, other.high, definition.unit, plus=True)})</small>"


ARROW = {"above": " ↑", "below": " ↓"}


def table(
    corner: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[str]]],
    caption: str,
    links: Sequence[str] = (),
) -> str:
    """A table of td's made by `cell`; `links` are the addresses of the heads, if they lead anywhere."""
    named = [
        f'<a href="{escape(links[i])}" target="_self">{escape(head)}</a>' if links else escape(head)
        for i, head in enumerate(heads)
    ]
    head = "".join(f'<th scope="col">{name}</th>' for name in named)
    body = "".join(f'<tr><th scope="row">{escape(label)}</th>{"".join(cells)}</tr>' for label, cells in rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}"><table class="cells"><caption class="sr">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
