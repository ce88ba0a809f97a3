"""The eight questions an assistant may ask. Each takes checked arguments and a generation as its viewer sees it, and answers plain data.

Nothing is computed here: every number is of run() or of an analysis, in the shape the command line prints.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from data.store.generations import Generation
from metrics.analyses.case.case import case_of
from metrics.analyses.case.worth import worth
from metrics.analyses.causes.find import causes, standing_query
from metrics.query import context, period
from metrics.query.query import Query
from report import cause_tables
from report.address import View, company_address, encode
from report.answers import other_tools
from report.answers.arguments import Argument, Kind
from report.answers.asking import (
    AS_OTHERS,
    COMPARE,
    CUT,
    METRICS,
    answer_with_verdicts,
    metric_of,
    query_from,
    question,
    with_comparison,
)
from report.answers.catalogue_answers import define, find
from report.answers.common import Answer, head, of_result, plain
from report.cases import address as case_address
from report.cases import tables as case_tables
from report.findings.asked import period_findings as findings_asked
from report.text.catalogue import say

Asks = Callable[[dict[str, Any], Generation], Answer]
NAMED = Argument("metric", Kind.TEXT, say("assistant.arguments.metric"), required=True)
STAGE = Argument("stage", Kind.TEXT, say("assistant.arguments.stage"), required=True)


@dataclass(frozen=True)
class Tool:
    """A question by name: what it is for, what it takes, and who answers it."""

    name: str
    about: str
    arguments: tuple[Argument, ...]
    answer: Asks


def ask(given: dict[str, Any], generation: Generation) -> Answer:
    """Metrics by dimensions: as `metrics show`."""
    return of_result(answer_with_verdicts(query_from(given, generation), generation), generation)


def compare(given: dict[str, Any], generation: Generation) -> Answer:
    """The same beside another period, with the difference and whether it is reported as a change."""
    return ask(with_comparison(given, context.read(generation)), generation)


def findings(given: dict[str, Any], generation: Generation) -> Answer:
    """What the Overview says first: as `exports digest`."""
    known = context.read(generation)
    query = period.with_default_period(question(with_comparison(given, known), ()), known, bool(given.get("all")))
    told = findings_asked(query, generation)
    resolved = told.query
    return plain(
        {
            **head(generation),
            "journey": resolved.journey,
            "period": [day and day.isoformat() for day in (resolved.start, resolved.end)],
            "compared_with": resolved.compare,
            "findings": [
                {key: value for key, value in asdict(one).items() if key not in ("weight", "case")}
                | {"kind": one.label, "view": _page(one.view, resolved, one.stage)}
                for one in told.findings
            ],
        }
        | ({} if told.findings else {"empty": say("assistant.answers.no_findings")})
    )


def why_unhappy(given: dict[str, Any], generation: Generation) -> Answer:
    """What goes with unhappiness in a stage: as `metrics causes`."""
    known = context.read(generation)
    everything = bool(given.get("all"))
    query = replace(question(given, ()), stages=(given["stage"],))
    filled = period.with_default_period(query, known, everything)
    own = given.get("from") or given.get("to") or everything
    made = causes(filled if own else standing_query(filled, known), generation)
    found = cause_tables.record(made) | {"view": _page("stage", made.query, made.stage)}
    if not made.causes:
        found["empty"] = found["refused"] or found["finding"]
    return plain(head(generation) | found)


def value(given: dict[str, Any], generation: Generation) -> Answer:
    """What a change is worth: as `metrics value` of a CASE.toml with the same keys."""
    case = case_of(given["case"], "case")
    found = case_tables.record(worth(case, generation))
    return plain(head(generation) | found | {"view": case_address.link_to(case, company_address())})


def why_differs(given: dict[str, Any], generation: Generation) -> Answer:
    """Our number beside what other tools would read of the same rows, and why they part."""
    found, known = metric_of(given), context.read(generation)
    query = period.with_default_period(question(given, (found.id,)), known, bool(given.get("all")))
    now = other_tools.now(found, query, lambda one: answer_with_verdicts(one, generation))
    wanted = str(given.get("tool", "")).casefold()
    told = [one for one in now.others if wanted in f"{one.tool} {one.name}".casefold()]
    ours = replace(now.result, cells=tuple(now.cells), definitions={found.id: found})
    made = of_result(ours, generation)
    made["others"] = plain(
        {
            "others": [
                {
                    "tool": one.tool,
                    "name": one.name,
                    "why": one.differs,
                    "unit": one.unit or None,
                    "numbers": [
                        {"by": cell.by, "value": cell.value, "low": cell.low, "high": cell.high, "n": cell.n}
                        | {"state": str(cell.state)}
                        for cell in one.cells
                    ],
                    "beside_ours": [
                        {"where": where, "number": number, "difference": gap} for where, number, gap in one.rows
                    ],
                }
                for one in told
            ]
        }
    )["others"]
    if not told:
        tools = ", ".join(dict.fromkeys(one.tool for one in now.others))
        made["no_other_tool"] = (
            say("assistant.answers.tools", tools=tools) if tools else say("assistant.answers.no_other_tool")
        )
    return made


def _page(page: str, query: Query, stage: str | None) -> str:
    """The address of a page for this question; of a finding's stage where it has one."""
    own = replace(query, stages=(stage,), metrics=(), by=()) if stage else replace(query, metrics=(), by=())
    return f"{company_address()}/{encode(View(page, own))}"


TOOLS = (
    Tool("find", say("assistant.tools.find"), (Argument("words", Kind.TEXT, say("assistant.arguments.words")),), find),
    Tool("define", say("assistant.tools.define"), (NAMED,), define),
    Tool("ask", say("assistant.tools.ask"), (*METRICS, *CUT, COMPARE, AS_OTHERS), ask),
    Tool("compare", say("assistant.tools.compare"), (*METRICS, *CUT, COMPARE), compare),
    Tool("findings", say("assistant.tools.findings"), (*CUT, COMPARE), findings),
    Tool("causes", say("assistant.tools.causes"), (STAGE, *CUT), why_unhappy),
    Tool(
        "value",
        say("assistant.tools.value"),
        (Argument("case", Kind.TABLE, say("assistant.arguments.case"), required=True),),
        value,
    ),
    Tool(
        "why_differs",
        say("assistant.tools.why_differs"),
        (NAMED, Argument("tool", Kind.TEXT, say("assistant.arguments.tool")), *CUT),
        why_differs,
    ),
)
