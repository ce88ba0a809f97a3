"""A card: one chart on its way out of the product, with everything that must travel with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.errors import UserError
from exports.cards.entries import entries
from metrics.analyses.changes import Change
from metrics.analyses.stage_scores import Position
from metrics.catalogue.definition import Definition
from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.query.query import Query
from metrics.query.resolve import other_period
from metrics.query.result import Cell, Result, State
from report import numbers
from report.address import link_to
from report.tables import besides
from report.text.catalogue import say
from report.titles import title_of
from report.words import privacy_words, words
from report.words.warnings import warning_texts

LINES = 4  # a trend of more cannot be told apart
FORMS = ("throughline", "stages", "trend", "breakdown", "pair", "ledger")
WITHHELD = (State.SUPPRESSED, State.REFUSED)
GRAINS = {"person": "people"}


@dataclass(frozen=True)
class Card:
    """`title` is the finding as a sentence, `subtitle` what is drawn, `link` the address that opens the same view.

    `places` (throughline only) bring the company's minimum and target of each stage, and the name of a stage where UX and CX diverge.
    """

    title: str
    subtitle: str
    form: str
    result: Result
    link: str
    places: tuple[Position, ...] = ()

    @property
    def definitions(self) -> list[Definition]:
        return [self.result.definitions[metric] for metric in self.result.query.metrics]


def card_of(
    result: Result,
    form: str | None = None,
    address: str = "",
    places: tuple[Position, ...] = (),
    changes: Sequence[Change] = (),
) -> Card:
    """The card of a result, with its title and subtitle by rule; `changes` are the judged changes of its question. Raises UserError
    for a form the result does not have."""
    form = form or form_of(result)
    if form not in FORMS:
        raise UserError(
            say("exports.card.there_is_no_such_form_of"), where="form", found=form, allowed=", ".join(FORMS)
        )
    _check(result, form)
    return Card(
        title_of(result, form, places, changes),
        subtitle(result, form, bool(places)),
        form,
        result,
        link_to(result.query, form, address),
        places,
    )


def form_of(result: Result) -> str:
    """The form that answers the question a result was asked."""
    by = result.query.by
    if any(name in TIMES for name in by):
        return "trend" if len({_line(cell) for cell in result.cells}) <= LINES else "breakdown"
    if not by and all(d.measure.kind == "pair" for d in result.definitions.values()):
        return "pair"
    if by == ("stage",):
        return "stages" if len(result.query.metrics) == 1 else "ledger"
    return "breakdown"


def _line(cell: Cell) -> tuple:
    """Which line over time a cell is a point of."""
    return (cell.metric, *(value for name, value in cell.by.items() if name not in TIMES))


def _check(result: Result, form: str) -> None:
    """Forms of one scale take one metric; more would share an axis they do not have."""
    query = result.query
    if form in ("stages", "trend", "breakdown") and len(query.metrics) > 1:
        raise UserError(
            say("exports.card.a_card_draws_one_metric", form=form),
            where="metrics",
            found=", ".join(query.metrics),
            fix=say("exports.card.make_a_card_of_each"),
        )
    if form == "trend" and not any(name in TIMES for name in query.by):
        raise UserError(
            say("exports.card.a_trend_needs_a_breakdown_by"), where="by", found=", ".join(query.by) or "none"
        )
    if form in ("stages", "ledger", "throughline") and query.by != ("stage",):
        raise UserError(
            say("exports.card.a_card_needs_a_breakdown_by", form=form), where="by", found=", ".join(query.by) or "none"
        )


def subtitle(result: Result, form: str, scored: bool = False) -> str:
    """What is drawn, in one line."""
    query = result.query
    found = result.definitions[query.metrics[0]]
    level = say("exports.card.intervals", level=numbers.percent(query.level))
    if form == "throughline":
        return say(
            "exports.card.ux_what_people_did_and_cx",
            part=say("exports.card.beside_our_minimum_and_target") if scored else "",
            level=level,
        )
    if form == "ledger":
        return say("exports.card.each_number_with_its_by_stage", level=level[:-1])
    if form == "pair":
        return say("exports.card.answered_occasions_how_they_went_beside", level=level)
    by = say("words.and").join(DIMENSIONS.get(name, name) for name in query.by) or say("exports.card.one_number")
    return say("exports.card.by", sentence=found.sentence.rstrip("."), by=by, level=level)


def small_print(card: Card) -> tuple[tuple[str, str], ...]:
    """What every artefact carries: filters, both periods, n, interval, metric and version, data as of, suppression, link."""
    result, query = card.result, card.result.query
    warned = (*result.warnings, *(w for c in result.cells for w in c.warnings))
    return entries(
        shown(card),
        periods(result),
        f"{numbers.percent(query.level)}, {methods(card)}",
        result.data_as_of,
        privacy_words.in_print(result.shows, query.confidential),
        card.link,
        n=counts(card),
        metric=", ".join(f"{d.id} v{d.version}" for d in card.definitions),
        beside=besides(result),
        mind=dict.fromkeys(warning_texts(warned)),
    )


def print_line(card: Card, *, link: bool = True) -> str:
    """The small print as one running line."""
    return running(entry for entry in small_print(card) if link or entry[0] != say("exports.card.link"))


def running(found: Iterable[tuple[str, str]]) -> str:
    """Small print as one line."""
    return " · ".join(f"{name}: {text}" for name, text in found)


def shown(card: Card) -> str:
    """Company, journey, stages and every active filter."""
    return described(card.result.company, card.result.query)


def described(company: str, query: Query) -> str:
    """What a question is about: company, journey, stages, filters."""
    filters = [f"{DIMENSIONS.get(name, name)} {value.replace(',', ', ')}" for name, value in query.filters]
    stages = words.listed(list(query.stages)) if query.stages else say("exports.card.all_stages")
    return ", ".join(
        [
            company,
            query.journey or say("exports.card.all_journeys"),
            stages,
            *(filters or [say("exports.card.everyone_no_filter")]),
        ]
    )


def periods(result: Result) -> str:
    """The days covered, and those they are compared with."""
    text = words.span(*result.period)
    return text + (
        say("exports.card.against", span=words.span(*other_period(result.query)))
        if result.query.compare and result.query.start
        else ""
    )


def counts(card: Card) -> str:
    """n of each metric over the cells that show a number; withheld cells add nothing."""
    if card.form == "ledger":
        return _spread(card)
    said = []
    for definition in card.definitions:
        found = [cell.n for cell in card.result.of(definition.id) if cell.valued]
        grain = GRAINS.get(definition.grain, definition.grain + "s")
        name = "" if len(card.definitions) == 1 else f"{definition.short} "
        if found:
            spread = (
                say("exports.card.to_each", found=numbers.whole(min(found)), found2=numbers.whole(max(found)))
                if len(found) > 1
                else ""
            )
            said.append(f"{name}{numbers.whole(sum(found))} {grain}{spread}")
    return "; ".join(said) or say("exports.card.nothing_that_may_be_shown")


def _spread(card: Card) -> str:
    """Smallest and largest n of a ledger's cells, each with what it counts."""
    found = sorted((cell.n, card.result.definitions[cell.metric].grain) for cell in card.result.cells if cell.valued)
    if not found:
        return say("exports.card.nothing_that_may_be_shown")
    said = [f"{numbers.whole(n)} {GRAINS.get(grain, grain + 's')}" for n, grain in (found[0], found[-1])]
    return say("exports.card.from_to_a_cell", said=said[0], said2=said[1])


def methods(card: Card) -> str:
    """How the intervals were made, the first clause of each method once; the notes hold them in full."""
    return ", ".join(dict.fromkeys(d.interval.split(";")[0] for d in card.definitions))
