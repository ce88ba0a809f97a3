"""The causes of a stage on their way out: each with people, size, interval, what was held equal and how good the evidence is."""

from charts.causes import figure
from data.store.generations import Generation
from exports.cards.card import described
from exports.cards.entries import Entries, entries
from exports.cards.listing import Listing, headed
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.causes.model import Cause, StageCauses
from metrics.analyses.portfolio.of_causes import Beside, beside_causes
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report import numbers
from report.address import link_to
from report.lists import Column
from report.text.catalogue import say
from report.words import cause_words, portfolio_words, privacy_words, words
from report.words.warnings import warning_texts

COLUMNS = (
    Column("cause", say("exports.cause_list.people_who")),
    Column("difference", say("exports.cause_list.more_unhappy_than_comparable"), "rate"),
    Column("low", say("exports.cause_list.low"), "rate"),
    Column("high", say("exports.cause_list.high"), "rate"),
    Column("people", say("exports.cause_list.people"), "count"),
    Column("unhappy", say("exports.cause_list.unhappy"), "rate"),
    Column("others", say("exports.cause_list.unhappy_others"), "rate"),
    Column("covers", say("exports.cause_list.share_of_the_unhappy"), "rate"),
    Column("evidence", say("exports.cause_list.evidence")),
    Column("shared", say("exports.cause_list.shared_with_others")),
    Column("amount", say("exports.cause_list.margin_a_year")),
    Column("worth", say("exports.cause_list.worth_a_year")),
    Column("quote", say("exports.cause_list.in_a_customers_words")),
)
HOW = say("exports.cause_list.shares_of_unhappy_people_who_met")


def causes_of(query: Query, generation: Generation, address: str = "") -> Listing:
    """The causes of the query's one stage over at least a year of answers up to its end, as on the Stage page."""
    known = context.read(generation)
    made = causes(standing_query(resolve(query, known), known), generation)
    beside = beside_causes(made.query, made, generation)
    link = link_to(made.query, "pair", address)
    return Listing(
        "causes",
        cause_words.title(made),
        cause_words.subtitle(made),
        COLUMNS,
        tuple(_row(cause, one, made) for cause, one in zip(made.causes, beside)),
        _small_print(made, known, link),
        link,
        figure(made) if made.causes else None,
        headed(known.company, made.query),
        known.simulated,
        ((say("exports.cause_list.counted"), HOW),),
        cause_words.native_caption(made),
        "cx",
        "rate",
    )


def _row(cause: Cause, beside: Beside, causes: StageCauses) -> tuple:
    found = cause.difference
    return (
        cause_words.exposure_clause(cause),
        found.value,
        found.low,
        found.high,
        cause.persons,
        cause.unhappy,
        cause.unhappy_else,
        cause.covers,
        cause_words.evidence(cause),
        "; ".join(cause_words.shared(cause, causes)),
        portfolio_words.cause_amount(beside),
        portfolio_words.cause_worth(cause, beside),
        "" if beside.quote is None else f"“{beside.quote.comment}” ({portfolio_words.cause_quote(beside.quote)})",
    )


def _small_print(causes: StageCauses, known: context.Context, link: str) -> Entries:
    answers, persons = numbers.whole(causes.answers), numbers.whole(causes.persons)
    level = numbers.percent(causes.query.level)
    return entries(
        described(known.company, causes.query),
        words.span(causes.query.start, causes.query.end),
        say("exports.cause_list.of_the_difference_within_strata_jackknife", level=level),
        known.data_as_of,
        privacy_words.in_print(known.shows, causes.query.confidential),
        link,
        n=say("exports.cause_list.answers_of_people", answers=answers, persons=persons),
        compared=cause_words.footnote(causes),
        mind=warning_texts(causes.warnings),
    )
