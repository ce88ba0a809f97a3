"""The topics of a store as the topics.toml a company goes on from: its own or ours, and those found in its texts."""

from data.settings.written import toml
from data.store.generations import Generation
from data.texts.lists import plain
from data.texts.topics.load import EVERY

HEAD = """# What people write about. Beside sources.toml this file stands in place of the product's list; build again after a change.
# A word may end in * (any ending); several words make a phrase, counted instead of its words. stage = "…" is the stage of a journey
# a topic is about, place = "…" what is no stage. Keys of words are languages (en, de …) or all.
version = 1
"""


def topics_toml(generation: Generation) -> str:
    """topics.toml of a generation. What was found in the texts stands last, to be renamed, put together, or struck out."""
    rows = generation.cursor().execute(
        "select topic, found, any_value(stage), any_value(place), language, list(word order by word), min(position) as nth "
        "from topics group by topic, found, language order by nth, language"
    ).fetchall()  # fmt: skip
    named: dict[tuple[str, bool], list[str]] = {}
    for topic, found, stage, place, language, words, _ in rows:
        block = named.setdefault((topic, found), _head(topic, found, stage, place))
        kept = sorted(dict.fromkeys(map(plain, words)))
        block.append(f"{EVERY if language == EVERY else language} = {toml(kept)}")
    return "\n\n".join([HEAD.rstrip(), *("\n".join(lines) for lines in named.values())])


def _head(topic: str, found: bool, stage: str | None, place: str | None) -> list[str]:
    lines = ["# found in the texts that no named topic covers", "[[topic]]"] if found else ["[[topic]]"]
    lines.append(f"name = {toml(topic)}")
    return [*lines, *(f"{key} = {toml(value)}" for key, value in (("stage", stage), ("place", place)) if value)]
