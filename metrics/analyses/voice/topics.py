"""voice(query): topics of what people wrote over the query's days, how often, how kindly, by stage, and whether that changed."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from data.store.generations import Generation
from data.store.version import understood
from metrics.analyses.voice import changes
from metrics.analyses.voice.model import Part, Topic, Voice
from metrics.analyses.voice.texts import FILTERS, Sums, TextArrays, of_quarter, part, text_arrays, texts, topics_of
from metrics.codes import ReasonCode, WarningCode, because, warn
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query, check
from metrics.query.resolve import ResolvedQuery, other_period, reopened, resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.thresholds import VERBATIMS

WORDS = 12  # of a topic that are told


@understood
@within_rights
def voice(query: Query, generation: Generation) -> Voice:
    """The topics of a journey's texts (comments of surveys, customers' own lines of tickets), under the query's stages and filters.

    A text may be of several topics. Shares are of all texts that say something, by jackknife over persons. A topic or a stage of it that
    fewer than eight people wrote of is left out. A viewer of groups is told the quarter the period ends in, without filters.
    A change is judged against the other period and the weeks known (changes.py). Raises UserError for an unknown journey or stage.
    """
    check(replace(query, metrics=query.metrics or ("voice",)))
    known = context.read(generation)
    query = of_quarter(resolve(query, known), generation)
    said = [WarningCode.CONFIDENTIAL] if query.confidential or known.groups_only else []
    said += [WarningCode.SIMULATED] if known.simulated else []
    made = Voice(query, generation=generation.name, warnings=tuple(warn(code) for code in said))
    for name, _ in query.filters:
        if name not in FILTERS:
            return replace(made, refused=because(ReasonCode.NO_SUCH_BREAKDOWN, label="Texts", dimension=name))
    if query.filters and known.groups_only:  # with and without a part of few writers would tell what those wrote about
        return replace(made, refused=because(ReasonCode.TELLS_OTHERS, least=VERBATIMS))
    rows = texts(query, generation)
    arrays = text_arrays(rows)
    whole = arrays.sums()
    if whole.persons < VERBATIMS:
        return replace(made, refused=because(ReasonCode.FEW_PEOPLE, least=VERBATIMS))
    names = [name for name in ("", *known.stages[str(query.journey)]) if name in set(rows["stage"])]
    stages = {name: (rows["stage"] == name).to_numpy() for name in names}
    totals = {name: arrays.sums(of) for name, of in stages.items()}
    topics = topics_of(rows)
    before = other_period(query) if query.compare and query.start else None
    other = texts(reopened_over(query, before), generation) if before else None
    told, left_out, covered = [], 0, np.zeros(len(rows), dtype=bool)
    for row in ask_rows(generation, "voice_topics", {}):
        of = topics.get(row["topic"])
        if of is None:
            continue
        covered |= of
        if rows.loc[of, "person_id"].nunique() < VERBATIMS:
            left_out += 1
            continue
        told.append(_topic(row, arrays, of, whole, stages, totals, query.level))
    told.sort(key=lambda topic: (-topic.whole.texts, topic.name))
    if before and other is not None:
        told = changes.with_changes(told, rows, other, query, before, generation)
    made = replace(
        made,
        texts=len(rows),
        persons=whole.persons,
        linked=float(rows["linked"].mean()),
        whole=part(whole, whole, query.level),
        stages={name: part(found, whole, query.level) for name, found in totals.items()},
        topics=tuple(told),
        none=int((~covered).sum()),
        left_out=left_out,
        before=before,
    )
    return _rounded(made) if query.confidential or known.groups_only else made


def reopened_over(query: ResolvedQuery, days: tuple[date, date]) -> ResolvedQuery:
    """The same question over other days."""
    return ResolvedQuery(**{**vars(reopened(query, compare=None)), "start": days[0], "end": days[1]})


def _topic(
    row: dict[str, Any],
    rows: TextArrays,
    of: np.ndarray,
    whole: Sums,
    stages: dict[str, np.ndarray],
    totals: dict[str, Sums],
    level: float,
) -> Topic:
    by_stage = {}
    for name, own in stages.items():
        found = part(rows.sums(of & own), totals[name], level)
        if found.persons:
            by_stage[name] = found
    words = tuple(row["words"][:WORDS])
    return Topic(row["topic"], row["found"], words, row["about"], part(rows.sums(of), whole, level), by_stage)


def _rounded(voice: Voice) -> Voice:
    """As confidential mode shows it: judged on what is exact, told in whole steps."""
    return replace(
        voice,
        texts=privacy.rounded(voice.texts),
        persons=privacy.rounded(voice.persons),
        none=privacy.rounded(voice.none),
        linked=privacy.step(voice.linked, "rate"),
        whole=voice.whole and _blurred(voice.whole),
        stages={name: _blurred(found) for name, found in (voice.stages or {}).items()},
        topics=tuple(
            replace(
                topic,
                whole=_blurred(topic.whole),
                by_stage={name: _blurred(found) for name, found in topic.by_stage.items()},
                share_change=changes.blurred(topic.share_change, "rate"),
                net_change=changes.blurred(topic.net_change, "points"),
            )
            for topic in voice.topics
        ),
    )


def _blurred(part: Part) -> Part:
    return Part(
        privacy.rounded(part.texts),
        privacy.rounded(part.persons),
        privacy.rounded(part.scored),
        part.share and privacy.stepped(part.share, "rate"),
        part.net and privacy.stepped(part.net, "points"),
    )
