"""The complaint box: asked about one stage, people write of another. Where more than elsewhere, the survey is the only door they found."""

from dataclasses import replace

import numpy as np
import pandas as pd

from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.voice.model import BoxEntry, ComplaintBox
from metrics.analyses.voice.texts import FILTERS, of_quarter, texts
from metrics.codes import ReasonCode, WarningCode, because, warn
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query, check
from metrics.query.resolve import resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.statistics.groups.differences import newcombe
from metrics.statistics.levels.shares import wilson
from metrics.statistics.weeks.looks import benjamini_hochberg
from metrics.thresholds import VERBATIMS

Q = 0.05
MATTERS = 0.03  # of the people who wrote
LEAST, EXPECTED = 30, 5.0  # people on either side; expected on either side of either share (Cochran 1954)


@understood
@within_rights
def complaint_box(query: Query, generation: Generation) -> ComplaintBox:
    """Whom a survey asks about one stage and what stage (or place) they write of, over the query's days and filters.

    One comment a person, their latest, so that the two sides of a test are independent people; a comment may be of several stages.
    The share of those asked in stage A who write of B is held against those asked in any other stage but B (Newcombe's interval,
    Benjamini–Hochberg over all pairs, q = .05). Refused where no topic says what stage it is about.
    """
    check(replace(query, metrics=query.metrics or ("complaint_box",)))
    known = context.read(generation)
    query = replace(of_quarter(resolve(query, known), generation), compare=None, stages=())
    said = [WarningCode.CONFIDENTIAL] if query.confidential or known.groups_only else []
    said += [WarningCode.SIMULATED] if known.simulated else []
    made = ComplaintBox(query, generation=generation.name, warnings=tuple(warn(code) for code in said))
    place = {row["topic"]: row["about"] for row in ask_rows(generation, "voice_topics", {}) if row["about"]}
    if not place:
        return replace(made, refused=because(ReasonCode.NO_TOPIC_HAS_A_STAGE))
    if any(name not in FILTERS for name, _ in query.filters):
        name = next(name for name, _ in query.filters if name not in FILTERS)
        return replace(made, refused=because(ReasonCode.NO_SUCH_BREAKDOWN, label="Texts", dimension=name))
    if query.filters and known.groups_only:  # as for topics
        return replace(made, refused=because(ReasonCode.TELLS_OTHERS, least=VERBATIMS))
    rows = texts(query, generation)
    rows = rows[(rows["written_in"] == "survey") & (rows["asked_about"] == "stage") & (rows["stage"] != "")]
    rows = rows[(rows["stage_basis"] != "last_stage").to_numpy(dtype=bool)]  # where they last were, nobody asked about
    rows = rows.drop_duplicates("person_id", keep="last").reset_index(drop=True)
    stages = list(known.stages[str(query.journey)])
    asked = tuple(stage for stage in stages if (rows["stage"] == stage).sum() >= VERBATIMS)
    if not asked:
        return replace(made, refused=because(ReasonCode.FEW_PEOPLE, least=VERBATIMS))
    places = sorted(set(place.values()), key=lambda name: (stages.index(name) if name in stages else len(stages), name))
    of = {name: _writes_of(rows, {topic for topic, at in place.items() if at == name}) for name in places}
    pairs = {(a, b): (rows["stage"] == a).to_numpy() & of[b] for a in asked for b in places}
    counts = {pair: (int(held.sum()), int((rows["stage"] == pair[0]).sum())) for pair, held in pairs.items()}
    found = _tested(rows, of, pairs, asked, query.level)
    shown = {pair: both for pair, both in counts.items() if both[0] >= VERBATIMS or both[0] == 0}
    made = replace(
        made, asked=asked, about=tuple(places), counts=shown, found=found, persons=int(rows["person_id"].nunique())
    )
    return _rounded(made) if query.confidential or known.groups_only else made


def _writes_of(rows: pd.DataFrame, topics: set[str]) -> np.ndarray:
    return np.fromiter((bool(topics.intersection(held)) for held in rows["topics"]), dtype=bool, count=len(rows))


def _tested(
    rows: pd.DataFrame,
    of: dict[str, np.ndarray],
    pairs: dict[tuple[str, str], np.ndarray],
    asked: tuple[str, ...],
    level: float,
) -> tuple[BoxEntry, ...]:
    stage, felt = rows["stage"].to_numpy(), rows["sentiment"].to_numpy()
    tested = []
    for (a, b), held in pairs.items():
        here, there = stage == a, np.isin(stage, [name for name in asked if name not in (a, b)])
        if a == b or min(here.sum(), there.sum()) < LEAST:
            continue
        y1, y0 = int(held.sum()), int((there & of[b]).sum())
        p = (y1 + y0) / (here.sum() + there.sum())
        if min(here.sum(), there.sum()) * min(p, 1 - p) < EXPECTED:
            continue
        first, second = wilson(y1, here.sum(), level=level), wilson(y0, there.sum(), level=level)
        made = newcombe(first, second)
        scored = held & np.array([one is not None and one == one for one in felt])
        tested.append((a, b, held, here, there, first, second, made, scored, felt))
    q = benjamini_hochberg([made.test.p if made.test.p is not None else 1.0 for *_, made, _, _ in tested])
    found = []
    for (a, b, held, here, there, first, second, made, scored, felt), adjusted in zip(tested, q):
        gap = made.estimate
        enough = held.sum() >= VERBATIMS
        told = bool(enough and adjusted <= Q and (gap.value or 0) >= MATTERS and (gap.low or 0) > 0)
        if not enough:
            continue
        found.append(
            BoxEntry(
                a,
                b,
                int(held.sum()),
                int(here.sum()),
                int((felt[scored] == "negative").sum()),
                int(scored.sum()),
                first,
                float(second.value or 0.0),
                int(there.sum()),
                gap,
                float(adjusted),
                told,
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.told, -_complaints(one), one.asked, one.about)))


def _complaints(one: BoxEntry) -> float:
    """What a pair is ranked by: how many more there surely are, times how many of them complain."""
    return (one.difference.low or 0.0) * (one.unkind / one.scored if one.scored else 0.0)


def _rounded(box: ComplaintBox) -> ComplaintBox:
    return replace(
        box,
        persons=privacy.rounded(box.persons),
        counts={pair: (privacy.rounded(y), privacy.rounded(n)) for pair, (y, n) in (box.counts or {}).items()},
        found=tuple(
            replace(
                one,
                persons=privacy.rounded(one.persons),
                of=privacy.rounded(one.of),
                unkind=privacy.rounded(one.unkind),
                scored=privacy.rounded(one.scored),
                share=privacy.stepped(one.share, "rate"),
                other=privacy.step(one.other, "rate") or 0.0,
                other_of=privacy.rounded(one.other_of),
                difference=privacy.stepped(one.difference, "rate"),
            )
            for one in box.found
        ),
    )
