"""The word lists against the simulated customers' sentences, whose tone is known, and against the scores given beside them."""

import pytest

from data.demo.words import NEGATIVE, POSITIVE, phrases
from data.texts.score import score

SIGN = {POSITIVE: "positive", NEGATIVE: "negative"}


def sentences(language: str) -> list[tuple[str, str]]:
    """(tone, sentence) of every topic."""
    return [
        (tone, text)
        for topic in phrases()[language].values()
        if isinstance(topic, dict) and POSITIVE in topic
        for tone in SIGN
        for text in topic[tone]
    ]


@pytest.mark.parametrize(("language", "right"), [("en", 0.70), ("de", 0.70)])
def test_praise_and_complaints_get_their_sign(language, right):
    """At least seven in ten of each language; many of the rest name a fact no list knows ("one leg was shorter") and are
    neutral. The wrong sign: at most one in twenty."""
    found = [(SIGN[tone], score(text, "", language).sentiment) for tone, text in sentences(language)]
    assert len(found) > 150
    assert sum(tone == seen for tone, seen in found) >= right * len(found)
    assert sum({tone, seen} == set(SIGN.values()) for tone, seen in found) <= 0.05 * len(found)


@pytest.mark.parametrize("language", ["en", "de"])
def test_comments_rank_promoters_above_detractors(company, language):
    """How often a promoter's comment reads kinder than a detractor's (AUC); ties count half. The scores are used as a check only."""
    read = [
        (nps, score(text))
        for nps, text in company.rows("select nps, comment from relationship_nps where comment is not null")
    ]
    read = [(nps, found.compound) for nps, found in read if found.sentiment and found.language == language]
    kind, unkind = ([value for nps, value in read if (nps >= 9 if side else nps <= 6)] for side in (True, False))
    wins = sum((a > b) + (a == b) / 2 for a in kind for b in unkind)
    assert len(kind) > 50 and len(unkind) > 50
    assert wins / (len(kind) * len(unkind)) > 0.9
