"""Every reason has its words, made of the numbers it comes with and of nothing else."""

import msgspec
import pytest

from metrics.codes import Reason, ReasonCode, because
from report.words.reasons import SENTENCES, reason_text

WAYS = [
    dict(answers=20, unscored_because=None, lowest="0", top="10", asked_about="stage", counted_by=["nps_a", "nps_b", "nps_c"]),
    dict(answers=4, unscored_because="no metric counts nps on a scale of 1 to 5", lowest="1", top="5", asked_about=None, counted_by=[]),
]  # fmt: skip


def test_every_code_has_its_words():
    assert set(SENTENCES) == set(ReasonCode)
    assert reason_text(None) == ""


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (because(ReasonCode.FEW_PEOPLE, least=8), "fewer than 8 people"),
        (because(ReasonCode.SAMPLED_BY_OUTCOME, answers=1200), "1,200 answers were asked on exit or after friction: excluded from every stage score, their sample was selected by the outcome"),
        (because(ReasonCode.NOT_RECORDED, signals=("errors", "invitations")), "no source records errors or invitations; add a source that fills survey_invitations: survey, invited_at and an id of who was asked"),
        (because(ReasonCode.NOT_ASKED, stage="Buy", undeclared=1200, question="How was it?"), "no survey asks this in Buy; 1,200 answers belong to surveys without a kind: add [[survey]] to journey.toml; ask: How was it?"),
        (because(ReasonCode.NOT_ASKED, stage=None, undeclared=0, question=""), "no survey asks this"),
        (because(ReasonCode.ASKED_OTHERWISE, stage="Buy", ways=WAYS, question=""), "not asked in this form in Buy: 20 answers on 0 to 10 of a stage, counted by nps_a and nps_b; fewer than 5 answers not counted: no metric counts nps on a scale of 1 to 5"),
        (because(ReasonCode.PROMISE_NOT_MEASURED, stage="Buy", asked=True), "the promise of Buy is asked about, not measured: see Promises felt kept"),
        (because(ReasonCode.PROMISE_NOT_MEASURED, stage="Find", asked=False), "no promise of Find is named: write a [[promise]] in journey.toml"),
        (because(ReasonCode.NOBODY_ANSWERED, filtered=True), "nobody answered in this period and selection"),
        (because(ReasonCode.NOT_REACHED_YET, reached=0.4, later_than=30.25, unit="hours", open=0.6), "not reached: 40 % by now, and surely later than 30.2 hours; 60 % are still open"),
        (because(ReasonCode.UPPER_END_OPEN, open=True), "sample too small: the upper end is not reached, and some are still open"),
        (because(ReasonCode.ALL_FELT_ALIKE, unhappy=False), "all who answered were content: there is nobody to compare them with"),
        (because(ReasonCode.NO_SHARED_WAY, channels=(("web", "exit | web", "email"), ("app", "exit", ""))), "asked in another way in each channel (web: exit | web by email; app: exit by an unknown way), so a difference could be a mode effect"),
        (because(ReasonCode.NO_COMMON_SUPPORT, share=0.254), "no common support: only 25 % have a counterpart in every channel"),
    ],
)  # fmt: skip
def test_reasons_in_words(reason, text):
    """Also as a start of the app reads it back from a file."""
    assert reason_text(reason) == text
    assert reason_text(msgspec.msgpack.decode(msgspec.msgpack.encode(reason), type=Reason)) == text
