"""Topics, the complaint box and the words themselves in sentences. A topic is never called a cause."""

from metrics.analyses.voice.comments import Comments
from metrics.analyses.voice.model import BoxEntry, Change, ComplaintBox, Part, Topic, Voice
from metrics.codes import NoteCode
from metrics.statistics.core import Estimate
from report import numbers
from report.text.catalogue import say
from report.words.reasons import reason_text

FELT = {
    "positive": say("voice.words.positive"),
    "neutral": say("voice.words.neutral"),
    "negative": say("voice.words.negative"),
    "not scored": say("voice.words.not_scored"),
}
WRITTEN_IN = {"survey": say("voice.words.survey"), "ticket": say("voice.words.ticket")}
LEAST_SCORED = 30  # texts, for a topic to be called the least kind one

ORDERS = {
    "drawn": say("voice.order.drawn"),
    "newest": say("voice.order.newest"),
    "oldest": say("voice.order.oldest"),
    "low": say("voice.order.lowest"),
    "longest": say("voice.order.longest"),
}
IN_ORDER = {
    "drawn": say("voice.order.in_drawn"),
    "newest": say("voice.order.in_newest"),
    "oldest": say("voice.order.in_oldest"),
    "low": say("voice.order.in_lowest"),
    "longest": say("voice.order.in_longest"),
}


def title(voice: Voice) -> str:
    """What most write about, and what least kindly."""
    if voice.refused:
        return say("voice.topics.cannot", reason=reason_text(voice.refused))
    if not voice.topics:
        return say("voice.topics.no_topic", texts=numbers.whole(voice.texts))
    first = voice.topics[0]
    said = say(
        "voice.topics.most_written_of",
        name=first.name,
        share=numbers.percent(value(first.whole.share)),
        texts=numbers.whole(voice.texts),
    )
    known = [one for one in voice.topics if not one.found and one.whole.net and one.whole.scored >= LEAST_SCORED]
    worst = min(known, key=lambda topic: value(topic.whole.net) or 0.0, default=None)
    if worst is None or (value(worst.whole.net) or 0) >= 0:
        return said + "."
    net = numbers.number(value(worst.whole.net), "points", digits=0)
    return said + say("voice.topics.least_kind", name=worst.name, net=net) + "."


def value(estimate: Estimate | None) -> float | None:
    """The value of an estimate, where there is one."""
    return estimate.value if estimate else None


def subtitle(voice: Voice) -> str:
    """What is counted, of how many."""
    if voice.refused:
        return ""
    return say(
        "voice.topics.what",
        span=numbers.span(voice.query.start, voice.query.end),
        texts=numbers.whole(voice.texts),
        persons=numbers.whole(voice.persons),
        linked=numbers.percent(voice.linked),
    ) + (" " + say("voice.topics.unmoved_means") if any(topic.share_change for topic in voice.topics) else "")


def footnote(voice: Voice) -> str:
    """How to read it, and what was left out."""
    if voice.refused:
        return ""
    parts = [say("voice.topics.sentiment"), say("voice.topics.not_why")]
    if voice.texts:
        parts.append(say("voice.topics.of_no_topic", share=numbers.percent(voice.none / voice.texts)))
    if voice.left_out:
        parts.append(say("voice.topics.too_few", count=voice.left_out))
    return " ".join([*parts, say("voice.topics.own_file")])


def name(topic: Topic) -> str:
    """A topic's name, and that it was found where nobody named it."""
    return say("voice.topics.found_in_texts", name=topic.name) if topic.found else topic.name


def stage(name_of: str) -> str:
    """A stage, or the journey where a text is of none."""
    return name_of or say("voice.topics.journey")


def share(part: Part | None) -> str:
    """A share of the texts with its interval."""
    return _bounded(part.share, "rate") if part and part.share else say("voice.topics.too_few_wrote")


def net_words(part: Part | None) -> str:
    """How kindly, with its interval."""
    if part is None or not part.persons:
        return say("voice.topics.too_few_wrote")
    return _bounded(part.net, "points") if part.net else say("voice.topics.not_scored")


