"""What was found, as tables that are also Markdown, or as JSON."""

import json
from dataclasses import asdict

from benchmarks.known.cells import Cell
from benchmarks.known.growth import WEEKS, Grown
from benchmarks.known.moves import Move
from benchmarks.known.names import Named
from benchmarks.report import table

Found = Cell | Move | Named | Grown


def render(found: dict[str, list[Found]], form: str) -> str:
    """The sections by name, each a table, or one JSON object of them."""
    if form == "json":
        return json.dumps(
            {name: [asdict(row) | {"verdict": row.verdict} for row in rows] for name, rows in found.items()}, indent=1
        )
    made = {"cells": _cells, "changes": _moves, "names": _names, "growth": _growth}
    return "\n\n".join(f"### {name.capitalize()}\n{made[name](rows)}" for name, rows in found.items())


def outside(found: dict[str, list[Found]]) -> bool:
    """Whether any row lies outside its mark."""
    return any(row.verdict == "outside" for rows in found.values() for row in rows)


def _share(hits: int, of: int) -> str:
    return f"{hits / of:.1%} of {of:,}" if of else "–"


def _cells(rows: list[Cell]) -> str:
    return table(
        ("metric", "design", "shown", "held where shown", "few", "held where few", "verdict"),
        [
            (
                r.metric,
                r.design,
                _share(r.shown, r.runs),
                _share(r.shown_held, r.shown),
                _share(r.few, r.runs),
                _share(r.few_held, r.few),
                r.verdict,
            )
            for r in rows
        ],
    )


def _moves(rows: list[Move]) -> str:
    return table(
        ("company", "mark", "told", "interval held", "mean difference", "verdict"),
        [
            (
                r.world,
                r.limit,
                _share(r.told, r.runs),
                "–" if r.held is None else _share(r.held, r.runs),
                "–" if r.mean is None else f"{r.mean:.3f}",
                r.verdict,
            )
            for r in rows
        ],
    )


def _names(rows: list[Named]) -> str:
    return table(
        ("minimum", "customers", "companies with a name", "verdict"),
        [
            (f"{r.line:.0%}", "25 points below" if r.true else "exactly on it", _share(r.named, r.runs), r.verdict)
            for r in rows
        ],
    )


def _growth(rows: list[Grown]) -> str:
    return table(
        ("metric", *(f"{weeks} weeks" for weeks in WEEKS), "verdict"),
        [(r.metric, *("–" if value is None else f"{value:.4f}" for value in r.values), r.verdict) for r in rows],
    )
