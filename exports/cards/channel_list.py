"""The comparison of a stage's channels on its way out: every channel as measured and at the same task, with what may be said."""

from charts.channels import figure
from data.store.generations import Generation
from exports.cards.card import described
from exports.cards.entries import Entries, entries
from exports.cards.listing import Listing, headed
from exports.cards.notes import definition_lines
from metrics.analyses.channels import Channel, ChannelComparison, compare_channels
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query
from report import numbers
from report.address import link_to
from report.lists import Column
from report.text.catalogue import say
from report.words import channel_words, privacy_words, words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts


def channels_of(query: Query, generation: Generation, address: str = "") -> Listing:
    """The comparison of the query's one metric in its one stage. Bounds are those of the intervals drawn."""
    made = compare_channels(query, generation)
    kind = "rate" if made.definition.unit == "rate" else "number"
    columns = (
        Column("channel", say("exports.channel_list.channel")),
        Column("same_task", say("exports.channel_list.at_the_same_task"), kind),
        Column("same_task_low", say("exports.channel_list.low"), kind),
        Column("same_task_high", say("exports.channel_list.high"), kind),
        Column("measured", say("exports.channel_list.as_measured"), kind),
        Column("measured_low", say("exports.channel_list.low_measured"), kind),
        Column("measured_high", say("exports.channel_list.high_measured"), kind),
        Column("n", say("exports.card.n"), "count"),
        Column("standing", say("exports.channel_list.what_may_be_said")),
    )
    link, known = link_to(made.query, "ledger", address), context.read(generation)
    return Listing(
        "channels",
        channel_words.title(made),
        channel_words.subtitle(made),
        columns,
        tuple(_row(c) for c in made.channels),
        _small_print(made, known, link),
        link,
        figure(made),
        headed(known.company, made.query),
        known.simulated,
        tuple(definition_lines(made.definition)),
        channel_words.native_caption(made),
        made.definition.side,
        made.definition.unit,
    )


def _row(channel: Channel) -> tuple:
    """A withheld channel has its reason and no number, not even n."""
    fair, raw = channel.standardised, channel.raw
    own = (fair.value, fair.low, fair.high) if fair else (None, None, None)
    said = f"{channel.standing}: {reason_text(channel.reason)}" if channel.reason else str(channel.standing)
    return (channel.name, *own, *((raw.value, raw.low, raw.high, raw.n) if raw.valued else (None,) * 4), said)


def _small_print(comparison: ChannelComparison, known: Context, link: str) -> Entries:
    query = comparison.query
    total = sum(channel.raw.n for channel in comparison.channels if channel.raw.valued)
    return entries(
        described(known.company, query),
        words.span(query.start, query.end),
        f"{numbers.percent(query.level)}, {comparison.definition.interval.split(';')[0]}",
        known.data_as_of,
        privacy_words.in_print(known.shows, query.confidential),
        link,
        n=f"{numbers.whole(total)} {comparison.definition.grain}s",
        metric=f"{comparison.definition.id} v{comparison.definition.version}",
        compared=channel_words.footnote(comparison),
        mind=warning_texts(comparison.warnings),
    )
