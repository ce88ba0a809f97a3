"""What the app may ask of the exports, by question: the app hands this module to ui, which does not import exports. A file is made only by
who has the right to."""

from dataclasses import replace

from data.errors import UserError
from data.store.generations import Generation
from exports.cards import basket, collect
from exports.cards.basket import MOST, Item
from exports.cards.item import Asked, make, make_all
from exports.cards.listing import Listing
from exports.csv import list_file, table
from exports.pptx import deck
from exports.pptx.case_slides import leaves_of as case_leaves
from exports.xlsx import workbook
from metrics.analyses.case.worth import Worth
from metrics.query.context import Context
from metrics.query.query import Query, Rights
from metrics.rules.access import for_export, rights_of
from report.text.catalogue import say


def slides(asked: Asked, generation: Generation, address: str) -> bytes:
    """A PPTX with native charts in this order."""
    return deck.build(make_all(asked, for_export(generation), address))


def case_slides(worth: Worth, known: Context, generation: Generation, address: str) -> bytes:
    """A PPTX of a business case."""
    _of_every_row(generation)
    return deck.build((), case_leaves(worth, known.company, known.simulated, address))


def case_numbers(text: str, generation: Generation) -> str:
    """The numbers of a business case, as they were written."""
    _of_every_row(generation)
    return text


def _of_every_row(generation: Generation) -> None:
    """A business case is of everybody's records: it leaves the house only by who may make files of all of them."""
    if rights_of(for_export(generation)).limits:
        raise UserError("a business case leaves the house only by who may make files of every row")


def book(asked: Asked, generation: Generation, address: str) -> bytes:
    """An XLSX with a native chart a sheet."""
    return workbook.build(make_all(asked, for_export(generation), address))


def numbers(asked: Asked, generation: Generation, address: str) -> list[bytes]:
    """A CSV a card or list."""
    return [
        list_file.table(made) if isinstance(made, Listing) else table.build(made)
        for made in make_all(asked, for_export(generation), address)
    ]


def pictures(asked: Asked, generation: Generation, address: str, style: str) -> list[bytes]:
    """A PNG or SVG a card or list, drawn by a Chromium on this machine; kaleido is loaded only now."""
    from exports.image import picture

    return picture.build_all(make_all(asked, for_export(generation), address), style)


def title(form: str, query: Query, generation: Generation) -> str:
    """The finding as it will stand on the slide; what this generation cannot answer says so."""
    try:
        return make(form, query, generation).title
    except UserError as error:
        return say("exports.api.cannot_be_answered_now", error=error)


def kept(asked: Asked) -> str:
    """The list as the JSON that `python -m exports deck --basket` takes."""
    return basket.dump([Item(form, replace(query, rights=Rights())) for form, query in asked])


def wanted(query: Query, generation: Generation) -> list[tuple[str, Query]]:
    """The throughline and the ten charts a lead would want."""
    return [(card.form, card.result.query) for card in collect.headline(query, generation)]


__all__ = ["MOST", "book", "case_numbers", "case_slides", "kept", "numbers", "pictures", "slides", "title", "wanted"]
