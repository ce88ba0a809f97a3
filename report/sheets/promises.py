"""Promises in words: each one measured and felt, and whether it was what people had expected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from metrics.query.query import Query
from metrics.query.result import Cell, Result
from report import placement
from report.rows.estimates import bounds
from report.sheets.sheet import Mark, Marks, Sheet, Sheets
from report.text.catalogue import say
from report.words import promise_words, words
from report.words.promise_words import Promise, counted, told


@dataclass(frozen=True)
class Promises:
    """Both numbers of every promise by stage, and what was expected by stage; `stages` in the journey's order."""

    kept: Result
    expected: Result
    stages: tuple[str, ...]


def questions(query: Query) -> tuple[Query, Query]:
    """Both numbers of every promise by stage; by stage whether it was what they had expected, then the gap of the same people."""
    return (
        replace(query, metrics=placement.shown("promises"), by=("stage", "promise")),
        replace(query, metrics=placement.shown("expectations"), by=("stage",)),
    )


def sheets_of(found: Promises) -> Sheets:
    """The promises, then the expectations."""
    ledger = promise_words.ledger(found.kept, found.stages)
    return Sheets(
        "promises",
        replace(found.kept.query, metrics=(), by=()),
        promise_words.title(ledger),
        say("pages.promises.what_the_company_says_it_will"),
        (_kept(ledger, found.kept), _expected(found.expected, found.stages)),
        found.kept.warnings,
    )


def _kept(ledger: Sequence[Promise], result: Result) -> Sheet:
    return Sheet(
        "promises_kept",
        "promises_kept",
        promise_words.title(ledger),
        say("pages.promises.share_kept_with_its_95_interval", span=words.span(*result.period)),
        (
            say("pages.promises.promise"),
            say("pages.promises.stage"),
            say("pages.promises.measured"),
            say("pages.promises.promises_judged"),
            say("pages.promises.felt"),
            say("pages.promises.answers"),
            say("pages.promises.beside_each_other"),
        ),
        tuple(
            (
                one.name,
                one.stage,
                told(one.measured, result, say("pages.promises.not_measured")),
                counted(one.measured),
                told(one.felt, result, say("pages.promises.not_asked")),
                counted(one.felt),
                promise_words.disagreement(one),
            )
            for one in ledger
        ),
        tuple(
            {"promise": one.name, "stage": one.stage, **_numbers("measured", one.measured), **_numbers("felt", one.felt)}
            for one in ledger
        ),
        promise_words.apart_note(),
        text_columns=2,
        marks=Marks("rate", tuple(mark for one in ledger for mark in _marks(one, result)), zero=False),
        heading=say("pages.promises.each_promise_measured_and_felt"),
    )  # fmt: skip


def _marks(one: Promise, result: Result) -> list[Mark]:
    """A promise's two numbers below each other, those that are known."""
    sides = (("measured", one.measured, "ux"), ("felt", one.felt, "cx"))
    return [
        Mark(
            f"{one.name} · {say('pages.promises.measured' if name == 'measured' else 'pages.promises.felt')}",
            cell.value,
            cell.low,
            cell.high,
            f"{told(cell, result)} · n {counted(cell)}",
            side,
        )
        for name, cell, side in sides
        if cell is not None and cell.valued and cell.value is not None
    ]


def _expected(result: Result, stages: Sequence[str]) -> Sheet:
    of_stages = [(stage, [result.cell(name, stage=stage) for name in result.query.metrics]) for stage in stages]
    answered = [(stage, cells) for stage, cells in of_stages if any(cell and cell.valued for cell in cells)]
    heads = [text for found in result.definitions.values() for text in (found.short, say("pages.promises.answers"))]
    return Sheet(
        "expectations_met",
        "expectations_met",
        promise_words.expectations_title(result, stages),
        say("pages.promises.asked_afterwards_did_it_fall_short"),
        (say("pages.promises.stage"), *heads),
        tuple(
            (stage, *(text for cell in cells for text in (told(cell, result), counted(cell))))
            for stage, cells in answered
        ),
        tuple(
            {"stage": stage}
            | {key: value for name, cell in zip(result.query.metrics, cells) for key, value in _numbers(name, cell).items()}
            for stage, cells in answered
        ),
        _not_asked(result, [stage for stage in stages if not _asked(result, stage)]),
    )  # fmt: skip


def _asked(result: Result, stage: str) -> bool:
    """Whether people were asked in this stage whether it met what they had expected."""
    first = result.cell(result.query.metrics[0], stage=stage)
    return bool(first and first.valued)


def _not_asked(result: Result, missing: Sequence[str]) -> str:
    if not missing:
        return ""
    question = result.definitions[result.query.metrics[0]].suggested_question
    return say("pages.promises.not_asked_in_ask", missing=", ".join(missing), question=question)


def _numbers(name: str, cell: Cell | None) -> dict[str, object]:
    """Value, interval, count and state of a cell as flat columns; empty where there is no such evidence."""
    return bounds(name, cell) | {f"{name}_n": cell.n, f"{name}_state": cell.state.value} if cell else {}
