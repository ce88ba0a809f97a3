"""The closed loop in words: answers, who looks after them, and what contacting caused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from data.store.saved.followups import Followup, Holdout
from metrics.analyses.loop.answers import Unhappy
from metrics.analyses.loop.effect import LEAST, Arm, Effect
from report import numbers
from report.text.catalogue import say

STATUS = {
    "open": "open",
    "contacted": say("report.loop.contacted"),
    "solved": "solved",
    "closed": "closed",
}
HEADS = ("", say("report.loop.people"), say("report.loop.answered_again"), say("report.loop.content_then"))


def answer(one: Unhappy, who: str) -> str:
    """`Buy · CSAT 2 of 5 · 3 days ago · person K7QX2M`."""
    score = "–" if one.score is None else numbers.fixed(one.score)
    if one.score is not None and one.scale_max:
        score = say("report.loop.score_of", score=score, most=numbers.fixed(one.scale_max))
    return say("report.loop.answer", stage=one.stage, score=score, metric=one.metric.upper(), who=who, ago=ago(one.age))


def ago(days: int) -> str:
    """`3 days ago`, and of this day `today`."""
    return say("report.loop.ago", count=days) if days > 0 else say("report.loop.today")


def waiting(offered: Sequence[Unhappy], left: Sequence[Unhappy]) -> str:
    """How many wait, and how many are held out."""
    text = say("report.loop.wait", count=len(offered))
    return text + (" " + say("report.loop.held_out", held=numbers.whole(len(left))) if left else "")


def in_hand(followups: Sequence[Followup]) -> str:
    """How many are looked after and not closed, and how old the oldest is."""
    live = [one for one in followups if one.status in ("open", "contacted")]
    if not live:
        return say("report.loop.nobody_looks_after")
    return say("report.loop.looked_after", count=len(live), ago=ago(max(map(age, live))))


def age(followup: Followup) -> int:
    """Days since somebody took it."""
    return (datetime.now(UTC).date() - date.fromisoformat(followup.opened_at[:10])).days


def looked_after(followup: Followup) -> str:
    """`Buy: ana, contacted, 4 days`."""
    return say(
        "report.loop.one",
        stage=followup.stage,
        owner=followup.owner or "–",
        status=STATUS[followup.status],
        ago=ago(age(followup)),
    )


def effect(effect: Effect, holdout: Holdout) -> str:
    """What contacting caused, or how many more answers it takes to say it."""
    since = numbers.day(holdout.since)
    if effect.difference is None or effect.low is None or effect.high is None:
        fewer = min(effect.contacted.answered, effect.held.answered)
        return say("report.loop.too_few", share=numbers.percent(holdout.share), since=since, have=fewer, least=LEAST, needed=numbers.whole(effect.needed))  # fmt: skip
    gap, low, high = (
        numbers.difference(value, "rate", plus=True) for value in (effect.difference, effect.low, effect.high)
    )
    text = (
        say("report.loop.caused", gap=gap, low=low, high=high, since=since)
        if effect.sure
        else say("report.loop.not_shown", gap=gap, low=low, high=high, since=since, needed=numbers.whole(effect.needed))
    )
    return text + (" " + say("report.loop.uneven") if effect.uneven else "")


def rows(effect: Effect) -> list[list[str]]:
    """The two arms under HEADS."""
    return [_row(say("report.loop.to_be_contacted"), effect.contacted), _row(say("report.loop.held"), effect.held)]


def _row(name: str, arm: Arm) -> list[str]:
    share = "–" if arm.share is None else numbers.percent(arm.share)
    return [name, numbers.whole(arm.people), numbers.whole(arm.answered), share]
