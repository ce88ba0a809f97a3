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


def facts(definition: Definition) -> list[tuple[str, str]]:
    """What a reader may ask of a definition, as (question, answer)."""
    rows = [
        (say("report.reference.formula"), definition.formula),
        (say("report.reference.population"), definition.population),
        (say("report.reference.unit_of_analysis"), definition.grain),
        (say("report.reference.what_it_estimates"), definition.estimand),
        (say("report.reference.interval"), definition.interval),
        (
            say("report.reference.target_precision"),
            precision(definition),
        ),
        (
            say("report.reference.minimum_effect"),
            say("report.reference.a_change_of", amount=amount(definition.matters, definition)),
        ),
        (say("report.reference.better_when"), definition.better),
        (say("report.reference.goal"), definition.goal),
        (say("report.reference.signal"), definition.signal),
        (say("report.reference.to_ask"), definition.suggested_question),
        (say("report.reference.source"), definition.source),
        ("Id", say("report.reference.version", id=definition.id, version=definition.version)),
    ]
    return [(name, text) for name, text in rows if text]


def precision(definition: Definition) -> str:
    """How wide an interval may be, and how many people a plain level rests on."""
    aim, least = f"± {amount(definition.precise, definition, of_value=True)}", enough(definition)
    if least is None:
        return say("report.reference.an_interval_of_at_most_wider", aim=aim)
    return say("report.reference.as_about_independent_rows_give_where", aim=aim, ceil=numbers.whole(math.ceil(least)))


def amount(value: float, definition: Definition, of_value: bool = False) -> str:
    """A size in the metric's unit: 5 percentage points, 10 points, 0.3, 5 s; `of_value` where times and amounts mean a share of it."""
    if of_value and definition.unit in ("seconds", "hours", "money", "count"):
        return say("report.reference.of_the_value", value=numbers.short(100 * value))
    if definition.unit == "rate":
        return say("report.reference.percentage_points", value=numbers.short(100 * value))
    return numbers.short(value) + {"points": " points", "seconds": " s", "hours": " h"}.get(definition.unit, "")


def entry(definition: Definition) -> list[str]:
    """One metric."""
    lines = [
        f"### {definition.label}",
        "",
        f"{definition.sentence} ({SIDES[definition.side]}{(say('report.reference.heart', heart=definition.heart) if definition.heart else '')})",
        "",
    ]
    lines += [f"- {name}: {text}" for name, text in facts(definition)]
    for other, computed in others(definition):
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
