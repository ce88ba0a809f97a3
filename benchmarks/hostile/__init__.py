"""Hostile strings through every name and text of a company into every file it can make: does one of them do anything?"""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from benchmarks.hostile import addresses, company, judge
from benchmarks.hostile.spy import SEEN, unbound, watching
from benchmarks.hostile.strings import strings
from commands.data import main as data_main
from commands.metrics import main as metrics_main
from data.build.build import build
from data.store.generations import open_generation
from exports import api, digest
from metrics.catalogue.load import catalogue
from metrics.query import context
from metrics.query.query import Query

ALL = ("slides", "workbook", "CSV", "SVG", "digest", "terminal", "addresses", "statements")


@dataclass
class Found:
    """Of one kind of file: how many were made, how many strings stood in one, and what was wrong with which."""

    made: int = 0
    strings: set[str] = field(default_factory=set)
    wrong: Counter[str] = field(default_factory=Counter)


@dataclass
class Measured:
    """`taken`: strings sent in; `found`: by kind of file."""

    taken: int = 0
    found: dict[str, Found] = field(default_factory=lambda: {name: Found() for name in ALL})

    @property
    def failed(self) -> bool:
        return any(found.wrong for found in self.found.values())

    def note(self, name: str, text: str, wrong: Iterable[str]) -> None:
        """A file of a kind, its text, and what is wrong with it."""
        found = self.found[name]
        found.made += 1
        found.strings |= {word.lower() for word in SEEN.findall(text)}
        found.wrong.update(wrong)


def measure(count: int, seed: int, say: Callable[[str], None], size: company.Size = company.LARGE) -> Measured:
    """Companies of `count` strings together, each sent through everything it can make."""
    measured = Measured()
    every = strings(-(-count // size.needed) * size.needed, seed)
    for start in range(0, len(every), size.needed):
        taken = every[start : start + size.needed]
        with tempfile.TemporaryDirectory() as folder, _own_metrics(Path(folder) / "metrics"), watching() as statements:
            _one(Path(folder), taken, measured, size)
            measured.note("statements", "", unbound(statements))
            measured.found["statements"].made += len(statements) - 1
        measured.taken += len(taken)
        say(f"{measured.taken:,} strings, {sum(sum(f.wrong.values()) for f in measured.found.values())} wrong")
    return measured


@contextmanager
def _own_metrics(folder: Path) -> Iterator[None]:
    """The catalogue with the company's own metrics, as an app started beside them has it."""
    before = os.environ.get("THROUGHLINE_METRICS")
    os.environ["THROUGHLINE_METRICS"] = str(folder)
    catalogue.cache_clear()
    try:
        yield
    finally:
        os.environ.pop("THROUGHLINE_METRICS")
        if before is not None:
            os.environ["THROUGHLINE_METRICS"] = before
        catalogue.cache_clear()


def _one(folder: Path, taken: list[str], measured: Measured, size: company.Size) -> None:
    store = folder / "store"
    build(company.write(folder, taken, size), None, store)
    generation = open_generation(store)
    asked = _questions(context.read(generation))
    slides, book = api.slides(asked, generation, judge.OWN), api.book(asked, generation, judge.OWN)
    measured.note("slides", _text_of(slides), judge.office(slides))
    measured.note("workbook", _text_of(book), judge.office(book))
    for content in api.numbers(asked, generation, judge.OWN):
        measured.note("CSV", content.decode("utf-8-sig"), judge.table(content))
    for content in api.pictures(asked[::4], generation, judge.OWN, "svg"):
        measured.note("SVG", content.decode(), judge.svg(content))
    mail = digest.build(Query(()), generation, address=judge.OWN)
    measured.note("digest", mail.html, judge.page(mail.html))
    measured.note("digest", mail.text, judge.mail(mail.subject, mail.text))
    for text in _printed(store):
        measured.note("terminal", text, judge.plain(text))
    for text, wrong in addresses.shown(taken, generation):
        measured.note("addresses", text, wrong)


def _questions(known: context.Context) -> list[tuple[str, Query]]:
    """What is asked of each company: numbers by every name it has, and its lists."""
    journey = known.journeys[0]
    stages = known.stages[journey]
    everything = [
        ("ledger", Query(("completion_rate", "csat_t2b_5"), journey, by=("stage",))),
        ("stages", Query(("completion_rate",), journey, by=("stage",))),
        ("breakdown", Query(("completion_rate",), journey, by=("region",))),
        ("breakdown", Query((company.OWN,), journey, by=("region",))),
        ("trend", Query((company.OWN,), journey, by=("week",))),
        ("moves", Query((), journey)),
    ]
    return everything + [
        (name, Query((), journey, (stage,))) for stage in stages for name in ("words", "reasons", "pages")
    ]


def _printed(store: Path) -> Iterator[str]:
    """What the commands print, on standard output and standard error."""
    for main, words in (
        (metrics_main, ["show", "completion_rate", "--all", "--by", "region"]),
        (metrics_main, ["show", company.OWN, "--all", "--by", "stage"]),
        (metrics_main, ["list"]),
        (data_main, ["doctor"]),
    ):
        out = StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            main(words if words == ["list"] else [*words, "--store", str(store)])
        yield out.getvalue()


def _text_of(content: bytes) -> str:
    """All text of an Office file, also of the files inside."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
        names = archive.namelist()
    return "".join(
        _text_of(part) if name.endswith(".xlsx") else part.decode("utf-8", "ignore") for name, part in zip(names, parts)
    )


def render(measured: Measured) -> str:
    """A Markdown table."""
    lines = [
        f"{measured.taken:,} strings.",
        "",
        "| into | made | strings that stood in one | wrong |",
        "|---|---|---|---|",
    ]
    for name, found in measured.found.items():
        seen = f"{len(found.strings):,}" if name != "statements" else "none may"
        lines.append(f"| {name} | {found.made:,} | {seen} | {sum(found.wrong.values()):,} |")
    lines += [
        f"- {name}: {text} ({count} ×)"
        for name, found in measured.found.items()
        for text, count in found.wrong.most_common(12)
    ]
    return "\n".join(lines)
