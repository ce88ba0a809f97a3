"""A sheet of an analysis on its way out: the same words and numbers as on its page, with the small print every artefact carries."""

from charts import curves, marks
from charts.figure import Figure
from charts.walks import waterfall
from data.store.generations import Generation
from exports.cards.card import described
from exports.cards.entries import entries
from exports.cards.listing import Listing, headed
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report import numbers
from report.address import link_to
from report.lists import Column
from report.sheets.registry import ANALYSES, FORMS
from report.sheets.sheet import Sheet, caveats
from report.text.catalogue import say
from report.words import privacy_words, words


def sheet_of(form: str, query: Query, generation: Generation, address: str = "") -> Listing:
    """The sheet of this form: its columns as people read them, then its numbers unrounded."""
    known = context.read(generation)
    analysis = ANALYSES[FORMS[form]]
    made = analysis.tell(analysis.ask(query, generation))
    asked = resolve(made.query, known)
    found = made.of(form) or Sheet(form, form, made.title, made.standfirst)
    link = link_to(asked, form, address)
    names = list(dict.fromkeys(name for record in found.records for name in record))
    same = found.numbers and len(found.records) == len(found.rows)
    said = {head.casefold() for head in found.heads}  # a workbook's table refuses two columns of one name
    plain = tuple(
        Column(name, f"{name}_" if name.casefold() in said else name, _kind(found, name), drawn=False)
        for name in (names if same else ())
    )
    told = tuple(Column(f"text_{place}", head) for place, head in enumerate(found.heads))
    rows = tuple(
        (*row, *((found.records[place].get(name) for name in names) if same else ()))
        for place, row in enumerate(found.rows)
    )
    caveat = caveats(made.warnings)
    small_print = entries(
        described(known.company, asked),
        words.span(asked.start, asked.end),
        made.interval or numbers.percent(asked.level),
        known.data_as_of,
        privacy_words.in_print(known.shows, asked.confidential),
        link,
        read=found.foot,
        mind=(caveat, say("exports.listing.simulated_data") if known.simulated else ""),
    )
    return Listing(
        form,
        found.title,
        found.what,
        (*told, *plain),
        rows,
        small_print,
        link,
        _figure(found),
        headed(known.company, asked),
        known.simulated,
        ((say("exports.cause_list.counted"), found.what),),
        found.what,
    )


def _kind(sheet: Sheet, name: str) -> str:
    values = [record[name] for record in sheet.records if record.get(name) is not None]
    return "number" if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values) else "text"  # fmt: skip


def _figure(sheet: Sheet) -> Figure | None:
    if sheet.marks and sheet.marks.marks:
        return marks.figure(sheet.marks)
    if sheet.curves and sheet.curves.curves:
        return curves.figure(sheet.curves)
    return waterfall.figure(sheet.falls) if sheet.falls else None
