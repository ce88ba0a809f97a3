"""The words themselves: searched, narrowed to a stage, topic, sentiment and source, a page at a time, where enough people wrote."""

from dataclasses import dataclass, replace
from typing import Any

from data.store.generations import Generation
from data.store.opened import GROUPS
from data.store.version import understood
from metrics.analyses.voice.beside import EMPTY, told_beside
from metrics.analyses.voice.orders import DRAWN, ORDERS, offered
from metrics.codes import Note, NoteCode, remark
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure import edges
from metrics.rules.disclosure.withheld import everything_told
from metrics.rules.few_writers import beside
from metrics.thresholds import VERBATIMS

SENTIMENTS = ("positive", "neutral", "negative", "not scored")
SOURCES = ("survey", "ticket")
EACH = 20  # of one page
LONGEST = 80  # letters looked for


@dataclass(frozen=True)
class Cut:
    """Which texts: of one `topic` ("" for those of none, None for all), one `sentiment` of SENTIMENTS, one of SOURCES, holding the letters of `search`
    (capitals do not count), in an `order` of ORDERS. The query has journey, stages and days. `page` from 0."""

    topic: str | None = None
    sentiment: str | None = None
    written_in: str | None = None
    search: str = ""
    page: int = 0
    each: int = EACH
    order: str = DRAWN


@dataclass(frozen=True)
class Comments:
    """One page of `texts` by `writers`, redacted when the store was made; no rows, and `note` says why, where fewer than eight people wrote."""

    cut: Cut
    rows: tuple[dict[str, Any], ...] = ()
    texts: int = 0
    writers: int = 0
    note: Note | None = None
    orders: tuple[str, ...] = ORDERS  # that there are for who asks

    @property
    def pages(self) -> int:
        return -(-self.texts // self.cut.each)


@understood
@within_rights
def comments(query: Query, cut: Cut, generation: Generation) -> Comments:
    """The texts of a cut. Whoever may not see single persons sees words only of a cut in which at least eight people wrote, and of whole quarters where
    shown as a group; filters by channel or device do not apply, so that no two cuts single somebody out. Nor is told of a text what may not be
    told of all texts of those days (its stage, where it was written, its survey, category, channel, language): no cut is made by such a
    value, and to a group no day is told: there is then no order by day either, and the cut that comes back says in which order its rows stand."""
    if not query.rights.may("comments"):
        return Comments(cut, note=remark(NoteCode.NO_COMMENTS))
    known = context.read(generation)
    query = resolve(query, known)
    start, end = query.start, query.end
    if generation.shows == GROUPS and (quarter := edges.quarter(end, generation)):
        start, end = quarter
    orders = offered(not (query.confidential or generation.shows == GROUPS))
    cut = replace(cut, order=cut.order if cut.order in orders else DRAWN)
    everything = everything_told(query, generation)
    told = {} if everything else told_beside(str(query.journey), start, end, generation)
    few = Comments(cut, note=None if everything else remark(NoteCode.WORDS_OF_SEVERAL, least=VERBATIMS), orders=orders)
    if told and not (
        set(query.stages) <= told["stage"] and (cut.written_in is None or cut.written_in in told["written_in"])
    ):
        return few
    parameters: dict[str, object] = {
        "journey": query.journey,
        "stages": list(query.stages),
        "start": start,
        "end": end,
        "topic": cut.topic or None,
        "untold": cut.topic == "",
        "sentiment": cut.sentiment,
        "written_in": cut.written_in,
        "by": cut.order,
        "search": cut.search.strip()[:LONGEST] or None,
        "most": cut.each,
        "skip": cut.page * cut.each,
    }
    rows = ask_rows(generation, "voice_comments", parameters)
    if not rows or (not everything and rows[0]["writers"] < VERBATIMS):
        return few  # nobody, or a few that are not told apart from nobody
    texts, writers = rows[0]["texts"], rows[0]["writers"]
    kept = tuple({key: value for key, value in row.items() if key not in ("texts", "writers")} for row in rows)
    kept = tuple(beside(kept, told, EMPTY))
    if query.confidential or generation.shows == GROUPS:
        kept = tuple(row | {"day": None} for row in kept)
    if query.confidential:
        texts, writers = privacy.rounded(texts), privacy.rounded(writers)
    return Comments(cut, kept, texts, writers, orders=orders)
