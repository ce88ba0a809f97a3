"""Cells in HTML tables, each state with its own look, and the words that explain the states that occur."""

from collections.abc import Iterable, Sequence
from html import escape

from metrics.catalogue.definition import Definition
from metrics.query.result import Cell, State
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.warnings import note_text

EXPLAINED = {
    State.FEW: say("ui.cells.grey_and_hollow_rough_estimate_its"),
    State.SUPPRESSED: say("ui.cells.under_5_fewer_than_five_people"),
    State.NO_DATA: say("ui.cells.no_data_asked_or_recorded_but"),
    State.NOT_ASKED: say("ui.cells.not_asked_no_survey_puts_this"),
    State.NOT_COLLECTED: say("ui.cells.not_collected_no_source_records_it"),
    State.NOT_APPLICABLE: say("ui.cells.n_a_the_question_has_no"),
    State.IMMATURE: say("ui.cells.still_arriving_too_recent_to_be"),
    State.NOT_SCORED: say("ui.cells.not_scored_no_minimum_and_target"),
    State.REFUSED: say("ui.cells.no_access_you_may_not_see"),
}


def legend(cells: Iterable[Cell]) -> str:
    """One line that explains the states among these cells, or nothing where every number is plain."""
    found = {cell.state for cell in cells}
    said = [
        f'<span class="k-{state.value}">{escape(text)}</span>' for state, text in EXPLAINED.items() if state in found
    ]
    return f'<p class="states">{"".join(said)}</p>' if said else ""


def cell(found: Cell, definition: Definition, shade: str = "", link: str = "") -> str:
    """One td: value over interval, n and the change, hollow where few, hatched where withheld, else the state's words. `link` is where the
    value leads."""
    title = escape(
        words.sentence(found, definition) + (say("ui.cells.surely_the_rest", shade=shade) if shade else ""), quote=True
    )
    if not found.valued:
        kind = "sup" if found.state is State.SUPPRESSED else "na"
        return f'<td title="{title}"><span class="{kind}">{words.state_word(found)}</span></td>'
    few = " few" if found.state is State.FEW else ""
    value = linked(f"{words.value(found.value, definition)}{ARROW.get(shade, '')}", link)
    return (
        f'<td class="v {definition.side}{few}{" " + shade if shade else ""}" title="{title}"><b>{value}</b>'
        f"<small>{words.interval(found.low, found.high, definition.unit)}</small><small>n {numbers.whole(found.n)}</small>{changed(found, definition)}</td>"
    )


def changed(found: Cell, definition: Definition) -> str:
    """The change since the compared period with its interval, or why there is none; nothing without a comparison."""
    other = found.compare
    if other is None:
        return ""
    if other.diff is None:
        return f"<small>{escape(note_text(other.note) or say('ui.cells.no_difference'))}</small>"
    size = numbers.difference(other.diff, definition.unit, plus=True)
    return f"<small>{size} ({words.interval(other.low, other.high, definition.unit, plus=True)})</small>"


ARROW = {"above": " ↑", "below": " ↓"}


def linked(inner: str, link: str) -> str:
    """HTML that leads somewhere, if it does."""
    return f'<a class="to" href="{escape(link, quote=True)}" target="_self">{inner}</a>' if link else inner


def table(
    corner: str,
    heads: Sequence[str],
    rows: Sequence[tuple[str, Sequence[str]]],
    caption: str,
    links: Sequence[str] = (),
    row_links: Sequence[str] = (),
) -> str:
    """A table of td's made by `cell`; `links` and `row_links` are the addresses of the heads, if they lead anywhere."""
    named = [
        f'<a href="{escape(links[i])}" target="_self">{escape(head)}</a>' if links and links[i] else escape(head)
        for i, head in enumerate(heads)
    ]
    ways = [*row_links, *[""] * (len(rows) - len(row_links))]
    head = "".join(f'<th scope="col">{name}</th>' for name in named)
    body = "".join(
        f'<tr><th scope="row">{linked(escape(label), way)}</th>{"".join(cells)}</tr>'
        for (label, cells), way in zip(rows, ways)
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}"><table class="cells"><caption class="sr">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
