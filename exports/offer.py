"""What the app may ask of the exports, by question: the app hands this module to ui, which does not import exports."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from data.errors import UserError
from data.store import Generation
from exports import basket, channel_list, collect, deck, listfile, listing, table, workbook
from exports.basket import MOST, Item
from exports.card import Card
from exports.listing import Listing
from metrics.query import Query, Rights

Asked = Sequence[tuple[str, Query]]     # (form, resolved query)


def cards(asked: Asked, generation: Generation, address: str) -> list[Card]:
    """The cards as they stand in this generation."""
    return [collect.ask(query, generation, form, address) for form, query in asked]


def slides(asked: Asked, generation: Generation, address: str) -> bytes:
    """A PPTX with native charts in this order."""
    return deck.build(cards(asked, generation, address))


def book(asked: Asked, generation: Generation, address: str) -> bytes:
    """An XLSX with a native chart a sheet."""
    return workbook.build(cards(asked, generation, address))


def numbers(asked: Asked, generation: Generation, address: str) -> list[bytes]:
    """A CSV a card."""
    return [table.build(card) for card in cards(asked, generation, address)]


def pictures(asked: Asked, generation: Generation, address: str, style: str) -> list[bytes]:
    """A PNG or SVG a card, drawn by a Chromium on this machine; kaleido is loaded only now."""
    from exports import picture
    return picture.build_all(cards(asked, generation, address), style)


def _listing(name: str, query: Query, generation: Generation, address: str) -> Listing:
    make = channel_list.channels_of if name == "channels" else partial(listing.listing_of, name)
    return make(query, generation, address)


def list_table(name: str, query: Query, generation: Generation, address: str) -> bytes:
    """The CSV of a list: channels, or one of metrics.lists."""
    return listfile.table(_listing(name, query, generation, address))


def list_book(name: str, query: Query, generation: Generation, address: str) -> bytes:
    """The XLSX of a list, with a native chart where it has shares."""
    return listfile.book(_listing(name, query, generation, address))


def list_picture(name: str, query: Query, generation: Generation, address: str, style: str) -> bytes:
    """A list as a PNG or SVG."""
    from exports import picture
    return picture.build_list(_listing(name, query, generation, address), style)


def title(form: str, query: Query, generation: Generation) -> str:
    """The finding as it will stand on the slide; what this generation cannot answer says so."""
    try:
        return collect.ask(query, generation, form).title
    except UserError as error:
        return f"cannot be answered now: {error}"


def kept(asked: Asked) -> str:
    """The list as the JSON that `python -m exports deck --basket` takes."""
    return basket.dump([Item(form, replace(query, rights=Rights())) for form, query in asked])


def wanted(query: Query, generation: Generation) -> list[tuple[str, Query]]:
    """The throughline and the ten charts a lead would want."""
    return [(card.form, card.result.query) for card in collect.headline(query, generation)]


__all__ = ["MOST", "book", "cards", "kept", "list_book", "list_picture", "list_table", "numbers", "pictures", "slides", "title", "wanted"]
