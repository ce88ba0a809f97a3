"""What people say as text for a terminal or a script: table, json, csv, parquet."""

import json
from pathlib import Path

from metrics.analyses.voice.model import ComplaintBox, Voice
from report import numbers
from report.tables import aligned, delivered
from report.text.catalogue import say
from report.voice import words
from report.voice.rows import box_rows, rows
from report.words.warnings import warning_texts


def render(made: Voice, box: ComplaintBox, style: str, out: Path | None = None) -> str:
    """Topics, then the complaint box; csv and parquet hold the topics. Raises UserError where parquet has no file."""
    return delivered(rows(made), lambda: _table(made, box), lambda: _json(made, box), style, out)


def _json(made: Voice, box: ComplaintBox) -> str:
    return json.dumps(
        {
            "journey": made.query.journey,
            "period": [day and day.isoformat() for day in (made.query.start, made.query.end)],
            "finding": words.title(made),
            "texts": made.texts,
            "people": made.persons,
            "linked": made.linked,
            "topics": rows(made),
            "of_no_topic": made.none,
            "complaint_box": {"finding": words.box_title(box), "pairs": box_rows(box)},
            "warnings": warning_texts(made.warnings),
        },
        ensure_ascii=False,
        indent=2,
    )


def _table(made: Voice, box: ComplaintBox) -> str:
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
            words.net(topic.whole),
            words.change(topic.share_change, "rate"),
            words.change(topic.net_change, "points"),
        ]
        for topic in made.topics
    ]
    return "\n".join(
        part
        for part in [
            words.title(made),
            words.what(made),
            aligned([head, *lines]) if lines else "",
            words.foot(made),
            "",
            words.box_title(box),
            words.box_what(box),
            *(words.box_detail(one) for one in box.found if one.told),
            " · ".join(warning_texts(made.warnings)),
        ]
        if part is not None
    ).rstrip("\n")
