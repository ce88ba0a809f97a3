"""Topics and the complaint box as plain data: a flat row a topic and stage, a flat row a tested pair."""

from typing import Any

from metrics.analyses.voice.model import Change, ComplaintBox, Part, Topic, Voice
from report.rows.estimates import bounds


def rows(voice: Voice) -> list[dict[str, Any]]:
    """One flat row a topic and stage; `stage` None is all texts, "" those of the journey as a whole. Shares are 0–1, sentiment −100…100."""
    return [
        _row(topic, stage, part, voice)
        for topic in voice.topics
        for stage, part in [(None, topic.whole), *topic.by_stage.items()]
    ]


def _row(topic: Topic, stage: str | None, part: Part, voice: Voice) -> dict[str, Any]:
    whole = stage is None
    return {
        "topic": topic.name,
        "found_in_texts": topic.found,
        "about": topic.about,
        "stage": stage,
        "texts": part.texts,
        "people": part.persons,
        **bounds("share", part.share),
        "scored": part.scored,
        **bounds("net_sentiment", part.net),
        **_changed("share_change", topic.share_change if whole else None),
        **_changed("net_change", topic.net_change if whole else None),
        "linked": voice.linked,
        "generation": voice.generation,
    }


def box_rows(box: ComplaintBox) -> list[dict[str, Any]]:
    """One flat row a tested pair, the surest first."""
    return [
        {
            "asked_about": one.asked,
            "wrote_about": one.about,
            "people": one.persons,
            "of": one.of,
            **bounds("share", one.share),
            "share_elsewhere": one.other,
            "of_elsewhere": one.other_of,
            **bounds("difference", one.difference),
            "q": one.q,
            "told": one.told,
            "unkind": one.unkind,
            "scored": one.scored,
            "generation": box.generation,
        }
        for one in box.found
    ]


def _changed(name: str, change: Change | None) -> dict[str, Any]:
    return bounds(name, change.difference.estimate if change else None) | {
        f"{name}_q": change.q if change else None,
        f"{name}_told": change.told if change else None,
    }
