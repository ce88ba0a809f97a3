"""What is new on the Overview since somebody last looked, from what was told then and now: no number is set beside another here, since what
may be called a change is decided where changes are judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from metrics.catalogue.load import catalogue
from report.findings.calls import CALL_WORDS, Call
from report.findings.finding import INFORMATION, URGENT, Finding
from report.text.catalogue import say

WORSE, BETTER, STEADY = "worse", "better", ""


@dataclass(frozen=True)
class Told:
    """A finding as it was told: what it is about, and its sentence."""

    kind: str
    stage: str | None
    metric: str | None
    claim: str


@dataclass(frozen=True)
class Picture:
    """What an Overview said: the newest day of the data (ISO), the findings that ask for something, one word a stage, and of each vital sign
    whether it moved surely."""

    as_of: str
    told: tuple[Told, ...] = ()
    calls: Mapping[str, str] = msgspec.field(default_factory=dict)
    signs: Mapping[str, str] = msgspec.field(default_factory=dict)


def as_told(finding: Finding) -> Told:
    """What is kept of a finding that was told."""
    return Told(finding.kind, finding.stage, finding.metric, finding.claim)


def picture(as_of: str, found: Sequence[Finding], calls: Mapping[str, Call], signs: Mapping[str, str]) -> Picture:
    """The Overview in what is kept of it."""
    asking = tuple(as_told(one) for one in found if one.kind != INFORMATION)
    return Picture(as_of, asking, {stage: word.value for stage, word in calls.items()}, dict(signs))


def written(seen: Picture) -> str:
    """As text, for the users' database."""
    return msgspec.json.encode(seen).decode()


def read(record: str) -> Picture | None:
    """The picture kept; None of what another version wrote."""
    try:
        return msgspec.json.decode(record, type=Picture)
    except msgspec.DecodeError:
        return None


def news(before: Picture, now: Picture, stages: Collection[str]) -> list[str]:
    """What is told now and was not, what is told no more, stages whose word is another, vital signs that began or ceased to be beyond their
    usual ups and downs; a sentence each. Stages that are not there now are not spoken of."""
    then, today = by_subject(before.told), by_subject(now.told)
    here = {key: one for key, one in then.items() if one.stage is None or one.stage in stages}
    new = [one for key, one in today.items() if key not in then]
    pressing = [one for key, one in today.items() if key in then and one.kind == URGENT != then[key].kind]
    gone = [one for key, one in here.items() if key not in today]
    said = [say("report.since.new", claim=one.claim) for one in new]
    said += [say("report.since.urgent", claim=one.claim) for one in pressing]
    said += [say("report.since.gone", claim=one.claim) for one in gone]
    here_now = set(stages) - {one.stage for one in (*new, *gone)}
    return said + _words(before, now, here_now) + _signs(before, now)


def by_subject(told: Sequence[Told]) -> dict[tuple[str | None, str | None, str], Told]:
    """The findings by what they are about: their sentences hold numbers, which differ with every day. One about no stage and no metric is known by
    its sentence alone."""
    return {(one.stage, one.metric, "" if one.stage or one.metric else one.claim): one for one in told}


def _words(before: Picture, now: Picture, stages: Collection[str]) -> list[str]:
    """Those of these stages whose one word changed."""
    return [
        say(
            "report.since.call",
            stage=stage,
            now=CALL_WORDS[Call(word)],
            then=CALL_WORDS[Call(before.calls[stage])],
        )
        for stage, word in now.calls.items()
        if before.calls.get(stage, word) != word and stage in stages
    ]


def _signs(before: Picture, now: Picture) -> list[str]:
    """Vital signs that surely moved now and did not then, or the other way."""
    return [
        _sign(moved, catalogue()[metric].short)
        for metric, moved in now.signs.items()
        if metric in catalogue() and before.signs.get(metric, moved) != moved
    ]


def _sign(moved: str, name: str) -> str:
    if moved == WORSE:
        return say("report.since.worse", name=name)
    return say("report.since.better", name=name) if moved == BETTER else say("report.since.steady", name=name)
