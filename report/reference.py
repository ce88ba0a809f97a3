"""docs/METRICS.md, made from the catalogue: python -m metrics docs > docs/METRICS.md."""

import math

from metrics.catalogue.definition import Definition
from metrics.catalogue.load import catalogue, others
from metrics.catalogue.taxonomies import frames
from metrics.rules.reliability import enough
from report import numbers
from report.text.catalogue import say

PROSE = ("ux_and_cx", "dispute", "lenses", "owners", "formulas", "texts")
SIDES = {"ux": "UX", "cx": "CX", "both": "UX and CX"}


def prose() -> tuple[tuple[str, str], ...]:
    """(title, text in Markdown) of what stands before the metrics."""
    return tuple((say(f"prose.{name}.title"), say(f"prose.{name}.text")) for name in PROSE)


def document() -> str:
    """The whole page: words, frames, then every metric by lens."""
    lines = [
        say("report.reference.the_metrics"),
        "",
        say("report.reference.made_from_metrics_definitions_by_python"),
        "",
    ]
    for title, text in prose():
        lines += [f"## {title}", "", text, ""]
    lines += [say("report.reference.in_other_frames"), ""]
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
        (say("report.reference.formula"), found.formula),
        (say("report.reference.population"), found.population),
        (say("report.reference.unit_of_analysis"), found.grain),
        (say("report.reference.what_it_estimates"), found.estimand),
        (say("report.reference.interval"), found.interval),
        (
            say("report.reference.target_precision"),
            precision(found),
        ),
        (
            say("report.reference.minimum_effect"),
            say("report.reference.a_change_of", amount=amount(found.matters, found)),
        ),
        (say("report.reference.better_when"), found.better),
        (say("report.reference.goal"), found.goal),
        (say("report.reference.signal"), found.signal),
        (say("report.reference.to_ask"), found.suggested_question),
        (say("report.reference.source"), found.source),
        ("Id", say("report.reference.version", id=found.id, version=found.version)),
    ]
    return [(name, text) for name, text in rows if text]


def precision(found: Definition) -> str:
    """How wide an interval may be, and how many people a plain level rests on."""
    aim, least = f"± {amount(found.precise, found, of_value=True)}", enough(found)
    if least is None:
        return say("report.reference.an_interval_of_at_most_wider", aim=aim)
    return say("report.reference.as_about_independent_rows_give_where", aim=aim, ceil=numbers.whole(math.ceil(least)))


def amount(value: float, found: Definition, of_value: bool = False) -> str:
    """A size in the metric's unit: 5 percentage points, 10 points, 0.3, 5 s; `of_value` where times and amounts mean a share of it."""
    if of_value and found.unit in ("seconds", "hours", "money", "count"):
        return say("report.reference.of_the_value", value=numbers.short(100 * value))
    if found.unit == "rate":
        return say("report.reference.percentage_points", value=numbers.short(100 * value))
    return numbers.short(value) + {"points": " points", "seconds": " s", "hours": " h"}.get(found.unit, "")


def entry(found: Definition) -> list[str]:
    """One metric."""
    lines = [
        f"### {found.label}",
        "",
        f"{found.sentence} ({SIDES[found.side]}{(say('report.reference.heart', heart=found.heart) if found.heart else '')})",
        "",
    ]
    lines += [f"- {name}: {text}" for name, text in facts(found)]
    for other, computed in others(found):
        lines.append(
            say(
                "report.reference.calls_it",
                tool=other["tool"],
                name=other["name"],
                difference=other["difference"],
                part=say("report.reference.computed_beside_ours") if computed else "",
            )
        )
    return [*lines, ""]
