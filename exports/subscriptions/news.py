"""What is new since a subscription was sent last: findings that came and went, numbers then and now, decisions overturned."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from data.store.decisions import Decisions
from data.store.generations import Generation
from metrics.analyses.claims import Standing
from metrics.rules.access import rights_of
from report.findings.finding import URGENT, Finding
from report.findings.signing import STANDING, Told, told
from report.loop import since
from report.text.catalogue import say


def standings(decisions: Decisions, journey: str, generation: Generation) -> list[Told]:
    """The open decisions of a journey as they stand today; none for who sees a part of the data, since they are of everybody."""
    if rights_of(generation).limits:
        return []
    held = [one for one in decisions.all() if one.journey == journey and one.status != "dropped"]
    return [told(one, generation) for one in held]


def record(findings: list[Finding], signed: list[Told], numbers: dict[str, str]) -> dict[str, Any]:
    """What is kept of a sending."""
    return {
        "told": [asdict(since.as_told(one)) for one in findings],
        "decisions": {one.decision.id: one.retested.standing.value for one in signed},
        "numbers": numbers,
    }


def _findings(kept: dict[str, Any]) -> dict[tuple[str | None, str | None, str], since.Told]:
    """The findings of a sending by what they are about. Sendings of before kept the sentence by "kind|stage|metric"."""
    told = [since.Told(**one) for one in kept.get("told", [])]
    for key, claim in kept.get("findings", {}).items():
        kind, stage, metric = key.split("|", 2)
        told.append(since.Told(kind, stage or None, metric or None, claim))
    return since.by_subject(told)


def news(before: dict[str, Any] | None, now: dict[str, Any], signed: list[Told]) -> list[str]:
    """What changed, a line each; what was overturned first. Of a first sending only what is overturned."""
    then = (before or {}).get("decisions", {})
    lines = [
        say("exports.subscriptions.overturned", claim=one.decision.claim, now=one.now)
        for one in signed
        if one.retested.standing is Standing.OVERTURNED and then.get(one.decision.id) != Standing.OVERTURNED.value
    ]
    if before is None:
        return lines
    lines += [
        say(
            "exports.subscriptions.stands_otherwise",
            claim=one.decision.claim,
            then=STANDING[Standing(then[one.decision.id])],
            now=one.standing,
        )
        for one in signed
        if one.decision.id in then
        and then[one.decision.id] != one.retested.standing.value
        and one.retested.standing is not Standing.OVERTURNED
    ]
    old, new = _findings(before), _findings(now)
    lines += [say("exports.subscriptions.new", claim=new[key].claim) for key in new if key not in old]
    lines += [
        say("exports.subscriptions.urgent", claim=one.claim)
        for key, one in new.items()
        if key in old and one.kind == URGENT != old[key].kind
    ]
    lines += [say("exports.subscriptions.gone", claim=old[key].claim) for key in old if key not in new]
    lines += [
        say("exports.subscriptions.number", label=label, then=before["numbers"][label], now=value)
        for label, value in now["numbers"].items()
        if label in before.get("numbers", {}) and before["numbers"][label] != value
    ]
    return lines or [say("exports.subscriptions.nothing_new", day=before["at"][:10])]
