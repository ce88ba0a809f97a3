"""Whether a topic's share of the texts, or how kindly people write of it, changed beyond what this company's weeks do anyway."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from data.store.generations import Generation
from metrics.analyses.voice.model import Change, Topic
from metrics.analyses.voice.texts import text_arrays, topics_of
from metrics.query.named_sql import ask_rows
from metrics.query.resolve import ResolvedQuery
from metrics.rules import privacy
from metrics.statistics.core import Comparison, symmetric, zero_test
from metrics.statistics.jackknife import jackknife, ratio
from metrics.statistics.weeks.looks import benjamini_hochberg
from metrics.statistics.weeks.shared import Shared, shared_by_weeks
from metrics.thresholds import VERBATIMS

Q = 0.05  # of the changes told, the share that may be there by chance, over all topics looked at
MATTERS_SHARE, MATTERS_NET = 0.02, 8.0  # the smallest change worth acting on; of net sentiment as sentiment_net has it


def with_changes(
    topics: list[Topic],
    rows: pd.DataFrame,
    other: pd.DataFrame,
    query: ResolvedQuery,
    before: tuple[date, date],
    generation: Generation,
) -> list[Topic]:
    """The topics with their changes. Var(Δ) = sampling (jackknife by person, both periods together) + 2τ²/k of the weeks before (shared.py);
    with fewer than 26 weeks, or under filters, of which the weeks are not known, the difference stands without a judgement."""
    weeks = _weeks(query, before, generation) if not query.filters and len(query.stages) <= 1 else {}
    long = ((query.end - query.start) + timedelta(days=1)) / timedelta(days=7) if query.end and query.start else 0.0
    (mine, topics_now), (theirs, topics_then) = ((text_arrays(one), topics_of(one)) for one in (rows, other))
    now, then = mine.sums(), theirs.sums()
    found = []
    for topic in topics:
        if topic.name not in topics_then:
            found.append(topic)
            continue
        own, past = mine.sums(topics_now[topic.name]), theirs.sums(topics_then[topic.name])
        if past.persons < VERBATIMS:
            found.append(topic)
            continue
        share = _difference(
            own.texts, now.texts, past.texts, then.texts, weeks.get((topic.name, "share")), long, query.level, 1.0
        )
        net = _difference(
            own.net, own.scored, past.net, past.scored, weeks.get((topic.name, "net")), long, query.level, 100.0
        )
        found.append(replace(topic, share_change=share, net_change=net))
    return _corrected(found)


def _difference(
    y1: np.ndarray,
    n1: np.ndarray,
    y0: np.ndarray,
    n0: np.ndarray,
    shared: Shared | None,
    weeks: float,
    level: float,
    scale: float,
) -> Change | None:
    if not n1.sum() or not n0.sum():
        return None
    made = jackknife(np.vstack([y1, n1, y0, n0]), lambda t: scale * (ratio(t[0], t[1]) - ratio(t[2], t[3])))
    found = made.estimate(level=level)
    if found.value is None or found.se is None:
        return None
    if shared is not None:
        se = float(np.sqrt(found.se**2 + scale**2 * shared.of_difference(weeks)))
        found = symmetric(found.value, se, df=made.df, level=level)
    return Change(Comparison(found, zero_test(found)), None, False, shared.weeks if shared else 0)


def _corrected(topics: list[Topic]) -> list[Topic]:
    """Every share and every sentiment that was judged is one of the family."""
    family = [
        (place, name, change)
        for place, topic in enumerate(topics)
        for name in ("share_change", "net_change")
        if (change := getattr(topic, name)) and change.weeks
    ]
    p = [1.0 if change.difference.test.p is None else change.difference.test.p for *_, change in family]
    for (place, name, change), q in zip(family, benjamini_hochberg(p)):
        matters = MATTERS_SHARE if name == "share_change" else MATTERS_NET
        size = abs(change.difference.estimate.value or 0.0)
        told = replace(change, q=float(q), told=bool(q <= Q and size >= matters))
        topics[place] = replace(topics[place], **{name: told})
    return topics


def _weeks(query: ResolvedQuery, before: tuple[date, date], generation: Generation) -> dict[tuple[str, str], Shared]:
    """What weeks up to the end of the compared period have in common, by topic and quantity."""
    stage = query.stages[0] if query.stages else None
    rows = pd.DataFrame(
        ask_rows(
            generation,
            "voice_weeks",
            {"journey": query.journey, "stage": stage, "until": before[1], "first": None},
        )
    )
    if rows.empty:
        return {}
    last = int(rows["back"].max())
    size = last  # the earliest week is seldom whole

    def by_week(of: pd.DataFrame, column: str) -> np.ndarray:
        held = of[of["back"] < size]
        found = np.zeros(size)
        found[held["back"].to_numpy()] = held[column].to_numpy()
        return found[::-1]

    every = by_week(rows[rows["topic"] == ""], "texts")
    found: dict[tuple[str, str], Shared] = {}
    for name, own in rows[rows["topic"] != ""].groupby("topic"):
        texts, scored, net = (by_week(own, column) for column in ("texts", "scored", "net"))
        p = texts.sum() / max(every.sum(), 1)
        mean = net.sum() / max(scored.sum(), 1)
        share = shared_by_weeks(texts, every, p * (1 - p))
        felt = shared_by_weeks(net, scored, max(1 - mean**2, 0.0))
        found |= {(name, key): one for key, one in (("share", share), ("net", felt)) if one}
    return found


def blurred(change: Change | None, unit: str) -> Change | None:
    """A change in the whole steps of its unit."""
    if change is None:
        return None
    estimate = privacy.stepped(change.difference.estimate, unit)
    return replace(change, difference=replace(change.difference, estimate=estimate))