def cell_words(part: Part | None) -> str:
    """Share and sentiment of a cell of the table of stages, without intervals: those stand in the files."""
    if part is None or not part.persons:
        return "–"
    felt = numbers.number(value(part.net), "points", digits=0) if part.net else "–"
    return say("voice.topics.in_stage", share=numbers.percent(value(part.share)), net=felt)


def _bounded(estimate: Estimate, unit: str) -> str:
    shown = numbers.value(estimate.value, unit) if unit == "rate" else numbers.number(estimate.value, unit, digits=0)
    return say(
        "voice.topics.value", value=shown, interval=numbers.interval(estimate.low, estimate.high, unit, digits=0)
    )


def change(change: Change | None, unit: str) -> str:
    """A change with its interval; a word where it is beyond what weeks do or cannot be judged, none where it is within: the subtitle says so."""
    if change is None or change.difference.estimate.value is None:
        return say("voice.topics.change_none")
    gap = change.difference.estimate
    digits = 1 if unit == "rate" else 0
    size = {
        "difference": numbers.number(gap.value, unit, plus=True, digits=digits),
        "interval": numbers.interval(gap.low, gap.high, unit, plus=True, digits=digits),
    }
    if change.weeks and not change.told:
        return say("voice.topics.unmoved", **size)
    return say(
        "voice.topics.changed",
        **size,
        standing=say("voice.topics.change_told") if change.told else say("voice.topics.change_few_weeks"),
    )


def box_title(box: ComplaintBox) -> str:
    """The pair that is surest, or that there is none."""
    if box.refused:
        return say("voice.box.cannot", reason=reason_text(box.refused))
    told = [one for one in box.found if one.told]
    if told:
        first = told[0]
        return say(
            "voice.box.more_than_elsewhere",
            asked=first.asked,
            about=first.about,
            share=numbers.percent(first.share.value),
            other=numbers.percent(first.other),
        )
    return say("voice.box.nothing") if box.found else say("voice.box.not_tested")


def box_what(box: ComplaintBox) -> str:
    """Who is counted."""
    if box.refused:
        return ""
    return say(
        "voice.box.what",
        span=numbers.span(box.query.start, box.query.end),
        persons=numbers.whole(box.persons),
    )


def box_cell(box: ComplaintBox, asked: str, about: str) -> str:
    """A pair of the table: its share and people, marked where surely more than elsewhere."""
    both = (box.counts or {}).get((asked, about))
    if both is None:
        return say("voice.box.few")
    shown = {"share": numbers.percent(both[0] / both[1] if both[1] else None), "persons": numbers.whole(both[0])}
    told = any(one.told and (one.asked, one.about) == (asked, about) for one in box.found)
    return say("voice.box.marked", **shown) if told else say("voice.box.cell", **shown)


def box_detail(one: BoxEntry) -> str:
    """A pair in full."""
    return say(
        "voice.box.detail",
        persons=numbers.whole(one.persons),
        of=numbers.whole(one.of),
        asked=one.asked,
        about=one.about,
        difference=numbers.number(one.difference.value, "rate", digits=0),
        interval=numbers.interval(one.difference.low, one.difference.high, "rate", digits=0),
        unkind=numbers.whole(one.unkind),
        scored=numbers.whole(one.scored),
    )


def words_title(comments: Comments) -> str:
    """How many texts there are."""
    if not comments.rows:
        return say("voice.words.none")
    return say("voice.words.title", count=comments.texts, texts=numbers.whole(comments.texts))


def words_what(comments: Comments) -> str:
    """By how many, or why none is shown."""
    if comments.note and comments.note.code is NoteCode.NO_COMMENTS:
        return say("voice.words.no_right")
    if comments.note:
        return say("voice.words.few", least=comments.note.numbers["least"])
    if not comments.rows:
        return say("voice.words.nothing")
    return say("voice.words.what", writers=numbers.whole(comments.writers), order=IN_ORDER[comments.cut.order])


def topic_words(topics: list[str]) -> str:
    """What a text is about."""
    return say("voice.words.about", topics=", ".join(topics)) if topics else say("voice.words.no_topic")
