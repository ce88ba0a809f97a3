"""Arguments as no client should send them."""

import random
from typing import Any

from report.answers.arguments import Kind
from report.answers.tools import TOOLS, Tool

WORDS = (
    "",
    " ",
    "Buy",
    "csat_t2b_5",
    "completion_rate",
    "stage",
    "week",
    "answer:q",
    "'; drop table visits; --",
    "\x00",
    "\ud800",
    "𝕏" * 500,
)
WORDS += (
    "../../etc/passwd",
    "=1+1",
    "{{7*7}}",
    "%s%n",
    "2026-02-30",
    "2026-03-31",
    "9999-12-31",
    "0001-01-01",
    "nan",
    "previous",
    "year",
)


def value(draw: random.Random, depth: int = 0) -> Any:
    """Anything JSON can hold, and a little more."""
    plain = [
        draw.choice(WORDS),
        draw.randint(-(10**20), 10**20),
        draw.random() * 1e308,
        True,
        None,
        float("nan"),
        float("inf"),
    ]
    if depth > 2:
        return draw.choice(plain)
    nested = [
        [value(draw, depth + 1) for _ in range(draw.randint(0, 60))],
        {str(draw.choice(WORDS)): value(draw, depth + 1) for _ in range(draw.randint(0, 4))},
    ]
    return draw.choice(plain + nested)


def call(draw: random.Random) -> tuple[Any, Any]:
    """A tool, mostly one there is, and arguments of which some have a name and a kind that fit."""
    if draw.random() < 0.05:
        return draw.choice((*WORDS, None, 7)), value(draw)
    tool = draw.choice(TOOLS)
    if draw.random() < 0.05:
        return tool.name, value(draw)
    given = {one.name: _near(draw, one.kind, tool) for one in tool.arguments if one.required or draw.random() < 0.3}
    if draw.random() < 0.2:
        given[draw.choice(WORDS)] = value(draw)
    return tool.name, given


def _near(draw: random.Random, kind: Kind, tool: Tool) -> Any:
    if draw.random() < 0.3:
        return value(draw)
    if kind is Kind.TABLE:
        keys = ("stage", "removes", "share", "metric", "target", "from", "costs", "assumptions", "overlaps", "evidence")
        return {draw.choice(keys): value(draw) for _ in range(4)} | {"stage": "Buy", "removes": "unhappy"}
    if kind is Kind.WHERE:
        return {draw.choice(("stage", "device", "nowhere", "answer:x", "journey")): draw.choice(WORDS)}
    return draw.choice((True, 3)) if kind in (Kind.FLAG, Kind.COUNT) else draw.choice(WORDS)
