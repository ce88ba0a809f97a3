"""What somebody asked for, as it leaves the house: a card of a metric, or a list. One way for views, baskets and the command line."""

from collections.abc import Sequence
from dataclasses import replace

from data.errors import UserError
from data.store.generations import Generation
from exports.cards import cause_list, channel_list, collect, sheet_list, voice_list
from exports.cards.card import FORMS, Card
from exports.cards.listing import Listing, listing_of
from metrics.analyses.lists import LISTS
from metrics.query.query import Query
from report.sheets.registry import FORMS as SHEETS
from report.text.catalogue import say

CHANNELS, CAUSES = "channels", "causes"
VOICE = {"topics": voice_list.topics_of, "complaint_box": voice_list.box_of}
KINDS = (*FORMS, *LISTS, CHANNELS, CAUSES, *SHEETS, *VOICE)

Made = Card | Listing
Asked = Sequence[tuple[str, Query]]  # (form, question)


def make(form: str, query: Query, generation: Generation, address: str = "") -> Made:
    """The card or list of a form in this generation. Raises UserError for what cannot be answered."""
    if form in FORMS:
        return collect.ask(query, generation, form, address)
    if form == CHANNELS:
        return replace(channel_list.channels_of(query, generation, address), asked=query)
    if form == CAUSES:
        return replace(cause_list.causes_of(query, generation, address), asked=query)
    if form in SHEETS:
        return sheet_list.sheet_of(form, query, generation, address)
    if form in VOICE:
        return VOICE[form](query, generation, address)
    if form not in LISTS:
        raise UserError(
            say("exports.item.there_is_no_such_form_of"), where="form", found=form, allowed=", ".join(KINDS)
        )
    return replace(listing_of(form, query, generation, address), asked=query)


def make_all(asked: Asked, generation: Generation, address: str = "") -> list[Made]:
    """All of them, in order."""
    return [make(form, query, generation, address) for form, query in asked]
