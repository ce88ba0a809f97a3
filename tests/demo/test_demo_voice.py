"""What people write and what goes with their score in the default company: what was planted is found, what was not stays silent."""

from functools import cache

from data.store.generations import Generation
from metrics.analyses.drivers.find import drivers
from metrics.analyses.drivers.model import Driver, Drivers
from metrics.analyses.silent.find import silent
from metrics.analyses.voice.box import complaint_box
from metrics.analyses.voice.topics import voice
from metrics.query.query import Query


@cache
def of(store: Generation, outcome: str) -> Drivers:
    return drivers(Query((outcome,), "Purchase"), store)


def test_e12_asked_about_buy_they_write_of_store_and_delivery(store, company):
    """Both pairs are told, the complaints first, and both shares above what is written elsewhere by the planted amount at least in part."""
    box = complaint_box(Query((), "Purchase"), store)
    told = {(one.asked, one.about): one for one in box.found if one.told}
    assert next(iter(told)) == ("Buy", "Store") and ("Buy", "Engage") in told
    pair = told["Buy", "Store"], told["Buy", "Engage"]
    assert sum(one.difference.low for one in pair) < company.size("E12") < sum(one.difference.high for one in pair)


def test_topics_are_told_with_their_stages_and_no_change_where_none_was_planted(store):
    named = {topic.name: topic for topic in voice(Query((), "Purchase"), store).topics if not topic.found}
    assert {"Delivery", "Payment", "Store", "Configurator"} <= set(named)
    assert set(named["Configurator"].by_stage) >= {"Decide"}
    made = voice(Query((), "Purchase", compare="previous"), store)
    told = [t.name for t in made.topics for change in (t.share_change, t.net_change) if change and change.told]
    assert len(told) <= 2, told


def test_e7_friction_goes_with_the_transactional_score_and_levels_off(store):
    """T22: nothing people said themselves is a driver. The order is refused: R² is small."""
    made = of(store, "experience_score")
    friction = {share.driver: share for share in made.shares}[Driver.FRICTION]
    assert friction.holds and friction.effect.high < 0
    assert all(dose.difference.value < 0 for dose in made.doses[1:]) and made.doses[-1].difference.high < 0
    assert not made.order
    assert not {"sentiment", "comment", "csat"} & set(Driver)
    met = {one.driver: one for one in made.met}
    assert met[Driver.FRICTION].difference.low > 0 and met[Driver.FRICTION].low > met[Driver.FRICTION].high


def test_e8_a_slow_reply_does_not_go_with_the_relationship_score(store):
    made = of(store, "relationship_score")
    assert not [share for share in made.shares if share.driver is Driver.SLOW_REPLY and share.holds]


def test_e9_the_score_is_corrected_by_behaviour_and_no_further(store, company):
    """Planted: 24 answered, 15 or so weighted by recent orders, 11 in truth, which nobody can know."""
    wave = next(one for one in silent(Query((), "Purchase"), store).waves if one.survey == "relationship-nps")
    raw, corrected = company.value("E9", "answered NPS"), company.value("E9", "answered NPS") - company.size("E9")
    assert wave.raw.low - 3 <= raw <= wave.raw.high + 3
    assert wave.corrected.low - 3 <= corrected <= wave.corrected.high + 3
    assert wave.corrected.value < wave.raw.value - 4 and wave.indicator < 0.95
