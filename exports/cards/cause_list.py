"""The causes of a stage on their way out: each with people, size, interval, what was held equal and how good the evidence is."""

from charts.causes import figure
from data.store.generations import Generation
from exports.cards.card import SUPPRESSION, dated, described
from exports.cards.listing import Listing, headed
from metrics.analyses.causes.find import causes, standing_query
from metrics.analyses.causes.model import Cause, StageCauses
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report import numbers
from report.address import link_to
from report.lists import Column
from report.words import cause_words, words
from report.words.warnings import warning_texts

COLUMNS = (
    Column("cause", "People who"),
    Column("difference", "More unhappy than comparable", "rate"),
    Column("low", "Low", "rate"),
    Column("high", "High", "rate"),
    Column("people", "People", "count"),
    Column("unhappy", "Unhappy", "rate"),
    Column("others", "Unhappy, others", "rate"),
    Column("covers", "Share of the unhappy", "rate"),
    Column("evidence", "Evidence"),
    Column("shared", "Shared with others"),
)
HOW = (
    "Shares of unhappy people who met something and who did not, within strata of what is held equal (Mantel–Haenszel), delete-a-group jackknife "
    "by person; only what was met before the answer. Told where the 95 % interval excludes 0, the difference is at least 3 points and it holds "
    "among all that was looked at (Benjamini–Hochberg, q = .05)."
)


def causes_of(query: Query, generation: Generation, address: str = "") -> Listing:
    """The causes of the query's one stage over at least a year of answers up to its end, as on the Stage page."""
    known = context.read(generation)
    made = causes(standing_query(resolve(query, known), known), generation)
    link = link_to(made.query, "pair", address)
    return Listing(
        "causes",
        cause_words.title(made),
        cause_words.what(made),
        COLUMNS,
        tuple(_row(cause, made) for cause in made.causes),
        _small_print(made, known, link),
        link,
        figure(made) if made.causes else None,
        headed(known.company, made.query),
        known.simulated,
        (("Counted", HOW),),
        cause_words.native(made),
        "cx",
        "rate",
    )


def _row(cause: Cause, made: StageCauses) -> tuple:
    found = cause.difference
    return (
        cause_words.met(cause),
        found.value,
        found.low,
        found.high,
        cause.persons,
        cause.unhappy,
        cause.unhappy_else,
        cause.covers,
        cause_words.evidence(cause),
        "; ".join(cause_words.shared(cause, made)),
    )


def _small_print(made: StageCauses, known: context.Context, link: str) -> tuple[tuple[str, str], ...]:
    entries = [
        ("Shown", described(known.company, made.query)),
        ("Period", words.span(made.query.start, made.query.end)),
        ("n", f"{numbers.whole(made.answers)} answers of {numbers.whole(made.persons)} people"),
        ("Interval", f"{numbers.percent(made.query.level)}, of the difference within strata, jackknife by person"),
        ("Data as of", dated(known.data_as_of)),
        ("Privacy", SUPPRESSION),
    ]
    entries += [("Compared", cause_words.foot(made))] if cause_words.foot(made) else []
    entries += [("Mind", text) for text in warning_texts(made.warnings)]
    return (*entries, ("Link", link))
