"""What people say as text for a terminal or a script: table, json, csv, parquet."""

from pathlib import Path
from typing import Any

from metrics.analyses.voice.model import ComplaintBox, Voice
from report import numbers
from report.tables import aligned, delivered
from report.text.catalogue import say
from report.voice import words
from report.voice.rows import box_rows, rows
from report.words.warnings import warning_texts


def render(voice: Voice, box: ComplaintBox, style: str, out: Path | None = None) -> str:
    """Topics, then the complaint box; csv and parquet hold the topics. Raises UserError where parquet has no file."""
    return delivered(rows(voice), lambda: _table(voice, box), lambda: _record(voice, box), style, out)


def _record(voice: Voice, box: ComplaintBox) -> dict[str, Any]:
    return {
        "journey": voice.query.journey,
        "period": [day and day.isoformat() for day in (voice.query.start, voice.query.end)],
        "finding": words.title(voice),
        "texts": voice.texts,
        "people": voice.persons,
        "linked": voice.linked,
        "topics": rows(voice),
        "of_no_topic": voice.none,
        "complaint_box": {"finding": words.box_title(box), "pairs": box_rows(box)},
        "warnings": warning_texts(voice.warnings),
    }


def _table(voice: Voice, box: ComplaintBox) -> str:
    head = [
        say("voice.head.topic"),
        say("voice.head.texts"),
        say("voice.head.people"),
        say("voice.head.share"),
        say("voice.head.net"),
        say("voice.head.share_change"),
        say("voice.head.net_change"),
    ]
    lines = [
        [
            words.name(topic),
            numbers.whole(topic.whole.texts),
            numbers.whole(topic.whole.persons),
            words.share(topic.whole),
            words.net_words(topic.whole),
            words.change(topic.share_change, "rate"),
            words.change(topic.net_change, "points"),
        ]
        for topic in voice.topics
    ]
    return "\n".join(
        part
        for part in [
            words.title(voice),
            words.subtitle(voice),
            aligned([head, *lines]) if lines else "",
            words.footnote(voice),
            "",
            words.box_title(box),
            words.box_what(box),
            *(words.box_detail(one) for one in box.found if one.told),
            " · ".join(warning_texts(voice.warnings)),
        ]
        if part is not None
    ).rstrip("\n")
