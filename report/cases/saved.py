"""Saved cases beside one another: a row each, where they differ, and what changed from version to version."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from data.store.saved.cases import SavedCase
from metrics.analyses.case.worth import Worth
from metrics.statistics.business import Outcome
from report.cases.address import SAVED, parameters
from report.text.catalogue import say
from report.words import case_words as words

HEADS = (
    say("report.saved.case"),
    say("report.saved.worth_then"),
    say("report.saved.worth_today"),
    say("report.saved.over_its_years"),
    say("report.saved.how_it_is_known"),
    say("report.saved.saved_by"),
)
QUIET = ("name", "journey")


def label(case: SavedCase) -> str:
    """`Show the fee earlier, version 2`."""
    return say("report.saved.label", name=case.name, version=case.version)


def row(case: SavedCase, now: Worth | None) -> list[str]:
    """A case as cells under HEADS; `now` is its answer today, None where it has none any more."""
    then = Outcome(case.low, case.middle, case.high, None)
    return [
        label(case),
        words.money_range(then) if case.low is not None else "–",
        words.money_range(now.benefit) if now and now.benefit.p10 is not None else say("report.saved.cannot_be_said"),
        words.money_range(now.present) if now and now.present.p10 is not None else "–",
        words.grade(now) if now else "–",
        f"{case.who}, {case.at[:10]}",
    ]


def query_of(case: SavedCase) -> str:
    """The part of an address that opens this version: all of the case, and which one it is."""
    return urlencode(parameters(case.spec) | {SAVED: f"{case.id}.{case.version}"}, doseq=True)


def differences(held: list[SavedCase]) -> list[str]:
    """What the cases assume otherwise than each other, one line a key."""
    flat = [_flat(one.spec) for one in held]
    keys = dict.fromkeys(key for spec in flat for key in spec if key not in QUIET)
    found = []
    for key in keys:
        values = [spec.get(key, say("report.saved.as_measured")) for spec in flat]
        if len(set(values)) > 1:
            each = "; ".join(f"{one.name}: {value}" for one, value in zip(held, values))
            found.append(f"{key}: {each}")
    return found


def history(versions: list[SavedCase]) -> list[str]:
    """What changed from each version to the next, the newest first."""
    found = []
    for after, before in zip(versions, versions[1:]):
        now, then = _flat(after.spec), _flat(before.spec)
        changed = [
            f"{key} {then.get(key, '–')} → {now.get(key, '–')}"
            for key in dict.fromkeys([*now, *then])
            if now.get(key) != then.get(key)
        ]
        said = "; ".join(changed) or say("report.saved.nothing_but_the_data")
        found.append(say("report.saved.version", version=after.version, at=after.at[:10], who=after.who, said=said))
    return found


def _flat(spec: dict[str, Any], before: str = "") -> dict[str, str]:
    """Keys with their values as text, tables opened."""
    found: dict[str, str] = {}
    for name, value in spec.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[before + name] = str(value)
    return found
