"""docs/METRICS.md, made from the catalogue: python -m metrics docs > docs/METRICS.md."""

import math
from functools import cache
from pathlib import Path

from data.settings.sources import load_toml
from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue, others
from metrics.catalogue.taxonomies import frames
from metrics.rules.reliability import enough
from report import numbers

FILE = Path(__file__).with_name("prose.toml")
SIDES = {"ux": "UX", "cx": "CX", "both": "UX and CX"}


@cache
def prose() -> tuple[tuple[str, str], ...]:
    """(title, text in Markdown) of what stands before the metrics."""
    return tuple((section["title"], section["text"]) for section in load_toml(FILE)["section"])


def document() -> str:
    """The whole page: words, frames, then every metric by lens."""
    lines = [
        "# The metrics",
        "",
        "Made from `metrics/definitions` by `python -m metrics docs`; change a definition, not this page.",
        "",
    ]
    for title, text in prose():
        lines += [f"## {title}", "", text, ""]
    lines += ["## In other frames", ""]
    for frame in frames().values():
        lines += [f"**{frame.name}** ({frame.source})", ""]
        lines += [
            f"- {group.name}: {', '.join(f'`{d.id}`' for d in members)}"
            for group, members in frame.sort(catalogue()).items()
        ] + [""]
    for group, members in frames()["lenses"].sort(catalogue()).items():
        lines += [f"## {group.name}: {group.question}", ""]
        for found in members:
            lines += entry(found)
    return "\n".join(lines).rstrip() + "\n"


def facts(found: Definition) -> list[tuple[str, str]]:
    """What a reader may ask of a definition, as (question, answer)."""
    rows = [
        ("Formula", found.formula),
        ("Population", found.population),
        ("Unit of analysis", found.grain),
        ("What it estimates", found.estimand),
        ("Interval", found.interval),
        (
            "Target precision",
            precision(found),
        ),
        ("Minimum effect", f"a change of {amount(found.matters, found)}"),
        ("Better when", found.better),
        ("Goal", found.goal),
        ("Signal", found.signal),
        ("To ask", found.suggested_question),
        ("Source", found.source),
        ("Id", f"{found.id}, version {found.version}"),
    ]
    return [(name, text) for name, text in rows if text]


def precision(found: Definition) -> str:
    """How wide an interval may be, and how many people a plain level rests on."""
    aim, least = f"± {amount(found.precise, found, of_value=True)}", enough(found)
    if least is None:
        return f"an interval of at most {aim}; wider is a rough estimate"
    return (
        f"{aim}, as about {numbers.whole(math.ceil(least))} independent rows give where it varies as usual; "
        "fewer, or an interval more than twice as wide, is a rough estimate"
    )


def amount(value: float, found: Definition, of_value: bool = False) -> str:
    """A size in the metric's unit: 5 percentage points, 10 points, 0.3, 5 s; `of_value` where times and amounts mean a share of it."""
    if of_value and found.unit in ("seconds", "hours", "money", "count"):
        return f"{numbers.short(100 * value)} % of the value"
    if found.unit == "rate":
        return f"{numbers.short(100 * value)} percentage points"
    return numbers.short(value) + {"points": " points", "seconds": " s", "hours": " h"}.get(found.unit, "")


def entry(found: Definition) -> list[str]:
    """One metric."""
    lines = [
        f"### {found.label}",
        "",
        f"{found.sentence} ({SIDES[found.side]}{f', HEART {found.heart}' if found.heart else ''})",
        "",
    ]
    lines += [f"- {name}: {text}" for name, text in facts(found)]
    for other, computed in others(found):
        lines.append(
            f"- {other['tool']} calls it {other['name']}: {other['difference']}{' (computed beside ours)' if computed else ''}"
        )
    return [*lines, ""]
