"""topics.toml: what a company wants its texts sorted by, checked when loaded."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import Problems, UserError, check_keys
from data.settings.sources import load_toml
from data.texts.lists import languages, plain

FILE = Path(__file__).parent / "topics.toml"
EVERY = "all"  # the key of words that count in every language
LONGEST, MOST = 60, 60  # letters of a name; topics


@dataclass(frozen=True)
class Topic:
    """`words`: language (or all) → words, stems with * and phrases. `stage` is the stage of a journey it is about, `place` what is no stage."""

    name: str
    words: dict[str, tuple[str, ...]]
    stage: str = ""
    place: str = ""


def beside(sources: Path) -> Path | None:
    """The company's topics.toml beside its sources.toml, where there is one."""
    file = sources.parent / "topics.toml"
    return file if file.exists() else None


def load_ignored(file: Path | None) -> frozenset[str]:
    """Words that are never a found topic: `ignore` of a company's file and of the product's."""
    given = [word for path in (FILE, file) if path for word in load_topics_file(path).get("ignore", [])]
    return frozenset(plain(str(word)) for word in given)


def load_topics_file(path: Path) -> dict[str, Any]:
    """The file as a table of known keys."""
    spec = load_toml(path)
    check_keys(spec, ("version", "ignore", "topic"), file=path.name, where="top level")
    if not isinstance(spec.get("ignore", []), list):
        raise UserError("words are a list of texts", file=path.name, where="ignore", found=spec["ignore"])
    return spec


def load_topics(file: Path | None, stages: tuple[str, ...] = ()) -> tuple[Topic, ...]:
    """The topics of a file, of the product's own without one. `stages` are those of the journeys. Raises UserError naming file, topic and key."""
    path = file or FILE
    spec = load_topics_file(path)
    blocks, problems = spec.get("topic", []), Problems()
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise UserError("topics are blocks of their own", file=path.name, fix='Write [[topic]] and name = "…" below it')
    if len(blocks) > MOST:
        raise UserError("too many topics to be read beside each other", file=path.name, found=len(blocks), allowed=MOST)
    found = [problems.of(_topic, block, path, stages) for block in blocks]
    names = [topic.name for topic in found if topic]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        problems.found.append(UserError("a topic is there twice", file=path.name, found=", ".join(doubled)))
    problems.end()
    return tuple(topic for topic in found if topic)


def _topic(block: dict[str, Any], path: Path, stages: tuple[str, ...]) -> Topic:
    codes = (*sorted(languages()[1]), EVERY)
    name = block.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST:
        raise UserError(
            "a topic needs a name", file=path.name, found=name, allowed=f"text of at most {LONGEST} letters"
        )
    check_keys(block, ("name", "stage", "place", *codes), file=path.name, where=f"topic {name}")
    stage = block.get("stage", "")
    if stage and stages and stage not in stages:
        raise UserError(
            "no journey has such a stage",
            file=path.name,
            where=f"topic {name}, stage",
            found=stage,
            allowed=", ".join(stages),
            fix='What is no stage of a journey is written place = "…"',
        )
    words = {code: _words(block[code], f"topic {name}, {code}", path) for code in codes if code in block}
    if not any(words.values()):
        raise UserError(
            "a topic without words finds nothing", file=path.name, where=f"topic {name}", fix='Write en = ["…"]'
        )
    return Topic(name.strip(), words, stage, str(block.get("place", "")))


def _words(given: Any, where: str, path: Path) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(word, str) and word.strip() for word in given):
        raise UserError(
            "words are a list of texts",
            file=path.name,
            where=where,
            found=given,
            fix='For example ["deliver*", "on time"]',
        )
    for word in given:
        parts = word.split()
        if (
            any(not part[:-1].replace("*", "") and part[-1] == "*" or "*" in part[:-1] for part in parts)
            or len(word.rstrip("*")) < 2
        ):
            raise UserError(
                "a word needs two letters, and * stands at its end only", file=path.name, where=where, found=word
            )
    return tuple(plain(word) for word in given)
