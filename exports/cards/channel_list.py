"""The comparison of a stage's channels on its way out: every channel as measured and at the same task, with what may be said."""

from charts.channels import figure
from data.store.generations import Generation
from exports.cards.card import SUPPRESSION, dated, described
from exports.cards.listing import Listing, headed
from exports.cards.notes import definition_lines
from metrics.analyses.channels import Channel, ChannelComparison, compare_channels
from metrics.query import context
from metrics.query.context import Context
from metrics.query.query import Query
from report import numbers
from report.address import link_to
from report.lists import Column
from report.words import channel_words, words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts


def channels_of(query: Query, generation: Generation, address: str = "") -> Listing:
    """The comparison of the query's one metric in its one stage. Bounds are those of the intervals drawn."""
    made = compare_channels(query, generation)
    kind = "rate" if made.definition.unit == "rate" else "number"
    columns = (
        Column("channel", "Channel"),
        Column("same_task", "At the same task", kind),
        Column("same_task_low", "Low", kind),
        Column("same_task_high", "High", kind),
        Column("measured", "As measured", kind),
        Column("measured_low", "Low, measured", kind),
        Column("measured_high", "High, measured", kind),
        Column("n", "n", "count"),
        Column("standing", "What may be said"),
    )
    link, known = link_to(made.query, "ledger", address), context.read(generation)
    return Listing(
        "channels",
        channel_words.title(made),
        channel_words.what(made),
        columns,
        tuple(_row(c) for c in made.channels),
        _small_print(made, known, link),
        link,
        figure(made),
        headed(known.company, made.query),
        known.simulated,
        tuple(definition_lines(made.definition)),
        channel_words.native(made),
        made.definition.side,
        made.definition.unit,
    )


def _row(channel: Channel) -> tuple:
    """A withheld channel has its reason and no number, not even n."""
    fair, raw = channel.standardised, channel.raw
    own = (fair.value, fair.low, fair.high) if fair else (None, None, None)
    said = f"{channel.standing}: {reason_text(channel.reason)}" if channel.reason else str(channel.standing)
    return (channel.name, *own, *((raw.value, raw.low, raw.high, raw.n) if raw.valued else (None,) * 4), said)


def _small_print(made: ChannelComparison, known: Context, link: str) -> tuple[tuple[str, str], ...]:
    query = made.query
    total = sum(channel.raw.n for channel in made.channels if channel.raw.valued)
    entries = [
        ("Shown", described(known.company, query)),
        ("Period", words.span(query.start, query.end)),
        ("n", f"{numbers.whole(total)} {made.definition.grain}s"),
        ("Interval", f"{numbers.percent(query.level)}, {made.definition.interval.split(';')[0]}"),
        ("Metric", f"{made.definition.id} v{made.definition.version}"),
        ("Data as of", dated(known.data_as_of)),
        ("Privacy", SUPPRESSION),
    ]
    entries += [("Compared", text)] if (text := channel_words.foot(made)) else []
    entries += [("Mind", text) for text in warning_texts(made.warnings)]
    return (*entries, ("Link", link))
