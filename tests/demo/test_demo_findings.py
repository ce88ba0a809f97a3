"""What the product says of the default company: what was planted is found, what was not is not, in words that do not outrun it."""

import re

import pytest

from report.findings.finding import GOOD, INFORMATION, URGENT
from tests.demo.demo_asked import findings_of as of

NEVER = re.compile(
    r"\bcaus(e|ed|es)\b|\bdriv(e|es|en)\b|\bbecause\b|recover|significant|would give|cost us", re.IGNORECASE
)
QUARTERS = [(14, 26), (27, 39), (40, 52), (53, 65), (66, 78)]


def test_only_what_was_planted_is_named(store):
    """E1 and E2, and nothing else, part UX from CX."""
    named = {f.claim for f in of(store, 66, 78) if "works but" in f.claim or "hard but" in f.claim}
    assert {claim.partition(":")[0].rstrip(".") for claim in named} == {
        "Buy works but disappoints",
        "Decide is hard but loved",
    }


def test_the_finding_says_what_goes_with_it(store):
    """E1: the delivery fee revealed late, as those say who did not get the price they were promised."""
    (claim,) = [f.claim for f in of(store, 66, 78) if f.claim.startswith("Buy works but disappoints")]
    assert re.search(
        r": (29|30|31) % say “The price you see is the price you pay” was not kept; 5\d % of them are unhappy", claim
    )


def test_the_app_release_is_urgent_where_it_hurts_and_nowhere_else(store):
    """E3: errors in Buy rise in the app only, from the release on."""
    urgent = [f for f in of(store, 60, 66) if f.kind == URGENT]
    assert [f.claim.split(" rose")[0] for f in urgent] == ["Buy in the app: visits with an error"]
    assert "nothing notable on the web" in urgent[0].evidence and "App 5.2 for iOS" in urgent[0].evidence


def test_fewer_second_searches_are_good_news(store):
    """E4, staged by region in weeks 50 to 53, for whoever searches there: both channels fall, so the stage is named, not one of them."""
    assert any(f.kind == GOOD and f.claim.startswith("Find: searched again fell") for f in of(store, 53, 65))


def test_more_mobile_visits_are_no_bad_news(store):
    """T1: completion in Evaluate falls though each device rises. N1: the release of week 62 there changes nothing."""
    assert all(f.kind == INFORMATION for f in of(store, 66, 78) if f.stage == "Evaluate")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_words_outrun_the_evidence(store, quarter):
    for finding in of(store, *quarter):
        assert not NEVER.search(finding.claim + " " + finding.evidence), finding


def test_december_is_no_news(store):
    """T2: contacts rise with orders every December; T6, T14: 300 answers of one account, a prize draw."""
    assert not [
        f
        for f in of(store, 27, 39)
        if f.metric in ("contact_rate", "nps_relationship", "nps_transactional") and f.kind != INFORMATION
    ]
