"""Measured beside promised: of decisions that are done, against the case they rest on, and the company's own factor from three on."""

from dataclasses import replace
from datetime import date

import pytest

from data.store.decisions import Decision
from data.store.saved.cases import SavedCase
from metrics.analyses.claims import Retested, Standing
from metrics.query.result import Cell, State
from report.findings.promised import PromisedChange, factor, factor_said, kept, promised_words
from report.findings.signing import Told

DONE = Decision("c", "", "Purchase", "Buy", "csat_t2b_5", 1, 0.75, True, 0.60, 0.56, 0.64, 400, "2026-01-05", "2026-04-05", "g", "ana", "", "2026-06-01", "done")  # fmt: skip


def told(value: float | None = 0.66, start: date = date(2026, 6, 1), decision: Decision = DONE) -> Told:
    state = State.NO_DATA if value is None else State.SHOWN
    cell = Cell("csat_t2b_5", {}, value, None if value is None else value - 0.03, None if value is None else value + 0.03, 400, 400, state)  # fmt: skip
    return Told(decision, Retested(Standing.WEAKER, cell, start, date(2026, 8, 30)), "", "")


def case(**spec) -> SavedCase:
    return SavedCase("Fee", "Purchase", spec, "g", "EUR", 1.0, 2.0, 3.0, "i", 1)


def test_what_came_stands_beside_what_was_promised():
    """60 % when signed, the line at 75 %, 66 % since: 6 of 15 points, ± √(4² + 3²) = 5."""
    found = kept(told(), None)
    assert (found.promised, found.measured) == (pytest.approx(0.15), pytest.approx(0.06))
    assert (found.low, found.high) == (pytest.approx(0.01), pytest.approx(0.11)) and found.part == pytest.approx(0.4)
    assert "Promised +15" in promised_words(found) and "measured +6" in promised_words(found)


def test_the_case_it_rests_on_says_what_was_promised():
    assert kept(told(), case(metric="csat_t2b_5", target=0.8)).promised == pytest.approx(0.2)
    assert kept(told(), case(metric="completion_rate", target=0.9)).promised == pytest.approx(0.15)
    assert kept(told(), case(share=0.3)).promised == pytest.approx(0.15)


def test_nothing_is_said_of_what_is_not_done_or_of_the_same_days():
    assert kept(told(decision=replace(DONE, status="open")), None) is None
    assert kept(told(start=date(2026, 3, 1)), None) is None
    assert kept(told(value=None), None) is None
    assert kept(told(decision=replace(DONE, value=0.75)), None) is None


def test_the_factor_is_named_from_three_decisions_on():
    parts = [PromisedChange("csat_t2b_5", 0.1, measured, 0.0, 0.0) for measured in (0.02, 0.05, 0.2)]
    assert factor(parts[:2]) is None and factor(parts) == pytest.approx(0.5)
    assert "2 of 3" in factor_said(parts[:2]) and "50 %" in factor_said(parts).replace("\u00a0", " ")
    assert factor_said([]) == ""
