"""Topics and the complaint box on their way out: each share with its interval, people, and how it was counted."""

from data.store.generations import Generation
from exports.cards.card import described
from exports.cards.entries import Entries, entries
from exports.cards.listing import Listing, headed
from metrics.analyses.voice.box import complaint_box
from metrics.analyses.voice.topics import voice
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report import numbers
from report.address import link_to
from report.lists import Column
from report.text.catalogue import say
from report.voice import words
from report.words import privacy_words
from report.words.warnings import warning_texts

TOPICS = (
    Column("name", say("voice.head.topic")),
    Column("value", say("voice.head.share"), "rate"),
    Column("low", say("voice.head.low"), "rate"),
    Column("high", say("voice.head.high"), "rate"),
    Column("people", say("voice.head.people"), "count"),
    Column("texts", say("voice.head.texts"), "count", drawn=False),
    Column("net", say("voice.head.net"), "number"),
    Column("net_low", say("voice.head.low"), "number", drawn=False),
    Column("net_high", say("voice.head.high"), "number", drawn=False),
    Column("share_change", say("voice.head.share_change")),
    Column("net_change", say("voice.head.net_change")),
    Column("about", say("voice.head.about")),
    Column("words", say("voice.head.words"), drawn=False),
)
PAIRS = (
    Column("name", say("voice.box.asked_about")),
    Column("about", say("voice.head.wrote_about")),
    Column("value", say("voice.head.difference"), "rate"),
    Column("low", say("voice.head.low"), "rate"),
    Column("high", say("voice.head.high"), "rate"),
    Column("people", say("voice.head.people"), "count"),
    Column("share", say("voice.head.share"), "rate"),
    Column("elsewhere", say("voice.head.elsewhere"), "rate"),
    Column("unkind", say("voice.head.unkind"), drawn=False),
    Column("told", say("voice.head.told")),
)


def topics_of(query: Query, generation: Generation, address: str = "") -> Listing:
    """The topics of the query's texts, as on the Voice page."""
    known = context.read(generation)
    made = voice(resolve(query, known), generation)
    link = link_to(made.query, "topics", address)
    rows = tuple(
        (
            words.name(topic),
            *_values(topic.whole.share),
            topic.whole.persons,
            topic.whole.texts,
            *_values(topic.whole.net),
            words.change(topic.share_change, "rate"),
            words.change(topic.net_change, "points"),
            topic.about,
            ", ".join(topic.words),
        )
        for topic in made.topics
    )
    return Listing(
        "topics",
        words.title(made),
        words.subtitle(made),
        TOPICS,
        rows,
        _print(made, known, link, f"{numbers.whole(made.texts)} · {numbers.whole(made.persons)}", words.footnote(made)),
        link,
        None,
        headed(known.company, made.query),
        known.simulated,
        ((say("exports.voice_list.counted"), say("voice.topics.how")),),
        say("voice.topics.native"),
        "cx",
        "rate",
    )


def box_of(query: Query, generation: Generation, address: str = "") -> Listing:
    """The complaint box, as on the Voice page."""
    known = context.read(generation)
    made = complaint_box(resolve(query, known), generation)
    link = link_to(made.query, "complaint_box", address)
    rows = tuple(
        (
            one.asked,
            one.about,
            *_values(one.difference),
            one.persons,
            one.share.value,
            one.other,
            f"{numbers.whole(one.unkind)} / {numbers.whole(one.scored)}",
            say("exports.voice_list.yes") if one.told else say("exports.voice_list.no"),
        )
        for one in made.found
    )
    return Listing(
        "complaint_box",
        words.box_title(made),
        words.box_what(made),
        PAIRS,
        rows,
        _print(made, known, link, numbers.whole(made.persons), say("voice.box.foot")),
        link,
        None,
        headed(known.company, made.query),
        known.simulated,
        ((say("exports.voice_list.counted"), say("voice.box.how")),),
        say("voice.box.native"),
        "cx",
        "rate",
    )


def _values(found) -> tuple:
    return (found.value, found.low, found.high) if found else (None, None, None)


def _print(made, known: context.Context, link: str, n: str, foot: str) -> Entries:
    return entries(
        described(known.company, made.query),
        numbers.span(made.query.start, made.query.end),
        say("exports.voice_list.by_person", level=numbers.percent(made.query.level)),
        known.data_as_of,
        privacy_words.in_print(known.shows, made.query.confidential),
        link,
        n=n,
        mind=(foot, *warning_texts(made.warnings)),
    )
