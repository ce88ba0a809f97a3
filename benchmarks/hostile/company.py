"""A company all of whose names and texts are hostile: sources, files, the company itself, stages, surveys, regions, categories, comments, a metric."""

import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from data.inspection.block import toml
from metrics.catalogue.load import FOLDER

START, WEEKS = datetime(2026, 3, 2, 9), 6
PEOPLE = 6  # of each region and category: enough to be shown
STAGES = 4


@dataclass(frozen=True)
class Size:
    """How many regions, categories of tickets and comments a company has."""

    regions: int
    categories: int
    texts: int

    @property
    def needed(self) -> int:
        """The strings it takes: its names and texts, of each stage and survey one, six of its own, nine of its metric."""
        return self.regions + self.categories + self.texts + 2 * STAGES + 6 + len(WORDS)


SMALL, LARGE = Size(40, 40, 60), Size(400, 400, 400)
WORDS = ("label", "short", "sentence", "formula", "interval", "estimand", "goal", "signal", "source")  # of a metric
OWN = "own_share"


def write(folder: Path, taken: list[str], size: Size) -> Path:
    """Write the exports and both settings files; `taken` are as many strings as the size needs. Returns sources.toml."""
    given = iter(taken)
    regions = [next(given) for _ in range(size.regions)]
    categories = [next(given) for _ in range(size.categories)]
    texts = [next(given) for _ in range(size.texts)]
    stages, surveys = ([next(given) for _ in range(STAGES)] for _ in range(2))
    name, notice, mission, owner, source, file = (next(given) for _ in range(6))
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        file_name(file): _events(regions),
        "answers.csv": _answers(texts),
        "tickets.csv": _tickets(categories, texts),
    }
    for path, content in files.items():
        (folder / path).write_text(content, encoding="utf-8")
    blocks = [
        (source, file_name(file), "web_events", ""),
        (
            "answers",
            "answers.csv",
            "survey_answers",
            'constants = { metric = "csat", scale_min = 1, scale_max = 5, question = ' + toml(texts[0]) + " }\n",
        ),
        ("tickets", "tickets.csv", "support_tickets", ""),
    ]
    text = f"[company]\nname = {toml(name)}\nnotice = {toml(notice)}\n" + "".join(
        f'[[source]]\nname = {toml(called)}\nreader = "table"\npath = {toml(path)}\ntable = "{table}"\nencoding = "utf-8"\ndelimiter = ","\n{more}'
        for called, path, table, more in blocks
    )
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    _define(folder / "metrics", [next(given) for _ in WORDS])
    (folder / "journey.toml").write_text(_journey(stages, surveys, categories, mission, owner), encoding="utf-8")
    return folder / "sources.toml"


def _define(folder: Path, texts: list[str]) -> None:
    """A metric of the company's own, all of whose words are hostile; what it counts is what completion_rate counts."""
    spec = tomllib.loads((FOLDER / "completion_rate.toml").read_text(encoding="utf-8"))
    measure = spec.pop("measure")
    del spec["also_known_as"]
    spec |= {"id": OWN, **dict(zip(WORDS, texts))}
    spec["sentence"] += "."
    parts = [f"{key} = {toml(value)}\n" for key, value in spec.items()]
    parts += ["[measure]\n", *(f"{key} = {toml(value)}\n" for key, value in measure.items())]
    folder.mkdir()
    (folder / f"{OWN}.toml").write_text("".join(parts), encoding="utf-8")


def file_name(text: str) -> str:
    """The string as the name of a file, as far as a disk takes it."""
    plain = "".join("_" if sign in "/\0\\*?[]" else sign for sign in text)
    return plain.encode()[:150].decode("utf-8", "ignore").strip(". ") + ".csv"


def _journey(stages: list[str], surveys: list[str], categories: list[str], mission: str, owner: str) -> str:
    parts = [f"mission = {toml(mission)}\n[[journey]]\nname = {toml(stages[-1] + ' journey')}\n"]
    for place, stage in enumerate(stages):
        own = categories[place::STAGES]
        parts.append(
            f'[[journey.stage]]\nname = {toml(stage)}\nowner = {toml(owner)}\npaths = ["/{place}*"]\nsurveys = ["{place}"]\n'
            f'goal = "path:/{place + 1}*"\ntickets = [{", ".join(toml(category) for category in own if "*" not in category)}]\n'
        )
    parts += [f'[[survey]]\nname = "{place}"\nkind = "transactional"\n' for place, _ in enumerate(surveys)]
    return "".join(parts)


def _table(head: str, rows: Iterator[list[object]]) -> str:
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(head.split())
    write.writerows(rows)
    return out.getvalue()


def _events(regions: list[str]) -> str:
    def rows() -> Iterator[list[object]]:
        numbers = count()
        for region in regions:
            for person in range(PEOPLE):
                number = next(numbers)
                at = START + timedelta(days=number % (7 * WEEKS), minutes=number)
                for place in range(STAGES if person % 2 else 2):
                    yield [
                        f"e{number}-{place}",
                        (at + timedelta(minutes=place)).isoformat(),
                        "page_view",
                        f"/{place}/{region[:20]}",
                        f"s{number}",
                        f"p{number}",
                        region,
                        "web",
                    ]

    return _table("event_id occurred_at event_name url session_id customer_id region touch_channel", rows())


def _answers(texts: list[str]) -> str:
    def rows() -> Iterator[list[object]]:
        for number, text in enumerate(texts):
            yield [
                f"r{number}",
                (START + timedelta(days=number % 40)).isoformat(),
                str(number % STAGES),
                f"p{number}",
                1 + number % 5,
                text,
            ]

    return _table("response_id responded_at survey customer_id score comment", rows())


def _tickets(categories: list[str], texts: list[str]) -> str:
    def rows() -> Iterator[list[object]]:
        for number, category in enumerate(categories):
            for person in range(PEOPLE):
                text = texts[(number + person) % len(texts)]
                yield [
                    f"t{number}-{person}",
                    (START + timedelta(days=number % 40)).isoformat(),
                    f"p{number * 3 + person}",
                    category,
                    text,
                    text,
                ]

    return _table("ticket_id created_at customer_id category subject body", rows())
