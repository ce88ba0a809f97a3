"""A list on its way out of the product: what is no metric by dimension, with the same small print as a card."""

from dataclasses import dataclass, replace
from html import escape

from charts import movement
from charts.figure import Figure
from charts.tokens import BAND, INK, MUTED, UX_TINT
from data.store.generations import Generation
from exports.cards.card import described, running
from exports.cards.entries import Entries, entries
from metrics.analyses.lists import listed
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report import lists, numbers
from report.address import link_to
from report.lists import Column
from report.text.catalogue import say
from report.words import privacy_words, words
from report.words.warnings import note_text

PAGE = {"moves": "ledger"}  # the form whose link opens the page the list stands on; else the stage's
INTERVALS = {"pages": say("exports.listing.n_95_of_exits_per_view_by")}
ROW, HEAD = 34, 40
MOST_DRAWN = 20
SIZES = ("rate", "number")  # what a bar may stand for


@dataclass(frozen=True)
class Listing:
    """`rows` hold what `columns` name, in their order; `print` is the small print as (name, text); `link` opens the same view;
    `head` says whose numbers these are, `method` how they were counted as (name, text); `side` and `unit` are those of what is drawn,
    `native` says what a native chart of it shows.
    """

    name: str
    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple, ...]
    print: tuple[tuple[str, str], ...]
    link: str
    figure: Figure | None
    head: str
    simulated: bool
    method: tuple[tuple[str, str], ...]
    native: str
    side: str = "both"
    unit: str = "count"
    asked: Query | None = None  # the question it answers

    @property
    def at(self) -> dict[str, int]:
        """Key of a column → its place in a row."""
        return {column.key: place for place, column in enumerate(self.columns)}


def listing_of(name: str, query: Query, generation: Generation, address: str = "") -> Listing:
    """The list of this generation. `query` names journey, period and stage; its filters do not apply, and the small print says so."""
    known = context.read(generation)
    query = resolve(query, known)
    found, columns = listed(name, query, generation), lists.COLUMNS[name]
    stages = list(known.stages[query.journey])
    rows = sorted(found.rows, key=lambda row: stages.index(row["from_stage"])) if name == "moves" else found.rows
    shown = [lists.cells(name, row) for row in rows]
    link = link_to(query, PAGE.get(name, "pair"), address)
    figure = movement.arcs(found.rows, stages) if name == "moves" else None
    return Listing(
        name,
        lists.title(name, found, query, stages),
        lists.what(name, found),
        columns,
        tuple(tuple(row[c.key] for c in columns) for row in shown),
        _small_print(name, found, query, known, link),
        link,
        figure,
        headed(known.company, query),
        known.simulated,
        ((say("exports.listing.counted"), lists.HOW[name]),),
        lists.NATIVE[name],
    )


def headed(company: str, query: Query) -> str:
    """Company, journey and period, as above every slide."""
    return f"{company}  ·  {query.journey}  ·  {words.span(query.start, query.end)}"


def _small_print(name: str, found, query: Query, known: context.Context, link: str) -> Entries:
    """Filters, period, n, data as of, suppression, link: what every artefact carries. Counts have no interval, and it says so."""
    ignored = [f"{DIMENSIONS.get(name, name)} {value}" for name, value in query.filters]
    mind = [say("exports.listing.the_filter_on_does_not_apply", ignored=words.listed(ignored))] if ignored else []
    mind += [say("exports.listing.simulated_data")] if known.simulated else []
    return entries(
        described(known.company, replace(query, filters=())),
        words.span(query.start, query.end),
        INTERVALS.get(name, say("exports.listing.none_counts_as_they_were_recorded")),
        known.data_as_of,
        "; ".join([privacy_words.in_print(known.shows, query.confidential), *map(note_text, found.notes)]),
        link,
        n=f"{numbers.whole(found.n)} {found.grain}",
        mind=mind,
    )


def print_line(listing: Listing) -> str:
    """The small print as one running line."""
    return running(listing.print)


def figure_of(listing: Listing) -> Figure:
    """The chart of the page where there is one, else the list as a table with its shares as bars behind the names."""
    if listing.figure is not None:
        return listing.figure
    rows, numeric = (
        listing.rows[:MOST_DRAWN],
        [i for i, column in enumerate(listing.columns) if column.kind != "text" and column.drawn],
    )
    share = next((i for i in numeric if listing.columns[i].kind in SIZES), None)
    most = max((row[share] for row in rows), default=0) if share is not None else 0
    figure = Figure(
        HEAD + ROW * len(rows),
        top=0,
        bottom=0,
        xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [-len(rows) - 0.5, 0.6], "visible": False},
    )
    right = {i: 1 - 0.16 * place for place, i in enumerate(reversed(numeric))}
    figure.note(0, 0, f"<b>{listing.columns[0].head}</b>")
    for i, x in right.items():
        figure.note(x, 0, f"<b>{listing.columns[i].head}</b>", anchor="right")
    figure.rule(0, -0.5, 1, -0.5, color=INK)
    for place, row in enumerate(rows, 1):
        if share is not None and most:
            figure.box(
                0,
                -place - 0.4,
                (1 - 0.16 * len(numeric)) * row[share] / most,
                -place + 0.4,
                UX_TINT if listing.name == "pages" else BAND,
            )
        figure.note(0, -place, escape(str(row[0]), quote=False), xshift=6)
        for i, x in right.items():
            figure.note(
                x,
                -place,
                written(row[i], listing.columns[i].kind),
                anchor="right",
                color=MUTED if listing.columns[i].key == "persons" else INK,
            )
        figure.rule(0, -place - 0.5, 1, -place - 0.5)
    return figure


def written(value: object, kind: str) -> str:
    """A value as people read it."""
    if value is None:
        return "–"
    return {
        "count": lambda v: numbers.whole(v),
        "rate": lambda v: numbers.percent(v, 1),
        "number": lambda v: numbers.fixed(v, 1),
        "day": words.day,
    }.get(kind, str)(value)
